"""Providers as columns: who they are, of which kind, where they are at home and how many offers they have."""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from data.demo.chance import Column, Rng, choose, long_tailed, pick, stream
from data.demo.ground import Ground
from data.demo.kinds import KIND_NAMES, KINDS, Kind
from data.demo.names import addresses, agb_codes, invented
from data.demo.plan import Plan

FIRST_AGB = 100_001


@dataclass(frozen=True)
class Rhythm:
    """How a provider keeps its statements up to date."""

    share: float
    age_days: float
    """Median age of its statements."""
    never: float
    """Share of the offers of which it never stated anything."""


RHYTHMS = {
    "daily": Rhythm(0.15, 1.5, 0.0),  # a system that sends them
    "weekly": Rhythm(0.22, 5, 0.01),
    "monthly": Rhythm(0.35, 17, 0.03),
    "quarterly": Rhythm(0.2, 60, 0.05),
    "neglected": Rhythm(0.08, 200, 0.2),
}


@dataclass(frozen=True)
class Character:
    """A provider with a part in the stories: the same in every world that has its municipality."""

    name: str
    kind: str
    municipality: str
    offers: int
    rhythm: str


SMALL_FAMILY_HOME = Character("Gezinshuis De Eerste Zwaluw", "family home", "GM0202", 2, "monthly")
FORTY_OFFERS = Character("Stichting De Zevende Brug", "youth care", "GM0202", 40, "monthly")
CAST = (SMALL_FAMILY_HOME, FORTY_OFFERS)


def make_providers(ground: Ground, country: Ground, plan: Plan) -> pd.DataFrame:
    """One row per provider: the table's columns, and `kind`, `municipality`, `region`, `offers`, `rhythm` for the rest
    of the world. The offers add up exactly."""
    rng = stream(plan.seed, "providers")
    cast = pd.DataFrame([asdict(c) for c in CAST if c.municipality in set(ground.municipalities.code)])
    others = _sized(rng, max(0, plan.offers - sum(cast.offers)))
    others["municipality"] = _homes(rng, ground, country, others.kind.to_numpy(object), plan.home)
    others["rhythm"] = choose(rng, {name: rhythm.share for name, rhythm in RHYTHMS.items()}, len(others))
    known = country.municipalities.set_index("code")
    places = known.short_name.loc[others.municipality].to_numpy(object)
    others["name"] = invented(rng, _patterns(rng, others.kind.to_numpy(object)), places)
    providers = pd.concat([cast, others], ignore_index=True)
    providers["offers"] = _cut(providers.offers.to_numpy(int), plan.offers)
    providers = providers[providers.offers > 0].reset_index(drop=True)
    providers["region"] = known.region.loc[providers.municipality].to_numpy()
    providers["agb_code"] = agb_codes(len(providers), FIRST_AGB)
    domain = addresses(providers.name.to_numpy())
    phone = "0900 " + providers.agb_code.str[-4:]  # numbers that nobody has
    return providers.assign(website="https://www." + domain, email="aanmelding@" + domain, phone=phone)


def _sized(rng: Rng, offers: int) -> pd.DataFrame:
    """Providers of every kind until the offers are spent, in an order that mixes the kinds."""
    parts = [_of_kind(rng, name, kind, round(offers * kind.share)) for name, kind in KINDS.items()]
    sized = pd.concat(parts, ignore_index=True)
    missing = offers - int(sized.offers.sum())
    if missing > 0:  # the shares of a tiny world round to nothing
        single = pd.DataFrame({"kind": np.array(KIND_NAMES, object)[rng.integers(0, len(KINDS), missing)], "offers": 1})
        sized = pd.concat([sized, single], ignore_index=True)
    return sized.iloc[rng.permutation(len(sized))].reset_index(drop=True)


def _of_kind(rng: Rng, name: str, kind: Kind, offers: int) -> pd.DataFrame:
    likely_enough = int(offers / kind.offers) + 10
    sizes = np.clip(np.rint(long_tailed(rng, kind.offers, kind.spread, likely_enough)), 1, kind.most).astype(int)
    sizes = _cut(sizes, offers)
    return pd.DataFrame({"kind": name, "offers": sizes[sizes > 0]})


def _cut(sizes: Column, total: int) -> Column:
    """The sizes as far as the total reaches."""
    before = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return np.asarray(np.clip(total - before, 0, sizes))


def _homes(rng: Rng, ground: Ground, country: Ground, kinds: Column, home: str | None) -> Column:
    """Where the children are, there the providers are; national specialists stand anywhere."""
    places, anywhere = ground.municipalities, country.municipalities
    weight = places.youth_population * np.where(places.region == home, 2.0, 1.0)
    homes = places.code.to_numpy(object)[pick(rng, weight.to_numpy(), len(kinds))]
    far = anywhere.code.to_numpy(object)[pick(rng, anywhere.youth_population.to_numpy(), len(kinds))]
    return np.where(np.isin(kinds, [name for name, kind in KINDS.items() if kind.everywhere]), far, homes)


def _patterns(rng: Rng, kinds: Column) -> Column:
    patterns = np.empty(len(kinds), object)
    for name, kind in KINDS.items():
        mine = kinds == name
        patterns[mine] = np.array(kind.called, object)[rng.integers(0, len(kind.called), int(mine.sum()))]
    return patterns
