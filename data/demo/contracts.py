"""Contracts as columns: of every width and date, with a line per care type and area."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.demo.chance import Column, Rng, choose, pick, sometimes, stream
from data.demo.ground import Ground
from data.demo.kinds import KINDS, LOCAL, NATIONAL, NEIGHBOUR, REGIONAL, SUPRAREGIONAL
from data.demo.plan import Plan
from data.demo.providers import CAST

IN_THE_CAST = tuple(character.name for character in CAST)

SCOPE = {
    LOCAL: "local",
    REGIONAL: "regional",
    NEIGHBOUR: "regional",
    SUPRAREGIONAL: "supraregional",
    NATIONAL: "national",
}
"""How the table calls each width; a neighbour's contract is that region's own regional one."""

STANDING = {"running": 0.845, "ended": 0.06, "next quarter": 0.04, "suspended": 0.025, "open-ended": 0.03}

UPDATE_TERMS = {14: 0.2, 30: 0.55, 60: 0.25}
ANSWER_TERMS = {5: 0.55, 3: 0.25, 2: 0.12, 1: 0.05, 4: 0.03}

YEARS_LEFT = (0.08, 0.37, 0.33, 0.22)
"""How many calendar years after this one a contract still runs: none, one, two or three."""

NEVER = np.datetime64("NaT", "D")

FORMER = 0.12
"""Share of the running contracts that followed one that ended."""


@dataclass(frozen=True)
class Contracts:
    contracts: pd.DataFrame
    """The table's columns with `id`, and `provider` (its row), `width` and `standing`."""
    lines: pd.DataFrame
    """contract_id, care_type_code, area_code."""


def make_contracts(providers: pd.DataFrame, offers: pd.DataFrame, country: Ground, plan: Plan) -> Contracts:
    rng = stream(plan.seed, "contracts")
    agreed = _agreed(rng, providers)
    known = providers.name.isin(IN_THE_CAST).to_numpy()[agreed.provider]
    agreed["standing"] = np.where(known, "running", choose(rng, STANDING, len(agreed)))
    former = agreed[(agreed.standing == "running") & sometimes(rng, FORMER, len(agreed))].assign(standing="former")
    contracts = pd.concat([agreed, former], ignore_index=True)
    contracts["id"] = np.arange(1, len(contracts) + 1)
    contracts["provider_agb"] = providers.agb_code.to_numpy(object)[contracts.provider]
    contracts["scope"] = contracts.width.map(SCOPE)
    contracts = contracts.join(_period(rng, contracts.standing.to_numpy(object), plan.today))
    contracts["number"] = _numbers(contracts)
    known = providers.name.isin(IN_THE_CAST).to_numpy()[contracts.provider]
    contracts["update_term_days"] = np.where(known, 30, choose(rng, UPDATE_TERMS, len(contracts)))
    contracts["answer_term_days"] = choose(rng, ANSWER_TERMS, len(contracts))
    return Contracts(contracts, _lines(rng, contracts, providers, offers, country))


def _agreed(rng: Rng, providers: pd.DataFrame) -> pd.DataFrame:
    """Which widths of contract each provider has; one with a part in the stories always has its region's."""
    parts = []
    for width in SCOPE:
        chance = providers.kind.map({name: kind.contracts.get(width, 0.0) for name, kind in KINDS.items()}).to_numpy(
            float
        )
        if width == REGIONAL:
            chance = np.where(providers.name.isin(IN_THE_CAST), 1.0, chance)
        parts.append(pd.DataFrame({"provider": np.flatnonzero(sometimes(rng, chance, len(providers))), "width": width}))
    return pd.concat(parts, ignore_index=True)


