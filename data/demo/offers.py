"""Offers as columns: one care type by one provider at one location, for a described group."""

from datetime import date

import numpy as np
import pandas as pd

from data.demo.chance import Column, Rng, Urns, long_tailed, rank_within, sometimes, stream, unknown
from data.demo.ground import Ground
from data.demo.kinds import KIND_NAMES, care_weights
from data.demo.needs import NeedsOfCare
from data.demo.plan import Plan
from data.demo.profiles import FORMS, PROFILES
from data.demo.providers import CAST

GENDERS = {0b111: 88, 0b001: 4, 0b010: 3, 0b110: 3, 0b101: 2}
"""Bit 0 boy, 1 girl, 2 other: one in eight places to live is for one of them; elsewhere everybody is welcome."""

SENTENCES = {
    "home": ("Wij komen bij u thuis, ook na schooltijd.", "Een vaste begeleider komt elke week langs.",
             "Wij werken samen met het hele gezin.", "Wij kijken samen wat al goed gaat."),
    "location": ("Gesprekken en oefeningen op onze locatie.", "Een klein team met een vaste contactpersoon.",
                 "Ouders zijn er vanaf het begin bij.", "Rustige kamers, goed te bereiken met de bus."),
    "school": ("Wij werken in de klas en met de leerkracht.", "Wij zijn elke week op school.",
               "School en ouders krijgen samen één plan."),
    "online": ("Gesprekken via beeldbellen, ook in de avond.", "Online oefenen, met elke week een gesprek."),
    "family": ("Een plek aan tafel in een gewoon gezin.", "Een huis met een tuin, dieren en vaste opvoeders.",
               "Het kind blijft zo veel mogelijk op zijn eigen school."),
    "group": ("Een kleine groep met vaste begeleiders.", "Dag en nacht is er iemand die u kent.",
              "Ouders eten mee wanneer zij willen."),
    "secure": ("Een gesloten groep met school en behandeling.", "Kleine groepen, met zo min mogelijk dwang."),
}  # fmt: skip
"""Plain descriptions per setting."""


def make_offers(providers: pd.DataFrame, locations: pd.DataFrame, ground: Ground, plan: Plan) -> pd.DataFrame:
    """One row per offer with `id`, the table's columns, and `provider` and `care` (rows in theirs)."""
    rng = stream(plan.seed, "offers")
    provider = np.repeat(np.arange(len(providers)), providers.offers.to_numpy(int))
    care = _care_types(rng, providers, provider, ground)
    turn = rank_within(provider, care)
    location, round_ = _locations(providers, locations, provider, care, turn)
    offers = pd.DataFrame({"id": np.arange(1, len(provider) + 1), "provider": provider, "care": care})
    offers["provider_agb"] = providers.agb_code.to_numpy()[provider]
    offers["location_id"] = locations.id.to_numpy()[location]
    offers["care_type_code"] = ground.care_types.code.to_numpy(object)[care]
    offers["age_from"], offers["age_until"] = _ages(rng, care, round_, ground)
    stay = ground.care_types.stay.to_numpy(bool)[care]
    offers["genders"] = np.where(stay, np.array(list(GENDERS))[_gender_positions(rng, len(offers))], 0b111)
    offers["setting"] = _settings(rng, care, ground)
    offers = offers.join(_needs(rng, care, ground)).join(_families(rng, offers, stay))
    offers["travels_km"] = np.where(offers.setting == "home", _reach(rng, len(offers)), np.nan)
    offers["name"] = _names(offers, ground)
    offers["description"] = _descriptions(rng, offers.setting.to_numpy(object))
    published = _publication(rng, len(offers), plan.today)
    ended = published.published_until < np.datetime64(plan.today)
    cast = providers.name.isin([character.name for character in CAST]).to_numpy()[provider]
    published.loc[cast & ended, "published_until"] = pd.NaT  # who shows forty offers keeps forty
    return offers.join(published)


def _care_types(rng: Rng, providers: pd.DataFrame, provider: Column, ground: Ground) -> Column:
    """Rows of `ground.care_types`, by the taste of the provider's kind."""
    weights = care_weights(ground.care_types)
    of_kind = Urns(np.repeat(np.array(KIND_NAMES, object), weights.shape[1]), weights.ravel())
    cells = of_kind.draw(rng, providers.kind.to_numpy(object)[provider])
    return np.remainder(cells, weights.shape[1])


