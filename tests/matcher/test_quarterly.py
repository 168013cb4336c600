"""The quarterly report: what is summed, what is weighed, and what is said to be unknown."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.quarterly import Stated, figures

DAY = date(2026, 9, 30)


def an_offer(**given: Any) -> Stated:
    usual: dict[str, Any] = {"offer": 1, "name": "Gezinshuis", "form": "12", "region": "JZ28", "stated_on": DAY}
    return Stated(**usual | {"places": 4, "intake_wait": 14, "treatment_wait": 28, "waiting": 3} | given)


def test_waiting_is_summed_and_waits_are_weighed_by_places() -> None:
    (figure,) = figures([an_offer(), an_offer(offer=2, places=12, intake_wait=10, treatment_wait=40, waiting=5)])
    assert figure.waiting == 8
    assert figure.intake_wait == 11  # (4 × 14 + 12 × 10) ÷ 16
    assert figure.treatment_wait == 37  # (4 × 28 + 12 × 40) ÷ 16
    assert figure.wait == 48  # (4 × 42 + 12 × 50) ÷ 16


def test_a_wait_is_never_said_shorter_than_it_is() -> None:
    (figure,) = figures([an_offer(places=1, intake_wait=1), an_offer(offer=2, places=2, intake_wait=0)])
    assert figure.intake_wait == 1


def test_what_was_never_stated_is_counted_apart() -> None:
    never = Stated(3, "Nieuw", "12", "JZ28")
    (figure,) = figures([an_offer(), an_offer(offer=2, waiting=None), never])
    assert (figure.waiting, figure.unsaid, figure.waiting_unknown) == (3, 1, 2)
    (unknown,) = figures([never])
    assert (unknown.waiting, unknown.intake_wait, unknown.wait) == (None, None, None)


FIRST_DAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("other", "complete"),
    [
        ({}, True),
        ({"stated_on": FIRST_DAY}, True),
        ({"stated_on": date(2026, 6, 30)}, False),
        ({"stated_on": date(2023, 3, 4)}, False),
        ({"waiting": None}, False),
        ({"stated_on": None, "waiting": None, "places": None}, False),
    ],
)
def test_a_figure_is_complete_when_every_offer_said_all_of_it_in_the_quarter(
    other: dict[str, Any], complete: bool
) -> None:
    (figure,) = figures([an_offer(), an_offer(offer=2, **other)])
    assert figure.is_complete_since(FIRST_DAY) is complete


def test_the_oldest_statement_is_told() -> None:
    old = an_offer(offer=2, stated_on=date(2023, 3, 4))
    (figure,) = figures([an_offer(), old, Stated(3, "Nieuw", "12", "JZ28")])
    assert (figure.oldest, figure.stated_before(FIRST_DAY)) == (date(2023, 3, 4), 1)
    (silent,) = figures([Stated(3, "Nieuw", "12", "JZ28")])
    assert (silent.oldest, silent.stated_before(FIRST_DAY)) == (None, 0)


def test_an_offer_without_places_of_its_own_counts_as_one() -> None:
    (figure,) = figures([an_offer(places=0, intake_wait=10), an_offer(offer=2, places=1, intake_wait=20)])
    assert figure.intake_wait == 15


def test_forms_and_regions_stay_apart_and_in_order() -> None:
    found = figures([an_offer(form="14"), an_offer(region="JZ01"), an_offer()])
    assert [(figure.form, figure.region) for figure in found] == [("12", "JZ01"), ("12", "JZ28"), ("14", "JZ28")]


_OFFERS = st.lists(
    st.builds(
        an_offer,
        offer=st.integers(1, 99),
        form=st.sampled_from(["12", "14"]),
        region=st.sampled_from(["JZ01", "JZ28"]),
        places=st.integers(0, 50),
        intake_wait=st.integers(0, 400),
        treatment_wait=st.integers(0, 400),
        waiting=st.none() | st.integers(0, 90),
    ),
    max_size=12,
    unique_by=lambda offer: offer.offer,
)


@given(_OFFERS)
def test_no_offer_is_lost_and_no_wait_lies_outside_what_was_said(offers: list[Stated]) -> None:
    found = figures(offers)
    assert sum(len(figure.parts) for figure in found) == len(offers)
    assert sum(figure.waiting or 0 for figure in found) == sum(offer.waiting or 0 for offer in offers)
    for figure in found:
        waits = [part.intake_wait or 0 for part in figure.parts]
        assert min(waits) <= (figure.intake_wait or 0) <= max(waits)
        assert figures(figure.parts[::-1]) == [figure]