def _period(rng: Rng, standing: Column, today: date) -> pd.DataFrame:
    """Contracts run over whole calendar years; what ended, ended in the last year."""
    n, day = len(standing), np.datetime64(today, "D")
    year = np.datetime64(str(today.year), "Y")
    quarter = (np.datetime64(today, "M") - (today.month - 1) % 3 + 3).astype("datetime64[D]")
    first = (year - rng.integers(0, 4, n)).astype("datetime64[D]")
    last = (year + pick(rng, YEARS_LEFT, n) + 1).astype("datetime64[D]") - 1
    ended = day - rng.integers(1, 300, n)
    is_over, comes = np.isin(standing, ("ended", "former")), standing == "next quarter"
    first = np.select([is_over, comes], [ended - rng.integers(365, 1400, n), np.full(n, quarter)], first)
    last = np.select([is_over, comes], [ended, np.maximum(last, quarter + 364)], last)
    last[standing == "open-ended"] = NEVER
    pause, resume = _pauses(rng, standing == "suspended", day)
    days = {"valid_from": first, "valid_until": last, "suspended_from": pause, "suspended_until": resume}
    return pd.DataFrame({name: values.astype("datetime64[s]") for name, values in days.items()})


def _pauses(rng: Rng, suspended: Column, day: np.datetime64) -> tuple[Column, Column]:
    """Since some weeks; of most it is known until when."""
    n = len(suspended)
    pause = np.where(suspended, day - rng.integers(5, 60, n), NEVER)
    resume = np.where(suspended & sometimes(rng, 0.7, n), day + rng.integers(10, 120, n), NEVER)
    return pause, resume


def _numbers(contracts: pd.DataFrame) -> "pd.Series[str]":
    """ "2025-00412": since when, and a serial number."""
    year: pd.Series[str] = contracts.valid_from.dt.year.astype(str)
    return year + "-" + contracts.id.astype(str).str.zfill(5)


def _lines(
    rng: Rng, contracts: pd.DataFrame, providers: pd.DataFrame, offers: pd.DataFrame, country: Ground
) -> pd.DataFrame:
    """Nearly all the care a provider gives, for each area; general provisions need no contract."""
    free = set(country.care_types.code[country.care_types.general])
    given = offers.loc[~offers.care_type_code.isin(free), ["provider", "care_type_code"]].drop_duplicates()
    lines = contracts[["id", "provider", "width"]].merge(given, on="provider")
    main = ~lines.id.duplicated()
    lines = lines[main | sometimes(rng, 0.92, len(lines))]
    areas = _areas(rng, contracts, providers, country)
    named = lines[["id", "care_type_code"]].merge(areas, on="id")
    return named.rename(columns={"id": "contract_id"})[["contract_id", "care_type_code", "area_code"]]


def _areas(rng: Rng, contracts: pd.DataFrame, providers: pd.DataFrame, country: Ground) -> pd.DataFrame:
    """The areas of each contract, nearest first: the municipality, the region, its neighbours or the country."""
    regions, nearest = neighbours(country)
    home = np.searchsorted(regions, providers.region.to_numpy(object)[contracts.provider].astype(str))
    width = contracts.width.to_numpy(object)
    one = np.select(
        [width == LOCAL, width == NEIGHBOUR, width == NATIONAL],
        [
            providers.municipality.to_numpy(object)[contracts.provider],
            regions[nearest[home, rng.integers(1, 4, len(contracts))]].astype(object),
            np.full(len(contracts), "NL", object),
        ],
        regions[home].astype(object),
    )
    parts = [pd.DataFrame({"id": contracts.id, "area_code": one})]
    reach = rng.integers(1, 4, len(contracts))
    for step in range(1, 4):
        wide = (width == SUPRAREGIONAL) & (reach >= step)
        parts.append(pd.DataFrame({"id": contracts.id[wide], "area_code": regions[nearest[home[wide], step]]}))
    return pd.concat(parts, ignore_index=True)


def neighbours(country: Ground) -> tuple[Column, Column]:
    """The region codes in order, and for each region all of them from near to far (itself first)."""
    towns = country.municipalities
    people = towns.population
    weighted = pd.DataFrame(
        {"region": towns.region, "x": towns.lon * people * 0.615, "y": towns.lat * people, "n": people}
    )
    sums = weighted.groupby("region").sum().sort_index()  # 0.615: a degree of longitude at 52° north
    centres = (sums[["x", "y"]].to_numpy().T / sums.n.to_numpy()).T
    apart = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    return sums.index.to_numpy().astype(str), np.argsort(apart, axis=1, kind="stable")
