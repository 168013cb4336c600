"""The Dutch of the screens: labels, sentences, catalogues. How a wait or a date is shown is in `showing`."""

from collections.abc import Sequence

PRODUCT = "Zorgbeschikbaarheid"
WELCOME = "Vind een plek die past"
TAGLINE = "Zie welk aanbod past bij een kind, hoe snel de hulp kan starten, en waarom."

# --- when something is wrong -------------------------------------------------------------------------------------

UNREACHABLE = "De gegevens zijn nu niet te bereiken. Uw invoer blijft staan. Probeer het zo weer."
TOO_SLOW = "Het antwoord laat te lang op zich wachten. Uw invoer blijft staan. Probeer het zo weer."
NOT_UNDERSTOOD = "Het antwoord was anders dan verwacht. Probeer het zo weer, of meld het aan de beheerder."
TRY_AGAIN = "Opnieuw proberen"
SIGNED_OUT_BY_TIME = "Uw aanmelding is verlopen. Meld u opnieuw aan."
SIGNED_OUT_ELSEWHERE = "U bent in een ander venster afgemeld."
NOTHING_FOR_ROLE = "Voor uw rol is hier nog geen scherm. Uw gegevens zijn wel via de koppeling te gebruiken."

# --- signing in --------------------------------------------------------------------------------------------------

SIGN_IN = "Aanmelden"
SIGN_OUT = "Afmelden"
WHO_ARE_YOU = "Als wie wilt u meekijken?"
DEMO_EXPLAINED = "Dit is een proefomgeving. Alle aanbieders zijn verzonnen, en er staan geen echte kinderen in."
DEMO_MARK = "Demo: verzonnen gegevens"
WITH_YOUR_ORGANISATION = "U meldt zich aan bij uw eigen organisatie, en komt daarna hier terug."
PASTE_LABEL = "Toegangstoken"
PASTE_HELP = "U krijgt een token van uw beheerder. Het blijft 12 uur of korter geldig."
PASTE_PLACEHOLDER = "Plak hier uw token"
PASTE_FIRST = "Plak eerst uw toegangstoken."
PASTE_INSTEAD = "Ik heb een eigen toegangstoken"

NO_ORGANISATION = "Hele dienst"

ROLES = {
    "provider": "Jeugdhulpaanbieder",
    "local-team": "Lokaal team",
    "youth-protection": "Jeugdbescherming",
    "ret-chair": "Regionaal expertteam",
    "regional-contact": "Regionale contactpersoon",
    "care-broker": "Zorgbemiddelaar",
    "contract-manager": "Inkoop",
    "back-office": "Backoffice",
    "official": "Aangewezen functionaris",
    "admin": "Beheer",
}

# --- pages -------------------------------------------------------------------------------------------------------

SEARCH = "Zoeken"
OWN_PLACES = "Mijn plekken"
REGION = "Regio"

# --- Zoeken ------------------------------------------------------------------------------------------------------

WHAT_IS_NEEDED = "Wat is er nodig?"
NEED_PLACEHOLDER = "Typ een zorgvorm, bijvoorbeeld gezinshuis of traumatherapie"
NEED_HELP = "Tikfouten en andere woorden mogen. Druk op Enter. De volgorde is de volgorde van uw voorkeur."
OR_PICK = "Of kies uit de lijst"
PICK_PLACEHOLDER = "Alle zorgvormen"
CHOSEN = "Gekozen, in volgorde van voorkeur. Klik om weg te halen."
DID_YOU_MEAN = "Ook mogelijk"
NO_SUCH_CARE_TYPE = "Geen zorgvorm gevonden voor “{text}”. Probeer een ander woord, of kies uit de lijst."

MUNICIPALITY = "Gemeente"
MUNICIPALITY_HELP = "De gemeente die verantwoordelijk is (woonplaatsbeginsel)."
MUNICIPALITY_PLACEHOLDER = "Kies een gemeente"
POSTCODE = "Postcode"
POSTCODE_PLACEHOLDER = "6811"
POSTCODE_HELP = "Alleen de vier cijfers."
BORN = "Geboren"
BORN_PLACEHOLDER = "mei 2013"
BORN_HELP = "Maand en jaar zijn genoeg. Bijvoorbeeld mei 2013 of 5-2013."
FROM = "Nodig vanaf"
DISTANCE = "Hoogste afstand"
DISTANCE_ANY = "geen grens"
MORE_ABOUT = "Meer vragen"
NEEDS = "Wat speelt er?"
NEEDS_PLACEHOLDER = "Kies wat van toepassing is"
URGENCY = "Spoed"
URGENCIES = {"regular": "Gewoon", "urgent": "Spoed"}
GENDER = "Jongen of meisje"
GENDERS = {"boy": "Jongen", "girl": "Meisje", "other": "Anders"}
SIBLINGS = "Broers of zussen die meegaan"
PAST_EIGHTEEN = "Hulp moet na 18 jaar kunnen doorgaan"
SETTING = "Waar"
SETTINGS = {
    "home": "Thuis",
    "location": "Op locatie",
    "school": "Op school",
    "online": "Online",
    "family": "In een gezin",
    "group": "In een groep",
    "secure": "Gesloten",
}

