"""The fake API with what the desks see: a provider's inbox, the expert team's agenda, reports, and the register."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.dashboard.fake_api import ARNHEM, CASE, JSON, PROVIDER, REGION, a_match, a_reason, day, matches, problem
from tests.dashboard.fake_casework import FORM, FakeCasework, a_day, a_referral, a_state, a_task, an_event

REGISTRATION = "5d0c2f0e-6f5c-4d0e-9a55-0d6f9f0a7c22"
CONTACT = "9e0c2f0e-6f5c-4d0e-9a55-0d6f9f0a7c33"
SOUGHT = {"code": "gezinshuis", "name": "Gezinshuis"}
LVB = {"code": "lvb", "name": "Licht verstandelijke beperking"}


def a_child(**other: Any) -> JSON:
    who = {"reference": "LT-1", "birthMonth": "2013-05", "pc4": "6811", "municipality": ARNHEM, "gender": "girl"}
    wish = {"careTypes": [SOUGHT], "neededFrom": day(10), "urgency": "urgent", "needs": [LVB], "setting": None}
    return {**who, **wish, "siblings": 1, "pastEighteen": True, **other}


def put_to_us(standing: str = "open", **other: Any) -> JSON:
    """A referral as its provider sees it."""
    return a_referral(standing, **{"careRequestId": None, "child": a_child(), "form": FORM, **other})


def to_correct(places: int = 2) -> JSON:
    return {"kind": "correct-statement", "offerId": 1, "openPlaces": places, "needs": None}


def to_sharpen(*needs: JSON) -> JSON:
    return {"kind": "sharpen-profile", "offerId": 1, "openPlaces": None, "needs": list(needs or (LVB,))}


def an_item(**other: Any) -> JSON:
    """A case before the expert team, in a line."""
    when = {"registeredOn": day(-4), "dueOn": day(10), "workingDaysLeft": 7, "late": False}
    came = {"talkedBeforeOn": None, "discussedOn": None, "supporter": None, "boegOn": None}
    end = {"outcome": None, "concludedOn": None, "cause": None}
    about = {"id": REGISTRATION, "careRequestId": CASE, "child": a_child(), "tried": 2, "refused": 2}
    return {**about, **when, **came, **end, **other}


def an_attempt(**other: Any) -> JSON:
    where = {"provider": PROVIDER, "offer": {"id": 1, "name": "Gezinshuis De Wilgen"}, "throughNetwork": False}
    return {**where, "sentOn": day(-9), "standing": "refused", "reason": "no-place", "refusal": "AW-2026-1", **other}


def a_ranking(**other: Any) -> JSON:
    wider = {"change": {"maxDistanceKm": 55}, "opens": 4, "soonestStart": day(12), "text": "Tot 55 km: 4 erbij."}
    return {
        **matches(a_match(reasons=[a_reason("distance", 16, 20, "Het is 8 km ver.")])),
        "relaxations": [wider],
        **other,
    }


def a_report(number: int = 7, kind: str = "contact-failed", *tasks: JSON, **other: Any) -> JSON:
    text = {"contact-failed": "Geen contact gekregen", "escalation-reported": "Gemeld bij de contactpersoon"}[kind]
    event = an_event(number, kind, text, values={}, notes={"tried": "Twee medewerkers gebeld."})
    about = {"caseId": CASE, "reference": "LT-1", "organisation": "GM0202", "municipality": "GM0202"}
    return {**about, "event": event, "tasks": list(tasks), "open": bool(tasks), **other}


def to_make_contact(days_left: int = 1) -> JSON:
    text = "Leg contact met het lokale team."
    return a_task("make-contact", days_left, text=text, actor="regional-contact", organisation="JZ28", step="beside")


def somebody_waiting(**other: Any) -> JSON:
    where = {"caseId": None, "reference": None, "organisation": "GM0202", "municipality": "GM0202"}
    when = {"neededFrom": day(-30), "markedOn": day(-20), "reviewedOn": day(-20), "reviewOn": day(3), "late": False}
    helped = {"reviewer": "gedragswetenschapper", "bridgingHelp": "Twee keer per week begeleiding."}
    return {**where, "careTypes": ["gezinshuis"], **when, **helped, **other}


def a_contact(number: int = 1, **other: Any) -> JSON:
    what = {"kind": "local-team", "kindName": "Lokaal team", "municipality": ARNHEM, "name": f"Team {number}"}
    reached = {"phone": "026 123 45 67", "email": None, "website": None, "hours": None}
    age = {"checkedOn": day(-10), "dueOn": day(80), "freshness": "fresh", "etag": '"1"'}
    return {"id": f"{CONTACT[:-2]}{number:02}", **what, **reached, **age, **other}


def a_route(area: JSON = REGION, route: str = "301", valid_from: str = "2021-01-01") -> JSON:
    return {"area": area, "route": route, "validFrom": valid_from}


@dataclass
class FakeDesks(FakeCasework):
    """What a provider, the chair and the regional contact person see; tests fill it in."""

    my_day: JSON = field(default_factory=a_day)
    inbox: list[JSON] = field(default_factory=list)
    agenda: list[JSON] = field(default_factory=list)
    concluded: list[JSON] = field(default_factory=list)
    attempts: list[JSON] = field(default_factory=lambda: [an_attempt()])
    ranking: JSON = field(default_factory=a_ranking)
    members: list[JSON] = field(default_factory=list)
    reports: list[JSON] = field(default_factory=list)
    waiting: list[JSON] = field(default_factory=list)
    contacts: list[JSON] = field(default_factory=list)
    owner: str | None = "Regiobureau"
    missing: list[JSON] = field(default_factory=list)
    routes: list[JSON] = field(default_factory=lambda: [a_route()])
    brokers: list[JSON] = field(default_factory=list)
    history: list[JSON] = field(default_factory=list)
    state_now: JSON = field(default_factory=lambda: a_state("ret-discussed", "ret-provider-asked", "ret-outcome"))

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        for method, pattern, answer in DESK_ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, path)):
                body = json.loads(request.content) if request.content else None
                self.asked.append((method, path, body))
                if method != "GET" and self.refusal is not None:
                    refused, self.refusal = self.refusal, None
                    return refused
                result = answer(self, request, body, *found.groups())
                return result if isinstance(result, httpx2.Response) else httpx2.Response(200, json=result)
        return super()._answer(request)

    def list_inbox(self, request: httpx2.Request, _: Any) -> JSON:
        return {"items": self.inbox, "next": None}

    def one_referral(self, request: httpx2.Request, _: Any, referral: str) -> JSON | httpx2.Response:
        found = [each for each in self.inbox if each["id"] == referral]
        return found[0] if found else problem(404, "not-found", "Deze aanmelding bestaat niet.")

    def answered_referral(self, request: httpx2.Request, body: Any, referral: str, what: str) -> JSON | httpx2.Response:
        return self.one_referral(request, body, referral)

    def provider_told(self, request: httpx2.Request, body: Any, referral: str) -> httpx2.Response:
        return httpx2.Response(201, json=an_event(9, body["kind"], "Vastgelegd feit"))

    def list_agenda(self, request: httpx2.Request, _: Any, region: str) -> JSON:
        is_open = request.url.params.get("open") == "true"
        return {"items": self.agenda if is_open else self.concluded, "next": None}

    def one_item(self, request: httpx2.Request, _: Any, region: str, registration: str) -> JSON:
        item = next(each for each in (*self.agenda, *self.concluded) if each["id"] == registration)
        return {**item, "form": FORM, "attempts": self.attempts, "ranking": self.ranking}

    def network_of(self, request: httpx2.Request, _: Any, region: str) -> JSON:
        return {"region": region, "members": self.members}

    def list_reports(self, request: httpx2.Request, _: Any, region: str) -> JSON:
        only_open = request.url.params.get("open") == "true"
        return {"items": [each for each in self.reports if each["open"] or not only_open], "next": None}

    def list_waiting(self, request: httpx2.Request, _: Any, region: str) -> JSON:
        return {"items": self.waiting, "next": None}

    def register(self, request: httpx2.Request, _: Any, region: str) -> JSON:
        ages = [each["freshness"] for each in self.contacts]
        counts = {"contacts": len(ages), "due": ages.count("due"), "stale": ages.count("stale")}
        etag = '"1"' if self.owner else None
        return {
            "region": REGION,
            "owner": self.owner,
            "updateTermDays": 90,
            **counts,
            "missing": self.missing,
            "etag": etag,
        }

    def keep_register(self, request: httpx2.Request, body: Any, region: str) -> JSON:
        self.owner = body["owner"]
        return self.register(request, body, region)

    def arranged(self, request: httpx2.Request, _: Any, region: str) -> JSON:
        present = [change["present"] for change in self.brokers if change["validFrom"] <= day(0)]
        kept = {"routes": self.routes, "careBroker": present[-1:] == [True], "careBrokerChanges": self.brokers}
        return {"region": REGION, **kept}

    def set_route(self, request: httpx2.Request, body: Any, region: str) -> JSON:
        area = ARNHEM if body["area"] == ARNHEM["code"] else REGION
        self.routes.append({**body, "area": area})
        return self.arranged(request, body, region)

    def set_broker(self, request: httpx2.Request, body: Any, region: str) -> JSON:
        self.brokers.append(body)
        return self.arranged(request, body, region)

    def list_contacts(self, request: httpx2.Request, _: Any, region: str) -> JSON:
        return {"items": self.contacts, "next": None}

    def add_contact(self, request: httpx2.Request, body: Any, region: str) -> httpx2.Response:
        self.contacts.append(a_contact(len(self.contacts) + 1, **{**body, "municipality": None}))
        return httpx2.Response(201, json=self.contacts[-1])

    def change_contact(self, request: httpx2.Request, body: Any, region: str, contact: str) -> JSON | httpx2.Response:
        (known,) = (each for each in self.contacts if each["id"] == contact)
        if request.headers["If-Match"] != known["etag"]:
            return problem(412, "changed-meanwhile", "Ondertussen gewijzigd.")
        known.update({**body, "municipality": ARNHEM} if body else {"checkedOn": day(0), "freshness": "fresh"})
        known["etag"] = '"2"'
        return known

    def drop_contact(self, request: httpx2.Request, _: Any, region: str, contact: str) -> httpx2.Response:
        self.contacts = [each for each in self.contacts if each["id"] != contact]
        return httpx2.Response(204)


DESK_ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "referrals", FakeDesks.list_inbox),
    ("GET", "referrals/([^/]+)", FakeDesks.one_referral),
    ("POST", "referrals/([^/]+)/(answer|withdrawal|sharpening)", FakeDesks.answered_referral),
    ("POST", "referrals/([^/]+)/events", FakeDesks.provider_told),
    ("GET", "regions/([^/]+)/ret-agenda", FakeDesks.list_agenda),
    ("GET", "regions/([^/]+)/ret-agenda/([^/]+)", FakeDesks.one_item),
    ("GET", "regions/([^/]+)/network", FakeDesks.network_of),
    ("GET", "regions/([^/]+)/reports", FakeDesks.list_reports),
    ("GET", "regions/([^/]+)/worryingly-waiting", FakeDesks.list_waiting),
    ("GET", "regions/([^/]+)/contact-register", FakeDesks.register),
    ("PUT", "regions/([^/]+)/contact-register", FakeDesks.keep_register),
    ("GET", "regions/([^/]+)/arrangements", FakeDesks.arranged),
    ("PUT", "regions/([^/]+)/enrolment-routes", FakeDesks.set_route),
    ("PUT", "regions/([^/]+)/care-broker", FakeDesks.set_broker),
    ("GET", "regions/([^/]+)/contacts", FakeDesks.list_contacts),
    ("POST", "regions/([^/]+)/contacts", FakeDesks.add_contact),
    ("PUT", "regions/([^/]+)/contacts/([^/]+)", FakeDesks.change_contact),
    ("POST", "regions/([^/]+)/contacts/([^/]+)/confirmation", FakeDesks.change_contact),
    ("DELETE", "regions/([^/]+)/contacts/([^/]+)", FakeDesks.drop_contact),
)
"""Method, path and who answers; what is not here, the fakes below know."""
