"""The Dutch of the desks: the pages of a provider's intake, the expert team and the regional contact person."""

from dashboard.texts import cases
from dashboard.texts.showing import count

# --- a child and its form, as they are read -----------------------------------------------------------------------

REFERENCE = "Kenmerk"
BORN = "Geboren"
AGE = "{month} ({age} jaar)"
LIVES = "Woont in"
PLACE = "{municipality}, postcode {pc4}"
LOOKS_FOR = "Zoekt"
FROM = "Nodig vanaf"
URGENT = "Spoed"
NEEDS = "Kenmerken"
GENDER = "Geslacht"
SIBLINGS = "Broers en zussen mee"
PAST_EIGHTEEN = "Blijft na 18 jaar"
YES = "Ja"
EVALUATIONS = "Evaluaties"
VOLUME = "Hoeveel hulp"
DETERMINED_FOR = "Bepaling voor"
MONTHS = ("maand", "maanden")


def volume(amount: int, unit: str, period: str) -> str:
    """ "7 etmalen per week"."""
    return f"{amount} {cases.UNITS.get(unit, unit)} {cases.PERIODS.get(period, period)}"


# --- Aanmeldingen --------------------------------------------------------------------------------------------------

BACK = "← Alle aanmeldingen"
OPEN, OPEN_IT = "Open {reference}", "Open"
NO_REFERENCE = "Afgeronde aanmelding"
LEFT_TO_DO = "Nog te doen"
ASKED_AFTERWARDS = "Na uw afwijzing"
ASKED_AFTERWARDS_EXPLAINED = "Wij vragen u om uw opgave of uw profiel na te kijken."
THEIR_TURN = "De medewerker is aan de beurt"
WITH_YOU = "Aangenomen en gestart"
FROM_NETWORK = "Via het netwerk"
HELD_UNTIL = "Voor dit kind is een plek vastgehouden tot en met {day}."
CONVERSATION = "Vragen en antwoorden"
NOT_ANSWERED_YET = "Nog geen antwoord."
CHOOSE_OFFER = "Kies uw aanbod"
NETWORK_MEANS = "U doet een voorstel. De medewerker kiest uit alle voorstellen."
REFUSAL_MEANS = "U geeft een afwijzing af. Die is genummerd, en de medewerker mag er verder mee zoeken."
REFUSED = "Uw afwijzing heeft nummer {number}."
CORRECT_STATEMENT = "U wees af zonder plek. Uw opgave noemt {places}. Klopt uw opgave nog?"
TO_OWN_PLACES = "Naar Mijn plekken"
SHARPENED = "Uw profiel is bijgewerkt."
PROFILE_STAYS = "Uw profiel blijft zoals het is."
TAKE_BACK_MEANS = "Iedereen die het moet weten, hoort dit. U geeft een afwijzing af."
TAKEN_BACK = "Ingetrokken. De medewerker en de gemeente weten het."
DONE_ON = "Op welke dag?"
RECORDED = "Vastgelegd: {what}."
DRAFT_315 = "Inhoud voor de 315 ↓"
WHY_ENDED = "Waarom stopte de hulp?"
END_FREES_PLACE = "Is er nu een plek vrij? Pas uw opgave aan bij Mijn plekken."

TO_RECORD = {
    "request-allocation": ("allocation-requested", "315 verstuurd"),
    "request-again": ("allocation-requested", "315 opnieuw verstuurd"),
    "acknowledge-allocation": ("allocation-acknowledged", "302 verstuurd"),
}
"""What a provider does outside this service and records here: the task → the event, and the words on its button."""

FIELDS = {
    "startDate": cases.START_DATE,
    "offerId": cases.WITH_OFFER,
    "question": cases.YOUR_QUESTION,
    "reason": cases.REASON,
    "needs": cases.WHICH_NEEDS,
    "explanation": cases.EXPLANATION,
    "startPossibleOn": cases.START_POSSIBLE,
    "occurredOn": DONE_ON,
    "owner": cases.WHOSE_REGISTER,
    "updateTermDays": cases.OFTEN,
    "kind": cases.KIND,
    "municipality": cases.AREA,
    "name": cases.NAME,
    "phone": cases.PHONE,
    "email": cases.EMAIL,
    "website": cases.WEBSITE,
    "hours": cases.HOURS,
}
"""The field in the API → its label on the screen."""

