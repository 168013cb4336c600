"""The fake API with a worker's cases: my day, one case with its steps and history, referrals, places and options."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.dashboard.fake_api import CASE, JSON, NOW, PROVIDER, TOKEN, FakeApi, a_match, day, matches, problem
from tests.dashboard.test_fake_api import OPENAPI

REFERRAL = "7b0f8f1e-1111-4c1e-8f5e-0a6e5b1f2c3d"
FORM = {
    "question": "Een plek met structuur.",
    "determination": {
        "careType": "gezinshuis",
        "durationMonths": 12,
        "volume": {"amount": 7, "unit": "day", "period": "week"},
        "evaluationMoments": [day(180)],
    },
    "wishesOfChild": "Dicht bij school.",
    "wishesOfParents": None,
    "triedBefore": None,
}


def a_task(code: str = "determine", days_left: int = 2, **other: Any) -> JSON:
    about = {"step": "2", "actor": "worker", "organisation": "GM0202", "openedOn": day(-3), "due": day(days_left)}
    said = {"text": "Maak de bepaling en vul het aanmeldformulier in.", "late": days_left < 0, "mine": True}
    rest = {"overallDue": None, "referral": None, "party": None, "event": 1, "daysLeft": days_left}
    return {"code": code, **about, **said, **rest, **other}


def a_day_task(code: str = "determine", days_left: int = 2, **other: Any) -> JSON:
    return {**a_task(code, days_left), "caseId": CASE, "reference": "LT-1", "municipality": "GM0202", **other}


def an_event(id_: int = 1, kind: str = "opened", text: str = "Casus geopend", **other: Any) -> JSON:
    who = {"role": "local-team", "organisation": "GM0202", "onBehalfOf": None}
    about: JSON = {"party": None, "referral": None, "refersTo": None, "values": {}, "notes": {}}
    return {"id": id_, "kind": kind, "text": text, "occurredOn": day(-3), "recordedAt": NOW, **who, **about, **other}


def a_day(*tasks: JSON, **other: Any) -> JSON:
    late = sum(task["late"] for task in tasks)
    counts = {"cases": 1, "open": len(tasks), "late": late, "today": 0, "thisWeek": len(tasks) - late}
    lists: JSON = {"tasks": list(tasks), "waitingFor": [], "reviews": [], "changed": []}
    return {"today": day(0), "since": NOW, "counts": counts, **lists, **other}


def a_state(*possible: str, **other: Any) -> JSON:
    steps = [
        {"code": code, "status": status, "doneOn": day(-3) if status == "done" else None}
        for code, status in (("1", "done"), ("2", "open"), ("3", "waiting"))
    ]
    where = {"route": "301", "municipality": "GM0202", "region": "JZ28", "phase": "search", "steps": steps}
    ends = {"closedBy": None, "closedOn": None, "coOwner": None, "overall": None, "inCrisis": False, "worrying": False}
    return {**where, "tasks": [a_task()], "possible": list(possible), **ends, **other}


def a_referral(standing: str = "open", **other: Any) -> JSON:
    where = {"offer": {"id": 1, "name": "Gezinshuis"}, "provider": PROVIDER, "careType": None}
    when = {"sentOn": day(-1), "dueOn": day(4), "since": day(-1), "late": False, "workingDaysLeft": 4}
    came = {"startsOn": None, "timely": None, "refusal": None, "reason": None, "optionUntil": None}
    of: JSON = {"networkRequestId": None, "careRequestId": CASE, "child": None, "form": None}
    of |= {"questions": [], "asks": []}
    return {"id": REFERRAL, "standing": standing, **where, **when, **came, **of, **other}


def a_case(**other: Any) -> JSON:
    child = {"pc4": "6811", "birthMonth": "2013-05", "careTypes": ["gezinshuis"], "needs": [], "gender": None}
    wish = {"neededFrom": day(10), "urgency": "regular", "maxDistanceKm": 40, "siblings": 0, "pastEighteen": False}
    whose = {"reference": "LT-1", "organisation": "GM0202", "municipality": "GM0202", "status": "open"}
    return {"id": CASE, "openedAt": NOW, "setting": None, "etag": '"1"', **whose, **child, **wish, **other}


@dataclass
class FakeCasework(FakeApi):
    """What a worker sees; tests fill it in."""

    my_day: JSON = field(default_factory=lambda: a_day(a_day_task()))
    cases: list[JSON] = field(default_factory=lambda: [a_case()])
    state_now: JSON = field(default_factory=lambda: a_state("withdrawn", "worry-marked", coOwner="98000001"))
    history: list[JSON] = field(default_factory=lambda: [an_event()])
    referred: list[JSON] = field(default_factory=list)
    form: JSON | None = None
    held: list[JSON] = field(default_factory=list)
    network: list[JSON] = field(default_factory=list)
    told: list[JSON] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """With which each change was sent."""
    refusal: httpx2.Response | None = None
    """What the next change is answered with, once."""

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        for method, pattern, answer in CASE_ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, path)):
                body = json.loads(request.content) if request.content else None
                self.asked.append((method, path, body))
                if self.expired or request.headers.get("Authorization") not in {f"Bearer {TOKEN}", None}:
                    return problem(401, "unauthenticated", "Meld u opnieuw aan.")
                self.keys += [request.headers["Idempotency-Key"]] if "Idempotency-Key" in request.headers else []
                if method != "GET" and self.refusal is not None:
                    refused, self.refusal = self.refusal, None
                    return refused
                result = answer(self, body, *found.groups())
                return result if isinstance(result, httpx2.Response) else httpx2.Response(200, json=result)
        return super()._answer(request)

    def day_of_mine(self, _: Any) -> JSON:
        return self.my_day

    def notices(self, _: Any) -> JSON:
        return {"items": self.told, "next": None, "unread": len(self.told)}

    def read(self, body: Any) -> JSON:
        self.told = []
        return {"ids": body["ids"]}

    def list_cases(self, _: Any) -> JSON:
        return {"items": self.cases, "next": None}

    def one_case(self, _: Any, case: str) -> JSON:
        return next(each for each in self.cases if each["id"] == case)

    def state_of(self, _: Any, case: str) -> JSON:
        return self.state_now

    def events(self, _: Any, case: str) -> JSON:
        return {"items": self.history, "next": None}

    def happened(self, body: Any, case: str) -> httpx2.Response:
        new = an_event(len(self.history) + 1, body["kind"], "Vastgelegd feit", occurredOn=body["occurredOn"])
        self.history.append(new)
        return httpx2.Response(201, json=new)

    def list_referrals(self, _: Any, case: str) -> JSON:
        return {"items": self.referred, "next": None}

    def refer(self, body: Any, case: str) -> httpx2.Response:
        self.referred.append(a_referral())
        return httpx2.Response(201, json=self.referred[-1])

    def tell_referral(self, body: Any, referral: str, what: str) -> JSON:
        return a_referral()

    def kept_form(self, _: Any, case: str) -> JSON | httpx2.Response:
        if self.form is None:
            return problem(404, "not-found", "Er is nog geen formulier.")
        return {"id": REFERRAL, "filledInAt": NOW, "form": self.form}

    def list_options(self, _: Any, case: str) -> JSON:
        return {"items": self.held, "next": None}

    def hold(self, _: Any, case: str, offer: str) -> httpx2.Response:
        option = {"offer": {"id": int(offer), "name": "Gezinshuis"}, "provider": PROVIDER, "lastDay": day(3)}
        self.held.append({**option, "workingDaysLeft": 3, "referralId": None})
        return httpx2.Response(201, json=self.held[-1])

    def let_go(self, _: Any, case: str, offer: str) -> httpx2.Response:
        self.held.clear()
        return httpx2.Response(204)

    def networks(self, _: Any, case: str) -> JSON:
        return {"items": self.network, "next": None}

    def ask_network(self, _: Any, case: str) -> httpx2.Response:
        asked = {"id": REFERRAL, "region": "JZ28", "askedOn": day(0), "dueOn": day(5), "confirmed": None}
        self.network.append({**asked, "answered": 0, "asked": 1, "members": [a_referral(networkRequestId=REFERRAL)]})
        return httpx2.Response(201, json=self.network[-1])

    def confirm_one(self, _: Any, case: str, request: str) -> JSON:
        self.network[-1]["confirmed"] = REFERRAL
        return self.network[-1]

    def describe(self, _: Any) -> JSON:
        return dict(OPENAPI)


CASE_ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "my-day", FakeCasework.day_of_mine),
    ("GET", "notices", FakeCasework.notices),
    ("POST", "notice-readings", FakeCasework.read),
    ("GET", "care-requests", FakeCasework.list_cases),
    ("GET", "care-requests/([^/]+)", FakeCasework.one_case),
    ("GET", "care-requests/([^/]+)/state", FakeCasework.state_of),
    ("GET", "care-requests/([^/]+)/events", FakeCasework.events),
    ("POST", "care-requests/([^/]+)/events", FakeCasework.happened),
    ("GET", "care-requests/([^/]+)/referrals", FakeCasework.list_referrals),
    ("POST", "care-requests/([^/]+)/referrals", FakeCasework.refer),
    ("GET", "care-requests/([^/]+)/enrolment-form", FakeCasework.kept_form),
    ("GET", "care-requests/([^/]+)/options", FakeCasework.list_options),
    ("PUT", r"care-requests/([^/]+)/options/(\d+)", FakeCasework.hold),
    ("DELETE", r"care-requests/([^/]+)/options/(\d+)", FakeCasework.let_go),
    ("GET", "care-requests/([^/]+)/network-requests", FakeCasework.networks),
    ("POST", "care-requests/([^/]+)/network-requests", FakeCasework.ask_network),
    ("POST", "care-requests/([^/]+)/network-requests/([^/]+)/confirmation", FakeCasework.confirm_one),
    ("POST", "referrals/([^/]+)/(reply|no-answer|start-judgement|withdrawal)", FakeCasework.tell_referral),
    ("GET", "openapi.json", FakeCasework.describe),
)
"""Method, path and who answers; what is not here, the common fake knows."""


def three_matches() -> JSON:
    return matches(a_match(), a_match(rank=2, offerId=2), a_match(rank=3, offerId=3))
