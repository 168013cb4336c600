"""Pictures as Vega-Lite specs. Every picture has the same facts in a table or list beside it; nothing is fetched."""

from collections.abc import Iterable
from typing import Any

from dashboard import answers
from dashboard.texts import nl, places, showing

INK = "#14292f"
_LINES = {
    places.OPEN: ("#0b5f6b", [1, 0], "circle"),
    places.OCCUPIED: ("#1c3560", [6, 3], "square"),
    places.WAITS_NOW: ("#8a4b08", [2, 2], "triangle-up"),
}
"""Colour, dashes and mark of each number: told apart by who sees no colours as well."""

Spec = dict[str, Any]


def wait_bars(supply: Iterable[answers.CareTypeSupply]) -> Spec:
    """Median wait per care type, the longest on top, with the wait in words at the end of each bar."""
    known = [row for row in supply if row.median_wait_days is not None]
    values = [
        {
            "care": row.care_type.name,
            "days": row.median_wait_days,
            "wait": showing.wait(row.median_wait_days),
            "colour": showing.wait_class(row.median_wait_days).colour,
        }
        for row in known
    ]
    label = {"labelLimit": 280, "labelColor": INK, "labelFontSize": 13, "ticks": False, "domain": False}
    wide = {"domainMax": 1.2 * max((row.median_wait_days or 0 for row in known), default=1)}
    return {
        "data": {"values": values},
        "height": {"step": 26},
        "encoding": {
            "y": {"field": "care", "type": "nominal", "sort": "-x", "title": None, "axis": label},
            "x": {"field": "days", "type": "quantitative", "title": None, "axis": None, "scale": wide},
            "tooltip": [told("care", nl.WHICH_CARE_TYPE), told("wait", nl.MEDIAN_WAIT)],
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 14, "cornerRadiusEnd": 3},
                "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "color": INK, "fontSize": 13},
                "encoding": {"text": {"field": "wait", "type": "nominal"}},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def places_over_time(stated: Iterable[answers.Capacity]) -> Spec:
    """What was stated of one offer in time: open, occupied and waiting. What was not stated is no point."""
    values = [
        {"moment": each.stated_at.isoformat(), "what": what, "number": number}
        for each in stated
        for what, number in zip(_LINES, (each.open_places, each.occupied_places, each.waiting_count), strict=True)
        if number is not None
    ]
    colours, dashes, shapes = (list(each) for each in zip(*_LINES.values(), strict=True))
    legend = {"title": None, "orient": "top", "labelColor": INK, "labelFontSize": 13}
    days = {"format": "%d-%m-%Y", "labelColor": INK, "tickCount": 4, "grid": False, "labelOverlap": True}
    number = {"labelColor": INK, "tickCount": 4, "tickMinStep": 1}

    def by(ways: list[Any], legend: Spec | None = legend) -> Spec:
        scale = {"domain": list(_LINES), "range": ways}
        return {"field": "what", "type": "nominal", "scale": scale, "legend": legend}

    return {
        "data": {"values": values},
        "height": 220,
        "encoding": {
            "x": {"field": "moment", "type": "temporal", "title": None, "axis": days},
            "y": {"field": "number", "type": "quantitative", "title": None, "axis": number, "scale": {"domainMin": 0}},
            "color": by(colours),
            "tooltip": [told("what", nl.WHAT), told("number", places.NUMBER)],
        },
        "layer": [
            {
                "mark": {"type": "line", "interpolate": "step-after"},
                "encoding": {"strokeDash": by(dashes, legend=None)},
            },
            {"mark": {"type": "point", "filled": True, "size": 60}, "encoding": {"shape": by(shapes)}},
        ],
        "config": {"view": {"stroke": None}},
    }


def told(field: str, title: str) -> Spec:
    """A line of the text that shows over a mark."""
    return {"field": field, "type": "nominal", "title": title}
