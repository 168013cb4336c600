"""What a provider gets back: over stored questions and real starts, with what is seldom hidden.

Today is Monday 23 November 2026, so the last whole quarter is July, August and September.
"""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from availability.matching.asked import Asked
from availability.matching.keeping import question_kept, rows_kept
from availability.matching.messages import Wish
from availability.matching.search import Found
from availability.matching.tables import StoredRanking
from availability.waits import quarter_past
from availability.waits.feedback import feedback_for
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

LAST_QUARTER = 60
"""Days ago: Thursday 24 September, within the thirteen weeks of the ranks as well."""


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
    session: Session, *candidates: dict[str, Any], case: UUID | None = None, days_ago: int = LAST_QUARTER, **asked: Any
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


def told(session: Session, service: TestClient, provider: str, on: date = TODAY) -> Any:
    return feedback_for(session, provider, service.app.state.lexicon, on)  # type: ignore[attr-defined]


def bit_of(service: TestClient, need: str) -> int:
    bit: int = service.app.state.lexicon.needs[need].bit  # type: ignore[attr-defined]
    return 1 << bit


def rival(**given: Any) -> dict[str, Any]:
    return a_candidate(offer_id=10**9, **given)


def test_tells_its_place_what_it_lost_and_what_a_fresh_statement_would_change(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    for _ in range(6):
        a_stored_question(session, a_candidate(offer_id=offer, km=6.0), rival(km=6.05))
    found = told(session, running, provider)
    assert found.served == 6
    # as it came out then, with a statement of that day
    assert (found.places.first, found.places.top_three, found.places.top_ten, found.places.lower) == (6, 0, 0, 0)
    (mine,) = found.offers
    assert mine.age_days == 40
    assert (mine.freshness, mine.due_on) == ("stale", date(2026, 11, 13))
    assert (mine.ranked.rank, mine.ranked.of) == (2, 2)
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
        case = a_stored_question(session, a_candidate(offer_id=offer), days_ago=69)
        a_stored_question(session, a_candidate(offer_id=offer), case=case, days_ago=60)
    assert told(session, running, provider).served == 5


def test_tells_what_it_could_not_serve_and_for_which_needs(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    agressie, autisme = bit_of(running, "agressie"), bit_of(running, "autisme")
    for _ in range(7):
        a_stored_question(session, a_candidate(offer_id=offer, excludes=agressie), needs=agressie | autisme)
    for _ in range(5):
        a_stored_question(session, a_candidate(offer_id=offer, stop=1), needs=autisme)
    found = told(session, running, provider).unserved
    assert found.count == 12
    assert [(each.rule, each.count, [need.code for need in each.needs]) for each in found.by_rule] == [
        (Rule.CONTRA_INDICATION, 7, ["agressie"]),
        (Rule.ADMISSION_STOP, 5, ["autisme"]),
    ]


def test_tells_for_which_care_it_could_not_serve(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    """Counted once, at the offer that came nearest; of a care type that was seldom nothing is found by subtraction."""
    foster = an_offer(session, provider, name="Pleeggezin", care_type_code="pleegzorg")
    for stopped, number in ((offer, 9), (foster, 6)):
        for _ in range(number):
            a_stored_question(session, a_candidate(offer_id=stopped, stop=1))
    found = told(session, running, provider).unserved
    assert [(each.care_type.code, each.count) for each in found.by_care_type] == [(CARE_TYPE, 9), ("pleegzorg", 6)]
    group = an_offer(session, provider, name="Groep", care_type_code="behandelgroep")
    a_stored_question(session, a_candidate(offer_id=group, stop=1))
    found = told(session, running, provider).unserved
    assert [(each.care_type.code, each.count) for each in found.by_care_type] == [(CARE_TYPE, 9)]
    assert (found.count, found.other_care_types) == (16, 7)


@pytest.mark.parametrize("offered", [{"age_until": 5}, {"stop": 1}, {"only_for": 1 << 62}])
def test_the_kind_of_need_is_told_whatever_the_reason_was(
    session: Session, running: TestClient, provider: str, offer: int, offered: dict[str, Any]
) -> None:
    for _ in range(6):
        a_stored_question(session, a_candidate(offer_id=offer, **offered), needs=bit_of(running, "autisme"))
    (rule,) = told(session, running, provider).unserved.by_rule
    assert [need.code for need in rule.needs] == ["autisme"]


def test_a_need_of_one_child_is_not_found_by_subtraction(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    """A provider that excludes two needs knows of each child it refused for them that it had one of the two."""
    agressie, verslaving = bit_of(running, "agressie"), bit_of(running, "verslaving")
    refuses = a_candidate(offer_id=offer, excludes=agressie | verslaving)
    for needs in (*[agressie] * 5, verslaving):
        a_stored_question(session, refuses, needs=needs)
    (rule,) = told(session, running, provider).unserved.by_rule
    assert (rule.count, [need.code for need in rule.needs]) == (6, ["agressie"])
    assert "count" not in rule.needs[0].model_dump()


def test_how_often_a_need_was_the_reason_is_not_told_when_no_need_was_asked_often(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    """Of eight that each had one of two needs, with neither asked for five times, it would be four and four."""
    agressie, verslaving = bit_of(running, "agressie"), bit_of(running, "verslaving")
    refuses = a_candidate(offer_id=offer, excludes=agressie | verslaving)
    for needs in (*[agressie] * 4, *[verslaving] * 4):
        a_stored_question(session, refuses, needs=needs)
    found = told(session, running, provider).unserved
    assert (found.count, found.by_rule, found.other) == (8, [], 8)


def test_places_that_were_seldom_are_not_told(session: Session, running: TestClient, provider: str, offer: int) -> None:
    near = [a_candidate(offer_id=10**9 + number, km=1.0) for number in range(4)]
    for rivals in ([], [], [], [], [], [], [], near[:1], near[:1], near, near, near):
        a_stored_question(session, a_candidate(offer_id=offer, km=20.0), *rivals)
    found = told(session, running, provider)
    assert found.served == 12
    places = (found.places.first, found.places.top_three, found.places.top_ten, found.places.lower)
    assert places == (7, None, None, None)


def test_one_first_place_is_not_told(session: Session, running: TestClient, provider: str, offer: int) -> None:
    for km in (1.0, 1.0, 1.0, 1.0, 1.0, 30.0):
        a_stored_question(session, a_candidate(offer_id=offer, km=20.0), rival(km=km))
    found = told(session, running, provider)
    assert found.served == 6
    assert (found.places.first, found.places.top_three) == (None, None)


def test_a_question_of_today_changes_no_number_until_the_quarter_is_over(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    for _ in range(6):
        a_stored_question(session, a_candidate(offer_id=offer))
    before = told(session, running, provider)
    a_stored_question(session, a_candidate(offer_id=offer), days_ago=0)
    a_stored_question(session, a_candidate(offer_id=offer, stop=1), days_ago=1)
    after = told(session, running, provider, on=TODAY + timedelta(days=30))
    assert (before.since, before.until) == (date(2026, 7, 1), date(2026, 9, 30))
    counted = {"since", "until", "served", "places", "unserved"}
    assert after.model_dump(include=counted) == before.model_dump(include=counted)
    assert told(session, running, provider, on=date(2027, 1, 1)).served is None  # one, in the next quarter


def test_ranks_stand_still_for_a_week(session: Session, running: TestClient, provider: str, offer: int) -> None:
    for _ in range(5):
        a_stored_question(session, a_candidate(offer_id=offer), days_ago=10)
    before = told(session, running, provider)
    for _ in range(9):
        case = Child(session, offer, days_ago=0).case
        a_stored_question(session, a_candidate(offer_id=offer, km=30.0), rival(), case=case, days_ago=0)
    assert told(session, running, provider).offers[0].ranked == before.offers[0].ranked
    assert (before.ranked_since, before.ranked_until) == (date(2026, 8, 24), date(2026, 11, 22))
    assert told(session, running, provider, on=TODAY + timedelta(days=7)).offers[0].ranked.of == 2


def test_points_are_told_only_of_what_five_asked_about(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    for siblings in (0, 0, 0, 0, 0, 2):
        a_stored_question(session, a_candidate(offer_id=offer, siblings=1), siblings=siblings)
    (mine,) = told(session, running, provider).offers
    assert Criterion.EXPECTED_START in {each.criterion for each in mine.ranked.lost}
    assert Criterion.SIBLINGS not in {each.criterion for each in mine.ranked.lost}


def test_ending_an_offer_does_not_show_what_it_had_served(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    other = an_offer(session, provider, name="Ander huis")
    for served in (*[offer] * 6, other):
        a_stored_question(session, a_candidate(offer_id=served))
    assert told(session, running, provider).served == 7
    session.execute(text("UPDATE offer SET published_until = '2026-11-01' WHERE id = :id"), {"id": other})
    assert told(session, running, provider).served == 7


def test_of_too_many_questions_the_newest_whole_days_are_counted_and_it_says_from_when(
    session: Session, running: TestClient, provider: str, offer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days_ago in (60, 60, 60, 61, 61, 61, 62, 62):
        a_stored_question(session, a_candidate(offer_id=offer), days_ago=days_ago)
    monkeypatch.setattr(quarter_past, "MOST_QUESTIONS", 7)
    found = told(session, running, provider)
    assert (found.since, found.served) == (date(2026, 9, 23), 6)
    monkeypatch.setattr(quarter_past, "MOST_QUESTIONS", 8)
    found = told(session, running, provider)
    assert (found.since, found.served) == (date(2026, 7, 1), 8)


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
        case = Child(session, offer, days_ago=LAST_QUARTER).case
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
def test_hundreds_of_questions_are_looked_back_on_while_one_waits(
    session: Session, running: TestClient, provider: str, offer: int
) -> None:
    many = [a_candidate(offer_id=number + 10**9) for number in range(200)]
    for number in range(300):
        a_stored_question(session, a_candidate(offer_id=offer), *many, days_ago=60 + number % 30)
    began = time.perf_counter()
    assert told(session, running, provider).served == 300
    took = time.perf_counter() - began
    print(f"300 questions of 200 offers: {took:.2f} s")  # noqa: T201
    assert took < 4
