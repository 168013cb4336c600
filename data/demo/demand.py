"""What is asked: questions as workers would ask them, where the children are who need care."""

from datetime import date

import numpy as np
import pandas as pd

from data.demo.chance import Column, Rng, Urns, choose, pick, sometimes
from data.demo.ground import Ground
from data.demo.needs import NeedsOfCare
from data.demo.profiles import PROFILES

HOW_MANY_NEEDS = (0.5, 0.33, 0.17)
"""None, one or two."""

DISTANCES = {np.nan: 0.55, 15.0: 0.1, 25.0: 0.15, 40.0: 0.15, 60.0: 0.05}

GENDERS = ("boy", "girl", "other", None)
GENDER_SHARES = (0.46, 0.4, 0.02, 0.12)
"""One in eight questions does not say."""

SECOND_CHOICE = 0.15
"""Share that also accepts another care type of the same family."""


def ask(rng: Rng, ground: Ground, n: int, today: date) -> pd.DataFrame:
    """`n` questions, one per row, as the columns of care requests. Nobody asks for crisis care: it stands outside."""
    towns = ground.municipalities
    children = (towns.youth_population * towns.youth_care_pct).to_numpy()
    municipality = towns.code.to_numpy(object)[pick(rng, children, n)]
    care = _care_types(rng, ground, n)
    age = _ages(rng, ground, care)
    older = age >= 16
    questions = pd.DataFrame({"municipality_code": municipality})
    questions["pc4"] = _postcodes(rng, ground, municipality)
    questions["birth_month"] = _birth_months(rng, age, today)
    questions["care_type_codes"] = _preferences(rng, ground, care)
    questions["needed_from"] = (np.datetime64(today, "D") + rng.integers(-45, 75, n)).astype("datetime64[s]")
    questions["urgency"] = np.where(sometimes(rng, 0.12, n), "urgent", "regular")
    questions["max_distance_km"] = choose(rng, DISTANCES, n)
    needs = NeedsOfCare(ground.care_types, ground.needs)
    questions["need_codes"] = needs.asked(rng, care, age, pick(rng, HOW_MANY_NEEDS, n))
    questions["gender"] = pd.Series(np.array(GENDERS, object)[pick(rng, GENDER_SHARES, n)], dtype=object)
    stay = ground.care_types.stay.to_numpy(bool)[care]
    questions["siblings"] = np.where(stay & sometimes(rng, 0.12, n), rng.integers(1, 3, n), 0)
    questions["past_eighteen"] = older & sometimes(rng, 0.5, n)
    questions["setting"] = None
    return questions


def _care_types(rng: Rng, ground: Ground, n: int) -> Column:
    demand = np.array([PROFILES[code].demand for code in ground.care_types.code])
    return pick(rng, np.where(ground.care_types.crisis, 0.0, demand), n)


def _ages(rng: Rng, ground: Ground, care: Column) -> Column:
    """Somebody of the age that the care is for."""
    rows = [
        (row, age, share / (min(until, 17) - start + 1))
        for row, code in enumerate(ground.care_types.code)
        for (start, until), share in PROFILES[code].ages.items()
        for age in range(start, min(until, 17) + 1)
    ]
    care_rows, ages, weights = map(np.array, zip(*rows, strict=True))
    return ages[Urns(care_rows, weights).draw(rng, care)]


def _postcodes(rng: Rng, ground: Ground, municipality: Column) -> Column:
    places = ground.postcodes
    people = Urns(places.municipality_code.to_numpy(object), places.population.to_numpy(float) + 1.0)
    return places.pc4.to_numpy(object)[people.draw(rng, municipality)]


def _birth_months(rng: Rng, age: Column, today: date) -> Column:
    """A month in which somebody of this age may be born, seen from today."""
    born = np.datetime64(today, "M") - age * 12 - rng.integers(1, 12, len(age))
    return born.astype(str).astype(object)


def _preferences(rng: Rng, ground: Ground, care: Column) -> list[list[str]]:
    codes, families = ground.care_types.code.to_list(), ground.care_types.family.to_list()
    relatives = [
        [code for code, family in zip(codes, families, strict=True) if family == mine and code != own]
        for own, mine in zip(codes, families, strict=True)
    ]
    wider = sometimes(rng, SECOND_CHOICE, len(care))
    return [
        [codes[row], str(rng.choice(relatives[row]))] if open_to_more and relatives[row] else [codes[row]]
        for row, open_to_more in zip(care, wider, strict=True)
    ]
