"""One way to show a thing: a date, a wait, an expected start, freshness, places, certainty, a distance.

Every screen and chart says these the same way. Unknown is said as unknown; closed and zero are different words.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

UNKNOWN: Final = "Onbekend"

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_MONTHS_ARE_ENOUGH_DAYS = 270
"""A band shorter than this cannot be read a year wrong."""

_FAR_AWAY_DAYS = 70


class WaitClass(NamedTuple):
    """A class of the wait scale. The ramp is sequential and safe for the colour-blind; the words always go along."""

    below_weeks: float
    name: str
    colour: str


WAIT_SCALE: Final = (
    WaitClass(4, "Korter dan 4 weken", "#bfe3df"),
    WaitClass(10, "4 tot 10 weken", "#6cb5bd"),
    WaitClass(26, "10 tot 26 weken", "#2f7396"),
    WaitClass(float("inf"), "26 weken of langer", "#1c3560"),
)
WAIT_UNKNOWN: Final = WaitClass(float("nan"), UNKNOWN, "#e3e6e8")

FRESHNESS: Final = {"fresh": "Actueel", "due": "Bijna verlopen", "stale": "Verouderd"}
_FRESHNESS_UNTIL: Final = {
    "fresh": "Actueel tot en met {day}",
    "due": "Bijna verlopen: {day}",
    "stale": "Verouderd sinds {day}",
}
CERTAINTY: Final = {
    "certain": "Zeker",
    "fairly-certain": "Redelijk zeker",
    "uncertain": "Onzeker",
    "unknown": UNKNOWN,
}


def wait_class(days: float | None) -> WaitClass:
    """The class of a wait in days, by the weeks in which it is said; unknown is a class of its own."""
    if days is None:
        return WAIT_UNKNOWN
    return next(step for step in WAIT_SCALE if round(days / 7) < step.below_weeks)


def long_day(day: date) -> str:
    """ "di 15 december 2026"."""
    return format_date(day, "EEE d MMMM yyyy", locale="nl")


def short_day(day: date, today: date) -> str:
    """ "15 december", with the year where it is not this one."""
    return format_date(day, "d MMMM" if day.year == today.year else "d MMMM yyyy", locale="nl")


def day_and_month(day: date) -> str:
    """ "14 dec"."""
    return format_date(day, "d MMM", locale="nl")


def clock(moment: datetime) -> str:
    return moment.astimezone(_AMSTERDAM).strftime("%H.%M uur")


def amsterdam_day(moment: datetime) -> date:
    """The date of a moment, as the people here see it."""
    return moment.astimezone(_AMSTERDAM).date()


def count(number: int, one: str, many: str) -> str:
    """ "1 plek", "3 plekken"."""
    return f"{whole(number)} {one if number == 1 else many}"


def whole(number: float) -> str:
    return format_decimal(round(number), locale="nl")


def decimal(number: float) -> str:
    """ "2,5", "3": at most one decimal."""
    return format_decimal(number, "#,##0.#", locale="nl")


def wait(days: float | None) -> str:
    """ "5 weken"; in days under two weeks."""
    if days is None:
        return UNKNOWN
    if days < 1:
        return "Geen wachttijd"
    if days < 14:
        return count(round(days), "dag", "dagen")
    return count(round(days / 7), "week", "weken")


def start(expected: date | None, early: date | None, late: date | None, today: date) -> str:
    """ "Start rond 14 december (7 dec – 4 jan)"; in weeks when further away."""
    if expected is None:
        return "Start onbekend"
    if expected <= today and (late is None or late <= today):
        return "Kan nu starten"
    when = f"Start rond {short_day(expected, today)}"
    if (expected - today).days > _FAR_AWAY_DAYS:
        when = f"Start over {wait((expected - today).days)}"
    if early is None or late is None or early == late:
        return when
    return f"{when} ({band(early, late)})"


def band(early: date, late: date) -> str:
    """ "7 dec – 4 jan": between which days, four times out of five; with the years when it spans most of one."""
    form = "d MMM" if (late - early).days < _MONTHS_ARE_ENOUGH_DAYS else "d MMM yyyy"
    return f"{format_date(early, form, locale='nl')} – {format_date(late, form, locale='nl')}"


def places(open_places: int | None, waiting: int | None = None, stop: bool = False) -> str:
    """ "2 plekken vrij", "Vol, 12 wachten", "Opnamestop", "Onbekend"."""
    if stop:
        return "Opnamestop"
    if open_places is None:
        return "Plekken onbekend"
    if open_places > 0:
        return f"{count(open_places, 'plek', 'plekken')} vrij"
    return "Vol" if not waiting else f"Vol, {count(waiting, 'wacht', 'wachten')}"


def held(places_by_offer: Mapping[str, int]) -> str:
    """ "Logeerhuis De Eik (Ede): 1 plek vastgehouden"; empty when nobody holds one."""
    kept = {name: number for name, number in places_by_offer.items() if number}
    return ". ".join(f"{name}: {count(number, 'plek', 'plekken')} vastgehouden" for name, number in kept.items())


def shortage(care_type: str, wait_days: float | None, waiting: int | None, open_places: int | None) -> str:
    """ "Logeeropvang: 14 weken wachten, 31 kinderen, 2 plekken vrij"."""
    children = "aantal kinderen onbekend" if waiting is None else count(waiting, "kind", "kinderen")
    room = "geen plek vrij" if open_places == 0 else places(open_places).lower()
    return f"{care_type}: {wait(wait_days)} wachten, {children}, {room}"


def age_of_statement(stated: date, today: date) -> str:
    """ "Opgave van vandaag", "Opgave 3 dagen oud"."""
    days = (today - stated).days
    return "Opgave van vandaag" if days <= 0 else f"Opgave {count(days, 'dag', 'dagen')} oud"


def distance(kilometres: float | None) -> str:
    if kilometres is None:
        return "Afstand onbekend"
    return "Minder dan 1 km" if kilometres < 1 else f"{whole(kilometres)} km"


def ages(first: int | None, last: int | None) -> str:
    """ "12 tot en met 17 jaar"."""
    if first is None or last is None:
        return ""
    return f"{first} tot en met {last} jaar"


def freshness(state: str, due_on: date, today: date) -> str:
    """ "Actueel tot en met 14 december", "Bijna verlopen: 27 november", "Verouderd sinds 18 oktober".

    `due_on`: the last day on which the statement counts as up to date.
    """
    first_day_of = due_on + timedelta(days=1) if state == "stale" else due_on
    return _FRESHNESS_UNTIL[state].format(day=short_day(first_day_of, today))


def value(stated: float | bool | str | date | None) -> str:
    """A stated value in a sentence: a number, yes or no, a day, a text, or nothing."""
    if stated is None:
        return "leeg"
    if isinstance(stated, bool):
        return "ja" if stated else "nee"
    if isinstance(stated, date):
        return long_day(stated)
    if isinstance(stated, str):
        return f"“{stated}”"
    return whole(stated)