# --- Agenda --------------------------------------------------------------------------------------------------------

BACK_TO_AGENDA = "← Hele agenda"
AGENDA_EXPLAINED = "Bespreek een casus binnen twee weken na de aanmelding. Wat het eerst moet, staat bovenaan."
REGISTERED = "Aangemeld"
WAS_DISCUSSED = "Besproken op {day}"
TALKED_BEFORE = "Vooroverleg op {day}"
SUPPORTED_BY = "{provider} helpt doorbreken"
BOEG = "BOEG betrokken op {day}"
PROVIDER = "Aanbieder"
OFFER = "Aanbod"
SENT_ON = "Verstuurd op"
OUTCOME = "Uitkomst"
REFUSAL = "Afwijzing"
NOTHING_TRIED = "Er is nog geen aanbieder gevraagd."
OTHER_PLACES = "Wat opent meer plekken?"
NEARLY = "Bijna passend"
CONCLUDED_ON = "Afgerond op"
WHY = "Oorzaak"
LEARNED = "Wat hield de casussen op?"
NOTHING_CONCLUDED = "Er is nog niets afgerond."


def cases_of(cause: str, number: int) -> str:
    """ "Wachttijden: 3 casussen"."""
    return f"{cause}: {count(number, 'casus', 'casussen')}"


# --- Zorgelijk wachtend --------------------------------------------------------------------------------------------

WORRYING_EXPLAINED = "Medewerkers melden wie zorgelijk wacht, met hulp voor intussen en een dag om opnieuw te kijken."
LATE_REVIEWS = "{count} te laat om opnieuw te kijken"


def not_yours(organisation: str) -> str:
    """A municipality is known by its name, an institution by its AGB code."""
    known = f"de instelling met AGB-code {organisation}" if organisation.isdigit() else organisation
    return f"Ligt niet bij u. Vraag de medewerker van {known}."


# --- Meldingen -----------------------------------------------------------------------------------------------------

BACK_TO_REPORTS = "← Alle meldingen"
REPORTS_EXPLAINED = "U legt contact, en zoekt uit waarom hulp niet lukt. U neemt geen taken over."
TO_HANDLE = "Te doen"
HANDLED = "Afgehandeld"
NOTHING_HANDLED = "Er is nog geen melding afgehandeld."
SAID_WITH_IT = "Wat is er gemeld?"

# --- Contactpersonen -----------------------------------------------------------------------------------------------

REGISTER_EXPLAINED = "Functies en teams die een medewerker of een gezin kan bellen. Geen namen van personen."
NO_OWNER = "Dit register heeft nog geen beheerder. Vul hieronder in wie het bijhoudt."
OWNED_BY = "Beheerd door {owner}. Elke regel wordt nagekeken na {days}."
OWNER = "Beheerder"
CONTACTS_COUNT, DUE_COUNT, STALE_COUNT, MISSING_COUNT = "Contactpersonen", "Bijna verlopen", "Verouderd", "Ontbreekt"
NO_CONTACTS = "Er staat nog niemand in dit register. Voeg hieronder de eerste toe."
CHECKED = "Nagekeken {day}"
CONFIRMED = "Nagekeken: {name}."
CHANGED = "Opgeslagen: {name}."
REMOVED = "Verwijderd: {name}."
CHANGED_MEANWHILE = "Iemand anders wijzigde dit net. U ziet nu de nieuwe gegevens."
SURE_TO_REMOVE = "Ik weet zeker dat dit weg mag"
SAY_SURE = "Vink eerst aan dat u het zeker weet."
STOP_CHANGING = "Niet wijzigen"
ADD = "Toevoegen"
ALL_FRESH = "Alles is nagekeken, en er ontbreekt niets."
