"""The provider answers: yes with a day, a question, or no with a reason; and either side may take something back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from availability.referrals.messages import FIELDS, AnswerKind
from tests.availability.builders import ARNHEM
from tests.availability.referrals.conftest import Caller, Provider, Worker, events, notices

pytestmark = pytest.mark.slow

Home = tuple[Provider, int]
AHome = Callable[..., Home]


@pytest.fixture
def referral(worker: Worker, case: str, home: Home) -> Any:
    return worker.sent(case, home[1])


class TestYes:
    def test_a_start_by_the_wanted_day_is_in_time(self, worker: Worker, home: Home, referral: Any) -> None:
        told = home[0].accept(referral, start="2026-05-01").json()
        assert (told["standing"], told["startsOn"], told["timely"]) == ("accepted", "2026-05-01", True)

    def test_of_a_later_start_the_worker_says_whether_that_is_in_time(
        self, worker: Worker, home: Home, referral: Any
    ) -> None:
        assert home[0].accept(referral, start="2026-05-18").json()["timely"] is None
        judged = worker.post(f"/referrals/{referral['id']}/start-judgement", {"timely": True}).json()
        assert (judged["standing"], judged["timely"]) == ("accepted", True)

    def test_a_start_that_is_too_late_ends_it_and_the_place_is_free_again(
        self, worker: Worker, case: str, home: Home, referral: Any, session: Session
    ) -> None:
        home[0].accept(referral, start="2026-07-01")
        judged = worker.post(f"/referrals/{referral['id']}/start-judgement", {"timely": False}).json()
        assert judged["standing"] == "too-late"
        assert worker.get(f"/care-requests/{case}/options").json()["items"] == []
        assert "referral-withdrawn" in notices(session, home[0].agb_code)

    def test_the_worker_is_told(self, home: Home, referral: Any, session: Session) -> None:
        home[0].accept(referral)
        assert notices(session, ARNHEM, "local-team") == ["referral-answered"]

    @pytest.mark.parametrize("start", ["2026-03-29", "2031-12-31"])
    def test_a_start_in_the_past_or_beyond_five_years_is_a_slip(self, home: Home, referral: Any, start: str) -> None:
        assert home[0].accept(referral, start=start).json()["errors"][0]["pointer"] == "/startDate"

    def test_an_accepted_child_has_its_place(self, worker: Worker, a_home: AHome, case: str) -> None:
        """The provider stated one open place; nobody else can hold it now."""
        provider, offer = a_home(statement={"open_places": 1})
        provider.accept(worker.sent(case, offer))
        refused = worker.hold(worker.open(reference="2026-0043"), offer)
        assert refused.json()["type"].endswith("/no-open-place")


class TestAQuestion:
    def test_goes_to_the_worker_and_comes_back_answered(
        self, worker: Worker, home: Home, referral: Any, session: Session
    ) -> None:
        asked = home[0].answer(referral, answer="question", question="Gaat hij naar school?").json()
        assert asked["standing"] == "question"
        assert notices(session, ARNHEM, "local-team") == ["referral-question"]
        worker.post(f"/referrals/{referral['id']}/reply", {"text": "Ja, vijf dagen."})
        (received,) = home[0].inbox()
        assert received["standing"] == "open"
        assert received["questions"] == [
            {
                "question": "Gaat hij naar school?",
                "askedOn": "2026-03-30",
                "answer": "Ja, vijf dagen.",
                "answeredOn": "2026-03-30",
            }
        ]
        assert "referral-question-answered" in notices(session, home[0].agb_code)

    def test_does_not_move_the_term(self, home: Home, referral: Any) -> None:
        asked = home[0].answer(referral, answer="question", question="Gaat hij naar school?").json()
        assert asked["dueOn"] == referral["dueOn"]

    def test_waits_for_its_answer_before_the_next(self, home: Home, referral: Any) -> None:
        home[0].answer(referral, answer="question", question="Gaat hij naar school?")
        again = home[0].answer(referral, answer="question", question="En voetbal?")
        assert again.json()["type"].endswith("/referral-stands-otherwise")

    def test_is_told_each_time(self, worker: Worker, home: Home, referral: Any, session: Session) -> None:
        for _ in range(2):
            home[0].answer(referral, answer="question", question="Gaat hij naar school?")
            worker.post(f"/referrals/{referral['id']}/reply", {"text": "Ja, elke dag."})
        assert notices(session, ARNHEM, "local-team").count("referral-question") == 2

    def test_names_no_person(self, home: Home, referral: Any) -> None:
        asked = home[0].answer(referral, answer="question", question="Is zijn nummer 123456782?")
        assert asked.status_code == 400
        assert "123456782" not in asked.text


class TestNo:
    def test_has_a_number_and_opens_the_next_step(
        self, worker: Worker, case: str, home: Home, referral: Any, session: Session
    ) -> None:
        refused = home[0].refuse(referral, "no-timely-place", startPossibleOn="2026-09-01").json()
        assert refused["standing"] == "refused"
        assert refused["refusal"].startswith("AW-2026-")
        codes = {task["code"] for task in worker.get(f"/care-requests/{case}/tasks").json()["items"]}
        assert "choose-next-step" in codes

    def test_what_was_told_of_the_child_is_then_no_longer_the_providers(self, home: Home, referral: Any) -> None:
        home[0].refuse(referral)
        (received,) = home[0].inbox()
        assert (received["child"], received["form"]) == (None, None)

    @pytest.mark.parametrize(
        ("said", "missing"),
        [
            ({"reason": "not-fitting"}, "/needs"),
            ({"reason": "other"}, "/explanation"),
            ({}, "/reason"),
        ],
    )
    def test_each_reason_says_what_goes_with_it(
        self, home: Home, referral: Any, said: dict[str, Any], missing: str
    ) -> None:
        refused = home[0].answer(referral, answer="refuse", **said)
        assert [fault["pointer"] for fault in refused.json()["errors"]] == [missing]

    def test_an_unknown_need_is_a_fault(self, home: Home, referral: Any) -> None:
        refused = home[0].refuse(referral, "not-fitting", needs=["lvb", "onzin"])
        assert refused.json()["errors"][0]["pointer"] == "/needs/1"


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_an_answer_takes_only_what_goes_with_it(home: Home, referral: Any, kind: AnswerKind) -> None:
    everything: dict[str, Any] = {
        "startDate": "2026-04-20", "offerId": 1, "question": "Waarom?", "reason": "other", "needs": ["lvb"],
        "explanation": "Zo is het.", "startPossibleOn": "2026-09-01",
    }  # fmt: skip
    faults = home[0].answer(referral, answer=kind.value, **everything).json()["errors"]
    assert len(faults) == len(everything) - len(FIELDS[kind][1])
    assert {fault["code"] for fault in faults} == {"superfluous"}


class TestOnce:
    def test_who_answered_has_answered(self, home: Home, referral: Any) -> None:
        home[0].accept(referral)
        again = home[0].refuse(referral)
        assert again.status_code == 409
        assert "al aangenomen" in again.json()["detail"]

    def test_an_answer_that_is_sent_again_is_one_answer(self, home: Home, referral: Any, session: Session) -> None:
        path, said = f"/referrals/{referral['id']}/answer", {"answer": "accept", "startDate": "2026-04-20"}
        first, again = (home[0].post(path, said, idempotency_key="ja") for _ in range(2))
        assert first.json() == again.json()
        other = home[0].post(path, said | {"startDate": "2026-04-21"}, idempotency_key="ja")
        assert other.json()["type"].endswith("/key-reused")


def correct(worker: Worker, case: str, kind: str) -> None:
    """The last event of a kind proves not to have happened."""
    told = worker.get(f"/care-requests/{case}/events").json()["items"]
    wrong = [event["id"] for event in told if event["kind"] == kind][-1]
    correction = {"kind": "corrected", "occurredOn": "2026-03-30", "refersTo": wrong, "values": {"what": "void"}}
    answer = worker.post(f"/care-requests/{case}/events", correction)
    assert answer.status_code == 201, answer.text


class TestTakenBack:
    def test_the_worker_withdraws_and_the_provider_hears_it(
        self, worker: Worker, home: Home, referral: Any, session: Session
    ) -> None:
        told = worker.post(f"/referrals/{referral['id']}/withdrawal", {"explanation": "Er is een andere plek."})
        assert told.json()["standing"] == "withdrawn"
        assert "referral-withdrawn" in notices(session, home[0].agb_code)
        assert home[0].accept(referral).status_code == 409

    def test_a_withdrawn_acceptance_is_seen_by_everyone_who_must(
        self, worker: Worker, case: str, home: Home, referral: Any, session: Session
    ) -> None:
        home[0].accept(referral)
        told = home[0].post(f"/referrals/{referral['id']}/withdrawal", {"reason": "no-place"}).json()
        assert told["standing"] == "acceptance-withdrawn"
        assert told["refusal"] is not None
        for role in ("local-team", "back-office"):
            assert "acceptance-withdrawn" in notices(session, ARNHEM, role)
        assert events(session, case)[-1] == "acceptance-withdrawn"
        assert worker.get(f"/care-requests/{case}/options").json()["items"] == []

    def test_and_is_seen_again_when_it_happens_again(
        self, worker: Worker, case: str, home: Home, referral: Any, session: Session
    ) -> None:
        home[0].accept(referral)
        for _ in range(2):
            taken = home[0].post(f"/referrals/{referral['id']}/withdrawal", {"reason": "no-place"})
            assert taken.status_code == 200, taken.text
            correct(worker, case, "acceptance-withdrawn")
        for role in ("local-team", "back-office"):
            assert notices(session, ARNHEM, role).count("acceptance-withdrawn") == 2

    def test_what_was_not_accepted_cannot_be_taken_back(self, home: Home, referral: Any) -> None:
        assert home[0].post(f"/referrals/{referral['id']}/withdrawal", {}).status_code == 409


class TestNoAnswer:
    def test_can_be_noted_once_the_term_has_passed(
        self, worker: Worker, home: Home, referral: Any, on_day: Callable[[date], None]
    ) -> None:
        path = f"/referrals/{referral['id']}/no-answer"
        on_day(date.fromisoformat(referral["dueOn"]))
        assert worker.post(path).status_code == 409
        on_day(date(2026, 6, 1))
        assert worker.post(path).json()["standing"] == "no-answer"

    def test_an_answer_that_comes_after_all_still_counts(
        self, worker: Worker, home: Home, referral: Any, on_day: Callable[[date], None]
    ) -> None:
        on_day(date(2026, 6, 1))
        worker.post(f"/referrals/{referral['id']}/no-answer")
        assert home[0].refuse(referral).json()["standing"] == "refused"


class TestTheInbox:
    def test_what_waits_comes_first_by_the_day_it_is_due(
        self, worker: Worker, a_home: AHome, on_day: Callable[[date], None]
    ) -> None:
        provider, offer = a_home(contract={"answer_term_days": 4})
        cases = [worker.open(reference=f"2026-{number}") for number in range(3)]
        answered = worker.sent(cases[0], offer)
        provider.refuse(answered)
        first = worker.sent(cases[1], offer)
        on_day(date(2026, 3, 31))
        later = worker.sent(cases[2], offer)
        assert [each["id"] for each in provider.inbox()] == [first["id"], later["id"], answered["id"]]
        assert [each["id"] for each in provider.inbox("?waiting=true")] == [first["id"], later["id"]]
        assert [each["id"] for each in provider.inbox("?waiting=false")] == [answered["id"]]

    def test_pages(self, worker: Worker, home: Home) -> None:
        sent = [worker.sent(worker.open(reference=f"2026-{number}"), home[1])["id"] for number in range(3)]
        first = home[0].get("/referrals?limit=2").json()
        rest = home[0].get(f"/referrals?limit=2&cursor={first['next']}").json()
        assert sorted(each["id"] for each in [*first["items"], *rest["items"]]) == sorted(sent)
        assert rest["next"] is None

    def test_says_what_is_late(self, worker: Worker, case: str, a_home: AHome, on_day: Callable[[date], None]) -> None:
        provider, offer = a_home(contract={"answer_term_days": 2})
        worker.sent(case, offer)
        on_day(date(2026, 4, 2))
        (received,) = provider.inbox()
        assert (received["late"], received["workingDaysLeft"]) == (True, -1)

    def test_of_a_case_that_found_its_place_elsewhere_the_rest_lapses(
        self, worker: Worker, case: str, a_home: AHome
    ) -> None:
        (one, first), (other, second) = a_home(), a_home()
        sent = worker.sent(case, first)
        worker.sent(case, second, duplicateConfirmed=True)
        one.accept(sent)
        started = worker.post(f"/care-requests/{case}/events", {"kind": "started", "occurredOn": "2026-03-30"})
        assert started.status_code == 201, started.text
        assert one.inbox()[0]["standing"] == "started"
        assert other.inbox()[0]["standing"] == "lapsed"
        assert other.inbox()[0]["child"] is None


WALK = (
    ("GET", "/referrals", {"provider", "local-team", "youth-protection"}),
    ("GET", "/referrals/{referral}", {"provider", "local-team", "youth-protection"}),
    ("POST", "/referrals/{referral}/answer", {"provider"}),
    ("POST", "/referrals/{referral}/sharpening", {"provider"}),
    ("POST", "/referrals/{referral}/reply", {"local-team", "youth-protection"}),
    ("POST", "/referrals/{referral}/start-judgement", {"local-team", "youth-protection"}),
    ("POST", "/referrals/{referral}/no-answer", {"local-team", "youth-protection"}),
    ("POST", "/referrals/{referral}/withdrawal", {"provider", "local-team", "youth-protection"}),
    (
        "GET",
        "/referrals/{referral}/refusal",
        {
            "provider",
            "local-team",
            "youth-protection",
            "back-office",
            "official",
            "ret-chair",
            "regional-contact",
            "care-broker",
        },
    ),
    ("POST", "/care-requests/{case}/referrals", {"local-team", "youth-protection"}),
    ("GET", "/care-requests/{case}/refusals", {"local-team", "youth-protection"}),
    ("POST", "/care-requests/{case}/non-contracted-questions", {"local-team", "youth-protection"}),
    ("PUT", "/care-requests/{case}/options/1", {"local-team", "youth-protection"}),
    ("POST", "/care-requests/{case}/network-requests", {"local-team", "youth-protection"}),
    ("POST", "/care-requests/{case}/ret-registrations", {"local-team", "youth-protection"}),
    ("GET", "/regions/JZ28/ret-agenda", {"ret-chair"}),
    ("PUT", "/regions/JZ28/network", {"contract-manager", "admin"}),
)
"""Each address with the roles that may come there at all; of another organisation, they find nothing there."""

STRANGERS = {
    "provider": "41999999", "local-team": "GM0014", "youth-protection": "41888888", "ret-chair": "JZ01",
    "regional-contact": "JZ01", "contract-manager": "JZ01", "back-office": "GM0014", "official": "GM0014",
    "care-broker": "JZ01",
}  # fmt: skip


@pytest.mark.parametrize("role", list(STRANGERS))
def test_a_stranger_finds_nothing_and_changes_nothing(
    case: str, referral: Any, calling: Callable[[str, str], Caller], role: str
) -> None:
    stranger = calling(role, STRANGERS[role])
    for method, path, roles in WALK:
        address = path.format(referral=referral["id"], case=case)
        answer = stranger.client.request(method, address, headers=stranger.headers, json={})
        if (method, path) == ("GET", "/referrals") and role in roles:
            assert answer.json()["items"] == []
        elif role in roles:
            assert answer.status_code in ({403} if path.startswith("/regions") else {404}), (method, path)
        else:
            assert answer.status_code == 403, (method, path)
