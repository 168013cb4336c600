"""What the story's region promises to have always: six promises, one of which grew stricter on the way."""

import uuid
from datetime import timedelta
from typing import Any

import pandas as pd

from data.demo.plan import CENTRAAL_GELDERLAND, Plan

PROMISES: tuple[tuple[dict[str, Any], ...], ...] = (
    ({"care_type_code": "crisis-verblijf", "reach": "neighbours"},),
    ({"care_type_code": "crisis-pleegzorg", "reach": "region"},),
    ({"care_type_code": "crisis-ambulant", "reach": "region", "within_days": 7},),
    (
        {"care_type_code": "gezinshuis", "reach": "country", "age_from": 4, "age_until": 17},
        {"care_type_code": "gezinshuis", "reach": "neighbours", "age_from": 4, "age_until": 17},
    ),
    ({"care_type_code": "logeeropvang", "reach": "region", "max_km": 20},),
    ({"care_type_code": "traumabehandeling", "reach": "region", "within_days": 42},),
)
"""The versions of each; the others hold for all ages."""

AGREED_AGO_DAYS = (400, 170)
"""When the first and the second version began."""

_NAMES = uuid.UUID("6f3c5a52-3a6f-4f0e-9e0a-0d4f6b7a2c11")
"""The same promise has the same id in every world."""

SILENT = dict.fromkeys(("family", "age_from", "age_until", "max_km", "within_days", "valid_until"))


def make_guarantees(plan: Plan) -> pd.DataFrame:
    """Every version of every promise. Nothing in a world for measuring, that has no home."""
    rows = [
        SILENT | terms | {"guarantee_id": str(uuid.uuid5(_NAMES, str(number))), "version": at + 1, "days": days}
        for number, versions in enumerate(PROMISES if plan.home else ())
        for at, (terms, days) in enumerate(zip(versions, AGREED_AGO_DAYS, strict=False))
    ]
    named = ["guarantee_id", "version", "days", "care_type_code", "reach", *SILENT]
    versions = pd.DataFrame(rows, columns=named).astype(dict.fromkeys(NUMBERS, "Int64"))
    versions["valid_from"] = [plan.today - timedelta(days=int(days)) for days in versions.days]
    stated = pd.to_datetime(versions.valid_from).dt.tz_localize("UTC") + pd.Timedelta(hours=9)
    who = {"region_code": CENTRAAL_GELDERLAND, "stated_by": f"{CENTRAAL_GELDERLAND}:demo"}
    return versions.assign(places=1, stated_at=stated, **who)


NUMBERS = ("age_from", "age_until", "max_km", "within_days")
