from datetime import UTC, date, datetime

import pytest

from dashboard.texts import showing

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "Onbekend"),
        (0, "Geen wachttijd"),
        (1, "1 dag"),
        (13, "13 dagen"),
        (14, "2 weken"),
        (35, "5 weken"),
        (190, "27 weken"),
    ],
)
def test_a_wait_is_said_in_days_under_two_weeks_and_in_weeks_after(days: float | None, said: str) -> None:
    assert showing.wait(days) == said


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (None, "Onbekend"),
        (0, "Korter dan 4 weken"),
        (24, "Korter dan 4 weken"),
        (27, "4 tot 10 weken"),
        (66, "4 tot 10 weken"),
        (70, "10 tot 26 weken"),
        (182, "26 weken of langer"),
    ],
)
def test_every_wait_has_a_class_with_words(days: float | None, name: str) -> None:
    assert showing.wait_class(days).name == name


def test_the_classes_have_different_names_and_colours() -> None:
    steps = (*showing.WAIT_SCALE, showing.WAIT_UNKNOWN)
    assert len({step.name for step in steps}) == len({step.colour for step in steps}) == len(steps)


def test_a_start_is_a_day_with_its_band() -> None:
    said = showing.start(date(2026, 12, 14), date(2026, 12, 7), date(2027, 1, 4), TODAY)
    assert said == "Start rond 14 december (7 dec – 4 jan)"


def test_a_band_of_most_of_a_year_names_the_years() -> None:
    said = showing.start(date(2028, 2, 12), date(2027, 11, 21), date(2029, 3, 11), TODAY)
    assert said == "Start over 64 weken (21 nov 2027 – 11 mrt 2029)"


def test_a_start_further_away_is_said_in_weeks() -> None:
    assert showing.start(date(2027, 3, 28), None, None, TODAY) == "Start over 18 weken"


def test_a_start_today_is_said_as_such() -> None:
    assert showing.start(TODAY, TODAY, TODAY, TODAY) == "Kan nu starten"


def test_an_unknown_start_is_not_a_date() -> None:
    assert showing.start(None, None, None, TODAY) == "Start onbekend"


@pytest.mark.parametrize(
    ("open_places", "waiting", "stop", "said"),
    [
        (1, None, False, "1 plek vrij"),
        (2, 12, False, "2 plekken vrij"),
        (0, 12, False, "Vol, 12 wachten"),
        (0, 1, False, "Vol, 1 wacht"),
        (0, None, False, "Vol"),
        (None, None, False, "Plekken onbekend"),
        (2, 3, True, "Opnamestop"),
    ],
)
def test_closed_full_and_unknown_are_three_things(
    open_places: int | None, waiting: int | None, stop: bool, said: str
) -> None:
    assert showing.places(open_places, waiting, stop) == said


def test_a_statement_of_today_is_not_zero_days_old() -> None:
    assert showing.age_of_statement(TODAY, TODAY) == "Opgave van vandaag"
    assert showing.age_of_statement(date(2026, 11, 19), TODAY) == "Opgave 3 dagen oud"


def test_dates_and_numbers_are_dutch() -> None:
    assert showing.long_day(date(2026, 12, 15)) == "di 15 december 2026"
    assert showing.short_day(date(2027, 1, 4), TODAY) == "4 januari 2027"
    assert showing.whole(12345) == "12.345"


def test_a_moment_late_in_the_evening_in_london_is_the_next_day_here() -> None:
    assert showing.amsterdam_day(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)) == date(2026, 11, 22)


def test_a_stated_value_is_said_in_a_word() -> None:
    assert [showing.value(each) for each in (None, True, False, 0, 1200)] == ["leeg", "ja", "nee", "0", "1.200"]
    assert showing.value(date(2027, 3, 1)) == "ma 1 maart 2027"
    assert showing.value("Alleen op dinsdag") == "“Alleen op dinsdag”"


@pytest.mark.parametrize(
    ("state", "last_day", "said"),
    [
        ("fresh", date(2026, 12, 14), "Actueel tot en met 14 december"),
        ("fresh", date(2027, 1, 4), "Actueel tot en met 4 januari 2027"),
        ("due", date(2026, 11, 22), "Bijna verlopen: 22 november"),
        ("stale", date(2026, 11, 21), "Verouderd sinds 22 november"),
    ],
)
def test_freshness_is_said_with_the_day_until_when_or_since_when(state: str, last_day: date, said: str) -> None:
    assert showing.freshness(state, last_day, TODAY) == said


def test_every_freshness_can_be_said_with_its_day() -> None:
    assert all(showing.freshness(state, TODAY, TODAY).startswith(word) for state, word in showing.FRESHNESS.items())


def test_a_shortage_is_one_sentence() -> None:
    assert showing.shortage("Logeeropvang", 98, 31, 2) == "Logeeropvang: 14 weken wachten, 31 kinderen, 2 plekken vrij"
    assert showing.shortage("Opname", 98, 1, 0) == "Opname: 14 weken wachten, 1 kind, geen plek vrij"
    assert showing.shortage("Opname", 98, None, None).endswith("aantal kinderen onbekend, plekken onbekend")
