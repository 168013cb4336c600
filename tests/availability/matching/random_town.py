"""Random supply through the real tables, with every border that a rule or a contract can have."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from availability.waits.tables import LearntWait
from matcher.question import Gender, Month, Place, Question, Setting, Urgency
from tests.availability.builders import (
    ARNHEM,
    a_contract,
    a_general_provision,
    a_location,
    a_provider,
    a_statement,
    an_offer,
)

TODAY = date(2026, 11, 23)  # a Monday
CARE_TYPES = ("gezinshuis", "pleegzorg", "opvoedadvies")
AREAS = (ARNHEM, "JZ10", "NL", "GM0363")
SCOPES = ("local", "regional", "supraregional", "national")
_DAYS = [TODAY + timedelta(days) for days in (-400, -1, 0, 1, 30, 31, 300)]


def settle(session: Session, chance: random.Random, providers: int) -> None:
    """So many providers with their locations, contracts, offers and statements."""
    for _ in range(providers):
        provider = a_provider(session)
        place = a_location(session, provider, lon=5.9 + chance.uniform(-1, 1), lat=51.98 + chance.uniform(-0.5, 0.5))
        for _ in range(chance.randint(0, 3)):
            _contract(session, chance, provider)
        for _ in range(chance.randint(1, 4)):
            offer = _offer(session, chance, provider, place)
            if chance.random() < 0.9:
                a_statement(session, offer, **_stated(chance))
            if chance.random() < 0.5:
                session.add(LearntWait(offer_id=offer, **_learnt(chance)))


def a_question_at_random(chance: random.Random) -> Question:
    return Question(
        municipality=ARNHEM,
        home=Place(5.91 + chance.uniform(-0.1, 0.1), 51.98),
        birth_month=chance.choice([Month(2013, 5), Month(2013, 11), Month(2013, 12), Month(2009, 1), Month(2024, 2)]),
        care_types=chance.choice([CARE_TYPES, CARE_TYPES[:1], CARE_TYPES[::-1]]),
        needed_from=chance.choice([date(2020, 1, 1), *_DAYS]),
        urgency=chance.choice(list(Urgency)),
        max_distance_km=chance.choice([None, None, None, 40.0]),
        needs=chance.choice([0, 0, 1, 7, 9]),
        gender=chance.choice([None, None, *Gender]),
        siblings=chance.choice([0, 0, 1, 2]),
        past_eighteen=chance.random() < 0.3,
        setting=chance.choice([*[None] * 20, *Setting]),
    )


def _contract(session: Session, chance: random.Random, provider: str) -> None:
    begins = chance.choice([date(2020, 1, 1), *_DAYS])
    pauses = chance.choice([None, None, *_DAYS])
    a_contract(
        session,
        provider,
        tuple(chance.sample(AREAS, chance.randint(1, 3))),
        tuple(chance.sample(CARE_TYPES, chance.randint(1, 3))),
        scope=chance.choice(SCOPES),
        valid_from=begins,
        valid_until=chance.choice([None, None, begins + timedelta(chance.choice([0, 30, 700]))]),
        suspended_from=pauses,
        suspended_until=pauses and chance.choice([None, pauses, pauses + timedelta(30)]),
    )


def _offer(session: Session, chance: random.Random, provider: str, place: int) -> int:
    age_from = chance.choice([0, 4, 12, 13, 14, 18])
    described: dict[str, Any] = {
        "care_type_code": chance.choice(CARE_TYPES),
        "age_from": age_from,
        "age_until": max(age_from, chance.choice([12, 13, 14, 17, 23])),
        "genders": chance.choice([7, 7, 7, 1, 2, 6]),
        "setting": str(chance.choice(list(Setting))),
        "serves": chance.choice([0, 1, 3, 7]),
        "excludes": chance.choice([0, 0, 8, 16]),
        "only_for": chance.choice([*[0] * 9, 1, 6, 32]),
        "siblings": chance.choice([None, 0, 1, 2, 3]),
        "past_eighteen": chance.choice([None, False, True]),
        "travels_km": chance.choice([*[None] * 6, 0.0, 5.5, 40.1]),
        "published_from": chance.choice([*[date(2020, 1, 1)] * 4, TODAY, TODAY + timedelta(1)]),
        "published_until": chance.choice([None, None, None, TODAY + timedelta(1), TODAY + timedelta(400)]),
    }
    if chance.random() < 0.2:
        return a_general_provision(
            session, chance.choice([(ARNHEM,), ("GM0363",)]), provider=provider, location=place, **described
        )
    return an_offer(session, provider, place, **described)


def _learnt(chance: random.Random) -> dict[str, Any]:
    """Real starts and earlier counts, either or both."""
    starts = {"realised_wait": chance.uniform(0, 400), "realised_spread": chance.uniform(3, 200), "late_days": 12.5}
    counts = {"left_before": chance.uniform(0, 90), "over_days": chance.choice([365.0, 635.0])}
    return chance.choice([starts, counts, {**starts, **counts}])


def _stated(chance: random.Random) -> dict[str, Any]:
    total = chance.choice([0, 4, 12])
    open_places = chance.randint(0, min(total, 2))
    return {
        "total_places": total,
        "occupied_places": total - open_places,
        "reserved_places": 0,
        "open_places": open_places,
        "intake_wait_days": chance.choice([0, 1, 7, 30, 400]),
        "treatment_wait_days": chance.choice([0, 1, 7, 30, 3650]),
        "admission_stop": chance.random() < 0.15,
        "available_from": chance.choice([None, None, *_DAYS]),
        "waiting_count": chance.choice([None, 0, 1, 12, 100]),
        "started_last_90_days": chance.choice([None, 0, 1, 3, 12]),
        "withdrawn_last_90_days": chance.choice([None, 0, 1, 3]),
        "stated_at": datetime(2026, 11, 23, 9, tzinfo=UTC) - timedelta(days=chance.choice([0, 1, 34, 200])),
    }
