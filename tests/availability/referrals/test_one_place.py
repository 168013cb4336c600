"""One place for one child: the first acceptance stands; whoever else was asked need not answer as long as it does."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.referrals.conftest import Provider, Worker, events, notices
from tests.availability.referrals.test_over import held, shown, take_back, tell

pytestmark = pytest.mark.slow

Home = tuple[Provider, int]
Both = tuple[Any, Any]

NOT_NEEDED = "Een andere aanbieder gaf dit kind al een plek. U hoeft niet te antwoorden. Gaat die plek niet door, dan"


@pytest.fixture
def second(a_home: Callable[..., Home]) -> Home:
    return a_home()


@pytest.fixture
def asked(worker: Worker, case: str, home: Home, second: Home) -> Both:
    """The same case, put to two providers."""
    return worker.sent(case, home[1]), worker.sent(case, second[1], duplicateConfirmed=True)


def test_who_accepts_second_is_told_that_a_place_was_found_and_takes_none(
    home: Home, second: Home, asked: Both, case: str, session: Session
) -> None:
    assert home[0].accept(asked[0]).status_code == 200
    late = second[0].accept(asked[1])
    assert late.status_code == 409
    assert late.json()["detail"].startswith(NOT_NEEDED)
    assert (held(session, home[1]), held(session, second[1])) == (1, 0)
    assert events(session, case).count("referral-accepted") == 1


def test_whoever_else_was_asked_hears_that_no_answer_is_needed_and_the_worker_sees_it(
    worker: Worker, home: Home, second: Home, asked: Both, case: str, session: Session
) -> None:
    home[0].accept(asked[0])
    assert "place-found" in notices(session, second[0].agb_code)
    assert "place-found" not in notices(session, home[0].agb_code)
    assert shown(worker, asked[1])["standing"] == "place-found"
    seen = shown(second[0], asked[1])
    assert (seen["standing"], seen["child"], seen["workingDaysLeft"]) == ("place-found", None, None)
    tasks = worker.get(f"/care-requests/{case}/tasks").json()["items"]
    assert [task["referral"] for task in tasks if task["code"] == "answer-referral"] == []


@pytest.mark.parametrize("undone", ["by the provider", "by the worker", "too late", "recorded by mistake"])
def test_when_that_place_does_not_go_on_the_other_is_asked_again_and_may_accept(
    worker: Worker, home: Home, second: Home, asked: Both, case: str, session: Session, undone: str
) -> None:
    home[0].accept(asked[0], start="2026-09-01")
    first = f"/referrals/{asked[0]['id']}"
    if undone == "by the provider":
        home[0].post(f"{first}/withdrawal", {"reason": "no-place"})
    elif undone == "by the worker":
        worker.post(f"{first}/withdrawal", {})
    elif undone == "too late":
        worker.post(f"{first}/start-judgement", {"timely": False})
    else:
        take_back(worker, case, "referral-accepted")
    assert "needed-again" in notices(session, second[0].agb_code)
    assert shown(second[0], asked[1])["standing"] == "open"
    assert second[0].accept(asked[1]).status_code == 200


def test_once_help_started_nobody_is_asked_again(
    worker: Worker, home: Home, second: Home, asked: Both, case: str, session: Session
) -> None:
    home[0].accept(asked[0], start="2026-03-30")
    tell(worker, case, "started")
    assert shown(second[0], asked[1])["standing"] == "lapsed"
    assert "needed-again" not in notices(session, second[0].agb_code)


def test_with_a_place_no_other_provider_is_asked(worker: Worker, home: Home, second: Home, case: str) -> None:
    home[0].accept(worker.sent(case, home[1]))
    refused = worker.send(case, second[1], duplicateConfirmed=True)
    assert refused.status_code == 409
    assert refused.json()["detail"].endswith("gaf al een plek. Trek die aanmelding eerst in.")


def test_who_answers_after_the_term_takes_no_second_place_either(
    worker: Worker, home: Home, second: Home, asked: Both, session: Session, on_day: Callable[..., None]
) -> None:
    on_day(date(2026, 4, 30))
    worker.post(f"/referrals/{asked[1]['id']}/no-answer")
    home[0].accept(asked[0], start="2026-05-01")
    late = second[0].accept(asked[1], start="2026-05-01")
    assert late.status_code == 409
    assert late.json()["detail"].startswith("Een andere aanbieder gaf dit kind al een plek.")


def test_a_place_found_directly_holds_the_proposals_of_the_network(
    worker: Worker, home: Home, second: Home, a_home: Callable[..., Home], case: str, session: Session
) -> None:
    third, offer = a_home()
    home[0].refuse(worker.sent(case, home[1]))
    session.execute(text("INSERT INTO network_member VALUES ('JZ28', :p, '2020-01-01')"), {"p": third.agb_code})
    request = worker.post(f"/care-requests/{case}/network-requests").json()
    proposal = third.accept(request["members"][0], offerId=offer).json()
    second[0].accept(worker.sent(case, second[1], duplicateConfirmed=True))
    assert shown(worker, proposal)["standing"] == "place-found"
    path = f"/care-requests/{case}/network-requests/{request['id']}/confirmation"
    refused = worker.post(path, {"referralId": proposal["id"]})
    assert refused.status_code == 409
