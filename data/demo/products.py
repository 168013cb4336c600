"""How the story's region calls some of its products, confirmed by its contract manager."""

from datetime import timedelta

import pandas as pd

from data.demo.plan import CENTRAAL_GELDERLAND, Plan

NAMES = (
    ("Perceel 1: Ambulant licht", "gezinsbegeleiding"),
    ("Perceel 1: Ambulant intensief", "intensieve-gezinsbehandeling"),
    ("Perceel 3: Wonen in een gezin", "gezinshuis"),
    ("Perceel 3: Deeltijdverblijf", "logeeropvang"),
    ("45A04 Systeemgericht", "systeemtherapie"),
)
CONFIRMED_AGO_DAYS = 40


def make_products(plan: Plan) -> pd.DataFrame:
    products = pd.DataFrame(NAMES, columns=["name", "care_type_code"])
    confirmed = pd.Timestamp(plan.today, tz="UTC") - timedelta(days=CONFIRMED_AGO_DAYS)
    who = {"region_code": CENTRAAL_GELDERLAND, "confirmed_by": f"{CENTRAAL_GELDERLAND}:demo"}
    return products.assign(confirmed_at=confirmed, **who)
