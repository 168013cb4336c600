"""The Dutch of keeping one's places up to date by spreadsheet."""

TEMPLATE = "Sjabloon ↓"
TEMPLATE_HELP = "Excel-bestand met al uw aanbod en de getallen van nu."
FILE = "Bestand ↑"
FILE_HELP = "Stuur een Excel- of CSV-bestand. U ziet eerst wat er verandert."
FIRST_SAVE = "Sla eerst op wat u typte, of gooi het weg."
TITLE = "Wat staat er in uw bestand?"
CHOOSE = "Kies een bestand (.xlsx of .csv)"
TEMPLATE_CSV = "Sjabloon als CSV ↓"
TEMPLATE_CSV_NAME = "plekken.csv"
READING = "Wij lezen uw bestand …"
LEFT_OUT_TABLES = (
    "Wij lezen alleen het blad {sheet}. Deze bladen hebben ook een tabel: {others}. Stuur die als eigen bestand."
)
LEFT_OUT_SHEETS = "Wij lezen alleen het blad {sheet}, en niet: {others}."
CLOSE = "Sluiten"
WHAT_CHANGES = "Dit verandert"
NOTHING_CHANGES = "Er verandert niets."
TO_CORRECT = "Dit klopt nog niet"
NOTHING_SAVED_YET = "Wij slaan pas op als alle rijen kloppen. Pas uw bestand aan en kies het opnieuw."
CORRECTIONS = "Uw tabel met uitleg ↓"
NOT_USED = "Deze kolommen gebruiken wij niet: {columns}."
STRANGE_NAMES = "Welk aanbod bedoelt u? {count} met een naam die wij niet kennen"
KNOWN_NAMES = "Namen die wij onthielden: {count}"
CONFIRM_NAMES = "Deze namen kloppen"
NAMES_LEFT = "Kies nog een aanbod bij rij {rows}."
FIRST_NAMES = "Zeg eerst hierboven welk aanbod elke rij is. Daarna ziet u wat er verandert."
TOO_MANY_NAMES = "Dit zijn de eerste {count} rijen. Neem voor de andere het aanbod-id over uit het sjabloon."
WHICH_OFFER = "Rij {row}: welk aanbod is {name}?"
WHICH_PLACEHOLDER = "Kies het aanbod"
UNREAD_COLUMNS = "Zeg wat er in uw kolommen staat: {columns}"
ALIKE_COLUMNS = "Kijk na of deze kolommen kloppen: {columns}"
STRANGE_COLUMNS = "Deze kolommen kennen wij niet: {columns}"
KNOWN_COLUMNS = "Zo lezen wij uw andere kolommen: {columns}"
AND_MORE = "{named} en nog {count}"
WHICH_COLUMN = "Wat staat er in de kolom {header}?"
WHICH_COLUMN_PLACEHOLDER = "Kies wat erin staat"
LEFT_OUT = "Niet gebruiken"
REMEMBERED = "Onthouden van uw vorige bestanden: {said}."
MEANS = "{words} = {meant}"
FORGET = "Vergeet dit"
SURE = "Ja, deze grote sprongen kloppen"
SAVE = "Opslaan ({count})"
SAVED = "{changed} opgeslagen en {same} bevestigd als niet veranderd."
FIELDS = {
    "offerId": "Aanbod-id",
    "name": "Aanbod",
    "place": "Plaats",
    "totalPlaces": "Totaal",
    "occupiedPlaces": "Bezet",
    "reservedPlaces": "Gereserveerd",
    "openPlaces": "Vrij",
    "intakeWaitDays": "Wachttijd intake (dagen)",
    "treatmentWaitDays": "Wachttijd start (dagen)",
    "admissionStop": "Opnamestop",
    "availableFrom": "Plek vanaf",
    "waitingCount": "Wachtend",
    "startedLast90Days": "Gestart in 90 dagen",
    "withdrawnLast90Days": "Afgehaakt in 90 dagen",
    "note": "Opmerking",
    "etag": "Versie",
}
"""What a column may hold, by the API's code."""

IN_FILE = "In uw bestand"
ROW, OFFER, PLACE, COLUMN, WAS, BECOMES, WHAT = (
    "Rij",
    "Aanbod",
    "Plaats",
    "Kolom",
    "Was",
    "Wordt",
    "Wat moet u aanpassen?",
)
CHANGES_ALT = "Tabel met per rij wat er was en wat het wordt."
FAULTS_ALT = "Tabel met per rij wat u moet aanpassen."
TEMPLATE_NAME = "plekken.xlsx"
CORRECTIONS_NAME = "plekken-nakijken.xlsx"


def summary(changed: int, same: int, empty: int, faulty: int) -> str:
    """What the file does, in one line; only what there is."""
    parts = (
        (changed, "verandert", "veranderen"),
        (same, "blijft gelijk", "blijven gelijk"),
        (empty, "is leeg en slaan wij over", "zijn leeg en slaan wij over"),
        (faulty, "moet u nakijken", "moet u nakijken"),
    )
    said = [f"{count} {one if count == 1 else many}" for count, one, many in parts if count]
    return "Rijen in uw bestand: " + (", ".join(said) or "geen") + "."
