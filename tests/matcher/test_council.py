"""The figures for the council, at every border: from published quarters to a value, a target, a trend, a sentence."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.council import BY_CODE, INDICATORS, MOST, TARGETED, Better, Indicator, Measure
from matcher.council_judging import (
    Movement,
    Published,
    Reached,
    Target,
    Visibility,
    figure,
    in_force,
    reached,
    trend,
)
from matcher.council_words import (
    AIMED,
    MOVED,
    REACHED,
    SAYS,
    TRENDS,
    UNITS,
    UNKNOWN,
    WHY_UNKNOWN,
    from_how_much,
)

WAITING, WAIT, IN_TIME, TEAM, ON_TIME, REFUSED, FAMILY, ALWAYS, RET = INDICATORS


def share(part: int | None, whole: int | None) -> Published:
    return Published(whole, part)


def middle(value: float | None, whole: int | None) -> Published:
    return Published(whole, middle=value)


# --- the definition ---


def test_five_figures_lead_and_come_first() -> None:
    assert [each.leading for each in INDICATORS] == [True] * 5 + [False] * 4


def test_every_word_that_is_needed_is_there() -> None:
    assert set(SAYS) == set(BY_CODE)
    assert set(UNITS) == set(MOST) == set(Measure)
    assert set(TRENDS) == set(Movement)
    assert set(REACHED) == set(Reached)
    assert set(UNKNOWN) == set(WHY_UNKNOWN) == set(Visibility) - {Visibility.SHOWN}
    assert set(AIMED) == set(Reached) - {Reached.UNKNOWN, Reached.NO_TARGET}
    assert set(MOVED) == set(Movement) - {Movement.UNKNOWN, Movement.TOO_LITTLE}


def test_a_region_may_aim_at_all_that_can_go_better() -> None:
    assert "ret" not in TARGETED
    assert {code for code in BY_CODE if code not in TARGETED} == {"ret"}


def test_a_default_is_within_reason_and_says_where_it_comes_from() -> None:
    for indicator in INDICATORS:
        if indicator.default:
            assert 0 < indicator.default.value <= MOST[indicator.unit]
            assert indicator.default.source.endswith(".")


def test_the_treeknorm_is_never_called_a_law() -> None:
    assert WAIT.default is not None
    assert WAIT.default.value == 14
    assert "Dit is geen wet." in WAIT.default.source


# --- what follows from what was published ---


@pytest.mark.parametrize(
    ("indicator", "quarters", "value"),
    [
        (WAITING, [Published(2400), Published(2200)], 2200),  # a year tells how it stands at its end
        (RET, [Published(11), Published(9)], 20),
        (IN_TIME, [share(50, 100), share(10, 100)], 30),
        (ON_TIME, [share(1, 10), share(70, 87)], 80),
        (TEAM, [middle(2.0, 300), middle(6.0, 100)], 3),  # weighted by how many each is the middle of
        (WAIT, [middle(98, 412)], 14),
        (WAIT, [middle(99, 412)], 14.1),
        (IN_TIME, [share(1999, 2000)], 99),  # not all
        (IN_TIME, [share(5, 5000)], 1),  # not nobody
        (ALWAYS, [share(92, 92)], 100),
        (FAMILY, [share(0, 40)], 0),
    ],
)
def test_a_figure_follows_from_its_quarters(indicator: Indicator, quarters: list[Published], value: float) -> None:
    assert figure(indicator, quarters).value == value


@pytest.mark.parametrize(
    ("indicator", "quarters", "state"),
    [
        (WAITING, [None], Visibility.UNPUBLISHED),
        (WAITING, [Published(None)], Visibility.HIDDEN),
        (WAITING, [Published(None), Published(9)], Visibility.SHOWN),  # what a year does not need hides nothing
        (RET, [Published(None), Published(9)], Visibility.HIDDEN),
        (IN_TIME, [share(None, 12)], Visibility.HIDDEN),
        (IN_TIME, [share(None, 12), share(50, 100)], Visibility.HIDDEN),
        (IN_TIME, [None, share(50, 100)], Visibility.UNPUBLISHED),
        (TEAM, [middle(None, None)], Visibility.HIDDEN),
        (FAMILY, [share(None, None)], Visibility.NOTHING),  # places are no children: nothing is hidden, there are none
        (FAMILY, [share(0, 0)], Visibility.NOTHING),
        (IN_TIME, [], Visibility.UNPUBLISHED),
    ],
)
def test_what_may_not_be_seen_or_is_not_there_says_which(
    indicator: Indicator, quarters: list[Published | None], state: Visibility
) -> None:
    found = figure(indicator, quarters)

    assert found.state is state
    assert (found.value is None) == (state is not Visibility.SHOWN)


def test_beside_the_children_who_wait_stands_how_long() -> None:
    found = figure(WAITING, [Published(2200, middle=60)])

    assert found.middle == 8.6
    assert from_how_much(WAITING, found) == "De helft wachtte al langer dan 8,6 weken."


counts = st.integers(5, 3000)
shares = st.tuples(counts, counts).map(lambda two: share(two[0], two[0] + two[1]))
hidden = st.sampled_from([share(None, None), share(None, 7)])


@given(st.lists(shares, min_size=1, max_size=4), st.lists(hidden, max_size=2), st.randoms())
def test_a_year_shows_nothing_as_soon_as_one_quarter_is_hidden(
    seen: list[Published], unseen: list[Published], order: Random
) -> None:
    quarters = [*seen, *unseen]
    order.shuffle(quarters)

    found = figure(IN_TIME, quarters)

    assert (found.value is None) == bool(unseen)
    assert found.part is None if unseen else found.part == sum(each.part or 0 for each in seen)


@given(st.lists(shares, min_size=1, max_size=4))
def test_a_year_lies_between_its_quarters(quarters: list[Published]) -> None:
    alone = [figure(IN_TIME, [each]).exact or 0 for each in quarters]
    together = figure(IN_TIME, quarters).exact or 0

    assert min(alone) - 1e-9 <= together <= max(alone) + 1e-9


# --- against a target ---


@pytest.mark.parametrize(
    ("indicator", "value", "target", "found"),
    [
        (WAIT, 14.0, 14.0, Reached.REACHED),
        (WAIT, 14.1, 14.0, Reached.NEARLY),
        (WAIT, 15.4, 14.0, Reached.NEARLY),  # a tenth more
        (WAIT, 15.5, 14.0, Reached.NOT),
        (IN_TIME, 80.0, 80.0, Reached.REACHED),
        (IN_TIME, 75.0, 80.0, Reached.NEARLY),
        (IN_TIME, 74.0, 80.0, Reached.NOT),
        (REFUSED, 15.0, 20.0, Reached.REACHED),
        (IN_TIME, 74.0, None, Reached.NO_TARGET),
        (IN_TIME, None, 80.0, Reached.UNKNOWN),
    ],
)
def test_a_target_is_reached_nearly_or_not(
    indicator: Indicator, value: float | None, target: float | None, found: Reached
) -> None:
    assert reached(indicator, value, target) is found


@given(st.sampled_from([each for each in INDICATORS if each.better is not Better.NEITHER]), counts, counts, counts)
def test_going_better_never_takes_a_target_away(indicator: Indicator, value: int, better: int, target: int) -> None:
    order = [Reached.NOT, Reached.NEARLY, Reached.REACHED]
    worse, nicer = sorted((value, better), reverse=indicator.better is Better.LESS)

    first, second = (reached(indicator, each, target) for each in (worse, nicer))
    assert order.index(first) <= order.index(second)


def chosen(*given: tuple[float | None, str]) -> list[Target]:
    """In the order in which they were set."""
    return [
        Target("realised-wait", value, date.fromisoformat(day.split()[1]), date(2026, 1, 1)) for value, day in given
    ]


@pytest.mark.parametrize(
    ("targets", "value"),
    [
        ([], None),
        ([(12, "donderdag 2026-10-01")], None),  # not yet
        ([(12, "woensdag 2026-09-30")], 12),
        ([(12, "donderdag 2026-01-01"), (10, "woensdag 2026-07-01")], 10),
        ([(12, "donderdag 2026-01-01"), (10, "vrijdag 2027-01-01")], 12),
        ([(10, "woensdag 2026-07-01"), (12, "donderdag 2026-01-01")], 12),  # set last, so it overrules
        ([(12, "donderdag 2026-01-01"), (None, "woensdag 2026-07-01")], None),
    ],
)
def test_the_target_of_a_day_is_what_was_set_last_for_it(
    targets: list[tuple[float | None, str]], value: float | None
) -> None:
    found = in_force(chosen(*targets), "realised-wait", date(2026, 9, 30))

    assert (found.value if found else None) == value
    assert in_force(chosen(*targets), "refused", date(2026, 9, 30)) is None


# --- against an earlier period ---


@pytest.mark.parametrize(
    ("indicator", "now", "before", "found"),
    [
        (IN_TIME, share(320, 412), share(280, 412), Movement.BETTER),
        (IN_TIME, share(280, 412), share(320, 412), Movement.WORSE),
        (IN_TIME, share(300, 412), share(298, 412), Movement.SAME),
        (IN_TIME, share(8, 14), share(6, 14), Movement.TOO_LITTLE),
        (WAITING, Published(2200), Published(2300), Movement.SAME),
        (WAITING, Published(2200), Published(2400), Movement.BETTER),
        (WAITING, Published(9), Published(12), Movement.TOO_LITTLE),
        (WAIT, middle(60, 900), middle(80, 900), Movement.BETTER),
        (WAIT, middle(80, 6), middle(60, 6), Movement.TOO_LITTLE),
        (RET, Published(60), Published(20), Movement.MORE),
        (RET, Published(20), Published(60), Movement.FEWER),
        (FAMILY, share(130, 300), share(129, 300), Movement.SAME),  # 43 and 43 percent: nobody sees a difference
        (FAMILY, share(132, 300), share(129, 300), Movement.BETTER),  # places are all counted: no chance in it
        (WAITING, Published(None), Published(12), Movement.UNKNOWN),
        (WAITING, Published(12), None, Movement.UNKNOWN),
    ],
)
def test_a_trend_is_more_than_chance_makes(
    indicator: Indicator, now: Published | None, before: Published | None, found: Movement
) -> None:
    figures = (figure(indicator, [each]) for each in (now, before))

    assert trend(indicator, *figures) is found


OPPOSITE = {Movement.BETTER: Movement.WORSE, Movement.WORSE: Movement.BETTER}


@given(st.sampled_from([IN_TIME, REFUSED, FAMILY]), shares, shares)
def test_looking_back_turns_a_trend_round(indicator: Indicator, one: Published, other: Published) -> None:
    first, second = (figure(indicator, [each]) for each in (one, other))
    there, back = trend(indicator, first, second), trend(indicator, second, first)

    assert back is OPPOSITE.get(there, there)


@given(st.sampled_from(INDICATORS), shares)
def test_nothing_changes_when_nothing_changed(indicator: Indicator, one: Published) -> None:
    same = figure(indicator, [Published(one.whole, one.part, 30)])

    assert trend(indicator, same, same) in {Movement.SAME, Movement.TOO_LITTLE}
