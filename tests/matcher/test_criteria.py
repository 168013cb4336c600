"""The table of weights: complete, adding up, and honest about what is not known."""

from itertools import product

import pytest

from matcher.criteria import MEASURES, START_UNKNOWN, WEIGHTS, Criterion, Profile, Scale, scale_of
from matcher.question import Urgency

PROFILES = [WEIGHTS.of(urgency) for urgency in Urgency]
ALL_ASKED = (1, 2, 1, 1, 2, 3, 1, 1, 1)
OPTIONAL = (Criterion.PREFERENCE, Criterion.SPECIALISMS, Criterion.SIBLINGS, Criterion.PAST_EIGHTEEN)
WHAT_IS_ASKED = [
    tuple(
        asked if criterion not in OPTIONAL or chosen[OPTIONAL.index(criterion)] else 0
        for criterion, asked in zip(Criterion, ALL_ASKED, strict=True)
    )
    for chosen in product([True, False], repeat=len(OPTIONAL))
]
NOT_KNOWN = {
    Criterion.EXPECTED_START: START_UNKNOWN,
    Criterion.CERTAINTY: 3,
    Criterion.SPECIALISMS: 0,
    Criterion.SIBLINGS: 0,
    Criterion.PAST_EIGHTEEN: 0,
    Criterion.ANSWERS: 0,
}


def test_every_criterion_has_its_measure_and_its_weight() -> None:
    assert list(MEASURES) == list(Criterion)
    assert {len(profile.maxima) for profile in PROFILES} == {len(Criterion)}


@pytest.mark.parametrize("profile", PROFILES)
def test_the_weights_of_an_urgency_add_up_to_a_hundred_and_the_start_is_heaviest(profile: Profile) -> None:
    assert sum(profile.maxima) == 100
    assert max(profile.maxima) == profile.maxima[list(Criterion).index(Criterion.EXPECTED_START)]


def test_an_early_start_weighs_more_when_it_is_urgent() -> None:
    start = list(Criterion).index(Criterion.EXPECTED_START)

    assert WEIGHTS.urgent.maxima[start] > WEIGHTS.regular.maxima[start]
    assert WEIGHTS.urgent.start_half_days < WEIGHTS.regular.start_half_days


@pytest.mark.parametrize("asked", WHAT_IS_ASKED)
@pytest.mark.parametrize("profile", PROFILES)
def test_whatever_is_asked_the_maxima_add_up_to_a_hundred(profile: Profile, asked: tuple[int, ...]) -> None:
    scale = scale_of(profile, asked)

    assert sum(scale.maxima) == 100
    assert [maximum > 0 for maximum in scale.maxima] == [ask > 0 for ask in asked]


@pytest.mark.parametrize("asked", WHAT_IS_ASKED)
@pytest.mark.parametrize("profile", PROFILES)
def test_not_knowing_is_worth_something_and_never_everything(profile: Profile, asked: tuple[int, ...]) -> None:
    scale = scale_of(profile, asked)

    for criterion, case in NOT_KNOWN.items():
        maximum, points = of(scale, criterion, case)
        assert maximum == 0 or 0 < points < maximum, criterion


@pytest.mark.parametrize("profile", PROFILES)
def test_later_and_further_never_gain(profile: Profile) -> None:
    scale = scale_of(profile, ALL_ASKED)
    start, distance = (scale.points[list(Criterion).index(c)] for c in (Criterion.EXPECTED_START, Criterion.DISTANCE))

    assert (start[1:START_UNKNOWN] <= start[: START_UNKNOWN - 1]).all()
    assert (distance[1:] <= distance[:-1]).all()
    assert start[START_UNKNOWN - 1] == distance[-1] == 0


@pytest.mark.parametrize("profile", PROFILES)
def test_half_the_points_are_left_where_the_table_says_so(profile: Profile) -> None:
    scale = scale_of(profile, ALL_ASKED)

    for criterion, half in (
        (Criterion.EXPECTED_START, profile.start_half_days),
        (Criterion.DISTANCE, 10 * profile.distance_half_km),
    ):
        maximum, points = of(scale, criterion, half)
        assert points == maximum // 2


def of(scale: Scale, criterion: Criterion, case: int) -> tuple[int, int]:
    """The maximum of a criterion, and the points of a case."""
    at = list(Criterion).index(criterion)
    return scale.maxima[at], int(scale.points[at][case])
