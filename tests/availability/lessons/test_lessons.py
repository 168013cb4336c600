"""What a region can learn, over HTTP: from events as they stand, for whom it is meant, per quarters that are over."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import insert, text
from sqlalchemy.orm import Session
from sqlmodel import col

from availability.cases.tables import CareRequest, CaseEvent
from availability.lessons import queries
from availability.lessons.figures import ends_of_quarters, last_four_quarters
from matcher.lessons import Period
from tests.availability.builders import ARNHEM, NIJMEGEN, a_contracted_offer, a_location, a_provider, a_statement
from tests.availability.waits.referred import TODAY, Child
from tests.conftest import Token

pytestmark = pytest.mark.slow

REGION = "JZ28"
CHAIR = ("ret-chair", REGION)

WISHES = {
    "reference": "2026-0042", "organisation": ARNHEM, "opened_by": "test", "pc4": "6811", "birth_month": "2013-05",
    "care_type_codes": ["gezinshuis"],
}  # fmt: skip

Ask = Callable[..., Any]


@pytest.fixture
def service(client: TestClient) -> Iterator[TestClient]:
    """The API on `TODAY`, the 23rd of November 2026."""
    app = client.app
    assert isinstance(app, FastAPI)
    today = app.state.today
    app.state.today = lambda: TODAY
    yield client
    app.state.today = today


@pytest.fixture
def ask(service: TestClient, token: Token) -> Ask:
    def get(query: str = "", who: tuple[str, str] = CHAIR) -> Any:
        answer = service.get(f"/regions/{REGION}/lessons{query}", headers={"Authorization": token(*who)})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


def referred(session: Session, offer: int, days_ago: int, refused: str | None = None) -> Child:
    """A child that was referred and refused the day after, or started ten days after."""
    day = TODAY - timedelta(days=days_ago)
    asked = insert(CareRequest).values(**WISHES, opened_at=day, needed_from=day, municipality_code=ARNHEM)
    case: UUID = session.execute(asked.returning(col(CareRequest.id))).scalar_one()
    opened = {"care_request_id": case, "kind": "opened", "occurred_on": day, "recorded_by": "test"}
    fixed = {"route": "301", "municipality": ARNHEM, "region": REGION}
    who = {"role": "local-team", "organisation": ARNHEM}
    session.execute(insert(CaseEvent).values(**opened, **who, values=fixed))
    child = Child(session, offer, days_ago, case)
    if refused:
        child.told("referral-refused", days_ago - 1, own=True, reason=refused)
        return child
    return child.started(days_ago - 10)


def lesson(told: Any, about: str) -> Any:
    return next(each for each in told["lessons"] if each["about"] == about)


def test_an_empty_region_says_so(ask: Ask) -> None:
    told = ask()

    assert told["period"] == {"since": "2025-10-01", "until": "2026-09-30"}
    assert told["before"] == {"since": "2024-10-01", "until": "2025-09-30"}
    assert {tuple(each["text"]) for each in told["lessons"]} == {("Hierover is in deze periode niets bekend.",)}
    assert told["steps"] == []


def test_refusals_are_told_with_their_reason(session: Session, ask: Ask) -> None:
    offer = a_contracted_offer(session)
    for reason in ["no-place"] * 4 + ["not-fitting"]:
        referred(session, offer, 100, reason)
    referred(session, offer, 100)

    everything, gezinshuis = ask()["refusals"]

    assert everything["careType"] is None
    assert gezinshuis["careType"] == {"code": "gezinshuis", "name": "Gezinshuis"}
    assert (gezinshuis["refusals"], gezinshuis["answers"], gezinshuis["unsplit"]) == (5, 6, 0)
    assert gezinshuis["reasons"] == [
        {"code": "no-place", "name": "Er is geen plek.", "count": 4},
        {"code": "not-fitting", "name": "De hulp past niet bij deze vraag.", "count": 1},
    ]
    assert lesson(ask(), "refusals")["text"][0] == "83\u00a0% van de antwoorden was een afwijzing, bij vijf kinderen."


def test_a_reason_of_four_children_is_nobodys_to_see(session: Session, ask: Ask) -> None:
    offer = a_contracted_offer(session)
    for _ in range(4):
        referred(session, offer, 100, "not-fitting")

    told = ask()

    assert [(row["refusals"], row["reasons"], row["unsplit"]) for row in told["refusals"]] == [(4, [], 4)] * 2
    assert "past niet" not in str(told["lessons"])


def test_a_refusal_that_was_corrected_away_is_not_counted(session: Session, ask: Ask) -> None:
    child = referred(session, a_contracted_offer(session), 100, "no-place")
    refusal = child.told("referral-refused", 99, own=True, reason="no-place")
    for event in (refusal, refusal - 1):
        child.told("corrected", 98, refers_to=event, what="void")

    assert ask()["refusals"][0]["refusals"] == 0


def test_steps_are_told_against_their_term(session: Session, ask: Ask) -> None:
    offer = a_contracted_offer(session)
    for _ in range(3):
        referred(session, offer, 97, "no-place")  # on a Tuesday

    answer = next(row for row in ask()["steps"] if row["task"]["code"] == "answer-referral")

    assert (answer["route"], answer["actor"]["name"]) == ("301", "jeugdhulpaanbieder")
    assert (answer["turns"], answer["done"], answer["middleDays"]) == (3, 3, 1)
    assert answer["inTime"] == {"part": 3, "whole": 3, "percent": 100}


def test_the_expert_team_and_contact_are_told(session: Session, ask: Ask) -> None:
    child = referred(session, a_contracted_offer(session), 120, "no-place")
    child.told("ret-registered", 110)
    child.told("ret-outcome", 100, outcome="no-view", cause="waiting-times")
    child.told("contact-failed", 115, secondTried=True)

    told = ask()

    assert told["escalations"]["causes"] == [{"code": "waiting-times", "name": "wachttijden", "count": 1}]
    assert told["escalations"]["outcomes"][0]["name"] == "geen zicht op passende hulp"
    assert told["contacts"]["failed"]["part"] == 1


def test_small_providers_are_told_apart(session: Session, ask: Ask) -> None:
    referred(session, a_contracted_offer(session), 100)
    a_contracted_offer(session)

    small = ask()["sizes"][0]

    assert (small["name"], small["providers"], small["unasked"]) == ("Klein", 2, 1)
    assert small["referrals"] == {"part": 1, "whole": 1, "percent": 100}


def test_real_waits_stand_beside_the_stated_ones(session: Session, ask: Ask) -> None:
    offer = a_contracted_offer(session)
    a_statement(session, offer, intake_wait_days=1, treatment_wait_days=1, stated_at="2026-01-05")
    for _ in range(5):
        referred(session, offer, 100)

    told = ask()

    assert told["waits"] == [
        {
            "careType": {"code": "gezinshuis", "name": "Gezinshuis"},
            "starts": 5,
            "statedDays": 2,
            "realisedDays": 10,
        }
    ]
    assert lesson(told, "waits")["now"] == {"part": 5, "whole": 5, "percent": 100}


# --- who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [
        ("ret-chair", REGION, 200),
        ("contract-manager", REGION, 200),
        ("admin", "-", 200),
        ("ret-chair", "JZ32", 403),
        ("contract-manager", "JZ32", 403),
        ("regional-contact", REGION, 403),
        ("local-team", "GM0202", 403),
        ("provider", "41000001", 403),
    ],
)
def test_exact_counts_are_for_the_region_itself(
    client: TestClient, token: Token, role: str, organisation: str, status: int
) -> None:
    headers = {"Authorization": token(role, organisation)}

    assert client.get(f"/regions/{REGION}/lessons", headers=headers).status_code == status


def test_who_contracts_is_not_told_how_cases_went(session: Session, ask: Ask) -> None:
    referred(session, a_contracted_offer(session), 100)

    told = ask(who=("contract-manager", REGION))

    assert [told[part] for part in ("steps", "escalations", "contacts", "ofAge")] == [None] * 4
    assert {each["about"] for each in told["lessons"]} <= {"refusals", "waits", "sizes", "places"}
    assert told["sizes"]


def test_nothing_that_is_told_is_of_one_case(session: Session, ask: Ask) -> None:
    child = referred(session, a_contracted_offer(session), 100, "no-place")

    told = str(ask())

    for secret in (str(child.case), str(child.referral), "2026-0042", "6811", "2013-05"):
        assert secret not in told


def test_a_look_is_kept(session: Session, ask: Ask) -> None:
    ask()

    kept = session.execute(text("SELECT record_id FROM audit_entry WHERE action = 'see-lessons'")).scalars().all()
    assert kept == [REGION]


def test_an_unknown_region_is_not_found(client: TestClient, token: Token) -> None:
    assert client.get("/regions/JZ99/lessons", headers={"Authorization": token("admin", "-")}).status_code == 404


# --- which periods -------------------------------------------------------------------------------------------------


def test_a_period_can_be_one_quarter(ask: Ask) -> None:
    told = ask("?since=2026-07-01&until=2026-09-30")

    assert told["before"] == {"since": "2025-07-01", "until": "2025-09-30"}


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("?since=2026-07-02", ["?since"]),
        ("?until=2026-09-29", ["?until"]),
        ("?since=2026-02-01&until=2026-08-31", ["?since", "?until"]),
        ("?until=2026-12-31", ["?until"]),  # not over yet
        ("?since=2026-07-01&until=2026-06-30", ["?since"]),
        ("?since=2022-07-01", ["?since"]),  # longer than three years
        ("?since=gisteren", ["?since"]),
    ],
)
def test_a_day_more_or_less_cannot_be_asked(service: TestClient, token: Token, query: str, pointers: list[str]) -> None:
    answer = service.get(f"/regions/{REGION}/lessons{query}", headers={"Authorization": token(*CHAIR)})

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 9, 30), date(2025, 7, 1), date(2026, 6, 30)),
        (date(2026, 10, 1), date(2025, 10, 1), date(2026, 9, 30)),
        (date(2027, 1, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_counts_from_the_day_after_it(today: date, first: date, last: date) -> None:
    assert last_four_quarters(today) == Period(first, last)


def test_places_are_looked_at_before_the_period_and_at_the_end_of_each_quarter() -> None:
    half_a_year = Period(date(2026, 1, 1), date(2026, 6, 30))

    assert ends_of_quarters(half_a_year) == [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]


# --- places, from the history of statements ------------------------------------------------------------------------

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)


def places(session: Session, *days: date) -> list[tuple[int, int]]:
    return [(row.in_families, row.in_groups) for row in queries.places(session, REGION, days)]


def an_offer_of(session: Session, care_type: str, total: int, stated_at: str, **given: Any) -> int:
    offer = a_contracted_offer(session, care_type_code=care_type, **given)
    session.execute(text("DELETE FROM current_capacity WHERE offer_id = :offer"), {"offer": offer})
    session.execute(text("ALTER TABLE capacity_statement DISABLE TRIGGER USER"))
    session.execute(text("DELETE FROM capacity_statement WHERE offer_id = :offer"), {"offer": offer})
    restated(session, offer, total, stated_at)
    return offer


def restated(session: Session, offer: int, total: int, stated_at: str) -> None:
    a_statement(session, offer, total_places=total, occupied_places=0, open_places=0, stated_at=stated_at)


def test_the_last_statement_of_a_quarter_counts(session: Session) -> None:
    home = an_offer_of(session, "gezinshuis", 4, "2026-01-05T10:00:00+00:00")
    restated(session, home, 6, "2026-03-31T21:59:00+00:00")  # the last minute of March in Amsterdam
    restated(session, home, 9, "2026-03-31T22:00:00+00:00")
    an_offer_of(session, "behandelgroep", 8, "2026-01-05T10:00:00+00:00")

    assert places(session, MARCH, JUNE) == [(6, 8), (9, 8)]


def test_before_its_first_statement_an_offer_counts_with_that(session: Session) -> None:
    an_offer_of(session, "pleegzorg", 5, "2026-05-01T10:00:00+00:00")

    assert places(session, MARCH, JUNE) == [(5, 0), (5, 0)]


def test_an_offer_that_began_later_makes_places_grow(session: Session) -> None:
    an_offer_of(session, "pleegzorg", 5, "2026-05-01T10:00:00+00:00", published_from="2026-04-01")

    assert places(session, MARCH, JUNE) == [(5, 0)]


def test_places_next_door_and_for_a_crisis_are_not_counted(session: Session) -> None:
    provider = a_provider(session)
    there = a_location(session, provider, municipality_code=NIJMEGEN, place="Nijmegen")
    an_offer_of(session, "pleegzorg", 5, "2026-01-05T10:00:00+00:00", provider=provider, location=there)
    an_offer_of(session, "crisis-pleegzorg", 5, "2026-01-05T10:00:00+00:00")

    assert places(session, JUNE) == []


def test_a_case_is_its_own_id_and_nobody_elses(session: Session) -> None:
    case: UUID = referred(session, a_contracted_offer(session), 100).case

    rows = queries.histories(session, REGION, date(2026, 1, 1), JUNE)

    assert {row.case_id for row in rows} == {case}
