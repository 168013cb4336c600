"""What a region's lessons say, in plain Dutch: how each figure is computed, from how many, and what it means.

A code and values become sentences of at most fifteen words. What touches most children is said first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.case_words import CHOICES, STEP_NAMES, TASKS
from matcher.dutch import duration, inside_a_sentence, number
from matcher.language import Values
from matcher.lessons import UNSAID, Share
from matcher.lessons_of_cases import Contacts, Escalations, OfAge, StepTime
from matcher.lessons_of_refusals import Refused
from matcher.lessons_of_supply import WORTH_A_WORD_DAYS, PlacesAt, SizeClass, Waited
from matcher.shortage_words import SMALL, Reason, children, counted, places


class About(StrEnum):
    """What a lesson is about."""

    STEPS = "steps"
    REFUSALS = "refusals"
    ESCALATIONS = "escalations"
    CONTACTS = "contacts"
    WAITS = "waits"
    SIZES = "sizes"
    PLACES = "places"
    OF_AGE = "of-age"


DEFINITIONS: Mapping[About, str] = {
    About.STEPS: (
        "Werkdagen van het begin van een stap tot die gedaan is, naast de termijn van die stap. Een stap telt mee als"
        " die in de periode begon, zoals die er op de laatste dag voor stond. Wat dan nog open is of afgebroken werd,"
        " telt zo lang als het duurde. Te laat is: gedaan na de termijn, of nog open na de termijn."
    ),
    About.REFUSALS: (
        "Afwijzingen van alle antwoorden van aanbieders op een aanmelding in de periode. Vragen aan het netwerk tellen"
        " niet mee. Redenen tonen wij per kwartaal, en alleen bij vijf kinderen of meer."
    ),
    About.ESCALATIONS: (
        "Uitkomsten van het regionaal expertteam in de periode: per kind de laatste. De oorzaak komt uit de analyse"
        " van de opschaling, of anders uit de uitkomst van het expertteam."
    ),
    About.CONTACTS: (
        "Casussen waarin contact met het lokale team niet lukte, van alle casussen waarin dat contact in de periode"
        " nodig was. Casussen van het lokale team zelf tellen niet mee."
    ),
    About.WAITS: (
        "Opgegeven wachttijd op de dag van aanmelden naast de echte, bij starts van kinderen uit de regio. Altijd over"
        " het hele jaar tot en met de laatste dag, hoe lang de periode ook is. Bij vijf starts of meer per zorgvorm;"
        " het middelste getal. Wie nog wacht, telt niet mee."
    ),
    About.SIZES: (
        "Klein is een aanbieder met één of twee keer aanbod, groot vanaf tien. Het aanbod is wat de regio op de laatste"
        " dag kan gebruiken. Vragen aan het netwerk tellen niet mee."
    ),
    About.PLACES: (
        "Plekken met verblijf die op de laatste dag van elk kwartaal in de regio staan, met een contract en zonder"
        " crisis. In een gezin is pleegzorg en gezinshuis (CBS 11 en 12), in een groep is gesloten en ander verblijf"
        " (13 en 14). Gaf een aanbieder toen nog niets op, dan telt de eerste opgave daarna."
    ),
    About.OF_AGE: (
        "Jongeren met verblijf die in de periode 18 werden. Gebleven is: het verblijf liep door na de maand waarin zij"
        " 18 werden."
    ),
}
"""How each figure is computed."""

COUNTED: Mapping[About, tuple[str, str]] = {
    About.STEPS: ("stap waarvan bekend is of die op tijd was", "stappen waarvan bekend is of ze op tijd waren"),
    About.REFUSALS: ("antwoord", "antwoorden"),
    About.ESCALATIONS: ("kind met een uitkomst", "kinderen met een uitkomst"),
    About.CONTACTS: ("casus", "casussen"),
    About.WAITS: ("start", "starts"),
    About.SIZES: ("aanmelding", "aanmeldingen"),
    About.PLACES: ("plek", "plekken"),
    About.OF_AGE: ("jongere", "jongeren"),
}
"""What the whole of each share counts: one, and more."""

STEPS_OF_ROUTES: Mapping[str, str] = {**STEP_NAMES, "1-4": "Stap 1 tot en met 4", "beside": "Voor stap 1"}
TASKS_OF_ROUTES: Mapping[str, str] = {**TASKS, "be-clear": "Maak duidelijk wie helpt."}

SIZES: Mapping[str, str] = {"small": "Klein", "middle": "Middelgroot", "large": "Groot"}

CAUSES: Mapping[str, str] = {
    "waiting-times": CHOICES["waiting-times"],
    "difference-of-view": CHOICES["difference-of-view"],
    "ret-too-late": CHOICES["ret-too-late"],
    UNSAID: "niet vastgelegd",
}

SENTENCES: Mapping[str, str] = {
    "nothing": "Hierover is in deze periode niets bekend.",
    "before": "Een jaar eerder was dat {percent}.",
    "before-unknown": "Van een jaar eerder is te weinig bekend.",
    "steps-late": "{percent} van de stappen was te laat, bij {children}.",
    "steps-in-time": "Alle stappen waren op tijd.",
    "latest-step": "Het vaakst in {step}, route {route}: {task} {late} van de {known} keer te laat.",
    "step-takes": "De helft was gedaan binnen {days}; de termijn is {term}.",
    "refused": "{percent} van de antwoorden was een afwijzing, bij {children}.",
    "none-refused": "Geen enkele aanmelding werd afgewezen.",
    "refused-most": "Het vaakst bij {careType}: {refusals}.",
    "refused-why": "Waar een reden is gegeven, was die het vaakst: {reason}",
    "no-view": "Voor {children} zag het expertteam geen passende hulp: {percent} van de uitkomsten.",
    "always-view": "Het expertteam vond voor ieder kind een oplossing.",
    "cause": "Waar de oorzaak is vastgelegd, was die het vaakst: {cause}.",
    "contact-failed": "In {cases} lukte contact met het lokale team niet: {percent}.",
    "contact-made": "Contact met het lokale team lukte altijd.",
    "contact-repaired": "Lukte het daarna wel, dan bij de helft binnen {days}.",
    "later": "Zorg die langer duurt dan opgegeven: {percent} van de starts in een jaar.",
    "not-later": "Geen zorgvorm duurt langer dan opgegeven.",
    "latest-care": "Het meeste scheelt {careType}: opgegeven {stated}, echt {realised}.",
    "sizes": "Kleine aanbieders hebben {offers} van het aanbod, en krijgen {referrals} van de aanmeldingen.",
    "unasked": "Van de {providers} kleine aanbieders kregen er {unasked} geen enkele aanmelding.",
    "places": "Van de plekken met verblijf is {percent} in een gezin.",
    "places-grew": "In gezinnen kwamen {places} bij, sinds het begin van de periode.",
    "places-shrank": "In gezinnen gingen {places} weg, sinds het begin van de periode.",
    "places-same": "In gezinnen bleef het aantal plekken gelijk.",
    "groups-grew": "In groepen kwamen {places} bij.",
    "groups-shrank": "In groepen gingen {places} weg.",
    "groups-same": "In groepen bleef het aantal plekken gelijk.",
    "stayed": "Van de jongeren die 18 werden, bleef {percent}.",
    "left": "Voor {children} hield het verblijf op.",
    "arranged": "Voor {children} was hulp vanaf 18 jaar geregeld.",
}


def _percent(share: int) -> str:
    """On one line with its sign."""
    return f"{share}\u00a0%"


def _one(sentence: str) -> str:
    """A task inside a sentence: without capital and full stop."""
    return inside_a_sentence(sentence).removesuffix(".")


FORMATS: Mapping[str, Callable[..., str]] = {
    "percent": _percent,
    "offers": _percent,
    "referrals": _percent,
    "children": children,
    "places": places,
    "days": lambda count: counted(count, "werkdag", "werkdagen"),
    "term": lambda count: counted(count, "werkdag", "werkdagen"),
    "refusals": lambda count: counted(count, "afwijzing", "afwijzingen"),
    "cases": lambda count: counted(count, "casus", "casussen"),
    "unasked": lambda count: SMALL[count] if count < len(SMALL) else str(count),
    "stated": duration,
    "realised": duration,
    "careType": inside_a_sentence,
    "reason": inside_a_sentence,
    "step": inside_a_sentence,
    "task": lambda sentence: f"“{_one(sentence)}”",
}


def say(code: str, values: Values) -> str:
    """The sentence for a code, with a capital to begin with."""
    written = {name: FORMATS.get(name, str)(value) for name, value in values.items()}
    sentence = SENTENCES[code].format(**written)
    return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one figure means: its share now and a year before, how many children it touches, and what is said of it."""

    about: About
    now: Share
    before: Share
    children: int
    """Whom it hurts; 0 where it is about supply."""
    reasons: Sequence[Reason]

    @property
    def sentences(self) -> list[str]:
        """What it comes to, how that was a year before, and what else there is to say."""
        if not self.now.whole:
            return [say("nothing", {})]
        first, *rest = self.reasons
        return [say(code, values) for code, values in (first, self._before(), *rest)]

    def _before(self) -> Reason:
        if self.before.whole < FEWEST_TO_COMPARE:
            return "before-unknown", {}
        return "before", {"percent": self.before.percent}

    @property
    def counted(self) -> str:
        one, many = COUNTED[self.about]
        return counted(self.now.whole, one, many) if self.now.whole < len(SMALL) else f"{number(self.now.whole)} {many}"


