"""My day: everything that is mine to do over all my cases, late first; what others did; what I wait for."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import NIJMEGEN
from tests.availability.cases.casework import INSTITUTION, Person, opened_on


def day(person: Person, query: str = "") -> dict[str, Any]:
    answer = person.get(f"/my-day{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_day_without_cases_is_empty(protector: Person) -> None:
    today = day(protector)
    assert today["counts"] == {"cases": 0, "open": 0, "late": 0, "today": 0, "thisWeek": 0}
    assert today["tasks"] == today["waitingFor"] == today["reviews"] == today["changed"] == []


def test_what_is_late_comes_first_and_is_counted(protector: Person, session: Session) -> None:
    fresh, late, due = (protector.opens(reference=reference) for reference in ("nieuw", "te laat", "vandaag"))
    opened_on(session, late, "2026-11-16")
    opened_on(session, due, "2026-11-18")
    today = day(protector)
    assert [(task["caseId"], task["due"], task["daysLeft"], task["late"]) for task in today["tasks"]] == [
        (late, "2026-11-19", -2, True), (due, "2026-11-23", 0, False), (fresh, "2026-11-26", 3, False)
    ]  # fmt: skip
    assert today["counts"] == {"cases": 3, "open": 3, "late": 1, "today": 1, "thisWeek": 3}
    assert today["tasks"][0]["reference"] == "te laat"


def test_a_day_is_of_one_role_at_one_organisation(protector: Person, team: Person, office: Person) -> None:
    case = protector.opens()
    for kind in ("talked-with-local-team", "determined", "determination-sent"):
        protector.tells(case, kind)
    assert [task["code"] for task in day(office)["tasks"]] == ["send-allocation"]
    assert "send-allocation" not in {task["code"] for task in day(protector)["tasks"]}
    assert day(team)["counts"]["cases"] == 1
    assert day(team)["tasks"] == []


def test_what_another_should_have_done_in_my_case_is_what_i_wait_for(
    protector: Person, office: Person, session: Session
) -> None:
    case = protector.opens()
    opened_on(session, case, "2026-11-02")
    for kind in ("talked-with-local-team", "determined", "determination-sent"):
        protector.tells(case, kind, "2026-11-03")
    (waiting,) = day(protector)["waitingFor"]
    assert (waiting["code"], waiting["actor"], waiting["due"]) == ("send-allocation", "back-office", "2026-11-10")
    assert day(office)["waitingFor"] == []  # it is late itself
    assert day(office)["counts"]["late"] == 1


def test_what_others_told_since_yesterday_is_news(protector: Person, team: Person, session: Session) -> None:
    case = protector.opens()
    protector.tells(case, "intention-recorded")
    team.tells(case, "talked-with-local-team")
    (news,) = day(protector)["changed"]
    assert (news["caseId"], news["event"]["kind"], news["event"]["role"]) == (
        case, "talked-with-local-team", "local-team"
    )  # fmt: skip
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert day(protector, f"?since={soon}")["changed"] == []
    assert {news["event"]["kind"] for news in day(team)["changed"]} == {"opened", "intention-recorded"}


def test_news_is_only_what_the_party_may_see(protector: Person, official: Person) -> None:
    case = protector.opens()
    protector.tells(case, "intention-recorded")
    protector.tells(
        case, "official-asked", values={"question": "transport"}, notes={"question": "Wie betaalt het vervoer?"}
    )
    assert {news["event"]["kind"] for news in day(official)["changed"]} == {"opened", "official-asked"}


def test_a_review_comes_up_on_its_day(protector: Person, session: Session) -> None:
    case = protector.opens()
    words = {"reviewer": "gedragswetenschapper", "bridgingHelp": "Ambulante hulp thuis."}
    protector.tells(case, "worry-marked", values={"reviewOn": "2026-12-07"}, notes=words)
    assert [(task["code"], task["due"]) for task in day(protector)["reviews"]] == [("review-worry", "2026-12-07")]


def test_a_case_that_is_over_is_on_nobodys_day(protector: Person) -> None:
    case = protector.opens()
    protector.tells(case, "withdrawn", values={"reason": "other"})
    assert day(protector)["counts"]["cases"] == 0


def test_another_municipalitys_cases_are_not_on_it(client: Any, token: Any, protector: Person) -> None:
    case = protector.opens()
    protector.tells(case, "talked-with-local-team")
    assert day(Person(client, token, "local-team", NIJMEGEN))["counts"]["cases"] == 0


@pytest.mark.parametrize("role", ["contract-manager", "admin"])
def test_who_has_no_cases_has_no_such_day(client: Any, token: Any, role: str) -> None:
    person = Person(client, token, role, "-" if role == "admin" else "JZ28")
    assert person.get("/my-day").status_code == 403


@pytest.mark.parametrize("since", ["gisteren", "2026-11-22", "2026-11-22T00:00:00"])
def test_a_moment_has_a_time_zone(protector: Person, since: str) -> None:
    assert protector.get(f"/my-day?since={since}").status_code == 400


@pytest.mark.slow
def test_five_hundred_cases_are_one_statement_and_come_at_once(protector: Person, session: Session) -> None:
    """Measured on two cores: see the printed line; the bound leaves room for a busy machine."""
    fill(session, 500)
    day(protector)
    began = time.perf_counter()
    counts = day(protector)["counts"]
    seconds = time.perf_counter() - began
    print(f"my day of 500 cases, 4,500 events: {seconds * 1000:.0f} ms")  # noqa: T201
    assert counts["cases"] == 500
    assert seconds < 5


def fill(session: Session, cases: int) -> None:
    """Cases of the institution with nine events each, some weeks old."""
    session.execute(
        text("""
            WITH opened AS (
                INSERT INTO care_request (reference, organisation, opened_by, opened_at, municipality_code, pc4,
                    birth_month, care_type_codes, needed_from, urgency, siblings, past_eighteen, version, status)
                SELECT 'zaak ' || n, :who, 'test', now(), 'GM0202', '6811', '2013-05', '{gezinshuis}', '2026-12-01',
                    'regular', 0, false, 1, 'open'
                FROM generate_series(1, :cases) n RETURNING id
            )
            INSERT INTO case_event (care_request_id, kind, occurred_on, recorded_by, role, organisation, party,
                referral_id, values)
            SELECT opened.id, said.kind, CAST('2026-11-01' AS date) + said.day, 'test', 'youth-protection', :who,
                said.party, CASE WHEN said.party IS NOT NULL THEN opened.id END, said.values
            FROM opened CROSS JOIN (VALUES
                (1, 'opened', 1, NULL, '{"route": "301", "municipality": "GM0202", "region": "JZ28"}'::jsonb),
                (2, 'intention-recorded', 2, NULL, '{}'),
                (3, 'talked-with-local-team', 3, NULL, '{}'),
                (4, 'determined', 4, NULL, '{"careType": "gezinshuis"}'),
                (5, 'determination-sent', 5, NULL, '{}'),
                (6, 'determination-received', 8, NULL, '{}'),
                (7, 'referral-sent', 8, '41000001', '{"answerDays": 5}'),
                (8, 'allocation-sent', 9, '41000001', '{}'),
                (9, 'referral-refused', 15, '41000001', '{"reason": "no-place"}')
            ) AS said (at, kind, day, party, values)
            ORDER BY opened.id, said.at
        """),
        {"who": INSTITUTION, "cases": cases},
    )
