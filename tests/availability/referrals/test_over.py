"""What is over for everybody: a case that was closed, opened anew or moved, and events that were corrected away."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import NIJMEGEN
from tests.availability.referrals.conftest import FORM, Caller, Provider, Worker, notices

pytestmark = pytest.mark.slow

Home = tuple[Provider, int]
Day = Callable[[date], None]


def tell(worker: Caller, case: str, kind: str, on: str = "2026-03-30", **more: Any) -> Any:
    answer = worker.post(f"/care-requests/{case}/events", {"kind": kind, "occurredOn": on} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def take_back(worker: Caller, case: str, kind: str) -> Any:
    """Correct away the last event of a kind."""
    events = worker.get(f"/care-requests/{case}/events").json()["items"]
    wrong = [event["id"] for event in events if event["kind"] == kind][-1]
    return tell(worker, case, "corrected", refersTo=wrong, values={"what": "void"})


def shown(caller: Caller, referral: Any) -> Any:
    answer = caller.get(f"/referrals/{referral['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def change(worker: Caller, case: str, **patch: Any) -> Any:
    seen = worker.get(f"/care-requests/{case}").headers["ETag"]
    return worker.client.patch(f"/care-requests/{case}", json=patch, headers=worker.headers | {"If-Match": seen})


def close(worker: Caller, case: str) -> None:
    tell(worker, case, "withdrawn", values={"reason": "no-longer-needed"})


def reopen(worker: Caller, case: str) -> None:
    tell(worker, case, "reopened", values={"reason": "needed-again"})


# --- a provider sees a child only while something can come of it ------------------------------------------------------


def test_a_referral_that_was_sent_by_mistake_is_no_longer_the_providers_to_see(
    worker: Worker, case: str, home: Home
) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    take_back(worker, case, "referral-sent")
    assert shown(provider, sent)["standing"] == "withdrawn"
    assert shown(provider, sent)["child"] is None


def test_who_accepted_a_case_that_was_withdrawn_since_no_longer_sees_the_child(
    worker: Worker, case: str, home: Home
) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    provider.accept(sent)
    close(worker, case)
    assert (shown(provider, sent)["standing"], shown(provider, sent)["child"]) == ("lapsed", None)


def test_who_helped_until_the_worker_recorded_the_end_no_longer_sees_the_child(
    worker: Worker, case: str, home: Home, on_day: Day
) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    provider.accept(sent, start="2026-03-31")
    on_day(date(2026, 4, 1))
    tell(worker, case, "started", "2026-03-31")
    assert shown(provider, sent)["standing"] == "started"
    tell(worker, case, "ended", "2026-04-01", values={"reason": "33"})
    assert (shown(provider, sent)["standing"], shown(provider, sent)["child"]) == ("ended", None)


@pytest.mark.parametrize("accepts", [True, False])
def test_a_case_that_is_opened_anew_starts_without_its_earlier_referrals(
    worker: Worker, case: str, home: Home, accepts: bool
) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    if accepts:
        provider.accept(sent)
    close(worker, case)
    reopen(worker, case)
    assert (shown(provider, sent)["standing"], shown(provider, sent)["child"]) == ("lapsed", None)
    assert worker.send(case, offer).status_code == 201


def test_a_start_that_was_recorded_by_mistake_leaves_the_acceptance(
    worker: Worker, case: str, home: Home, on_day: Day
) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    provider.accept(sent, start="2026-03-31")
    on_day(date(2026, 3, 31))
    tell(worker, case, "started", "2026-03-31")
    take_back(worker, case, "started")
    assert shown(worker, sent)["standing"] == "accepted"


def test_a_judgement_that_was_taken_back_is_the_workers_to_make_again(worker: Worker, case: str, home: Home) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    provider.accept(sent, start="2026-06-01")
    worker.post(f"/referrals/{sent['id']}/start-judgement", {"timely": True})
    take_back(worker, case, "start-judged")
    assert shown(worker, sent)["timely"] is None


# --- only who helps tells of the help --------------------------------------------------------------------------------


def test_who_withdrew_its_acceptance_starts_no_help(worker: Worker, case: str, home: Home) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    provider.accept(sent)
    provider.post(f"/referrals/{sent['id']}/withdrawal", {"reason": "no-place"})
    started = {"kind": "started", "occurredOn": "2026-03-30"}
    assert provider.post(f"/referrals/{sent['id']}/events", started).status_code == 404


def test_who_was_asked_too_does_not_end_the_help_of_another(
    worker: Worker, case: str, home: Home, a_home: Callable[..., Home]
) -> None:
    (helping, offer), (asked, other) = home, a_home()
    here = worker.sent(case, offer)
    there = worker.sent(case, other, duplicateConfirmed=True)
    helping.accept(here)
    start, end = {"kind": "started", "occurredOn": "2026-03-30"}, {"kind": "ended", "occurredOn": "2026-03-30"}
    assert helping.post(f"/referrals/{here['id']}/events", start).status_code == 201
    ended = asked.post(f"/referrals/{there['id']}/events", end | {"values": {"reason": "33"}})
    assert ended.status_code == 404
    assert helping.post(f"/referrals/{here['id']}/events", end | {"values": {"reason": "33"}}).status_code == 201


# --- a place is held for nobody any longer ----------------------------------------------------------------------------


def held(session: Session, offer: int) -> int:
    found = text("SELECT count(*) FROM place_option WHERE offer_id = :offer AND ended_at IS NULL")
    return int(session.execute(found, {"offer": offer}).scalar_one())


def test_a_case_that_is_withdrawn_gives_its_places_free(
    worker: Worker, case: str, home: Home, session: Session
) -> None:
    provider, offer = home
    worker.hold(case, offer)
    provider.accept(worker.sent(case, offer), start="2026-09-01")
    assert held(session, offer) == 1
    close(worker, case)
    assert held(session, offer) == 0


def test_an_acceptance_that_was_recorded_by_mistake_gives_its_place_free(
    worker: Worker, case: str, home: Home, session: Session
) -> None:
    provider, offer = home
    provider.accept(worker.sent(case, offer), start="2026-09-01")
    assert held(session, offer) == 1
    take_back(worker, case, "referral-accepted")
    assert held(session, offer) == 0


def test_a_start_elsewhere_gives_the_other_places_free(
    worker: Worker, case: str, home: Home, a_home: Callable[..., Home], session: Session, on_day: Day
) -> None:
    provider, offer = home
    _, other = a_home()
    worker.hold(case, other)
    provider.accept(worker.sent(case, offer), start="2026-03-31")
    on_day(date(2026, 3, 31))
    tell(worker, case, "started", "2026-03-31")
    assert (held(session, offer), held(session, other)) == (1, 0)


def test_a_start_is_judged_only_where_the_place_is_given_free(worker: Worker, case: str, home: Home) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    provider.accept(sent, start="2026-09-01")
    said = {"kind": "start-judged", "occurredOn": "2026-03-30", "referral": sent["id"], "values": {"timely": False}}
    assert worker.post(f"/care-requests/{case}/events", said).status_code == 400


def test_words_that_cannot_be_kept_are_refused_and_not_a_failure_of_ours(worker: Worker, case: str, home: Home) -> None:
    said = {"kind": "talked-with-local-team", "occurredOn": "2026-03-30", "notes": {"agreed": "a\u0000b"}}
    assert worker.post(f"/care-requests/{case}/events", said).status_code == 400
    assert worker.send(case, home[1], form=FORM | {"question": "\u0000"}).status_code == 400


# --- who was asked hears that it is over ------------------------------------------------------------------------------


def test_who_is_still_asked_or_keeps_a_place_free_hears_that_the_case_was_withdrawn(
    worker: Worker, case: str, home: Home, a_home: Callable[..., Home], session: Session
) -> None:
    (promised, offer), (asked, other), (refused, third) = home, a_home(), a_home()
    first = worker.sent(case, offer)
    worker.sent(case, other, duplicateConfirmed=True)
    refused.refuse(worker.sent(case, third, duplicateConfirmed=True))
    promised.accept(first)
    close(worker, case)
    heard = [notices(session, provider.agb_code) for provider in (promised, asked, refused)]
    assert ["referral-withdrawn" in each for each in heard] == [True, True, False]


def test_where_help_starts_nobody_hears_that_it_was_withdrawn_and_the_others_do(
    worker: Worker, case: str, home: Home, a_home: Callable[..., Home], session: Session, on_day: Day
) -> None:
    (helping, offer), (asked, other) = home, a_home()
    worker.sent(case, other)
    helping.accept(worker.sent(case, offer, duplicateConfirmed=True), start="2026-03-31")
    on_day(date(2026, 3, 31))
    tell(worker, case, "started", "2026-03-31")
    heard = [notices(session, provider.agb_code) for provider in (helping, asked)]
    assert ["referral-withdrawn" in each for each in heard] == [False, True]


# --- the term that is shown is the term that counts -------------------------------------------------------------------


def test_no_answer_may_be_noted_as_soon_as_the_shown_term_has_passed(
    worker: Worker, case: str, home: Home, on_day: Day
) -> None:
    _, offer = home
    sent = worker.sent(case, offer)
    tell(worker, case, "allocation-sent", referral=sent["id"])
    due = date.fromisoformat(shown(worker, sent)["dueOn"])
    on_day(date.fromordinal(due.toordinal() + 1))
    assert shown(worker, sent)["late"]
    assert worker.post(f"/referrals/{sent['id']}/no-answer").status_code == 200


# --- another responsible municipality ---------------------------------------------------------------------------------


def test_another_municipality_is_no_party_because_of_what_the_one_before_was_told(
    worker: Worker, case: str, calling: Callable[[str, str], Caller]
) -> None:
    tell(worker, case, "talked-with-local-team")
    assert change(worker, case, municipality=NIJMEGEN).status_code == 200
    assert calling("local-team", NIJMEGEN).get(f"/care-requests/{case}").status_code == 404
    tell(worker, case, "talked-with-local-team")
    assert calling("local-team", NIJMEGEN).get(f"/care-requests/{case}").status_code == 200


def test_another_wanted_day_is_an_event_and_moves_no_judgement_of_before(worker: Worker, case: str, home: Home) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    provider.accept(sent, start="2026-06-01")
    state = worker.get(f"/care-requests/{case}/state").json()
    assert "judge-start" in [task["code"] for task in state["tasks"]]
    assert change(worker, case, neededFrom="2026-07-01").status_code == 200
    after = worker.get(f"/care-requests/{case}/state").json()
    assert [task["code"] for task in after["tasks"]] == [task["code"] for task in state["tasks"]]
