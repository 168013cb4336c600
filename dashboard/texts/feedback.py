"""The Dutch of "Mijn beeld": what a provider gets back for keeping its statements."""

from dashboard.texts import showing

TITLE = "Mijn beeld"
EXPLAINED = "Zo komt uw aanbod uit de zoekvragen. En zo verhouden uw opgaven zich tot de echte starts."
NO_OFFERS = "U heeft nog geen aanbod dat te vinden is. Voeg het toe bij Aanbod."
TOO_FEW = "Te weinig"
TOO_FEW_EXPLAINED = (
    "Minder dan vijf vragen laten wij niet zien. Soms ook een groter getal niet, als het zo'n klein getal zou verraden."
)
COUNTED_OVER = (
    "De eerste drie getallen zijn zoekvragen van {since} tot en met {until}. "
    "Zij veranderen pas als het volgende kwartaal om is. "
    "Zo is geen kind te herkennen."
)

SERVED = "U paste bij"
SERVED_HELP = "Zoekvragen waarbij minstens één aanbod van u paste. Per casus telt de nieuwste."
UNSERVED = "U paste niet bij"
UNSERVED_HELP = "Zoekvragen in uw gebied en zorgvorm waarbij geen enkel aanbod van u paste."
FIRST = "U stond eerste"
FIRST_HELP = "Vragen waarin een aanbod van u bovenaan stond."
LATE = "Later dan opgegeven"
LATE_HELP = "Aanbod waar de laatste starts gemiddeld een week of meer later kwamen dan u opgaf."
OFFERS = "{count} van {all}"

WHAT_WOULD_CHANGE = "Wat maakt verschil?"
OLD_STATEMENT = "**{offer}** ({place}): uw opgave is {age} oud. Met een opgave van vandaag krijgt u {gain}."
NEVER_STATED = (
    "**{offer}** ({place}): u deed nog geen opgave. Zoekers zien dan niet of er plek is. Doe dat bij Mijn plekken."
)
RENEW = {
    "stale": "**{offer}** ({place}): uw opgave is {age} oud. Die moest uiterlijk {day} vernieuwd zijn.",
    "due": "**{offer}** ({place}): uw opgave is {age} oud. Vernieuw die uiterlijk {day} bij Mijn plekken.",
}
POINTS_MORE = "gemiddeld {points} meer"
PLACES_HIGHER = "{points} meer en stijgt u van plaats {now} naar {then}"
LATE_STARTS = (
    "**{offer}** ({place}): de laatste starts kwamen gemiddeld {late} later dan opgegeven. "
    "Zoekers zien dat bij uw aanbod."
)
NOTHING_TO_CHANGE = "Uw opgaven zijn vers en kloppen met de echte starts. Hier is niets te winnen."
FRESH_NOT_PROVEN = (
    "Uw opgaven zijn vers. Niet van elk aanbod is al bekend of de opgave klopt met de echte starts. "
    "Daarvoor moeten er eerst kinderen starten."
)
AND_MORE = "En nog {count}. Zie de tabel hieronder."

PER_OFFER = "Per aanbod"
PER_OFFER_EXPLAINED = (
    "Over de zoekvragen van {since} tot en met {until}. "
    "De plaats is de middelste: de helft van de keren stond u hoger, de helft lager."
)
COLUMNS = {
    "offer": "Aanbod",
    "place": "Plaats",
    "questions": "Vragen",
    "rank": "Uw plaats",
    "lost": "Meeste punten verloren op",
    "age": "Opgave",
    "stated": "Opgegeven wachttijd",
    "realised": "Echte wachttijd",
    "late": "Verschil",
    "starts": "Starts",
}
PER_OFFER_ALT = "Per aanbod uw plaats in de zoekvragen, en de opgegeven en de echte wachttijd."
OF = "{rank} van {of}"
FEWER_THAN_FIVE, FIVE_OR_MORE = "minder dan 5", "5 of meer"
ON_TIME = "op tijd"
LATER = "{wait} later"
SOONER = "{wait} eerder"
POINTS_LOST = "{criterion} (gemiddeld {points})"

NOT_SERVED = "Waar kon u niet bij helpen?"
NOT_SERVED_EXPLAINED = "Elke vraag telt één keer, bij het aanbod van u dat er het dichtst bij kwam."
ALL_SERVED = "Bij elke zoekvraag in uw gebied paste een aanbod van u."
UNSERVED_HIDDEN = "Er waren vragen waarbij u niet paste, maar minder dan vijf. Die laten wij niet zien."
REASON, NUMBER, OFTEN_ASKED = "Reden", "Vragen", "Vijf keer of vaker gevraagd"
CARE_TYPE, OTHER_CARE_TYPES = "Zorgvorm", "Andere zorgvormen samen"
NOT_SERVED_CARE_ALT = "Per zorgvorm het aantal zoekvragen waarbij geen aanbod van u paste."
OTHER_REASONS = "Andere redenen samen"
NOT_SERVED_ALT = (
    "Per reden het aantal zoekvragen waarbij geen aanbod van u paste, en welke hulp daarbij vaak nodig was."
)

STATED_AND_REAL = "Opgegeven en echt"
WHICH_OFFER = "Kies een aanbod"
NO_STARTS = "Bij dit aanbod is nog geen kind gestart dat via deze dienst kwam. Dan is niets te vergelijken."
STARTED, STATED, REAL, AFTER_301 = "Gestart", "Opgegeven", "Echt", "Na toewijzing (301)"
STARTS_ALT = "Per start de opgegeven en de echte wachttijd, in de tijd. Dezelfde getallen staan in de tabel."
STARTS_TABLE_ALT = "Per start de opgegeven wachttijd, de echte, en de tijd na de toewijzing."
DAYS_AXIS = "Dagen wachten"
LAST_STATEMENTS = "Uw laatste tien opgaven"
NO_STATEMENTS = "Voor dit aanbod deed u nog geen opgave. Doe dat bij Mijn plekken."
STATEMENTS_ALT = "Uw laatste tien opgaven: de wachttijd in de tijd. Dezelfde getallen staan in de tabel."
STATEMENTS_TABLE_ALT = "Uw laatste tien opgaven met datum, wachttijd, vrije plekken en wachtenden."
STATED_ON, WAIT, OPEN, WAITING = "Opgegeven op", "Wachttijd", "Vrije plekken", "Wachtend"


def points(number: float) -> str:
    """ "1 punt", "2,5 punten"."""
    return f"{showing.decimal(number)} {'punt' if number == 1 else 'punten'}"
