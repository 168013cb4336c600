"""A small API in memory, at the transport: the screens talk to it as to the real one.

It judges nothing. It answers the shapes of the contract with what a test puts in, and keeps the rules that the screens
must cope with: versions, faults, an unlikely jump, an expired token.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2

JSON = dict[str, Any]

TODAY = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
NOW = datetime.now(UTC).isoformat()
TOKEN = "proef"
PROVIDER = {"agbCode": "98000001", "name": "De Wilgen"}
ARNHEM = {"code": "GM0202", "name": "Arnhem"}
REGION = {"code": "JZ28", "name": "Centraal Gelderland"}

CASE = "0b6c2f0e-6f5c-4d0e-9a55-0d6f9f0a7c11"

TOWNS = {"GM0202": ("Arnhem", 5.91, 51.98), "GM0228": ("Ede", 5.66, 52.04), "GM0268": ("Nijmegen", 5.85, 51.84)}


def day(later: int) -> str:
    return (TODAY + timedelta(days=later)).isoformat()


def a_care_type(code: str = "gezinshuis", name: str = "Gezinshuis", **other: Any) -> JSON:
    shape = {"synonyms": [], "family": "Wonen in een gezin", "sectors": ["jo"], "stay": True, "general": False}
    rest = {"crisis": False, "description": "Wonen bij ouders met een opleiding.", "cbsForm": "12"}
    return {"code": code, "name": name, **shape, **rest, "productCategories": ["44"], **other}


def a_reason(criterion: str, points: int, maximum: int, text: str) -> JSON:
    return {"code": criterion, "criterion": criterion, "points": points, "maximum": maximum, "values": {}, "text": text}


REASONS = [
    a_reason("expected-start", 38, 45, "De hulp start waarschijnlijk over drie weken."),
    a_reason("distance", 16, 20, "Het is 8 km ver."),
    a_reason("certainty", 12, 15, "Dit is redelijk zeker."),
    a_reason("specialisms", 10, 12, "Is ingericht op een licht verstandelijke beperking."),
    a_reason("scope", 4, 4, "Lokaal gecontracteerd."),
    a_reason("answers", 2, 4, "Hoe snel deze aanbieder antwoordt, is nog niet bekend."),
]


def a_card(offer_id: int = 1, offer: str = "Gezinshuis De Wilgen", **other: Any) -> JSON:
    location = {"name": "Hoofdhuis", "place": "Arnhem", "municipality": ARNHEM, "lon": 5.92, "lat": 51.98}
    group = {
        "careType": {"code": "gezinshuis", "name": "Gezinshuis"},
        "setting": "family",
        "ageFrom": 12,
        "ageUntil": 17,
    }
    return {"offerId": offer_id, "offer": offer, "provider": PROVIDER, "location": location, **group, **other}


def a_card_seen(offer_id: int = 1, **other: Any) -> JSON:
    start = {"expectedStart": day(23), "expectedEarly": day(16), "expectedLate": day(44), "expectedWaitDays": 23}
    sure = {"statedWaitDays": 20, "certainty": "fairly-certain", "distanceKm": 8.2, "openPlaces": 1}
    stated = {"freshness": "fresh", "statedAt": NOW, "scope": "local", "contractId": 7}
    return {**a_card(offer_id), **start, **sure, **stated, **other}


def a_match(rank: int = 1, **other: Any) -> JSON:
    return {**a_card_seen(rank), "rank": rank, "score": 82, "reasons": REASONS, **other}


def matches(*found: JSON, **other: Any) -> JSON:
    excluded = {"total": 2, "byRule": [{"rule": "too-old", "count": 2, "text": "Het kind is te oud"}]}
    rest: JSON = {"nearMisses": [], "relaxations": [], "nonContracted": []}
    return {"asOf": NOW, "weightsVersion": "2026-11", "matches": list(found), "excluded": excluded, **rest, **other}


def a_near_miss(**other: Any) -> JSON:
    text = "Neemt kinderen tot en met 12 jaar; dit kind is 13."
    return {**a_card_seen(91, offer="Gezinshuis Het Anker"), "rule": "too-old", "by": 0.1, "text": text, **other}


def a_capacity(offer_id: int, version: int = 1, days_old: int = 3, **other: Any) -> JSON:
    numbers = {"totalPlaces": 12, "occupiedPlaces": 9, "reservedPlaces": 1, "openPlaces": 2, "waitingCount": 4}
    waits = {"intakeWaitDays": 14, "treatmentWaitDays": 35, "admissionStop": False, "availableFrom": None}
    flow = {"startedLast90Days": 5, "withdrawnLast90Days": 1, "note": None}
    age = "stale" if days_old > 30 else "due" if days_old > 23 else "fresh"
    said = {"statedAt": f"{day(-days_old)}T08:00:00Z", "statedBy": "98000001", "source": "dashboard"}
    when = {"freshness": age, "dueOn": day(30 - days_old), "etag": f'"{version}"'}
    return {"offerId": offer_id, **numbers, **waits, **flow, **said, **when, **other}


def an_offer(
    offer_id: int, name: str = "Ambulant gezin", *, stated: bool = True, days_old: int = 3, **numbers: Any
) -> JSON:
    where = {"municipality": ARNHEM, "lon": 5.66, "lat": 52.04}
    location = {"id": 7, "name": "Ede", "place": "Ede", "pc4": "6711", **where}
    group = {"ageFrom": 0, "ageUntil": 17, "genders": ["boy", "girl", "other"], "setting": "home", "description": None}
    needs: JSON = {
        "serves": [],
        "excludes": [],
        "onlyFor": [],
        "siblings": None,
        "pastEighteen": None,
        "travelsKm": 20.0,
        "municipalities": [],
    }
    period = {"publishedFrom": "2025-01-01", "publishedUntil": None, "distanceKm": None}
    care = {"careType": {"code": "gezinsbegeleiding", "name": "Gezinsbegeleiding thuis"}, "provider": PROVIDER}
    capacity = a_capacity(offer_id, days_old=days_old, **numbers) if stated else None
    return {
        "id": offer_id,
        "name": name,
        **care,
        "location": location,
        **group,
        **needs,
        **period,
        "etag": '"1"',
        "capacity": capacity,
        "heldPlaces": 0,
    }


def a_supply(*care_types: JSON, municipalities: tuple[JSON, ...] = ()) -> JSON:
    return {"region": REGION, "today": day(0), "careTypes": list(care_types), "municipalities": list(municipalities)}


def supply_of(name: str = "Gezinshuis", **other: Any) -> JSON:
    counts = {"offers": 9, "providers": 4, "totalPlaces": 40, "openPlaces": 3, "stops": 1, "waiting": 21}
    waits = {"medianWaitDays": 63.0, "longWaitDays": 182.0, "staleOffers": 2, "medianAgeDays": 12.0}
    care_type = {"code": "gezinshuis", "name": name, "family": "Wonen in een gezin"}
    return {"careType": care_type, **counts, **waits, **other}


def supply_in(municipality: JSON = ARNHEM, **other: Any) -> JSON:
    return {"municipality": municipality, "offers": 5, "openPlaces": 2, "waiting": 11, "medianWaitDays": 63.0, **other}


def late(name: str = "De Wilgen", **other: Any) -> JSON:
    """A contract with offers that were not kept up to date."""
    contract = {"contractId": 7, "contractNumber": "JZ28-007", "provider": {"agbCode": "98000001", "name": name}}
    counts = {"updateTermDays": 30, "offers": 4, "late": 2, "neverStated": 1, "daysLate": 12, "timesLate": 3}
    reached = {"contractedFor": "region", "phone": None, "email": None, "byEmail": "sent", "emailedOn": day(-8)}
    return {**contract, **counts, **reached, "reminders": 5, "lastStatedOn": day(-9), **other}


def a_reminder(kind: str = "capacity-stale", days_ago: int = 3, offers: int = 7) -> JSON:
    """What a provider was told of its statements."""
    said = {"title": "Uw opgave van plekken is verouderd", "text": "Kijk uw plekken na.", "link": "mijn-plekken"}
    details = [{"label": "Aantal", "text": str(offers)}]
    about = {"id": CASE, "kind": kind, "details": details, "toldAt": f"{day(-days_ago)}T06:00:00Z", "readAt": None}
    return {**said, **about}


def a_start(days_ago: int = 10, waited: int = 63, stated: int = 42) -> JSON:
    known = {"startedOn": day(-days_ago), "waitedDays": waited, "statedWaitDays": stated}
    return {**known, "afterAllocationDays": waited - 8}


def an_offer_seen(offer_id: int = 1, name: str = "Gezinshuis De Wilgen", **other: Any) -> JSON:
    """One offer in a provider's own image."""
    what = {"offerId": offer_id, "name": name, "careType": {"code": "gezinshuis", "name": "Gezinshuis"}}
    said = {"place": "Arnhem", "statedAt": NOW, "ageDays": 40, "freshness": "stale", "dueOn": day(-10)}
    said["statedWaitDays"] = 42
    real = {"realisedWaitDays": 63, "lateDays": 21, "starts": [a_start(), a_start(30)]}
    lost = [{"criterion": "expected-start", "points": 9.5}, {"criterion": "certainty", "points": 2.5}]
    ranked = {"rank": 4, "of": 9, "lost": lost, "fresh": {"points": 2.5, "rank": 3}}
    return {**what, **said, **real, "ranked": ranked, **other}


