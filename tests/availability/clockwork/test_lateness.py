"""The chase list: who is late with statements, how late and how often, per contract."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.clockwork.lateness import as_csv, lateness_in
from availability.clockwork.reminders import remind
from tests.availability.builders import ARNHEM, NIJMEGEN, a_contract, a_provider, a_statement, an_offer
from tests.availability.clockwork.builders import TODAY, days_ago
from tests.conftest import Token

REGION = "JZ28"
"""Of Arnhem; Amsterdam is not in it."""


def a_contracted(
    session: Session, *agos: int | None, term: int = 30, areas: tuple[str, ...] = (ARNHEM,), **given: Any
) -> str:
    """A contract with an offer for each age of a statement; returns the provider."""
    provider = a_provider(session, **given)
    a_contract(session, provider, areas, update_term_days=term)
    for ago in agos:
        offer = an_offer(session, provider, published_from="2026-01-01")
        if ago is not None:
            a_statement(session, offer, stated_at=days_ago(ago))
    return provider


def found(session: Session, provider: str) -> Any:
    return next(each for each in lateness_in(session, REGION, TODAY) if each.provider.agb_code == provider)


def test_a_contract_counts_its_offers_and_those_that_are_late(session: Session) -> None:
    late = found(session, a_contracted(session, 5, 30, 31, 50))
    assert (late.offers, late.late, late.never_stated, late.days_late) == (4, 2, 0, 20)
    assert late.last_stated_on == TODAY - timedelta(days=5)


def test_what_was_never_stated_is_late_since_the_contract_and_the_offer_began(session: Session) -> None:
    never = found(session, a_contracted(session, None))
    assert (never.late, never.never_stated) == (1, 1)
    assert never.days_late == (TODAY - date(2026, 1, 1)).days - 30
    assert never.last_stated_on is None


def test_each_contract_has_its_own_term(session: Session) -> None:
    assert found(session, a_contracted(session, 40, term=30)).late == 1
    assert found(session, a_contracted(session, 40, term=60)).late == 0


def test_how_often_somebody_was_late_is_counted_over_a_year(session: Session) -> None:
    provider = a_contracted(session)
    offer = an_offer(session, provider, published_from="2026-01-01")
    for ago in (400, 330, 200, 190, 100, 60, 31):  # late after 330, 190, 100 and now after 31
        a_statement(session, offer, stated_at=days_ago(ago))
    assert found(session, provider).times_late == 4


def test_reminders_are_counted(session: Session) -> None:
    provider = a_contracted(session, 24)
    remind(session, TODAY)
    assert found(session, provider).reminders == 1
    remind(session, TODAY + timedelta(days=10))
    assert found(session, provider).reminders == 2


def test_the_latest_comes_first(session: Session) -> None:
    providers = [a_contracted(session, ago) for ago in (33, 80, 5)]
    order = [each.provider.agb_code for each in lateness_in(session, REGION, TODAY)]
    assert [provider for provider in order if provider in providers] == [providers[1], providers[0], providers[2]]


@pytest.mark.parametrize(
    "given", [{"valid_until": "2026-05-03"}, {"valid_from": "2026-05-05"}, {"suspended_from": "2026-05-01"}]
)
def test_a_contract_that_does_not_run_is_not_chased(session: Session, given: dict[str, Any]) -> None:
    provider = a_provider(session)
    a_contract(session, provider, **given)
    an_offer(session, provider)
    assert all(each.provider.agb_code != provider for each in lateness_in(session, REGION, TODAY))


def test_a_contract_of_another_region_is_not_in_the_list(session: Session) -> None:
    elsewhere = a_contracted(session, 90, areas=("GM0363",))
    nearby = a_contracted(session, 90, areas=(ARNHEM, NIJMEGEN))
    listed = [each.provider.agb_code for each in lateness_in(session, REGION, TODAY)]
    assert elsewhere not in listed
    assert listed.count(nearby) == 1


def test_the_contract_manager_sees_her_own_region_only(client: TestClient, token: Token) -> None:
    asked = {"Authorization": token("contract-manager", REGION)}
    assert client.get(f"/regions/{REGION}/lateness", headers=asked).status_code == 200
    assert client.get("/regions/JZ10/lateness", headers=asked).status_code == 403
    provider = {"Authorization": token("provider", "90000001")}
    assert client.get(f"/regions/{REGION}/lateness", headers=provider).status_code == 403


def test_the_list_is_a_file_for_a_dutch_spreadsheet_program(client: TestClient, session: Session, token: Token) -> None:
    provider = a_contracted(session, 400, name='=HYPERLINK("https://elders.example")')
    answer = client.get(
        f"/regions/{REGION}/lateness?format=csv", headers={"Authorization": token("contract-manager", REGION)}
    )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="te-laat-{REGION}-')
    headings, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    row = dict(zip(headings, next(each for each in rows if each[1] == provider), strict=True))
    assert row["Aanbieder"].startswith("'=")
    assert row["Te laat"] == "1"
    assert date.fromisoformat(row["Laatste opgave"]) < datetime.now(UTC).date()


def test_an_empty_list_has_its_headings() -> None:
    assert as_csv([]).decode("utf-8-sig").startswith("Contract;AGB-code;Aanbieder;")
