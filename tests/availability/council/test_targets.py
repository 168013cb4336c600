"""What a region aims at: chosen by its chair or contract manager, seen by everybody, and never forgotten."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.app import create_app
from tests.availability.council.published import LAST, QUARTERS, REGION, publish
from tests.conftest import Token, demo_settings, started

ADDRESS = f"/regions/{REGION}/targets"
IN_TIME = {"indicator": "started-in-time", "value": 75, "validFrom": "2026-07-01"}
WAIT = {"indicator": "realised-wait", "value": 12.5, "validFrom": "2026-07-01"}


class Chair:
    """Somebody who may set targets, and sends what she saw along."""

    def __init__(self, client: TestClient, token: Token) -> None:
        self.client, self.token = client, token

    def puts(self, *targets: Any, role: str = "ret-chair", organisation: str = REGION, **seen: str) -> Response:
        etag = self.client.get(ADDRESS).headers.get("ETag")
        versions = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = {"Authorization": self.token(role, organisation), **(seen or versions)}
        return self.client.put(ADDRESS, json={"targets": list(targets)}, headers=headers)

    def sees(self, indicator: str) -> dict[str, Any]:
        told = self.client.get(ADDRESS).json()["targets"]
        return next(dict(each) for each in told if each["indicator"]["code"] == indicator)


@pytest.fixture
def chair(client: TestClient, token: Token) -> Chair:
    return Chair(client, token)


def test_before_a_choice_everybody_sees_what_is_usual(chair: Chair) -> None:
    wait = chair.sees("realised-wait")

    assert (wait["usual"], wait["own"], wait["history"]) == (14, None, [])
    assert "ret" not in [each["indicator"]["code"] for each in chair.client.get(ADDRESS).json()["targets"]]


@pytest.mark.parametrize("role", ["ret-chair", "contract-manager"])
def test_a_region_chooses_its_targets(chair: Chair, role: str) -> None:
    answer = chair.puts(IN_TIME, WAIT, role=role)

    assert answer.status_code == 200, answer.text
    assert answer.headers["ETag"] == answer.json()["etag"]
    assert chair.sees("realised-wait")["own"]["value"] == 12.5
    assert chair.sees("refused")["own"] is None


def test_what_was_chosen_before_stays_to_be_seen(chair: Chair) -> None:
    chair.puts(IN_TIME)
    chair.puts({**IN_TIME, "value": 80, "validFrom": "2027-01-01"})
    chair.puts()
    found = chair.sees("started-in-time")

    assert found["own"] is None
    assert [(each["value"], each["validFrom"]) for each in found["history"]][1:] == [
        (80, "2027-01-01"),
        (75, "2026-07-01"),
    ]
    assert found["history"][0]["value"] is None


def test_who_chose_is_kept_under_the_name_that_regions_have_elsewhere(chair: Chair, session: Session) -> None:
    chair.puts(IN_TIME)

    kept = session.execute(text("SELECT record_kind, record_id FROM audit_entry WHERE action = 'keep-targets'")).all()
    assert kept == [("youth_region", REGION)]


def test_saying_the_same_again_adds_nothing(chair: Chair) -> None:
    first, second = chair.puts(IN_TIME), chair.puts(IN_TIME)

    assert second.status_code == 200
    assert first.headers["ETag"] == second.headers["ETag"]
    assert len(chair.sees("started-in-time")["history"]) == 1


def test_the_report_knows_it_at_once(chair: Chair, session: Session) -> None:
    publish(session, QUARTERS[-1:])
    chair.puts(IN_TIME)

    figures = chair.client.get(f"/council-reports/{REGION}?period={LAST}").json()["figures"]
    (target,) = [each["target"] for each in figures if each["indicator"]["code"] == "started-in-time"]
    assert (target["value"], target["own"], target["afterwards"]) == (75, True, True)


@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [
        ("ret-chair", "JZ32", 403),
        ("contract-manager", "JZ32", 403),
        ("provider", "90000001", 403),
        ("local-team", "GM0202", 403),
        ("regional-contact", REGION, 403),
        ("admin", "-", 200),
    ],
)
def test_nobody_else_sets_a_regions_targets(chair: Chair, role: str, organisation: str, status: int) -> None:
    assert chair.puts(IN_TIME, role=role, organisation=organisation).status_code == status


def test_who_did_not_see_the_newest_changes_nothing(chair: Chair) -> None:
    chair.puts(IN_TIME)

    assert chair.puts(WAIT, **{"If-Match": '"1"'}).status_code == 412
    assert chair.puts(WAIT, **{"If-None-Match": "*"}).status_code == 412
    assert chair.puts(WAIT, **{"If-Match": ""}).status_code == 412
    headers = {"Authorization": chair.token("ret-chair", REGION)}
    assert chair.client.put(ADDRESS, json={"targets": []}, headers=headers).status_code == 428
    assert chair.sees("realised-wait")["own"] is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": 101}, "Dit kan niet kloppen: geef hoogstens 100."),
        ({"value": 0}, "Geef een getal boven 0."),
        ({"value": True}, "Geef een getal."),
        ({"value": 75.55}, "Geef hoogstens één cijfer achter de komma."),
        ({"indicator": "ret"}, "Voor dit cijfer is geen doel mogelijk."),
        ({"indicator": "happiness"}, "Voor dit cijfer is geen doel mogelijk."),
        ({"validFrom": "2014-12-31"}, "Geef een dag vanaf 1 januari 2015."),
        ({"why": "omdat"}, "Dit veld bestaat niet."),
    ],
)
def test_what_cannot_be_right_is_said_at_the_field(chair: Chair, changed: dict[str, Any], said: str) -> None:
    answer = chair.puts({**IN_TIME, **changed})

    assert answer.status_code == 400
    assert said in [each["detail"] for each in answer.json()["errors"]]


def test_one_indicator_has_one_target(chair: Chair) -> None:
    answer = chair.puts(IN_TIME, {**IN_TIME, "value": 80})

    assert [each["detail"] for each in answer.json()["errors"]] == ["Geef per cijfer één doel."]


def test_of_an_unknown_region_there_is_nothing(chair: Chair) -> None:
    headers = {"Authorization": chair.token("admin", "-"), "If-None-Match": "*"}

    assert chair.client.get("/regions/JZ99/targets").status_code == 404
    assert chair.client.put("/regions/JZ99/targets", json={"targets": []}, headers=headers).status_code == 404


@pytest.mark.slow
def test_of_two_at_once_one_is_told_that_the_other_was_before(own_database_url: str, token: Token) -> None:
    with started(create_app(demo_settings(own_database_url))) as client, ThreadPoolExecutor(8) as pool:
        headers = {"Authorization": token("ret-chair", REGION), "If-None-Match": "*"}
        values = [{"targets": [{**IN_TIME, "value": 70 + at}]} for at in range(8)]
        answers = list(pool.map(lambda body: client.put(ADDRESS, json=body, headers=headers).status_code, values))

    assert sorted(answers) == [200] + [412] * 7
