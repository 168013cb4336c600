"""An option holds a place for a few working days: seen by all, over by itself, never held twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.referrals.options import MOST_OPTIONS, expire_options, remind_of_options
from tests.availability.builders import ARNHEM, NIJMEGEN, a_statement, an_offer
from tests.availability.referrals.conftest import Caller, Provider, Worker, notices

pytestmark = pytest.mark.slow

Home = tuple[Provider, int]
AHome = Callable[..., Home]


@pytest.fixture
def last_place(a_home: AHome) -> Home:
    return a_home(statement={"open_places": 1, "stated_at": datetime(2026, 3, 1, tzinfo=UTC)})


@pytest.fixture
def other(worker: Worker) -> str:
    return worker.open(reference="2026-0043")


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def ended_how(session: Session) -> list[Any]:
    return list(session.execute(text("SELECT ended_how FROM place_option ORDER BY held_at")).scalars())


def test_it_runs_for_three_working_days(worker: Worker, case: str, home: Home) -> None:
    """maandag 30 maart + 3 werkdagen: donderdag 2 april."""
    held = worker.hold(case, home[1])
    assert held.status_code == 201, held.text
    assert (held.json()["lastDay"], held.json()["workingDaysLeft"]) == ("2026-04-02", 3)


def test_easter_makes_it_longer(worker: Worker, case: str, home: Home, on_day: Callable[[date], None]) -> None:
    """donderdag 2 april + 3 werkdagen, over Goede Vrijdag en tweede paasdag: donderdag 9 april."""
    on_day(date(2026, 4, 2))
    assert worker.hold(case, home[1]).json()["lastDay"] == "2026-04-09"


def test_the_same_place_is_not_held_twice(worker: Worker, case: str, other: str, last_place: Home) -> None:
    assert worker.hold(case, last_place[1]).status_code == 201
    refused = worker.hold(other, last_place[1])
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/no-open-place")
    assert "Een ander houdt de laatste plek vast." in refused.json()["detail"]


def test_whoever_looks_for_a_place_sees_it_as_held_and_the_provider_what_it_stated(
    worker: Worker, case: str, last_place: Home
) -> None:
    provider, offer = last_place
    worker.hold(case, offer)
    for path in (f"/offers/{offer}", f"/offers?provider={provider.agb_code}"):
        told = [caller.get(path).json() for caller in (worker, provider)]
        sought, own = (each["items"][0] if "items" in each else each for each in told)
        assert (sought["capacity"]["openPlaces"], sought["heldPlaces"]) == (0, 1)
        assert (own["capacity"]["openPlaces"], own["heldPlaces"]) == (1, 1)
    assert worker.get(f"/offers/{offer}/capacity").json()["openPlaces"] == 0
    assert worker.client.get(f"/offers/{offer}").json()["heldPlaces"] is None
    worker.delete(f"/care-requests/{case}/options/{offer}")
    assert worker.get(f"/offers/{offer}").json()["capacity"]["openPlaces"] == 1


def test_who_asks_again_holds_what_it_held(worker: Worker, case: str, last_place: Home) -> None:
    first, again = worker.hold(case, last_place[1]), worker.hold(case, last_place[1])
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_released_place_is_for_the_next(worker: Worker, case: str, other: str, last_place: Home) -> None:
    worker.hold(case, last_place[1])
    assert worker.delete(f"/care-requests/{case}/options/{last_place[1]}").status_code == 204
    assert worker.hold(other, last_place[1]).status_code == 201
    assert worker.delete(f"/care-requests/{case}/options/{last_place[1]}").status_code == 404


def test_it_is_over_by_itself(
    worker: Worker, case: str, other: str, last_place: Home, on_day: Callable[[date], None]
) -> None:
    """No clock ticked: after donderdag 2 april the place is for the next all the same."""
    worker.hold(case, last_place[1])
    on_day(date(2026, 4, 2))
    assert worker.hold(other, last_place[1]).status_code == 409
    on_day(date(2026, 4, 3))
    assert worker.hold(other, last_place[1]).status_code == 201
    assert worker.get(f"/care-requests/{case}/options").json()["items"] == []


def test_the_clock_ends_it_tells_whose_it_was_and_wakes_the_boards(
    worker: Worker, case: str, home: Home, session: Session
) -> None:
    worker.hold(case, home[1])
    assert expire_options(session, at("2026-04-02")) == 0
    session.execute(text("DELETE FROM board_change"))
    assert expire_options(session, at("2026-04-03")) == 1
    assert expire_options(session, at("2026-04-03")) == 0
    assert ended_how(session) == ["expired"]
    assert notices(session, ARNHEM, "local-team") == ["option-expired"]
    changed = session.execute(text("SELECT offer_ids, only_capacity FROM board_change")).all()
    assert [tuple(row) for row in changed] == [([home[1]], True)]


def test_on_its_last_day_whose_it_is_hears_it_once(worker: Worker, case: str, home: Home, session: Session) -> None:
    worker.hold(case, home[1])
    assert remind_of_options(session, at("2026-04-01")) == 0
    for _ in range(2):
        assert remind_of_options(session, at("2026-04-02")) == 1
    assert notices(session, ARNHEM, "local-team") == ["option-expiring"]


class TestWithAReferral:
    def test_the_place_stays_until_the_answer_is_due(self, worker: Worker, case: str, last_place: Home) -> None:
        worker.hold(case, last_place[1])
        sent = worker.sent(case, last_place[1])
        assert sent["optionUntil"] >= sent["dueOn"]

    def test_a_refusal_gives_it_free(self, worker: Worker, case: str, other: str, last_place: Home) -> None:
        worker.hold(case, last_place[1])
        last_place[0].refuse(worker.sent(case, last_place[1]))
        assert worker.hold(other, last_place[1]).status_code == 201

    def test_an_acceptance_keeps_it_until_the_provider_counts_it(
        self, worker: Worker, case: str, last_place: Home, session: Session
    ) -> None:
        worker.hold(case, last_place[1])
        last_place[0].accept(worker.sent(case, last_place[1]), start="2026-04-20")
        assert worker.get(f"/care-requests/{case}/options").json()["items"][0]["lastDay"] == "2026-04-20"
        assert expire_options(session, at("2026-03-31")) == 0
        a_statement(session, last_place[1], open_places=0, stated_at=datetime(2126, 1, 1, tzinfo=UTC))
        assert expire_options(session, at("2026-03-31")) == 1
        assert ended_how(session) == ["used"]


class TestWherePlacesCannotBeHeld:
    @pytest.mark.parametrize("statement", [{"open_places": 0}, {"admission_stop": True}])
    def test_no_open_place(self, worker: Worker, case: str, a_home: AHome, statement: dict[str, Any]) -> None:
        _, offer = a_home(statement=statement)
        assert worker.hold(case, offer).json()["type"].endswith("/no-open-place")

    def test_nothing_stated(self, worker: Worker, case: str, home: Home, session: Session) -> None:
        silent = an_offer(session, home[0].agb_code)
        assert worker.hold(case, silent).json()["type"].endswith("/no-open-place")

    def test_no_contract(self, worker: Worker, case: str, session: Session) -> None:
        outsider = an_offer(session)
        a_statement(session, outsider)
        assert worker.hold(case, outsider).json()["type"].endswith("/not-contracted")

    def test_more_than_a_case_may_hold(self, worker: Worker, case: str, a_home: AHome) -> None:
        answers = [worker.hold(case, a_home()[1]) for _ in range(MOST_OPTIONS + 1)]
        assert [answer.status_code for answer in answers] == [201] * MOST_OPTIONS + [409]
        assert answers[-1].json()["type"].endswith("/too-many-options")

    def test_another_organisations_case_does_not_exist(
        self, case: str, home: Home, calling: Callable[[str, str], Caller]
    ) -> None:
        stranger = calling("local-team", NIJMEGEN)
        path = f"/care-requests/{case}/options"
        assert stranger.put(f"{path}/{home[1]}").status_code == 404
        assert stranger.get(path).status_code == 404
        assert stranger.delete(f"{path}/{home[1]}").status_code == 404