FEWEST_TO_COMPARE = 5
"""A share of fewer says nothing of a trend."""


def in_order(lessons: Iterable[Lesson]) -> list[Lesson]:
    """What touches most children first; of what is unknown nothing can be learnt, so that comes last."""
    return sorted(lessons, key=lambda lesson: (not lesson.now.whole, -lesson.children))


# --- what each figure says -----------------------------------------------------------------------------------------


def of_steps(rows: Sequence[StepTime], late: Share, touched: int) -> list[Reason]:
    if not late.part or not rows:
        return [("steps-in-time", {})]
    worst = rows[0]
    place = {"step": STEPS_OF_ROUTES[worst.step].partition(":")[0], "route": worst.route.value}
    counts = {"task": TASKS_OF_ROUTES[worst.code], "late": worst.late, "known": worst.in_time.whole}
    said: list[Reason] = [
        ("steps-late", {"percent": late.percent, "children": touched}),
        ("latest-step", {**place, **counts}),
    ]
    if worst.middle_days is not None and worst.term_days is not None:
        said.append(("step-takes", {"days": worst.middle_days, "term": worst.term_days}))
    return said


def of_refusals(rows: Sequence[Refused], touched: int, name: Callable[[str], str], reasons: Values) -> list[Reason]:
    """Of the rows of `refusals`: all together first, then the care type that is refused most often."""
    everything = rows[0]
    if not everything.refusals:
        return [("none-refused", {})]
    said: list[Reason] = [("refused", {"percent": everything.share.percent, "children": touched})]
    if len(rows) > 1:
        said.append(("refused-most", {"careType": name(rows[1].care_type or ""), "refusals": rows[1].refusals}))
    if most := _most_frequent(everything.reasons):
        said.append(("refused-why", {"reason": reasons[most]}))
    return said


