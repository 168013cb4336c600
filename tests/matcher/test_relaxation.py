"""What if: the changes that open most, checked by asking the changed question."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import given, settings

from matcher.offers import NEVER, Rows
from matcher.question import Gender, Question, Setting
from matcher.ranking import rank
from matcher.relaxation import (
    PROPOSALS,
    Change,
    Relaxation,
    Step,
    relaxation_sentence,
    relaxations,
)
from tests.matcher.worlds import TODAY, a_question, an_offer, offers, some_offers, some_questions

RELATED = ("foster care", "day care")


def what_if(*described: dict[str, Any], **asked: Any) -> list[tuple[str, int]]:
    """The changes that help, each with how many it opens."""
    found = relaxations(rank(a_question(**asked), offers(*described), TODAY), RELATED)
    return [(" + ".join(step.change for step in one.steps), one.opens) for one in found]


def the_only(found: tuple[Relaxation, ...]) -> Relaxation:
    (one,) = found
    return one


def test_every_change_can_be_proposed() -> None:
    assert list(PROPOSALS) == list(Change)


def test_what_opens_most_comes_first() -> None:
    far, stop_at_eighteen = an_offer(km=45.0), an_offer(past_eighteen=0)

    found = what_if(far, stop_at_eighteen, stop_at_eighteen, max_distance_km=40.0, past_eighteen=True)

    assert found == [("past-eighteen", 2), ("distance", 1)]


def test_proposes_no_more_kilometres_than_open_enough() -> None:
    pool = offers(*(an_offer(km=km) for km in (45.0, 55.0, 58.0, 79.0)))

    found = relaxations(rank(a_question(max_distance_km=40.0), pool, TODAY))

    assert the_only(found) == Relaxation((Step(Change.DISTANCE, {"maxKm": 60}),), 3, found[0].soonest_start)


def test_proposes_no_limit_when_the_only_ones_are_far_away() -> None:
    found = relaxations(rank(a_question(max_distance_km=40.0), offers(an_offer(km=150.0)), TODAY))

    assert the_only(found).steps == (Step(Change.DISTANCE, {}),)


def test_a_later_start_opens_a_contract_that_is_about_to_begin() -> None:
    found = relaxations(rank(a_question(), offers(an_offer(valid_from=TODAY + timedelta(days=20))), TODAY))

    in_thirty_days = TODAY + timedelta(days=30)
    assert the_only(found).steps == (Step(Change.START_DATE, {"neededFrom": in_thirty_days}),)
    assert the_only(found).soonest_start == max(in_thirty_days, the_only(found).soonest_start or TODAY)


def test_a_contract_that_ended_is_not_opened_by_doing_without() -> None:
    assert what_if(an_offer(valid_until=date(2026, 1, 1))) == []


def test_offers_beyond_the_region_open_without_a_contract() -> None:
    assert what_if(an_offer(contract_id=-1)) == [("not-contracted", 1)]


def test_a_group_opens_when_the_child_is_one_year_too_old_and_not_when_it_is_two() -> None:
    assert what_if(an_offer(age_until=12)) == [("age", 1)]
    assert what_if(an_offer(age_until=11)) == []


def test_names_the_care_type_that_opens() -> None:
    pool = offers(an_offer(setting=Setting.SCHOOL), an_offer(setting=Setting.HOME, preference=-2))

    found = relaxations(rank(a_question(setting=Setting.HOME), pool, TODAY), RELATED)

    assert [step for one in found for step in one.steps] == [
        Step(Change.SETTING, {}),
        Step(Change.CARE_TYPE, {"careType": "day care"}),
    ]


def test_pairs_come_only_when_no_single_change_helps() -> None:
    far_and_for_boys = an_offer(km=45.0, genders=0b001)
    asked = {"max_distance_km": 40.0, "gender": Gender.GIRL}

    assert what_if(far_and_for_boys, **asked) == [("distance + gender", 1)]
    assert what_if(far_and_for_boys, an_offer(km=45.0), **asked) == [("distance", 1)]


def test_what_no_worker_can_change_is_not_proposed() -> None:
    assert what_if(an_offer(stop=1), an_offer(refused=1), an_offer(only_for=0b100)) == []


def test_says_what_it_takes_how_many_it_opens_and_how_soon() -> None:
    open_from = Relaxation((Step(Change.DISTANCE, {"maxKm": 55}),), 4, date(2026, 12, 2))
    unknown = Relaxation((Step(Change.DISTANCE, {}), Step(Change.PAST_EIGHTEEN, {})), 1, None)

    assert relaxation_sentence(open_from) == "Tot 55 km: 4 erbij. Eerste start: 2 december 2026."
    assert (
        relaxation_sentence(unknown)
        == "Zonder grens aan de afstand en ook hulp die bij 18 jaar stopt: 1 erbij. De eerste start is onbekend."
    )


# --- asking the changed question gives the same --------------------------------------------------------------------


def asked_otherwise(question: Question, pool: Rows, step: Step) -> tuple[Question, Rows]:
    """The question and the pool, as they would be after one step."""
    values: dict[str, Any] = dict(step.values)
    changed = pool.copy()
    match step.change:
        case Change.DISTANCE:
            question = replace(question, max_distance_km=values.get("maxKm"))
        case Change.START_DATE:
            question = replace(question, needed_from=values["neededFrom"])
        case Change.SETTING:
            question = replace(question, setting=None)
        case Change.GENDER:
            question = replace(question, gender=None)
        case Change.PAST_EIGHTEEN:
            question = replace(question, past_eighteen=False)
        case Change.CARE_TYPE:
            changed["preference"][pool["preference"] == -1 - RELATED.index(values["careType"])] = 0
        case Change.AGE:
            changed["age_until"] += 1
        case Change.NOT_CONTRACTED:
            outsiders = pool["contract_id"] == -1
            for name, value in (
                ("contract_id", 1),
                ("valid_from", 0),
                ("valid_until", NEVER),
                ("suspended_from", NEVER),
            ):
                changed[name][outsiders] = value
    return question, changed


def fitting(question: Question, pool: Rows) -> set[int]:
    return set(rank(question, pool, TODAY).order.tolist())


@settings(max_examples=60, deadline=None)
@given(some_questions, some_offers)
def test_a_change_opens_what_the_changed_question_would_find(question: Question, pool: Rows) -> None:
    before = fitting(question, pool)

    for relaxation in relaxations(rank(question, pool, TODAY), RELATED):
        asked, changed = question, pool
        for step in relaxation.steps:
            asked, changed = asked_otherwise(asked, changed, step)
        opened = fitting(asked, changed) - before
        starts = rank(asked, changed, TODAY).expectation.start[sorted(opened)]

        assert len(opened) == relaxation.opens
        assert relaxation.soonest_start is None or np.datetime64(relaxation.soonest_start) == np.datetime64(
            int(starts.min()), "D"
        )
