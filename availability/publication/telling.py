"""Public figures told: names for codes, a plain sentence for each, and the same as a row of open data."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.geography.atlas import COUNTRY, Atlas
from availability.messages import CodeAndName
from availability.publication import queries
from availability.publication.messages import LocalTeamTime, PublishedKind, WaitingTime
from availability.publication.periods import Quarter
from availability.vocabulary.lexicon import Lexicon
from matcher.dutch import duration
from matcher.over_time import trend
from matcher.shortage_radar import certainty_of
from matcher.waiting import Certainty

Key = tuple[str, str, str]
"""An area, and the level and the code of a kind."""

FORMAT = 1
"""The version of the open data; a column is added at the end without a new one."""

SMALL_NUMBERS = (
    "Aantallen onder de vijf tonen we niet. Ook andere aantallen zijn soms weg, zodat niemand ze kan uitrekenen."
)
MEANWHILE = [
    "Bel uw lokale team. Het denkt mee en kan vaak al helpen.",
    "Vraag of er bij een andere aanbieder eerder plek is.",
    "Wordt het thuis slechter? Zeg het meteen tegen uw lokale team.",
    "Is er direct gevaar? Bel 112.",
]
HOW_SURE = {
    Certainty.CERTAIN: "De opgaven zijn nieuw.",
    Certainty.FAIRLY: "De opgaven zijn een maand of twee oud.",
    Certainty.UNCERTAIN: "De opgaven zijn oud. De wachttijd kan anders zijn.",
    Certainty.UNKNOWN: "",
}

COLUMNS = (
    "period", "area_code", "area_name", "kind_level", "kind", "kind_name", "waiting", "waiting_hidden", "waited_days",
    "started", "started_hidden", "realised_days", "offers", "stated_wait_days", "stated_long_days", "stated_age_days",
    "team_talks", "team_talks_hidden", "team_wait_working_days", "team_waiting", "team_waiting_hidden",
)  # fmt: skip
"""Of the CSV, in order."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same figures of a quarter and of a year before, as they were published."""

    last_quarter: Mapping[Key, Row[Any]]
    last_year: Mapping[Key, Row[Any]]

    @classmethod
    def of(cls, session: Session, code: str, area: str | None, care_type: str | None) -> Self:
        quarter = Quarter.parse(code)
        periods = [str(quarter.before), str(quarter.a_year_before)]
        found: dict[str, dict[Key, Row[Any]]] = {period: {} for period in periods}
        for row in queries.figures_of(session, periods, area, care_type):
            found[row.period_code][key(row)] = row
        return cls(*(found[period] for period in periods))

    def trend(self, row: Row[Any]) -> str | None:
        """Of the stated wait."""
        then = (None if found is None else found.stated_wait_days for found in self._same(row))
        return trend(row.stated_wait_days, *then)

    def _same(self, row: Row[Any]) -> tuple[Row[Any] | None, Row[Any] | None]:
        return self.last_quarter.get(key(row)), self.last_year.get(key(row))


def key(row: Row[Any]) -> Key:
    return row.area_code, row.kind_level, row.kind


def told(row: Row[Any], atlas: Atlas, lexicon: Lexicon, earlier: Earlier) -> WaitingTime:
    certainty = certainty_of(row.stated_age_days)
    return WaitingTime(
        area=area(row, atlas),
        kind=kind(row, lexicon),
        waiting=row.waiting,
        waited_days=row.waited_days,
        started=row.started,
        realised_days=row.realised_days,
        offers=row.offers,
        stated_wait_days=row.stated_wait_days,
        stated_long_days=row.stated_long_days,
        stated_age_days=row.stated_age_days,
        certainty=certainty.value,
        text=" ".join(_sentences(row, certainty)),
        trend=earlier.trend(row),
        local_team=local_team(row) if tells_of_teams(row) else None,
    )


def tells_of_teams(row: Row[Any]) -> bool:
    """Method 1 did not count them."""
    return bool(row.method > 1 and row.kind_level == "all" and row.area_code != COUNTRY)


