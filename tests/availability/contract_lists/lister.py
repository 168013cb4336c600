"""The contract manager of the region of Arnhem, who keeps contracts with spreadsheets."""

from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import a_provider
from tests.availability.contracts.manager import REGION, Manager
from tests.availability.intake.planner import Cells, as_csv
from tests.conftest import Token

HEADER = ("Contractnummer", "AGB-code", "Zorgvorm", "Gebied", "Ingangsdatum", "Einddatum")


class Lister(Manager):
    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        super().__init__(client, session, token)
        self.other = a_provider(session, name="Pleegzorg Het Anker")

    def row(self, number: str = "2027-1", care: str = "Gezinshuis", area: str = REGION, **given: Any) -> Cells:
        usual = {"agb": self.provider, "first": "1-1-2027", "last": ""} | given
        return (number, usual["agb"], care, area, usual["first"], usual["last"])

    def send(self, file: bytes, choices: str | None = None, headers: dict[str, str] | None = None, **query: str) -> Any:
        seen = query.pop("if_match", None)
        return self.client.post(
            "/contract-imports",
            params=query,
            headers=(headers or self.headers) | ({"If-Match": seen} if seen else {}),
            files={"file": ("contracten", file, "application/octet-stream")},
            data={"choices": choices} if choices else None,
        )

    def preview(self, *rows: Cells, header: Cells = HEADER, choices: str | None = None) -> Any:
        """What the list would do; and nothing was done by looking."""
        before = self.changes
        answer = self.send(as_csv(header, *rows), choices, dryRun="true")
        assert answer.status_code == 200, answer.text
        assert self.changes == before
        return answer.json()

    def faults(self, *rows: Cells, header: Cells = HEADER) -> dict[int, list[tuple[str | None, str]]]:
        """Per row the column and the code of each fault."""
        found = self.preview(*rows, header=header)["faultyRows"]
        return {row["row"]: [(fault["column"], fault["code"]) for fault in row["faults"]] for row in found}

    def save(self, *rows: Cells, header: Cells = HEADER, choices: str | None = None) -> Any:
        return self.send(as_csv(header, *rows), choices)

    def kept(self, number: str) -> Any:
        """The contract with this number as it is kept."""
        (found,) = (each for each in self.get("/contracts", limit=100).json()["items"] if each["number"] == number)
        return found

    @property
    def remembered(self) -> Any:
        return self.get("/contract-imports/memory").json()

    @property
    def audited(self) -> list[str]:
        """What was done to lists, in order."""
        found = text("SELECT action FROM audit_entry WHERE action LIKE '%-list-%' ORDER BY id")
        return list(self.session.execute(found).scalars())

    @property
    def changes(self) -> int:
        found: int = self.session.execute(text("SELECT count(*) FROM contract_change")).scalar_one()
        return found
