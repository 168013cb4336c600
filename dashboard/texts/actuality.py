"""The Dutch of "Actualiteit" and of where an organisation wants its e-mail."""

TITLE = "Actualiteit"
EXPLAINED = "Per contract ziet u wie een opgave te laat bijwerkt. Het langst te laat staat bovenaan."
CONTRACTS_LATE = "Contracten te laat"
CONTRACTS_LATE_HELP = "Contracten met minstens één opgave die ouder is dan de termijn."
OFFERS_LATE = "Opgaven te laat"
OFFERS_LATE_HELP = "Een aanbod dat onder twee contracten valt, telt één keer."
NEVER = "Nooit opgegeven"
LONGEST = "Langst te laat, in dagen"
OF_ALL = "{some} van {all}"
NOBODY = "niemand"

ONLY_LATE = "Alleen te laat"
SEARCH = "Zoek een aanbieder of contract"
SEARCH_PLACEHOLDER = "naam of nummer"
NO_CONTRACTS = "Voor uw gebied lopen nog geen contracten. Voeg ze toe bij Contracten."
ALL_ON_TIME = "Alle opgaven zijn binnen hun termijn."
NOT_FOUND = "Geen aanbieder of contract met deze naam. Haal de zoekwoorden weg om alles te zien."
DOWNLOAD = "Lijst als bestand"
FILE_NAME = "te-laat-{area}.csv"
TABLE_ALT = "Contracten met het aantal late opgaven, hoe lang en hoe vaak. Het langst te laat bovenaan."

COLUMNS = {
    "provider": "Aanbieder",
    "late": "Te laat",
    "days_late": "Dagen te laat",
    "phone": "Telefoon",
    "email": "Algemeen e-mailadres",
    "times_late": "Keer te laat in een jaar",
    "reminders": "Herinneringen in een jaar",
    "by_email": "Laatste herinnering",
    "last_stated": "Laatste opgave",
    "offers": "Aanbod",
    "term": "Termijn in dagen",
    "contracted_for": "Contract voor",
    "contract": "Contract",
}
"""What matters most first: on a phone the rest is scrolled to."""

CONTRACTED_FOR = {"municipality": "Gemeente", "region": "Regio", "country": "Nederland"}
BY_EMAIL = {
    "no-address": "Geen e-mailadres",
    "not-yet": "Nog niet gemaild",
    "waiting": "Onderweg",
    "sent": "Gemaild",
    "failed": "Niet aangekomen",
}

REACHED = "E-mail over meldingen"
REACHED_EXPLAINED = "Uw organisatie krijgt meldingen ook op deze adressen. Kies liever een adres van uw afdeling."
NO_ADDRESS = "Er is nog geen adres. Meldingen staan alleen in de lijst."
NEW_ADDRESS = "E-mailadres"
ADDRESS_PLACEHOLDER = "intake@organisatie.nl"
ADD = "Toevoegen"
REMOVE = "Weghalen"
REMOVE_ONE = "{email} weghalen"
