"""What a quarter is counted over: the lattice of areas and kinds, with their names, as on its last day."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from availability.geography.atlas import COUNTRY, Atlas
from availability.vocabulary.lexicon import Lexicon
from matcher.suppression import Lattice

Cell = tuple[str, str, str]
"""The code of an area, and the level and the code of a kind."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The lattice of a quarter with its names, as on its last day."""

    municipalities: list[str]
    regions: list[str]
    care_types: list[str]
    families: list[str]
    lattice: Lattice

    @classmethod
    def of(cls, atlas: Atlas, lexicon: Lexicon, on: date) -> "Ground":
        """Crisis stands outside; a municipality without a region is on no lattice."""
        region_of = {code: atlas.region_of(code, on) for code in sorted(atlas.municipalities)}
        members = {code: region for code, region in region_of.items() if region is not None}
        kinds = [each for each in lexicon.care_types.values() if not each.crisis]
        regions, families = sorted(set(members.values())), list(dict.fromkeys(each.family for each in kinds))
        lattice = Lattice(
            np.array([regions.index(region) for region in members.values()]),
            np.array([families.index(each.family) for each in kinds]),
            len(regions),
            len(families),
        )
        return cls(list(members), regions, [each.code for each in kinds], families, lattice)

    def cells(self) -> dict[str, list[Cell]]:
        """Per level of the lattice its cells, in the order of the table."""
        country, regions, municipalities = [COUNTRY], self.regions, self.municipalities
        everything = [("all", "all")]
        families = [("family", name) for name in self.families]
        care_types = [("care-type", code) for code in self.care_types]
        levels = {
            "country": (country, everything),
            "country_family": (country, families),
            "country_care_type": (country, care_types),
            "region": (regions, everything),
            "region_family": (regions, families),
            "region_care_type": (regions, care_types),
            "municipality": (municipalities, everything),
        }
        return {level: [(area, *kind) for area in areas for kind in kinds] for level, (areas, kinds) in levels.items()}

    def region_of_municipality(self) -> dict[str, str]:
        return {code: self.regions[at] for code, at in zip(self.municipalities, self.lattice.region_of, strict=True)}
