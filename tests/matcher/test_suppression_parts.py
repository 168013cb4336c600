"""Which shares may be shown: those that name nobody, not by the part and not by what is left."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.suppression import SMALLEST_SHOWN, Counts, Lattice, Table, shown, summed
from matcher.suppression_parts import PerArea, Share, parts_shown, per_area, regions_parts_shown, share
from tests.matcher.attacker import Published, PublishedPart, attack
from tests.matcher.test_suppression import narrow, small_lattices

TWO_TOWNS = Lattice(np.zeros(2, np.intp), np.zeros(1, np.intp), regions=1, families=1)
ONE_REGION = Lattice(np.zeros(4, np.intp), np.zeros(1, np.intp), regions=1, families=1)


@pytest.mark.parametrize(
    ("children", "halves", "told"),
    [
        (0, (0, 0), (None, None)),
        (4, (4, 0), (None, None)),
        (5, (0, 5), (None, 30)),
        (5, (5, 0), (None, 30)),
        (8, (4, 5), (None, 30)),
        (8, (5, 4), (None, 30)),
        (5, (5, 5), (12, 30)),
        (20, (15, 5), (12, 30)),
    ],
)
def test_both_halves_are_about_five_children_or_the_part_is_hidden(
    children: int, halves: tuple[int, int], told: Share
) -> None:
    assert share(12, 30, children, halves) == told


@given(st.integers(0, 60), st.integers(0, 60))
def test_nothing_under_five_can_be_read_or_subtracted(one: int, other: int) -> None:
    part, whole = share(one, one + other, one + other, (one, other))

    assert whole is None or whole >= SMALLEST_SHOWN
    assert part is None or (whole is not None and min(part, whole - part) >= SMALLEST_SHOWN)


def publish(did: list[int], did_not: list[int], lattice: Lattice = ONE_REGION) -> tuple[Published, PublishedPart]:
    """Both halves of one care type per municipality, told as far as may be."""
    return tell(np.array(did), np.array([did]).T + np.array([did_not]).T, lattice)


def tell(did: Counts, counts: Counts, lattice: Lattice) -> tuple[Published, PublishedPart]:
    whole = summed(counts, lattice)
    visible = shown(whole, lattice)
    part = per_area(did, lattice)
    seen = parts_shown(part, of_areas(whole), of_areas(visible), lattice)
    return Published((0,), whole, visible), PublishedPart(0, part, seen, of_areas(whole))


def of_areas(table: Table) -> PerArea:
    return PerArea(table.region, table.municipality)


def test_large_halves_are_shown() -> None:
    _, part = publish([10, 10, 10, 10], [20, 20, 20, 20])

    assert part.shown.region.all()
    assert part.shown.municipality.all()


@pytest.mark.parametrize(("did", "did_not"), [([3, 10, 10, 10], [20] * 4), ([20] * 4, [3, 10, 10, 10])])
def test_a_small_half_hides_with_the_smallest_beside_it(did: list[int], did_not: list[int]) -> None:
    _, part = publish(did, did_not)

    assert part.shown.region.all()
    assert part.shown.municipality.tolist() == [False, False, True, True]


def test_one_beside_it_is_not_enough_where_nobody_of_it_could_be_otherwise() -> None:
    """In the second everybody did: none of its children can change with one of the first."""
    _, part = publish([3, 5, 10, 10], [6, 0, 10, 10])

    assert part.shown.municipality.tolist() == [False, False, False, True]


def test_a_part_is_hidden_wherever_its_whole_is() -> None:
    whole, part = publish([1, 1, 10, 10], [1, 1, 10, 10])

    assert not whole.shown.municipality[:2].any()
    assert not part.shown.municipality[:2].any()


def test_where_hiding_all_municipalities_is_not_enough_the_region_is_hidden_too() -> None:
    """Of five children who did, the first has at least four: the others have no more to give."""
    _, part = publish([4, 5], [6, 0], TWO_TOWNS)

    assert not part.shown.region.any()


def test_the_attacker_does_find_a_half_that_is_hidden_carelessly() -> None:
    whole, part = publish([3, 10, 10, 10], [20] * 4)
    careless = PublishedPart(0, part.counts, PerArea(part.shown.region, part.counts.municipality >= SMALLEST_SHOWN))

    assert any(map(narrow, attack(ONE_REGION, [whole], parts=[careless])))


@st.composite
def halves(draw: st.DrawFn) -> tuple[Lattice, Counts, Counts]:
    """Children per municipality and care type, and how many of each municipality did."""
    lattice = draw(small_lattices())
    size = (len(lattice.region_of), len(lattice.family_of))
    values = st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9, 20])
    counts = np.array(draw(st.lists(values, min_size=size[0] * size[1], max_size=size[0] * size[1]))).reshape(size)
    did = np.array([draw(st.integers(0, int(total))) for total in counts.sum(axis=1)])
    return lattice, did, counts


def test_the_share_of_a_region_does_not_give_away_that_of_its_one_large_town() -> None:
    """Nineteen of thirty did. So of the twenty in town at least one did not; of three that is too much to know."""
    did, whole = per_area(np.array([17, 2]), TWO_TOWNS), per_area(np.array([20, 10]), TWO_TOWNS)
    everywhere = PerArea(whole.region >= 5, whole.municipality >= 5)

    assert not regions_parts_shown(did, whole, everywhere, TWO_TOWNS).any()
    assert parts_shown(did, whole, everywhere, TWO_TOWNS).region.sum() == 0


@pytest.mark.parametrize(("did", "told"), [(5, True), (15, True), (4, False), (16, False)])
def test_the_share_of_a_region_of_one_municipality_is_told_where_both_halves_are_large(did: int, told: bool) -> None:
    alone = Lattice(np.zeros(1, np.intp), np.zeros(1, np.intp), regions=1, families=1)
    part, whole = per_area(np.array([did]), alone), per_area(np.array([20]), alone)
    everywhere = PerArea(whole.region >= 5, whole.municipality >= 5)

    assert regions_parts_shown(part, whole, everywhere, alone).tolist() == [told]


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(halves())
def test_no_attacker_comes_near_a_hidden_half_or_a_hidden_whole(world: tuple[Lattice, Counts, Counts]) -> None:
    lattice, did, counts = world
    whole, part = tell(did, counts, lattice)

    assert not any(map(narrow, attack(lattice, [whole], parts=[part])))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(halves())
def test_nor_where_the_part_is_told_of_regions_only(world: tuple[Lattice, Counts, Counts]) -> None:
    lattice, did, counts = world
    whole, part = tell(did, counts, lattice)
    told = regions_parts_shown(part.counts, of_areas(whole.counts), of_areas(whole.shown), lattice)
    alone = np.bincount(lattice.region_of)[lattice.region_of] == 1  # of these the region's is their own
    seen = PerArea(told, told[lattice.region_of] & alone)
    region_only = PublishedPart(0, part.counts, seen, of_areas(whole.counts))

    assert not any(map(narrow, attack(lattice, [whole], parts=[region_only])))
