from datetime import date

import pytest
from babel.dates import format_date

from dashboard.reading import age_on, birth_month, postcode

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed", ["mei 2013", "Mei 2013", "5-2013", "05/2013", "2013-05", "05 2013", "2013 mei", " mei  2013 "]
)
def test_a_birth_month_may_be_typed_in_many_ways(typed: str) -> None:
    assert birth_month(typed, TODAY) == "2013-05"


def test_every_month_is_known_by_name() -> None:
    names = [format_date(date(2013, at, 1), "MMMM", locale="nl") for at in range(1, 13)]
    assert [birth_month(f"{name} 2013", TODAY) for name in names] == [f"2013-{at:02d}" for at in range(1, 13)]
    assert birth_month("mrt 2013", TODAY) == "2013-03"


@pytest.mark.parametrize(
    "typed", ["", "2013", "13-2013", "0-2013", "mei 13", "12 mei 2013", "bloei 2013", "december 2026", "mei 1999"]
)
def test_what_is_no_birth_month_of_a_young_person_is_not_read(typed: str) -> None:
    assert birth_month(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("6811", "6811"),
        (" 6811 ab ", "6811"),
        ("6811AB", "6811"),
        ("681", None),
        ("0811", None),
        ("68111", None),
        ("", None),
    ],
)
def test_four_digits_of_a_postcode_are_enough(typed: str, read: str | None) -> None:
    assert postcode(typed) == read


def test_an_age_grows_on_the_first_of_the_birth_month() -> None:
    assert age_on("2013-05", date(2026, 4, 30)) == 12
    assert age_on("2013-05", date(2026, 5, 1)) == 13
