"""What the youth-protection tables said: the story's own is past its norm, most neighbours have room, one is silent."""

from datetime import timedelta

import numpy as np
import pandas as pd

from data.demo.chance import choose, stream
from data.demo.plan import CENTRAAL_GELDERLAND, Plan

FREE_IN_DAYS = {2: 0.15, 5: 0.25, 9: 0.25, 13: 0.15, 19: 0.12, 27: 0.08}
STATED_AGO_DAYS = {0: 0.3, 2: 0.3, 6: 0.2, 9: 0.12, 20: 0.08}
OWN_FREE_IN_DAYS, OWN_STATED_AGO_DAYS = 23, 3


def make_table_statements(regions: tuple[str, ...], plan: Plan) -> pd.DataFrame:
    """One statement per region but the last; in the national world every region spoke."""
    speaking = np.array(regions[:-1] if plan.home else regions, object)
    rng = stream(plan.seed, "protection tables")
    free, ago = choose(rng, FREE_IN_DAYS, len(speaking)), choose(rng, STATED_AGO_DAYS, len(speaking))
    own = speaking == CENTRAAL_GELDERLAND
    free, ago = np.where(own, OWN_FREE_IN_DAYS, free), np.where(own, OWN_STATED_AGO_DAYS, ago)
    midday = pd.Timestamp(plan.today, tz="UTC") - timedelta(hours=12)
    return pd.DataFrame(
        {
            "region_code": speaking,
            "next_free_on": [plan.today + timedelta(days=int(days)) for days in free],
            "stated_at": [midday - timedelta(days=int(days)) for days in ago],
            "stated_by": [f"{code}:demo" for code in speaking],
        }
    )
