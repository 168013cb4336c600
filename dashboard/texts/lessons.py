"""The Dutch of the tab "Leren" of "Cijfers"."""

TITLE = "Leren"
EXPLAINED = "Wat liep vast, bij hoeveel kinderen, en wat zegt dat? Bovenaan staat wat de meeste kinderen raakt."
PERIOD = "Periode"
FOUR_QUARTERS = "Vier kwartalen: {since} tot en met {until}"
ONE_QUARTER = "Eén kwartaal: {since} tot en met {until}"
COMPARED = "Vergeleken met {since} tot en met {until}."
TOO_LITTLE = (
    "Er is nog te weinig gebeurd in deze periode om van te leren. Kies een andere periode, of kom later terug:"
    " casussen en opgaven vullen dit beeld vanzelf."
)
NOT_KNOWN = "Nog niets bekend over: {subjects}."
ONLY_COUNTS = "Hier staan alleen aantallen van uw eigen regio, geen casussen."
COUNTED = "Uit {counted}."
HOW = "Cijfers en uitleg"

TITLES = {
    "steps": "Tijd per stap",
    "refusals": "Afwijzingen",
    "escalations": "Expertteam en opschalen",
    "contacts": "Contact met het lokale team",
    "waits": "Opgegeven en echte wachttijd",
    "sizes": "Kleine en grote aanbieders",
    "places": "Wonen in een gezin of in een groep",
    "of-age": "Blijven na 18 jaar",
}
"""By what a lesson is about."""

STEP_COLUMNS = (
    "Route", "Te laat", "Wat", "Helft binnen", "Termijn", "Negen van de tien binnen", "Op tijd", "Stap", "Wie",
    "Begonnen", "Nog open",
)  # fmt: skip
STEP_WIDTHS = {"Route": 60, "Wat": 230}
CARE_WIDTHS = {"Zorgvorm": 150}
"""So that on a phone the numbers stand beside the names, without scrolling."""
STEPS_ALT = "Per route en stap hoe vaak die te laat was, hoe lang die duurt en wat de termijn is."
STEPS_NOTE = "“Nog niet te zeggen”: te veel stappen zijn nog open of afgebroken."
NOT_YET = "Nog niet te zeggen"
VARIES = "Wisselt"
OF = "{part} van {whole}"
OF_WITH_PERCENT = "{part} van {whole} ({percent}\u00a0%)"
PERCENT = "{percent}\u00a0%"

ALL_TOGETHER = "Alles samen"
REFUSAL_COLUMNS = ("Zorgvorm", "Afwijzingen", "Antwoorden")
REFUSALS_ALT = "Per zorgvorm het aantal afwijzingen, alle antwoorden en de redenen."
REASONS = {
    "no-place": "Geen plek",
    "no-timely-place": "Geen plek op tijd",
    "not-fitting": "Past niet",
    "no-contract": "Geen contract",
    "other": "Andere reden",
    "unsaid": "Geen reden gegeven",
}
"""A reason as the head of a column; one that is not here keeps its sentence."""
UNSPLIT = "Reden niet getoond"

CAUSE_COLUMNS = ("Oorzaak", "Kinderen")
CAUSES_ALT = "Waardoor er geen zicht was op passende hulp, met het aantal kinderen."
OUTCOME_COLUMNS = ("Uitkomst van het expertteam", "Kinderen")
OUTCOMES_ALT = "De uitkomsten van het regionaal expertteam, met het aantal kinderen."
REGISTERED = "Aangemeld bij het expertteam in deze periode: {children}."

CONTACT_COLUMNS = ("Wat", "Aantal")
CONTACTS_ALT = "Hoe vaak contact met het lokale team niet lukte, en hoe vaak het daarna lukte."
CONTACT_SOUGHT = "Casussen waarin contact nodig was"
CONTACT_FAILED = "Contact lukte niet"
CONTACT_REPAIRED = "Daarna toch contact"

WAIT_COLUMNS = ("Zorgvorm", "Starts", "Opgegeven", "Echt", "Verschil")
WAITS_ALT = "Per zorgvorm de opgegeven en de echte wachttijd, in het midden."
LATER, SOONER, AS_STATED = "{wait} later", "{wait} eerder", "zoals opgegeven"

SIZE_COLUMNS = ("Aanbieders", "Aantal", "Aandeel van het aanbod", "Aandeel van de aanmeldingen", "Zonder aanmelding")
SIZES_ALT = "Per grootte van aanbieder het aandeel van het aanbod en van de aanmeldingen. De tabel zegt hetzelfde."
SIZES_TABLE_ALT = "Per grootte van aanbieder het aandeel van het aanbod en van de aanmeldingen."
OF_SUPPLY, OF_REFERRALS = "Aanbod", "Aanmeldingen"
SHARE = "Aandeel"

PLACE_COLUMNS = ("Op", "In een gezin", "In een groep", "Aandeel in een gezin", "Aanbod zonder opgave")
PLACES_ALT = "Plekken in een gezin en in een groep, per kwartaal. De tabel zegt hetzelfde."
PLACES_TABLE_ALT = "Plekken in een gezin en in een groep op de laatste dag van elk kwartaal."
IN_FAMILY, IN_GROUP, PLACES = "In een gezin", "In een groep", "Plekken"

OF_AGE_COLUMNS = ("Wat", "Jongeren")
OF_AGE_ALT = "Hoeveel jongeren met verblijf 18 werden, konden blijven, en hulp vanaf 18 hadden."
TURNED = "Werden 18 met verblijf"
STAYED = "Konden blijven"
ARRANGED = "Hulp vanaf 18 jaar was geregeld"

UNKNOWN = "–"
