"""Where general provisions may be used: their own municipality, and some in the whole region."""

import pandas as pd

from data.demo.chance import sometimes, stream
from data.demo.ground import Ground
from data.demo.plan import Plan

REGION_WIDE = 0.35


def make_served_areas(offers: pd.DataFrame, locations: pd.DataFrame, country: Ground, plan: Plan) -> pd.DataFrame:
    """offer_id, municipality_code; general provisions only."""
    rng = stream(plan.seed, "served areas")
    free = country.care_types.code[country.care_types.general]
    general = offers.loc[offers.care_type_code.isin(free), ["id", "location_id"]]
    home = locations.municipality_code.to_numpy(object)[general.location_id.to_numpy(int) - 1]
    wide = sometimes(rng, REGION_WIDE, len(general))
    own = pd.DataFrame({"offer_id": general.id.to_numpy()[~wide], "municipality_code": home[~wide]})
    region = country.municipalities[["code", "region"]].set_index("code").region
    far = pd.DataFrame({"offer_id": general.id.to_numpy()[wide], "region": region.loc[home[wide]].to_numpy()})
    everywhere = far.merge(country.municipalities[["code", "region"]], on="region")
    named = everywhere.rename(columns={"code": "municipality_code"})[["offer_id", "municipality_code"]]
    return pd.concat([own, named], ignore_index=True)