def of_escalations(found: Escalations) -> list[Reason]:
    said: list[Reason] = [("always-view", {})]
    if found.share.part:
        said = [("no-view", {"children": found.share.part, "percent": found.share.percent})]
    if most := _most_frequent(found.causes):
        said.append(("cause", {"cause": CAUSES[most]}))
    return said


def _most_frequent(counts: Mapping[str, int]) -> str | None:
    """Of what was said; that nothing was said is no cause."""
    known = {code: count for code, count in counts.items() if code != UNSAID}
    return max(known, key=known.__getitem__, default=None)


def of_contacts(found: Contacts) -> list[Reason]:
    if not found.failed.part:
        return [("contact-made", {})]
    said: list[Reason] = [("contact-failed", {"cases": found.failed.part, "percent": found.failed.percent})]
    if found.middle_days is not None:
        said.append(("contact-repaired", {"days": found.middle_days}))
    return said


def of_waits(rows: Sequence[Waited], late: Share, name: Callable[[str], str]) -> list[Reason]:
    worst = max(rows, key=lambda row: row.late_days, default=None)
    if worst is None or worst.late_days < WORTH_A_WORD_DAYS:
        return [("not-later", {})]
    waits = {"stated": worst.stated, "realised": worst.realised}
    return [("later", {"percent": late.percent}), ("latest-care", {"careType": name(worst.care_type), **waits})]


def of_sizes(rows: Sequence[SizeClass]) -> list[Reason]:
    small = rows[0]
    shares: dict[str, object] = {"offers": small.offers.percent or 0, "referrals": small.referrals.percent or 0}
    said: list[Reason] = [("sizes", shares)]
    if small.unasked:
        said.append(("unasked", {"providers": small.providers, "unasked": small.unasked}))
    return said


def of_places(rows: Sequence[PlacesAt]) -> list[Reason]:
    if not rows:
        return []
    first, last = rows[0], rows[-1]
    return [
        ("places", {"percent": last.share.percent}),
        _change("places", last.family - first.family),
        _change("groups", last.group - first.group),
    ]


def _change(what: str, more: int) -> Reason:
    if not more:
        return f"{what}-same", {}
    return f"{what}-{'grew' if more > 0 else 'shrank'}", {"places": abs(more)}


def of_coming_of_age(found: OfAge) -> list[Reason]:
    said: list[Reason] = [("stayed", {"percent": found.stayed.percent})]
    if left := found.stayed.whole - found.stayed.part:
        said.append(("left", {"children": left}))
    return [*said, ("arranged", {"children": found.arranged})]
