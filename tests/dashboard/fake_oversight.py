"""The fake API with a region that falls short, what would help, and what everybody may see."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.dashboard.fake_api import ARNHEM, JSON, NOW, REGION, TOKEN, FakeApi, day, problem
from tests.dashboard.fake_guarantees import PROMISE_ROUTES, Promises

ADVICE = {"code": "advice", "values": {}, "text": "Dit is advies over plekken. Wie waarheen gaat, beslissen mensen."}
KIND = {"code": "gezinshuis", "name": "Gezinshuis", "family": "Wonen in een gezin"}


def said(code: str, text: str) -> JSON:
    return {"code": code, "values": {}, "text": text}


def a_worth(limit: int = 4, **other: Any) -> JSON:
    care_type = {"code": "gezinshuis", "name": "Gezinshuis"}
    curve = [min(limit, places) for places in range(1, 11)]
    why = [said("place-helps", "Eén plek erbij helpt één kind.")]
    what = {"careType": care_type, "municipality": ARNHEM, "curve": curve, "saturated": limit < 10, "direct": limit}
    return {**what, "through": None, "reasons": why, **other}


def a_shortage(unplaced: int = 9, **other: Any) -> JSON:
    counts = {"openRequests": 12, "unplaced": unplaced, "offers": 4, "places": 0, "refusals": 3, "hurtWeeks": 152}
    waits = {"medianWaitedDays": 40, "longestWaitedDays": 90, "expectedDays": 120, "statedDaysAgo": 12}
    why = [said("not-in-time", "Negen kinderen kunnen niet op tijd ergens terecht.")]
    rest = {"certainty": "certain", "cause": "no-place", "remedies": [], "trend": {"lastMonth": 7, "lastYear": 2}}
    return {"kind": KIND, "area": ARNHEM, **counts, **waits, **rest, "worth": a_worth(), "reasons": why, **other}


def above(children: int = 6) -> JSON:
    neighbours = [{"region": {"code": "JZ32", "name": "Rijk van Nijmegen"}, "places": 8}]
    return {"careType": KIND, "children": children, "neighbours": neighbours, "boeg": 0}


def heading() -> JSON:
    return {"region": REGION, "today": day(0), "asOf": NOW, "advice": ADVICE}


def a_band(middle: float) -> JSON:
    return {"low": middle / 2, "middle": middle, "high": middle * 2}


def imagined(helped: int = 4) -> JSON:
    waits = {"waitNowDays": a_band(80), "waitThenDays": a_band(60), "soonerDays": a_band(20)}
    rest = {"openedPlaces": 4, "startedMoreAYear": a_band(6), "childrenAPlaceAYear": 1.4}
    why = [said("helps-now", "Dat helpt nu vier kinderen in deze regio.")]
    return {**heading(), "kind": "more-places", "helped": helped, "helpedElsewhere": 0, **waits, **rest, "reasons": why}


def a_waiting_time(area: JSON = REGION, level: str = "care-type", **other: Any) -> JSON:
    kind = {"code": "gezinshuis", "name": "Gezinshuis", "level": level}
    counts = {"waiting": 12, "waitedDays": 63, "started": None, "realisedDays": None, "offers": 4}
    stated = {"statedWaitDays": 42, "statedLongDays": 98, "statedAgeDays": 12, "certainty": "certain"}
    said = {
        "text": "Bij de helft van het aanbod start hulp binnen zes weken.",
        "trend": "Dat is twee weken korter dan een jaar eerder.",
    }
    return {"area": area, "kind": kind, **counts, **stated, **said, "localTeam": None, **other}


def everything(area: JSON = REGION, **other: Any) -> JSON:
    """All youth care together, with the local team beside it."""
    team = {
        "talks": 26,
        "waitWorkingDays": 3,
        "waiting": 8,
        "text": "De helft van de gesprekken was binnen 3 werkdagen.",
    }
    return a_waiting_time(area, kind=EVERYTHING, statedWaitDays=28, localTeam=team, **other)


def a_year_of_waiting(level: str = "care-type", **other: Any) -> JSON:
    kind = {"code": "gezinshuis", "name": "Gezinshuis", "level": level}
    waits = {"waitedDays": None, "realisedDays": None, "statedWaitDays": {"low": 42, "high": 63}}
    team = {
        "teamTalks": None,
        "teamWaitWorkingDays": None,
        "text": "Bij de helft van het aanbod startte hulp binnen zes tot negen weken.",
    }
    return {"area": REGION, "kind": kind, "started": {"number": None, "atLeast": 14}, **waits, **team, **other}


def a_family_contact(**other: Any) -> JSON:
    how = {"phone": "026 123 45 67", "email": None, "website": None, "hours": "ma-vr 9-17 uur"}
    checked = {"checkedOn": day(-9), "freshness": "fresh"}
    return {"when": "Begin hier.", "name": "Lokaal team Arnhem", **how, **checked, **other}


QUARTER = {
    "code": "2026-Q3",
    "firstDay": "2026-07-01",
    "lastDay": "2026-09-30",
    "publishedAt": NOW,
    "method": 2,
}
A_FAMILY = {"code": "Wonen in een gezin", "name": "Wonen in een gezin", "family": "Wonen in een gezin"}
EVERYTHING = {"code": "all", "name": "Alle jeugdhulp", "level": "all"}
FAMILY = {"code": "Wonen in een gezin", "name": "Wonen in een gezin", "level": "family"}
LOCAL_TEAM = {"code": "lokaal-team", "name": "Hulp van het lokale team", "level": "care-type"}


@dataclass
class FakeOversight(FakeApi):
    """A region's radar; tests fill it in."""

    shortages: list[JSON] = field(default_factory=lambda: [a_shortage(), a_shortage(0, worth=None)])
    above: list[JSON] = field(default_factory=lambda: [above()])
    published: dict[str, list[JSON]] = field(
        default_factory=lambda: {
            "JZ28": [
                everything(),
                a_waiting_time(kind=FAMILY),
                a_waiting_time(),
                a_waiting_time(kind=LOCAL_TEAM, text="Hulp start binnen tien dagen.", waiting=None, waitedDays=None),
            ],
            "GM0202": [everything(ARNHEM, waiting=72)],
        }
    )
    """Per area its public figures; none: nothing was published yet."""
    contacts: list[JSON] = field(default_factory=lambda: [a_family_contact()])
    promises: Promises = field(default_factory=Promises)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        for method, pattern, answer in OVERSIGHT_ROUTES:
            if method == request.method and re.fullmatch(pattern, path):
                body = json.loads(request.content) if request.content else None
                self.asked.append((method, path, body))
                public = path.startswith(("waiting", "municipalities"))
                if not public and request.headers.get("Authorization") != f"Bearer {TOKEN}":
                    return problem(401, "unauthenticated", "Meld u opnieuw aan.")
                result = answer(self, request)
                return result if isinstance(result, httpx2.Response) else httpx2.Response(200, json=result)
        return super()._answer(request)

    def radar(self, request: httpx2.Request) -> JSON:
        rows = self.shortages
        if request.url.params.get("by") == "family":
            rows = [row | {"kind": A_FAMILY} for row in rows]
        return {**heading(), "inTimeWithinDays": 70, "shortages": rows, "aboveTheRegion": self.above}

    def worths(self, _: httpx2.Request) -> JSON:
        rule = {"rule": "most-asked", "worth": a_worth(1), "reasons": [said("most-asked", "Dat wijst naar pleegzorg.")]}
        return {**heading(), "cells": [a_worth()], "obviousRules": [rule]}

    def imagine(self, _: httpx2.Request) -> JSON:
        return imagined()

    def waiting_times(self, request: httpx2.Request) -> JSON | httpx2.Response:
        if not self.published:
            return problem(404, "not-found", "Er is nog niets gepubliceerd.")
        told = {"smallNumbers": "Aantallen onder de vijf tonen we niet.", "meanwhile": ["Bel uw lokale team."]}
        items = self.published.get(request.url.params["area"], [])
        return {"version": 1, "period": QUARTER, "items": items, **told}

    def periods(self, _: httpx2.Request) -> JSON:
        return {"items": [QUARTER]}

    def year(self, _: httpx2.Request) -> JSON:
        items = [a_year_of_waiting(kind=EVERYTHING), a_year_of_waiting(kind=FAMILY), a_year_of_waiting()]
        return {"version": 1, "year": 2026, "quarters": ["2026-Q3"], "items": items, "smallNumbers": "Te klein."}

    def families(self, _: httpx2.Request) -> JSON:
        crisis = a_family_contact(
            name="112", phone="112", hours=None, when="Direct gevaar.", checkedOn=None, freshness=None
        )
        return {"municipality": ARNHEM, "youthRegion": REGION, "contacts": self.contacts, "crisis": [crisis]}


Answer = Callable[[FakeOversight, httpx2.Request], JSON | httpx2.Response]


def _promised(answer: Callable[[Promises, httpx2.Request], JSON | httpx2.Response]) -> Answer:
    return lambda fake, request: answer(fake.promises, request)


OVERSIGHT_ROUTES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "waiting-times", FakeOversight.waiting_times),
    ("GET", "waiting-times/periods", FakeOversight.periods),
    ("GET", "waiting-times/years/([0-9]+)", FakeOversight.year),
    ("GET", "municipalities/([^/]+)/route-for-families", FakeOversight.families),
    ("GET", "regions/([^/]+)/shortages", FakeOversight.radar),
    ("GET", "regions/([^/]+)/worth-of-places", FakeOversight.worths),
    ("POST", "regions/([^/]+)/what-ifs", FakeOversight.imagine),
    *((method, path, _promised(answer)) for method, path, answer in PROMISE_ROUTES),
)
