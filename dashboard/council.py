"""The figures for the council: the API's calls behind them, and what they answer as tables and small pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from dashboard.answers import Answer, Items, Named
from dashboard.charts import INK, Spec, told
from dashboard.client import Client, Failure
from dashboard.texts import council as words
from dashboard.texts import showing

LINE_COLOUR, TARGET_COLOUR = "#0b5f6b", "#4d6167"

COLOURS = {
    "reached": "green",
    "nearly": "orange",
    "not-reached": "red",
    "better": "green",
    "worse": "red",
}
"""Of Streamlit's own; beside the words, never instead of them."""


class ReportPeriod(Answer):
    code: str
    name: str
    first_day: date
    last_day: date
    complete: bool


class Target(Answer):
    value: float
    text: str
    source: str


class Trend(Answer):
    against: str
    value_text: str
    trend: str
    text: str


class Point(Answer):
    period: str
    value: float | None = None
    text: str


class Figure(Answer):
    indicator: Named
    leading: bool
    meaning: str
    area: Named
    text: str
    value: float | None = None
    from_how_much: str
    target: Target | None = None
    reached: str
    reached_text: str
    trends: tuple[Trend, ...]
    line: tuple[Point, ...]
    sentence: str
    how: str
    computed: str

    @property
    def has_line(self) -> bool:
        """One point is no line."""
        return sum(point.value is not None for point in self.line) > 1


class Report(Answer):
    title: str
    area: Named
    region: Named
    period: ReportPeriod
    published_at: datetime
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]


class OwnTarget(Answer):
    value: float | None = None
    valid_from: date
    set_on: date


class RegionTarget(Answer):
    indicator: Named
    unit: str
    usual: float | None = None
    usual_source: str
    own: OwnTarget | None = None
    history: tuple[OwnTarget, ...]


class RegionTargets(Answer):
    region: Named
    targets: tuple[RegionTarget, ...]
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Council:
    """What anybody can ask."""

    api: Client

    def periods(self) -> tuple[ReportPeriod, ...]:
        """The newest first; none while nothing is published."""
        return self.api.get("council-reports", Items[ReportPeriod]).items

    def report(self, area: str, period: str) -> Report | None:
        """None where this area has no report."""
        try:
            return self.api.get(f"council-reports/{area}", Report, query={"period": period})
        except Failure as failure:
            if failure.status == 404:
                return None
            raise

    def file(self, area: str, period: str, kind: str) -> bytes:
        """As `pdf` or `xlsx`."""
        asked = {"period": period, "format": kind}
        return self.api.answered("GET", f"council-reports/{area}", "", query=asked).content

    def targets(self, region: str) -> RegionTargets:
        return self.api.get(f"regions/{region}/targets", RegionTargets)

    def keep_targets(self, token: str, seen: RegionTargets, wanted: Sequence[dict[str, Any]]) -> RegionTargets:
        """All targets of the region, on top of those we saw."""
        headers = {"If-Match": seen.etag} if seen.etag else {"If-None-Match": "*"}
        path = f"regions/{seen.region.code}/targets"
        return self.api.send("PUT", path, RegionTargets, token, body={"targets": list(wanted)}, headers=headers)


def with_target(seen: RegionTargets, indicator: str, value: float | None, valid_from: date) -> Iterator[dict[str, Any]]:
    """What the region aims at, with this one otherwise; without a value it has nothing of its own for it."""
    for each in seen.targets:
        if each.indicator.code == indicator and value is not None:
            yield {"indicator": indicator, "value": value, "validFrom": valid_from.isoformat()}
        elif each.indicator.code != indicator and each.own and each.own.value is not None:
            kept = {"value": each.own.value, "validFrom": each.own.valid_from.isoformat()}
            yield {"indicator": each.indicator.code, **kept}


# --- words ---------------------------------------------------------------------------------------------------------