SETTING_PLACEHOLDER = "Maakt niet uit"
TAKE_AWAY = "Klik om dit weg te halen."
AGE = "{years} jaar"
REQUIRED = {
    "careTypes": "wat er nodig is",
    "municipality": "de gemeente",
    "pc4": "de postcode",
    "birthMonth": "de geboortemaand",
    "neededFrom": "de dag vanaf wanneer",
}
UNREADABLE = {
    "pc4": "Postcode: vul vier cijfers in, bijvoorbeeld 6811.",
    "birthMonth": "Geboren: vul maand en jaar in, bijvoorbeeld mei 2013.",
}
STILL_NEEDED = "Vul nog in: {what}."
START_HERE = "Begin met wat er nodig is. U hoeft geen naam of nummer in te vullen."

VIEW = "Weergave"
VIEWS = {"list": "Lijst", "map": "Kaart", "table": "Vergelijk"}
FITTING = "{fit} {passen}"
NEAR = "{near} bijna"
CONTRACTED = "{total} gecontracteerd"
REFRESH = "Stand van {time} ↻"
REFRESH_HELP = "Klik om opnieuw te kijken. De volgorde kan dan veranderen."
SHOW_MORE = "Toon meer"
CRISIS_FIRST = "**Is dit een crisis? Bel nu.** Direct gevaar: **112**. Iemand is niet veilig thuis: **0800-2000**."
LIST_HEADING = "Passend aanbod"
NOTHING_CONTRACTED = "Voor deze gemeente is geen aanbod van deze zorgvorm gecontracteerd."
NOTHING_FITS = "Geen enkel aanbod past nu. Hieronder staat wat er bijna past en wat u kunt veranderen."
NOT_ALL_SHOWN = "De beste {shown} staan hieronder."
WHY = "Waarom?"
WHY_NUMBER = "Waarom {score} van de 100 punten?"
CRITERION = "Onderdeel"
POINTS = "Punten"
EXPLANATION = "Uitleg"
TOTAL = "Totaal"
NEAR_MISSES = "Bijna passend"
NEAR_MISSES_EXPLAINED = "Deze aanbieders vallen op één punt af."
WHAT_IF = "Wat als?"
WHAT_IF_EXPLAINED = "Eén verandering die meer mogelijk maakt. Klik om de vraag zo te stellen."
NOT_CONTRACTED = "Niet gecontracteerd ({count}): alleen na overleg met de gemeente"
MORE_NEAR_MISSES = "Nog {count} die bijna passen"
WHY_ABSENT = "Waarom staat een aanbieder er niet bij?"
WHY_ABSENT_EXPLAINED = "Elk aanbod telt mee bij het eerste punt waarop het afvalt."
NUMBER_OF_OFFERS = "Aanbod"
SAVE_CASE = "Bewaar als casus"
CASE_REFERENCE = "Kenmerk in uw eigen systeem"
CASE_REFERENCE_PLACEHOLDER = "Bijvoorbeeld LT-2026-0143"
CASE_REFERENCE_HELP = "Geen naam, BSN of geboortedatum."
CASE_SAVED = "Casus {reference} is bewaard, met deze volgorde."
CASE_REFERENCE_MISSING = "Vul eerst uw kenmerk in."
SAVE = "Bewaren"

CRITERIA = {
    "expected-start": "Start",
    "preference": "Voorkeur",
    "distance": "Afstand",
    "certainty": "Zekerheid",
    "specialisms": "Past bij vraag",
    "siblings": "Samen blijven",
    "past-eighteen": "Na 18 jaar",
    "scope": "Contract",
    "answers": "Snel antwoord",
}
SCOPES = {
    "local": "Lokaal gecontracteerd",
    "regional": "Regionaal gecontracteerd",
    "supraregional": "Bovenregionaal gecontracteerd",
    "national": "Landelijk gecontracteerd",
}

# --- Mijn plekken ------------------------------------------------------------------------------------------------

CONFIRM_ROW = "Niet veranderd"
NO_STATEMENT = "Nog geen opgave"
SAVE_CHANGES = "Opslaan ({count})"
SAVE_NOTHING = "Opslaan"
UNDO = "Ongedaan maken"
DROP_CHANGES = "Wijzigingen weggooien"
SAVED = "{saved} opgeslagen. Iedereen die zoekt, ziet de nieuwe stand."
CONFIRMED = "{saved} bevestigd als niet veranderd."
UNDONE = "{saved} teruggezet."
NOT_SAVED = "{count} niet opgeslagen. Uw invoer is bewaard."
CHANGED_MEANWHILE = "Iemand anders gaf ondertussen iets op. {difference} Sla opnieuw op om uw getallen te laten gelden."
CHANGED_BEFORE_CONFIRMING = "Iemand anders gaf ondertussen iets op. Bekijk de nieuwe getallen en bevestig opnieuw."
MINE_AND_THEIRS = "{field}: u {mine}, nu {theirs}."
INCOMPLETE = "Vul alle getallen in. Nul mag ook. Leeg: {fields}."
WHAT_CHANGES = "Wat verandert er?"
GRID_ALT = "Tabel met al uw aanbod. De kolommen met getallen kunt u veranderen."
REFUSED_MARK = "▲ Nakijken"
CHANGED_MARK = "● Gewijzigd"

