"""The fake API with published figures for the council, and the targets of a region."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.dashboard.fake_api import ARNHEM, JSON, NOW, REGION, TOKEN, FakeApi, day, problem

LINE = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")


def a_trend(against: str = "een jaar eerder", **other: Any) -> JSON:
    known = {"period": "2025-Q3", "value": 70, "valueText": "70 procent", "trend": "better", "text": "Beter"}
    return {"against": against, **known, **other}


def a_target(**other: Any) -> JSON:
    when = {"validFrom": None, "setOn": None, "afterwards": False}
    return {"value": 80, "text": "80 procent", "own": False, "source": "Zoals gewoon is.", **when, **other}


def a_line(*values: float | None) -> list[JSON]:
    """The last quarters; of those before nothing may be seen."""
    points = zip(LINE, (*[None] * (len(LINE) - len(values)), *values), strict=True)
    return [
        {"period": period, "value": value, "text": "Verborgen" if value is None else f"{value} procent"}
        for period, value in points
    ]


def a_figure(name: str = "Op tijd begonnen", **other: Any) -> JSON:
    what = {"indicator": {"code": "started-in-time", "name": name}, "leading": True, "area": REGION}
    kind = {"meaning": "Zoveel begon op tijd.", "unit": "percent", "better": "more", "state": "shown"}
    value = {"value": 78, "part": 320, "whole": 412, "text": "78 procent", "fromHowMuch": "Uit 412 starts."}
    aim = {"target": a_target(), "reached": "nearly", "reachedText": "Bijna gehaald"}
    said = {
        "sentence": "Van de starts was 78 procent op tijd; het doel is bijna gehaald.",
        "how": "Wij tellen de starts op tijd.",
        "computed": "320 van 412 starts is 78 procent.",
    }
    rest = {"trends": [a_trend()], "line": a_line(70, 72, None, 76, 78)}
    return {**what, **kind, **value, **aim, **said, **rest, **other}


def a_hidden_figure(**other: Any) -> JSON:
    nothing = {"state": "hidden", "value": None, "part": None, "whole": None, "text": "Verborgen", "fromHowMuch": ""}
    said = {"sentence": "Dit getal is verborgen.", "computed": "Dit getal is verborgen."}
    aim = {"target": None, "reached": "no-target", "reachedText": "Geen doel"}
    unknown = a_trend(value=None, valueText="Verborgen", trend="unknown", text="Niet bekend")
    rest = {"trends": [unknown], "line": a_line(None, None)}
    return a_figure("Wachten op het lokale team", **{**nothing, **said, **aim, **rest, **other})


def a_period(code: str = "2026-Q3", name: str = "Derde kwartaal van 2026", **other: Any) -> JSON:
    return {"code": code, "name": name, "firstDay": "2026-07-01", "lastDay": "2026-09-30", "complete": True, **other}


def a_region_target(code: str = "started-in-time", name: str = "Op tijd begonnen", **other: Any) -> JSON:
    usual: JSON = {"usual": None, "usualSource": "", "own": None, "history": []}
    return {"indicator": {"code": code, "name": name}, "unit": "percent", "better": "more", **usual, **other}


def chosen(value: float | None = 75, since: str = "2026-01-01") -> JSON:
    return {"value": value, "validFrom": since, "setOn": day(-30)}


WAIT = a_region_target(
    "realised-wait", "Tijd van vraag tot start", unit="weeks", better="less", usual=14, usualSource="Treeknorm."
)


@dataclass
class FakeCouncil(FakeApi):
    """What was published; tests fill it in."""

    periods: list[JSON] = field(
        default_factory=lambda: [a_period("2026", "2026, drie kwartalen", complete=False), a_period()]
    )
    figures: list[JSON] = field(
        default_factory=lambda: [a_figure(), a_hidden_figure(), a_figure("Plekken in een gezin", leading=False)]
    )
    targets: list[JSON] = field(default_factory=lambda: [a_region_target(), WAIT])
    version: int = 0
    moved_on: bool = False
    """Somebody else was just before."""

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        for method, pattern, answer in COUNCIL_ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, path)):
                body = json.loads(request.content) if request.content else None
                self.asked.append((method, path, body))
                if method == "PUT" and request.headers.get("Authorization") != f"Bearer {TOKEN}":
                    return problem(401, "unauthenticated", "Meld u opnieuw aan.")
                result = answer(self, request, *found.groups())
                return result if isinstance(result, httpx2.Response) else httpx2.Response(200, json=result)
        return super()._answer(request)

    def list_periods(self, _: httpx2.Request) -> JSON:
        return {"items": self.periods, "next": None}

    def report(self, request: httpx2.Request, code: str) -> JSON | httpx2.Response:
        if request.url.params.get("format"):
            return httpx2.Response(200, content=b"%PDF", headers={"Content-Type": "application/pdf"})
        if code not in (REGION["code"], ARNHEM["code"]):
            return problem(404, "not-found", "Van dit gebied is er geen rapport.")
        area = REGION if code == REGION["code"] else ARNHEM
        period = next(each for each in self.periods if each["code"] == request.url.params["period"])
        heading = {"version": 1, "title": f"Jeugdhulp in {area['name']}", "area": area, "region": REGION}
        told = {"publishedAt": NOW, "notes": ["Kleine aantallen staan er niet in."], "sources": ["Deze dienst."]}
        return {**heading, "period": period, "figures": self.figures, **told}

    def get_targets(self, _: httpx2.Request, code: str) -> JSON:
        etag = f'"{self.version}"' if self.version else None
        return {"region": REGION, "targets": self.targets, "etag": etag}

    def put_targets(self, request: httpx2.Request, code: str) -> JSON | httpx2.Response:
        seen = request.headers.get("If-Match") or request.headers.get("If-None-Match")
        if self.moved_on or seen != (f'"{self.version}"' if self.version else "*"):
            return problem(412, "changed-meanwhile", "Iemand anders was u voor.")
        wanted = {each["indicator"]: each for each in json.loads(request.content)["targets"]}
        for each in self.targets:
            new = wanted.get(each["indicator"]["code"])
            own = chosen(new["value"], new["validFrom"]) if new else None
            each.update(own=own, history=[own or chosen(None), *each["history"]])
        self.version += 1
        return self.get_targets(request, code)


COUNCIL_ROUTES: tuple[tuple[str, str, Callable[..., JSON | httpx2.Response]], ...] = (
    ("GET", "council-reports", FakeCouncil.list_periods),
    ("GET", "council-reports/([^/]+)", FakeCouncil.report),
    ("GET", "regions/([^/]+)/targets", FakeCouncil.get_targets),
    ("PUT", "regions/([^/]+)/targets", FakeCouncil.put_targets),
)
