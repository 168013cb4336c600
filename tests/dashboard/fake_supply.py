"""The fake API with what keeps supply: offers, contracts, lists, product names, tables, the quarterly report."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.dashboard.fake_api import JSON, NOW, PROVIDER, REGION, TOKEN, FakeApi, an_offer, day, precondition, problem

PLACE = {"id": 7, "name": "Ede", "pc4": "6711", "place": "Ede", "municipality": "GM0202"}
HOUSE = {"code": "gezinshuis", "name": "Gezinshuis"}
FOSTER = {"code": "pleegzorg", "name": "Pleegzorg"}


def a_contract(id_: int = 1, **other: Any) -> JSON:
    days = {"validFrom": day(-100), "validUntil": None, "suspendedFrom": None, "suspendedUntil": None}
    terms = {"number": f"2026-{id_}", "scope": "regional", "updateTermDays": 30, "answerTermDays": 5, **days}
    lines = [{"careType": HOUSE, "area": REGION}]
    return {"id": id_, "provider": PROVIDER, **terms, "lines": lines, "standing": "running", "etag": '"1"', **other}


def a_provider(code: str = "98000001", name: str = "De Wilgen", **other: Any) -> JSON:
    reached = {"phone": None, "email": "aanmelding@wilgen.example", "website": None}
    return {"agbCode": code, "name": name, **reached, "etag": '"5"', **other}


def a_table(**other: Any) -> JSON:
    said = {"nextFreeOn": day(3), "statedAt": NOW, "freshness": "fresh", "dueOn": day(3), "pastNorm": False}
    return {"region": REGION, **said, "etag": '"4"', "neighbours": [], **other}


def a_preview(**other: Any) -> JSON:
    ends = {"field": "validUntil", "column": "Einddatum", "was": None, "becomes": day(300)}
    begins = {"field": "validFrom", "column": "Ingangsdatum", "was": None, "becomes": day(30)}
    house, foster = ({"careType": care_type, "area": REGION} for care_type in (HOUSE, FOSTER))
    listed = [
        {"provider": PROVIDER, "number": "2026-1", "outcome": "changed", "rows": [2], "changes": [ends],
         "linesAdded": [foster], "linesRemoved": [house]},
        {"provider": PROVIDER, "number": "2026-9", "outcome": "new", "rows": [3], "changes": [begins],
         "linesAdded": [house, foster], "linesRemoved": []},
    ]  # fmt: skip
    counts = {"new": 1, "changed": 1, "unchanged": 0, "faulty": 0}
    rest = {
        "sheet": "",
        "leftOutSheets": [],
        "columns": [],
        "contracts": listed,
        "faultyRows": [],
        "skippedRows": [],
        "unknownProducts": [],
    }
    return {"saved": False, "counts": counts, **rest, "namedProviders": [], "etag": '"9"', **other}


def a_report(**other: Any) -> JSON:
    line = {
        "form": {"code": "12", "name": "Met verblijf: gezinsgericht"}, "region": REGION, "waitingCount": 8,
        "intakeWaitDays": 11, "treatmentWaitDays": 37, "waitDays": 48, "offers": 2, "offersNeverStated": 0,
        "offersWaitingUnknown": 0, "offersStatedBefore": 1, "oldestStatedOn": "2023-03-04",
        "howRecent": "De oudste opgave is van 4 maart 2023. Van 1 aanbod is in dit kwartaal niets opgegeven.",
        "howWaiting": "3 + 5 = 8 wachtenden.", "howWait": "(4 plekken × 42 dagen) ÷ 4 plekken = 42 dagen.", "parts": [],
    }  # fmt: skip
    whole = {"provider": PROVIDER, "quarter": "2026-Q3", "asOf": day(-50), "complete": True, "lines": [line]}
    return {**whole, **other}


@dataclass
class FakeSupply(FakeApi):
    """What a keeper of supply sees; tests fill it in."""

    offers: dict[int, JSON] = field(default_factory=lambda: {1: an_offer(1)})
    providers: list[JSON] = field(default_factory=lambda: [a_provider()])
    locations: list[JSON] = field(default_factory=lambda: [PLACE])
    contracts: list[JSON] = field(default_factory=lambda: [a_contract(1), a_contract(2, standing="ended")])
    preview: JSON = field(default_factory=a_preview)
    products: list[JSON] = field(default_factory=list)
    table: JSON = field(default_factory=a_table)
    said: list[JSON] = field(default_factory=list)
    """What the table said earlier."""
    report: JSON = field(default_factory=a_report)
    members: list[JSON] = field(default_factory=lambda: [dict(PROVIDER)])
    refusal: httpx2.Response | None = None
    """What the next change is answered with."""

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        for method, pattern, answer in SUPPLY_ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, path)):
                is_json = request.headers.get("Content-Type") == "application/json"
                self.asked.append((method, path, json.loads(request.content) if is_json else None))
                if request.headers.get("Authorization") not in {f"Bearer {TOKEN}", None}:
                    return problem(401, "unauthenticated", "Meld u opnieuw aan.")
                if self.refusal and method in {"POST", "PATCH", "PUT"}:
                    return self.refusal
                result = answer(self, request, *found.groups())
                return result if isinstance(result, httpx2.Response) else httpx2.Response(200, json=result)
        return super()._answer(request)

    def own_locations(self, _: httpx2.Request) -> JSON:
        return {"items": self.locations, "next": None}

    def add_location(self, request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(201, json={**PLACE, **json.loads(request.content)})

    def add_offer(self, request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(201, json=an_offer(2, json.loads(request.content)["name"], stated=False))

    def change_offer(self, request: httpx2.Request, offer: str) -> JSON | httpx2.Response:
        kept = self.offers[int(offer)]
        return precondition(request, kept) or _changed(kept, json.loads(request.content))

    def list_contracts(self, _: httpx2.Request) -> JSON:
        return {"items": self.contracts, "next": None}

    def add_contract(self, request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(201, json=a_contract(9, number=json.loads(request.content)["number"]))

    def change_contract(self, request: httpx2.Request, contract: str) -> JSON | httpx2.Response:
        (kept,) = (each for each in self.contracts if each["id"] == int(contract))
        patch = json.loads(request.content)
        patch |= {"lines": [_named(line) for line in patch["lines"]]} if "lines" in patch else {}
        return precondition(request, kept) or _changed(kept, patch)

    def list_providers(self, request: httpx2.Request) -> JSON:
        words = request.url.params.get("q", "").lower().split()
        found = [each for each in self.providers if all(word in f"{each}".lower() for word in words)]
        return {"items": found, "next": None}

    def add_provider(self, request: httpx2.Request) -> httpx2.Response:
        said = json.loads(request.content)
        self.providers.append(a_provider(said["agbCode"], **{"email": None, **said}))
        return httpx2.Response(201, json=self.providers[-1])

    def get_provider(self, _: httpx2.Request, code: str) -> JSON:
        return next(each for each in self.providers if each["agbCode"] == code)

    def change_provider(self, request: httpx2.Request, code: str) -> JSON | httpx2.Response:
        kept = self.get_provider(request, code)
        return precondition(request, kept) or _changed(kept, json.loads(request.content))

    def contract_history(self, _: httpx2.Request, contract: str) -> JSON:
        content = {"provider": PROVIDER["agbCode"], "number": "2026-1", "scope": "regional", "validFrom": day(-100)}
        after = {**content, "lines": [{"careType": "gezinshuis", "area": "JZ28"}]}
        change = {"version": 1, "changedAt": NOW, "changedBy": "JZ28", "source": "import", "before": None}
        return {"items": [{**change, "after": after, "changed": ["number", "lines"]}], "next": None}

    def import_contracts(self, request: httpx2.Request) -> JSON:
        return self.preview if "dryRun" in request.url.params else {**self.preview, "saved": True}

    def list_products(self, _: httpx2.Request, region: str) -> JSON:
        return {"items": self.products, "next": None}

    def name_products(self, request: httpx2.Request, region: str) -> JSON:
        said = {each["name"] for each in json.loads(request.content)["items"] if each["careType"]}
        kept = {"careType": HOUSE, "confirmedAt": NOW, "confirmedBy": "JZ28"}
        self.products = [{"name": name, **kept} for name in sorted(said)]
        return self.list_products(request, region)

    def suggest(self, request: httpx2.Request, region: str) -> JSON:
        likely = [{"careType": HOUSE, "likeness": 75}]
        return {
            "items": [
                {"name": name, "careType": FOSTER, "suggestions": []}
                if name == "Pleegzorg"
                else {"name": name, "careType": None, "suggestions": likely}
                for name in json.loads(request.content)["names"]
            ],
            "next": None,
        }

    def get_table(self, _: httpx2.Request, region: str) -> JSON:
        return self.table

    def state_table(self, request: httpx2.Request, region: str) -> JSON | httpx2.Response:
        kept = self.table if self.table["etag"] else None
        refused = precondition(request, kept)
        return refused or _changed(self.table, {**a_table(), **json.loads(request.content)})

    def table_history(self, _: httpx2.Request, region: str) -> JSON:
        return {"items": self.said, "next": None}

    def network(self, request: httpx2.Request, region: str) -> JSON:
        if request.method == "PUT":
            known = {each["agbCode"]: each for each in self.members}
            codes = json.loads(request.content)["members"]
            self.members = [known.get(code, {"agbCode": code, "name": f"Aanbieder {code}"}) for code in codes]
        return {"region": region, "members": self.members}

    def quarterly(self, _: httpx2.Request) -> JSON:
        return self.report


def _changed(kept: JSON, patch: JSON) -> JSON:
    """Changed, and another version."""
    version = int((kept["etag"] or '"0"').strip('"'))
    kept.update({**patch, "etag": f'"{version + 1}"'})
    return kept


def _named(line: JSON) -> JSON:
    return {name: {"code": code, "name": code.title()} for name, code in line.items()}


SUPPLY_ROUTES: tuple[tuple[str, str, Callable[..., JSON | httpx2.Response]], ...] = (
    ("GET", "locations", FakeSupply.own_locations),
    ("POST", "locations", FakeSupply.add_location),
    ("POST", "offers", FakeSupply.add_offer),
    ("PATCH", r"offers/(\d+)", FakeSupply.change_offer),
    ("GET", "providers", FakeSupply.list_providers),
    ("POST", "providers", FakeSupply.add_provider),
    ("GET", r"providers/(\d+)", FakeSupply.get_provider),
    ("PATCH", r"providers/(\d+)", FakeSupply.change_provider),
    ("GET", "contracts", FakeSupply.list_contracts),
    ("POST", "contracts", FakeSupply.add_contract),
    ("PATCH", r"contracts/(\d+)", FakeSupply.change_contract),
    ("GET", r"contracts/(\d+)/history", FakeSupply.contract_history),
    ("POST", "contract-imports", FakeSupply.import_contracts),
    ("GET", r"regions/(\w+)/network", FakeSupply.network),
    ("PUT", r"regions/(\w+)/network", FakeSupply.network),
    ("GET", r"regions/(\w+)/products", FakeSupply.list_products),
    ("POST", r"regions/(\w+)/products", FakeSupply.name_products),
    ("POST", r"regions/(\w+)/product-suggestions", FakeSupply.suggest),
    ("GET", r"protection-tables/(\w+)", FakeSupply.get_table),
    ("GET", r"protection-tables/(\w+)/history", FakeSupply.table_history),
    ("PUT", r"protection-tables/(\w+)/statement", FakeSupply.state_table),
    ("GET", "quarterly-report", FakeSupply.quarterly),
)
"""Method, path and who answers; the rest is the answer of `FakeApi`."""
