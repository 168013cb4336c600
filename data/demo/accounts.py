"""Who to be in the demo, and the certified institutions (GI) some of them work for. All invented."""

import numpy as np
import pandas as pd

from data.demo.names import agb_codes
from data.demo.plan import CENTRAAL_GELDERLAND
from data.demo.providers import FORTY_OFFERS, SMALL_FAMILY_HOME, Character

ARNHEM = "GM0202"

FIRST_INSTITUTION = 900_001

INSTITUTIONS = (
    "Jeugdbescherming De Veilige Haven",
    "Jeugdbescherming Het Vaste Baken",
    "Bureau Jeugdbescherming De Hoge Linde",
    "Jeugdbescherming De Open Poort",
)

SHOWN = (
    ("local-team", ARNHEM, "Zoekt een plek voor kinderen uit Arnhem."),
    ("youth-protection", INSTITUTIONS[0], "Zoekt en beslist voor kinderen met een maatregel."),
    ("provider", FORTY_OFFERS, "Planner van een grote aanbieder: houdt veertig opgaven bij."),
    ("provider", SMALL_FAMILY_HOME, "Gezinshuisouder: houdt een paar plekken bij."),
    ("ret-chair", CENTRAAL_GELDERLAND, "Ziet waar het aanbod tekortschiet."),
    ("regional-contact", CENTRAAL_GELDERLAND, "Helpt als het contact met een lokaal team niet lukt."),
    ("care-broker", CENTRAAL_GELDERLAND, "Doet voorstellen als een medewerker geen plek vindt."),
    ("contract-manager", CENTRAAL_GELDERLAND, "Ziet wie zijn opgaven niet bijhoudt."),
    ("back-office", ARNHEM, "Verstuurt de toewijzing en ontvangt het verzoek."),
    ("official", ARNHEM, "Beslist over hulp zonder contract."),
    ("admin", "-", "Beheert de dienst."),
)
"""Role, organisation and what there is to see, in the order in which they are listed."""


def make_institutions() -> pd.DataFrame:
    return pd.DataFrame({"agb_code": agb_codes(len(INSTITUTIONS), FIRST_INSTITUTION), "name": INSTITUTIONS})


def make_accounts(providers: pd.DataFrame, institutions: pd.DataFrame) -> pd.DataFrame:
    """One row per account; a world without a character's municipality lacks its account too."""
    codes = dict(zip(institutions.name, institutions.agb_code, strict=True))
    codes |= dict(zip(providers.name, providers.agb_code, strict=True))
    rows = [(role, _organisation(who, codes), note) for role, who, note in SHOWN]
    accounts = pd.DataFrame(rows, columns=["role", "organisation", "note"]).dropna(ignore_index=True)
    return accounts.assign(sort=np.arange(1, len(accounts) + 1))


def _organisation(who: str | Character, codes: dict[str, str]) -> str | None:
    if isinstance(who, Character):
        return codes.get(who.name)
    return codes.get(who, who)