def an_image(*offers: JSON, **other: Any) -> JSON:
    """What a provider gets back."""
    needs = [{"code": "agressie", "name": "Agressie"}, {"code": "autisme", "name": "Autisme"}]
    care = [{"careType": {"code": "gezinshuis", "name": "Gezinshuis"}, "count": 12}]
    rules = [{"rule": "too-old", "text": "kind te oud", "count": 7, "needs": needs}]
    unserved = {"count": 12, "byRule": rules, "other": 5, "byCareType": care, "otherCareTypes": 0}
    places = {"first": 5, "topThree": 8, "topTen": 6, "lower": 0}
    days = {"since": day(-145), "until": day(-53), "rankedSince": day(-91), "rankedUntil": day(-1)}
    return {**days, "served": 19, "places": places, "unserved": unserved, "offers": list(offers), **other}


def an_area(code: str) -> JSON:
    name, lon, lat = TOWNS[code]
    ring = [[lon - 0.1, lat - 0.05], [lon + 0.1, lat - 0.05], [lon + 0.1, lat + 0.05], [lon - 0.1, lat - 0.05]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": code, "properties": {"name": name, "youthRegion": "JZ28"}, "geometry": geometry}


def problem(status: int, code: str, detail: str, *errors: JSON) -> httpx2.Response:
    body = {
        "type": f"https://zorg.example/problemen/{code}",
        "title": "Dit kan niet",
        "status": status,
        "detail": detail,
    }
    content = {**body, **({"errors": list(errors)} if errors else {})}
    return httpx2.Response(status, json=content, headers={"Content-Type": "application/problem+json"})


@dataclass
class FakeApi:
    """What the API knows; tests fill it in and look at `asked`."""

    role: str = "local-team"
    organisation: str = "GM0202"
    organisation_name: str = "Gemeente Arnhem"
    answer: JSON = field(default_factory=lambda: matches(a_match()))
    offers: dict[int, JSON] = field(default_factory=dict)
    supply: JSON = field(default_factory=lambda: a_supply(supply_of(), municipalities=(supply_in(),)))
    lateness: list[JSON] = field(default_factory=lambda: [late()])
    lateness_counts: JSON = field(default_factory=dict)
    """Where they are no sums: of offers that several contracts cover."""
    contact_addresses: list[JSON] = field(default_factory=list)
    reminders: list[JSON] = field(default_factory=list)
    image: JSON = field(default_factory=lambda: an_image(an_offer_seen()))
    history: list[JSON] = field(default_factory=list)
    confirmed: dict[int, JSON] = field(default_factory=dict)
    """What was said before "niet veranderd"."""
    demo: bool = True
    down: bool = False
    expired: bool = False
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    """Method, path and body of every request."""
    answered: list[httpx2.Response] = field(default_factory=list)

    def transport(self) -> httpx2.MockTransport:
        return httpx2.MockTransport(self.handle)

    def bodies(self, method: str, path: str) -> list[Any]:
        return [body for how, where, body in self.asked if (how, where) == (method, path)]

    def state(self, offer_id: int, **numbers: Any) -> JSON:
        """Somebody states new numbers."""
        offer = self.offers[offer_id]
        version = int(offer["capacity"]["etag"].strip('"')) + 1 if offer["capacity"] else 1
        offer["capacity"] = a_capacity(offer_id, version, 0, **{**_figures(offer["capacity"]), **numbers})
        return dict(offer["capacity"])

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        if self.down:
            raise httpx2.ConnectError("down")
        self.answered.append(self._answer(request))
        return self.answered[-1]

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        body = json.loads(request.content) if request.content else None
        self.asked.append((request.method, path, body))
        for method, pattern, public, answer in ROUTES:
            found = re.fullmatch(pattern, path)
            if not found or method != request.method:
                continue
            if not public and (self.expired or request.headers.get("Authorization") != f"Bearer {TOKEN}"):
                return problem(401, "unauthenticated", "Uw aanmelding is verlopen. Meld u opnieuw aan.")
            result = answer(self, request, *found.groups())
            return result if isinstance(result, httpx2.Response) else httpx2.Response(200, json=result)
        return problem(404, "not-found", "Dit bestaat niet.")

    # --- one method per route ---

    def me(self, _: httpx2.Request) -> JSON:
        name = self.organisation_name
        return {"subject": "demo-1", "role": self.role, "organisation": self.organisation, "organisationName": name}

    def accounts(self, _: httpx2.Request) -> JSON | httpx2.Response:
        if not self.demo:
            return problem(404, "not-found", "Dit bestaat niet.")
        who = {"role": self.role, "organisation": self.organisation, "organisationName": self.organisation_name}
        return {"items": [{**who, "roleName": "Lokaal team", "note": "Zoekt een plek."}], "next": None}

    def mint(self, _: httpx2.Request) -> JSON:
        return {"token": TOKEN, "expiresAt": (datetime.now(UTC) + timedelta(hours=12)).isoformat()}

    def care_types(self, _: httpx2.Request) -> JSON:
        return {"items": self._known_care_types(), "next": None}

    def interpret(self, request: httpx2.Request) -> JSON:
        wanted = json.loads(request.content)["text"].lower().split()

        def meant(each: JSON) -> bool:
            said = " ".join([each["name"], *each["synonyms"]]).lower()
            return any(word in said for word in wanted)

        return {
            "careTypes": [each for each in self._known_care_types() if meant(each)],
            "needs": [each for each in self.needs(request)["items"] if meant(each)],
        }

    def _known_care_types(self) -> list[JSON]:
        return [
            a_care_type(synonyms=["gezinsvervangend huis"]),
            a_care_type("pleegzorg", "Pleegzorg", synonyms=["pleeggezin", "pleegouders"]),
            a_care_type("traumabehandeling", "Traumabehandeling", family="Behandeling", synonyms=["EMDR"]),
        ]

    def needs(self, _: httpx2.Request) -> JSON:
        lvb = {"code": "lvb", "name": "Licht verstandelijke beperking", "synonyms": ["LVB", "laag IQ"]}
        return {"items": [lvb, {"code": "autisme", "name": "Autisme", "synonyms": ["ASS"]}], "next": None}

    def municipalities(self, _: httpx2.Request) -> JSON:
        shape = {"province": "Gelderland", "youthRegion": REGION, "population": 160000, "populationYear": 2025}
        youth = {"youthPopulation": 33000, "youthCarePct": 11.2}
        towns = [
            {"code": code, "name": name, **shape, **youth, "centre": {"lon": lon, "lat": lat}}
            for code, (name, lon, lat) in TOWNS.items()
        ]
        return {"items": towns, "next": None}

    def regions(self, _: httpx2.Request) -> JSON:
        counts = {"population": 700000, "youthPopulation": 140000, "alsoKnownAs": None}
        return {"items": [{**REGION, **counts, "municipalities": list(TOWNS)}], "next": None}

    def areas(self, _: httpx2.Request) -> JSON:
        return {"type": "FeatureCollection", "features": [an_area(code) for code in TOWNS]}

    def match(self, _: httpx2.Request) -> JSON:
        return self.answer

    def open_case(self, request: httpx2.Request) -> httpx2.Response:
        case = {"id": CASE, "organisation": "GM0202", "openedAt": NOW, "etag": '"1"', **json.loads(request.content)}
        return httpx2.Response(201, json=case, headers={"Location": f"/v1/care-requests/{CASE}", "ETag": '"1"'})

    def rank_case(self, _: httpx2.Request, case: str) -> httpx2.Response:
        told = {"id": case, "rankedAt": NOW, "today": day(0), "asOf": NOW, "weightsVersion": "2026-11", "matches": 1}
        return httpx2.Response(201, json={**told, "answer": self.answer})

    def list_offers(self, request: httpx2.Request) -> JSON:
        """Two to a page, so that every test walks the cursor."""
        start, everything = int(request.url.params.get("cursor", "0")), list(self.offers.values())
        return {"items": everything[start : start + 2], "next": str(start + 2) if start + 2 < len(everything) else None}

    def capacity(self, _: httpx2.Request, offer_id: str) -> JSON:
        return dict(self.offers[int(offer_id)]["capacity"])

    def put_capacity(self, request: httpx2.Request, offer_id: str) -> JSON | httpx2.Response:
        current, stated = self.offers[int(offer_id)]["capacity"], json.loads(request.content)
        if refused := precondition(request, current) or _faults(stated, current):
            return refused
        return self.state(int(offer_id), **{name: stated.get(name) for name in _ALL_FIGURES})

    def confirm(self, request: httpx2.Request, offer_id: str) -> JSON | httpx2.Response:
        current = self.offers[int(offer_id)]["capacity"]
        if refused := precondition(request, current):
            return refused
        self.confirmed[int(offer_id)] = current
        return self.state(int(offer_id), **_figures(current))

    def take_back(self, request: httpx2.Request, offer_id: str) -> JSON | httpx2.Response:
        offer = self.offers[int(offer_id)]
        if refused := precondition(request, offer["capacity"]):
            return refused
        version = int(offer["capacity"]["etag"].strip('"')) + 1
        offer["capacity"] = self.confirmed.pop(int(offer_id)) | {"etag": f'"{version}"'}
        return dict(offer["capacity"])

    def region_lateness(self, request: httpx2.Request, code: str) -> JSON | httpx2.Response:
        if request.url.params.get("format") == "csv":
            return httpx2.Response(200, content=b"Contract;Aanbieder", headers={"Content-Type": "text/csv"})
        if isinstance(self.lateness, httpx2.Response):
            return self.lateness
        counts = {name: sum(each[name] for each in self.lateness) for name in ("offers", "late", "neverStated")}
        return {"today": day(0), **counts, **self.lateness_counts, "items": self.lateness}

    def feedback(self, _: httpx2.Request) -> JSON:
        return self.image

    def capacity_history(self, _: httpx2.Request, offer_id: str) -> JSON:
        return {"items": self.history, "next": None}

    def list_contact_addresses(self, _: httpx2.Request) -> JSON:
        return {"items": self.contact_addresses, "next": None}

    def add_contact_address(self, request: httpx2.Request) -> httpx2.Response:
        email = json.loads(request.content)["email"]
        if "@" not in email:
            fault = {"pointer": "/email", "detail": "Geef een e-mailadres, zoals intake@organisatie.nl."}
            return problem(400, "invalid-input", "De invoer klopt niet.", {**fault, "code": "email"})
        kept = {"id": f"{CASE[:-2]}{len(self.contact_addresses):02}", "email": email, "kinds": [], "madeAt": NOW}
        self.contact_addresses.append(kept)
        return httpx2.Response(201, json=kept)

    def remove_contact_address(self, _: httpx2.Request, address: str) -> httpx2.Response:
        self.contact_addresses = [each for each in self.contact_addresses if each["id"] != address]
        return httpx2.Response(204)

    def notices(self, _: httpx2.Request) -> JSON:
        return {"items": self.reminders, "next": None, "unread": len(self.reminders)}

    def region_supply(self, _: httpx2.Request, code: str) -> JSON:
        return self.supply


_FIGURES = (
    "totalPlaces", "occupiedPlaces", "reservedPlaces", "openPlaces", "intakeWaitDays", "treatmentWaitDays",
    "admissionStop",
)  # fmt: skip
_ALL_FIGURES = (
    *_FIGURES, "waitingCount", "availableFrom", "startedLast90Days", "withdrawnLast90Days", "note",
)  # fmt: skip

Route = tuple[str, str, bool, Callable[..., JSON | httpx2.Response]]

ROUTES: tuple[Route, ...] = (
    ("GET", "me", False, FakeApi.me),
    ("GET", "demo-accounts", True, FakeApi.accounts),
    ("POST", "demo-tokens", True, FakeApi.mint),
    ("GET", "care-types", True, FakeApi.care_types),
    ("GET", "needs", True, FakeApi.needs),
    ("POST", "interpretations", True, FakeApi.interpret),
    ("GET", "municipalities", True, FakeApi.municipalities),
    ("GET", "youth-regions", True, FakeApi.regions),
    ("GET", "areas", True, FakeApi.areas),
    ("POST", "matches", False, FakeApi.match),
    ("POST", "care-requests", False, FakeApi.open_case),
    ("POST", "care-requests/([^/]+)/rankings", False, FakeApi.rank_case),
    ("GET", "offers", True, FakeApi.list_offers),
    ("GET", r"offers/(\d+)/capacity", False, FakeApi.capacity),
    ("PUT", r"offers/(\d+)/capacity", False, FakeApi.put_capacity),
    ("POST", r"offers/(\d+)/capacity/confirmation", False, FakeApi.confirm),
    ("DELETE", r"offers/(\d+)/capacity/confirmation", False, FakeApi.take_back),
    ("GET", r"regions/([^/]+)/supply", False, FakeApi.region_supply),
    ("GET", r"(?:regions|municipalities)/([^/]+)/lateness", False, FakeApi.region_lateness),
    ("GET", "feedback", False, FakeApi.feedback),
    ("GET", r"offers/(\d+)/capacity/history", False, FakeApi.capacity_history),
    ("GET", r"contact-addresses", False, FakeApi.list_contact_addresses),
    ("POST", r"contact-addresses", False, FakeApi.add_contact_address),
    ("DELETE", r"contact-addresses/([^/]+)", False, FakeApi.remove_contact_address),
    ("GET", "notices", False, FakeApi.notices),
)
"""Method, path, whether it is public, and who answers."""


def _figures(capacity: JSON | None) -> JSON:
    return {name: capacity[name] for name in _ALL_FIGURES} if capacity else {}


def precondition(request: httpx2.Request, current: JSON | None) -> httpx2.Response | None:
    """The refusal of who did not see the current version."""
    seen = request.headers.get("If-Match")
    if current is None:
        return None if request.headers.get("If-None-Match") == "*" else problem(428, "precondition-missing", "Welke?")
    if seen is None:
        return problem(428, "precondition-missing", "Geef aan welke versie u wijzigt.")
    return None if seen == current["etag"] else problem(412, "changed-meanwhile", "Ondertussen gewijzigd.")


def _faults(stated: JSON, current: JSON | None) -> httpx2.Response | None:
    left = stated["totalPlaces"] - stated["occupiedPlaces"] - stated["reservedPlaces"]
    if stated["openPlaces"] > max(0, left):
        detail = f"Vrij ({stated['openPlaces']}) is meer dan er over is: {left}."
        return problem(
            400, "invalid-input", "De invoer klopt niet.", {"pointer": "/openPlaces", "detail": detail, "code": "x"}
        )
    if current and stated["totalPlaces"] > 10 * current["totalPlaces"] + 50 and not stated.get("confirmed"):
        return problem(409, "unlikely-jump", "Van 12 naar 900 plekken is een grote sprong. Klopt dat?")
    return None
