"""The Dutch of the screens on which supply is kept: Aanbod, Contracten, Zorgvormen, Beschermingstafel, Aanbieder."""

OFFERS, CONTRACTS, PRODUCTS = "Aanbod", "Contracten", "Zorgvormen"
TABLE, PROFILE = "Beschermingstafel", "Aanbieder"

NOT_SAVED = "Er is niets opgeslagen. Kijk dit na:"
SAVED_MEANWHILE = "Iemand anders was u voor. Hieronder staat de nieuwste stand. Wijzig die en sla opnieuw op."
OVERTAKEN = "Iemand anders was u voor. Uw wijziging is nog niet opgeslagen."
THEY_CHANGED = "Dit is ondertussen gewijzigd:"
NOW = ": nu {value}"
LOOK_AND_SAVE = "Wat u invulde, staat er nog. Kijk het na en sla opnieuw op."
LOOK_AT_IT = "Hieronder staat de nieuwste stand. Klopt die niet? Wijzig hem dan."
NOTHING_CHANGED = "U heeft niets veranderd."
SAVE, CHOOSE, NO_CHOICE, UNKNOWN = "Opslaan", "Kies", "Nog niet gekozen", "Onbekend"

# --- Aanbod ------------------------------------------------------------------------------------------------------

OFFERS_EXPLAINED = "Zo staat uw aanbod beschreven. Werkers zoeken hierop. Plekken geeft u op bij Mijn plekken."
NO_OFFERS_YET = "U heeft nog geen aanbod beschreven. Begin hieronder."
WHICH_OFFER = "Welk aanbod wilt u wijzigen?"
NEW_OFFER = "Nieuw aanbod"
OFFER_ADDED = "“{name}” staat in het overzicht. Geef nu de plekken op bij Mijn plekken."
OFFER_SAVED = "“{name}” is gewijzigd. Iedereen die zoekt, ziet dit meteen."
OFFERS_ALT = "Tabel met al uw aanbod: tot wanneer de opgave telt, plaats, zorgvorm, leeftijd en of het te zien is."
OFFER_FIELDS = {
    "name": "Naam",
    "careType": "Zorgvorm",
    "locationId": "Locatie",
    "description": "Omschrijving",
    "ageFrom": "Leeftijd vanaf",
    "ageUntil": "Leeftijd tot en met",
    "genders": "Voor wie",
    "setting": "Waar",
    "serves": "Hierop bent u ingericht",
    "excludes": "Dit kunt u niet bieden",
    "onlyFor": "Alleen voor",
    "siblings": "Kinderen uit één gezin samen",
    "pastEighteen": "Kan doorgaan na 18 jaar",
    "travelsKm": "Hoe ver komt u naar het gezin (km)",
    "municipalities": "Gemeenten",
    "publishedFrom": "Te zien vanaf",
    "publishedUntil": "Te zien tot en met",
}
OFFER_HELP = {
    "description": "Wat krijgt een kind hier? Noem geen personen.",
    "siblings": "Hoeveel kinderen uit één gezin kunnen samen wonen? Leeg betekent: onbekend.",
    "travelsKm": "Leeg betekent: het kind komt naar de locatie.",
    "municipalities": "Alleen bij een algemene voorziening. Bij andere hulp bepaalt het contract de gemeenten.",
    "publishedUntil": "Vul de laatste dag in om te stoppen. Leeg betekent: geen einde.",
    "onlyFor": "Leeg betekent: voor iedereen.",
}
GENDERS = {"boy": "Jongens", "girl": "Meisjes", "other": "Anders"}
YES_NO = {True: "Ja", False: "Nee", None: "Onbekend"}
SHOWN, NOT_YET, STOPPED = "Te zien", "Vanaf {day}", "Gestopt op {day}"
SHOWN_UNTIL = "Te zien tot en met {day}"
STATE, STATED_UNTIL, NEVER_STATED = "Stand", "Opgave", "Nog geen opgave"
AGES, CARE_TYPE, PLACE, NAME = "Leeftijd", "Zorgvorm", "Plaats", "Naam"
NEW_LOCATION = "Nieuwe locatie"
LOCATION_NAME, LOCATION_PC4 = "Naam van de locatie", "Postcode (vier cijfers)"
ADD_LOCATION = "Locatie toevoegen"
LOCATION_ADDED = "Locatie “{name}” in {place} is toegevoegd."
NO_LOCATIONS = "U heeft nog geen locatie. Voeg er eerst een toe."
HOW_REACHED = "Hoe bent u te bereiken?"
HOW_REACHED_EXPLAINED = "Wie contracten met u heeft, belt of mailt u hier. Bijvoorbeeld als een opgave te laat is."
REACHED_FIELDS = ("phone", "email", "website")
REACHED_SAVED = "Opgeslagen. Wie contracten met u heeft, ziet dit meteen."
SEE_AS_PUBLIC = "Bekijk uw aanbod zoals iedereen het ziet"

