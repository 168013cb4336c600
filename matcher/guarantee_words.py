"""What is said of a promise, in plain Dutch: what was promised, and how it stands. The only catalogue of these words.

Pure.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from matcher import dutch
from matcher.guarantee_days import Reach
from matcher.guarantee_room import Promise
from matcher.guarantees import Judged, Standing, Verdict, Why
from matcher.shortage_words import places

STANDS: Mapping[Verdict, str] = {
    Verdict.KEPT: "Aanwezig {since}.",
    Verdict.UNCERTAIN: "Onzeker {since}: {why}.",
    Verdict.NOT_KEPT: "Ontbreekt {since}: {why}.",
}

WHY: Mapping[Why, str] = {
    Why.NONE_CONTRACTED: "niemand heeft hier een contract",
    Why.OTHER_AGE: "niets voor {ages}",
    Why.OLD_STATEMENTS: "opgaven zijn te oud of nooit gedaan",
    Why.TOO_FEW: "er {are} {there}, afgesproken {agreed} {promised}",
    Why.TOO_FAR: "plek is er alleen verder weg",
    Why.ALL_STOPPED: "overal geldt een opnamestop",
    Why.TOO_LATE: "hulp kan pas later starten",
    Why.ALL_FULL: "er is geen plek vrij",
}
"""A clause that ends the sentence; a test holds that none is missing."""

REACHES: Mapping[Reach, str] = {
    Reach.MUNICIPALITY: "in elke gemeente zelf",
    Reach.REGION: "binnen de regio",
    Reach.NEIGHBOURS: "in de regio of een buurregio",
    Reach.COUNTRY: "ergens in het land",
}


def promised(promise: Promise) -> str:
    """What the region named: "Eén plek vrij, voor 12 tot en met 17 jaar, binnen de regio, hoogstens 30 km"."""
    within = promise.within_days
    what = (
        f"{places(promise.places)} vrij" if within is None else f"{places(promise.places)} met start {_within(within)}"
    )
    parts = [what, *_ages_named(promise), REACHES[promise.reach]]
    if promise.max_km is not None:
        parts.append(f"hoogstens {dutch.number(promise.max_km)} km")
    said = ", ".join(parts)
    return "Eén" + said[3:] if said.startswith("één") else said[:1].upper() + said[1:]


def _within(days: int) -> str:
    return "vandaag" if days == 0 else f"binnen {dutch.duration(days)}"


def _ages_named(promise: Promise) -> list[str]:
    if promise.ages is None:
        return []
    first, last = promise.ages
    return [f"voor {first} jaar" if first == last else f"voor {first} tot en met {last} jaar"]


def say(promise: Promise, standing: Standing, today: date) -> str:
    """How it stands in one municipality, since when and why: one sentence."""
    why = _clause(promise, standing)
    return STANDS[standing.verdict].format(since=since(standing.since, today, or_earlier=standing.or_earlier), why=why)


def reason(promise: Promise, standing: Standing) -> str | None:
    """Why it is not surely there, as a sentence of its own; None where it is."""
    clause = _clause(promise, standing)
    return f"{clause[:1].upper()}{clause[1:]}." if clause else None


def _clause(promise: Promise, standing: Standing) -> str:
    return "" if standing.why is None else WHY[standing.why].format_map(_values(promise, standing))


def since(day: date, today: date, *, or_earlier: bool) -> str:
    """Sinds vandaag, sinds 3 september 2026; of what lasted all the time that was looked at, how long that is."""
    if or_earlier:
        return f"al langer dan {dutch.duration((today - day).days)}"
    return "sinds vandaag" if day == today else f"sinds {dutch.day(day)}"


def _values(promise: Promise, standing: Standing) -> Mapping[str, str]:
    return {
        "ages": _ages(standing.ages),
        "are": _is_or_are(standing.places),
        "there": places(standing.places),
        "agreed": _is_or_are(promise.places),
        "promised": str(promise.places),
    }


def _is_or_are(number: int) -> str:
    return "is" if number == 1 else "zijn"


def _ages(ages: Sequence[int]) -> str:
    """16 jaar; 12 tot en met 17 jaar; 4, 9 en 16 jaar."""
    if len(ages) < 2:
        return f"{ages[0]} jaar" if ages else "deze leeftijd"
    if ages[-1] - ages[0] == len(ages) - 1:
        return f"{ages[0]} tot en met {ages[-1]} jaar"
    return f"{', '.join(map(str, ages[:-1]))} en {ages[-1]} jaar"


def say_overall(judged: Judged, today: date) -> str:
    """How it stands in the region: everywhere, or in how many municipalities it does not."""
    verdict, first, or_earlier = judged.spell()
    number = sum(each.verdict is verdict for each in judged.standings)
    where = "" if verdict is Verdict.KEPT else f" in {_of(number, len(judged.standings))}"
    return f"{STATES[verdict]}{where} {since(first, today, or_earlier=or_earlier)}."


STATES: Mapping[Verdict, str] = {
    Verdict.KEPT: "Overal aanwezig",
    Verdict.UNCERTAIN: "Onzeker",
    Verdict.NOT_KEPT: "Ontbreekt",
}


def _of(number: int, all_of_them: int) -> str:
    if number == all_of_them:
        return "alle gemeenten" if number > 1 else "de gemeente"
    return f"{number} van de {all_of_them} gemeenten"
