"""Supply for a test: each builder stores one thing with sensible values; a test names only what matters to it.

Every builder returns what others refer to (an AGB code, an id) and first makes what it stands on. The map and the words
are the real reference data.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from availability.supply.tables import (
    CapacityStatement,
    Contract,
    ContractLine,
    Location,
    Offer,
    Provider,
    ServedArea,
)

ARNHEM, NIJMEGEN, AMSTERDAM = "GM0202", "GM0268", "GM0363"
CARE_TYPE = "gezinshuis"

_numbers = count(1)


def _insert(session: Session, table: type[SQLModel], values: Mapping[str, Any], returning: str) -> Any:
    column = getattr(table, returning)
    return session.execute(insert(table).values(**values).returning(column)).scalar_one()


def a_provider(session: Session, **given: Any) -> str:
    """A provider; returns its AGB code."""
    number = next(_numbers)
    values = {"agb_code": f"{90_000_000 + number}", "name": f"Jeugdhulp De Proef {number}"}
    agb_code: str = _insert(session, Provider, values | given, "agb_code")
    return agb_code


def a_location(
    session: Session, provider: str | None = None, lon: float = 5.9, lat: float = 51.98, **given: Any
) -> int:
    """A location in Arnhem, or where `lon` and `lat` say; returns its id."""
    values = {
        "provider_agb": provider or a_provider(session),
        "name": "Hoofdlocatie",
        "pc4": "6811",
        "place": "Arnhem",
        "municipality_code": ARNHEM,
        "point": f"SRID=4326;POINT({lon} {lat})",
    }
    location: int = _insert(session, Location, values | given, "id")
    return location


def a_contract(
    session: Session,
    provider: str | None = None,
    areas: tuple[str, ...] = (ARNHEM,),
    care_types: tuple[str, ...] = (CARE_TYPE,),
    **given: Any,
) -> int:
    """A running local contract for Arnhem; returns its id."""
    values = {
        "provider_agb": provider or a_provider(session),
        "number": f"C-{next(_numbers)}",
        "scope": "local",
        "valid_from": "2020-01-01",
        "update_term_days": 30,
        "answer_term_days": 5,
    }
    contract: int = _insert(session, Contract, values | given, "id")
    lines = [
        {"contract_id": contract, "care_type_code": care_type, "area_code": area}
        for area in areas
        for care_type in care_types
    ]
    session.execute(insert(ContractLine), lines)
    return contract


def an_offer(session: Session, provider: str | None = None, location: int | None = None, **given: Any) -> int:
    """A published offer in Arnhem for every child; returns its id. Not contracted by itself: see `a_contract`."""
    provider = provider or a_provider(session)
    values = {
        "provider_agb": provider,
        "location_id": location if location is not None else a_location(session, provider),
        "care_type_code": CARE_TYPE,
        "name": f"Gezinshuis {next(_numbers)}",
        "age_from": 0,
        "age_until": 17,
        "genders": 7,
        "setting": "family",
        "published_from": "2020-01-01",
    }
    offer: int = _insert(session, Offer, values | given, "id")
    return offer


def a_general_provision(session: Session, municipalities: tuple[str, ...] = (ARNHEM,), **given: Any) -> int:
    """An offer that may be used by municipality, without a contract; returns its id."""
    offer = an_offer(session, **given)
    session.execute(insert(ServedArea), [{"offer_id": offer, "municipality_code": each} for each in municipalities])
    return offer


def a_statement(session: Session, offer: int, **given: Any) -> int:
    """A statement of 12 places of which 2 are open, current from now on; returns its id."""
    values = {
        "offer_id": offer,
        "total_places": 12,
        "occupied_places": 9,
        "reserved_places": 1,
        "open_places": 2,
        "intake_wait_days": 14,
        "treatment_wait_days": 28,
        "admission_stop": False,
        "stated_at": datetime.now(UTC),
        "stated_by": "test",
        "source": "api",
    }
    statement: int = _insert(session, CapacityStatement, values | given, "id")
    session.execute(
        text(
            "INSERT INTO current_capacity (offer_id, statement_id) VALUES (:offer, :statement)"
            " ON CONFLICT (offer_id) DO UPDATE SET statement_id = excluded.statement_id"
        ),
        {"offer": offer, "statement": statement},
    )
    return statement


def a_contracted_offer(session: Session, areas: tuple[str, ...] = (ARNHEM,), **given: Any) -> int:
    """An offer with a contract for Arnhem and a statement: a place that can be found; returns its id."""
    provider = given.pop("provider", None) or a_provider(session)
    offer = an_offer(session, provider, **given)
    a_contract(session, provider, areas, (given.get("care_type_code", CARE_TYPE),))
    a_statement(session, offer)
    return offer
