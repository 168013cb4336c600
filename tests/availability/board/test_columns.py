"""Which offers are contracted for an area on a day, and through which contract."""

import numpy as np
import pytest

from availability.board.columns import AGREEMENT, PLACE, Columns, OfferRows
from matcher.candidates import gathered
from matcher.offers import NEVER, OFFER, Rows

ARNHEM, REGION, COUNTRY = 202, 10_010, 0
TODAY = 100
LOCAL, REGIONAL, NATIONAL = 0, 1, 3


def offers(*ids_and_providers: tuple[int, int]) -> OfferRows:
    rows, places = np.zeros(len(ids_and_providers), OFFER), np.zeros(len(ids_and_providers), PLACE)
    rows["offer_id"], places["provider"] = np.array(ids_and_providers).reshape(-1, 2).T
    return OfferRows(rows, places, [b'"%d"' % offer for offer, _ in ids_and_providers])


def agreement(provider: int = 0, area: int = ARNHEM, contract: int = 1, **given: int) -> Rows:
    row = np.zeros(1, AGREEMENT)
    row["provider"], row["area"], row["contract_id"] = provider, area, contract
    row["valid_until"], row["suspended_from"], row["suspended_until"] = NEVER, NEVER, NEVER
    for name, value in given.items():
        row[name] = value
    return row


def contracted(columns: Columns, on: int, *areas: int) -> dict[int, int]:
    """Offer → the contract through which it is available."""
    rows = gathered([columns.part(columns.selection(areas or (ARNHEM, REGION, COUNTRY), on), 0, TODAY)], TODAY).rows
    return dict(zip(rows["offer_id"].tolist(), rows["contract_id"].tolist(), strict=True))


def of(rows: OfferRows, *agreements: Rows) -> Columns:
    return Columns(rows, np.concatenate([np.empty(0, AGREEMENT), *agreements]))


def test_all_offers_of_a_contracted_provider_are_available() -> None:
    columns = of(offers((1, 7), (2, 8), (3, 7)), agreement(7))
    assert contracted(columns, on=100) == {1: 1, 3: 1}


def test_a_contract_for_another_area_does_not_count() -> None:
    columns = of(offers((1, 7)), agreement(7, area=363))
    assert contracted(columns, on=100) == {}
    assert contracted(columns, 100, 363) == {1: 1}


def test_of_several_contracts_the_nearest_scope_counts_then_the_lowest_id() -> None:
    columns = of(
        offers((1, 7)),
        agreement(7, COUNTRY, contract=1, scope=NATIONAL),
        agreement(7, REGION, contract=5, scope=REGIONAL),
        agreement(7, ARNHEM, contract=9, scope=LOCAL),
        agreement(7, ARNHEM, contract=8, scope=LOCAL),
    )
    assert contracted(columns, on=100) == {1: 8}


@pytest.mark.parametrize(
    ("on", "contract"), [(9, None), (10, 1), (19, 1), (20, 2), (24, 2), (25, 1), (30, 1), (31, 2), (40, 2), (41, None)]
)
def test_only_contracts_that_hold_on_the_day_count(on: int, contract: int | None) -> None:
    """The local one runs from 10 up to and including 30, suspended from 20 up to and including 24; the other 20–40."""
    columns = of(
        offers((1, 7)),
        agreement(7, contract=1, valid_from=10, valid_until=30, suspended_from=20, suspended_until=24),
        agreement(7, REGION, contract=2, scope=REGIONAL, valid_from=20, valid_until=40),
    )
    assert contracted(columns, on).get(1) == contract
    assert contracted(columns, on).get(1) == contract  # remembered, and still so


def test_a_general_provision_is_there_for_the_municipalities_it_serves() -> None:
    columns = of(offers((1, 7), (2, 7)), agreement(offer_id=2, contract=0))
    assert contracted(columns, on=100) == {2: 0}


def test_an_offer_that_comes_later_takes_part() -> None:
    columns = of(offers((5, 7)), agreement(7))
    assert contracted(columns, on=100) == {5: 1}
    columns.put(offers((3, 7)))
    assert contracted(columns, on=100) == {3: 1, 5: 1}
    assert columns.names == [b'"3"', b'"5"']


def test_an_offer_that_is_gone_takes_its_contracts_along() -> None:
    columns = of(offers((3, 7), (5, 7)), agreement(7))
    columns.drop(np.array([3, 4]))
    assert contracted(columns, on=100) == {5: 1}


def test_new_contracts_replace_all_of_that_provider() -> None:
    columns = of(offers((1, 7), (2, 8)), agreement(7), agreement(8))
    columns.agree(np.array([1]), np.array([7], np.int32), agreement(7, REGION, contract=4))
    assert contracted(columns, on=100) == {1: 4, 2: 1}


def test_what_is_remembered_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("availability.board.columns.MOST_REMEMBERED", 3)
    columns = of(offers((1, 7)), *(agreement(7, area=area) for area in range(1, 50)))
    for area in range(1, 50):
        assert contracted(columns, 100, area) == {1: 1}
    assert len(columns._remembered) <= 5


def test_no_offers_no_answer() -> None:
    assert contracted(of(OfferRows.none()), on=100) == {}
    assert len(gathered([], TODAY).rows) == 0