QUARTER = "Kwartaalopgave"
QUARTER_EXPLAINED = "Wachtenden en geschatte wachttijd per vorm van jeugdhulp en regio (Regeling Jeugdwet, artikel 8g)."
WHICH_QUARTER = "Kwartaal"
QUARTER_OF = "Kwartaal {quarter}, stand van {day}."
QUARTER_INCOMPLETE = (
    "Nog niet volledig. Het kwartaal loopt nog, of er mist een aantal wachtenden, "
    "of van een aanbod is in dit kwartaal niets opgegeven."
)
NO_QUARTER = "Op deze dag had u geen aanbod dat meetelt."
QUARTER_COLUMNS = (
    *("Vorm van jeugdhulp", "Jeugdregio", "Wachtend", "Wachttijd tot start", "Aanbod", "Zonder opgave"),
    *("Zonder aantal wachtenden", "Oudste opgave"),
)
NO_STATEMENT = "Geen opgave"
QUARTER_ALT = "Tabel met wachtenden en wachttijd per vorm van jeugdhulp en regio."
HOW_COMPUTED = "Hoe zijn deze getallen berekend?"
QUARTER_XLSX, QUARTER_CSV = "Download voor Excel", "Download als CSV"

# --- Contracten --------------------------------------------------------------------------------------------------

CONTRACTS_EXPLAINED = "Een contract begint, stopt en pauzeert vanzelf op zijn datum."
STANDINGS = {"running": "Loopt", "upcoming": "Komt nog", "suspended": "Opgeschort", "ended": "Geëindigd"}
WHICH_STANDING, ANY_STANDING = "Stand", "Alle"
SEARCH_CONTRACT, SEARCH_CONTRACT_PLACEHOLDER = "Zoek", "Naam van de aanbieder of contractnummer"
NO_CONTRACTS = "Hier zijn geen contracten. Voeg er een toe, of stuur een lijst."
CONTRACT_COLUMNS = ("Aanbieder", "Nummer", "Stand", "Van", "Tot en met", "Zorgvormen", "Gebieden")
CONTRACTS_ALT = "Tabel met contracten. Kies er hieronder een om die te wijzigen."
WHICH_CONTRACT = "Welk contract wilt u zien of wijzigen?"
CONTRACT_LINES, CONTRACT_HISTORY = "Wat is er afgesproken?", "Wat is er veranderd?"
NO_HISTORY = "Aan dit contract is hier nog niets veranderd."
HISTORY_COLUMNS = ("Wanneer", "Door", "Hoe", "Wat")
SOURCES = {"form": "Formulier", "import": "Lijst"}
CONTRACT_FIELDS = {
    "provider": "Aanbieder",
    "number": "Contractnummer",
    "scope": "Reikwijdte",
    "validFrom": "Eerste dag",
    "validUntil": "Laatste dag",
    "suspendedFrom": "Opgeschort vanaf",
    "suspendedUntil": "Opgeschort tot en met",
    "updateTermDays": "Opgave bijwerken binnen (dagen)",
    "answerTermDays": "Aanmelding beantwoorden binnen (werkdagen)",
    "lines": "Zorgvormen en gebieden",
    "careTypes": "Zorgvormen",
    "areas": "Gebieden",
}
CONTRACT_HELP = {
    "validUntil": "De laatste dag telt nog mee. Leeg: geen einde.",
    "suspendedFrom": "Zolang het contract is opgeschort, telt het niet mee bij het zoeken.",
    "answerTermDays": "Hoogstens 5 werkdagen.",
    "areas": "Elke zorgvorm geldt voor elk gebied dat u kiest.",
}
SCOPES = {"local": "Lokaal", "regional": "Regionaal", "supraregional": "Bovenregionaal", "national": "Landelijk"}
HALF_A_LINE = "Kies bij elke zorgvorm een gebied, en bij elk gebied een zorgvorm."
ANOTHER_PAIR = "Andere zorgvormen voor andere gebieden"
NEW_CONTRACT, ADD_CONTRACT = "Nieuw contract", "Contract toevoegen"
CONTRACT_ADDED, CONTRACT_SAVED = "Contract {number} is toegevoegd.", "Contract {number} is gewijzigd."
WHICH_PROVIDER, WHICH_PROVIDER_PLACEHOLDER = "Zoek de aanbieder", "Naam of AGB-code"
PROVIDER_AND_CODE = "{name} ({code})"
MORE_PROVIDERS = "Er zijn er meer. Typ nog een woord van de naam."
NO_SUCH_PROVIDER = "Wij kennen geen aanbieder met deze naam of code. Voeg de aanbieder hieronder toe."
CHOOSE_PROVIDER = "Kies eerst de aanbieder."
NEW_PROVIDER, ADD_PROVIDER = "De aanbieder staat er niet bij", "Aanbieder toevoegen"
PROVIDER_ADDED = "{name} is toegevoegd. Maak nu het contract."
PROVIDER_FIELDS = {
    "agbCode": "AGB-code",
    "name": "Naam van de aanbieder",
    "phone": "Telefoon",
    "email": "E-mailadres",
    "website": "Website",
}
PROVIDER_HELP = {
    "agbCode": "Acht cijfers.",
    "phone": "Van een afdeling of een functie. Geen nummer van één persoon.",
    "email": "Van een afdeling of een functie. Geen adres van één persoon.",
    "website": "Begint met https://.",
}
NOT_YOUR_CONTRACT = "Dit contract geldt ook voor een ander gebied. U kunt het bekijken, niet wijzigen."

