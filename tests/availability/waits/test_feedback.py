"""What a provider gets back: over stored questions and real starts, with what is seldom hidden."""

import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from availability.matching.asked import Asked
from availability.matching.keeping import question_kept, rows_kept
from availability.matching.messages import Wish
from availability.matching.search import Found
from availability.matching.tables import StoredRanking
from availability.waits.feedback import enough, feedback_for, shown
from availability.waits.learning import learn
from matcher.criteria import WEIGHTS, Criterion
from matcher.fit import Rule
from matcher.offers import Rows, day_number
from matcher.ranking import rank
from tests.availability.builders import ARNHEM, CARE_TYPE, a_contract, a_provider, a_statement, an_offer
from tests.availability.waits.referred import TODAY, Child
from tests.conftest import Token
from tests.matcher.worlds import a_question, offers
from tests.matcher.worlds import an_offer as a_candidate

NOW = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=9)


@pytest.fixture
def provider(session: Session) -> str:
    """Contracted for family homes in Arnhem."""
    agb_code = a_provider(session)
    a_contract(session, agb_code)
    return agb_code


@pytest.fixture
def offer(session: Session, provider: str) -> int:
    """Stated forty days ago."""
    made = an_offer(session, provider, name="Huis")
    a_statement(session, made, stated_at=NOW - timedelta(days=40))
    return made


def a_stored_question(
    session: Session, *candidates: dict[str, Any], case: UUID | None = None, days_ago: int = 3, **asked: Any
) -> UUID:
    """A case with a ranking that was kept, of these candidates."""
    today = TODAY - timedelta(days=days_ago)
    rows: Rows = offers(*candidates)
    rows["stated_day"] = day_number(today)
    asked_for = a_question(care_types=(CARE_TYPE,), municipality=ARNHEM, needed_from=today, **asked)
    found = Found(Asked(asked_for, today, Wish()), rank(asked_for, rows, today), [])
    case = case or Child(session, int(rows["offer_id"][0]), days_ago).case
    session.execute(
        insert(StoredRanking).values(
            care_request_id=case,
            ranked_at=NOW - timedelta(days=days_ago),
            ranked_by="test",
            today=today,
            as_of=NOW,
            weights_version=WEIGHTS.version,
            question=question_kept(found, "nl"),
            candidates=rows_kept(rows),
            answer={},
        )
    )
    return case


def told(session: Session, service: TestClient, provider: str) -> Any:
    return feedback_for(session, provider, service.app.state.lexicon, TODAY)  # type: ignore[attr-defined]


def rival(**given: Any) -> dict[str, Any]:
    return a_candidate(offer_id=10**9, **given)


