"""The RET (step 5B): a case with all that was tried, two weeks, and an outcome that teaches something."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from availability.matching.tables import StoredRanking
from tests.availability.builders import NIJMEGEN
from tests.availability.referrals.conftest import Caller, Provider, Worker, notices

pytestmark = pytest.mark.slow

Home = tuple[Provider, int]
REGION = "JZ28"
RANKING: dict[str, Any] = {
    "asOf": "2026-03-30T08:00:00Z",
    "weightsVersion": "test",
    "matches": [],
    "excluded": {"total": 0, "byRule": []},
    "nearMisses": [],
    "relaxations": [{"change": {"maxDistanceKm": 40}, "opens": 2, "soonestStart": None, "text": "Tot 40 kilometer."}],
    "nonContracted": [],
}


@pytest.fixture
def stuck(worker: Worker, case: str, home: Home) -> str:
    home[0].refuse(worker.sent(case, home[1]), "no-timely-place")
    return case


@pytest.fixture
def ranked(stuck: str, session: Session) -> str:
    """The same with a ranking that shows what else there is."""
    values = {
        "id": uuid.uuid4(), "care_request_id": stuck, "ranked_by": "test", "today": date(2026, 3, 30),
        "as_of": datetime.now(UTC), "weights_version": "test", "question": {}, "answer": RANKING, "candidates": b"",
    }  # fmt: skip
    session.execute(insert(StoredRanking).values(values))
    return stuck


@pytest.fixture
def registered(worker: Worker, ranked: str) -> Any:
    answer = worker.post(f"/care-requests/{ranked}/ret-registrations")
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def chair(calling: Callable[[str, str], Caller]) -> Caller:
    return calling("ret-chair", REGION)


def agenda(chair: Caller, query: str = "") -> Any:
    answer = chair.get(f"/regions/{REGION}/ret-agenda{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def tell(chair: Caller, case: str, kind: str, **more: Any) -> None:
    told = chair.post(f"/care-requests/{case}/events", {"kind": kind, "occurredOn": "2026-03-30"} | more)
    assert told.status_code == 201, told.text


def test_it_lies_on_the_agenda_of_the_region_with_a_term_of_two_weeks(
    chair: Caller, registered: Any, session: Session
) -> None:
    """maandag 30 maart + 2 weken: maandag 13 april."""
    (item,) = agenda(chair)
    assert item["id"] == registered["id"]
    assert (item["registeredOn"], item["dueOn"], item["late"]) == ("2026-03-30", "2026-04-13", False)
    assert (item["tried"], item["refused"]) == (1, 1)
    assert notices(session, REGION, "ret-chair") == ["ret-registered"]


def test_two_weeks_that_end_on_easter_monday_end_a_day_later(
    worker: Worker, ranked: str, on_day: Callable[[date], None]
) -> None:
    on_day(date(2027, 3, 15))  # maandag; 29 maart 2027 is tweede paasdag
    assert worker.post(f"/care-requests/{ranked}/ret-registrations").json()["dueOn"] == "2027-03-30"


def test_all_that_was_tried_goes_along_with_the_form_and_what_would_open_more(
    chair: Caller, registered: Any, home: Home
) -> None:
    whole = chair.get(f"/regions/{REGION}/ret-agenda/{registered['id']}").json()
    assert whole == registered
    (attempt,) = whole["attempts"]
    assert attempt["provider"]["agbCode"] == home[0].agb_code
    assert attempt["reason"] == "no-timely-place"
    assert attempt["refusal"].startswith("AW-2026-")
    assert whole["form"]["determination"]["durationMonths"] == 12
    assert whole["ranking"]["relaxations"][0]["opens"] == 2


def test_what_the_ret_does_is_seen_on_the_agenda(chair: Caller, ranked: str, registered: Any, home: Home) -> None:
    tell(chair, ranked, "ret-talked-before")
    tell(chair, ranked, "ret-discussed")
    tell(chair, ranked, "ret-provider-asked", party=home[0].agb_code)
    tell(chair, ranked, "ret-boeg-involved")
    (item,) = agenda(chair)
    assert (item["talkedBeforeOn"], item["discussedOn"], item["boegOn"]) == ("2026-03-30",) * 3
    assert item["supporter"]["agbCode"] == home[0].agb_code
    tell(chair, ranked, "ret-outcome", values={"outcome": "no-view", "cause": "waiting-times"})
    assert agenda(chair) == []
    (done,) = agenda(chair, "?open=false")
    assert (done["outcome"], done["cause"], done["concludedOn"]) == ("no-view", "waiting-times", "2026-03-30")


def test_without_a_view_on_help_the_next_step_opens(
    worker: Worker, chair: Caller, ranked: str, registered: Any
) -> None:
    tell(chair, ranked, "ret-outcome", values={"outcome": "no-view"})
    codes = {task["code"] for task in worker.get(f"/care-requests/{ranked}/tasks").json()["items"]}
    assert "report-escalation" in codes


def test_a_long_agenda_comes_in_pages(worker: Worker, chair: Caller, registered: Any, session: Session) -> None:
    copy = """
        INSERT INTO ret_registration (care_request_id, form_id, ranking_id, region_code, registered_on, registered_at,
            registered_by, due_on)
        SELECT care_request_id, form_id, ranking_id, region_code, registered_on, registered_at, registered_by,
            due_on + CAST(number AS int) / 2
        FROM ret_registration, generate_series(1, 4) number
    """
    session.execute(text(copy))
    seen, query = [], "?limit=2"
    while query:
        page = chair.get(f"/regions/{REGION}/ret-agenda{query}").json()
        seen += [(item["dueOn"], item["id"]) for item in page["items"]]
        query = f"?limit=2&cursor={page['next']}" if page["next"] else ""
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen)
    assert chair.get(f"/regions/{REGION}/ret-agenda?cursor=onzin").status_code == 400


def test_a_passed_term_is_seen(chair: Caller, registered: Any, on_day: Callable[[date], None]) -> None:
    on_day(date(2026, 4, 14))
    (item,) = agenda(chair)
    assert (item["late"], item["workingDaysLeft"]) == (True, -1)


def test_the_ret_wants_to_see_what_there_is(worker: Worker, stuck: str) -> None:
    refused = worker.post(f"/care-requests/{stuck}/ret-registrations")
    assert refused.json()["type"].endswith("/no-ranking")


def test_it_does_not_lie_there_twice(worker: Worker, ranked: str, registered: Any) -> None:
    assert worker.post(f"/care-requests/{ranked}/ret-registrations").status_code == 409


def test_a_request_that_is_sent_again_registers_once(worker: Worker, ranked: str, session: Session) -> None:
    path = f"/care-requests/{ranked}/ret-registrations"
    first, again = (worker.post(path, {}, idempotency_key="een") for _ in range(2))
    assert first.json() == again.json()
    assert session.execute(text("SELECT count(*) FROM ret_registration")).scalar_one() == 1


def test_without_a_refusal_there_is_nothing_to_break_through(worker: Worker, case: str, home: Home) -> None:
    worker.sent(case, home[1])
    assert worker.post(f"/care-requests/{case}/ret-registrations").status_code == 409


@pytest.mark.parametrize(
    ("role", "organisation"), [("ret-chair", "JZ01"), ("local-team", NIJMEGEN), ("provider", "41000001")]
)
def test_the_agenda_is_for_the_chair_of_the_region_only(
    calling: Callable[[str, str], Caller], registered: Any, role: str, organisation: str
) -> None:
    stranger = calling(role, organisation)
    assert stranger.get(f"/regions/{REGION}/ret-agenda").status_code == 403
    assert stranger.get(f"/regions/{REGION}/ret-agenda/{registered['id']}").status_code == 403
