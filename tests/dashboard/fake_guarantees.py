"""What a region must always have, in memory: for the fake API of oversight."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.dashboard.fake_api import ARNHEM, JSON, REGION, day, problem

RHEDEN = {"code": "GM0275", "name": "Rheden"}


def a_promise(**other: Any) -> JSON:
    what = {"name": "Gezinshuis", "careType": {"code": "gezinshuis", "name": "Gezinshuis"}, "family": None}
    terms = {"ageFrom": None, "ageUntil": None, "reach": "region", "maxKm": None, "places": 1, "withinDays": None}
    days = {"validFrom": day(-300), "validUntil": None, "sentence": "Eén plek vrij, binnen de regio"}
    return {"id": "b3d0d3a8-6d8e-4a51-9a0e-1f6f6f8f7c11", **what, **terms, **days, "etag": '"1"', **other}


def here(verdict: str = "not-kept", municipality: JSON = ARNHEM, **other: Any) -> JSON:
    why = {"why": "all-full", "reason": "Er is geen plek vrij."} if verdict != "kept" else {"why": None, "reason": None}
    rest = {"since": day(-20), "orEarlier": False, "certainty": "certain", "places": 0, "soonestStart": day(30)}
    sentence = "Ontbreekt sinds 2 november 2026: er is geen plek vrij."
    return {"municipality": municipality, "verdict": verdict, **rest, **why, "sentence": sentence, **other}


def a_standing(verdict: str = "not-kept", **other: Any) -> JSON:
    since = {"since": day(-20), "orEarlier": False, "sentence": "Ontbreekt in alle gemeenten sinds 2 november 2026."}
    where = [here(verdict), here(verdict, RHEDEN)]
    return {"guarantee": a_promise(), "verdict": verdict, **since, "municipalities": where, **other}


@dataclass
class Promises:
    """Tests fill in what stands how; what is named, changed and taken back is only remembered by who was asked."""

    standing: list[JSON] = field(default_factory=list)
    refused: httpx2.Response | None = None

    def standings(self, _: httpx2.Request) -> JSON:
        return {"region": REGION, "on": day(0), "items": self.standing}

    def named(self, _: httpx2.Request) -> JSON:
        return {"items": [each["guarantee"] for each in self.standing], "next": None}

    def add(self, request: httpx2.Request) -> JSON | httpx2.Response:
        return self.refused or httpx2.Response(201, json=a_promise(**_said(request)))

    def change(self, request: httpx2.Request) -> JSON | httpx2.Response:
        if request.headers.get("If-Match") != a_promise()["etag"]:
            return problem(412, "changed-meanwhile", "Iemand anders was u voor.")
        return self.refused or a_promise(**_said(request))

    def drop(self, _: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(204)


def _said(request: httpx2.Request) -> JSON:
    """What is told back of what was named."""
    return {name: value for name, value in json.loads(request.content).items() if name != "careType" and value}


PROMISE_ROUTES = (
    ("GET", "regions/([^/]+)/guarantee-standings", Promises.standings),
    ("GET", "regions/([^/]+)/guarantees", Promises.named),
    ("POST", "regions/([^/]+)/guarantees", Promises.add),
    ("PUT", "regions/([^/]+)/guarantees/([^/]+)", Promises.change),
    ("DELETE", "regions/([^/]+)/guarantees/([^/]+)", Promises.drop),
)
