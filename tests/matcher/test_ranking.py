"""The order of the offers: what must hold whatever the world looks like, and what workers would expect of it."""

import io
from dataclasses import replace
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matcher.candidates import candidates_of
from matcher.criteria import WEIGHTS, Criterion
from matcher.explanation import reasons_json
from matcher.fit import Rule, put
from matcher.foresight import Expectation
from matcher.offers import EARTH_RADIUS_KM, NEVER, UNKNOWN, Rows, day_number, empty_candidates, unit_vector
from matcher.question import Month, Place, Question, Urgency
from matcher.ranking import Ranking, in_order, judge, rank
from tests.matcher.scalar_ranking import best_first, rank_slowly
from tests.matcher.worlds import (
    HOME,
    TODAY,
    a_fitting_offer_at_random,
    a_question,
    an_offer,
    many_offers,
    offers,
    some_offers,
    some_questions,
)

examples = settings(max_examples=40, deadline=None)


def order_of(ranking: Ranking) -> list[int]:
    """The ids of the offers, best first."""
    ids: list[int] = ranking.candidates["offer_id"][ranking.order].tolist()
    return ids


def ranked(*described: dict[str, Any], **asked: Any) -> list[int]:
    return order_of(rank(a_question(**asked), offers(*described), TODAY))


# --- what workers expect -------------------------------------------------------------------------------------------


def test_prefers_the_sooner_start_over_the_nearer_place() -> None:
    assert ranked_when_starting((42, 14), an_offer(offer_id=1, km=1.0), an_offer(offer_id=2, km=25.0)) == [2, 1]


def test_prefers_the_nearer_place_when_all_else_is_equal() -> None:
    assert ranked(an_offer(offer_id=1, km=9.0), an_offer(offer_id=2, km=8.0)) == [2, 1]


def test_prefers_the_first_choice_of_care_type() -> None:
    asked = ("family-home", "foster-care")

    assert ranked(an_offer(offer_id=1, preference=1), an_offer(offer_id=2), care_types=asked) == [2, 1]


def test_prefers_who_says_it_serves_the_needs_over_who_says_nothing() -> None:
    assert ranked(an_offer(offer_id=1), an_offer(offer_id=2, serves=0b1), needs=0b1) == [2, 1]


def test_prefers_known_room_for_siblings_over_unknown_over_none() -> None:
    apart, unknown, together = (
        an_offer(offer_id=number, siblings=can_stay) for number, can_stay in ((1, 1), (2, UNKNOWN), (3, 3))
    )

    assert ranked(apart, unknown, together, siblings=2) == [3, 2, 1]


def test_a_youth_of_seventeen_gains_from_help_that_goes_on() -> None:
    ends, goes_on = an_offer(offer_id=1, past_eighteen=0), an_offer(offer_id=2, past_eighteen=1)

    assert ranked(ends, goes_on, birth_month=Month(2009, 3)) == [2, 1]


def test_help_past_eighteen_says_nothing_for_a_child_of_thirteen() -> None:
    assert Criterion.PAST_EIGHTEEN not in asked_about(a_question(birth_month=Month(2013, 5)))


@pytest.mark.parametrize(
    ("needed_from", "asked"),
    [("maandag 2026-11-30", True), ("zondag 2026-11-29", False)],  # eighteen on 30 November 2027 at the latest
)
def test_past_eighteen_is_asked_about_a_year_before_the_birthday(needed_from: str, asked: bool) -> None:
    question = a_question(birth_month=Month(2009, 11), needed_from=date.fromisoformat(needed_from.split()[1]))

    assert (Criterion.PAST_EIGHTEEN in asked_about(question)) == asked


def test_prefers_the_contract_of_the_municipality_itself_over_a_national_one() -> None:
    assert ranked(an_offer(offer_id=1, scope=3), an_offer(offer_id=2, scope=0)) == [2, 1]


def test_a_team_that_comes_to_the_family_is_as_good_as_next_door() -> None:
    next_door, team = an_offer(offer_id=1, km=0.05), an_offer(offer_id=2, km=30.0, travels_km=40.0)

    points = rank(a_question(), offers(next_door, team), TODAY).points[:, list(Criterion).index(Criterion.DISTANCE)]

    assert points[0] == points[1]


def test_an_urgent_question_goes_further_for_a_sooner_start() -> None:
    near, sooner = an_offer(offer_id=1, km=1.0), an_offer(offer_id=2, km=25.0)

    assert ranked_when_starting((28, 14), near, sooner, urgency=Urgency.REGULAR) == [1, 2]
    assert ranked_when_starting((28, 14), near, sooner, urgency=Urgency.URGENT) == [2, 1]


