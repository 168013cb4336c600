"""A region names what must always be there, changes it and takes it back; what held before stays what it was."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.availability.guarantees.builders import REGION, TODAY, ago
from tests.availability.guarantees.conftest import ALWAYS_A_FAMILY_HOME, Chair
from tests.conftest import Token


def test_a_promise_is_told_as_it_was_named(chair: Chair) -> None:
    made = chair.promise(ageFrom=12, ageUntil=17, maxKm=30, withinDays=14, places=2)
    assert made.status_code == 201, made.text
    assert made.json().items() >= {
        "name": "Gezinshuis", "careType": {"code": "gezinshuis", "name": "Gezinshuis"}, "family": None,
        "validFrom": TODAY.isoformat(), "validUntil": None, "etag": '"1"',
        "sentence": "Twee plekken met start binnen twee weken, voor 12 tot en met 17 jaar, binnen de regio,"
        " hoogstens 30 km",
    }.items()  # fmt: skip
    assert chair.promises() == [made.json()]


def test_a_whole_family_can_be_promised(chair: Chair) -> None:
    made = chair.promise(careType=None, family="Wonen in een gezin")
    assert (made.json()["name"], made.json()["careType"]) == ("Wonen in een gezin", None)


def test_a_promise_is_changed_by_who_saw_it_and_keeps_its_past(chair: Chair, session: Session) -> None:
    made = chair.promise().json()
    path, more = f"{REGION}/guarantees/{made['id']}", ALWAYS_A_FAMILY_HOME | {"places": 2}
    assert chair.send("PUT", path, more).status_code == 428
    assert chair.send("PUT", path, more, '"7"').status_code == 412
    changed = chair.send("PUT", path, more, made["etag"])
    assert (changed.status_code, changed.headers["etag"], changed.json()["places"]) == (200, '"2"', 2)
    assert chair.send("PUT", path, more, made["etag"]).status_code == 412
    kept = session.execute(text("SELECT version, places, stated_by FROM guarantee_version ORDER BY version")).all()
    assert [(row.version, row.places) for row in kept] == [(1, 1), (2, 2)]
    assert all(row.stated_by.startswith(f"{REGION}:") for row in kept)


def test_a_promise_that_was_taken_back_is_gone(chair: Chair) -> None:
    made = chair.promise().json()
    path = f"{REGION}/guarantees/{made['id']}"
    assert chair.send("DELETE", path).status_code == 428
    assert chair.send("DELETE", path, if_match=made["etag"]).status_code == 204
    assert chair.promises() == chair.standings() == []
    assert chair.send("DELETE", path, if_match="*").status_code == 404
    assert chair.send("PUT", path, ALWAYS_A_FAMILY_HOME, "*").status_code == 404
    assert chair.promise().status_code == 201


def test_a_promise_for_later_is_listed_and_does_not_count_yet(chair: Chair) -> None:
    assert chair.promise(validFrom=ago(-1).isoformat()).status_code == 201
    assert len(chair.promises()) == 1
    assert chair.standings() == []


def test_the_same_promise_is_made_once(chair: Chair) -> None:
    assert [chair.promise().status_code, chair.promise().status_code] == [201, 409]
    other = chair.promise(places=2).json()
    again = chair.send("PUT", f"{REGION}/guarantees/{other['id']}", ALWAYS_A_FAMILY_HOME, other["etag"])
    assert (again.status_code, again.json()["detail"]) == (409, "Deze afspraak staat er al.")


@pytest.mark.parametrize(
    ("terms", "pointers"),
    [
        ({"careType": None}, ["/careType"]),
        ({"family": "Wonen in een gezin"}, ["/careType"]),
        ({"careType": "bestaat-niet"}, ["/careType"]),
        ({"careType": None, "family": "Bestaat niet"}, ["/family"]),
        ({"ageFrom": 12}, ["/ageFrom"]),
        ({"ageFrom": 12, "ageUntil": 11}, ["/ageUntil"]),
        ({"validFrom": "2026-11-19"}, ["/validFrom"]),
        ({"validUntil": "2026-11-19"}, ["/validUntil"]),
        ({"careType": None, "ageFrom": 3, "validFrom": "2026-11-19"}, ["/careType", "/ageFrom", "/validFrom"]),
        ({"places": 0, "maxKm": 401, "reach": "moon", "extra": 1}, ["/reach", "/maxKm", "/places", "/extra"]),
        ({"places": True, "withinDays": 366}, ["/places", "/withinDays"]),
    ],
)
def test_all_that_is_wrong_is_said_at_once(chair: Chair, terms: dict[str, object], pointers: list[str]) -> None:
    refused = chair.promise(**terms)
    assert refused.status_code == 400
    assert [fault["pointer"] for fault in refused.json()["errors"]] == pointers


@pytest.mark.parametrize("organisation", ["JZ30", "GM0202"])
@pytest.mark.parametrize("role", ["ret-chair", "contract-manager"])
def test_a_region_names_only_its_own(client: TestClient, token: Token, role: str, organisation: str) -> None:
    stranger = Chair(client, token, role, organisation)
    assert stranger.promise().status_code == 403
    assert stranger.send("GET", f"{REGION}/guarantees").status_code == 403
    assert stranger.send("GET", f"{REGION}/guarantee-standings").status_code == 403


@pytest.mark.parametrize("role", ["provider", "local-team", "regional-contact", "back-office"])
def test_others_neither_name_nor_see_them(client: TestClient, token: Token, role: str) -> None:
    stranger = Chair(client, token, role, "41000001" if role == "provider" else REGION)
    assert stranger.promise().status_code == 403
    assert stranger.send("GET", f"{REGION}/guarantee-standings").status_code == 403


def test_the_contract_manager_may_do_the_same(client: TestClient, token: Token, chair: Chair) -> None:
    made = Chair(client, token, "contract-manager").promise()
    assert made.status_code == 201
    assert chair.promises() == [made.json()]


def test_a_region_that_is_unknown_is_not_found(client: TestClient, token: Token) -> None:
    anybody = Chair(client, token, "admin", "-")
    assert anybody.send("GET", "JZ99/guarantees").status_code == 404
    assert anybody.send("POST", "JZ99/guarantees", ALWAYS_A_FAMILY_HOME).status_code == 404
    assert client.get(f"/regions/{REGION}/guarantees").status_code == 401


def test_who_named_it_is_written_down(chair: Chair, session: Session) -> None:
    made = chair.promise().json()
    chair.send("DELETE", f"{REGION}/guarantees/{made['id']}", if_match="*")
    done = session.execute(text("SELECT action FROM audit_entry WHERE record_id = :id"), {"id": made["id"]})
    assert sorted(done.scalars()) == ["end-guarantee", "name-guarantee"]


@pytest.mark.parametrize("change", ["UPDATE {} SET version = version", "DELETE FROM {}", "TRUNCATE {}"])
def test_no_version_is_changed_or_taken_away(session: Session, change: str) -> None:
    with pytest.raises(IntegrityError, match="appended, never changed"):
        session.execute(text(change.format("guarantee_version")))
