"""Every hard rule at its border: the last that fits, and the first that does not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from matcher.candidates import candidates_of
from matcher.fit import RULES, Rule, failures, first_failure, put
from matcher.foresight import Expectation
from matcher.offers import NEVER, UNKNOWN, day_number
from matcher.question import Gender, Month, Setting
from matcher.ranking import rank
from tests.matcher.worlds import TODAY, a_question, an_offer, offers

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
IN_JANUARY, IN_MARCH = date(2027, 1, 15), date(2027, 3, 15)


def broken_by(offer: dict[str, Any], **asked: Any) -> set[Rule]:
    """The rules an offer breaks for a question that is otherwise without demands."""
    (broken,) = rank(a_question(**asked), offers(offer), TODAY).broken
    return {rule for rule in Rule if broken & rule.bit}


def starting_on(day: date | None, birth_month: Month, **described: Any) -> set[Rule]:
    """The rules an offer breaks when its expected start is known to be that day."""
    inquiry = put(a_question(birth_month=birth_month), candidates_of(offers(an_offer(**described)), day_number(TODAY)))
    start = np.array([NEVER if day is None else day_number(day)], np.int32)
    could_start = inquiry.earliest if day is None else start
    certainty = np.zeros(1, np.uint8)
    expectation = Expectation(start, start, start, start, could_start, certainty, start, certainty)
    (broken,) = failures(replace(inquiry, expectation=expectation))
    return {rule for rule in Rule if broken & rule.bit}


def test_every_rule_is_tried_in_the_order_of_its_name() -> None:
    assert list(RULES) == list(Rule)


def test_an_offer_of_which_nothing_was_said_fits() -> None:
    silent = {"contract_id": 1}

    assert broken_by(silent, needs=0b1, gender=Gender.GIRL, siblings=2, past_eighteen=True) == set()


@pytest.mark.parametrize(
    ("contract", "fits"),
    [
        ({"contract_id": -1}, False),
        ({"contract_id": 0}, True),  # a general provision needs none
        ({"valid_from": TODAY}, True),
        ({"valid_from": TOMORROW}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_until": YESTERDAY}, False),
        ({"suspended_from": TODAY}, False),
        ({"suspended_from": TOMORROW}, True),
        ({"suspended_from": YESTERDAY, "suspended_until": TODAY}, False),
        ({"suspended_from": YESTERDAY, "suspended_until": YESTERDAY}, True),
    ],
)
def test_a_contract_must_hold_on_the_wanted_day(contract: dict[str, Any], fits: bool) -> None:
    assert broken_by(an_offer(**contract)) == (set() if fits else {Rule.NOT_CONTRACTED})


def test_a_wanted_day_in_the_past_means_today() -> None:
    ended_yesterday = an_offer(valid_until=YESTERDAY)

    assert broken_by(ended_yesterday, needed_from=date(2026, 1, 1)) == {Rule.NOT_CONTRACTED}


def test_a_contract_that_begins_before_the_wanted_day_is_in_time() -> None:
    begins_in_january = an_offer(valid_from=IN_JANUARY)

    assert broken_by(begins_in_january, needed_from=IN_JANUARY) == set()


def test_another_care_type_is_not_what_was_asked() -> None:
    assert broken_by(an_offer(preference=-1)) == {Rule.OTHER_CARE_TYPE}


@pytest.mark.parametrize(
    ("start", "fits"),
    [
        ("woensdag 2026-12-30", True),
        ("donderdag 2026-12-31", False),  # whoever was born in December 2013 is thirteen by then
        (None, True),  # nobody knows when; on the wanted day the child is twelve
    ],
)
def test_a_child_is_too_old_only_when_its_birthday_has_surely_passed(start: str | None, fits: bool) -> None:
    day = None if start is None else date.fromisoformat(start.split()[1])

    assert starting_on(day, Month(2013, 12), age_until=12) == (set() if fits else {Rule.TOO_OLD})


def test_a_child_that_is_too_old_today_stays_so_when_nobody_knows_the_start() -> None:
    assert starting_on(None, Month(2013, 10), age_until=12) == {Rule.TOO_OLD}


def test_a_child_that_is_too_young_waits_for_its_birthday() -> None:
    ranking = rank(a_question(birth_month=Month(2015, 2)), offers(an_offer(age_from=12)), TODAY)

    assert ranking.order.tolist() == [0]
    assert ranking.expectation.start[0] >= day_number(date(2027, 2, 28))


@pytest.mark.parametrize(
    ("needed_from", "fits"),
    [("dinsdag 2026-12-01", True), ("maandag 2026-11-30", False)],  # surely twelve on 1 December 2027
)
def test_too_young_delays_a_year_and_no_longer(needed_from: str, fits: bool) -> None:
    """A toddler need not see the groups for teenagers."""
    broken = broken_by(
        an_offer(age_from=12), birth_month=Month(2015, 11), needed_from=date.fromisoformat(needed_from.split()[1])
    )

    assert broken == (set() if fits else {Rule.TOO_YOUNG})


@pytest.mark.parametrize(
    ("described", "needs", "broken"),
    [
        ({"only_for": 0b110}, 0b010, None),
        ({"only_for": 0b110}, 0b001, Rule.TARGET_GROUP),
        ({"only_for": 0b110}, 0b000, Rule.TARGET_GROUP),
        ({"excludes": 0b100}, 0b011, None),
        ({"excludes": 0b100}, 0b110, Rule.CONTRA_INDICATION),
        ({"serves": 0b000}, 0b111, None),  # neither served nor excluded: not known
    ],
)
def test_the_needs_decide_on_target_group_and_contra_indications(
    described: dict[str, Any], needs: int, broken: Rule | None
) -> None:
    assert broken_by(an_offer(**described), needs=needs) == ({broken} if broken else set())


@pytest.mark.parametrize(
    ("gender", "fits"), [(Gender.BOY, True), (Gender.GIRL, False), (Gender.OTHER, False), (None, True)]
)
def test_an_offer_for_boys_takes_boys_and_whoever_did_not_say(gender: Gender | None, fits: bool) -> None:
    assert broken_by(an_offer(genders=0b001), gender=gender) == (set() if fits else {Rule.GENDER})


@pytest.mark.parametrize(("setting", "fits"), [(Setting.SCHOOL, True), (Setting.HOME, False), (None, True)])
def test_a_setting_counts_when_it_is_asked(setting: Setting | None, fits: bool) -> None:
    assert broken_by(an_offer(setting=Setting.SCHOOL), setting=setting) == (set() if fits else {Rule.SETTING})


def test_an_admission_stop_is_a_stop_even_with_an_open_place() -> None:
    assert broken_by(an_offer(stop=1, open_places=3)) == {Rule.ADMISSION_STOP}


def test_exactly_the_maximum_distance_is_near_enough() -> None:
    exactly = float(rank(a_question(), offers(an_offer(km=12.3)), TODAY).distance_km[0])

    assert broken_by(an_offer(km=12.3), max_distance_km=exactly) == set()
    assert broken_by(an_offer(km=12.3), max_distance_km=exactly - 1e-9) == {Rule.TOO_FAR}


@pytest.mark.parametrize(
    ("described", "broken"),
    [
        ({"travels_km": 25.0}, set()),  # the team comes: the child's own maximum says nothing
        ({"travels_km": 15.0}, {Rule.OUTSIDE_SERVICE_AREA}),
        ({"setting": Setting.ONLINE}, set()),
        ({}, {Rule.TOO_FAR}),
    ],
)
def test_a_maximum_distance_is_for_a_child_that_has_to_travel(described: dict[str, Any], broken: set[Rule]) -> None:
    assert broken_by(an_offer(km=20.0, **described), max_distance_km=10.0) == broken


@pytest.mark.parametrize(("past_eighteen", "fits"), [(1, True), (0, False), (UNKNOWN, True)])
def test_who_must_stay_past_eighteen_needs_an_offer_that_does_not_end(past_eighteen: int, fits: bool) -> None:
    offer = an_offer(past_eighteen=past_eighteen)

    assert broken_by(offer, past_eighteen=True) == (set() if fits else {Rule.ENDS_AT_EIGHTEEN})
    assert broken_by(offer, past_eighteen=False) == set()


def test_an_offer_that_refused_this_case_is_not_asked_again() -> None:
    assert broken_by(an_offer(refused=1)) == {Rule.REFUSED_BEFORE}


@pytest.mark.parametrize(
    ("published", "fits"),
    [
        ({"published_from": TODAY}, True),
        ({"published_from": TOMORROW}, False),
        ({"published_until": IN_MARCH}, True),
        ({"published_until": IN_MARCH - timedelta(days=1)}, False),
    ],
)
def test_an_offer_is_public_today_and_until_help_could_start(published: dict[str, Any], fits: bool) -> None:
    broken = broken_by(an_offer(available_from=IN_MARCH, **published), needed_from=IN_JANUARY)

    assert broken == (set() if fits else {Rule.UNPUBLISHED})


@pytest.mark.parametrize(("last_day", "fits"), [("vrijdag 2027-01-15", True), ("donderdag 2027-01-14", False)])
def test_where_nobody_knows_the_start_an_offer_lasts_until_the_wanted_day(last_day: str, fits: bool) -> None:
    silent = {"contract_id": 1, "published_until": date.fromisoformat(last_day.split()[1])}

    assert broken_by(silent, needed_from=IN_JANUARY) == (set() if fits else {Rule.UNPUBLISHED})


def test_an_offer_that_ends_before_the_child_is_old_enough_is_no_answer() -> None:
    silent_until_march = {"contract_id": 1, "age_from": 14, "published_until": IN_MARCH}

    assert broken_by(silent_until_march, birth_month=Month(2013, 2)) == set()
    assert broken_by(silent_until_march, birth_month=Month(2013, 3)) == {Rule.UNPUBLISHED}


def test_all_broken_rules_are_kept_and_the_first_is_named() -> None:
    ranking = rank(a_question(), offers(an_offer(stop=1, refused=1), an_offer()), TODAY)

    assert ranking.broken.tolist() == [Rule.ADMISSION_STOP.bit | Rule.REFUSED_BEFORE.bit, 0]
    assert first_failure(ranking.broken).tolist() == [1 + list(Rule).index(Rule.ADMISSION_STOP), 0]
