"""The contract manager of the region of Arnhem, with a provider to contract."""

from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.availability.builders import a_provider
from tests.conftest import Token

REGION = "JZ28"
"""Of which Arnhem is a member."""


class Manager:
    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        self.client, self.session, self.token = client, session, token
        self.provider = a_provider(session, name="Jeugdhulp De Eik")
        self.headers = self.as_(REGION)

    def as_(self, organisation: str, role: str = "contract-manager") -> dict[str, str]:
        return {"Authorization": self.token(role, organisation)}

    def contract(self, **given: Any) -> dict[str, Any]:
        lines = [{"careType": "gezinshuis", "area": REGION}]
        usual = {"provider": self.provider, "number": "2026-1", "scope": "regional", "validFrom": "2026-01-01"}
        return {**usual, "lines": lines, **given}

    def add(self, headers: dict[str, str] | None = None, **given: Any) -> Any:
        return self.client.post("/contracts", json=self.contract(**given), headers=headers or self.headers)

    def change(self, contract: int, seen: str | None = "*", headers: dict[str, str] | None = None, **patch: Any) -> Any:
        said = (headers or self.headers) | ({"If-Match": seen} if seen else {})
        return self.client.patch(f"/contracts/{contract}", json=patch, headers=said)

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return self.client.get(path, params=query, headers=headers or self.headers)

    def numbers(self, headers: dict[str, str] | None = None, **query: Any) -> set[str]:
        answer = self.get("/contracts", headers, limit=100, **query)
        assert answer.status_code == 200, answer.text
        return {each["number"] for each in answer.json()["items"]}


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.text
    return [fault["pointer"] for fault in answer.json()["errors"]]
