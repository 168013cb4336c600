"""A mistake is put right by whoever made it or whose case it is, and whoever was told hears that too."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.cases.corrections import HEARD
from availability.cases.notices import TOLD
from availability.outbox.telling import Notice
from matcher.case_events import EventKind
from tests.availability.builders import ARNHEM, a_contract, a_provider, a_statement, an_offer
from tests.availability.cases.casework import INSTITUTION, REGION, Person, opened_on
from tests.availability.referrals.conftest import FORM
from tests.conftest import Token

VOID: dict[str, Any] = {"values": {"what": "void"}}
QUESTION: dict[str, Any] = {"values": {"question": "residence"}, "notes": {"question": "Van welke gemeente?"}}


def told(session: Session, organisation: str, role: str) -> list[dict[str, Any]]:
    """What somebody heard of corrections: the words that went with it."""
    found = text("SELECT values FROM notice WHERE organisation = :o AND role = :r AND kind = 'corrected' ORDER BY key")
    return list(session.execute(found, {"o": organisation, "r": role}).scalars())


def events(person: Person, case: str) -> dict[str, int]:
    """The last event of each kind."""
    return {event["kind"]: event["id"] for event in person.get(f"/care-requests/{case}/events").json()["items"]}


# --- who hears --------------------------------------------------------------------------------------------------------


def test_whoever_was_asked_hears_that_the_question_is_withdrawn(protector: Person, session: Session) -> None:
    case = protector.opens()
    asked = protector.tells(case, "official-asked", **QUESTION)
    protector.tells(case, "corrected", refersTo=asked, **VOID)
    assert told(session, ARNHEM, "official") == [
        {"event": "Vraag aan de aangewezen functionaris", "on": "2026-11-23"},
    ]
    assert told(session, INSTITUTION, "youth-protection") == []  # she corrects it herself


def test_and_hears_again_when_it_was_right_after_all(protector: Person, session: Session) -> None:
    case = protector.opens()
    asked = protector.tells(case, "official-asked", **QUESTION)
    corrected = protector.tells(case, "corrected", refersTo=asked, **VOID)
    protector.tells(case, "corrected", refersTo=corrected, **VOID)
    assert len(told(session, ARNHEM, "official")) == 2


def test_another_day_is_no_reason_to_tell_anybody(protector: Person, session: Session) -> None:
    case = protector.opens()
    opened_on(session, case, "2026-11-16")
    asked = protector.tells(case, "official-asked", **QUESTION)
    redated: dict[str, Any] = {"values": {"what": "redate", "occurred": "2026-11-20"}}
    protector.tells(case, "corrected", refersTo=asked, **redated)
    assert told(session, ARNHEM, "official") == []


@pytest.mark.slow
class TestReferrals:
    """What a provider promised or refused, and proves not to have."""

    @pytest.fixture
    def provider(self, client: TestClient, token: Token, session: Session) -> Person:
        return Person(client, token, "provider", a_provider(session))

    @pytest.fixture
    def case(self, protector: Person) -> str:
        return protector.opens()

    @pytest.fixture
    def referral(self, protector: Person, provider: Person, case: str, session: Session) -> str:
        offer = an_offer(session, provider.organisation)
        a_contract(session, provider.organisation)
        a_statement(session, offer)
        body = {"offerId": offer, "form": FORM}
        sent = protector.client.post(f"/care-requests/{case}/referrals", json=body, headers=protector.headers)
        assert sent.status_code == 201, sent.text
        identity: str = sent.json()["id"]
        return identity

    def answer(self, provider: Person, referral: str, **said: Any) -> None:
        path = f"/referrals/{referral}/answer"
        answer = provider.client.post(path, json=said, headers=provider.headers)
        assert answer.status_code == 200, answer.text

    def void(self, protector: Person, case: str, kind: str) -> None:
        protector.tells(case, "corrected", refersTo=events(protector, case)[kind], **VOID)

    def test_of_a_referral_its_provider(
        self, protector: Person, provider: Person, case: str, referral: str, session: Session
    ) -> None:
        self.void(protector, case, "referral-sent")
        (heard,) = told(session, provider.organisation, "provider")
        assert heard["event"] == "Aanmelding verstuurd"
        assert heard["provider"].startswith("Jeugdhulp")

    def test_of_an_acceptance_whoever_gave_it(
        self, protector: Person, provider: Person, case: str, referral: str, session: Session
    ) -> None:
        self.answer(provider, referral, answer="accept", startDate="2026-12-01")
        self.void(protector, case, "referral-accepted")
        (heard,) = told(session, provider.organisation, "provider")
        assert heard["event"] == "Aanmelding aangenomen"

    def test_of_a_refusal_the_back_office_too_for_it_may_rely_on_it(
        self, protector: Person, provider: Person, case: str, referral: str, session: Session
    ) -> None:
        self.answer(provider, referral, answer="refuse", reason="no-place")
        self.void(protector, case, "referral-refused")
        assert len(told(session, provider.organisation, "provider")) == 1
        assert len(told(session, ARNHEM, "back-office")) == 1

    def test_of_a_withdrawn_acceptance_everyone_who_had_to_know(
        self, protector: Person, provider: Person, case: str, referral: str, session: Session
    ) -> None:
        self.answer(provider, referral, answer="accept", startDate="2026-12-01")
        path = f"/referrals/{referral}/withdrawal"
        provider.client.post(path, json={"reason": "no-place"}, headers=provider.headers)
        self.void(protector, case, "acceptance-withdrawn")
        desks = ((provider.organisation, "provider"), (ARNHEM, "local-team"), (ARNHEM, "back-office"))
        assert [len(told(session, *desk)) for desk in desks] == [1, 1, 1]
        assert told(session, REGION, "ret-chair") == []  # the case does not lie there


@pytest.mark.slow
class TestWhereTheChildIs:
    """Who was asked too hears that something proves not to have happened, and not at whose place."""

    @pytest.fixture
    def homes(self, client: TestClient, token: Token, session: Session) -> list[Person]:
        return [Person(client, token, "provider", a_provider(session)) for _ in range(2)]

    @pytest.fixture
    def offers(self, homes: list[Person], session: Session) -> list[int]:
        for home in homes:
            a_contract(session, home.organisation)
        made = [an_offer(session, home.organisation) for home in homes]
        for offer in made:
            a_statement(session, offer)
        return made

    def send(self, protector: Person, case: str, offer: int) -> str:
        body = {"offerId": offer, "form": FORM, "duplicateConfirmed": True}
        sent = protector.client.post(f"/care-requests/{case}/referrals", json=body, headers=protector.headers)
        assert sent.status_code == 201, sent.text
        return str(sent.json()["id"])

    def void(self, protector: Person, case: str, kind: str) -> None:
        protector.tells(case, "corrected", refersTo=events(protector, case)[kind], **VOID)

    @pytest.fixture
    def case(self, protector: Person) -> str:
        return protector.opens()

    def test_of_a_direct_placement(
        self, protector: Person, case: str, homes: list[Person], offers: list[int], session: Session
    ) -> None:
        self.send(protector, case, offers[1])
        protector.tells(case, "direct-placement", party=homes[0].organisation)
        self.void(protector, case, "direct-placement")
        (heard,) = told(session, homes[1].organisation, "provider")
        assert "provider" not in heard

    def test_of_a_start(
        self, protector: Person, case: str, homes: list[Person], offers: list[int], session: Session
    ) -> None:
        found, _ = (self.send(protector, case, offer) for offer in offers)
        path, said = f"/referrals/{found}/answer", {"answer": "accept", "startDate": "2026-11-23"}
        assert homes[0].client.post(path, json=said, headers=homes[0].headers).status_code == 200
        path, said = f"/referrals/{found}/events", {"kind": "started", "occurredOn": "2026-11-23"}
        assert homes[0].client.post(path, json=said, headers=homes[0].headers).status_code == 201
        self.void(protector, case, "started")
        (heard,) = told(session, homes[1].organisation, "provider")
        assert "provider" not in heard


def test_for_every_event_that_tells_somebody_it_is_known_who_hears_of_its_correction() -> None:
    """What `notices`, the referrals, the network and the RET tell of: none may be corrected in silence."""
    of_referrals = {kind for kind in EventKind if kind.startswith(("referral-", "network-", "acceptance-"))}
    assert {*of_referrals, EventKind.RET_REGISTERED} <= {*HEARD, *TOLD}
    assert Notice.CORRECTED not in {notice for notice, _, _ in TOLD.values()}


# --- who may ----------------------------------------------------------------------------------------------------------


def put(protector: Person) -> tuple[str, int]:
    """A case with a question to the official."""
    case = protector.opens()
    return case, protector.tells(case, "official-asked", **QUESTION)


def decide(official: Person, case: str, asked: int) -> int:
    return official.tells(
        case, "official-decided", refersTo=asked, values={"approved": True}, notes={"decision": "Arnhem betaalt."}
    )


def test_a_desk_corrects_what_it_recorded_itself(protector: Person, official: Person, session: Session) -> None:
    case, asked = put(protector)
    decided = decide(official, case, asked)
    assert "corrected" in official.get(f"/care-requests/{case}/state").json()["possible"]
    assert official.tell(case, "corrected", refersTo=decided, **VOID).status_code == 201
    assert "decide-question" in official.tasks(case)
    assert [heard["event"] for heard in told(session, INSTITUTION, "youth-protection")] == [
        "Besluit van de aangewezen functionaris"
    ]


def test_and_not_what_another_recorded(protector: Person, official: Person) -> None:
    case, asked = put(protector)
    assert "corrected" not in official.get(f"/care-requests/{case}/state").json()["possible"]
    refused = official.tell(case, "corrected", refersTo=asked, **VOID)
    assert refused.status_code == 403
    assert refused.json()["detail"].startswith("Dit legt een ander vast")
    assert official.tell(case, "corrected", refersTo=1, **VOID).status_code == 409  # of no case, or of another


def test_the_worker_of_the_case_corrects_everything(protector: Person, official: Person, session: Session) -> None:
    case, asked = put(protector)
    decided = decide(official, case, asked)
    assert protector.tell(case, "corrected", refersTo=decided, **VOID).status_code == 201
    assert [heard["event"] for heard in told(session, ARNHEM, "official")] == ["Besluit van de aangewezen functionaris"]


def test_the_local_team_takes_back_its_receipt(protector: Person, team: Person) -> None:
    case = protector.opens()
    for kind in ("talked-with-local-team", "determined", "determination-sent"):
        protector.tells(case, kind)
    received = team.tells(case, "determination-received")
    assert team.tell(case, "corrected", refersTo=received, **VOID).status_code == 201
