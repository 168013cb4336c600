"""The reasons in plain Dutch."""

from collections.abc import Sequence
from datetime import date

from matcher.fit import Rule
from matcher.language import DAYS, KILOMETRES, SETTINGS, WAITS, Language
from matcher.question import Setting
from matcher.waiting import Basis, Certainty

_NUMBERS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_ORDINALS = ("", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_CERTAINTY = {
    Certainty.CERTAIN: "Zeker",
    Certainty.FAIRLY: "Redelijk zeker",
    Certainty.UNCERTAIN: "Onzeker",
    Certainty.UNKNOWN: "Onbekend",
}
_BASIS = {
    Basis.NOTHING: "Er is te weinig bekend.",
    Basis.STATED_WAIT: "De start volgt uit de wachttijd die de aanbieder opgeeft.",
    Basis.PROVEN_WAIT: "De start volgt uit de opgegeven wachttijd en de laatste echte starts.",
    Basis.QUEUE_AND_FLOW: "De start volgt uit de wachtlijst en de starts van de laatste maanden.",
    Basis.OPEN_PLACE: "De aanbieder gaf een vrije plek op.",
}
_SETTINGS = {
    Setting.HOME: "thuis",
    Setting.LOCATION: "bij de aanbieder",
    Setting.SCHOOL: "op school",
    Setting.ONLINE: "online",
    Setting.FAMILY: "in een gezin",
    Setting.GROUP: "in een groep",
    Setting.SECURE: "gesloten",
}


WEEKS_UNTIL_DAYS = 91
"""A quarter: from there weeks and months round to the same length, so that what is longer never sounds shorter."""


def day(value: date) -> str:
    """14 december 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def number(value: float) -> str:
    """1.234,5: at most one decimal, none when it is whole."""
    text = f"{value:,.1f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,"))


def duration(days: int) -> str:
    """Roughly, in the unit people would use: drie weken, vier maanden."""
    if days < 14:
        return _counted(days, "dag", "dagen")
    if days < WEEKS_UNTIL_DAYS:
        return _counted(round(days / 7), "week", "weken")
    if days < 730:
        return _counted(round(days / 30.44), "maand", "maanden")
    return _counted(round(days / 365.25), "jaar", "jaar")


def age(days: int) -> str:
    """What follows on "opgave van": vandaag, gisteren, 34 dagen oud."""
    return ("vandaag", "gisteren")[days] if days < 2 else f"{days} dagen oud"


def genders(mask: int) -> str:
    """Who is welcome, from the bits of an offer."""
    names = [name for bit, name in ((1, "jongens"), (2, "meisjes"), (4, "non-binaire kinderen")) if mask & bit]
    return " en ".join(names)


def needs(names: Sequence[str]) -> str:
    """autisme, ADHD en agressie."""
    *first, last = map(inside_a_sentence, names)
    return f"{', '.join(first)} en {last}" if first else last


def inside_a_sentence(name: str) -> str:
    """A name without its capital, unless it is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _counted(count: int, one: str, many: str) -> str:
    number_word = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number_word} {one if count == 1 else many}"


