"""Who could go where, for all at once: the same as the ranking's hard criteria say for one; and what is in time."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.fit import RULES, Rule
from matcher.offers import NEVER, UNKNOWN, Rows, day_number
from matcher.question import Question
from matcher.ranking import rank
from matcher.shortage_pairs import PAIR_RULES
from matcher.shortage_reach import IN_TIME_WITHIN_DAYS, reach, room_in_time
from tests.matcher.shortages import MUNICIPALITY, REGION, demand, supply, supply_of
from tests.matcher.worlds import TODAY, a_question, an_offer, offers, some_offers, some_questions

NOW = day_number(TODAY)
CARE_TYPES = ("a", "b", "c")


def could_go(offer: dict[str, Any], area: int = REGION, **asked: Any) -> bool:
    return len(reach(demand(a_question(**asked)), supply(offer, area=area), NOW).request) == 1


def by_the_ranking(question: Question, rows: Rows) -> list[int]:
    """Positions of what fits and can start in time, one question at a time."""
    ranking = rank(question, rows, TODAY)
    start, wanted = ranking.expectation.start.astype(np.int64), ranking.inquiry.wanted
    in_time = (start <= wanted + IN_TIME_WITHIN_DAYS) | (start == NEVER)
    return np.flatnonzero((ranking.broken == 0) & in_time & (rows["open_places"] > 0)).tolist()


def test_every_hard_rule_has_its_place() -> None:
    known_otherwise = {Rule.OTHER_CARE_TYPE, Rule.REFUSED_BEFORE}

    assert set(PAIR_RULES) | known_otherwise == set(RULES)


@pytest.mark.slow
@given(st.lists(some_questions, min_size=1, max_size=4), some_offers)
def test_says_the_same_as_the_ranking_of_each_request_alone(questions: list[Question], rows: Rows) -> None:
    rows["refused"] = 0
    asked = [replace(question, care_types=CARE_TYPES) for question in questions]

    found = reach(demand(*asked, care_types=CARE_TYPES), supply_of(rows), NOW)

    pairs = list(zip(found.request.tolist(), found.offer.tolist(), strict=True))
    assert pairs == [(at, offer) for at, each in enumerate(asked) for offer in by_the_ranking(each, rows)]


@pytest.mark.parametrize(("area", "fits"), [(0, True), (REGION, True), (MUNICIPALITY, True), (REGION + 1, False)])
def test_an_offer_serves_the_areas_it_is_contracted_for(area: int, fits: bool) -> None:
    assert could_go(an_offer(), area) is fits


def test_a_pair_counts_once_however_many_contracts_lead_there() -> None:
    twice = supply(an_offer())
    twice = replace(twice, lines=np.concatenate([twice.lines, twice.lines]))

    assert reach(demand(a_question()), twice, NOW).offer.tolist() == [0]


def test_who_refused_this_child_before_is_no_place_for_it() -> None:
    asked = replace(demand(a_question(), a_question()), refused=np.array([[0, 7], [1, 999]]))

    found = reach(asked, supply(an_offer(offer_id=7)), NOW)

    assert found.request.tolist() == [1]


@pytest.mark.parametrize(
    ("available", "fits"),
    [(IN_TIME_WITHIN_DAYS, True), (IN_TIME_WITHIN_DAYS + 1, False)],
)
def test_in_time_is_within_ten_weeks_of_the_wanted_day(available: int, fits: bool) -> None:
    assert could_go(an_offer(available_from=NOW + available, intake_wait=0, treatment_wait=0)) is fits


def test_who_needs_it_later_has_later_to_be_in_time() -> None:
    place_in_march = an_offer(available_from=date(2027, 3, 1), intake_wait=0, treatment_wait=0)

    assert not could_go(place_in_march)
    assert could_go(place_in_march, needed_from=date(2027, 2, 1))


def test_an_open_place_without_a_stated_wait_is_not_held_to_be_late() -> None:
    assert could_go(an_offer(intake_wait=UNKNOWN, treatment_wait=UNKNOWN))


@pytest.mark.parametrize(
    ("stated", "room"),
    [
        ({"open_places": 2}, 2),
        ({"open_places": 2, "options_running": 1}, 1),
        ({"open_places": 0, "options_running": 1}, 0),
        ({"open_places": UNKNOWN}, 0),
        ({"open_places": 2, "stop": 1}, 0),
        ({"open_places": 2, "available_from": NOW + IN_TIME_WITHIN_DAYS}, 2),
        ({"open_places": 2, "available_from": NOW + IN_TIME_WITHIN_DAYS + 1}, 0),
        ({"open_places": 0, "started_90": 9, "waiting": 0}, 7),  # nine a quarter is seven in ten weeks
        ({"open_places": 0, "started_90": 9, "waiting": 5}, 2),
        ({"open_places": 0, "started_90": 9, "waiting": UNKNOWN}, 0),
        ({"open_places": 1, "started_90": 0, "waiting": 8}, 1),  # those who wait are not for this place
    ],
)
def test_room_is_what_is_open_and_what_the_flow_leaves_after_those_who_wait(stated: dict[str, int], room: int) -> None:
    assert room_in_time(offers(an_offer(**stated)), NOW).tolist() == [room]


def test_nobody_asks_and_nothing_is_offered() -> None:
    assert len(reach(demand(), supply(an_offer()), NOW).request) == 0
    assert len(reach(demand(a_question()), supply(), NOW).request) == 0
