"""The Dutch of what a region arranged: the route per municipality, the care broker, and who is in the network."""

TITLE = "Afspraken in de regio"
EXPLAINED = "Een nieuwe afspraak geldt voor casussen die vanaf die dag opengaan. Wat al geldt, blijft staan."
AREA, ROUTE, SINCE = "Gebied", "Route", "Geldt vanaf"
NOT_YET = "{day} (nog niet)"
CHANGE_ROUTE = "Een andere route afspreken"
CHOOSE_AREA = "Kies de regio of een gemeente"
WHOLE_REGION = "{name} (hele regio)"
FROM = "Vanaf welke dag?"
KEEP = "Afspraak vastleggen"
ROUTE_KEPT = "Vastgelegd: {area} volgt vanaf {day} {route}."
STILL = "Kies een gebied en een route."

BROKER = "Zorgbemiddelaar"
BROKER_EXPLAINED = "Een zorgbemiddelaar doet binnen drie werkdagen een voorstel voor een passende aanbieder."
HAS_BROKER, HAS_NO_BROKER = "Deze regio heeft een zorgbemiddelaar.", "Deze regio heeft geen zorgbemiddelaar."
FROM_THEN = {True: "Vanaf {day} is er een zorgbemiddelaar.", False: "Vanaf {day} is er geen zorgbemiddelaar meer."}
SWITCH = {True: "Stop met de zorgbemiddelaar", False: "Begin met een zorgbemiddelaar"}
SWITCHED = {True: "Vanaf {day} is er een zorgbemiddelaar.", False: "Vanaf {day} is er geen zorgbemiddelaar meer."}

NETWORK = "Netwerk van aanbieders"
NETWORK_EXPLAINED = (
    "Na een afwijzing kan een medewerker het hele netwerk tegelijk vragen (stap 5A). Gevraagd wordt wie een contract"
    " heeft voor de zorg."
)
MEMBERS = "Wie zit er in het netwerk?"
MEMBERS_HELP = "Typ een AGB-code om een aanbieder toe te voegen. Een wijziging geldt vanaf vandaag."
NO_MEMBERS = "Er zit nog niemand in dit netwerk. Typ een AGB-code."
KEEP_NETWORK = "Netwerk opslaan"
NETWORK_KEPT = "Opgeslagen. Er zitten {count} in het netwerk."

FIELDS = {"area": AREA, "route": ROUTE, "validFrom": FROM, "members": MEMBERS}
"""The field in the API → its label on the screen."""