NL = Language(
    code="nl",
    reasons={
        "start-now": "Kan meteen starten.",
        "start-now-perhaps": "Kan waarschijnlijk meteen starten. Voorzichtig gerekend: {cautious}.",
        "start-on-the-day": "Kan starten op de gewenste dag.",
        "start-on-the-day-perhaps": "Kan waarschijnlijk op de gewenste dag starten. Voorzichtig gerekend: {cautious}.",
        "start-later": "Kan over {days} starten. Voorzichtig gerekend: {cautious}.",
        "start-at-age": "Kan starten vanaf {age} jaar, op {start}.",
        "start-unknown": "Wanneer hulp kan starten, is onbekend.",
        "choice": "Dit is uw {choice} keuze.",
        "other-choice": "Is een andere zorgvorm dan gevraagd.",
        "distance": "{km} km van huis.",
        "very-near": "Minder dan 1 km van huis.",
        "comes-home": "Het team komt naar het gezin toe.",
        "online": "De hulp is online; reizen is niet nodig.",
        "stated": "{certainty}: opgave van {ageDays}. {basis}",
        "stated-on-time": "{certainty}: opgave van {ageDays}. De laatste starts kwamen op tijd.",
        "stated-late": (
            "{certainty}: opgave van {ageDays}. De laatste starts kwamen gemiddeld {lateDays} later dan opgegeven."
        ),
        "stated-early": (
            "{certainty}: opgave van {ageDays}. De laatste starts kwamen gemiddeld {lateDays} eerder dan opgegeven."
        ),
        "never-stated": "{certainty}: de aanbieder deed nog geen opgave.",
        "all-needs": "Is ingericht op alle gevraagde behoeften.",
        "some-needs": "Is ingericht op {served} van de {asked} behoeften. Over de rest is niets bekend.",
        "needs-unknown": "Of dit bij de behoeften past, is niet bekend.",
        "together": "Plek voor {asked} kinderen uit één gezin samen.",
        "some-together": "Plek voor {together} van de {asked} kinderen samen.",
        "apart": "Kinderen uit één gezin kunnen hier niet samen blijven.",
        "siblings-unknown": "Of kinderen uit één gezin samen kunnen blijven, is onbekend.",
        "goes-on": "De hulp kan doorgaan na 18 jaar.",
        "ends-at-eighteen": "De hulp stopt bij 18 jaar.",
        "past-eighteen-unknown": "Of de hulp na 18 jaar doorgaat, is onbekend.",
        "local": "Heeft een contract met deze gemeente zelf.",
        "regional": "Heeft een contract met de regio.",
        "supraregional": "Heeft een contract met meerdere regio's samen.",
        "national": "Heeft een landelijk contract.",
        "general-provision": "Is een algemene voorziening; een contract is niet nodig.",
        "without-contract": "Heeft geen contract voor deze gemeente.",
        "answers-in-time": "Antwoordt meestal op tijd op een aanmelding.",
        "answers-late": "Antwoordt meestal later dan afgesproken op een aanmelding.",
        "answers-unknown": "Hoe snel de aanbieder antwoordt, is nog niet bekend.",
    },
    refusals={
        "not-contracted": "Heeft geen contract voor deze gemeente.",
        "contract-begins-later": "Het contract begint pas op {contractFrom}.",
        "contract-ended": "Het contract geldt tot en met {contractUntil}.",
        "contract-suspended": "Het contract is stilgelegd tot en met {suspendedUntil}.",
        "contract-suspended-open": "Het contract is stilgelegd.",
        "other-care-type": "Is een andere zorgvorm dan gevraagd.",
        "too-old": "Neemt kinderen tot en met {ageUntil} jaar; dit kind is {age} bij de start.",
        "too-young": "Neemt kinderen vanaf {ageFrom} jaar; dit kind is dat pas op {oldEnoughOn}.",
        "target-group": "Is alleen voor een andere doelgroep.",
        "contra-indication": "Is niet geschikt bij: {needs}.",
        "gender": "Is alleen voor {genders}.",
        "setting": "Biedt de hulp {setting}; gevraagd is hulp {wantedSetting}.",
        "admission-stop": "Neemt nu geen kinderen aan: opnamestop.",
        "admission-stop-until": "Neemt nu geen kinderen aan: opnamestop tot {availableFrom}.",
        "too-far": "Ligt op {km} km; de grens is {maxKm} km.",
        "outside-service-area": "Het team komt tot {travelsKm} km; het gezin woont op {km} km.",
        "ends-at-eighteen": "De hulp stopt bij 18 jaar; u vraagt hulp die doorgaat.",
        "refused-before": "Wees deze aanmelding eerder af; sindsdien is niets veranderd.",
        "not-yet-published": "Het aanbod gaat pas open op {publishedFrom}.",
        "unpublished": "Het aanbod stopt na {publishedUntil}.",
        "unpublished-already": "Het aanbod is gestopt; {publishedUntil} was de laatste dag.",
    },
    changes={
        "distance": "Tot {maxKm} km",
        "any-distance": "Zonder grens aan de afstand",
        "start-date": "Starten vanaf {neededFrom}",
        "setting": "Ook hulp op een andere plek",
        "care-type": "Ook {careType}",
        "age": "Ook groepen waarvoor het kind net te oud is",
        "gender": "Ook aanbod voor alleen jongens of alleen meisjes",
        "past-eighteen": "Ook hulp die bij 18 jaar stopt",
        "not-contracted": "Ook zonder contract, na overleg met de gemeente",
        "and": " en ",
        "opens": "{what}: {opens} erbij. De eerste start is onbekend.",
        "opens-from": "{what}: {opens} erbij. Eerste start: {start}.",
    },
    rules={
        Rule.NOT_CONTRACTED: "geen contract",
        Rule.OTHER_CARE_TYPE: "andere zorgvorm",
        Rule.TOO_OLD: "kind te oud",
        Rule.TOO_YOUNG: "kind te jong",
        Rule.TARGET_GROUP: "andere doelgroep",
        Rule.CONTRA_INDICATION: "niet geschikt bij deze behoeften",
        Rule.GENDER: "alleen jongens of alleen meisjes",
        Rule.SETTING: "andere plek van hulp",
        Rule.ADMISSION_STOP: "opnamestop",
        Rule.TOO_FAR: "te ver weg",
        Rule.OUTSIDE_SERVICE_AREA: "team komt niet zo ver",
        Rule.ENDS_AT_EIGHTEEN: "stopt bij 18 jaar",
        Rule.REFUSED_BEFORE: "eerder afgewezen",
        Rule.UNPUBLISHED: "niet open",
    },
    certainty=_CERTAINTY,
    basis=_BASIS,
    formats={
        **dict.fromkeys(DAYS, day),
        **dict.fromkeys(KILOMETRES, number),
        **dict.fromkeys(WAITS, duration),
        **dict.fromkeys(SETTINGS, lambda setting: _SETTINGS[Setting(setting)]),
        "ageDays": age,
        "genders": genders,
        "needs": needs,
        "careType": inside_a_sentence,
        "choice": lambda choice: _ORDINALS[choice] if choice < len(_ORDINALS) else f"{choice}e",
        "certainty": lambda certainty: _CERTAINTY[Certainty(certainty)],
        "basis": lambda basis: _BASIS[Basis(basis)],
    },
)
