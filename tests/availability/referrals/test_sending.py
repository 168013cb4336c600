"""A case is put to an offer: only where that may be, never twice by accident, and with a day for the answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.availability.builders import (
    ARNHEM,
    NIJMEGEN,
    a_contract,
    a_general_provision,
    a_provider,
    a_statement,
    an_offer,
)
from tests.availability.referrals.conftest import FORM, Caller, Provider, Worker, events, notices
from tests.availability.referrals.test_over import tell

Home = tuple[Provider, int]
AHome = Callable[..., Home]


def test_the_provider_finds_the_form_in_its_inbox_with_the_day_the_answer_is_due(
    worker: Worker, case: str, home: Home, session: Session
) -> None:
    provider, offer = home
    sent = worker.sent(case, offer)
    (received,) = provider.inbox()
    assert received["id"] == sent["id"]
    assert received["form"].items() >= {"question": FORM["question"], "wishesOfChild": FORM["wishesOfChild"]}.items()
    assert received["child"]["birthMonth"] == "2013-05"
    assert received["standing"] == "open"
    assert received["dueOn"] == sent["dueOn"]
    assert notices(session, provider.agb_code) == ["referral-received"]


def test_the_provider_sees_nothing_else_of_the_case(worker: Worker, case: str, home: Home) -> None:
    provider, offer = home
    worker.sent(case, offer)
    (received,) = provider.inbox()
    assert received["careRequestId"] is None
    assert provider.get(f"/care-requests/{case}").status_code in {403, 404}


def test_the_determination_on_the_form_is_an_event_and_its_evaluations_are_agreed(
    worker: Worker, case: str, home: Home, session: Session
) -> None:
    worker.sent(case, home[1])
    assert events(session, case)[-3:] == ["determined", "evaluation-agreed", "referral-sent"]


def test_a_contract_that_wants_an_answer_sooner_is_followed(worker: Worker, case: str, a_home: AHome) -> None:
    """maandag 30 maart + 3 werkdagen, met Goede Vrijdag 3 april erna: donderdag 2 april."""
    _, offer = a_home(contract={"answer_term_days": 3})
    assert worker.sent(case, offer)["dueOn"] == "2026-04-02"


def test_easter_makes_a_term_longer(worker: Worker, case: str, a_home: AHome, on_day: Callable[[date], None]) -> None:
    """donderdag 2 april + 3 werkdagen, zonder Goede Vrijdag en tweede paasdag: donderdag 9 april."""
    on_day(date(2026, 4, 2))
    _, offer = a_home(contract={"answer_term_days": 3})
    assert worker.sent(case, offer)["dueOn"] == "2026-04-09"


class TestWhereItMayBePut:
    def test_an_offer_without_a_contract_is_for_the_official_first(
        self, worker: Worker, case: str, session: Session
    ) -> None:
        offer = an_offer(session)
        refused = worker.send(case, offer)
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("/not-contracted")
        assert "functionaris" in refused.json()["detail"]

    def test_after_the_officials_yes_it_may_be_asked(
        self, worker: Worker, case: str, session: Session, calling: Callable[[str, str], Caller]
    ) -> None:
        provider = a_provider(session)
        offer = an_offer(session, provider)
        body = {"offerId": offer, "question": "Alleen hier kan zijn zus mee."}
        asked = worker.post(f"/care-requests/{case}/non-contracted-questions", body)
        assert asked.status_code == 201, asked.text
        official = calling("official", ARNHEM)
        (put,) = (
            each for each in official.get(f"/care-requests/{case}/events").json()["items"]
            if each["kind"] == "official-asked"
        )  # fmt: skip
        decided = official.post(
            f"/care-requests/{case}/events",
            {
                "kind": "official-decided",
                "occurredOn": "2026-03-30",
                "refersTo": put["id"],
                "values": {"approved": True},
                "notes": {"decision": "Akkoord."},
            },
        )
        assert decided.status_code == 201, decided.text
        assert worker.send(case, offer).status_code == 201

    @pytest.mark.parametrize(
        ("contract", "status"),
        [
            ({"valid_from": "2026-05-01"}, 201),
            ({"valid_from": "2026-05-02"}, 409),
            ({"valid_until": "2026-05-01"}, 201),
            ({"valid_until": "2026-04-30"}, 409),
            ({"suspended_from": "2026-05-01"}, 409),
            ({"suspended_from": "2026-03-01", "suspended_until": "2026-04-30"}, 201),
        ],
    )
    def test_the_contract_must_hold_on_the_wanted_day(
        self, worker: Worker, case: str, a_home: AHome, contract: dict[str, Any], status: int
    ) -> None:
        _, offer = a_home(contract=contract)
        assert worker.send(case, offer).status_code == status

    def test_a_contract_for_another_municipality_does_not_count(
        self, worker: Worker, case: str, session: Session
    ) -> None:
        provider = a_provider(session)
        a_contract(session, provider, (NIJMEGEN,))
        assert worker.send(case, an_offer(session, provider)).status_code == 409

    def test_a_general_provision_needs_neither_contract_nor_determination(
        self, worker: Worker, case: str, session: Session
    ) -> None:
        offer = a_general_provision(session, care_type_code="opvoedadvies")
        a_statement(session, offer)
        sent = worker.send(case, offer, form={"question": "Iemand om mee te praten."})
        assert sent.status_code == 201, sent.text

    def test_other_help_needs_a_determination(self, worker: Worker, case: str, home: Home) -> None:
        refused = worker.send(case, home[1], form={"question": "Een plek."})
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["pointer"] == "/form/determination"

    def test_an_offer_that_is_not_shown_on_that_day_cannot_be_asked(
        self, worker: Worker, case: str, a_home: AHome
    ) -> None:
        _, offer = a_home(published_until="2026-04-01")
        assert worker.send(case, offer).json()["type"].endswith("/not-published")

    def test_an_unknown_offer_is_a_fault(self, worker: Worker, case: str) -> None:
        assert worker.send(case, 999_999_999).json()["errors"][0]["pointer"] == "/offerId"


class TestTheForm:
    @pytest.mark.parametrize(
        "text", ["Bel 06-12345678 na vier uur.", "Mail naar moeder@voorbeeld.nl.", "Zijn nummer is 123456782."]
    )
    def test_free_text_that_names_a_person_is_refused(self, worker: Worker, case: str, home: Home, text: str) -> None:
        refused = worker.send(case, home[1], form=FORM | {"wishesOfParents": text})
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["pointer"] == "/form/wishesOfParents"
        assert text not in refused.text

    def test_it_is_filled_in_once_and_goes_along_to_the_next(self, worker: Worker, case: str, a_home: AHome) -> None:
        (first, one), (second, other) = a_home(), a_home()
        first.refuse(worker.sent(case, one))
        sent = worker.post(f"/care-requests/{case}/referrals", {"offerId": other})
        assert sent.status_code == 201, sent.text
        assert second.inbox()[0]["form"] == sent.json()["form"]
        assert worker.get(f"/care-requests/{case}/enrolment-form").json()["form"] == sent.json()["form"]

    def test_without_one_nothing_is_sent(self, worker: Worker, case: str, home: Home) -> None:
        refused = worker.post(f"/care-requests/{case}/referrals", {"offerId": home[1]})
        assert refused.json()["errors"][0]["pointer"] == "/form"


class TestDuplicates:
    def test_a_second_referral_is_named_before_it_is_sent(self, worker: Worker, case: str, a_home: AHome) -> None:
        (_, one), (_, other) = a_home(name="De Wilgen"), a_home()
        worker.sent(case, one)
        named = worker.send(case, other)
        assert named.status_code == 409
        assert named.json()["type"].endswith("/running-referral")
        assert "De Wilgen" in named.json()["detail"]
        assert worker.send(case, other, duplicateConfirmed=True).status_code == 201

    def test_the_same_offer_is_never_asked_twice_at_once(self, worker: Worker, case: str, home: Home) -> None:
        worker.sent(case, home[1])
        again = worker.send(case, home[1], duplicateConfirmed=True)
        assert again.json()["type"].endswith("/same-referral")

    def test_a_request_that_is_sent_again_makes_one_referral(self, worker: Worker, case: str, home: Home) -> None:
        first, again = worker.send(case, home[1], key="een"), worker.send(case, home[1], key="een")
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json()["id"] == again.json()["id"]
        other = worker.send(case, home[1], key="een", duplicateConfirmed=True)
        assert other.json()["type"].endswith("/key-reused")

    def test_an_answered_one_is_no_duplicate(self, worker: Worker, case: str, a_home: AHome) -> None:
        (provider, one), (_, other) = a_home(), a_home()
        provider.refuse(worker.sent(case, one))
        assert worker.send(case, other).status_code == 201


def test_a_case_that_is_over_is_put_to_nobody(worker: Worker, case: str, home: Home) -> None:
    worker.post(
        f"/care-requests/{case}/events",
        {"kind": "withdrawn", "occurredOn": "2026-03-30", "values": {"reason": "no-longer-needed"}},
    )
    assert worker.send(case, home[1]).json()["type"].endswith("/case-is-over")


def test_another_organisations_case_does_not_exist(
    worker: Worker, case: str, home: Home, calling: Callable[[str, str], Caller]
) -> None:
    stranger = calling("local-team", NIJMEGEN)
    body = {"offerId": home[1], "form": FORM}
    assert stranger.post(f"/care-requests/{case}/referrals", body).status_code == 404
    assert stranger.post(f"/care-requests/{case}/referrals", {}).status_code == 404
    sent = worker.sent(case, home[1])
    assert stranger.get(f"/referrals/{sent['id']}").status_code == 404


def test_the_inbox_is_in_the_order_of_the_days_it_shows(
    worker: Worker, case: str, home: Home, session: Session, on_day: Callable[[date], None]
) -> None:
    """dinsdag 31 maart + 5 werkdagen na de toewijzing, met Pasen: donderdag 9 april. De eerste kreeg er nog geen."""
    provider, offer = home
    another = an_offer(session, provider.agb_code)
    a_statement(session, another)
    first = worker.sent(case, offer)
    on_day(date(2026, 3, 31))
    second_case = worker.open(reference="2026-0043")
    second = worker.sent(second_case, another)
    assert [each["id"] for each in provider.inbox()] == [first["id"], second["id"]]
    tell(worker, second_case, "allocation-sent", "2026-03-31", referral=second["id"])
    shown = [(each["id"], each["dueOn"]) for each in provider.inbox()]
    assert shown == [(second["id"], "2026-04-09"), (first["id"], first["dueOn"])]
    assert provider.inbox("?limit=1")[0]["id"] == second["id"]
