"""The Dutch of "Tekorten" and "Wat als"."""

TITLE = "Tekorten"
WHAT_IF = "Wat als"
TITLE_IN = "Tekorten in {region}"
WHAT_IF_IN = "Wat als, in {region}"
EXPLAINED = (
    "Een tekort is een kind dat niet op tijd ergens terecht kan. Plekken zonder contract, voor een andere leeftijd of"
    " achter een stop tellen niet mee."
)
AS_OF = "Stand van {moment}. Op tijd is binnen {weeks} weken na de gewenste dag."
NOBODY_ASKS = "In deze regio staat nu geen vraag open. Nieuwe casussen verschijnen hier vanzelf."
ALL_IN_TIME = "Ieder kind in deze regio kan nu op tijd ergens terecht."

UNPLACED = "Niet op tijd"
UNPLACED_HELP = "Kinderen voor wie binnen bereik geen plek op tijd te vinden is."
OPEN_REQUESTS = "Open vragen"
ABOVE = "Boven de regio"
ABOVE_HELP = "Kinderen die geen enkele plek in de regio kan helpen."
WEEKS = "Weken wachten"
WEEKS_HELP = "Van alle kinderen zonder plek samen: al gewacht en nog te gaan."

WORST = "Het ergst eerst"
WHAT_HELPS = "Wat een plek erbij doet"
WHERE_BEST = "Het meeste effect: een plek in {place}."
MAP = "Op de kaart"
MAP_ALT = "Kaart van {region}: hoeveel kinderen per gemeente niet op tijd terecht kunnen. De tabel zegt hetzelfde."
TABLE_ALT = "Tekorten per zorgvorm: open vragen, niet op tijd, wachttijd, plekken en weigeringen."
PLACES_TABLE_ALT = "Tekorten per gemeente: open vragen en niet op tijd."
MORE = "Alles op een rij"
BY = "Samen geteld"
BYS = {"care-type": "Per zorgvorm", "family": "Per groep van zorgvormen"}
MEASURE = "Maat op de kaart"
MEASURES = {
    "unplaced": "Niet op tijd",
    "open_requests": "Open vragen",
    "median_waited_days": "Dagen gewacht",
    "places": "Plekken die passen",
    "refusals": "Weigeringen",
}
COLUMNS = {
    "kind": "Zorgvorm",
    "unplaced": "Niet op tijd",
    "open_requests": "Open vragen",
    "waited": "Wacht al",
    "expected": "Start over",
    "places": "Plekken die passen",
    "refusals": "Weigeringen",
    "last_month": "Open vorige maand",
    "last_year": "Open vorig jaar",
    "certainty": "Zekerheid",
}
PLACE_COLUMNS = {"area": "Gemeente", "value": ""}
REFUSALS_NOTE = "Weigeringen wegens geen plek, in de laatste 90 dagen."

ABOVE_TITLE = "Boven de regio"
ABOVE_EXPLAINED = "Deze kinderen kan geen plek in de regio helpen, ook niet met een ander contract binnen de regio."
ABOVE_COLUMNS = {
    "care_type": "Zorgvorm",
    "children": "Kinderen",
    "neighbours": "Regio's met plek",
    "boeg": "Voor het BOEG",
}
ABOVE_ALT = "Per zorgvorm de kinderen die boven de regio horen, de regio's met plek en wat bij het BOEG hoort."
BOEG_NOTE = "BOEG is het bovenregionale expertisenetwerk. Het telt waar nergens in de buurt een plek past."
NEIGHBOUR = "{region} ({places})"

OBVIOUS = "Wat vuistregels zouden kiezen"
CURVE = "Geholpen kinderen bij 1 tot {most} plekken: {curve}."

KIND = "Wat wilt u veranderen?"
KINDS = {
    "more-places": "Plekken erbij",
    "wider-contract": "Plekken van een andere regio gebruiken",
    "distance-norm": "Een andere afstand",
    "stop-lifted": "Een opnamestop eraf",
}
CARE_TYPE = "Zorgvorm"
CARE_TYPE_PLACEHOLDER = "Kies een zorgvorm"
MUNICIPALITY = "In welke gemeente"
MUNICIPALITY_PLACEHOLDER = "Kies een gemeente"
PLACES = "Hoeveel plekken"
FROM_REGION = "Van welke regio"
FROM_REGION_PLACEHOLDER = "Kies een regio"
MAX_KM = "Hoogstens hoeveel kilometer"
CALCULATE = "Reken uit"
CHOOSE_FIRST = "Kies eerst een zorgvorm en wat daarbij hoort."
HELPED_NOW = "Nu geholpen"
OPENED = "Plekken erbij voor de regio"
SOONER = "Korter wachten"
SOONER_HELP = "Wie zich dit jaar meldt, gemiddeld. Acht van de tien keer ligt het tussen de grenzen."
MORE_STARTS = "Meer starts per jaar"
BETWEEN = "tussen {low} en {high}"
DAYS = "{days} dagen"
UNCERTAIN = "De wachttijd is een schatting uit {futures} nagespeelde jaren."
"""How the simulation is told."""
