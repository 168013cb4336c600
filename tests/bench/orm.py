"""The ranking on ORM rows: entities with their relations, one by one into the columns of the matcher."""

from typing import Any

import numpy as np
from geoalchemy2.shape import to_shape
from sqlmodel import Session, col, select

from availability.geography.atlas import Atlas
from availability.supply.tables import (
    CapacityStatement,
    Contract,
    ContractLine,
    CurrentCapacity,
    Location,
    Offer,
    Provider,
    ServedArea,
)
from availability.waits.tables import LearntWait
from matcher.offers import NEVER, Rows, day_number, empty_candidates, unit_vector
from matcher.question import Question, Scope, Setting
from matcher.ranking import rank
from tests.bench.worlds import TODAY

SHOWN = 20

Found = tuple[Offer, Location, Provider, CapacityStatement | None, LearntWait | None, Contract | None]


def ranked_by_rows(session: Any, atlas: Atlas, question: Question) -> list[dict[str, Any]]:
    """The best twenty as dictionaries. SQLAlchemy's session will do."""
    found = _nearest_contract(_found(session, atlas, question))
    ranking = rank(question, _candidates(found, question), TODAY)
    return [_told(found[at], int(ranking.score[at]), float(ranking.distance_km[at])) for at in ranking.order[:SHOWN]]


def _found(session: Session, atlas: Atlas, question: Question) -> list[Found]:
    wanted = max(question.needed_from, TODAY)
    areas = atlas.areas_of(question.municipality, wanted)
    offers = (
        select(Offer, Location, Provider, CapacityStatement)
        .add_columns(LearntWait)
        .join(Location, col(Location.id) == Offer.location_id)
        .join(Provider, col(Provider.agb_code) == Offer.provider_agb)
        .outerjoin(CurrentCapacity, col(CurrentCapacity.offer_id) == Offer.id)
        .outerjoin(CapacityStatement, col(CapacityStatement.id) == CurrentCapacity.statement_id)
        .outerjoin(LearntWait, col(LearntWait.offer_id) == Offer.id)
        .where(col(Offer.care_type_code).in_(question.care_types))
    )
    contracted = (
        offers.add_columns(Contract)
        .join(Contract, col(Contract.provider_agb) == Offer.provider_agb)
        .join(ContractLine, col(ContractLine.contract_id) == Contract.id)
        .where(
            col(ContractLine.care_type_code) == Offer.care_type_code,
            col(ContractLine.area_code).in_(areas),
            col(Contract.valid_from) <= wanted,
            col(Contract.valid_until).is_(None) | (col(Contract.valid_until) >= wanted),
        )
    )
    general = offers.join(ServedArea, col(ServedArea.offer_id) == Offer.id).where(
        col(ServedArea.municipality_code) == question.municipality
    )
    rows: list[Found] = [tuple(row) for row in session.execute(contracted)]
    rows += [(*row, None) for row in session.execute(general)]
    return [row for row in rows if not _suspended(row[-1], wanted)]


def _suspended(contract: Contract | None, wanted: Any) -> bool:
    if contract is None or contract.suspended_from is None or wanted < contract.suspended_from:
        return False
    return contract.suspended_until is None or wanted <= contract.suspended_until


def _nearest_contract(found: list[Found]) -> list[Found]:
    """Each offer once."""
    best: dict[int | None, Found] = {}
    for each in sorted(found, key=lambda each: _nearness(each[-1])):
        best.setdefault(each[0].id, each)
    return list(best.values())


def _nearness(contract: Contract | None) -> tuple[int, int]:
    return (list(Scope).index(Scope(contract.scope)), contract.id or 0) if contract else (0, 0)


def _candidates(found: list[Found], question: Question) -> Rows:
    rows = empty_candidates(len(found))
    for row, (offer, location, _, statement, learnt, contract) in zip(rows, found, strict=True):
        _describe(row, offer, location)
        row["preference"] = question.care_types.index(offer.care_type_code)
        row["scope"], row["contract_id"] = _nearness(contract)
        if contract:
            row["update_term"] = contract.update_term_days
        if statement:
            _state(row, statement)
        if learnt:
            _learn(row, learnt)
    return rows


def _describe(row: Any, offer: Offer, location: Location) -> None:
    point: Any = to_shape(location.point)
    row["x"], row["y"], row["z"] = unit_vector(point.x, point.y)
    for name in ("age_from", "age_until", "genders", "serves", "excludes", "only_for"):
        row[name] = getattr(offer, name)
    row["offer_id"] = offer.id
    row["setting"] = list(Setting).index(Setting(offer.setting))
    row["siblings"] = -1 if offer.siblings is None else offer.siblings
    row["past_eighteen"] = -1 if offer.past_eighteen is None else offer.past_eighteen
    row["travels_km"] = np.nan if offer.travels_km is None else offer.travels_km
    row["published_from"] = day_number(offer.published_from)
    row["published_until"] = NEVER if offer.published_until is None else day_number(offer.published_until)


_STATED = {
    "statement_id": "id",
    "total_places": "total_places",
    "open_places": "open_places",
    "intake_wait": "intake_wait_days",
    "treatment_wait": "treatment_wait_days",
    "waiting": "waiting_count",
    "started_90": "started_last_90_days",
    "withdrawn_90": "withdrawn_last_90_days",
}


def _state(row: Any, statement: CapacityStatement) -> None:
    for name, attribute in _STATED.items():
        value = getattr(statement, attribute)
        row[name] = -1 if value is None else value
    row["stated_day"] = day_number(statement.stated_at.date())
    row["stop"] = statement.admission_stop
    row["available_from"] = -1 if statement.available_from is None else day_number(statement.available_from)


def _learn(row: Any, learnt: LearntWait) -> None:
    for name in ("realised_wait", "realised_spread", "late_days", "left_before", "over_days"):
        value = getattr(learnt, name)
        row[name] = np.nan if value is None else value


def _told(found: Found, score: int, distance: float) -> dict[str, Any]:
    offer, location, provider, statement, _, contract = found
    return {
        "offerId": offer.id,
        "score": score,
        "distanceKm": round(distance, 1),
        "contractId": contract and contract.id,
        "openPlaces": statement and statement.open_places,
        "statedAt": statement and statement.stated_at,
        "offer": offer.name,
        "provider": {"agbCode": provider.agb_code, "name": provider.name},
        "location": {"name": location.name, "place": location.place},
    }
