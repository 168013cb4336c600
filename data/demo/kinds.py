"""The kinds of providers: how many offers each has, which care, how wide it is contracted and how it is called.

Shares are of the offers, not of the providers: most providers are small, most offers belong to large ones. The numbers
are our own, chosen so that the median provider has one or two offers and the largest some sixty.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.chance import Column
from data.demo.profiles import PROFILES

LOCAL, REGIONAL, NEIGHBOUR, SUPRAREGIONAL, NATIONAL = "local", "regional", "neighbour", "supraregional", "national"


@dataclass(frozen=True)
class Kind:
    share: float
    """Of all offers."""
    offers: float
    """Median per provider."""
    spread: float
    most: int
    per_location: int
    """Offers under one roof."""
    contracts: Mapping[str, float]
    """How likely it has a contract of each width; several may hold at once."""
    care: Mapping[str, float]
    """Weight per family of care types, or per care type where that is named."""
    called: tuple[str, ...]
    everywhere: bool = False
    """Stands anywhere in the country, also when the world is one region."""


SMALL = {LOCAL: 0.25, REGIONAL: 0.62, NEIGHBOUR: 0.2, SUPRAREGIONAL: 0.1}
LARGE = {LOCAL: 0.08, REGIONAL: 0.93, NEIGHBOUR: 0.45, SUPRAREGIONAL: 0.35, NATIONAL: 0.04}

AT_HOME = "Hulp thuis en in het gezin"
GUIDANCE = "Begeleiding van kind of jongere"
TREATMENT = "Behandeling zonder verblijf"
DAY = "Dagbehandeling"
MENTAL_HEALTH = "Jeugd-ggz zonder verblijf"
WEEKEND = "Logeren en deeltijd"
FAMILY = "Wonen in een gezin"
GROUP = "Wonen in een groep"
INDEPENDENT = "Zelfstandig worden"
CLINICAL = "Gesloten en klinisch"
GENERAL = "Vrij toegankelijk"
CRISIS = "Crisis"

KINDS = {
    "youth care": Kind(
        share=0.26,
        offers=15,
        spread=0.6,
        most=60,
        per_location=4,
        contracts=LARGE,
        care={
            AT_HOME: 3,
            GUIDANCE: 1.5,
            TREATMENT: 1.2,
            DAY: 1,
            WEEKEND: 0.8,
            FAMILY: 0.6,
            GROUP: 1.6,
            INDEPENDENT: 1.2,
            CRISIS: 0.8,
            "crisis-ggz": 0,
            "jslvg": 0,
            "traumabehandeling": 0.8,
            "kdc": 0,
            "persoonlijke-verzorging": 0,
        },
        called=("Stichting {}", "{} Jeugdhulp", "{} Jeugd en Gezin", "Jeugdhulp {}"),
    ),
    "mental health institution": Kind(
        share=0.12,
        offers=13,
        spread=0.6,
        most=45,
        per_location=5,
        contracts=LARGE,
        care={
            MENTAL_HEALTH: 4,
            CLINICAL: 1.2,
            "jeugdzorgplus": 0,
            TREATMENT: 0.6,
            "dagbehandeling-ggz": 2,
            "crisis-ggz": 1.5,
            "systeemtherapie": 1,
            "dyslexiezorg": 0,
        },
        called=("{} Jeugd-ggz", "Stichting {} Jeugdpsychiatrie", "Jeugdkliniek {}", "{} Kind en Jeugd"),
    ),
    "disability specialist": Kind(
        share=0.09,
        offers=9,
        spread=0.7,
        most=45,
        per_location=3,
        contracts=LARGE,
        care={
            "individuele-begeleiding": 3,
            "ambulante-behandeling": 3,
            "diagnostiek": 1,
            "behandelgroep-lvb": 4,
            "jslvg": 2,
            "kdc": 3,
            "woonvoorziening-beperking": 4,
            "logeeropvang": 2,
            "persoonlijke-verzorging": 3,
            "dagbesteding": 1,
            "gezinsbegeleiding": 1,
            "gezinshuis-behandeling": 1,
        },
        called=("Stichting {}", "Zorggroep {}", "{} Speciaal", "Behandelcentrum {}"),
    ),
    "foster care": Kind(
        share=0.05,
        offers=7,
        spread=0.6,
        most=24,
        per_location=5,
        contracts=LARGE | {LOCAL: 0},
        care={
            "pleegzorg": 4,
            "netwerkpleegzorg": 3,
            "deeltijdpleegzorg": 4,
            "specialistische-pleegzorg": 3,
            "crisis-pleegzorg": 3,
            "hechtingsbehandeling": 1,
        },
        called=("Pleegzorg {}", "{} Pleegzorg"),
    ),
    "practice": Kind(
        share=0.14,
        offers=1.9,
        spread=0.65,
        most=9,
        per_location=3,
        contracts=SMALL,
        care={
            MENTAL_HEALTH: 2,
            "fact-jeugd": 0,
            "iht": 0,
            "forensische-behandeling": 0.3,
            "basis-ggz": 4,
            "dyslexiezorg": 4,
            "diagnostiek": 2,
            "vaktherapie": 4,
            "systeemtherapie": 2,
            "hechtingsbehandeling": 1,
            "hulp-bij-scheiding": 1,
        },
        called=("Praktijk {}", "Kinderpraktijk {}", "Psychologenpraktijk {}", "{} Kinderpsychologie"),
    ),
    "home care bureau": Kind(
        share=0.11,
        offers=2.2,
        spread=0.7,
        most=12,
        per_location=4,
        contracts=SMALL,
        care={AT_HOME: 2, "mst": 0.3, GUIDANCE: 2, "ambulante-behandeling": 1, "crisis-ambulant": 0.4},
        called=("{} Begeleiding", "Gezinscoaching {}", "Bureau {}", "{} Ambulant"),
    ),
    "family home": Kind(
        share=0.08,
        offers=1.1,
        spread=0.4,
        most=4,
        per_location=4,
        contracts={LOCAL: 0.15, REGIONAL: 0.6, NEIGHBOUR: 0.2, SUPRAREGIONAL: 0.25, NATIONAL: 0.03},
        care={"gezinshuis": 6, "gezinshuis-behandeling": 4, "crisis-gezinshuis": 1.5, "logeeropvang": 0.3},
        called=("Gezinshuis {}",),
    ),
    "care farm": Kind(
        share=0.04,
        offers=1.7,
        spread=0.5,
        most=6,
        per_location=6,
        contracts=SMALL,
        care={"dagbesteding": 4, "logeeropvang": 4, "individuele-begeleiding": 1, "onderwijs-zorg": 1},
        called=("Zorgboerderij {}", "Boerderij {}"),
    ),
    "small residence": Kind(
        share=0.03,
        offers=2,
        spread=0.6,
        most=8,
        per_location=2,
        contracts=SMALL,
        care={
            "kleinschalig-wonen": 4,
            "kamertraining": 3,
            "ouder-kindhuis": 2,
            "leefgroep": 2,
            "crisis-verblijf": 2,
            "opvang-uitbuiting": 1,
        },
        called=("Woonvorm {}", "Huize {}", "Wonen bij {}"),
    ),
    "national specialist": Kind(
        share=0.02,
        offers=6,
        spread=0.5,
        most=18,
        per_location=3,
        contracts={NATIONAL: 0.95, SUPRAREGIONAL: 0.2},
        care={
            "jeugdzorgplus": 5,
            "jslvg": 3,
            "opvang-uitbuiting": 3,
            "eetstoornis-klinisch": 3,
            "gezinsopname": 3,
            "observatie-met-verblijf": 2,
            "klinische-ggz": 1,
            "forensische-behandeling": 1,
        },
        called=("Expertisecentrum {}", "{} Landelijk", "Stichting {}"),
        everywhere=True,
    ),
    "welfare": Kind(
        share=0.06,
        offers=4,
        spread=0.5,
        most=14,
        per_location=3,
        contracts={},
        care={GENERAL: 1},
        called=("{} Welzijn", "Jeugdpunt {}", "Stichting {} in de Buurt"),
    ),
}
"""`welfare` gives general provisions only: open to all in its municipality, without a contract."""

KIND_NAMES = tuple(KINDS)


def care_weights(care_types: pd.DataFrame) -> Column:
    """How likely each kind (rows) offers each care type (columns).

    The root of the demand: what is asked often is offered by many, but rare care exists everywhere too.
    """
    demand = np.array([PROFILES[code].demand for code in care_types.code]) ** 0.5
    taste = [
        [_taste(kind, code, family) for code, family in zip(care_types.code, care_types.family, strict=True)]
        for kind in KINDS.values()
    ]
    return np.array(taste) * demand


def _taste(kind: Kind, code: str, family: str) -> float:
    return kind.care.get(code, kind.care.get(family, 0.0))