def test_tells_its_place_what_it_lost_and_what_a_fresh_statement_would_change(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    for _ in range(6):
        a_stored_question(session, a_candidate(offer_id=offer, km=6.0), rival(km=6.05))
    found = told(session, running, provider)
    assert found.served == 6
    assert (found.places.first, found.places.top_three) == (0, 6)
    (mine,) = found.offers
    assert mine.age_days == 40
    assert (mine.ranked.questions, mine.ranked.rank, mine.ranked.of) == (6, 2, 2)
    assert mine.ranked.lost[0].criterion in {Criterion.EXPECTED_START, Criterion.DISTANCE}
    assert mine.ranked.fresh.points > 0
    assert mine.ranked.fresh.rank == 1


def test_says_nothing_of_few_questions(session: Session, running: TestClient, provider: str, offer: int) -> None:
    for _ in range(4):
        a_stored_question(session, a_candidate(offer_id=offer))
    found = told(session, running, provider)
    assert found.served is None
    assert found.places is None
    assert found.offers[0].ranked is None


def test_a_case_that_was_ranked_again_is_one_question(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    for _ in range(5):
        case = a_stored_question(session, a_candidate(offer_id=offer), days_ago=9)
        a_stored_question(session, a_candidate(offer_id=offer), case=case, days_ago=3)
    assert told(session, running, provider).served == 5


def test_tells_what_it_could_not_serve_and_for_which_needs(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    bit = running.app.state.lexicon.needs["agressie"].bit  # type: ignore[attr-defined]
    for _ in range(7):
        a_stored_question(session, a_candidate(offer_id=offer, excludes=1 << bit), needs=1 << bit)
    for _ in range(5):
        a_stored_question(session, a_candidate(offer_id=offer, stop=1))
    found = told(session, running, provider).unserved
    assert found.count == 12
    assert {each.rule: each.count for each in found.by_rule} == {Rule.CONTRA_INDICATION: 7, Rule.ADMISSION_STOP: 5}
    assert [(each.need.code, each.count) for each in found.needs] == [("agressie", 7)]


@pytest.mark.parametrize(
    ("counts", "told_of", "rest"),
    [
        ({}, {}, 0),
        ({Rule.TOO_OLD: 4}, {}, None),
        ({Rule.TOO_OLD: 4, Rule.TOO_FAR: 3}, {}, 7),
        ({Rule.TOO_OLD: 9}, {Rule.TOO_OLD: 9}, 0),
        # two would be left: who subtracts finds them, so the smallest that is shown goes with them
        ({Rule.TOO_OLD: 9, Rule.TOO_FAR: 6, Rule.GENDER: 2}, {Rule.TOO_OLD: 9}, 8),
        ({Rule.TOO_OLD: 9, Rule.TOO_FAR: 3, Rule.GENDER: 2}, {Rule.TOO_OLD: 9}, 5),
        ({Rule.TOO_OLD: 9, Rule.GENDER: 2}, {}, 11),
    ],
)
def test_what_is_seldom_is_hidden_and_cannot_be_worked_out(
    counts: dict[Rule, int], told_of: dict[Rule, int], rest: int | None
) -> None:
    assert shown(Counter(counts)) == (told_of, rest)
    assert rest is None or enough(rest)


def test_tells_the_real_starts_beside_what_was_stated(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    a_statement(session, offer, stated_at=NOW - timedelta(days=300))
    for days_ago in (10, 20, 30):
        child = Child(session, offer, days_ago + 70)
        child.told("allocation-sent", days_ago + 60, own=True)
        child.started(days_ago)
    learn(session, TODAY)
    (mine,) = told(session, running, provider).offers
    assert [(each.waited_days, each.stated_wait_days, each.after_allocation_days) for each in mine.starts] == [
        (70, 42, 60)
    ] * 3
    assert mine.starts[0].started_on == date(2026, 11, 13)
    assert mine.late_days == pytest.approx(28, abs=3)
    assert mine.realised_wait_days == pytest.approx(70, abs=3)


def test_a_question_elsewhere_or_for_other_care_is_no_question_in_its_area(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    for _ in range(5):
        case = Child(session, offer, days_ago=3).case
        a_stored_question(session, rival(), case=case)
    found = told(session, running, provider)
    assert (found.served, found.unserved.count) == (0, 0)


def test_only_the_provider_itself_sees_it(client: TestClient, token: Token, provider: str, offer: int) -> None:
    mine = {"Authorization": token("provider", provider)}
    assert client.get("/feedback", headers=mine).status_code == 200
    assert client.get("/feedback").status_code == 401
    for role, organisation in (("local-team", ARNHEM), ("contract-manager", "JZ28"), ("ret-chair", "JZ28")):
        assert client.get("/feedback", headers={"Authorization": token(role, organisation)}).status_code == 403
    other = {"Authorization": token("provider", "90000001")}
    assert client.get(f"/feedback?provider={provider}", headers=other).status_code == 403
    admin = {"Authorization": token("admin", "-")}
    assert client.get(f"/feedback?provider={provider}", headers=admin).json()["offers"][0]["name"] == "Huis"
    assert client.get("/feedback", headers=admin).status_code == 400


@pytest.mark.slow
def test_a_hundred_questions_are_looked_back_on_while_one_waits(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    many = [a_candidate(offer_id=number + 10**9) for number in range(200)]
    for _ in range(100):
        a_stored_question(session, a_candidate(offer_id=offer), *many)
    began = time.perf_counter()
    assert told(session, running, provider).served == 100
    took = time.perf_counter() - began
    print(f"100 questions of 200 offers: {took:.2f} s")  # noqa: T201
    assert took < 2
