"""Contracts are kept by the contract manager of their areas, and every change stays to be seen."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from availability.contracts import queries
from availability.contracts.messages import ContractContent, Line, Standing, content_of, standing_on
from availability.contracts.queries import STANDINGS
from matcher.question import Scope
from tests.availability.builders import AMSTERDAM, ARNHEM, a_contract, a_provider
from tests.availability.contracts.manager import REGION, Manager, pointers

TODAY = date.today()  # noqa: DTZ011 - the service's own day is tested elsewhere


def _day(later: int) -> str:
    return (TODAY + timedelta(days=later)).isoformat()


def test_a_contract_is_kept_as_it_was_agreed(manager: Manager) -> None:
    terms: dict[str, Any] = {"validUntil": "2028-12-31", "updateTermDays": 14, "answerTermDays": 2}
    lines = [{"careType": "gezinshuis", "area": REGION}, {"careType": "pleegzorg", "area": ARNHEM}]
    added = manager.add(**terms, lines=lines)
    assert added.status_code == 201, added.text
    kept = manager.get(added.headers["Location"].removeprefix("/v1"))
    assert kept.json() == added.json()
    assert {name: kept.json()[name] for name in terms} == terms
    assert kept.json()["provider"] == {"agbCode": manager.provider, "name": "Jeugdhulp De Eik"}
    assert [(line["careType"]["name"], line["area"]["name"]) for line in kept.json()["lines"]] == [
        ("Gezinshuis", "Centraal Gelderland"),
        ("Pleegzorg", "Arnhem"),
    ]
    assert kept.headers["ETag"] == kept.json()["etag"]


def test_every_fault_is_named_at_once(manager: Manager) -> None:
    shape = manager.add(validUntil="2025-01-01", suspendedUntil="2026-05-01", updateTermDays=0, answerTermDays=6)
    assert pointers(shape) == ["/validUntil", "/suspendedUntil", "/updateTermDays", "/answerTermDays"]
    lines = [
        {"careType": "bestaat-niet", "area": "GM9999"}, {"careType": "gezinshuis", "area": "NL"},
        {"careType": "jongerenwerk", "area": ARNHEM}, *[{"careType": "pleegzorg", "area": ARNHEM}] * 2,
    ]  # fmt: skip
    assert pointers(manager.add(provider="12345678", lines=lines)) == [
        "/provider", "/lines/0/careType", "/lines/0/area", "/lines/1/area", "/lines/2/careType", "/lines/4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"lines": []}, "/lines"),
        ({"scope": "landelijk"}, "/scope"),
        ({"validFrom": "1926-01-01"}, "/validFrom"),
        ({"number": "jan@voorbeeld.nl"}, "/number"),
        ({"answerTermDays": True}, "/answerTermDays"),
        ({"lines": [{"careType": "gezinshuis", "area": "Arnhem"}]}, "/lines/0/area"),
        ({"suspendedFrom": "2026-05-02", "suspendedUntil": "2026-05-01"}, "/suspendedUntil"),
    ],
)
def test_what_cannot_be_agreed_is_refused(manager: Manager, given: dict[str, Any], pointer: str) -> None:
    assert pointers(manager.add(**given)) == [pointer]


def test_the_same_contract_sent_twice_is_there_once(manager: Manager) -> None:
    assert [manager.add().status_code, manager.add().status_code] == [201, 409]
    other = manager.add(number="2026-2").json()
    assert manager.change(other["id"], number="2026-1").status_code == 409


def test_a_change_says_what_it_saw_and_stays_to_be_seen(manager: Manager) -> None:
    contract = manager.add().json()
    assert manager.change(contract["id"], None, updateTermDays=14).status_code == 428
    changed = manager.change(contract["id"], contract["etag"], updateTermDays=14, validUntil="2027-12-31").json()
    assert manager.change(contract["id"], contract["etag"], updateTermDays=7).status_code == 412
    same = manager.change(contract["id"], changed["etag"], updateTermDays=14).json()
    assert same["etag"] == changed["etag"]
    second, first = manager.get(f"/contracts/{contract['id']}/history").json()["items"]
    assert (first["before"], first["after"]["updateTermDays"], first["source"]) == (None, 30, "form")
    assert second["changed"] == ["validUntil", "updateTermDays"]
    assert (second["before"]["updateTermDays"], second["after"]["updateTermDays"]) == (30, 14)
    assert second["changedBy"] == REGION


def test_lines_are_replaced_as_a_whole(manager: Manager) -> None:
    contract = manager.add().json()
    lines = [{"careType": "pleegzorg", "area": ARNHEM}]
    kept = manager.change(contract["id"], lines=lines).json()["lines"]
    assert [(line["careType"]["code"], line["area"]["code"]) for line in kept] == [("pleegzorg", ARNHEM)]
    assert pointers(manager.change(contract["id"], provider=a_provider(manager.session))) == ["/provider"]


@pytest.mark.parametrize(
    ("organisation", "area", "status"),
    [
        (REGION, REGION, 201),
        (REGION, ARNHEM, 201),
        (REGION, AMSTERDAM, 403),
        (REGION, "JZ01", 403),
        (ARNHEM, ARNHEM, 201),
        (ARNHEM, REGION, 403),
        (AMSTERDAM, ARNHEM, 403),
    ],
)
def test_a_manager_contracts_for_its_own_areas_alone(
    manager: Manager, organisation: str, area: str, status: int
) -> None:
    lines = [{"careType": "gezinshuis", "area": area}]
    assert manager.add(manager.as_(organisation), lines=lines).status_code == status


def test_only_an_administrator_contracts_for_the_country(manager: Manager) -> None:
    national: dict[str, Any] = {"scope": "national", "lines": [{"careType": "gezinshuis", "area": "NL"}]}
    assert manager.add(**national).status_code == 403
    kept = manager.add(manager.as_("-", "admin"), **national)
    assert kept.status_code == 201
    assert manager.get(f"/contracts/{kept.json()['id']}").status_code == 200
    assert manager.change(kept.json()["id"], updateTermDays=3).status_code == 403


def test_a_contract_that_is_partly_anothers_cannot_be_taken(manager: Manager) -> None:
    shared = a_contract(manager.session, manager.provider, (ARNHEM, AMSTERDAM))
    assert manager.change(shared, lines=[{"careType": "gezinshuis", "area": ARNHEM}]).status_code == 403
    own = manager.add(number="eigen").json()
    assert manager.change(own["id"], lines=[{"careType": "gezinshuis", "area": AMSTERDAM}]).status_code == 403


def test_everybody_sees_the_contracts_that_serve_them(manager: Manager) -> None:
    session, other = manager.session, a_provider(manager.session)
    a_contract(session, manager.provider, (ARNHEM,), number="arnhem")
    a_contract(session, other, (REGION,), number="regio")
    a_contract(session, other, ("NL",), number="landelijk", scope="national")
    far = a_contract(session, other, (AMSTERDAM,), number="amsterdam")
    assert manager.numbers() == {"arnhem", "regio", "landelijk"}
    assert manager.numbers(manager.as_(ARNHEM, "official")) == {"arnhem", "regio", "landelijk"}
    assert manager.numbers(manager.as_(AMSTERDAM)) == {"amsterdam", "landelijk"}
    assert manager.numbers(manager.as_(other, "provider")) == {"regio", "landelijk", "amsterdam"}
    assert manager.numbers(manager.as_(other, "provider"), provider=manager.provider) == set()
    assert manager.get(f"/contracts/{far}").status_code == 404
    assert manager.change(far, updateTermDays=3).status_code == 404
    assert manager.get("/contracts", manager.as_(ARNHEM, "local-team")).status_code == 403


def test_a_list_is_narrowed_and_paged(manager: Manager) -> None:
    for number in range(5):
        a_contract(manager.session, manager.provider, number=f"C{number}")
    other = a_provider(manager.session, name="Zorg 100% Dichtbij")
    a_contract(manager.session, other, care_types=("pleegzorg",), number="pleeg")
    assert manager.numbers(careType="pleegzorg") == {"pleeg"}
    assert manager.numbers(provider=other) == {"pleeg"}
    assert manager.numbers(q="100%") == {"pleeg"}
    assert manager.numbers(q="c3") == {"C3"}
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = manager.get("/contracts", limit=2, **cursor).json()
        seen += [each["number"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == ["C0", "C1", "C2", "C3", "C4", "pleeg"]


DATES = [
    ({"valid_from": _day(1)}, Standing.UPCOMING),
    ({"valid_from": _day(0)}, Standing.RUNNING),
    ({"valid_from": _day(-9), "valid_until": _day(0)}, Standing.RUNNING),
    ({"valid_from": _day(-9), "valid_until": _day(-1)}, Standing.ENDED),
    ({"valid_from": _day(-9), "suspended_from": _day(0)}, Standing.SUSPENDED),
    ({"valid_from": _day(-9), "suspended_from": _day(1)}, Standing.RUNNING),
    ({"valid_from": _day(-9), "suspended_from": _day(-5), "suspended_until": _day(-1)}, Standing.RUNNING),
    ({"valid_from": _day(-9), "suspended_from": _day(-5), "suspended_until": _day(0)}, Standing.SUSPENDED),
    ({"valid_from": _day(-9), "valid_until": _day(-1), "suspended_from": _day(-5)}, Standing.ENDED),
]


@pytest.mark.parametrize(("days", "standing"), DATES)
def test_how_a_contract_stands_follows_from_its_dates(
    manager: Manager, days: dict[str, Any], standing: Standing
) -> None:
    contract = a_contract(manager.session, manager.provider, number="dit", **days)
    assert manager.get(f"/contracts/{contract}").json()["standing"] == standing
    found = {each for each in Standing if "dit" in manager.numbers(standing=each.value)}
    assert found == {standing}
    row = queries.contract(manager.session, contract)
    assert row is not None
    assert standing_on(content_of(row), TODAY) is standing


def test_every_standing_can_be_asked_for() -> None:
    assert set(STANDINGS) == set(Standing)


def test_what_a_contract_says_does_not_depend_on_the_order_of_its_lines() -> None:
    lines = (Line(care_type="pleegzorg", area="NL"), Line(care_type="gezinshuis", area="NL"))
    one = ContractContent(
        provider="12345678", number="1", scope=Scope.NATIONAL, valid_from=date(2026, 1, 1), lines=lines
    )
    assert one.agreed == one.model_copy(update={"lines": lines[::-1]}).agreed


def test_who_changed_what_is_written_down(manager: Manager) -> None:
    contract = manager.add().json()
    manager.change(contract["id"], updateTermDays=14)
    written = manager.session.execute(
        text("SELECT action FROM audit_entry WHERE record_kind = 'contract' AND record_id = :id ORDER BY id"),
        {"id": str(contract["id"])},
    )
    assert list(written.scalars()) == ["add-contract", "change-contract"]
