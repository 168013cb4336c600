"""Open cases as columns: the questions of the demand, in the hands of local teams and certified institutions."""

import uuid

import numpy as np
import pandas as pd

from data.demo.chance import Column, sometimes, stream
from data.demo.demand import ask
from data.demo.ground import Ground
from data.demo.plan import Plan

UNDER_PROTECTION = 0.25
"""Share with a jeugdbeschermer, so at a certified institution."""


def make_cases(ground: Ground, institutions: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """One row per case, with the table's columns."""
    rng = stream(plan.seed, "cases")
    n = plan.cases
    cases = ask(rng, ground, n, plan.today)
    cases["id"] = [str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(n)]
    institution = institutions.agb_code.to_numpy(object)[rng.integers(0, len(institutions), n)]
    cases["organisation"] = np.where(sometimes(rng, UNDER_PROTECTION, n), institution, cases.municipality_code)
    cases["opened_by"] = "demo"
    opened = np.datetime64(plan.today, "D") - rng.integers(1, 90, n)
    cases["opened_at"] = pd.Series(opened.astype("datetime64[s]")).dt.tz_localize("UTC") + pd.Timedelta(hours=9)
    cases["reference"] = _references(cases.organisation.to_numpy(object), plan)
    return cases.assign(status="open", version=1)


def _references(organisations: Column, plan: Plan) -> Column:
    """ "2026-0412": the organisation's own numbering, without anything of the child."""
    numbers = pd.Series(organisations).groupby(organisations).cumcount() * 7 + 101
    return (str(plan.today.year) + "-" + numbers.astype(str).str.zfill(4)).to_numpy(object)
