"""To the end of help: drafts of the messages, the start that closes the search, the end that frees a place."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import a_provider
from tests.availability.cases.casework import INSTITUTION, Person, opened_on
from tests.conftest import Token


class Placed:
    """A case with a referral that a provider may accept; what comes with a form is written as its noun would."""

    def __init__(self, session: Session, protector: Person, client: TestClient, token: Token) -> None:
        self.session, self.protector = session, protector
        self.agb = a_provider(session)
        self.provider = Person(client, token, "provider", self.agb)
        self.stranger = Person(client, token, "provider", a_provider(session))
        self.referral = str(uuid4())
        self.case = protector.opens()
        opened_on(session, self.case, "2026-11-02")
        protector.tells(self.case, "talked-with-local-team", "2026-11-03")
        until = {"careType": "gezinshuis", "from": "2026-11-20", "until": "2027-11-20"}
        protector.tells(self.case, "determined", "2026-11-04", values=until)
        protector.tells(self.case, "determination-sent", "2026-11-05")

    def sent(self) -> "Placed":
        return self._put("referral-sent", "2026-11-05", "{}")

    def accepted(self) -> "Placed":
        return self.sent()._put("referral-accepted", "2026-11-10", '{"startDate": "2026-11-20"}')

    def _put(self, kind: str, day: str, values: str) -> "Placed":
        self.session.execute(
            text(
                "INSERT INTO case_event (care_request_id, kind, occurred_on, recorded_by, role, organisation, party,"
                " referral_id, values) VALUES (:case, :kind, :day, 'test', 'youth-protection', :who, :agb, :referral,"
                " CAST(:values AS jsonb))"
            ),
            {
                "case": self.case, "kind": kind, "day": day, "who": INSTITUTION, "agb": self.agb,
                "referral": self.referral, "values": values,
            },
        )  # fmt: skip
        return self

    def tell(self, person: Person, kind: str, occurred: str = "2026-11-20", **said: Any) -> Any:
        body = {"kind": kind, "occurredOn": occurred, **said}
        return person.client.post(f"/referrals/{self.referral}/events", json=body, headers=person.headers)


@pytest.fixture
def placed(session: Session, protector: Person, client: TestClient, token: Token) -> Placed:
    return Placed(session, protector, client, token)


def test_the_provider_that_helps_tells_the_start_and_the_end_and_never_sees_the_case(placed: Placed) -> None:
    placed.accepted()
    started = placed.tell(placed.provider, "started")
    assert (started.status_code, started.json()["party"]) == (201, placed.agb)
    assert placed.protector.get(f"/care-requests/{placed.case}").json()["status"] == "started"
    ended = placed.tell(placed.provider, "ended", "2026-11-23", values={"reason": "31"})
    assert ended.status_code == 201
    assert placed.protector.get(f"/care-requests/{placed.case}").json()["status"] == "closed"
    assert placed.provider.get(f"/care-requests/{placed.case}").status_code == 403


def test_the_end_suggests_to_the_provider_that_a_place_is_free(placed: Placed, session: Session) -> None:
    placed.accepted()
    placed.tell(placed.provider, "started")
    placed.tell(placed.provider, "ended", "2026-11-23", values={"reason": "31"})
    notice = session.execute(
        text("SELECT kind, values FROM notice WHERE organisation = :agb AND role = 'provider'"), {"agb": placed.agb}
    ).one()
    assert (notice.kind, notice.values) == ("place-may-be-free", {"on": "2026-11-23"})


def test_only_the_provider_that_was_found_tells(placed: Placed) -> None:
    placed.sent()
    assert placed.tell(placed.provider, "started").status_code == 404  # not accepted yet
    placed._put("referral-accepted", "2026-11-10", '{"startDate": "2026-11-20"}')
    assert placed.tell(placed.stranger, "started").status_code == 404
    assert placed.tell(placed.provider, "withdrawn", values={"reason": "other"}).status_code == 400
    assert placed.tell(placed.provider, "started", referral=placed.referral).status_code == 400


def test_an_end_has_a_reason_of_the_standard(placed: Placed) -> None:
    placed.accepted()
    placed.tell(placed.provider, "started")
    answer = placed.tell(placed.provider, "ended", "2026-11-23", values={"reason": "99"})
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/values/reason"]


def test_evaluations_agreed_are_watched_after_the_start(placed: Placed) -> None:
    placed.accepted()
    agreed = placed.protector.tells(placed.case, "evaluation-agreed", values={"on": "2026-12-15"})
    assert "hold-evaluation" not in placed.protector.tasks(placed.case)
    placed.tell(placed.provider, "started")
    assert placed.protector.tasks(placed.case)["hold-evaluation"] == "2026-12-15"
    placed.protector.tells(placed.case, "evaluation-held", refersTo=agreed, notes={"outcome": "Het gaat goed."})
    assert "hold-evaluation" not in placed.protector.tasks(placed.case)


def test_a_draft_301_is_ready_to_be_taken_over(placed: Placed, office: Person) -> None:
    placed.sent()
    draft = office.get(f"/care-requests/{placed.case}/drafts/301").json()
    assert draft["content"]["Header"] == {
        "BerichtCode": "436", "BerichtVersie": 3, "BerichtSubversie": 2, "Afzender": "0202", "Ontvanger": placed.agb
    }  # fmt: skip
    product = draft["content"]["ToegewezenProduct"]
    assert (product["Ingangsdatum"], product["Einddatum"]) == ("2026-11-20", "2027-11-20")
    assert product["ReferentieAanbieder"] == "2026-0042"
    assert "Client.Bsn" in draft["toFillIn"]
    assert draft["warnings"] == []


def test_a_provider_takes_over_its_own_315(placed: Placed) -> None:
    placed.accepted()
    draft = placed.provider.get(f"/referrals/{placed.referral}/drafts/315").json()
    assert draft["content"]["Header"]["Afzender"] == placed.agb
    assert draft["content"]["AangevraagdProduct"]["Verwijzer"] == {"Type": "04", "ZorgverlenerCode": INSTITUTION}
    assert placed.stranger.get(f"/referrals/{placed.referral}/drafts/315").status_code == 404


def test_without_a_provider_there_is_nothing_to_send(protector: Person, official: Person) -> None:
    case = protector.opens()
    answer = protector.get(f"/care-requests/{case}/drafts/315")
    assert (answer.status_code, answer.json()["detail"]) == (
        409, "Er is nog geen aanbieder in deze casus. Verstuur eerst een aanmelding."
    )  # fmt: skip
    assert official.get(f"/care-requests/{case}/drafts/301").status_code == 403
    assert protector.get(f"/care-requests/{case}/drafts/999").status_code == 400


def test_towards_eighteen_the_perspective_plan_asks_for_attention(protector: Person) -> None:
    case = protector.opens(birthMonth="2009-02")  # turns eighteen in three months
    due = protector.tasks(case)
    assert {"make-perspective-plan", "invite-wmo-adviser", "arrange-adult-care"} <= due.keys()
    protector.tells(case, "perspective-plan-made")
    protector.tells(case, "wmo-adviser-joined")
    assert "make-perspective-plan" not in protector.tasks(case)
    assert "arrange-adult-care" in protector.tasks(case)
