"""Many providers, contracts, offers and statements at once, as columns: for a demo world or a first filling.

Ids are the caller's. CHECKs, keys and the board's feed work as always: one COPY is one statement to them.
"""

import pandas as pd
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.copying import copy_in, move_identity, points

PROVIDER = ["agb_code", "name", "website", "email", "phone"]
LOCATION = ["id", "provider_agb", "name", "pc4", "place", "municipality_code"]
CONTRACT = [
    "id",
    "provider_agb",
    "number",
    "scope",
    "valid_from",
    "valid_until",
    "suspended_from",
    "suspended_until",
    "update_term_days",
    "answer_term_days",
]
LINE = ["contract_id", "care_type_code", "area_code"]
OFFER = [
    "id",
    "provider_agb",
    "location_id",
    "care_type_code",
    "name",
    "description",
    "age_from",
    "age_until",
    "genders",
    "setting",
    "serves",
    "excludes",
    "only_for",
    "siblings",
    "past_eighteen",
    "travels_km",
    "published_from",
    "published_until",
]
SERVED = ["offer_id", "municipality_code"]
STATEMENT = [
    "id",
    "offer_id",
    "total_places",
    "occupied_places",
    "reserved_places",
    "open_places",
    "intake_wait_days",
    "treatment_wait_days",
    "admission_stop",
    "available_from",
    "waiting_count",
    "started_last_90_days",
    "withdrawn_last_90_days",
    "note",
    "stated_at",
    "stated_by",
    "source",
    "recorded_at",
]
CURRENT = ["offer_id", "statement_id"]

TABLES = (
    "provider",
    "location",
    "contract",
    "contract_line",
    "offer",
    "served_area",
    "capacity_statement",
    "current_capacity",
)


def write_providers(session: Session, providers: pd.DataFrame) -> int:
    return copy_in(session, "provider", providers[PROVIDER])


def write_locations(session: Session, locations: pd.DataFrame) -> int:
    """`lon` and `lat` in WGS84 degrees."""
    placed = locations[LOCATION].assign(point=points(locations.lon, locations.lat))
    return _with_ids(session, "location", placed)


def write_contracts(session: Session, contracts: pd.DataFrame) -> int:
    return _with_ids(session, "contract", contracts[CONTRACT])


def write_contract_lines(session: Session, lines: pd.DataFrame) -> int:
    return copy_in(session, "contract_line", lines[LINE])


def write_offers(session: Session, offers: pd.DataFrame) -> int:
    return _with_ids(session, "offer", offers[OFFER])


def write_served_areas(session: Session, areas: pd.DataFrame) -> int:
    return copy_in(session, "served_area", areas[SERVED])


def write_statements(session: Session, statements: pd.DataFrame) -> int:
    return _with_ids(session, "capacity_statement", statements[STATEMENT])


def write_current(session: Session, current: pd.DataFrame) -> int:
    """Which statement of each offer holds: the newest."""
    return copy_in(session, "current_capacity", current[CURRENT])


def _with_ids(session: Session, table: str, columns: pd.DataFrame) -> int:
    count = copy_in(session, table, columns)
    move_identity(session, table)
    return count


def settle(session: Session) -> None:
    """Count anew what the tables hold, so that the first questions after a large load get good plans."""
    session.execute(text(f"ANALYZE {', '.join(TABLES)}"))
