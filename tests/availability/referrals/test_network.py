"""The network (step 5A): one form to all at once, proposals, and one that the worker confirms."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import a_provider
from tests.availability.referrals.conftest import Caller, Provider, Worker, events, notices

pytestmark = pytest.mark.slow

Home = tuple[Provider, int]
AHome = Callable[..., Home]
REGION = "JZ28"


def in_network(session: Session, *providers: str) -> None:
    session.execute(
        text("INSERT INTO network_member (region_code, provider_agb, valid_from) VALUES (:r, :p, '2020-01-01')"),
        [{"r": REGION, "p": provider} for provider in providers],
    )


@pytest.fixture
def members(session: Session, a_home: AHome) -> list[Home]:
    homes = [a_home() for _ in range(3)]
    in_network(session, *(provider.agb_code for provider, _ in homes))
    return homes


@pytest.fixture
def stuck(worker: Worker, case: str, home: Home) -> str:
    """A case that was refused once: step 5 is open."""
    home[0].refuse(worker.sent(case, home[1]))
    return case


@pytest.fixture
def asked(worker: Worker, stuck: str, members: list[Home]) -> Any:
    answer = worker.post(f"/care-requests/{stuck}/network-requests")
    assert answer.status_code == 201, answer.text
    return answer.json()


def put_to(provider: Provider) -> Any:
    """What lies with a member."""
    (referral,) = provider.inbox()
    return referral


def propose(home: Home, start: str = "2026-04-20") -> Any:
    proposed = home[0].accept(put_to(home[0]), start=start, offerId=home[1])
    assert proposed.status_code == 200, proposed.text
    return proposed.json()


def confirm(worker: Worker, case: str, asked: Any, referral: Any) -> Any:
    path = f"/care-requests/{case}/network-requests/{asked['id']}/confirmation"
    return worker.post(path, {"referralId": referral["id"]})


def take_back(worker: Worker, case: str, kind: str) -> None:
    """Correct away the last event of a kind that still stands."""
    told = worker.get(f"/care-requests/{case}/events").json()["items"]
    void = {event["refersTo"] for event in told if event["kind"] == "corrected"}
    wrong = [event["id"] for event in told if event["kind"] == kind and event["id"] not in void][-1]
    correction = {"kind": "corrected", "occurredOn": "2026-03-30", "refersTo": wrong, "values": {"what": "void"}}
    answer = worker.post(f"/care-requests/{case}/events", correction)
    assert answer.status_code == 201, answer.text


def standings(told: Any) -> list[str]:
    return sorted(member["standing"] for member in told["members"])


def test_the_same_form_lies_with_every_member_at_once(asked: Any, members: list[Home], session: Session) -> None:
    for provider, _ in members:
        received = put_to(provider)
        assert received["networkRequestId"] == asked["id"]
        assert received["form"]["question"]
        assert notices(session, provider.agb_code) == ["network-asked"]
    assert (asked["asked"], asked["answered"]) == (3, 0)
    assert standings(asked) == ["open"] * 3


def test_only_members_with_a_contract_for_this_care_are_asked(
    worker: Worker, stuck: str, members: list[Home], a_home: AHome, session: Session
) -> None:
    other_care, _ = a_home(care_type_code="pleegzorg")
    outsider, _ = a_home()
    in_network(session, other_care.agb_code, a_provider(session))
    told = worker.post(f"/care-requests/{stuck}/network-requests").json()
    assert told["asked"] == 3
    assert outsider.inbox() == other_care.inbox() == []


def test_before_a_refusal_the_network_is_not_asked(worker: Worker, case: str, home: Home, members: list[Home]) -> None:
    worker.sent(case, home[1])
    assert worker.post(f"/care-requests/{case}/network-requests").status_code == 409


def test_a_network_without_anybody_is_said_to_be(worker: Worker, stuck: str) -> None:
    refused = worker.post(f"/care-requests/{stuck}/network-requests")
    assert refused.json()["type"].endswith("/no-network")


def test_it_is_not_asked_twice(worker: Worker, stuck: str, asked: Any) -> None:
    again = worker.post(f"/care-requests/{stuck}/network-requests")
    assert again.json()["type"].endswith("/network-running")


def test_a_request_that_is_sent_again_asks_once(worker: Worker, stuck: str, members: list[Home]) -> None:
    path = f"/care-requests/{stuck}/network-requests"
    first, again = (worker.post(path, {}, idempotency_key="een") for _ in range(2))
    assert first.json() == again.json()


def test_an_acceptance_is_a_proposal_and_who_did_not_answer_is_seen(
    worker: Worker, stuck: str, asked: Any, members: list[Home]
) -> None:
    propose(members[0])
    members[1][0].refuse(put_to(members[1][0]), "no-place")
    (told,) = worker.get(f"/care-requests/{stuck}/network-requests").json()["items"]
    assert standings(told) == ["open", "proposed", "refused"]
    assert (told["answered"], told["confirmed"]) == (2, None)


def test_a_member_proposes_one_of_its_own_offers(asked: Any, members: list[Home]) -> None:
    (provider, _), (_, of_another) = members[0], members[1]
    assert provider.accept(put_to(provider)).json()["errors"][0]["pointer"] == "/offerId"
    wrong = provider.accept(put_to(provider), offerId=of_another)
    assert wrong.json()["errors"][0]["pointer"] == "/offerId"


class TestTheConfirmation:
    def test_makes_one_proposal_the_acceptance_and_the_others_hear_it(
        self, worker: Worker, stuck: str, asked: Any, members: list[Home], session: Session
    ) -> None:
        chosen, other = propose(members[0]), propose(members[1])
        told = confirm(worker, stuck, asked, chosen).json()
        assert told["confirmed"] == chosen["id"]
        assert standings(told) == ["accepted", "not-chosen", "not-chosen"]
        for provider, _ in members:
            assert "network-decided" in notices(session, provider.agb_code)
        assert put_to(members[1][0])["form"] is None
        assert other["id"] != chosen["id"]

    def test_of_another_after_the_first_fell_through_is_heard_too(
        self, worker: Worker, stuck: str, asked: Any, members: list[Home], session: Session
    ) -> None:
        first, second = propose(members[0]), propose(members[1])
        for chosen in (first, second):
            assert confirm(worker, stuck, asked, chosen).status_code == 200
            if chosen is first:
                take_back(worker, stuck, "network-confirmed")
                for _ in range(2):
                    take_back(worker, stuck, "referral-withdrawn")
        for provider, _ in members:
            assert notices(session, provider.agb_code).count("network-decided") == 2

    def test_that_was_a_mistake_does_not_tell_the_others_whose_place_it_was(
        self, worker: Worker, stuck: str, asked: Any, members: list[Home], session: Session
    ) -> None:
        confirm(worker, stuck, asked, propose(members[0]))
        take_back(worker, stuck, "network-confirmed")
        said = text("SELECT values ? 'provider' FROM notice WHERE kind = 'corrected' AND organisation = :o")
        told = [session.scalars(said, {"o": provider.agb_code}).all() for provider, _ in members]
        assert told == [[True], [False], [False]]

    def test_closes_what_was_asked_of_the_others(
        self, worker: Worker, stuck: str, asked: Any, members: list[Home]
    ) -> None:
        confirm(worker, stuck, asked, propose(members[0]))
        codes = {task["code"] for task in worker.get(f"/care-requests/{stuck}/tasks").json()["items"]}
        assert not codes & {"answer-network", "confirm-proposal", "choose-next-step"}

    def test_holds_the_place(self, worker: Worker, stuck: str, asked: Any, members: list[Home]) -> None:
        confirm(worker, stuck, asked, propose(members[0]))
        (held,) = worker.get(f"/care-requests/{stuck}/options").json()["items"]
        assert held["offer"]["id"] == members[0][1]

    def test_is_of_one_only(
        self, worker: Worker, stuck: str, asked: Any, members: list[Home], session: Session
    ) -> None:
        first, second = propose(members[0]), propose(members[1])
        confirm(worker, stuck, asked, first)
        refused = confirm(worker, stuck, asked, second)
        assert refused.json()["type"].endswith("/already-confirmed")
        assert events(session, stuck).count("network-confirmed") == 1

    def test_sent_again_is_the_same(self, worker: Worker, stuck: str, asked: Any, members: list[Home]) -> None:
        chosen = propose(members[0])
        first, again = (confirm(worker, stuck, asked, chosen) for _ in range(2))
        assert (first.status_code, again.json()) == (200, first.json())

    def test_needs_a_proposal(self, worker: Worker, stuck: str, asked: Any) -> None:
        assert confirm(worker, stuck, asked, asked["members"][0]).status_code == 409

    def test_of_another_case_it_is_not_found(self, worker: Worker, stuck: str, asked: Any, members: list[Home]) -> None:
        chosen = propose(members[0])
        other = worker.open(reference="2026-0043")
        assert confirm(worker, other, asked, chosen).status_code == 404


def test_a_proposal_can_be_taken_back_before_it_is_confirmed(
    worker: Worker, stuck: str, asked: Any, members: list[Home]
) -> None:
    proposed = propose(members[0])
    told = members[0][0].post(f"/referrals/{proposed['id']}/withdrawal", {"reason": "no-place"})
    assert told.json()["standing"] == "refused"
    assert confirm(worker, stuck, asked, proposed).status_code == 409


def test_who_declined_through_the_network_is_remembered(
    worker: Worker, stuck: str, asked: Any, members: list[Home]
) -> None:
    provider, offer = members[0]
    provider.refuse(put_to(provider), "no-place")
    kept = worker.get(f"/care-requests/{stuck}/refusals").json()["items"]
    assert [offer] in [refusal["offerIds"] for refusal in kept if refusal["stands"]]


class TestWhoIsInIt:
    def test_is_kept_by_the_contract_manager_of_the_region(
        self, calling: Callable[[str, str], Caller], session: Session
    ) -> None:
        manager = calling("contract-manager", REGION)
        one, other = a_provider(session), a_provider(session)
        named = manager.put(f"/regions/{REGION}/network", {"members": [one, other]})
        assert {each["agbCode"] for each in named.json()["members"]} == {one, other}
        named = manager.put(f"/regions/{REGION}/network", {"members": [other]})
        assert [each["agbCode"] for each in named.json()["members"]] == [other]
        assert manager.get(f"/regions/{REGION}/network").json() == named.json()

    def test_who_left_stays_on_record(
        self, calling: Callable[[str, str], Caller], session: Session, members: list[Home]
    ) -> None:
        calling("contract-manager", REGION).put(f"/regions/{REGION}/network", {"members": []})
        last_days = session.execute(text("SELECT DISTINCT valid_until::text FROM network_member")).scalars().all()
        assert last_days == ["2026-03-29"]

    def test_another_regions_is_not_theirs_to_keep(self, calling: Callable[[str, str], Caller]) -> None:
        assert calling("contract-manager", "JZ01").put(f"/regions/{REGION}/network", {"members": []}).status_code == 403

    def test_an_unknown_provider_is_a_fault(self, calling: Callable[[str, str], Caller]) -> None:
        wrong = calling("contract-manager", REGION).put(f"/regions/{REGION}/network", {"members": ["00000001"]})
        assert wrong.json()["errors"][0]["pointer"] == "/members/0"