LIST = "Met een lijst"
LIST_EXPLAINED = "Haal het sjabloon op, pas het aan en stuur het terug. U ziet eerst wat er verandert."
LIST_TEMPLATE, LIST_TEMPLATE_CSV = "Sjabloon voor Excel", "Sjabloon als CSV"
LIST_CHOOSE = "Kies een Excel- of CSV-bestand"
LIST_FIELDS = {
    "number": "Contractnummer",
    "provider": "AGB-code",
    "providerName": "Aanbieder",
    "careType": "Zorgvorm",
    "area": "Gebied",
    "scope": "Reikwijdte",
    "validFrom": "Ingangsdatum",
    "validUntil": "Einddatum",
    "suspendedFrom": "Opgeschort vanaf",
    "suspendedUntil": "Opgeschort tot en met",
    "updateTermDays": "Actualiseren binnen (dagen)",
    "answerTermDays": "Antwoord binnen (werkdagen)",
}
"""What a column may hold, by the API's code."""
LIST_DAYS = {"validFrom", "validUntil", "suspendedFrom", "suspendedUntil"}
LIST_ROW, LIST_COLUMN = "Lijst", "Kolom"
LIST_MEANWHILE = "Er is ondertussen iets veranderd. Hieronder ziet u opnieuw wat de lijst doet. Kijk het na en sla op."
LIST_SKIPPED = "Deze rijen slaan wij over, het zijn kopjes of totalen: {rows}."
LIST_SUMMARY = "Contracten in uw lijst: {new} nieuw, {changed} gewijzigd, {unchanged} ongewijzigd."
LIST_TO_CHECK = "{rows} moet u nakijken."
LIST_SAVE, LIST_SAVED = "Alles opslaan", "De lijst is opgeslagen: {new} nieuw, {changed} gewijzigd."
LIST_FAULTS, LIST_CHANGES = "Wat moet u aanpassen?", "Wat verandert er?"
LIST_FAULT_COLUMNS = ("Rij", "Contract", "Kolom", "Wat")
LIST_CHANGE_COLUMNS = ("Contract", "Aanbieder", "Wat", "Was", "Wordt")
LIST_FAULTS_ALT = "Tabel met wat er per rij niet klopt."
LIST_CHANGES_ALT = "Tabel met wat er per contract verandert."
LIST_NOTHING_SAVED = "Er wordt niets opgeslagen zolang er een fout in staat."
LIST_CORRECTIONS = "Uw lijst terug, met wat u moet aanpassen"
LIST_NEW, LIST_NEW_ALT = "Deze contracten zijn nieuw", "Tabel met wat er in elk nieuw contract staat."
LIST_NEW_COLUMNS = ("Contract", "Aanbieder", "Zorgvormen en gebieden")
LINE, LINE_COMES, LINE_GOES = "{care_type} in {area}", "Komt erbij", "Vervalt"
LINE_LOST = "Eén zorgvorm vervalt, omdat die niet meer in de lijst staat."
LINES_LOST = "{count} zorgvormen vervallen, omdat ze niet meer in de lijst staan."
UNKNOWN_PROVIDERS = "Deze aanbieders kennen wij onder een andere naam. Welke is het?"
WHOSE_NAME = "“{name}” (rij {rows}) is …"
SEEK_PROVIDER, SEEK_PROVIDER_PLACEHOLDER = "Staat de goede er niet bij? Zoek een aanbieder", "Naam of AGB-code"
SEEK_FIRST = "Zoek hierboven eerst de aanbieder"
MEANS = "“{name}” is {meant}"
SAID_OF_NAMES, SAY_ANEW = "Dit zei u: {said}.", "Kies opnieuw"
UNKNOWN_PRODUCTS = "Deze namen kennen wij niet. Welke zorgvorm is het?"
CONFIRM_NAMES = "Bevestigen en opnieuw kijken"

