"""The simulated queues themselves, and what the expected start reaches on those it was not tuned on."""

from itertools import pairwise

import numpy as np
import pytest

from matcher.queues import (
    PROVIDERS_PER_CARE_TYPE,
    SAID_ALOUD,
    TODAY,
    CareType,
    draw_manner,
    futures,
    live,
    sample,
    state,
)
from tests.matcher import tuning, validation
from tests.matcher.validation import Trial, trial


def test_the_same_seed_is_the_same_world() -> None:
    one, again = sample(5, 1), sample(5, 1)
    assert one.candidates.tobytes() == again.candidates.tobytes()
    assert one.realised.tolist() == again.realised.tolist()
    assert one.candidates.tobytes() != sample(6, 1).candidates.tobytes()


def test_places_are_never_used_twice_and_nobody_starts_before_coming() -> None:
    rng = np.random.default_rng(1)
    manner = draw_manner(CareType(places=6, stay_days=120), rng)
    course = live(manner, np.array([float(TODAY)]), rng)
    begun = np.isfinite(course.started)
    assert (course.started[begun] > course.came[begun]).all()
    assert (np.isfinite(course.started) ^ np.isfinite(course.left)).all()
    for day in course.started[begun]:
        assert np.count_nonzero((course.started <= day) & (course.ended > day)) <= manner.places


def test_who_came_earlier_and_was_ready_starts_no_later() -> None:
    """First come, first served: nobody with a finished intake is passed by a later arrival that took a free place."""
    rng = np.random.default_rng(2)
    course = live(draw_manner(CareType(places=3, stay_days=200), rng), np.array([float(TODAY)]), rng)
    begun = np.flatnonzero(np.isfinite(course.started))
    for earlier, later in pairwise(begun):
        assert course.started[earlier] <= max(course.started[later], course.ready[earlier])


def test_a_statement_counts_what_the_administration_shows() -> None:
    rng = np.random.default_rng(4)
    manner = draw_manner(CareType(places=10, stay_days=90), rng)
    course = live(manner, np.array([float(TODAY)]), rng)
    said = state(course, TODAY, rng)
    assert said.wait in SAID_ALOUD
    assert 0 <= said.open_places <= manner.places + manner.empty_beds


def test_futures_begin_with_the_true_state() -> None:
    """The wait that came is one of the futures: over many lists it falls below their median half the time."""
    below = []
    for seed in range(150):
        rng = np.random.default_rng(seed)
        course = live(draw_manner(CareType(places=8, stay_days=100), rng), np.array([float(TODAY)]), rng)
        below.append(course.newcomer_wait[-1] < np.median(futures(course, rng)))
    assert 0.4 < np.mean(below) < 0.6


def test_a_sample_has_its_care_types_in_order_and_a_truth_for_every_offer() -> None:
    small = sample(7, 2)
    assert len(small.candidates) == len(small.realised) == len(small.expected) == 2 * PROVIDERS_PER_CARE_TYPE
    assert (small.realised > 0).all()
    assert (small.candidates["stated_day"] <= TODAY).all()


def test_validation_keeps_away_from_the_seeds_of_tuning() -> None:
    assert not set(validation.SEEDS) & set(tuning.TUNING_SEEDS)


@pytest.fixture(scope="module")
def figures() -> Trial:
    return trial()


@pytest.mark.slow
def test_the_band_of_four_in_five_holds_that(figures: Trial) -> None:
    assert 0.75 <= figures.in_band.mean() <= 0.85
    assert 0.70 <= figures.pessimistic_holds <= 0.80


@pytest.mark.slow
def test_errs_far_less_than_the_stated_wait(figures: Trial) -> None:
    """Half where the queue is counted. One in five says nothing of its queue; there boosted trees on all that is known
    get to 0.62, and who knows every length of stay and patience still errs 0.46 over all."""
    assert figures.error_ratio(figures.knowable, figures.counted) <= 0.50
    assert figures.error_ratio(figures.knowable, figures.everyone) <= 0.55
    assert figures.error_ratio_per_child(figures.knowable) <= 0.45
    assert figures.error_ratio(figures.came, figures.everyone) <= 0.70


@pytest.mark.slow
def test_choosing_by_it_costs_far_less_than_by_the_stated_wait(figures: Trial) -> None:
    assert figures.cost_ratio(figures.knowable, figures.counted) <= 0.30
    assert figures.cost_ratio(figures.knowable, figures.everyone) <= 0.30
    assert figures.cost_ratio(figures.came, figures.everyone) <= 0.36


@pytest.mark.slow
def test_a_service_that_begins_already_does_better_than_the_stated_wait() -> None:
    """Nothing learnt of anybody yet: the bands are rather too wide than too narrow."""
    figures = trial(of_a_new_service=True)
    assert figures.error_ratio(figures.knowable, figures.everyone) <= 0.75
    assert figures.cost_ratio(figures.knowable, figures.everyone) <= 0.45
    assert 0.75 <= figures.in_band.mean() <= 0.90
