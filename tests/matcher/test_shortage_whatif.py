"""What-ifs: another world of the same kind, solved again; and what it does to waits, with its uncertainty."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.offers import day_number, unit_vector
from matcher.shortage import place
from matcher.shortage_pairs import Supply
from matcher.shortage_reach import reach, room_in_time
from matcher.shortage_waits import YEAR, Situation, effect_of
from matcher.shortage_whatif import DistanceNorm, MorePlaces, StopLifted, WhatIf, WiderContract
from tests.matcher.shortages import MUNICIPALITY, REGION, demand, supply
from tests.matcher.worlds import HOME, TODAY, a_question, an_offer

NOW = day_number(TODAY)
NEIGHBOUR = REGION + 2
HERE = unit_vector(HOME.lon, HOME.lat)


def helped(change: WhatIf, there: Supply, *questions: Any) -> int:
    """How many more can be placed."""
    world = demand(*(questions or (a_question(), a_question()))), there
    now, then = (place(reach(*each, NOW), each[1].room).placed for each in (world, change.of(world, NOW)))
    return then - now


def test_places_more_help_who_may_use_them() -> None:
    assert helped(MorePlaces(0, REGION, HERE, places=1), supply()) == 1
    assert helped(MorePlaces(0, MUNICIPALITY, HERE, places=3), supply()) == 2
    assert helped(MorePlaces(0, NEIGHBOUR, HERE, places=3), supply()) == 0
    assert helped(MorePlaces(0, REGION, HERE, places=3, age_until=11), supply()) == 0


def test_places_more_stand_beside_those_that_are_there() -> None:
    assert helped(MorePlaces(0, REGION, HERE, places=1), supply(an_offer(open_places=1))) == 1


def test_a_wider_contract_lends_the_neighbours_places() -> None:
    theirs = supply(an_offer(open_places=1), area=NEIGHBOUR)
    theirs = replace(theirs, stands_in=np.array([NEIGHBOUR], np.int32))

    assert helped(WiderContract(0, NEIGHBOUR, REGION), theirs) == 1
    assert helped(WiderContract(1, NEIGHBOUR, REGION), theirs) == 0
    assert helped(WiderContract(0, REGION, NEIGHBOUR), theirs) == 0


def test_a_distance_norm_holds_for_everybody() -> None:
    far = supply(an_offer(km=30.0, open_places=2))
    bound, free = a_question(max_distance_km=20.0), a_question()

    assert helped(DistanceNorm(0, 40.0), far, bound) == 1
    assert helped(DistanceNorm(0, 20.0), far, free) == -1


def test_a_stop_lifted_gives_back_the_places_behind_it() -> None:
    stopped = supply(an_offer(stop=1, open_places=2))
    stopped = replace(stopped, room=room_in_time(stopped.offers, NOW))

    assert helped(StopLifted(0, REGION), stopped) == 2
    assert helped(StopLifted(0, NEIGHBOUR), stopped) == 0


# --- waits ---------------------------------------------------------------------------------------------------------

CROWDED = Situation(places=10, occupied=10, waiting=8, started_90=9, withdrawn_90=3)
QUIET = Situation(places=10, occupied=4, waiting=0, started_90=4, withdrawn_90=0)


def test_the_length_of_a_stay_follows_from_who_is_inside_and_who_comes_in() -> None:
    assert CROWDED.stay_days == pytest.approx(100)
    assert CROWDED.children_a_year == pytest.approx(3.65)
    assert Situation(places=500, occupied=500, waiting=0, started_90=1, withdrawn_90=0).stay_days == 1095


def test_places_more_shorten_a_long_queue() -> None:
    effect = effect_of(CROWDED, more=3)

    assert effect.wait_then.middle < effect.wait_now.middle
    assert effect.sooner.low >= 0
    assert effect.started_more.middle > 3


def test_twice_as_many_help_more() -> None:
    assert effect_of(CROWDED, more=4).sooner.middle > effect_of(CROWDED, more=2).sooner.middle


def test_where_nobody_waits_places_more_do_nothing() -> None:
    effect = effect_of(QUIET, more=3)

    assert effect.wait_now.middle < 1
    assert effect.sooner.high < 2


def test_no_places_more_is_no_change() -> None:
    effect = effect_of(CROWDED, more=0)

    assert effect.sooner == replace(effect.sooner, low=0.0, middle=0.0, high=0.0)


def test_the_band_shows_how_sure_it_is() -> None:
    effect = effect_of(CROWDED, more=2)

    assert effect.sooner.low < effect.sooner.middle < effect.sooner.high


def test_the_same_question_has_the_same_answer() -> None:
    assert effect_of(CROWDED, more=2) == effect_of(CROWDED, more=2)


def test_the_first_place_where_there_was_none() -> None:
    none = Situation(places=0, occupied=0, waiting=5, started_90=0, withdrawn_90=4)
    effect = effect_of(none, more=2)

    assert effect.started_more.middle > 0
    assert effect.wait_now.middle < YEAR
