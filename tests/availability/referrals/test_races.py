"""Two hundred workers and one place; two teams and one proposal: for real, committed, over HTTP."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from availability.access.demo import mint_demo_token
from availability.app import create_app
from tests.availability.board.living import committing
from tests.availability.builders import ARNHEM, CARE_TYPE, a_contract, a_provider, a_statement, an_offer
from tests.availability.referrals.conftest import CASE, FORM, Provider, Worker
from tests.conftest import copied_database, demo_settings, started

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

WORKERS = 200
THREADS = 32


@pytest.fixture
def on_day() -> None:
    """Here it is today: what is committed is seen by real clocks."""


class Arena:
    """A service that really commits, with a provider and the workers of many teams."""

    def __init__(self, client: TestClient, url: str) -> None:
        self.client, self.url = client, url
        self.settings = demo_settings(url)

    def token(self, role: str, organisation: str) -> str:
        return "Bearer " + mint_demo_token(self.settings, role, organisation, datetime.now(UTC))

    def worker(self, organisation: str = ARNHEM) -> Worker:
        return Worker(self.client, self.token("local-team", organisation))

    def a_home(self, open_places: int = 1) -> tuple[Provider, int]:
        with committing(self.url) as session:
            provider = a_provider(session)
            offer = an_offer(session, provider)
            a_contract(session, provider, ("NL",), (CARE_TYPE,), scope="national")
            a_statement(session, offer, open_places=open_places, occupied_places=12 - open_places, reserved_places=0)
        return Provider(self.client, self.token("provider", provider), provider), offer

    def count(self, query: str, **values: Any) -> int:
        with committing(self.url) as session:
            found: int = session.execute(text(query), values).scalar_one()
        return found


@pytest.fixture(scope="module")
def arena(server_url: str, template: str) -> Iterator[Arena]:
    with copied_database(server_url, template, "race") as url, started(create_app(demo_settings(url))) as client:
        yield Arena(client, url)


def all_at_once(act: Callable[[Any], Any], each: list[Any]) -> list[Any]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(act, each))


def test_of_two_hundred_workers_one_holds_the_last_place_and_the_others_get_a_clear_answer(arena: Arena) -> None:
    _, offer = arena.a_home(open_places=1)
    worker = arena.worker()
    cases = all_at_once(lambda number: worker.open(reference=f"2026-{number}"), list(range(WORKERS)))
    answers = all_at_once(lambda case: worker.hold(case, offer), cases)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: WORKERS - 1}
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["type"].endswith("/no-open-place")
            assert "Een ander houdt de laatste plek vast." in answer.json()["detail"]
    held = "SELECT count(*) FROM place_option WHERE offer_id = :offer AND ended_at IS NULL"
    assert arena.count(held, offer=offer) == 1


def test_three_places_are_held_by_three(arena: Arena) -> None:
    _, offer = arena.a_home(open_places=3)
    worker = arena.worker()
    cases = all_at_once(lambda number: worker.open(reference=f"2026-{number}"), list(range(THREADS)))
    answers = all_at_once(lambda case: worker.hold(case, offer), cases)
    assert Counter(answer.status_code for answer in answers) == {201: 3, 409: THREADS - 3}


def test_one_case_that_asks_many_times_holds_one_place(arena: Arena) -> None:
    _, offer = arena.a_home(open_places=5)
    worker = arena.worker()
    case = worker.open()
    answers = all_at_once(lambda _: worker.hold(case, offer), list(range(THREADS)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: THREADS - 1}


def test_a_place_is_not_held_that_the_provider_takes_back_meanwhile(arena: Arena) -> None:
    """Holding and stating meet on one row: whatever the order, never more is held than is stated."""
    provider, offer = arena.a_home(open_places=1)
    worker = arena.worker()
    cases = [worker.open(reference=f"2026-{number}") for number in range(8)]
    none_open = {
        "totalPlaces": 12, "occupiedPlaces": 12, "reservedPlaces": 0, "openPlaces": 0,
        "intakeWaitDays": 14, "treatmentWaitDays": 28, "admissionStop": False,
    }  # fmt: skip

    def act(number: int) -> Any:
        if number == 4:
            headers = provider.headers | {"If-Match": "*"}
            return arena.client.put(f"/offers/{offer}/capacity", json=none_open, headers=headers)
        return worker.hold(cases[number], offer)

    answers = all_at_once(act, list(range(8)))
    assert answers[4].status_code == 200
    assert Counter(answer.status_code for answer in answers)[201] <= 1
    assert worker.hold(worker.open(reference="2026-99"), offer).status_code == 409


def test_of_many_answers_at_once_exactly_one_counts(arena: Arena) -> None:
    provider, offer = arena.a_home()
    worker = arena.worker()
    referral = worker.sent(worker.open(), offer)
    start = datetime.now(UTC).date().replace(year=datetime.now(UTC).year + 1).isoformat()

    def act(number: int) -> Any:
        return provider.refuse(referral) if number % 2 else provider.accept(referral, start=start)

    answers = all_at_once(act, list(range(THREADS)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: THREADS - 1}
    decided = (
        "SELECT count(*) FROM case_event WHERE referral_id = :r AND kind IN ('referral-accepted', 'referral-refused')"
    )
    assert arena.count(decided, r=referral["id"]) == 1


def test_a_referral_that_is_sent_many_times_at_once_is_sent_once(arena: Arena) -> None:
    _, offer = arena.a_home()
    worker = arena.worker()
    case = worker.open()
    answers = all_at_once(lambda _: worker.send(case, offer, key="een"), list(range(THREADS)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    case = worker.open()
    answers = all_at_once(lambda _: worker.send(case, offer), list(range(THREADS)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: THREADS - 1}


def test_of_many_confirmations_at_once_one_proposal_is_it(arena: Arena) -> None:
    first, offer = arena.a_home()
    worker = arena.worker()
    case = worker.open(neededFrom=CASE["neededFrom"])
    first.refuse(worker.sent(case, offer))
    homes = [arena.a_home() for _ in range(4)]
    with committing(arena.url) as session:
        members = [{"p": provider.agb_code} for provider, _ in homes]
        session.execute(text("INSERT INTO network_member VALUES ('JZ28', :p, '2020-01-01')"), members)
    asked = worker.post(f"/care-requests/{case}/network-requests").json()
    start = datetime.now(UTC).date().isoformat()
    proposed = [home[0].accept(home[0].inbox()[0], start=start, offerId=home[1]).json()["id"] for home in homes]
    path = f"/care-requests/{case}/network-requests/{asked['id']}/confirmation"
    answers = all_at_once(lambda referral: worker.post(path, {"referralId": referral}), proposed)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: len(homes) - 1}
    assert arena.count("SELECT count(*) FROM case_event WHERE kind = 'network-confirmed'") == 1


class TestTheRankingRemembers:
    """On the live board: what is held and who refused is seen in the next ranking."""

    @pytest.fixture
    def worker(self, arena: Arena) -> Worker:
        return arena.worker()

    def ranked(self, worker: Worker, case: str, arena: Arena) -> Any:
        """A ranking on a board that has seen everything up to now."""
        now = datetime.now(UTC)
        while arena.client.app.state.board.as_of < now:  # type: ignore[attr-defined]  # FastAPI's own
            time.sleep(0.01)
        wish = {"limit": 100, "include": ["nearMisses"]}
        return worker.post(f"/care-requests/{case}/rankings", wish).json()["answer"]

    def places(self, answer: Any, offer: int) -> int | None:
        found = [match["openPlaces"] for match in answer["matches"] if match["offerId"] == offer]
        return found[0] if found else None

    def test_a_place_that_is_held_is_no_longer_open_to_others_and_still_to_its_case(
        self, worker: Worker, arena: Arena
    ) -> None:
        _, offer = arena.a_home(open_places=2)
        case, other = worker.open(), worker.open(reference="2026-0043")
        worker.hold(case, offer)
        assert self.places(self.ranked(worker, other, arena), offer) == 1
        assert self.places(self.ranked(worker, case, arena), offer) == 2
        worker.delete(f"/care-requests/{case}/options/{offer}")
        assert self.places(self.ranked(worker, other, arena), offer) == 2

    def test_who_refused_does_not_come_back_until_something_changed_and_the_answer_says_so(
        self, worker: Worker, arena: Arena
    ) -> None:
        provider, offer = arena.a_home(open_places=2)
        case, other = worker.open(), worker.open(reference="2026-0043")
        provider.refuse(worker.sent(case, offer, form=FORM), "no-place")
        answer = self.ranked(worker, case, arena)
        assert self.places(answer, offer) is None
        (missed,) = (each for each in answer["nearMisses"] if each["offerId"] == offer)
        assert missed["rule"] == "refused-before"
        assert missed["text"] == "Wees deze aanmelding eerder af; sindsdien is niets veranderd."
        assert self.places(self.ranked(worker, other, arena), offer) == 2
        with committing(arena.url) as session:
            a_statement(session, offer, open_places=1)
        assert self.places(self.ranked(worker, case, arena), offer) == 1
