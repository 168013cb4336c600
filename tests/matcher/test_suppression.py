"""What may be shown: nothing under five, nothing from which that can be worked out, and as much else as possible."""

from dataclasses import fields
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.suppression import SMALLEST_SHOWN, UNSURE_BY, Counts, Lattice, Table, shown, shown_over, summed
from tests.matcher.attacker import Hidden, Published, attack

LATTICE = Lattice(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 0, 1]), regions=2, families=2)


def narrow(hidden: Hidden) -> bool:
    """Whether the attacker came too near: a small count may be anything from 0 to 4, a larger one is as unsure."""
    if hidden.value < SMALLEST_SHOWN:
        return hidden.least > 1e-6 or hidden.most < UNSURE_BY - 1e-6
    return hidden.most - hidden.least < UNSURE_BY - 1e-6


def publish(counts: Counts, lattice: Lattice = LATTICE) -> tuple[Table, Table]:
    table = summed(counts, lattice)
    return table, shown(table, lattice)


def test_every_sum_of_the_lattice() -> None:
    table = summed(np.arange(20).reshape(5, 4), LATTICE)

    assert table.country.tolist() == [190]
    assert table.country_family.tolist() == [135, 55]
    assert table.region.tolist() == [66, 124]
    assert table.region_care_type.tolist() == [[12, 15, 18, 21], [28, 30, 32, 34]]
    assert table.municipality.tolist() == [6, 22, 38, 54, 70]


def test_where_all_counts_are_large_all_is_shown() -> None:
    _, visible = publish(np.full((5, 4), 30))

    assert all(getattr(visible, field.name).all() for field in fields(Table))


def test_a_count_below_five_is_hidden_and_zero_too() -> None:
    counts = np.full((5, 4), 30)
    counts[:3, 0] = [2, 1, 1]
    counts[3:, 1] = 0

    _, visible = publish(counts)

    assert not visible.region_care_type[0, 0]
    assert not visible.region_care_type[1, 1]


def test_one_small_count_takes_others_with_it_or_it_could_be_subtracted() -> None:
    counts = np.full((5, 4), 30)
    counts[:3, 0] = [2, 1, 1]

    table, visible = publish(counts)

    assert (~visible.region_care_type).sum() == 4  # a ring of two regions and two care types
    assert visible.region.all()
    assert visible.country_care_type.all()
    assert not any(map(narrow, attack(LATTICE, [Published((0,), table, visible)])))


def test_the_attacker_does_find_what_is_hidden_carelessly() -> None:
    counts = np.full((5, 4), 30)
    counts[:3, 0] = [2, 1, 1]
    table = summed(counts, LATTICE)
    careless = Table(*(getattr(table, field.name) >= SMALLEST_SHOWN for field in fields(Table)))

    found = list(attack(LATTICE, [Published((0,), table, careless)]))

    assert [(each.level, round(each.least), round(each.most)) for each in found] == [("region_care_type", 4, 4)]


def test_a_small_municipality_hides_behind_another_of_its_region() -> None:
    counts = np.full((5, 4), 30)
    counts[0] = [1, 0, 1, 1]

    _, visible = publish(counts)

    assert not visible.municipality[0]
    assert visible.municipality[:3].sum() == 1
    assert visible.municipality[3:].all()


def test_under_a_hidden_region_no_municipality_is_shown() -> None:
    counts = np.full((5, 4), 30)
    counts[3:] = 0
    counts[3, 0] = 4

    _, visible = publish(counts)

    assert not visible.region[1]
    assert not visible.municipality[3:].any()


def test_a_year_is_shown_where_all_its_quarters_are() -> None:
    rich, poor = np.full((5, 4), 30), np.full((5, 4), 30)
    poor[:3, 0] = 0
    quarters = [publish(rich)[1], publish(poor)[1]]

    year = shown_over(quarters)

    assert year.region_care_type[0].tolist() == quarters[1].region_care_type[0].tolist()
    assert year.country.all()


@st.composite
def small_lattices(draw: st.DrawFn) -> Lattice:
    """Up to three regions of one to three municipalities, and up to three families of one to three care types."""
    sizes = st.lists(st.integers(1, 3), min_size=1, max_size=3)
    places, kinds = draw(sizes), draw(sizes)
    region_of, family_of = (np.repeat(np.arange(len(each)), each) for each in (places, kinds))
    return Lattice(region_of, family_of, len(places), len(kinds))


def some_counts(lattice: Lattice) -> st.SearchStrategy[Counts]:
    cells = len(lattice.region_of) * len(lattice.family_of)
    values = st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 9, 20]), min_size=cells, max_size=cells)
    return values.map(lambda drawn: np.array(drawn).reshape(len(lattice.region_of), -1))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(small_lattices(), st.data())
def test_no_attacker_comes_near_a_hidden_count(lattice: Lattice, data: st.DataObject) -> None:
    table, visible = publish(data.draw(some_counts(lattice)), lattice)

    assert not any(map(narrow, attack(lattice, [Published((0,), table, visible)])))


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(small_lattices(), st.data())
def test_nor_over_all_periods_and_their_sums(lattice: Lattice, data: st.DataObject) -> None:
    quarters = [publish(data.draw(some_counts(lattice)), lattice) for _ in range(3)]
    year = list(accumulate((table for table, _ in quarters), lambda a, b: Table(*(_added(a, b)))))[-1]
    published = [Published((at,), table, visible) for at, (table, visible) in enumerate(quarters)]
    published.append(Published((0, 1, 2), year, shown_over([visible for _, visible in quarters])))

    assert not any(map(narrow, attack(lattice, published)))


def _added(one: Table, other: Table) -> list[Counts]:
    return [getattr(one, field.name) + getattr(other, field.name) for field in fields(Table)]


@pytest.fixture(scope="module")
def the_country() -> tuple[Lattice, Table, Table]:
    """As large as it is: 42 regions, 343 municipalities, 45 care types in 8 families, ten thousand children."""
    chance = np.random.default_rng(7)
    region_of = np.concatenate([np.arange(42), chance.integers(0, 42, 343 - 42)])
    lattice = Lattice(region_of, np.sort(np.concatenate([np.arange(8), chance.integers(0, 8, 37)])), 42, 8)
    weights = chance.lognormal(0, 1.2, (343, 1)) * chance.lognormal(0, 1.3, (1, 45))
    return lattice, *publish(chance.poisson(weights / weights.sum() * 10_000), lattice)


@pytest.mark.slow
def test_the_whole_country_is_still_worth_reading(the_country: tuple[Lattice, Table, Table]) -> None:
    _, counts, visible = the_country
    large = counts.region_care_type >= SMALLEST_SHOWN

    assert visible.region.all()
    assert visible.country_care_type.mean() > 0.9
    assert visible.region_care_type.sum() > 0.75 * large.sum()
    assert visible.municipality.mean() > 0.7


@pytest.mark.slow
def test_no_attacker_comes_near_a_hidden_count_of_the_whole_country(the_country: tuple[Lattice, Table, Table]) -> None:
    lattice, counts, visible = the_country
    chosen = np.random.default_rng(1).integers(0, 1200, 6).tolist()

    found = list(attack(lattice, [Published((0,), counts, visible)], chosen))

    assert found
    assert not any(map(narrow, found))
