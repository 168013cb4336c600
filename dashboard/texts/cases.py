"""The Dutch of cases: my day, the steps of the routes, referrals, and what can be recorded. What happened and what must
be done comes in words from the API."""

from datetime import date

from dashboard.texts.showing import count, long_day

MY_DAY = "Mijn dag"
CASES = "Casussen"
INBOX = "Aanmeldingen"
AGENDA = "Agenda"
REPORTS = "Meldingen"
CONTACTS = "Contactpersonen"
WORRYING = "Zorgelijk wachtend"

# --- Mijn dag ----------------------------------------------------------------------------------------------------

TODAY = "{day}"
NOTHING_TO_DO = "U hoeft vandaag niets te doen. Nieuwe taken komen hier vanzelf te staan."
NO_CASES_YET = "U heeft nog geen casussen. Begin bij Zoeken."
LATE = "Te laat"
DUE_TODAY = "Vandaag"
THIS_WEEK = "Deze week"
OPEN_CASES = "Casussen"
TO_DO = "Wat moet ik doen?"
LOOK_BACK = "Terugkijken"
LOOK_BACK_EXPLAINED = "Evaluaties, zorgelijk wachten, en wat een jongere nodig heeft vóór 18 jaar."
WAITING_FOR = "Anderen zijn te laat"
WAITING_FOR_EXPLAINED = "In uw casussen. Bel gerust: de termijn is voorbij."
CHANGED = "Wat veranderde er sinds gisteren?"
MORE_CHANGED = "Nog {count}"
NOTHING_CHANGED = "Er veranderde niets in uw casussen."
OPEN_CASE = "Open {reference}"
SHOW_ALL = "Toon alle {count}"
NOTICES = "Berichten"
NO_NOTICES = "U heeft geen nieuwe berichten."
READ = "Alles gelezen"


def nothing_yet(role: str) -> str:
    """Empty says what would fill it."""
    return NO_CASES_YET if role in {"local-team", "youth-protection"} else NOTHING_TO_DO


def term(days_left: int, *, late: bool = False) -> str:
    """ "Vandaag", "Nog 2 werkdagen", "1 werkdag te laat"; in the weekend after the last day "Te laat"."""
    if days_left == 0:
        return LATE if late else DUE_TODAY
    days = count(abs(days_left), "werkdag", "werkdagen")
    return f"Nog {days}" if days_left > 0 else f"{days} te laat"


def whose(actor: str, organisation: str) -> str:
    """Whose turn it is, by role and organisation."""
    return f"{ACTORS.get(actor, actor)} ({organisation})"


ACTORS = {
    "worker": "Medewerker van de casus",
    "team-leader": "Teamleider",
    "local-team": "Lokaal team",
    "back-office": "Backoffice",
    "provider": "Jeugdhulpaanbieder",
    "network": "Aanbieder in het netwerk",
    "ret-chair": "Regionaal expertteam",
    "regional-contact": "Regionale contactpersoon",
    "official": "Aangewezen functionaris",
    "broker": "Zorgbemiddelaar",
}

# --- Casussen ----------------------------------------------------------------------------------------------------