def _locations(
    providers: pd.DataFrame, locations: pd.DataFrame, provider: Column, care: Column, turn: Column
) -> tuple[Column, Column]:
    """The same care goes round the locations; a second round under one roof is for another group."""
    first = np.searchsorted(locations.provider.to_numpy(), np.arange(len(providers)))
    count = np.bincount(locations.provider, minlength=len(providers))
    start = care * 7  # so that not all care types begin at the first location
    return first[provider] + (start + turn) % count[provider], turn // count[provider]


def _ages(rng: Rng, care: Column, round_: Column, ground: Ground) -> tuple[Column, Column]:
    lower, upper = np.empty(len(care), int), np.empty(len(care), int)
    for row, code in enumerate(ground.care_types.code):
        mine = np.flatnonzero(care == row)
        ages = PROFILES[code].ages
        ranges, shares = np.array(list(ages)), np.array(list(ages.values()), float)
        drawn = rng.choice(len(ranges), len(mine), p=shares / shares.sum())
        chosen = ranges[(drawn + round_[mine]) % len(ranges)]
        lower[mine], upper[mine] = chosen[:, 0], chosen[:, 1]
    return lower, upper


def _gender_positions(rng: Rng, n: int) -> Column:
    shares = np.array(list(GENDERS.values()), float)
    return rng.choice(len(shares), n, p=shares / shares.sum())


def _settings(rng: Rng, care: Column, ground: Ground) -> Column:
    forms = [FORMS[PROFILES[code].form] for code in ground.care_types.code]
    rows = [(row, name, share) for row, form in enumerate(forms) for name, share in form.settings.items()]
    care_rows, names, shares = zip(*rows, strict=True)
    drawn = Urns(np.array(care_rows), np.array(shares, float)).draw(rng, care)
    return np.array(names, object)[drawn]


def _reach(rng: Rng, n: int) -> Column:
    """How far a team travels, in fives of kilometres."""
    return 5 * np.rint(np.clip(long_tailed(rng, 25, 0.4, n), 10, 80) / 5)


def _needs(rng: Rng, care: Column, ground: Ground) -> pd.DataFrame:
    needs = NeedsOfCare(ground.care_types, ground.needs)
    only_for = needs.only_for(rng, care)
    serves = needs.serves(rng, care) | only_for
    return pd.DataFrame({"serves": serves, "excludes": needs.excludes(rng, care, serves), "only_for": only_for})


def _families(rng: Rng, offers: pd.DataFrame, stay: Column) -> pd.DataFrame:
    """Brothers and sisters together and staying past 18: what matters where children live; often not said."""
    n = len(offers)
    together = np.where(stay, rng.integers(0, 4, n), rng.integers(1, 6, n))
    on = (offers.age_until >= 18) | sometimes(rng, 0.15, n)
    said = sometimes(rng, 0.75, n)
    past = pd.Series(on.to_numpy()).astype("boolean").mask(~said & (offers.age_until.to_numpy() < 18))
    return pd.DataFrame(
        {"siblings": unknown(together, sometimes(rng, np.where(stay, 0.3, 0.6), n)), "past_eighteen": past}
    )


def _names(offers: pd.DataFrame, ground: Ground) -> Column:
    """ "Gezinshuis, 6 tot 13 jaar": the care type and until which birthday."""
    care = pd.Series(ground.care_types.name.to_numpy(object)[offers.care])
    names = care + ", " + offers.age_from.astype(str) + " tot " + (offers.age_until + 1).astype(str) + " jaar"
    return names.to_numpy(object)


def _descriptions(rng: Rng, settings: Column) -> Column:
    descriptions = np.empty(len(settings), object)
    for setting, sentences in SENTENCES.items():
        mine = settings == setting
        descriptions[mine] = np.array(sentences, object)[rng.integers(0, len(sentences), int(mine.sum()))]
    return descriptions


def _publication(rng: Rng, n: int, today: date) -> pd.DataFrame:
    """Published some time in the last years; a few not yet, a few not any more."""
    day = np.datetime64(today, "D")
    draw = rng.random(n)
    since = day - rng.integers(30, 4 * 365, n)
    starts_later, has_ended, will_end = draw < 0.015, (draw >= 0.015) & (draw < 0.035), (draw >= 0.035) & (draw < 0.06)
    until = np.full(n, np.datetime64("NaT"), "datetime64[D]")
    until[has_ended] = day - rng.integers(1, 30, int(has_ended.sum()))
    until[will_end] = day + rng.integers(20, 400, int(will_end.sum()))
    since[starts_later] = day + rng.integers(5, 120, int(starts_later.sum()))
    return pd.DataFrame(
        {"published_from": since.astype("datetime64[s]"), "published_until": until.astype("datetime64[s]")}
    )
