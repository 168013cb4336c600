"""The most that can be placed, and what places more would add: always what adding them and solving again would give."""

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.shortage import NOWHERE, Placement, chain, moving_up, place
from matcher.shortage_reach import Reach
from matcher.shortage_worth import MOST_PLACES, worth_of_places
from tests.matcher.shortages import joined, placed, some_pairs

Pairs = tuple[int, int, list[tuple[int, int]]]


def most_placed_by_trying(requests: int, room: list[int], pairs: list[tuple[int, int]]) -> int:
    """Every way to send everybody somewhere or nowhere, and the best of them."""
    choices = [[NOWHERE, *(offer for request, offer in set(pairs) if request == at)] for at in range(requests)]
    ways = (way for way in product(*choices) if all(way.count(offer) <= there for offer, there in enumerate(room)))
    return max(sum(offer != NOWHERE for offer in way) for way in ways)


def again_with(placement: Placement, cells: Reach, cell: int, places: int) -> int:
    """How many more can be placed when the places are really there."""
    own, new = placement.reach, cells.request[cells.offer == cell]
    pairs = [*zip(own.request.tolist(), own.offer.tolist(), strict=True), *((int(who), own.offers) for who in new)]
    solved = place(joined(own.requests, own.offers + 1, pairs), np.append(placement.room, places).astype(np.int32))
    return solved.placed - placement.placed


@pytest.mark.slow
@given(some_pairs(most_requests=5, most_offers=4), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_places_as_many_as_any_way_of_placing_could(pairs: Pairs, room: list[int]) -> None:
    requests, offers, possible = pairs

    found = placed(requests, room[:offers], possible)

    assert found.placed == most_placed_by_trying(requests, room[:offers], possible)


@given(some_pairs(), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_nobody_goes_where_they_cannot_and_no_offer_is_overfull(pairs: Pairs, room: list[int]) -> None:
    requests, offers, possible = pairs

    found = placed(requests, room[:offers], possible)

    assert {(who, at) for who, at in enumerate(found.at.tolist()) if at != NOWHERE} <= set(possible)
    assert all(np.count_nonzero(found.at == offer) <= room[offer] for offer in range(offers))


@pytest.mark.slow
@given(some_pairs(), st.lists(st.integers(0, 2), min_size=6, max_size=6), st.data())
def test_a_place_is_worth_what_adding_it_and_solving_again_gives(
    pairs: Pairs, room: list[int], data: st.DataObject
) -> None:
    requests, offers, possible = pairs
    placement = placed(requests, room[:offers], possible)
    members = st.lists(
        st.tuples(st.integers(0, max(requests - 1, 0)), st.integers(0, 3)), max_size=14 if requests else 0
    )
    cells = joined(requests, 4, data.draw(members))

    worth = worth_of_places(placement, cells)

    for cell, places in product(range(4), range(MOST_PLACES + 1)):
        assert worth.children(places)[cell] == again_with(placement, cells, cell, places)


@pytest.mark.slow
@given(some_pairs(), st.lists(st.integers(0, 2), min_size=6, max_size=6), st.data())
def test_the_chain_behind_a_place_can_be_walked(pairs: Pairs, room: list[int], data: st.DataObject) -> None:
    requests, offers, possible = pairs
    placement = placed(requests, room[:offers], possible)
    members = st.lists(st.integers(0, max(requests - 1, 0)), max_size=4 if requests else 0)
    cells = joined(requests, 1, [(who, 0) for who in data.draw(members)])
    moves = moving_up(placement)
    worth = worth_of_places(placement, cells)

    walked = chain(placement, moves, int(worth.helped_by[0]))

    assert (len(walked) > 0) == (worth.limit[0] > 0)
    for mover, follower in pairwise(walked):
        assert (follower, int(placement.at[mover])) in possible
    assert not walked or placement.at[walked[-1]] == NOWHERE


def test_a_place_helps_along_a_chain() -> None:
    """Anna has the only place she can have and Bas, who could go further, has the other that Carla needs."""
    anna, bas, carla = range(3)
    arnhem, ede, new_in_tiel = 0, 1, 0
    placement = placed(3, [1, 1], [(anna, arnhem), (bas, arnhem), (bas, ede), (carla, arnhem), (carla, ede)])

    worth = worth_of_places(placement, joined(3, 1, [(anna, new_in_tiel)]))

    assert placement.placed == 2
    assert worth.limit.tolist() == [1]


def test_the_curve_stops_where_nobody_is_helped_any_more() -> None:
    placement = placed(4, [0], [(0, 0)])

    worth = worth_of_places(placement, joined(4, 1, [(0, 0), (1, 0), (2, 0)]))

    assert [worth.children(places)[0] for places in range(6)] == [0, 1, 2, 3, 3, 3]


def test_where_everybody_is_placed_a_place_is_worth_nothing() -> None:
    placement = placed(2, [2], [(0, 0), (1, 0)])

    worth = worth_of_places(placement, joined(2, 1, [(0, 0), (1, 0)]))

    assert worth.limit.tolist() == [0]
    assert worth.helped_by.tolist() == [NOWHERE]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_worth_is_exact_in_larger_worlds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    requests, offers, cells = 120, 40, 12
    pairs = [
        (int(who), int(where))
        for who, where in zip(chance.integers(0, requests, 300), chance.integers(0, offers, 300), strict=True)
    ]
    placement = placed(requests, chance.integers(0, 3, offers).tolist(), pairs)
    members = [
        (int(who), int(cell))
        for who, cell in zip(chance.integers(0, requests, 150), chance.integers(0, cells, 150), strict=True)
    ]
    reach = joined(requests, cells, members)

    worth = worth_of_places(placement, reach)

    assert all(
        worth.children(places)[cell] == again_with(placement, reach, cell, places)
        for cell, places in product(range(cells), range(MOST_PLACES + 1))
    )


def test_the_answer_does_not_depend_on_which_largest_placement_was_found() -> None:
    """Two children, one place: whoever has it, a place for either helps the other."""
    cells = joined(2, 2, [(0, 0), (1, 1)])
    placement = placed(2, [1], [(0, 0), (1, 0)])
    other = replace(placement, at=placement.at[::-1].copy())

    assert worth_of_places(placement, cells).limit.tolist() == worth_of_places(other, cells).limit.tolist() == [1, 1]