def aim(figure: Figure) -> str:
    """ "Doel: 14 weken. Gehaald"."""
    if figure.target is None:
        return words.NO_TARGET
    return f"{words.TARGET.format(target=figure.target.text)} {_verdict(figure.reached, figure.reached_text)}"


def against(trend: Trend) -> str:
    """ "Het kwartaal ervoor: 13,7 weken. Beter"."""
    said = trend.against[:1].upper() + trend.against[1:]
    return words.AGAINST.format(against=said, value=trend.value_text, verdict=_verdict(trend.trend, trend.text))


def _verdict(code: str, text: str) -> str:
    """What says something stands out."""
    return f"**:{COLOURS[code]}[{text}]**" if code in COLOURS else text


# --- tables --------------------------------------------------------------------------------------------------------


def numbers(figures: Sequence[Figure]) -> pd.DataFrame:
    """Per quarter the value of each figure, the newest on top: the facts of all lines."""
    newest_first = list(reversed(range(len(figures[0].line))))
    columns = {figure.indicator.name: [figure.line[at].text for at in newest_first] for figure in figures}
    return pd.DataFrame({words.WHICH_PERIOD: [figures[0].line[at].period for at in newest_first], **columns})


def targets_table(targets: Sequence[RegionTarget]) -> pd.DataFrame:
    """What is aimed at now, by the region or as is usual."""
    return pd.DataFrame([_target(each) for each in targets], columns=list(words.COLUMNS.values()))


def _target(each: RegionTarget) -> tuple[str, str, str, str]:
    name = each.indicator.name
    if each.own and each.own.value is not None:
        chosen = words.CHOSEN_ON.format(day=showing.long_day(each.own.set_on))
        return name, _amount(each, each.own.value), showing.long_day(each.own.valid_from), chosen
    if each.usual is None:
        return name, words.NO_TARGET.rstrip("."), "", ""
    return name, _amount(each, each.usual), "", each.usual_source


def earlier_table(targets: Sequence[RegionTarget]) -> pd.DataFrame:
    """Every choice that a region ever made, the newest on top."""
    made = [(own.set_on, each, own) for each in targets for own in each.history]
    rows = [
        (
            each.indicator.name,
            words.NO_LONGER if own.value is None else _amount(each, own.value),
            showing.long_day(own.valid_from),
            words.CHOSEN_ON.format(day=showing.long_day(set_on)),
        )
        for set_on, each, own in sorted(made, key=lambda each: each[0], reverse=True)
    ]
    return pd.DataFrame(rows, columns=list(words.COLUMNS.values()))


def _amount(each: RegionTarget, value: float) -> str:
    return f"{showing.decimal(value)} {words.UNITS[each.unit]}"


# --- pictures ------------------------------------------------------------------------------------------------------


def line(figure: Figure) -> Spec:
    """The figure over two years, with its target dashed. What is not known is a gap."""
    values = [{"quarter": each.period, "value": each.value, "told": each.text} for each in figure.line]
    ends = [figure.line[0].period, figure.line[-1].period]
    quarters = {"values": ends, "labelAngle": 0, "labelColor": INK, "grid": False, "ticks": False, "domain": False}
    height = {"field": "value", "type": "quantitative", "title": None, "axis": None, "scale": {"zero": False}}
    layers: list[Spec] = [
        {
            "mark": {"type": "line", "color": LINE_COLOUR, "point": {"color": LINE_COLOUR, "size": 30}},
            "encoding": {
                "x": {"field": "quarter", "type": "ordinal", "title": None, "axis": quarters},
                "y": height,
                "tooltip": [told("quarter", words.WHICH_PERIOD), told("told", figure.indicator.name)],
            },
        }
    ]
    if figure.target is not None:
        aimed = {"mark": {"type": "rule", "color": TARGET_COLOUR, "strokeDash": [4, 4], "aria": False}}
        layers.append({**aimed, "encoding": {"y": {"datum": figure.target.value}}})
    return {"data": {"values": values}, "height": 96, "layer": layers, "config": {"view": {"stroke": None}}}
