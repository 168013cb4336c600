"""The world in the database: written whole, and the database has nothing against it."""

import time
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from availability.access.tables import CertifiedInstitution
from availability.cases.tables import CareRequest
from availability.geography.tables import Municipality, YouthRegion
from availability.referrals.tables import Referral
from availability.supply.tables import (
    CapacityStatement,
    Contract,
    CurrentCapacity,
    Location,
    Offer,
    Provider,
    ServedArea,
)
from data.demo import demo_accounts, load_world

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)


def load(session: Session, offers: int, heard: Callable[[float], None] = lambda _: None) -> dict[str, int]:
    return load_world(session, "region", offers=offers, today=TODAY, progress=heard)


def test_every_row_arrives(session: Session) -> None:
    counts = load(session, 120)
    written = {
        "providers": Provider,
        "locations": Location,
        "contracts": Contract,
        "offers": Offer,
        "served areas": ServedArea,
        "statements": CapacityStatement,
        "current": CurrentCapacity,
        "institutions": CertifiedInstitution,
        "cases": CareRequest,
        "referrals": Referral,
    }
    counts["cases"] += counts["past cases"] + counts["searched cases"] + counts["living cases"]
    counts["referrals"] += counts["searched referrals"] + counts["living referrals"] + counts["network referrals"]
    assert {name: session.scalar(select(func.count()).select_from(table)) for name, table in written.items()} == {
        name: counts[name] for name in written
    }
    assert counts["offers"] == 120


def test_what_was_not_said_is_null_and_a_list_is_a_list(session: Session) -> None:
    load(session, 300)
    assert session.scalar(text("SELECT count(*) FROM capacity_statement WHERE waiting_count IS NULL")) not in (0, None)
    assert session.scalar(text("SELECT count(*) FROM capacity_statement WHERE note = ''")) == 0
    assert session.scalar(text("SELECT count(*) FROM offer WHERE travels_km = 'NaN'")) == 0
    assert session.scalar(text("SELECT max(cardinality(need_codes)) FROM care_request")) == 2
    assert session.scalar(text("SELECT min(cardinality(care_type_codes)) FROM care_request")) == 1


def test_locations_stand_where_their_municipality_is(session: Session) -> None:
    load(session, 120)
    far = "SELECT count(*) FROM location l JOIN postcode p USING (pc4) WHERE ST_Distance(l.point, p.centre) > 500"
    assert session.scalar(text(far)) == 0


def test_the_next_offer_gets_a_number_of_its_own(session: Session) -> None:
    load(session, 120)
    assert session.scalar(text("SELECT nextval(pg_get_serial_sequence('offer', 'id'))")) == 121


def test_the_boards_are_told(session: Session) -> None:
    before = session.scalar(text("SELECT count(*) FROM board_change"))
    load(session, 120)
    after = session.scalar(text("SELECT count(*) FROM board_change"))
    assert after is not None
    assert before is not None
    assert after > before


def test_progress_rises_to_the_end(session: Session) -> None:
    heard: list[float] = []
    load(session, 60, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(1)


def test_accounts_are_for_organisations_that_exist(session: Session) -> None:
    load(session, 120)
    tables = {"GM": Municipality, "JZ": YouthRegion}
    people = demo_accounts(session)
    assert [person.role for person in people][:2] == ["local-team", "youth-protection"]
    for person in people:
        if person.organisation == "-":
            continue
        homes = (
            [tables[person.organisation[:2]]] if person.organisation[:2] in tables else [Provider, CertifiedInstitution]
        )
        assert any(session.get(home, person.organisation) for home in homes), person


def test_the_region_is_there_in_seconds(session: Session) -> None:
    began = time.perf_counter()
    counts = load(session, 1_500)
    print(f"{counts['offers']} offers in {time.perf_counter() - began:.1f} s")  # noqa: T201
    assert counts["offers"] == 1_500
