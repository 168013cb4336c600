"""Pictures as Vega-Lite specs. Every picture has the same facts in a table or list beside it; nothing is fetched."""

from collections.abc import Iterable
from typing import Any

from dashboard import answers
from dashboard.texts import nl, showing

INK = "#14292f"

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


def told(field: str, title: str) -> Spec:
    """A line of the text that shows over a mark."""
    return {"field": field, "type": "nominal", "title": title}
