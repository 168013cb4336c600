"""A refusal is a document: numbered, printable, verifiable, and silent about the child to whoever checks it."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.referrals.form import IJW_FREQUENCIES, IJW_UNITS, Frequency, Unit
from availability.referrals.reasons import REASONS, Reason
from tests.availability.referrals.conftest import Provider, Worker
from tests.conftest import Token

pytestmark = pytest.mark.slow

Home = tuple[Provider, int]


@pytest.fixture
def referral(worker: Worker, case: str, home: Home) -> Any:
    sent = worker.sent(case, home[1])
    refused = home[0].refuse(sent, "not-fitting", needs=["lvb"], explanation="Wij hebben <geen> begeleiding hiervoor.")
    assert refused.status_code == 200, refused.text
    return sent


@pytest.fixture
def document(worker: Worker, referral: Any) -> Any:
    told = worker.get(f"/referrals/{referral['id']}/refusal")
    assert told.status_code == 200, told.text
    return told.json()


def test_it_says_who_refused_what_when_and_why(document: Any, home: Home) -> None:
    assert re.fullmatch(r"AW-2026-\d{6}", document["number"])
    assert document["provider"]["agbCode"] == home[0].agb_code
    assert document["reasonText"] == "De hulp past niet bij deze vraag."
    assert [need["code"] for need in document["needs"]] == ["lvb"]
    assert document["inTime"] is True
    assert document["reference"] == "2026-0042"
    assert document["ijwCode"] == "7"


def test_each_document_has_its_own_number(worker: Worker, home: Home, document: Any) -> None:
    other = worker.sent(worker.open(reference="2026-0043"), home[1])
    assert home[0].refuse(other).json()["refusal"] > document["number"]


def test_provider_and_worker_read_the_same(home: Home, referral: Any, document: Any) -> None:
    assert home[0].get(f"/referrals/{referral['id']}/refusal").json() == document


def test_the_back_office_reads_it_too_and_another_municipality_does_not(
    client: TestClient, token: Token, referral: Any, document: Any
) -> None:
    def read_by(role: str, organisation: str) -> Any:
        whose = {"Authorization": token(role, organisation)}
        return client.get(f"/referrals/{referral['id']}/refusal", headers=whose)

    assert read_by("back-office", "GM0202").json() == document
    assert read_by("back-office", "GM0268").status_code == 404
    assert read_by("official", "GM0202").status_code == 404  # nothing of this case was put to it
    assert read_by("provider", "41999999").status_code == 404
    assert read_by("contract-manager", "JZ28").status_code == 403


def test_the_page_to_print_holds_everything_and_needs_nothing_from_elsewhere(
    worker: Worker, referral: Any, document: Any
) -> None:
    page = worker.get(f"/referrals/{referral['id']}/refusal", Accept="text/html,application/xhtml+xml")
    assert page.headers["content-type"].startswith("text/html")
    for said in (document["number"], document["code"], document["provider"]["name"], "30 maart 2026", "@page"):
        assert said in page.text
    assert "&lt;geen&gt;" in page.text
    assert not re.search(r"(src|href)=|url\(|@import|<script", page.text)


class TestIsItGenuine:
    def verified(self, client: TestClient, document: Any, **changed: str) -> Any:
        said = document | changed
        answer = client.get(f"/refusals/{said['number']}/verification", params={"code": said["code"]})
        assert answer.status_code == 200
        return answer.json()

    def test_anybody_with_the_paper_can_ask(self, client: TestClient, document: Any) -> None:
        told = self.verified(client, document)
        assert told == {
            "genuine": True,
            "revoked": False,
            "issuedOn": "2026-03-30",
            "provider": document["provider"],
        }

    def test_small_letters_and_spaces_do(self, client: TestClient, document: Any) -> None:
        typed = document["code"].lower().replace("-", " ")
        assert self.verified(client, document, code=typed)["genuine"]

    @pytest.mark.parametrize("changed", [{"code": "AAAA-BBBB-CCCC-DDDD"}, {"number": "AW-2026-999999"}, {"code": "é"}])
    def test_of_anything_else_nothing_is_said(self, client: TestClient, document: Any, changed: dict[str, str]) -> None:
        assert self.verified(client, document, **changed) == {
            "genuine": False,
            "revoked": None,
            "issuedOn": None,
            "provider": None,
        }

    @pytest.mark.parametrize("change", ["reason = 'other'", "issued_on = '2026-01-01'", "explanation = 'Anders.'"])
    def test_who_changes_a_word_of_it_breaks_the_code(
        self, client: TestClient, document: Any, session: Session, change: str
    ) -> None:
        session.execute(text(f"UPDATE refusal SET {change} WHERE number = :n"), {"n": document["number"]})
        assert self.verified(client, document)["genuine"] is False


def test_a_refusal_that_is_corrected_away_is_revoked_and_the_next_has_a_number_of_its_own(
    worker: Worker, case: str, home: Home, referral: Any, document: Any, client: TestClient
) -> None:
    told = worker.get(f"/care-requests/{case}/events").json()["items"]
    (refused,) = (each for each in told if each["kind"] == "referral-refused")
    correction = {"kind": "corrected", "occurredOn": "2026-03-30", "refersTo": refused["id"]}
    corrected = worker.post(f"/care-requests/{case}/events", correction | {"values": {"what": "void"}})
    assert corrected.status_code == 201, corrected.text
    checked = client.get(f"/refusals/{document['number']}/verification", params={"code": document["code"]}).json()
    assert (checked["genuine"], checked["revoked"]) == (True, True)
    assert worker.get(f"/care-requests/{case}/refusals").json()["items"] == []
    (open_again,) = home[0].inbox()
    assert (open_again["standing"], open_again["refusal"]) == ("open", None)
    again = home[0].refuse(referral, "no-place").json()
    assert again["refusal"] > document["number"]
    assert worker.get(f"/referrals/{referral['id']}/refusal").json()["revoked"] is False


def test_a_referral_without_a_refusal_has_no_document(worker: Worker, home: Home) -> None:
    sent = worker.sent(worker.open(reference="2026-0043"), home[1])
    assert worker.get(f"/referrals/{sent['id']}/refusal").status_code == 404


def test_every_reason_has_a_meaning_and_every_unit_an_ijw_code() -> None:
    assert set(REASONS) == set(Reason)
    assert all(meaning.text.endswith(".") and meaning.lapses_with for meaning in REASONS.values())
    assert set(IJW_UNITS) == set(Unit)
    assert set(IJW_FREQUENCIES) == set(Frequency)
