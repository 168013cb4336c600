"""Draws are seeded, in proportion, and stay inside their group."""

import numpy as np
import pytest

from data.demo.chance import Urns, choose, long_tailed, pick, rank_within, stream, unknown


def test_the_same_seed_and_noun_draw_the_same() -> None:
    assert (stream(1, "offers").random(5) == stream(1, "offers").random(5)).all()
    assert (stream(1, "offers").random(5) != stream(1, "statements").random(5)).all()
    assert (stream(1, "offers").random(5) != stream(2, "offers").random(5)).all()


def test_picks_in_proportion_and_never_what_weighs_nothing() -> None:
    drawn = np.bincount(pick(stream(1, "x"), (1, 0, 3), 40_000), minlength=3)
    assert drawn[1] == 0
    assert drawn[2] / drawn[0] == pytest.approx(3, rel=0.05)


def test_choose_answers_keys() -> None:
    assert set(choose(stream(1, "x"), {14: 0.5, 30: 0.5}, 50)) == {14, 30}


def test_urns_draw_only_from_the_wanted_group() -> None:
    groups = np.array(["b", "a", "b", "a", "c"], object)
    urns = Urns(groups, np.array([1.0, 1.0, 5.0, 0.0, 1.0]))
    wanted = np.array(["a", "b", "c", "b"] * 2_000, object)
    drawn = urns.draw(stream(1, "x"), wanted)
    assert (groups[drawn] == wanted).all()
    assert 3 not in drawn
    assert (drawn == 2).sum() / (drawn == 0).sum() == pytest.approx(5, rel=0.15)


def test_long_tails_have_their_median_and_their_tail() -> None:
    drawn = long_tailed(stream(1, "x"), 100.0, 0.75, 40_000)
    assert np.median(drawn) == pytest.approx(100, rel=0.03)
    assert np.quantile(drawn, 0.9) == pytest.approx(261, rel=0.05)


def test_rank_counts_within_the_group_in_order() -> None:
    assert rank_within(np.array([1, 1, 2, 1]), np.array([0, 0, 0, 5])).tolist() == [0, 1, 0, 0]


def test_what_was_not_said_is_missing_not_zero() -> None:
    column = unknown(np.array([3, 0]), np.array([True, False]))
    assert column.isna().tolist() == [True, False]
    assert column[1] == 0