OFFER, PLACE, STATED, CONFIRM = "Aanbod", "Plaats", "Opgave", "Bevestigen"
EMPTY = "–"
PROVIDER, DISTANCE_AWAY, ROOM = "Aanbieder", "Afstand", "Plekken"
RANK, START, BETWEEN, SURENESS = "Nr", "Start", "Tussen", "Zekerheid"
COMPARISON_ALT = "Tabel met alle passende plekken. Klik op een kolom om te sorteren."
WHAT, WAS, BECOMES = "Wat", "Was", "Wordt"

# --- Regio -------------------------------------------------------------------------------------------------------

WHICH_REGION = "Jeugdregio"
REGION_PLACEHOLDER = "Kies een jeugdregio"
WHICH_CARE_TYPE = "Zorgvorm"
ALL_CARE_TYPES = "Alle zorgvormen"
SUPPLY_TITLE = "Aanbod en wachttijden in {region}"
LONGEST = "Hier wacht men het langst"
LONGEST_EXPLAINED = "Klik op een zorgvorm om alleen die te zien."
PER_CARE_TYPE = "Per zorgvorm"
PER_MUNICIPALITY = "Per gemeente"
PER_MUNICIPALITY_EXPLAINED = "Naar de gemeente waar de hulp gegeven wordt."
OUTSIDE_REGION = "Ook gecontracteerd, buiten de regio: {count} gemeenten"
COLUMNS_SUPPLY = {
    "care_type": "Zorgvorm",
    "offers": "Aanbod",
    "open_places": "Plekken vrij",
    "waiting": "Wachtend",
    "wait": "Wachttijd (midden)",
    "long_wait": "Langste tien procent",
    "stops": "Opnamestop",
    "stale": "Verouderd",
}
COLUMNS_MUNICIPALITY = {
    "municipality": "Gemeente",
    "offers": "Aanbod",
    "open_places": "Plekken vrij",
    "waiting": "Wachtend",
    "wait": "Wachttijd (midden)",
    "scale": "Klasse",
}
COLUMNS_OF_NUMBERS = ("Aanbod", "Plekken vrij", "Wachtend", "Opnamestop", "Verouderd")
NO_SUPPLY = "In deze regio is nog geen aanbod bekend."
OFFERS, OPEN_PLACES, WAITING, MEDIAN_WAIT = "Aanbod", "Plekken vrij", "Kinderen wachtend", "Wachttijd (midden)"
OFFERS_HELP = "Gecontracteerd aanbod: één zorgvorm van één aanbieder op één plek."
MEDIAN_HELP = "De helft van het aanbod heeft een kortere wachttijd, de helft een langere."
STALE = "Verouderde opgaven"
STALE_HELP = "Opgaven die langer geleden zijn dan in het contract staat. Het beeld is daar onzeker."
CHOOSE_REGION = "Kies een jeugdregio om het aanbod en de wachttijden te zien."
MUNICIPALITY_TABLE_ALT = "Tabel met aanbod en wachttijd per gemeente."
SUPPLY_TABLE_ALT = "Tabel met aanbod en wachttijd per zorgvorm."
WAIT_MAP_ALT = "Kaart van {region}: wachttijd per gemeente. Dezelfde getallen staan in de tabel ernaast."
OFFER_MAP_ALT = "Kaart met {count} passende plekken. Dezelfde plekken staan in de lijst en de tabel."
WAIT_BARS_ALT = "Wachttijd per zorgvorm, langste boven. Dezelfde getallen staan in de tabel."
MAP_LEGEND = "Wachttijd"
MOVED_APART = "Nummers op dezelfde plek staan naast elkaar."
OUTSIDE_MAP = "Kaart: grenzen afgeleid uit postcodes, alleen bedoeld om te zien waar iets is."


def criterion(code: str) -> str:
    """The short name of a criterion; a new one shows its code until it has a name here."""
    return CRITERIA.get(code, code.replace("-", " ").capitalize())


def sign_in_as(role: str, organisation: str) -> str:
    """One name per button: a role may be there for several organisations, and the other way round."""
    return f"Verder als {role[:1].lower()}{role[1:]}, {organisation}"


def enumerate_words(words: Sequence[str]) -> str:
    """ "a", "a en b", "a, b en c"."""
    *first, last = words
    return f"{', '.join(first)} en {last}" if first else last