# --- Zorgvormen --------------------------------------------------------------------------------------------------

PRODUCTS_EXPLAINED = "Hoe noemt uw regio haar producten? U zegt één keer welke zorgvorm het is. Daarna weten wij het."
PASTE_NAMES = "Namen van producten, één per regel"
PASTE_NAMES_PLACEHOLDER = "Ambulant licht perceel 2\nGezinshuis plus"
ASK_NAMES = "Zoek de zorgvorm erbij"
KNOWN_NAMES, NO_NAMES = "Bevestigde namen", "Er zijn nog geen namen bevestigd."
KNOWN_COLUMNS = ("Naam in uw regio", "Zorgvorm", "Bevestigd op", "Door")
KNOWN_ALT = "Tabel met de namen van uw regio en de zorgvorm die erbij hoort."
SURE_ALREADY = "“{name}” is {care_type}."
WHAT_IS = "“{name}” is …"
SUGGESTION = "{name} ({likeness} % gelijk)"
CONFIRM = "Bevestigen ({count})"
NOT_ASKED = "Van deze namen kunnen wij niets opzoeken:"
FIRST_NAMES = "Dit zijn de eerste {count} namen. Daarna volgen er nog {rest}."
NAMES_SAVED = "{count} bevestigd."
FORGET, FORGET_LABEL = "Vergeten", "Welke namen kloppen niet meer?"
ONLY_REGIONS = "Namen horen bij een jeugdregio. Meld u aan als inkoop van een regio."

# --- Beschermingstafel -------------------------------------------------------------------------------------------

TABLE_EXPLAINED = "De eerste dag waarop de jeugdbeschermingstafel een nieuwe zaak kan bespreken. De norm is twee weken."
TABLE_UNKNOWN = "Deze tafel heeft nog niets laten weten."
TABLE_FREE = "Eerste plek: {day}"
TABLE_STATED = "Opgave van {day}. {freshness}."
TABLE_PAST = "Dat is later dan de norm van twee weken."
TABLE_WITHIN = "Dat is binnen de norm van twee weken."
TABLE_NEAR = "Tafels in de buurt met plek"
TABLE_NONE_NEAR = "Geen tafel in de buurt heeft laten weten dat er binnen twee weken plek is."
TABLE_COLUMNS = ("Jeugdregio", "Eerste plek", "Afstand", "Opgave")
TABLE_ALT = "Tabel met tafels in de buurt die binnen twee weken plek hebben."
TABLE_SAME = "De eerste plek is niet veranderd"
TABLE_HISTORY = "Wat zei deze tafel eerder?"
TABLE_HISTORY_COLUMNS = ("Opgave van", "Eerste plek", "Door")
TABLE_HISTORY_ALT = "Tabel met eerdere opgaven van deze tafel, de nieuwste eerst."
TABLE_STATE, TABLE_SAVED = "Wanneer is de eerste plek?", "Opgeslagen. Iedereen ziet deze datum."

# --- Aanbieder ---------------------------------------------------------------------------------------------------

PROFILE_NONE = "Kies een aanbieder via de link die u kreeg. Deze pagina hoort bij één aanbieder."
PROFILE_EMPTY = "Van deze aanbieder staat nu geen aanbod in het overzicht."
PROFILE_EXPLAINED = "Dit is het aanbod zoals iedereen het ziet. Plekken en wachttijden ziet een medewerker die zoekt."
PROFILE_TABLE_ALT = "Tabel met het aanbod van deze aanbieder."
FOR_WHOM, WHERE, ALSO = "Voor wie", "Waar", "Goed om te weten"
AFTER_EIGHTEEN = "Hulp kan doorgaan na 18 jaar."
TOGETHER = "Tot {count} kinderen uit één gezin kunnen samen."
COMES_TO_YOU = "Het team komt naar u toe, tot {km} km."
EQUIPPED_FOR = "Ingericht op: {needs}."
NOT_FOR = "Niet geschikt bij: {needs}."
ONLY_FOR = "Alleen voor: {needs}."
BACK = "Naar aanmelden"
