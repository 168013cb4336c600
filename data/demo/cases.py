"""Open cases as columns: the questions of the demand, in the hands of local teams and certified institutions."""

import uuid

import numpy as np
import pandas as pd

from data.demo.accounts import ARNHEM
from data.demo.chance import Column, sometimes, stream
from data.demo.demand import ask
from data.demo.ground import Ground
from data.demo.lives import working_day_ago
from data.demo.plan import Plan

UNDER_PROTECTION = 0.25
"""Share with a jeugdbeschermer, so at a certified institution."""

AGES_OF_TEAM = (0, 1, 2, 4, 1, 5, 2, 3, 0, 6, 1, 3)
AGES_OF_INSTITUTION = (0, 1, 2, 3, 1, 0, 2, 1, 4, 0, 2, 1)
"""Working days ago, in turn. A team determines within five, an institution talks within three: of a dozen one is due
today and one a day late."""


def make_cases(ground: Ground, institutions: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """One row per case, with the table's columns."""
    rng = stream(plan.seed, "cases")
    n = plan.cases
    cases = ask(rng, ground, n, plan.today)
    cases["id"] = [str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(n)]
    institution = institutions.agb_code.to_numpy(object)[rng.integers(0, len(institutions), n)]
    cases["organisation"] = np.where(sometimes(rng, UNDER_PROTECTION, n), institution, cases.municipality_code)
    cases["opened_by"] = "demo"
    opened = _opened(np.datetime64(plan.today, "D") - rng.integers(1, 90, n), cases.organisation, institutions, plan)
    cases["opened_at"] = pd.Series(opened.astype("datetime64[s]")).dt.tz_localize("UTC") + pd.Timedelta(hours=9)
    cases["reference"] = _references(cases.organisation.to_numpy(object), plan)
    return cases.assign(status="open", version=1)


def _opened(drawn: Column, organisation: "pd.Series[str]", institutions: pd.DataFrame, plan: Plan) -> Column:
    """What lies on the desk of somebody one can be in the demo was opened just now: nothing was told of it yet, so
    were it older, all of it would be late."""
    ages = {ARNHEM: AGES_OF_TEAM, institutions.agb_code.iloc[0]: AGES_OF_INSTITUTION}
    turn = organisation.groupby(organisation).cumcount()
    for own, days in ages.items():
        for at in np.flatnonzero(organisation == own):
            drawn[at] = working_day_ago(plan.today, days[int(turn[at]) % len(days)])
    return drawn


def _references(organisations: Column, plan: Plan) -> Column:
    """ "2026-0412": the organisation's own numbering, without anything of the child."""
    numbers = pd.Series(organisations).groupby(organisations).cumcount() * 7 + 101
    return (str(plan.today.year) + "-" + numbers.astype(str).str.zfill(4)).to_numpy(object)
