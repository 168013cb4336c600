"""What a report is about, and what it is held against."""

import pytest

from availability.council.periods import LINE_QUARTERS, Period, reported
from availability.publication.periods import Quarter

PUBLISHED = [Quarter(2026, 3), Quarter(2026, 2), Quarter(2026, 1), Quarter(2025, 4), Quarter(2025, 3)]
"""As they are stored: the newest first."""


def period(code: str) -> Period:
    found = Period.of(code, PUBLISHED)
    assert found
    return found


@pytest.mark.parametrize(
    ("code", "name", "first", "last", "complete"),
    [
        ("2026-Q3", "Derde kwartaal van 2026", "2026-07-01", "2026-09-30", True),
        ("2026", "2026, drie kwartalen", "2026-01-01", "2026-09-30", False),
        ("2025", "2025, kwartaal 3 en 4", "2025-07-01", "2025-12-31", False),
    ],
)
def test_a_period_has_its_name_and_days(code: str, name: str, first: str, last: str, complete: bool) -> None:
    found = period(code)

    assert (found.name, str(found.first_day), str(found.last_day), found.complete) == (name, first, last, complete)


def test_a_whole_year_is_called_by_its_number() -> None:
    found = Period.of("2025", [Quarter(2025, number) for number in (4, 3, 2, 1)])

    assert found
    assert (found.name, found.complete) == ("2025", True)


def test_of_what_was_not_published_there_is_no_period() -> None:
    assert Period.of("2024", PUBLISHED) is None
    assert Period.of("2026-Q4", PUBLISHED) is None


def test_a_quarter_is_held_against_the_one_before_and_against_a_year_earlier() -> None:
    compared = {said: other.code for said, other in period("2026-Q1").compared().items()}

    assert compared == {"het kwartaal ervoor": "2025-Q4", "een jaar eerder": "2025-Q1"}


def test_part_of_a_year_is_held_against_the_same_part() -> None:
    (other,) = period("2026").compared().values()

    assert (other.code, [str(each) for each in other.quarters]) == ("2025", ["2025-Q1", "2025-Q2", "2025-Q3"])


def test_a_line_goes_two_years_back() -> None:
    line = period("2026-Q3").line()

    assert len(line) == LINE_QUARTERS
    assert [str(line[0]), str(line[-1])] == ["2024-Q3", "2026-Q3"]


def test_years_stand_above_their_quarters() -> None:
    codes = [each.code for each in reported(PUBLISHED)]

    assert codes == ["2026", "2026-Q3", "2026-Q2", "2026-Q1", "2025", "2025-Q4", "2025-Q3"]