YOUR_CASES = "Uw casussen"
WHICH_CASE = "Welke casus?"
CHOOSE_CASE = "Kies een casus"
CASE_TITLE = "Casus {reference}"
BACK = "← Alle casussen"
STATUS = {"open": "Zoekt een plek", "started": "Hulp is gestart", "closed": "Gesloten"}
PHASES = {"search": "Zoekt een plek", "help": "Hulp is gestart", "closed": "Gesloten"}
ROUTES = {"301": "Route 301, via het lokale team", "315": "Route 315, via de aanbieder"}
ROUTE_HELP = "De gemeente kiest de route. De route zegt wie wat doet, en binnen hoeveel tijd."
STEPS = {
    "1": "1 Contact",
    "2": "2 Bepalen",
    "3": "3 Versturen",
    "4": "4 Toewijzen",
    "5": "5 Verder zoeken",
    "5A": "5A Netwerk",
    "5B": "5B Expertteam",
    "6": "6 Opschalen",
    "start": "Start",
    "help": "Hulp",
    "beside": "Naast de route",
    "cooperation": "Samenwerking",
    "age": "Op weg naar 18",
}
STEP_STATUS = {"waiting": "nog niet", "open": "nu", "done": "klaar", "skipped": "overgeslagen"}
STEPS_LABEL = "De stappen van de route"
OVERALL = "Duidelijkheid uiterlijk {day}"
CRISIS_NOW = "Er is crisis gemeld. Bel de crisisdienst. De route wacht."
WORRYING_NOW = "Deze jeugdige wacht zorgelijk."
TASKS = "Wie is aan de beurt?"
NO_TASKS = "Niemand is aan de beurt."
MINE = "U"
HISTORY = "Wat gebeurde er?"
HISTORY_EXPLAINED = "Alles blijft staan. Een fout verbetert u met een nieuwe regel."
SAID_ELSEWHERE = "Wat er is gezegd, leest alleen de organisatie van de casus"
OCCURRED, RECORDED, WHAT, BY = "Gebeurd op", "Vastgelegd", "Wat", "Door"
ON_BEHALF = "Namens"
MYSELF = "Mijzelf"
REFERRALS = "Aanmeldingen"
NO_REFERRALS = "Er is nog geen aanmelding verstuurd."
PLACES = "Waar kan het?"
PLACES_EXPLAINED = "Gerangschikt op dit moment. Wie eerder afwees, staat er niet bij tot er iets verandert."
RANK = "Zoek plekken voor deze casus"
REFER = "Aanmelden"
HOLD = "Plek vasthouden"
LET_GO = "Vasthouden stoppen"
HELD = "Vastgehouden tot en met {day}: {offer}"
FORM = "Het aanmeldformulier"
FORM_EXPLAINED = "U vult het één keer in. Het gaat mee naar elke aanbieder, het netwerk en het expertteam."
FORM_SAVED_WITH = "Het formulier gaat mee met de aanmelding."
QUESTION = "Waar is hulp bij nodig?"
QUESTION_HELP = "Schrijf geen naam, nummer, adres of telefoonnummer."
DURATION = "Hoeveel maanden?"
AMOUNT = "Hoeveel?"
UNIT = "Per wat?"
PERIOD = "In welke periode?"
EVALUATION = "Eerste evaluatie"
WISHES_OF_CHILD = "Wat wil de jeugdige?"
WISHES_OF_PARENTS = "Wat willen de ouders?"
TRIED = "Wat is al geprobeerd?"
UNITS = {"minute": "minuten", "hour": "uren", "day-part": "dagdelen", "day": "etmalen", "piece": "stuks"}
PERIODS = {"day": "per dag", "week": "per week", "month": "per maand", "total": "in totaal"}
CARE_TYPE = "Zorgvorm"
RUNNING = "Er loopt al een aanmelding. {sentence}"
STILL_REFER = "Toch ook hier aanmelden"
SENT = "Aangemeld bij {provider}. Antwoord uiterlijk {day}."
PRINT_REFUSAL = "Afwijzing {number} ↓"
ANSWER_QUESTION = "Uw antwoord"
SEND_ANSWER = "Antwoord sturen"
NO_ANSWER = "Geen antwoord gekregen"
WITHDRAW = "Intrekken"
WITHDRAW_WHY = "Waarom trekt u dit in? (mag leeg)"
TIMELY, NOT_TIMELY = "Op tijd genoeg", "Te laat voor deze jeugdige"
PLACE_FOUND = "Er is al een plek. Wie nog gevraagd is, hoeft niet te antwoorden, tenzij die plek niet doorgaat."
NEXT_PLACE = "Volgende plek zoeken"
NETWORK = "Netwerk van aanbieders"
ASK_NETWORK = "Vraag het netwerk"
NETWORK_ASKED = "{answered} van {asked} aanbieders antwoordden. Antwoord uiterlijk {day}."
CONFIRM = "Kies {provider}"
RET = "Regionaal expertteam"
REGISTER_RET = "Meld aan bij het expertteam"
REGISTERED = "Aangemeld bij het expertteam. Bespreking uiterlijk {day}."

STARTS = "Start {day}"
ASKED = "De aanbieder vraagt:"
ASKED_NETWORK = "{count} aanbieders in het netwerk kregen het formulier."
CONFIRMED = "U koos {provider}. De anderen horen dit."
NO_PLACES = "Op dit moment past er geen plek. Vraag het netwerk of het expertteam, of verruim de vraag bij Zoeken."
FORM_FIRST = "Vul eerst het aanmeldformulier in: waar is hulp bij nodig?"

STANDINGS = {
    "open": "Wacht op antwoord",
    "question": "De aanbieder vraagt iets",
    "proposed": "Voorstel: u kiest",
    "accepted": "Aangenomen",
    "too-late": "Start te laat",
    "started": "Gestart",
    "refused": "Afgewezen",
    "no-answer": "Geen antwoord",
    "acceptance-withdrawn": "Plek ingetrokken",
    "withdrawn": "Ingetrokken",
    "not-chosen": "Niet gekozen",
    "place-found": "Er is al een plek",
    "lapsed": "Vervallen",
    "ended": "Beëindigd",
}
REASONS = {
    "no-place": "Geen plek",
    "no-timely-place": "Geen plek op tijd",
    "not-fitting": "Niet passend",
    "no-contract": "Geen contract",
    "other": "Andere reden",
}

# --- Aanmeldingen, for a provider ---------------------------------------------------------------------------------

