"""The API's calls behind "Tekorten" and "Wat als", and what they answer as tables and a map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from dashboard import maps
from dashboard.answers import Answer, Certainty, Named
from dashboard.charts import Spec
from dashboard.client import JSON, Client
from dashboard.texts import nl, showing
from dashboard.texts import shortages as words

SHADES = ("#f3f6f6", "#cfe6e6", "#6cb5bd", "#2a7f8a", "#1c3560")
"""From none to most; a sequential ramp that the colour-blind can read."""


class Said(Answer):
    code: str
    text: str


class Kind(Named):
    family: str


class Worth(Answer):
    care_type: Named
    municipality: Named
    curve: tuple[int, ...]
    saturated: bool
    direct: int
    through: str | None
    reasons: tuple[Said, ...]


class Trend(Answer):
    last_month: int
    last_year: int


class Shortage(Answer):
    kind: Kind
    area: Named
    open_requests: int
    unplaced: int
    median_waited_days: int
    expected_days: int | None
    places: int
    refusals: int
    certainty: Certainty
    hurt_weeks: int
    trend: Trend
    worth: Worth | None
    reasons: tuple[Said, ...]


class Neighbour(Answer):
    region: Named
    places: int


class Above(Answer):
    care_type: Kind
    children: int
    neighbours: tuple[Neighbour, ...]
    boeg: int


class Shortages(Answer):
    region: Named
    today: date
    as_of: datetime
    in_time_within_days: int
    shortages: tuple[Shortage, ...]
    above_the_region: tuple[Above, ...]
    advice: Said


class ObviousRule(Answer):
    rule: str
    worth: Worth
    reasons: tuple[Said, ...]


class Worths(Answer):
    cells: tuple[Worth, ...]
    obvious_rules: tuple[ObviousRule, ...]
    advice: Said


class Band(Answer):
    low: float
    middle: float
    high: float


class Imagined(Answer):
    helped: int
    helped_elsewhere: int
    opened_places: int
    sooner_days: Band
    started_more_a_year: Band
    reasons: tuple[Said, ...]
    advice: Said


@dataclass(frozen=True, slots=True)
class Falling:
    """Asks where a region falls short, as somebody."""

    client: Client
    token: str
    region: str

    def shortages(self, level: str = "region", by: str = "care-type") -> Shortages:
        return self.client.get(f"regions/{self.region}/shortages", Shortages, self.token, {"level": level, "by": by})

    def worths(self, care_type: str) -> Worths:
        return self.client.get(f"regions/{self.region}/worth-of-places", Worths, self.token, {"careType": care_type})

    def imagine(self, wish: JSON) -> Imagined:
        return self.client.send("POST", f"regions/{self.region}/what-ifs", Imagined, self.token, body=wish)


def sentences(said: Sequence[Said]) -> str:
    return " ".join(each.text for each in said)


def table(rows: Sequence[Shortage]) -> pd.DataFrame:
    """A row per kind of care, in the order in which it hurts."""
    values = [
        (
            row.kind.name,
            row.unplaced,
            row.open_requests,
            showing.wait(row.median_waited_days),
            showing.wait(row.expected_days),
            row.places,
            row.refusals,
            row.trend.last_month,
            row.trend.last_year,
            showing.CERTAINTY[row.certainty],
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(words.COLUMNS.values()))


def by_place(rows: Sequence[Shortage], members: Sequence[str], measure: str) -> dict[str, int]:
    """Per municipality of the region the measure over the rows: a sum, of waits the longest."""
    found: dict[str, int] = dict.fromkeys(members, 0)
    for row in rows:
        value = int(getattr(row, measure))
        before = found.get(row.area.code, 0)
        found[row.area.code] = max(before, value) if measure == "median_waited_days" else before + value
    return found


def place_table(values: dict[str, int], names: dict[str, str], measure: str) -> pd.DataFrame:
    """The map's facts: most first, then by name."""
    rows = sorted(((names.get(code, code), value) for code, value in values.items()), key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(rows, columns=[words.PLACE_COLUMNS["area"], words.MEASURES[measure]])


def place_map(areas: dict[str, Any], values: dict[str, int], measure: str) -> Spec:
    """The region's municipalities, darker where it is more."""
    most = max([*values.values(), 1])
    shades = {code: SHADES[0] if not value else SHADES[1 + 3 * value // most] for code, value in values.items()}
    facts = {code: (showing.whole(value), shades[code]) for code, value in values.items()}
    return maps.shaded_map(areas, facts, words.MEASURES[measure])


def above_table(rows: Sequence[Above]) -> pd.DataFrame:
    values = [
        (
            row.care_type.name,
            row.children,
            ", ".join(
                words.NEIGHBOUR.format(region=each.region.name, places=showing.places(each.places))
                for each in row.neighbours
            )
            or nl.EMPTY,
            row.boeg,
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(words.ABOVE_COLUMNS.values()))


def curve(worth: Worth) -> str:
    """The curve in words: what one, two, … places would add."""
    return words.CURVE.format(most=len(worth.curve), curve=", ".join(map(str, worth.curve)))
