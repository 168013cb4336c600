"""Needs in the world: how often children have them, who serves them, and who must say no to them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.demo.chance import Column, Rng, pick
from data.demo.profiles import FORMS, PROFILES

Masks = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Occurrence:
    asked: float
    """How often a question names it."""
    served: float
    """Share of the offers in general that are equipped for it."""
    risk: float = 0.0
    """Share of the riskiest form (`Form.risk` 1) that excludes it, because of the others who live there."""
    refused: float = 0.01
    """Share that excludes it anyway."""
    from_age: int = 0
    """Younger children are not described so."""


OCCURRENCES = {
    "lvb": Occurrence(10, 0.4, refused=0.06),
    "vb": Occurrence(3, 0.1, refused=0.15),
    "autisme": Occurrence(13, 0.5, refused=0.02),
    "adhd": Occurrence(13, 0.6, refused=0.0, from_age=4),
    "trauma": Occurrence(11, 0.45, refused=0.01),
    "hechting": Occurrence(7, 0.35, refused=0.02),
    "agressie": Occurrence(6, 0.2, risk=0.5),
    "gedrag": Occurrence(12, 0.55, refused=0.01),
    "angst-depressie": Occurrence(12, 0.5, refused=0.01, from_age=5),
    "suicidaliteit": Occurrence(3, 0.12, risk=0.45, refused=0.06, from_age=10),
    "zelfbeschadiging": Occurrence(3, 0.15, risk=0.35, refused=0.04, from_age=10),
    "eetstoornis": Occurrence(1.5, 0.08, risk=0.3, refused=0.05, from_age=9),
    "verslaving": Occurrence(3, 0.12, risk=0.5, refused=0.06, from_age=12),
    "psychose": Occurrence(0.7, 0.06, risk=0.5, refused=0.08, from_age=12),
    "seksueel-gedrag": Occurrence(1.5, 0.08, risk=0.6, refused=0.03, from_age=8),
    "uitbuiting": Occurrence(0.7, 0.08, risk=0.3, from_age=12),
    "weglopen": Occurrence(2, 0.12, risk=0.4, from_age=8),
    "delict": Occurrence(2, 0.12, risk=0.35, refused=0.02, from_age=12),
    "brandstichting": Occurrence(0.4, 0.03, risk=0.7, refused=0.03, from_age=7),
    "thuiszitter": Occurrence(5, 0.35, refused=0.0, from_age=5),
    "lichamelijke-beperking": Occurrence(1.5, 0.15, refused=0.06),
    "rolstoel": Occurrence(0.8, 0.3, refused=0.12),
    "doof": Occurrence(0.5, 0.06, refused=0.05),
    "blind": Occurrence(0.3, 0.05, refused=0.05),
    "epilepsie": Occurrence(0.7, 0.2, refused=0.04),
    "medische-zorg": Occurrence(1, 0.1, refused=0.12),
    "anderstalig": Occurrence(4, 0.3, refused=0.04),
    "zwanger-of-jonge-ouder": Occurrence(0.7, 0.06, refused=0.03, from_age=14),
    "taal-spraak": Occurrence(2, 0.2, refused=0.02),
    "huisdierallergie": Occurrence(1, 0.3, risk=0.25, refused=0.0),
}

IN_ITS_SECTOR = {
    "lvb": ("lvb", "vb"),
    "ggz": ("angst-depressie", "autisme", "adhd", "trauma", "suicidaliteit", "zelfbeschadiging"),
    "jo": ("gedrag", "hechting", "thuiszitter"),
}
"""Needs that a sector knows well: served by half again as many of its offers."""


class NeedsOfCare:
    """Per care type (rows) and need (columns): chances and fixed expertise, and the draws from them."""

    def __init__(self, care_types: pd.DataFrame, needs: pd.DataFrame) -> None:
        self.codes = needs.code.to_numpy(object)
        self._bits = np.int64(1) << needs.bit.to_numpy(np.int64)
        known = [OCCURRENCES[code] for code in self.codes]
        profiles = [PROFILES[code] for code in care_types.code]
        self._expert = np.array([[code in p.expertise.split() for code in self.codes] for p in profiles])
        home = np.array([[_at_home(code, sectors) for code in self.codes] for sectors in care_types.sectors])
        risk = np.array([[FORMS[p.form].risk] for p in profiles])
        self._served = np.where(
            self._expert, 1.0, np.clip([o.served for o in known] * np.where(home, 1.5, 0.8), 0, 0.9)
        )
        self._excluded = np.clip([o.refused for o in known] + risk * [o.risk for o in known], 0, 0.9)
        self._from_age = np.array([o.from_age for o in known])
        self._only = np.array([p.only for p in profiles])
        self._asked = np.array([o.asked for o in known]) * np.where(self._expert, 8.0, 1.0)

    def serves(self, rng: Rng, care_type: Column) -> Masks:
        return self._drawn(rng, self._served, care_type)

    def excludes(self, rng: Rng, care_type: Column, serves: Masks) -> Masks:
        return self._drawn(rng, self._excluded, care_type) & ~serves

    def only_for(self, rng: Rng, care_type: Column) -> Masks:
        """Mostly everybody (0); else the care type's own expertise."""
        expertise = self._expert @ self._bits
        return np.where(rng.random(len(care_type)) < self._only[care_type], expertise[care_type], 0)

    def asked(self, rng: Rng, care_type: Column, age: Column, how_many: Column) -> list[list[str]]:
        """Codes of the needs of a child of this age that asks for this care: `how_many` at most."""
        drawn: list[list[str]] = []
        for row, years, count in zip(care_type, age, how_many, strict=True):
            positions = pick(rng, np.where(self._from_age <= years, self._asked[row], 0.0), int(count))
            drawn.append([str(self.codes[position]) for position in sorted(set(positions.tolist()))])
        return drawn

    def _drawn(self, rng: Rng, chances: npt.NDArray[np.float64], care_type: Column) -> Masks:
        masks = np.zeros(len(care_type), np.int64)
        for position, bit in enumerate(self._bits):
            masks |= np.where(rng.random(len(care_type)) < chances[care_type, position], bit, 0)
        return masks


def _at_home(need: str, sectors: list[str]) -> bool:
    return any(need in IN_ITS_SECTOR.get(sector, ()) for sector in sectors)