NO_INBOX = "Er zijn geen aanmeldingen. Nieuwe aanmeldingen komen hier te staan."
WAITING_ANSWER = "Wacht op uw antwoord"
EARLIER = "Eerder"
ANSWER = "Uw antwoord"
ANSWERS = {"accept": "Wij nemen aan", "question": "Wij hebben een vraag", "refuse": "Wij wijzen af"}
START_DATE = "Startdatum"
WITH_OFFER = "Met welk aanbod?"
YOUR_QUESTION = "Uw vraag"
REASON = "Reden"
WHICH_NEEDS = "Welke vraag past niet bij u?"
CHOOSE_NEEDS = "Kies wat niet past"
EXPLANATION = "Toelichting"
START_POSSIBLE = "Wanneer kan het wel? (mag leeg)"
NOT_NEEDED = "Een andere aanbieder gaf dit kind al een plek. U hoeft niet te antwoorden. Anders hoort u het."
SEND = "Antwoord versturen"
ANSWERED = "Uw antwoord is verstuurd."
CORRECT_STATEMENT = "U wees af met “geen plek”. Uw opgave zegt nog {places}. Pas uw opgave aan bij Mijn plekken."
SHARPEN = "U wees af met “niet passend”. Wilt u dit bij uw aanbod uitsluiten? Dan vraagt niemand u dit meer."
SHARPEN_YES = "Sluit uit"
SHARPEN_NO = "Nee, ons aanbod klopt"
GENDERS = {"boy": "jongen", "girl": "meisje", "other": "anders"}
CHILD = "Over de jeugdige"
TAKE_BACK = "Aanname intrekken"
REPORT_START = "Hulp is gestart"
REPORT_END = "Hulp is gestopt"
STARTED_ON = "Gestart op"

# --- RET, regional contact and desks --------------------------------------------------------------------------------

NO_AGENDA = "Er staat niets op de agenda. Medewerkers melden casussen aan."
OPEN_ITEMS, CLOSED_ITEMS = "Te bespreken", "Afgerond"
TRIED_COUNT = "{tried} aanbieders gevraagd, {refused} keer afgewezen"
EVERYTHING_TRIED = "Wat is al geprobeerd?"
RANKING_THEN = "Welke plekken waren er bij de aanmelding?"
NO_RANKING = "Er was toen geen plek die paste."
OUTCOMES = {"found": "Plek gevonden", "tailor-made": "Maatwerk afgesproken", "no-view": "Geen zicht op passende hulp"}
CAUSES = {
    "waiting-times": "Wachttijden",
    "difference-of-view": "Verschil van inzicht",
    "ret-too-late": "Expertteam te laat betrokken",
}
NO_REPORTS = "Er zijn geen meldingen."
NO_WORRYING = "Er is niemand gemeld als zorgelijk wachtend."
ATTENTION = "Op volgorde van de datum om opnieuw te kijken. Wie voorgaat, beslissen mensen."
REVIEW_ON, MARKED_ON, REVIEWER, BRIDGING, AREA, CARE, CASE = (
    "Opnieuw kijken",
    "Sinds",
    "Wie kijkt mee",
    "Overbrugging",
    "Gemeente",
    "Zorgvormen",
    "Casus",
)
WHOSE_REGISTER = "Wie beheert dit register?"
OFTEN = "Nakijken na hoeveel dagen?"
KEEP = "Opslaan"
MISSING = "Nog niet ingevuld"
STILL_RIGHT = "Klopt nog"
CHANGE = "Wijzigen"
REMOVE = "Verwijderen"
ADD_CONTACT = "Contactpersoon toevoegen"
KIND = "Soort"
NAME = "Functie of team"
NAME_HELP = "Bijvoorbeeld: Lokaal team Noord, aanmeldpunt."
PARTY_CODE = "Typ een AGB-code"
PHONE, EMAIL, WEBSITE, HOURS = "Telefoon", "E-mail", "Website", "Bereikbaar"
ALL_REGION = "Hele regio"
KINDS = {
    "local-team": "Lokaal team",
    "trouble-shooter": "Doorbraak in de gemeente",
    "certified-institution": "Gecertificeerde instelling",
    "veilig-thuis": "Veilig Thuis",
    "child-protection-board": "Raad voor de Kinderbescherming",
    "crisis-service": "Crisisdienst",
    "ret": "Regionaal expertteam",
    "regional-contact": "Regionale contactpersoon",
    "care-broker": "Zorgbemiddelaar",
    "official": "Aangewezen functionaris",
}


def due(days_left: int, day: date, *, late: bool = False) -> str:
    """ "Nog 2 werkdagen · di 24 november 2026"."""
    return f"{term(days_left, late=late)} · {long_day(day)}"


# --- any form -----------------------------------------------------------------------------------------------------

CHOOSE = "Kies"
MAY_BE_EMPTY = " (mag leeg)"


def still_needed(names: list[str]) -> str:
    return "Vul nog in: " + ", ".join(name.rstrip("?").lower() for name in names) + "."
