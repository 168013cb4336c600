"""The Dutch of "Cijfers" and of the public page "Cijfers voor de raad". What a figure says comes from the API."""

TITLE = "Cijfers"
PUBLIC_TITLE = "Cijfers voor de raad"
WITHOUT_SIGNING_IN = "Hoe staat het met de jeugdhulp in mijn gemeente of regio?"
OF_YOUR_TOWN = "Cijfers van uw gemeente"
EXPLAINED = (
    "Hoe staat het met de jeugdhulp? Vijf cijfers, met een doel en een vergelijking. "
    "Ze komen uit kwartalen die vaststaan. Iedereen mag ze zien."
)
FOR_COUNCIL, LESSONS = "Voor de raad", "Leren"

WHICH_AREA, WHICH_PERIOD = "Gebied", "Periode"
AREA_PLACEHOLDER = "Kies een gemeente of een regio"
PERIOD_PLACEHOLDER = "Kies een periode"
REGION = "Regio {name}"
NOTHING_YET = "Er is nog geen kwartaal gepubliceerd. Na afloop van een kwartaal komen de cijfers hier te staan."
CHOOSE = "Kies een gemeente of een regio. Dan ziet u de cijfers."
ABOUT = "{first} tot en met {last}. Gepubliceerd op {published}."
INCOMPLETE = "Van dit jaar zijn nog niet alle kwartalen gepubliceerd."

PDF, XLSX = "Rapport als PDF", "Rapport als spreadsheet"
FILE_NAME = "cijfers-voor-de-raad-{area}-{period}.{kind}"

LEADING, OTHERS = "De vijf cijfers", "Ook om te volgen"
TARGET = "Doel: {target}."
NO_TARGET = "Geen doel."
AGAINST = "{against}: {value}. {verdict}"
OF_REGION = "Van de regio {region}."
HOW = "Hoe berekend?"
SOURCE = "Het doel: {source}"
LINE_ALT = "Lijn van {name}, van {first} tot en met {last}. De getallen staan in de tabel onderaan."

IN_NUMBERS = "De lijnen in getallen"
NUMBERS_ALT = "Per kwartaal de waarde van elk cijfer."
FIGURE = "Cijfer"
NOTES = "Goed om te weten"
SOURCES = "Bronnen"

TARGETS = "Doelen van de regio"
TARGETS_EXPLAINED = (
    "Een doel geldt vanaf een dag. Wat eerder gold, blijft te zien. "
    "Kiest u na afloop van een periode een doel, dan zegt het rapport dat."
)
TARGETS_ALT = "Per cijfer het doel van nu, vanaf wanneer het geldt en waar het vandaan komt."
COLUMNS = {"figure": "Cijfer", "target": "Doel", "since": "Geldt vanaf", "from": "Waar het vandaan komt"}
CHOSEN_ON = "Gekozen door de regio op {day}"
CHANGE = "Een doel kiezen"
WHICH_FIGURE = "Voor welk cijfer?"
WHICH_PLACEHOLDER = "Kies een cijfer"
VALUE = "Doel ({unit})"
SINCE = "Geldt vanaf"
KEEP = "Doel vastleggen"
END = "Eigen doel weghalen"
KEPT = "Het doel is vastgelegd."
ENDED = "Het eigen doel is weg. Vanaf vandaag geldt wat gewoon is."
CHOOSE_FIRST = "Kies eerst een cijfer en vul een doel in."
CHANGED_MEANWHILE = "Iemand anders paste de doelen aan. Kijk ze na en probeer het opnieuw."
EARLIER = "Eerder gekozen"
EARLIER_ALT = "Alle doelen die de regio ooit koos, de nieuwste bovenaan."
NO_LONGER = "Geen eigen doel meer"

UNITS = {"children": "kinderen", "percent": "procent", "weeks": "weken", "working-days": "werkdagen"}
