"""A region with a planted shortage, a surplus next door and a contract gap: each is named, and what would help."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from availability.app import create_app
from availability.cases.tables import CareRequest
from availability.referrals import document_queries
from availability.referrals.tables import EnrolmentForm, Referral
from matcher.case_events import EventKind
from tests.availability.board.living import committing
from tests.availability.builders import ARNHEM, a_contract, a_location, a_provider, a_statement, an_offer
from tests.availability.publication.builders import happened
from tests.conftest import Token, copied_database, demo_settings

pytestmark = pytest.mark.slow

REGION, NEIGHBOUR = "JZ28", "JZ32"
RHEDEN = "GM0275"
CHAIR = ("ret-chair", REGION)


def a_request(
    session: Session, care_type: str, municipality: str = ARNHEM, *, days_ago: int = 30, **given: Any
) -> UUID:
    values = {
        "reference": "2026-0001",
        "organisation": municipality,
        "opened_by": "test",
        "opened_at": datetime.now(UTC) - timedelta(days=days_ago),
        "municipality_code": municipality,
        "pc4": "6811",
        "birth_month": "2013-05",
        "care_type_codes": [care_type],
        "needed_from": datetime.now(UTC).date(),
    }
    return UUID(str(session.scalar(insert(CareRequest).values(**values | given).returning(text("id")))))


def places_of(
    session: Session, care_type: str, area: str, places: int, *, where: str = ARNHEM, **contract: Any
) -> None:
    provider = a_provider(session)
    a_contract(session, provider, (area,), (care_type,), **contract)
    location = a_location(session, provider, municipality_code=where, place="Nijmegen" if where != ARNHEM else "Arnhem")
    offer = an_offer(session, provider, location, care_type_code=care_type)
    a_statement(session, offer, open_places=places, occupied_places=12 - places, reserved_places=0)


def a_refusal(session: Session, case: UUID, provider: str, offer: int, reason: str) -> None:
    """By the offer, of what was sent to it today."""
    today = datetime.now(UTC).date()
    form = session.scalar(
        insert(EnrolmentForm).values(care_request_id=case, content={}, filled_in_by="test").returning(text("id"))
    )
    put = {"care_request_id": case, "form_id": form, "provider_agb": provider, "offer_id": offer}
    sent = {"sent_on": today, "sent_by": "test", "due_on": today}
    referral = UUID(str(session.scalar(insert(Referral).values(**put, **sent).returning(text("id")))))
    event = happened(session, case, EventKind.REFERRAL_REFUSED, today, referral_id=referral)
    nothing: dict[str, Any] = {"needs": [], "explanation": None, "start_possible_on": None}
    document_queries.issue(
        session, referral, event=event, today=today, issued_by="test", reason=reason, seal="x", **nothing
    )


@pytest.fixture(scope="module")
def troubled_url(server_url: str, template: str) -> Iterator[str]:
    """Nine wait for a group home that nobody has; the neighbours could treat six; a contract for respite has ended."""
    with copied_database(server_url, template, "troubled") as url:
        with committing(url) as session:
            for care_type, count in (
                ("behandelgroep", 9),
                ("traumabehandeling", 6),
                ("logeeropvang", 3),
                ("gezinshuis", 2),
            ):
                for _ in range(count):
                    a_request(session, care_type)
            a_request(session, "gezinshuis", "GM0268")  # Nijmegen's, not ours
            places_of(session, "traumabehandeling", NEIGHBOUR, 8, where="GM0268")
            places_of(session, "logeeropvang", REGION, 5, valid_until="2021-01-01")
            places_of(session, "gezinshuis", REGION, 4)
            places_of(session, "kdc", REGION, 4)  # nobody asks for it yet
        yield url


@pytest.fixture(scope="module")
def service(troubled_url: str) -> Iterator[TestClient]:
    app = create_app(demo_settings(troubled_url))
    with TestClient(app, base_url="http://testserver/v1", raise_server_exceptions=False) as client:
        deadline = time.monotonic() + 20
        while client.get("/health").status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield client


@pytest.fixture
def ask(service: TestClient, token: Token) -> Any:
    def get(path: str, who: tuple[str, str] = CHAIR, body: Any = None) -> Any:
        headers = {"Authorization": token(*who)}
        answer = service.get(path, headers=headers) if body is None else service.post(path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


def test_each_trouble_is_named_worst_first(ask: Any) -> None:
    told = ask(f"/regions/{REGION}/shortages")["shortages"]

    assert [(row["kind"]["code"], row["cause"], row["unplaced"], row["openRequests"]) for row in told] == [
        ("behandelgroep", "no-place", 9, 9),
        ("traumabehandeling", "next-door", 6, 6),
        ("logeeropvang", "contract-gap", 3, 3),
        ("gezinshuis", "no-place", 0, 2),
    ]


def test_the_reason_is_a_sentence(ask: Any) -> None:
    first, second = ask(f"/regions/{REGION}/shortages")["shortages"][:2]

    assert [said["text"] for said in first["reasons"]][:2] == [
        "Negen kinderen kunnen niet op tijd ergens terecht.",
        "Nergens in de buurt is een plek vrij die past.",
    ]
    assert "In een andere regio zijn acht plekken vrij, zonder contract." in [
        said["text"] for said in second["reasons"]
    ]


def test_the_trend_looks_a_month_and_a_year_back(ask: Any) -> None:
    first = ask(f"/regions/{REGION}/shortages")["shortages"][0]

    assert first["trend"] == {"lastMonth": 9, "lastYear": 0}
    assert first["medianWaitedDays"] == 30


def test_the_same_per_municipality_and_per_family(ask: Any) -> None:
    per_municipality = ask(f"/regions/{REGION}/shortages?level=municipality")["shortages"]
    per_family = ask(f"/regions/{REGION}/shortages?by=family")["shortages"]

    assert {row["area"]["code"] for row in per_municipality} == {ARNHEM}
    assert sum(row["unplaced"] for row in per_family) == sum(row["unplaced"] for row in per_municipality) == 18


def test_what_no_place_in_the_region_can_serve_is_above_it(ask: Any) -> None:
    above = {each["careType"]["code"]: each for each in ask(f"/regions/{REGION}/shortages")["aboveTheRegion"]}

    assert above["traumabehandeling"]["children"] == 6
    assert [(each["region"]["code"], each["places"]) for each in above["traumabehandeling"]["neighbours"]] == [
        (NEIGHBOUR, 8)
    ]
    assert above["behandelgroep"]["boeg"] == 9
    assert "logeeropvang" not in above


def test_places_more_are_worth_what_they_add(ask: Any) -> None:
    told = ask(f"/regions/{REGION}/worth-of-places?careType=behandelgroep")
    best = told["cells"][0]

    assert best["curve"] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert best["saturated"]
    assert "Meer dan negen plekken helpt nu niemand." in [said["text"] for said in best["reasons"]]
    assert {rule["rule"] for rule in told["obviousRules"]} == {"most-asked", "longest-queue"}
    assert told["advice"]["text"] == "Dit is advies over plekken. Wie waarheen gaat, beslissen mensen."


@pytest.mark.parametrize(
    ("imagined", "helped"),
    [
        ({"kind": "more-places", "careType": "behandelgroep", "municipality": ARNHEM, "places": 4}, 4),
        ({"kind": "wider-contract", "careType": "traumabehandeling", "fromRegion": NEIGHBOUR}, 6),
        ({"kind": "distance-norm", "careType": "gezinshuis", "maxKm": 40.0}, 0),
        ({"kind": "stop-lifted", "careType": "gezinshuis"}, 0),
    ],
)
def test_what_ifs_say_how_many_they_would_help(ask: Any, imagined: dict[str, Any], helped: int) -> None:
    told = ask(f"/regions/{REGION}/what-ifs", body=imagined)

    assert told["helped"] == helped
    assert told["soonerDays"]["low"] <= told["soonerDays"]["middle"] <= told["soonerDays"]["high"]


@pytest.mark.parametrize(
    ("imagined", "fields"),
    [
        ({"kind": "more-places", "careType": "behandelgroep"}, ["/municipality", "/places"]),
        ({"kind": "wider-contract", "careType": "niets", "fromRegion": REGION}, ["/careType", "/fromRegion"]),
        ({"kind": "stop-lifted", "careType": "gezinshuis", "places": 3}, ["/places"]),
        ({"kind": "more-places", "careType": "gezinshuis", "municipality": ARNHEM, "places": 0}, ["/places"]),
    ],
)
def test_every_fault_of_a_what_if_is_named(
    service: TestClient, token: Token, imagined: dict[str, Any], fields: list[str]
) -> None:
    answer = service.post(f"/regions/{REGION}/what-ifs", json=imagined, headers={"Authorization": token(*CHAIR)})

    assert answer.status_code == 400
    assert sorted(error["pointer"] for error in answer.json()["errors"]) == fields


@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [
        ("ret-chair", REGION, 200),
        ("contract-manager", REGION, 200),
        ("ret-chair", NEIGHBOUR, 403),  # exact counts are for the region itself
        ("local-team", ARNHEM, 403),
        ("provider", "41000001", 403),
        ("admin", "-", 200),
    ],
)
def test_exact_counts_are_for_the_region_itself(
    service: TestClient, token: Token, role: str, organisation: str, status: int
) -> None:
    headers = {"Authorization": token(role, organisation)}

    for path in ("shortages", "worth-of-places"):
        assert service.get(f"/regions/{REGION}/{path}", headers=headers).status_code == status
    assert service.get(f"/regions/{REGION}/shortages").status_code == 401


def test_an_unknown_region_is_not_found(service: TestClient, token: Token) -> None:
    answer = service.get("/regions/JZ99/shortages", headers={"Authorization": token("admin", "-")})

    assert answer.status_code == 404


def test_a_look_at_exact_counts_is_kept(service: TestClient, troubled_url: str, ask: Any) -> None:
    ask(f"/regions/{REGION}/shortages")

    with committing(troubled_url) as session:
        kept = session.execute(text("SELECT count(*) FROM audit_entry WHERE action = 'see-shortages'")).scalar_one()
    assert kept > 0


def test_who_asks_later_sees_a_new_picture(service: TestClient, troubled_url: str, ask: Any) -> None:
    before = ask(f"/regions/{REGION}/shortages?by=family")
    with committing(troubled_url) as session:
        a_request(session, "kamertraining", RHEDEN)
    service.app.state.overview.forget()  # type: ignore[attr-defined]

    after = ask(f"/regions/{REGION}/shortages?by=family")

    assert len(after["shortages"]) == len(before["shortages"]) + 1


def test_a_place_that_refused_a_child_is_no_place_for_it(service: TestClient, troubled_url: str, ask: Any) -> None:
    with committing(troubled_url) as session:
        known = session.execute(text("SELECT provider_agb, id FROM offer WHERE care_type_code = 'kdc'")).one()
        for reason in ("no-timely-place", "other"):
            a_refusal(session, a_request(session, "kdc"), known.provider_agb, known.id, reason)
        a_request(session, "kdc")
    service.app.state.overview.forget()  # type: ignore[attr-defined]

    (row,) = [row for row in ask(f"/regions/{REGION}/shortages")["shortages"] if row["kind"]["code"] == "kdc"]

    assert (row["openRequests"], row["unplaced"], row["refusals"]) == (3, 2, 1)
    assert row["hurtWeeks"] == 2 * (30 + 365) // 7  # for these two nothing else is in sight
