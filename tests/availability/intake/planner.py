"""A provider's planner with a few offers, who works with spreadsheets."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import a_location, a_provider, a_statement, an_offer
from tests.conftest import Token

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cells = Sequence[object]


def as_csv(*rows: Cells, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows).encode(encoding)


def as_workbook(*rows: Cells, merged: Iterable[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rows_of(workbook: bytes, sheet: str = "Plekken") -> list[list[Any]]:
    """What Excel would show."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(workbook))[sheet].iter_rows(values_only=True)]


class Planner:
    """Three offers in Arnhem and Ede; of the last nothing was ever stated."""

    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        self.client, self.session = client, session
        self.provider = a_provider(session)
        self.headers = {"Authorization": token("provider", self.provider)}
        arnhem = a_location(session, self.provider)
        ede = a_location(session, self.provider, place="Ede", pc4="6711", municipality_code="GM0228")
        self.willows = an_offer(session, self.provider, arnhem, name="Gezinshuis De Wilgen")
        self.anchor = an_offer(session, self.provider, ede, name="Logeeropvang Het Anker")
        self.never = an_offer(session, self.provider, ede, name="Ambulante hulp")
        self.versions = {offer: a_statement(session, offer, note="- twee groepen") for offer in self.stated}

    @property
    def stated(self) -> tuple[int, int]:
        return self.willows, self.anchor

    def template(self, **query: str) -> Any:
        return self.client.get("/capacity-imports/template", params=query, headers=self.headers)

    def send(self, file: bytes, choices: str | None = None, if_match: str | None = None, **query: str) -> Any:
        """The file in a form, as a browser or curl -F sends it."""
        return self.client.post(
            "/capacity-imports",
            params=query,
            headers=self.headers | ({"If-Match": if_match} if if_match else {}),
            files={"file": ("plekken", file, "application/octet-stream")},
            data={"choices": choices} if choices else None,
        )

    def preview(self, file: bytes, choices: str | None = None) -> Any:
        answer = self.send(file, choices, dryRun="true")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def faults(self, file: bytes, choices: str | None = None) -> dict[int, list[tuple[str | None, str]]]:
        """Per row the column and the code of each fault; and nothing was saved by looking."""
        before = self.statements
        previewed = self.preview(file, choices)
        assert self.statements == before
        return {
            row["row"]: [(fault["column"], fault["code"]) for fault in row["faults"]]
            for row in previewed["rows"]
            if row["faults"]
        }

    @property
    def statements(self) -> int:
        return self._count(
            "SELECT count(*) FROM capacity_statement JOIN offer ON offer.id = offer_id WHERE provider_agb = :provider"
        )

    @property
    def audited(self) -> int:
        return self._count("SELECT count(*) FROM audit_entry WHERE organisation = :provider")

    def current(self, offer: int) -> Any:
        return self.client.get(f"/offers/{offer}/capacity", headers=self.headers).json()

    def _count(self, query: str) -> int:
        found: int = self.session.execute(text(query), {"provider": self.provider}).scalar_one()
        return found
