"""A youth-protection table says when it is free; past two weeks the neighbours with room are shown."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.protection_tables import queries
from tests.availability.builders import ARNHEM
from tests.conftest import Token

TODAY = date.today()  # noqa: DTZ011 - the service's own day is tested elsewhere
REGION = "JZ28"


def _day(later: int) -> str:
    return (TODAY + timedelta(days=later)).isoformat()


class Tables:
    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        self.client, self.session, self.token = client, session, token

    def state(self, later: int, region: str = REGION, role: str = "regional-contact", **headers: str) -> Any:
        said = {"Authorization": self.token(role, "-" if role == "admin" else REGION)}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        path = f"/protection-tables/{region}/statement"
        return self.client.put(path, json={"nextFreeOn": _day(later)}, headers=said)

    def first(self, later: int, region: str = REGION) -> Any:
        return self.state(later, region, "admin", If_None_Match="*")

    def get(self, path: str = f"/{REGION}") -> Any:
        return self.client.get(f"/protection-tables{path}", headers={"Authorization": self.token("local-team", ARNHEM)})


@pytest.fixture
def tables(client: TestClient, session: Session, token: Token) -> Tables:
    return Tables(client, session, token)


def test_a_table_that_never_said_anything_is_unknown(tables: Tables) -> None:
    told = tables.get().json()
    assert (told["nextFreeOn"], told["freshness"], told["pastNorm"], told["etag"]) == (None, None, None, None)


def test_what_it_says_holds_until_it_says_otherwise(tables: Tables) -> None:
    assert tables.state(3).status_code == 428
    first = tables.state(3, If_None_Match="*")
    assert first.status_code == 200, first.text
    assert tables.state(4, If_None_Match="*").status_code == 412
    second = tables.state(10, If_Match=first.headers["ETag"])
    assert tables.state(5, If_Match=first.headers["ETag"]).status_code == 412
    now = tables.get()
    assert (now.json()["nextFreeOn"], now.json()["freshness"], now.json()["pastNorm"]) == (_day(10), "fresh", False)
    assert now.headers["ETag"] == second.headers["ETag"] == now.json()["etag"]
    said = tables.get(f"/{REGION}/history").json()["items"]
    assert [each["nextFreeOn"] for each in said] == [_day(10), _day(3)]


def test_past_the_norm_the_neighbours_with_room_are_shown_soonest_first(tables: Tables) -> None:
    near = sorted(queries.neighbours(tables.session, REGION, TODAY), key=str)
    assert 2 <= len(near) <= 12
    assert "JZ01" not in near
    for later, region in zip((9, 2, 30), near, strict=False):
        tables.first(later, region)
    tables.first(1, "JZ01")
    tables.first(20)
    told = tables.get().json()
    assert told["pastNorm"]
    assert [each["region"]["code"] for each in told["neighbours"]] == [near[1], near[0]]
    assert all(0 < each["distanceKm"] < 150 for each in told["neighbours"])


def test_within_the_norm_nobody_looks_elsewhere(tables: Tables) -> None:
    near = next(iter(queries.neighbours(tables.session, REGION, TODAY)))
    tables.first(1, near)
    tables.first(14)
    assert tables.get().json()["neighbours"] == []


def test_neighbours_are_each_others(session: Session) -> None:
    regions = list(session.execute(text("SELECT code FROM youth_region")).scalars())
    pairs = {(one, other) for one in regions[:6] for other in queries.neighbours(session, one, TODAY)}
    for one, other in pairs:
        assert one in queries.neighbours(session, other, TODAY)


@pytest.mark.parametrize("later", [-1, 400])
def test_a_day_that_cannot_be_meant_is_refused(tables: Tables, later: int) -> None:
    refused = tables.state(later, If_None_Match="*")
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/nextFreeOn"]


def test_only_the_regions_own_contact_person_speaks_for_its_table(tables: Tables) -> None:
    assert tables.state(3, "JZ01", If_None_Match="*").status_code == 403
    assert tables.state(3, role="contract-manager", If_None_Match="*").status_code == 403
    assert tables.state(3, "JZ99", If_None_Match="*").status_code == 404


def test_every_region_has_its_line(tables: Tables) -> None:
    tables.first(3)
    lines = {each["region"]["code"]: each["nextFreeOn"] for each in tables.get("").json()["items"]}
    assert len(lines) >= 41
    assert (lines[REGION], lines["JZ01"]) == (_day(3), None)
