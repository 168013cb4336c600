"""The Dutch of "Mijn plekken": the figures, one offer under the other, and what was stated before."""

from typing import Final

from dashboard.texts import showing

FIELDS: Final = {
    "open_places": "Vrij",
    "occupied_places": "Bezet",
    "reserved_places": "Gereserveerd",
    "total_places": "Totaal",
    "intake_wait_days": "Intake",
    "treatment_wait_days": "Start",
    "waiting_count": "Wachtend",
    "admission_stop": "Stop",
    "available_from": "Plek vanaf",
    "started_last_90_days": "Gestart in 90 dagen",
    "withdrawn_last_90_days": "Afgehaakt in 90 dagen",
    "note": "Opmerking",
}
"""As the columns of the spreadsheet are called, but for the two waits and the stop."""

FIELD_HELP: Final = {
    "open_places": "Plekken waar nu een kind kan starten.",
    "occupied_places": "Plekken waar nu een kind is.",
    "reserved_places": "Plekken die voor een kind zijn toegezegd.",
    "total_places": "Alle plekken samen.",
    "intake_wait_days": "Dagen van aanmelding tot eerste gesprek (aanmeldwachttijd).",
    "treatment_wait_days": "Dagen van eerste gesprek tot de hulp start (behandelwachttijd).",
    "waiting_count": "Aantal kinderen op de wachtlijst. Leeg betekent: onbekend.",
    "admission_stop": "Opnamestop: voorlopig geen nieuwe kinderen.",
    "available_from": "De eerste dag waarop er plek is. Leeg betekent: geen dag bekend.",
    "started_last_90_days": "Kinderen bij wie de hulp in de laatste 90 dagen startte. Leeg betekent: onbekend.",
    "withdrawn_last_90_days": "Kinderen die in 90 dagen van de wachtlijst gingen zonder start. Leeg: onbekend.",
    "note": "Kort, en niets over een kind: geen naam, nummer of adres.",
}
IN_THE_GRID: Final = FIELDS | {"started_last_90_days": "Gestart", "withdrawn_last_90_days": "Afgehaakt"}
"""Shorter, so that all columns fit beside each other; the help says over how long."""

STATED_HELP = "Tot en met welke dag uw opgave actueel is. De termijn staat in uw contract."

NO_OFFERS = "U heeft nog geen aanbod in het overzicht. Beschrijf eerst uw aanbod. Daarna geeft u hier de plekken op."
TO_OFFERS = "Naar Aanbod"

VIEW = "Weergave"
TABLE, WIDER, CARDS = "Tabel", "Meer kolommen", "Kaarten"
WHICH = "Bekijk ze"
WHICH_HELP = "Alles wat u dan bevestigt"
WHICH_EXPLAINED = "Met “niet veranderd” geeft u dit vandaag opnieuw op."
HELP: Final = {
    TABLE: "Klik in een cel, of gebruik de pijltjes, en typ het nieuwe getal. Wachttijden zijn in dagen."
    " Rechts staan plek vanaf, gestart, afgehaakt en opmerking. “Niet veranderd” geldt ook daarvoor.",
    WIDER: "Vooraan staat wat minder vaak verandert. De rest staat rechts. “Niet veranderd” geldt voor alles.",
    CARDS: "Klopt alles nog? Tik op Niet veranderd. Anders op Wijzigen.",
}
CONFIRM_THIS = "{offer} in {place} is niet veranderd"
CHANGE = "Wijzigen"
CHANGE_THIS = "De getallen van {offer} in {place} wijzigen"
CHANGE_TITLE = "Wat is er veranderd?"
SAVE = "Opslaan"
WAITS = "Intake {intake} · start {start} na de intake"
NUMBERS = "{open} vrij · {occupied} bezet · {reserved} gereserveerd · {total} totaal"
WAITING = "{count} wachten"
ONE_WAITS = "1 wacht"
STOP = "Opnamestop"
AVAILABLE_FROM = "Plek vanaf {day}"
STARTED = "{count} gestart in 90 dagen"
WITHDRAWN = "{count} afgehaakt in 90 dagen"
NOTE = "Opmerking: {note}"
AGE = "{freshness} · {age}"
HELD = "{places}. Verwijzers zien deze plekken niet als vrij; u hoeft niets te doen."

EARLIER = "Wat gaf u eerder op?"
WHICH_OFFER = "Kies een aanbod"
CHOOSE = "Typ een naam of kies"
NO_WAY_BACK = "Een eerste opgave kunt u niet terugzetten: er was nog geen andere. Klopt zij niet? Wijzig de getallen."
OVERTAKEN = "Daarna is er iets anders opgegeven. Kijk de getallen na, en wijzig ze als dat nodig is."
CHANGED_UNSEEN = "Iemand anders gaf ondertussen iets op. Sla opnieuw op om uw getallen te laten gelden."
STILL_HERE = "Uw getallen van daarnet zijn bewaard. Kijk ze na en sla ze op."

REMINDERS = "Welke herinneringen kreeg u?"
REMINDERS_EXPLAINED = "Herinneringen van de laatste 90 dagen, de nieuwste boven."

NEVER_STATED = "Voor dit aanbod deed u nog geen opgave."
CHART_ALT = "Uw laatste tien opgaven in de tijd: vrij, bezet en wachtend. Dezelfde getallen staan in de tabel."
TABLE_ALT = "Uw laatste tien opgaven, nieuwste boven: plekken, wachtenden en wachttijd."
STATED_ON, WAIT = "Opgegeven op", "Wachttijd"
NUMBER = "Aantal"
OPEN, OCCUPIED, TOTAL, WAITS_NOW = "Vrij", "Bezet", "Totaal", "Wachtend"


def waiting(count: int) -> str:
    """ "1 wacht", "12 wachten"."""
    return ONE_WAITS if count == 1 else WAITING.format(count=count)


def due_count(due: int, never: int, total: int) -> str:
    """How much there is to do, as the first thing one reads."""
    said = [_due(due, total - never)] if total > never else []
    if never:
        said.append(f"Er ontbre{'ekt' if never == 1 else 'ken'} nog {showing.count(never, 'opgave', 'opgaven')}.")
    elif not due:
        said.append("U hoeft nu niets te doen.")
    return " ".join(said)


def _due(due: int, stated: int) -> str:
    """Of what was stated; one statement is not counted among itself."""
    if stated == 1:
        return "**Uw opgave** is aan de beurt." if due else "Uw opgave is actueel."
    if not due:
        return f"Al uw {showing.whole(stated)} opgaven zijn actueel."
    which = f"Al uw {showing.whole(due)} opgaven" if due == stated else f"{due} van uw {showing.whole(stated)} opgaven"
    return f"**{which}** {'is' if due == 1 else 'zijn'} aan de beurt."


def confirm_due(due: int) -> str:
    return "Deze is niet veranderd" if due == 1 else f"Deze {due} zijn niet veranderd"
