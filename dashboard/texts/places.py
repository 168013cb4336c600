"""The Dutch of "Mijn plekken" beside the grid: one offer under the other, and what was stated before."""

VIEW = "Weergave"
TABLE, CARDS = "Tabel", "Kaarten"
CARDS_HELP = "Klopt alles nog? Tik op Niet veranderd. Anders op Wijzigen."
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
HELD = "{places}. Verwijzers zien deze plekken niet als vrij; u hoeft niets te doen."

EARLIER = "Wat gaf u eerder op?"
WHICH_OFFER = "Kies een aanbod"
CHOOSE = "Typ een naam of kies"
NEVER_STATED = "Voor dit aanbod deed u nog geen opgave."
CHART_ALT = "Uw laatste tien opgaven in de tijd: vrij, bezet en wachtend. Dezelfde getallen staan in de tabel."
TABLE_ALT = "Uw laatste tien opgaven, nieuwste boven: plekken, wachtenden en wachttijd."
STATED_ON, WAIT = "Opgegeven op", "Wachttijd"
NUMBER = "Aantal"
OPEN, OCCUPIED, TOTAL, WAITS_NOW = "Vrij", "Bezet", "Totaal", "Wachtend"


def waiting(count: int) -> str:
    """ "1 wacht", "12 wachten"."""
    return ONE_WAITS if count == 1 else WAITING.format(count=count)
