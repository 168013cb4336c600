"""Contact registers as columns: one per region, filled as real ones are, with a few gaps and stale entries.

Every number is from the block that the regulator keeps free for fiction or starts with 0900; every address ends in
`.example`, so that nobody is called or written to.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.demo.chance import pick, sometimes, stream
from data.demo.ground import Ground
from data.demo.plan import Plan

UPDATE_TERM_DAYS = 90
AGES = {10: 0.4, 50: 0.3, 86: 0.15, 140: 0.15}
"""How many days ago an entry was looked at: most in time, some due, some stale."""

KEPT = 0.9
"""Share of the contacts that are there at all."""

HAS_TROUBLE_SHOOTER = 0.4

OF_THE_REGION = (
    ("veilig-thuis", "Veilig Thuis", "Dag en nacht"),
    ("child-protection-board", "Raad voor de Kinderbescherming", "Werkdagen van 9 tot 17 uur"),
    ("crisis-service", "Spoedhulp jeugd", "Dag en nacht"),
    ("ret", "Regionaal expertteam", "Werkdagen van 9 tot 17 uur"),
    ("regional-contact", "Regionale contactpersoon", "Werkdagen van 9 tot 17 uur"),
    ("certified-institution", "Aanmeldpunt jeugdbescherming", "Werkdagen van 9 tot 17 uur"),
)
OF_A_MUNICIPALITY = (
    ("local-team", "Jeugdteam {name}", "Werkdagen van 9 tot 17 uur"),
    ("official", "Functionaris jeugdhulp {name}", "Werkdagen van 9 tot 12 uur"),
)
TROUBLE_SHOOTER = ("trouble-shooter", "Zorgpontonier {name}", "Werkdagen van 9 tot 17 uur")

COLUMNS = ["region_code", "municipality_code", "kind", "name", "hours"]


@dataclass(frozen=True)
class Contacts:
    registers: pd.DataFrame
    contacts: pd.DataFrame


def make_contacts(ground: Ground, plan: Plan) -> Contacts:
    """Nothing in a world for measuring, that has no home."""
    towns = ground.municipalities if plan.home else ground.municipalities.head(0)
    rng = stream(plan.seed, "contacts")
    regions = sorted(set(towns.region))
    shooters = sometimes(rng, HAS_TROUBLE_SHOOTER, len(towns))
    rows: list[tuple[Any, ...]] = [(region, None, *each) for region in regions for each in OF_THE_REGION]
    for town, has_shooter in zip(towns.itertuples(), shooters, strict=True):
        kinds = (*OF_A_MUNICIPALITY, TROUBLE_SHOOTER) if has_shooter else OF_A_MUNICIPALITY
        rows += [(town.region, town.code, kind, name.format(name=town.name), hours) for kind, name, hours in kinds]
    contacts = pd.DataFrame(rows, columns=COLUMNS)
    n = len(contacts)
    age = np.array(list(AGES))[pick(rng, list(AGES.values()), n)]
    contacts["phone"] = [f"0900 {number:04}" for number in rng.integers(1000, 9999, n)]
    contacts["email"] = [f"{kind}.{(town or region).lower()}@regio.example" for region, town, kind, *_ in rows]
    contacts["website"] = None
    contacts["checked_on"] = [plan.today - timedelta(days=int(days)) for days in age]
    registers = pd.DataFrame(
        {"region_code": regions, "owner": "Regiobureau jeugd", "update_term_days": UPDATE_TERM_DAYS, "version": 1}
    )
    kept = contacts[(contacts.municipality_code == "GM0202") | sometimes(rng, KEPT, n)]
    return Contacts(registers, kept.assign(checked_by="demo", version=1))
