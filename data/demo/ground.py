"""What a world is built on: the real map and the shared vocabulary, as the reference files hold on a day."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from data.files import CARE_TYPES, MEMBERSHIPS, MUNICIPALITIES, NEEDS, POSTCODES, File, read

REFERENCE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ground:
    """`postcodes`: pc4, place, municipality, region, lon, lat, population. `municipalities`: code, name, region, youth
    population, share in youth care, lon, lat. `care_types` and `needs` as in their files."""

    postcodes: pd.DataFrame
    municipalities: pd.DataFrame
    care_types: pd.DataFrame
    needs: pd.DataFrame

    def within(self, regions: tuple[str, ...]) -> "Ground":
        """The same vocabulary on a part of the map; no regions means the whole country."""
        if not regions:
            return self
        return Ground(
            self.postcodes[self.postcodes.region.isin(regions)].reset_index(drop=True),
            self.municipalities[self.municipalities.region.isin(regions)].reset_index(drop=True),
            self.care_types,
            self.needs,
        )


@lru_cache(maxsize=4)
def read_ground(today: date) -> Ground:
    """The whole country. Its frames are shared between worlds: look, do not change."""
    region = _regions(today)
    municipalities = _read(MUNICIPALITIES)
    municipalities["region"] = municipalities.code.map(region)
    # unknown for some merged municipalities: the country's median is the best guess
    municipalities["youth_care_pct"] = municipalities.youth_care_pct.fillna(municipalities.youth_care_pct.median())
    postcodes = _read(POSTCODES)
    postcodes["region"] = postcodes.municipality_code.map(region)
    postcodes["population"] = postcodes.population.fillna(0)
    return Ground(postcodes, municipalities, _read(CARE_TYPES), _read(NEEDS))


def _regions(today: date) -> dict[str, str]:
    """Which region each municipality belongs to on the day; the last day is included."""
    members = _read(MEMBERSHIPS)
    holds = [
        (start or date.min) <= today <= (end or date.max)
        for start, end in zip(members.valid_from, members.valid_until, strict=True)
    ]
    return dict(zip(members.municipality_code[holds], members.region_code[holds], strict=True))


def _read(file: File) -> pd.DataFrame:
    rows, faults = read(file, REFERENCE / file.name)
    assert not faults, faults
    return pd.DataFrame(rows)
