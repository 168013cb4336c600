"""Many cases at once, as columns."""

import pandas as pd
from sqlalchemy.orm import Session

from availability.copying import copy_in, text_arrays

CASE = [
    "id",
    "reference",
    "organisation",
    "opened_by",
    "opened_at",
    "status",
    "municipality_code",
    "pc4",
    "birth_month",
    "needed_from",
    "urgency",
    "max_distance_km",
    "gender",
    "siblings",
    "past_eighteen",
    "setting",
    "version",
]


def write_cases(session: Session, cases: pd.DataFrame) -> int:
    """`care_type_codes` and `need_codes` hold lists of codes."""
    lists = {name: text_arrays(cases[name]) for name in ("care_type_codes", "need_codes")}
    return copy_in(session, "care_request", cases[CASE].assign(**lists))
