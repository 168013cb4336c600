"""Promises of a region with their past, as columns."""

import pandas as pd
from sqlalchemy.orm import Session

from availability.copying import copy_in
from availability.guarantees.queries import TERMS

VERSION = ["guarantee_id", "version", "region_code", *TERMS, "stated_at", "stated_by"]


def write_guarantees(session: Session, versions: pd.DataFrame) -> int:
    return copy_in(session, "guarantee_version", versions[VERSION])
