"""The Dutch of what must always be there."""

from dashboard.texts.showing import count

TITLE = "Wat er altijd moet zijn"
EXPLAINED = "De regio noemt welke hulp elke gemeente altijd moet hebben. Een verouderde opgave telt niet als plek."
NOTHING_NAMED = "Deze regio noemde nog niet welke hulp er altijd moet zijn. Noem de eerste hieronder."
ALL_THERE = "Alles wat er altijd moet zijn, is er nu."
STATES = {"kept": "Aanwezig", "uncertain": "Onzeker", "not-kept": "Ontbreekt"}
MARKS = {"kept": ":material/check_circle:", "uncertain": ":material/help:", "not-kept": ":material/error:"}
PROMISED = "Afgesproken: {what}."
SOONEST = "Eerste start: {day}."
SOONEST_UNKNOWN = "Wanneer er weer plek is, is onbekend."
EVERYWHERE = "Alle gemeenten"
SINCE = "sinds {day}"
SINCE_LONG = "langer dan twee jaar"

ALL = "Alle afspraken ({count})"
TABLE_ALT = "Per afspraak of die nu wordt nagekomen, sinds wanneer, en in welke gemeenten niet."
COLUMNS = {
    "name": "Zorg",
    "verdict": "Nu",
    "since": "Sinds",
    "where": "Waar niet",
    "soonest": "Eerste start",
    "certainty": "Zekerheid",
    "promised": "Afgesproken",
}

NAME_OR_CHANGE = "Afspraken noemen of wijzigen"
WHICH = "Welke afspraak?"
NEW = "Een nieuwe afspraak"
CHOOSE = "Kies een afspraak"
CARE = "Welke hulp"
CARE_PLACEHOLDER = "Kies een zorgvorm of groep"
WHOLE_FAMILY = "{name} (hele groep)"
PLACES = "Hoeveel plekken"
WITHIN_DAYS = "Start binnen zoveel dagen"
WITHIN_DAYS_HELP = "Leeg: de plek moet nu vrij zijn."
REACH = "Waar de plek mag liggen"
REACHES = {
    "municipality": "In elke gemeente zelf",
    "region": "Binnen de regio",
    "neighbours": "In de regio of een buurregio",
    "country": "Ergens in het land",
}
MAX_KM = "Hoogstens zoveel kilometer"
MAX_KM_HELP = "Hemelsbreed, vanaf waar de inwoners van een gemeente wonen. Leeg: zonder grens."
AGE_FROM = "Vanaf welke leeftijd"
AGE_UNTIL = "Tot en met welke leeftijd"
AGES_HELP = "Elke leeftijd ertussen moet terecht kunnen. Leeg: de leeftijd maakt niet uit."
UNTIL = "Geldt tot en met"
UNTIL_HELP = "Leeg: zonder einde."
SAVE = "Opslaan"
ADD = "Toevoegen"
REMOVE = "Weghalen"
SURE = "Ik weet zeker dat deze afspraak weg mag"
SAY_SURE = "Vink eerst aan dat u het zeker weet."
CHANGES_FROM_TODAY = "Een wijziging geldt vanaf vandaag. Wat eerder gold, blijft bewaard."
NAMED = "{name} staat nu bij wat er altijd moet zijn."
CHANGED = "De afspraak over {name} is gewijzigd."
REMOVED = "De afspraak over {name} geldt niet meer."
FIELDS = {
    "careType": CARE,
    "family": CARE,
    "places": PLACES,
    "withinDays": WITHIN_DAYS,
    "reach": REACH,
    "maxKm": MAX_KM,
    "ageFrom": AGE_FROM,
    "ageUntil": AGE_UNTIL,
    "validUntil": UNTIL,
}


def where(names: list[str], of: int) -> str:
    """Alle gemeenten; Arnhem en Rheden; Arnhem, Rheden en 3 andere."""
    if len(names) == of:
        return EVERYWHERE
    if len(names) <= MOST_NAMES + 1:
        *first, last = names
        return f"{', '.join(first)} en {last}" if first else last
    return f"{', '.join(names[:MOST_NAMES])} en {count(len(names) - MOST_NAMES, 'andere', 'andere')}"


MOST_NAMES = 3
