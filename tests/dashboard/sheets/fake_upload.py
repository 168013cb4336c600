"""The fake API with imports: it answers what a test says that a file would do; and hands that send one."""

import re
from typing import Any

import httpx2
from streamlit.testing.v1 import AppTest

from dashboard.texts import files
from tests.dashboard.fake_api import FakeApi

JSON = dict[str, Any]
FILE = ("plekken.xlsx", b"een bestand", "application/octet-stream")


def a_row(row: int = 2, outcome: str = "changed", **other: Any) -> JSON:
    change = {"field": "openPlaces", "column": "Vrij", "was": 2, "becomes": 1}
    offer = {"offerId": 1, "offer": "Ambulant gezin", "place": "Ede", "words": "Ambulant gezin, Ede", "how": "number"}
    shape = {"changes": [change] if outcome == "changed" else [], "faults": [], "proposals": []}
    return {"row": row, "outcome": outcome, **offer, **shape, **other}


def a_fault(code: str = "unreadable", detail: str = "Geef een heel getal.") -> JSON:
    return {"field": "openPlaces", "column": "Vrij", "detail": detail, "code": code}


def a_preview(*rows: JSON) -> JSON:
    kinds = ("changed", "first", "unchanged", "empty", "faulty")
    counts = {kind: sum(row["outcome"] == kind for row in rows) for kind in kinds}
    columns = [
        {"header": "Aanbod-id", "field": "offerId", "name": "Aanbod-id", "how": "name"},
        {"header": "Kleur", "field": None, "name": None, "how": "ignored"},
    ]
    return {
        "saved": False,
        "counts": counts,
        "sheet": "Plekken",
        "leftOutSheets": [],
        "columns": columns,
        "rows": list(rows),
        "etag": '"7"',
    }


class UploadApi(FakeApi):
    """The fake API with imports: answers what a test says a file would do."""

    without_choices: JSON = a_preview(a_row(2), a_row(3, "unchanged"))
    with_choices: JSON | None = None
    refused: httpx2.Response | None = None
    refuses_to_save: httpx2.Response | None = None

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        if not path.startswith("capacity-imports"):
            return super().handle(request)
        self.asked.append((request.method, path, request))
        if request.method == "DELETE":
            return httpx2.Response(204)
        chosen = re.search(rb'"offerId": \d+|"confirmed": true|"(Kleur|Kamers)": ("|null)', request.content)
        answer = (self.with_choices if chosen else None) or self.without_choices
        if self.refused is not None and answer is not self.with_choices:
            return self.refused
        saving = "dryRun" not in request.url.params
        if saving and self.refuses_to_save is not None:
            return self.refuses_to_save
        return httpx2.Response(200, json={**answer, "saved": saving})

    @property
    def saved(self) -> list[httpx2.Request]:
        sent = [request for _, path, request in self.asked if path == "capacity-imports"]
        return [request for request in sent if "dryRun" not in request.url.params]


def send(app: AppTest) -> AppTest:
    app.file_uploader[0].set_value(FILE)
    app = app.run()
    assert not app.exception
    return app


def column(app: AppTest, header: str) -> Any:
    return next(each for each in app.selectbox if each.label == files.WHICH_COLUMN.format(header=header))


def question(app: AppTest, row: int, name: str | None = None) -> Any:
    asked = files.WHICH_OFFER.format(row=row, name=name or "")
    return next(each for each in app.selectbox if each.label.startswith(asked.rstrip("?")))


def save_button(app: AppTest) -> Any:
    return next(each for each in app.button if each.key == "bestand-opslaan")


def strange(row: int, *likely: JSON) -> JSON:
    """A row with a name that nobody knows."""
    fault = a_fault("offer-unconfirmed" if likely else "unknown-offer", "Welk aanbod is dit?")
    unknown = {"offerId": None, "offer": f"Groep {row}", "place": None, "words": f"Groep {row}", "how": None}
    return a_row(row, "faulty", **unknown, faults=[fault], proposals=list(likely))


def likely(offer: int, name: str, likeness: int, location: str = "Huis Zuid") -> JSON:
    return {"offerId": offer, "name": name, "location": location, "place": "Ede", "likeness": likeness}
