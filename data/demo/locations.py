"""Locations as columns: near the centres of postcodes, more where more people live."""

import numpy as np
import pandas as pd

from data.demo.chance import Column, Rng, Urns, rank_within, sometimes, stream
from data.demo.ground import Ground
from data.demo.kinds import KINDS
from data.demo.names import houses
from data.demo.plan import Plan

NEIGHBOURHOOD_KM = 0.25
"""How far from its postcode's centre a location stands at most: inside the neighbourhood, and not in the water."""

KM_PER_DEGREE = 111.2

LIVED_IN = ("family home", "care farm", "small residence")
"""Kinds whose house carries the provider's own name."""


def make_locations(providers: pd.DataFrame, country: Ground, plan: Plan) -> pd.DataFrame:
    """One row per location with `id`, the table's columns with `lon` and `lat`, and `provider` (its row)."""
    rng = stream(plan.seed, "locations")
    per_location = providers.kind.map({name: kind.per_location for name, kind in KINDS.items()}).to_numpy(int)
    provider = np.repeat(np.arange(len(providers)), -(-providers.offers.to_numpy(int) // per_location))
    postcodes = country.postcodes.iloc[_postcodes(rng, providers, provider, country)].reset_index(drop=True)
    lon, lat = _near(rng, postcodes.lon.to_numpy(), postcodes.lat.to_numpy())
    return pd.DataFrame(
        {
            "id": np.arange(1, len(provider) + 1),
            "provider": provider,
            "provider_agb": providers.agb_code.to_numpy()[provider],
            "name": _names(rng, providers, provider),
            "pc4": postcodes.pc4,
            "place": postcodes.place,
            "municipality_code": postcodes.municipality_code,
            "lon": lon,
            "lat": lat,
        }
    )


def _postcodes(rng: Rng, providers: pd.DataFrame, provider: Column, country: Ground) -> Column:
    """The first location at home, the others over the region."""
    places = country.postcodes
    people = places.population.to_numpy(float) + 1.0
    at_home = Urns(places.municipality_code.to_numpy(object), people)
    in_region = Urns(places.region.to_numpy(object), people)
    home = at_home.draw(rng, providers.municipality.to_numpy(object)[provider])
    spread = in_region.draw(rng, providers.region.to_numpy(object)[provider])
    stays = (rank_within(provider) == 0) | sometimes(rng, 0.25, len(provider))
    return np.where(stays, home, spread)


def _near(rng: Rng, lon: Column, lat: Column) -> tuple[Column, Column]:
    """A random point on a disc around each centre."""
    angle, distance = rng.random(len(lon)) * 2 * np.pi, np.sqrt(rng.random(len(lon))) * NEIGHBOURHOOD_KM / KM_PER_DEGREE
    return lon + distance * np.cos(angle) / np.cos(np.radians(lat)), lat + distance * np.sin(angle)


def _names(rng: Rng, providers: pd.DataFrame, provider: Column) -> Column:
    own = np.isin(providers.kind.to_numpy(object)[provider], LIVED_IN) & (rank_within(provider) == 0)
    return np.where(own, providers.name.to_numpy(object)[provider], houses(rng, len(provider)))
