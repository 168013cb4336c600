"""What the radar says, in plain Dutch: a code and values become sentences of at most fifteen words."""

from collections.abc import Callable, Mapping

from matcher.dutch import duration, inside_a_sentence
from matcher.language import Values
from matcher.shortage_causes import Cause
from matcher.shortage_radar import Shortage
from matcher.shortage_waits import Effect

SMALL = ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")


def counted(number: int, one: str, many: str) -> str:
    """Geen plekken, één plek, twintig kinderen: in words up to twelve."""
    return f"{SMALL[number] if number < len(SMALL) else number} {one if number == 1 else many}"


def children(number: int) -> str:
    return counted(number, "kind", "kinderen")


def places(number: int) -> str:
    return counted(number, "plek", "plekken")


SENTENCES: Mapping[str, str] = {
    # how bad it is
    "all-in-time": "Ieder kind kan nu op tijd ergens terecht.",
    "not-in-time": "{children} {can} niet op tijd ergens terecht.",
    "waits": "De helft wacht al {waited} of langer.",
    "wait-unknown": "Wanneer hulp kan starten, is onbekend.",
    "expected": "Hulp start naar verwachting over {expected}.",
    # why
    Cause.CONTRACT_GAP: "In de regio zijn {places} vrij, zonder contract voor deze gemeente.",
    Cause.NEXT_DOOR: "In een andere regio zijn {places} vrij, zonder contract.",
    Cause.STOP: "Achter een opnamestop zijn {places} die zouden passen.",
    Cause.TOO_FAR: "Er zijn {places} vrij, maar te ver weg.",
    Cause.AGE: "Er zijn {places} vrij, maar voor een andere leeftijd.",
    Cause.GROUP: "Er zijn {places} vrij, maar voor een andere groep.",
    Cause.LATE: "Er komen {places} vrij, maar te laat.",
    Cause.NO_PLACE: "Nergens in de buurt is een plek vrij die past.",
    "remedy-helps": "Is dat opgelost, dan {helps} dat {children}.",
    # what a place more would do
    "place-helps": "Eén plek erbij helpt één kind.",
    "places-help": "{places} erbij helpen {children}.",
    "no-more-helped": "Meer dan {places} helpt nu niemand.",
    "nobody-helped": "Een plek erbij helpt hier nu niemand.",
    "through": "Dat komt doordat in {place} een plek vrijkomt.",
    # how sure
    "old-statements": "De opgaven zijn oud: de helft is ouder dan {age}. Het beeld is onzeker.",
    "no-statements": "Aanbieders deden hier nog geen opgave. Het beeld is onbekend.",
    # against an earlier day
    "more-than": "Er {staan} {questions} meer open dan {when}.",
    "fewer-than": "Er {staan} {questions} minder open dan {when}.",
    "same-as": "Er staan evenveel vragen open als {when}.",
    # obvious rules
    "most-asked": "Op de meeste vraag afgaan wijst naar {careType} in {area}.",
    "longest-queue": "Op de langste wachtrij afgaan wijst naar {careType} in {area}.",
    "rule-helps": "Daar {help} {places} erbij {children}.",
    # what if
    "helps-now": "Dat helpt nu {children} in deze regio.",
    "helps-nobody-now": "Dat helpt nu niemand in deze regio.",
    "costs-now": "Daardoor kunnen {children} in deze regio niet meer op tijd terecht.",
    "helps-elsewhere": "Elders helpt het {children}.",
    "sooner": "Wie zich dit jaar meldt, wacht naar schatting {sooner} korter.",
    "sooner-between": "Dat kan ook {low} zijn, of {high}.",
    "no-sooner": "De wachttijd verandert naar schatting niet.",
    "per-year": "Een plek helpt hier ongeveer {children} per jaar.",
    # always
    "advice": "Dit is advies over plekken. Wie waarheen gaat, beslissen mensen.",
}  # fmt: skip

FORMATS: Mapping[str, Callable[..., str]] = {
    "children": children,
    "places": places,
    "waited": duration,
    "expected": duration,
    "age": duration,
    "sooner": duration,
    "low": duration,
    "high": duration,
    "careType": inside_a_sentence,
    "questions": lambda number: counted(number, "vraag", "vragen"),
}


def say(code: str, values: Values) -> str:
    """The sentence for a code, with a capital to begin with."""
    written = {name: FORMATS.get(name, str)(value) for name, value in values.items()}
    sentence = SENTENCES[code].format(**written)
    return sentence[:1].upper() + sentence[1:]


Reason = tuple[str, dict[str, object]]
"""A code and its values."""


def reasons_for(shortage: Shortage) -> list[Reason]:
    """How bad, why, and how sure; in the order in which one would say it."""
    if not shortage.unplaced:
        return [("all-in-time", {}), *_doubt(shortage)]
    can = "kan" if shortage.unplaced == 1 else "kunnen"
    said: list[Reason] = [("not-in-time", {"children": shortage.unplaced, "can": can})]
    if shortage.remedies:
        best = shortage.remedies[0]
        said += [(best.cause, {"places": best.places}), ("remedy-helps", {"helps": "helpt", "children": best.children})]
    else:
        said.append((Cause.NO_PLACE, {}))
    return [*said, *_doubt(shortage)]


def _doubt(shortage: Shortage) -> list[Reason]:
    if shortage.stated_days_ago is None:
        return [("no-statements", {})] if shortage.offers else []
    return [("old-statements", {"age": shortage.stated_days_ago})] if shortage.certainty == "uncertain" else []


def worth_of(limit: int, most: int, through: str | None = None) -> list[Reason]:
    """What places more would do, up to `most` of them; `through`: the place that comes free along the way."""
    if limit == 0:
        return [("nobody-helped", {})]
    said: list[Reason] = [("place-helps", {})]
    if through:
        said.append(("through", {"place": through}))
    if limit > 1:
        said.append(("places-help", {"places": limit, "children": limit}))
    if limit < most:
        said.append(("no-more-helped", {"places": limit}))
    return said


def against(now: int, before: int, when: str) -> Reason:
    """More or fewer than then."""
    if now == before:
        return "same-as", {"when": when}
    number = abs(now - before)
    values: dict[str, object] = {"staan": "staat" if number == 1 else "staan", "questions": number, "when": when}
    return ("more-than" if now > before else "fewer-than"), values


def imagined(helped: int, elsewhere: int, effect: Effect) -> list[Reason]:
    """What a what-if would do, now and in a year."""
    said: list[Reason] = [("helps-now", {"children": helped}) if helped > 0 else ("helps-nobody-now", {})]
    if helped < 0:
        said = [("costs-now", {"children": -helped})]
    if elsewhere > 0:
        said.append(("helps-elsewhere", {"children": elsewhere}))
    low, middle, high = (max(round(days), 0) for days in (effect.sooner.low, effect.sooner.middle, effect.sooner.high))
    if middle:
        said += [("sooner", {"sooner": middle}), ("sooner-between", {"low": low, "high": high})]
    else:
        said.append(("no-sooner", {}))
    return [*said, ("per-year", {"children": max(round(effect.children_a_year), 1)})]