def test_an_unknown_start_is_worth_something_and_less_than_a_start_within_a_year() -> None:
    unknown, known = an_offer(offer_id=1, age_until=23), an_offer(offer_id=2, age_until=23)

    assert ranked_when_starting((None, 365), unknown, known) == [2, 1]
    assert ranked_when_starting((None, 3000), unknown, known) == [1, 2]


def ranked_when_starting(after_days: tuple[int | None, ...], *described: dict[str, Any], **asked: Any) -> list[int]:
    """The order when the expected starts are these, so many days from today."""
    days = [NEVER if after is None else day_number(TODAY) + after for after in after_days]
    start, same = np.array(days, np.int32), np.zeros(len(days), np.uint8)
    inquiry = put(a_question(**asked), candidates_of(offers(*described), day_number(TODAY)))
    could_start = np.where(start == NEVER, inquiry.earliest, start)
    expectation = Expectation(start, start, start, start, could_start, same, start, same)
    return order_of(judge(replace(inquiry, expectation=expectation)))


def test_nothing_to_rank_is_an_empty_order() -> None:
    ranking = rank(a_question(), empty_candidates(), TODAY)

    assert order_of(ranking) == []
    assert ranking.excluded() == {}


def test_counts_what_each_rule_was_the_first_to_exclude() -> None:
    ranking = rank(a_question(), offers(an_offer(), an_offer(stop=1), an_offer(stop=1), an_offer(refused=1)), TODAY)

    assert ranking.excluded() == {Rule.ADMISSION_STOP: 2, Rule.REFUSED_BEFORE: 1}


def test_offers_without_a_contract_are_ordered_when_that_rule_is_waived() -> None:
    outsiders = offers(an_offer(offer_id=1, contract_id=-1, km=9.0), an_offer(offer_id=2, contract_id=-1, km=8.0))

    assert order_of(rank(a_question(), outsiders, TODAY)) == []
    assert order_of(rank(a_question(), outsiders, TODAY, waived=[Rule.NOT_CONTRACTED])) == [2, 1]


def asked_about(question: Question) -> set[Criterion]:
    ranking = rank(question, offers(an_offer()), TODAY)
    return {criterion for criterion, maximum in zip(Criterion, ranking.scale.maxima, strict=True) if maximum}


# --- what holds in every world -------------------------------------------------------------------------------------


@examples
@given(some_questions, some_offers)
def test_agrees_with_the_slow_and_obvious_ranking(question: Question, candidates: Rows) -> None:
    agree(question, candidates)


@pytest.mark.parametrize("needs", [0, 0b111])
@pytest.mark.parametrize("urgency", Urgency)
def test_agrees_on_a_thousand_offers_too(urgency: Urgency, needs: int) -> None:
    question = a_question(urgency=urgency, needs=needs, care_types=("a", "b", "c"), siblings=1, max_distance_km=40.0)

    agree(question, many_offers(1000, seed=7))


def agree(question: Question, candidates: Rows) -> None:
    """The columns and the scalar twin give the same offers, in the same order, with the same points."""
    ranking = rank(question, candidates, TODAY)
    judged = rank_slowly(question, candidates, ranking.expectation, ranking.distance_km.tolist(), TODAY, WEIGHTS)

    assert order_of(ranking) == best_first(judged)
    for at, one in enumerate(judged):
        assert [rule for rule in Rule if ranking.broken[at] & rule.bit] == one.broken
        asked = zip(Criterion, ranking.scale.maxima, ranking.points[at].tolist(), strict=True)
        assert {criterion: points for criterion, maximum, points in asked if maximum} == one.points


@examples
@given(some_questions, some_offers)
def test_points_add_up_to_the_score_and_maxima_to_a_hundred(question: Question, candidates: Rows) -> None:
    ranking = rank(question, candidates, TODAY)

    assert sum(ranking.scale.maxima) == 100
    assert ranking.points.sum(axis=1).tolist() == ranking.score.tolist()
    assert np.all((ranking.points >= 0) & (ranking.points <= ranking.scale.maxima))


@examples
@given(some_questions, some_offers)
def test_no_offer_is_lost_or_invented(question: Question, candidates: Rows) -> None:
    ranking = rank(question, candidates, TODAY)

    excluded = np.flatnonzero(ranking.failure).tolist()
    assert sorted([*ranking.order.tolist(), *excluded]) == list(range(len(candidates)))
    assert sum(ranking.excluded().values()) == len(excluded)


@examples
@given(some_questions, some_offers, st.randoms(use_true_random=False))
def test_the_order_of_the_input_is_irrelevant(question: Question, candidates: Rows, chance: Any) -> None:
    shuffled = list(range(len(candidates)))
    chance.shuffle(shuffled)

    assert order_of(rank(question, candidates[shuffled], TODAY)) == order_of(rank(question, candidates, TODAY))


