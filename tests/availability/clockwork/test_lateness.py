"""The chase list: who is late with statements, how late and how often, per contract."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.clockwork.lateness import WORDS, ByEmail, ContractedFor, ContractLateness, as_csv, lateness_in
from availability.clockwork.reminders import remind
from tests.availability.builders import ARNHEM, NIJMEGEN, a_contract, a_provider, a_statement, an_offer
from tests.availability.clockwork.builders import TODAY, days_ago
from tests.availability.outbox.builders import a_contact_address
from tests.conftest import Token

REGION = "JZ28"
"""Of Arnhem; Amsterdam is not in it."""

AREAS = (ARNHEM, NIJMEGEN, REGION, "NL")
"""What a manager of the region has in sight, as far as these tests go."""


def a_contracted(
    session: Session,
    *agos: int | None,
    term: int = 30,
    areas: tuple[str, ...] = (ARNHEM,),
    since: str = "2020-01-01",
    **given: Any,
) -> str:
    """A contract with an offer for each age of a statement; returns the provider."""
    provider = a_provider(session, **given)
    a_contract(session, provider, areas, update_term_days=term, valid_from=since)
    for ago in agos:
        offer = an_offer(session, provider, published_from="2026-01-01")
        if ago is not None:
            a_statement(session, offer, stated_at=days_ago(ago))
    return provider


def found(session: Session, provider: str) -> Any:
    return next(each for each in listed(session) if each.provider.agb_code == provider)


def listed(session: Session) -> list[ContractLateness]:
    return lateness_in(session, AREAS, TODAY).items


def an_offer_with_statements(session: Session, *agos: int, since: str = "2020-01-01") -> str:
    """An offer, stated so many days ago, under a contract that began on that day; returns the provider."""
    provider = a_contracted(session, since=since)
    offer = an_offer(session, provider)
    for ago in agos:
        a_statement(session, offer, stated_at=days_ago(ago))
    return provider


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


@pytest.mark.parametrize(
    ("agos", "times"),
    [
        (
            (400, 330, 200, 190, 100, 60, 31),
            5,
        ),  # after 400, which lasted into the year, 330, 190, 100, and now after 31
        (
            (600, 500, 360, 335, 305, 275, 250, 220, 190, 160, 130, 100, 70, 40, 10),
            1,
        ),  # after 500; what came before is over
        ((20,), 1),  # nothing, until twenty days ago
        ((800,), 1),  # the worst: silent for more than a year
        ((), 1),  # never stated
        ((60,), 2),  # nothing until then, and since
        ((60, 0, 60), 2),  # the same, with a "niets veranderd" of today that was taken back
    ],
)
def test_how_often_somebody_was_late_is_counted_over_a_year(
    session: Session, agos: tuple[int, ...], times: int
) -> None:
    assert found(session, an_offer_with_statements(session, *agos)).times_late == times


@pytest.mark.parametrize(
    ("agos", "since", "times"),
    [
        ((300, 200, 100), "vrijdag 2026-04-03", 1),  # a contract of 31 days in which nothing was stated
        ((300, 200, 100), "zaterdag 2026-04-04", 0),  # of thirty days: it could not ask for more yet
        ((300, 200, 20), "dinsdag 2026-03-03", 1),  # 42 days under the contract before one came
        ((), "zaterdag 2026-04-04", 0),
        ((), "vrijdag 2026-04-03", 1),
    ],
)
def test_nobody_was_late_before_the_contract_that_sets_the_term(
    session: Session, agos: tuple[int, ...], since: str, times: int
) -> None:
    assert found(session, an_offer_with_statements(session, *agos, since=since.split()[1])).times_late == times


def test_a_statement_from_before_the_contract_shows_as_old_as_it_is(session: Session) -> None:
    """Referrers see it as stale today, whatever a contract says of yesterday."""
    late = found(session, an_offer_with_statements(session, 100, since="2026-04-30"))
    assert (late.late, late.days_late, late.times_late) == (1, 70, 0)


def test_a_reminder_counts_once_however_many_offers_it_is_about(session: Session) -> None:
    provider = a_contracted(session, *[24] * 40)
    remind(session, TODAY)
    assert found(session, provider).reminders == 1
    remind(session, TODAY + timedelta(days=10))
    assert found(session, provider).reminders == 2


def test_what_is_due_what_is_stale_and_what_was_never_stated_are_three_messages(session: Session) -> None:
    provider = a_contracted(session, 24, 26, 40, 50, None, None)
    remind(session, TODAY)
    told = session.execute(
        text("SELECT count(*) FROM notice WHERE organisation = :own"), {"own": provider}
    ).scalar_one()
    assert found(session, provider).reminders == told == 3


def became(session: Session, state: str) -> None:
    """What every delivery that was on its way came to, on TODAY."""
    values = {"state": state, "at": None if state == "waiting" else days_ago(0)}
    session.execute(text("UPDATE delivery SET state = :state, finished_at = :at WHERE state = 'waiting'"), values)


def test_a_provider_without_an_address_is_told_but_not_reached(session: Session) -> None:
    never = found(session, a_contracted(session, 40))
    assert (never.by_email, never.emailed_on) == ("no-address", None)


@pytest.mark.parametrize(
    "elsewhere", [{"role": "contract-manager"}, {"kinds": ["referral-received"]}, {"organisation": "90999999"}]
)
def test_an_address_for_something_else_is_none_for_reminders(session: Session, elsewhere: dict[str, Any]) -> None:
    provider = a_contracted(session, 40)
    a_contact_address(session, **{"organisation": provider} | elsewhere)
    remind(session, TODAY)
    assert found(session, provider).by_email == "no-address"


@pytest.mark.parametrize(
    ("state", "by_email", "emailed_on"),
    [("sent", "sent", TODAY), ("waiting", "waiting", None), ("dead", "failed", None), ("withheld", "failed", None)],
)
def test_what_became_of_a_reminder_by_email_is_told(
    session: Session, state: str, by_email: str, emailed_on: date | None
) -> None:
    provider = a_contracted(session, 40)
    a_contact_address(session, organisation=provider, kinds=["capacity-stale"])
    assert found(session, provider).by_email == "not-yet"
    remind(session, TODAY)
    became(session, state)
    late = found(session, provider)
    assert (late.by_email, late.emailed_on) == (by_email, emailed_on)


def test_the_last_reminder_says_how_it_goes_and_an_earlier_one_when_it_last_went_well(session: Session) -> None:
    provider = a_contracted(session, 40)
    a_contact_address(session, organisation=provider)
    a_contact_address(session, organisation=provider, email="weg@example.org")
    remind(session, TODAY)
    became(session, "sent")
    session.execute(text("UPDATE notice SET told_at = told_at - interval '7 days'"))
    remind(session, TODAY + timedelta(days=7))
    became(session, "dead")
    late = found(session, provider)
    assert (late.by_email, late.emailed_on) == ("failed", TODAY)


def test_whom_to_call_is_what_the_provider_tells_everybody(session: Session) -> None:
    late = found(session, a_contracted(session, 40, phone="026 123 45 67", email="info@tulp.example"))
    assert (late.phone, late.email) == ("026 123 45 67", "info@tulp.example")


def test_the_latest_comes_first(session: Session) -> None:
    providers = [a_contracted(session, ago) for ago in (33, 80, 5)]
    order = [each.provider.agb_code for each in listed(session)]
    assert [provider for provider in order if provider in providers] == [providers[1], providers[0], providers[2]]


@pytest.mark.parametrize(
    "given", [{"valid_until": "2026-05-03"}, {"valid_from": "2026-05-05"}, {"suspended_from": "2026-05-01"}]
)
def test_a_contract_that_does_not_run_is_not_chased(session: Session, given: dict[str, Any]) -> None:
    provider = a_provider(session)
    a_contract(session, provider, **given)
    an_offer(session, provider)
    assert all(each.provider.agb_code != provider for each in listed(session))


def test_a_contract_of_another_region_is_not_in_the_list(session: Session) -> None:
    elsewhere = a_contracted(session, 90, areas=("GM0363",))
    nearby = a_contracted(session, 90, areas=(ARNHEM, NIJMEGEN))
    providers = [each.provider.agb_code for each in listed(session)]
    assert elsewhere not in providers
    assert providers.count(nearby) == 1


@pytest.mark.parametrize(
    ("areas", "contracted_for"),
    [
        ((ARNHEM, NIJMEGEN), "municipality"),
        ((REGION,), "region"),
        ((ARNHEM, REGION), "region"),
        (("NL",), "country"),
        ((REGION, "NL"), "country"),
    ],
)
def test_a_contract_says_for_how_wide_an_area_it_was_made(
    session: Session, areas: tuple[str, ...], contracted_for: str
) -> None:
    assert found(session, a_contracted(session, 40, areas=areas)).contracted_for == contracted_for


def test_an_offer_under_two_contracts_counts_once_and_is_late_by_the_shorter_term(session: Session) -> None:
    before = lateness_in(session, AREAS, TODAY)
    provider = a_contracted(session, 40, None, term=60)
    a_contract(session, provider, (REGION,), update_term_days=30)
    after = lateness_in(session, AREAS, TODAY)
    assert len(after.items) - len(before.items) == 2
    assert (after.offers, after.late, after.never_stated) == (
        before.offers + 2,
        before.late + 2,
        before.never_stated + 1,
    )


def asked(client: TestClient, token: Token, role: str, organisation: str, path: str) -> Any:
    return client.get(f"{path}/lateness", headers={"Authorization": token(role, organisation)})


@pytest.mark.parametrize(
    ("organisation", "path", "status"),
    [
        (REGION, f"/regions/{REGION}", 200),
        (REGION, f"/municipalities/{ARNHEM}", 200),  # in her region
        (ARNHEM, f"/municipalities/{ARNHEM}", 200),
        (REGION, "/regions/JZ10", 403),
        (REGION, "/municipalities/GM0363", 403),
        (ARNHEM, f"/municipalities/{NIJMEGEN}", 403),
        (ARNHEM, f"/regions/{REGION}", 403),
        (ARNHEM, f"/regions/{ARNHEM}", 400),
    ],
)
def test_a_contract_manager_sees_her_own_area_only(
    client: TestClient, token: Token, organisation: str, path: str, status: int
) -> None:
    assert asked(client, token, "contract-manager", organisation, path).status_code == status


@pytest.mark.parametrize("path", [f"/regions/{REGION}", f"/municipalities/{ARNHEM}"])
def test_a_provider_sees_no_list_of_who_is_late(client: TestClient, token: Token, path: str) -> None:
    assert asked(client, token, "provider", "90000001", path).status_code == 403


@pytest.mark.parametrize("path", ["/regions/JZ99", "/municipalities/GM9999"])
def test_an_area_that_does_not_exist_has_no_list(client: TestClient, token: Token, path: str) -> None:
    assert asked(client, token, "admin", "-", path).status_code == 404


def test_a_municipality_that_contracts_sees_what_holds_for_it(
    client: TestClient, session: Session, token: Token
) -> None:
    own, regional, nationwide, neighbours = (
        a_contracted(session, 400, areas=(area,)) for area in (ARNHEM, REGION, "NL", NIJMEGEN)
    )
    answer = asked(client, token, "contract-manager", ARNHEM, f"/municipalities/{ARNHEM}").json()
    seen = {each["provider"]["agbCode"]: each["contractedFor"] for each in answer["items"]}
    assert (seen[own], seen[regional], seen[nationwide]) == ("municipality", "region", "country")
    assert neighbours not in seen


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
    assert (row["Gecontracteerd voor"], row["E-mail"], row["Laatst per e-mail bereikt"]) == (
        "gemeente",
        "geen e-mailadres",
        "",
    )
    assert date.fromisoformat(row["Laatste opgave"]) < datetime.now(UTC).date()


def test_an_empty_list_has_its_headings() -> None:
    assert as_csv([]).decode("utf-8-sig").startswith("Contract;AGB-code;Aanbieder;")


def test_the_file_of_a_municipality_is_named_after_it_and_audited(
    client: TestClient, session: Session, token: Token
) -> None:
    answer = asked(client, token, "contract-manager", ARNHEM, f"/municipalities/{ARNHEM}")
    file = client.get(
        f"/municipalities/{ARNHEM}/lateness?format=csv", headers={"Authorization": token("contract-manager", ARNHEM)}
    )
    assert (
        file.headers["content-disposition"] == f'attachment; filename="te-laat-{ARNHEM}-{answer.json()["today"]}.csv"'
    )
    audited = session.execute(text("SELECT record_kind, record_id FROM audit_entry WHERE action = 'export-lateness'"))
    assert list(audited) == [("municipality", ARNHEM)]


def test_the_file_has_a_word_for_every_code() -> None:
    assert sorted(WORDS) == sorted((*get_args(ContractedFor), *get_args(ByEmail)))
