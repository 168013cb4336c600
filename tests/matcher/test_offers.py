"""The columns a question is judged against."""

import io
from datetime import date

import numpy as np

from matcher.offers import (
    CANDIDATE,
    NEVER,
    UNKNOWN,
    day_number,
    day_of,
    empty_candidates,
    rows_at,
    rows_together,
    rows_where,
    unit_vector,
    values_in,
)


def test_a_day_survives_the_way_there_and_back() -> None:
    for day in (date(1970, 1, 1), date(2024, 2, 29), date(2026, 11, 21)):
        assert day_of(day_number(day)) == day


def test_an_offer_nothing_was_said_of_is_unknown_and_not_zero() -> None:
    (row,) = empty_candidates(1)
    assert row["open_places"] == row["intake_wait"] == row["waiting"] == UNKNOWN
    assert row["valid_until"] == row["suspended_from"] == NEVER
    assert np.isnan(row["late_days"])


def test_a_place_is_a_point_on_the_unit_sphere() -> None:
    assert np.isclose(np.linalg.norm(unit_vector(5.9, 51.98)), 1.0, atol=1e-15)


def test_rows_can_be_kept_byte_for_byte() -> None:
    rows = empty_candidates(3)
    rows["offer_id"] = [7, 8, 9]
    kept = io.BytesIO()
    np.save(kept, rows)
    kept.seek(0)
    again = np.load(kept)
    assert again.dtype == CANDIDATE
    assert again.tobytes() == rows.tobytes()


def test_rows_and_values_are_what_numpy_itself_takes() -> None:
    rows = empty_candidates(3)
    rows["offer_id"], rows["late_days"] = [7, 2**60, 9], [0.5, -1, 2]
    at = np.array([2, 0])
    assert rows_at(rows, at).tobytes() == rows[at].tobytes()
    assert rows_where(rows, np.array([True, False, True])).tobytes() == rows[[0, 2]].tobytes()
    assert rows_together(rows, rows[:1]).tobytes() == np.concatenate([rows, rows[:1]]).tobytes()
    some = ("offer_id", "siblings", "late_days", "scope", "refused")
    assert list(values_in(rows, some)) == rows[list(some)].tolist()