@examples
@given(some_questions, some_offers, st.integers(0, 6))
def test_leaving_one_out_never_changes_the_order_of_the_others(question: Question, candidates: Rows, out: int) -> None:
    rest = np.delete(candidates, out) if out < len(candidates) else candidates
    left = set(rest["offer_id"].tolist())

    before = [offer for offer in order_of(rank(question, candidates, TODAY)) if offer in left]

    assert order_of(rank(question, rest, TODAY)) == before


def rank_of_the_better(question: Question, offer: dict[str, Any], others: Rows, **better: Any) -> tuple[int, int]:
    """At which place an offer ends, and at which when one thing about it is better."""
    places = []
    for described in (offer, offer | better):
        one = offers(described)
        one["offer_id"] = 2**41
        order = order_of(rank(question, np.concatenate([others, one]), TODAY))
        assume(2**41 in order)
        places.append(order.index(2**41))
    return places[0], places[1]


@examples
@given(some_questions, a_fitting_offer_at_random, some_offers, st.data())
def test_a_nearer_place_never_ranks_lower(
    question: Question, offer: dict[str, Any], others: Rows, data: st.DataObject
) -> None:
    nearer = data.draw(st.floats(0, offer["km"]))

    before, after = rank_of_the_better(question, offer, others, km=nearer)

    assert after <= before


@examples
@given(some_questions, a_fitting_offer_at_random, some_offers, st.data())
def test_a_shorter_wait_never_ranks_lower(
    question: Question, offer: dict[str, Any], others: Rows, data: st.DataObject
) -> None:
    assume(offer["intake_wait"] >= 0 and offer["treatment_wait"] >= 0)
    name = data.draw(st.sampled_from(["intake_wait", "treatment_wait"]))
    shorter = data.draw(st.integers(0, offer[name]))

    before, after = rank_of_the_better(question, offer, others, **{name: shorter})

    assert after <= before


@examples
@given(some_questions, a_fitting_offer_at_random, some_offers, st.integers(0, 400), st.data())
def test_the_same_numbers_stated_later_never_rank_lower(
    question: Question, offer: dict[str, Any], others: Rows, days: int, data: st.DataObject
) -> None:
    old = day_number(TODAY) - days
    later = data.draw(st.integers(old, day_number(TODAY)))

    before, after = rank_of_the_better(question, offer | {"stated_day": old}, others, stated_day=later)

    assert after <= before


@examples
@given(some_questions, some_offers)
def test_a_stored_ranking_is_reproduced_bit_for_bit(question: Question, candidates: Rows) -> None:
    stored = io.BytesIO()
    np.save(stored, candidates)
    stored.seek(0)

    once, again = rank(question, candidates, TODAY), rank(question, np.load(stored), TODAY)

    assert once.order.tolist() == again.order.tolist()
    assert once.points.tobytes() == again.points.tobytes()
    assert reasons_json(once, once.order) == reasons_json(again, again.order)


@examples
@given(some_questions, some_offers)
def test_some_in_order_are_in_the_order_of_all(question: Question, candidates: Rows) -> None:
    ranking = rank(question, candidates, TODAY)

    assert in_order(ranking, ranking.order[::-1]).tolist() == ranking.order.tolist()


# --- the distance --------------------------------------------------------------------------------------------------


def haversine_km(one: Place, other: Place) -> float:
    lat, to_lat = radians(one.lat), radians(other.lat)
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


@examples
@given(st.floats(3.3, 7.3), st.floats(50.7, 53.6), st.sampled_from([0.0, 1e-7, 1e-4, 1.0]))
def test_the_distance_is_that_of_the_haversine_to_a_hundredth_of_a_millimetre(
    lon: float, lat: float, share: float
) -> None:
    place = Place(HOME.lon + (lon - HOME.lon) * share, HOME.lat + (lat - HOME.lat) * share)
    rows = empty_candidates(1)
    rows["x"], rows["y"], rows["z"] = unit_vector(place.lon, place.lat)

    (km,) = rank(a_question(), rows, TODAY).distance_km

    assert km == pytest.approx(haversine_km(HOME, place), abs=1e-8)


def test_the_other_side_of_the_world_is_half_its_circumference_away() -> None:
    rows = empty_candidates(1)
    rows["x"], rows["y"], rows["z"] = unit_vector(HOME.lon - 180, -HOME.lat)

    (km,) = rank(a_question(), rows, TODAY).distance_km

    assert km == pytest.approx(np.pi * EARTH_RADIUS_KM)