def local_team(row: Row[Any]) -> LocalTeamTime:
    return LocalTeamTime(
        talks=row.team_talks,
        wait_working_days=row.team_wait_days,
        waiting=row.team_waiting,
        text=" ".join(_of_the_team(row)),
    )


def _of_the_team(row: Row[Any]) -> Iterator[str]:
    if row.team_wait_days is None:
        yield "Hoe lang anderen op een gesprek wachtten, tonen we niet."
        yield "Het zijn er te weinig, of het beschermt een ander."
    else:
        yield f"De helft van de gesprekken was binnen {working_days(row.team_wait_days)}."
    if row.team_waiting is not None:
        yield f"Op de laatste dag wachtten nog {row.team_waiting} kinderen op dat gesprek."


def working_days(days: int) -> str:
    """As "within": the same day is within one."""
    return "één werkdag" if days <= 1 else f"{days} werkdagen"


def _sentences(row: Row[Any], certainty: Certainty) -> Iterator[str]:
    if row.stated_wait_days is not None:
        yield starts(row.offers, row.stated_wait_days)
        if row.stated_long_days is not None and row.stated_long_days > row.stated_wait_days:
            yield f"Soms duurt het {duration(row.stated_long_days)}."
        yield HOW_SURE[certainty]
    elif row.area_code.startswith("GM"):
        yield "Kijk voor de wachttijd per zorgvorm bij uw regio."
    else:
        yield "Hoe lang het duurt, is niet bekend." if row.offers else "Hier is geen aanbod bekend."
    if row.realised_days is not None:
        yield waited(row.realised_days)


def starts(offers: int, days: int) -> str:
    """What is stated of one offer, or in the middle of more."""
    if offers == 1:
        return f"Hulp start binnen {duration(days)}." if days else "Hulp kan meteen starten."
    of_half = "Bij de helft van het aanbod"
    return f"{of_half} start hulp binnen {duration(days)}." if days else f"{of_half} kan hulp meteen starten."


def waited(days: int) -> str:
    """Until the start, in the middle of all who began."""
    return (
        f"Wie begon, wachtte in het midden {duration(days)}." if days else "Van wie begon, kon de helft meteen starten."
    )


def area(row: Row[Any], atlas: Atlas) -> CodeAndName:
    return CodeAndName(code=row.area_code, name=area_name(row.area_code, atlas))


def kind(row: Row[Any], lexicon: Lexicon) -> PublishedKind:
    return PublishedKind(code=row.kind, name=kind_name(row, lexicon), level=row.kind_level)


def area_name(code: str, atlas: Atlas) -> str:
    if code == COUNTRY:
        return "Nederland"
    municipality = atlas.municipality(code)
    return municipality.name if municipality else atlas.regions.get(code, code)


def kind_name(row: Row[Any], lexicon: Lexicon) -> str:
    if row.kind_level == "all":
        return "Alle jeugdhulp"
    care_type = lexicon.care_type(row.kind)
    return care_type.name if row.kind_level == "care-type" and care_type else str(row.kind)


def as_csv(rows: Sequence[Row[Any]], atlas: Atlas, lexicon: Lexicon) -> str:
    """Open data: UTF-8, commas, a header; an empty number is hidden or unknown, and the column beside it says which."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        names = {"area_name": area_name(row.area_code, atlas), "kind_name": kind_name(row, lexicon)}
        hidden = {"waiting_hidden": row.waiting is None, "started_hidden": row.started is None}
        if tells_of_teams(row):
            hidden |= {"team_talks_hidden": row.team_talks is None, "team_waiting_hidden": row.team_waiting is None}
        days = {"team_wait_working_days": row.team_wait_days}
        writer.writerow({"period": row.period_code, **row._mapping, **names, **days, **_as_words(hidden)})
    return written.getvalue()


def _as_words(flags: dict[str, bool]) -> dict[str, str]:
    return {name: str(flag).lower() for name, flag in flags.items()}
