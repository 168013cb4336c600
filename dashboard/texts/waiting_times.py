"""The Dutch of the public page "Wachttijden"."""

TITLE = "Wachttijden"
WITHOUT_SIGNING_IN = "Wachttijden bekijken zonder in te loggen"
EXPLAINED = "Hier ziet u hoe lang het duurt voor jeugdhulp start. U hoeft niet in te loggen."
WHERE = "Waar woont u?"
WHERE_PLACEHOLDER = "Kies uw gemeente"
WHICH_HELP = "Welke hulp zoekt u?"
WHICH_HELP_PLACEHOLDER = "Alle hulp"
PERIOD = "Cijfers van {first} tot en met {last}. Ze veranderen niet meer."
NOTHING_YET = "Er zijn nog geen wachttijden gepubliceerd. Bel uw lokale team en vraag hoe lang het duurt."
CHOOSE = "Kies uw gemeente. Dan ziet u de wachttijden in uw regio."
IN_REGION = "Wachttijden in {region}"
LOCAL_TEAM = "Het lokale team"
IN_TOWN = "In {town}"
WAITING_TOWN = "{waiting} kinderen wachtten op hulp, de helft langer dan {waited}."
WAITING_HIDDEN = "Hoeveel kinderen wachtten, tonen we niet. Het getal is te klein."
MEANWHILE = "Wat kunt u doen terwijl u wacht?"
HOW = "Hoe weten we dit?"
HOW_EXPLAINED = (
    "Aanbieders geven zelf op hoe lang het duurt. Wij laten het midden zien: de helft is sneller, de helft langzamer."
    " Ernaast staat hoe lang kinderen echt wachtten."
)
NO_FIGURES = "Van deze hulp in deze regio weten we nog niets. Bel uw lokale team."
TABLE_ALT = "Wachttijden per soort hulp, zoals aanbieders ze opgeven en zoals ze echt waren."
COLUMNS = {
    "kind": "Soort hulp",
    "stated": "Start meestal binnen",
    "long": "Soms",
    "realised": "Echt gewacht",
    "waiting": "Kinderen die wachten",
    "certainty": "Zekerheid",
}
HIDDEN = "Niet getoond"
UNKNOWN = "Onbekend"
OPEN_DATA = "Alle cijfers als bestand (CSV)"
FILE_NAME = "wachttijden-{period}.csv"
