"""The Dutch of the public page "Wachttijden"."""

TITLE = "Wachttijden"
WITHOUT_SIGNING_IN = "Wachttijden bekijken zonder in te loggen"
EXPLAINED = "Hier ziet u hoe lang het duurt voor jeugdhulp start. U hoeft niet in te loggen."
WHERE = "Waar woont u?"
WHERE_PLACEHOLDER = "Kies uw gemeente"
WHICH_HELP = "Welke hulp zoekt u?"
WHICH_HELP_PLACEHOLDER = "Alle hulp"
WHOLE_FAMILY = "{family} (alles)"
"""A group of kinds of help, as one choice."""
WHEN = "Over welke tijd?"
ONE_QUARTER = "{number}e kwartaal {year}"
WHOLE_YEAR = "Heel {year}"
YEAR_SO_FAR = "{year} tot nu toe"
PERIOD = "Cijfers van {first} tot en met {last}. Ze veranderen niet meer."
YEAR_OF = "Cijfers van {year}, uit {quarters}."
QUARTERS = ("één kwartaal", "twee kwartalen", "drie kwartalen", "vier kwartalen")
YEAR_EXPLAINED = "Van elk kwartaal nemen we de wachttijd. U ziet de kortste en de langste."
NOTHING_YET = "Er zijn nog geen wachttijden gepubliceerd. Bel uw lokale team en vraag hoe lang het duurt."
CHOOSE = "Kies uw gemeente. Dan ziet u de wachttijden in uw regio."

ALL_HELP = "Alle jeugdhulp"
STARTS_WITHIN = "Bij de helft start hulp binnen"
SOMETIMES = "Soms duurt het {wait}."
REALLY_WAITED = "Wie begon, wachtte in het midden {wait}."
SURE = {
    "certain": "**Hoe zeker?** Zeker: de opgaven van aanbieders zijn nieuw.",
    "fairly-certain": "**Hoe zeker?** Redelijk zeker: de opgaven zijn een maand of twee oud.",
    "uncertain": "**Hoe zeker?** Onzeker: de opgaven zijn oud. De wachttijd kan anders zijn.",
    "unknown": "**Hoe zeker?** Dat weten we niet.",
}
MEANWHILE = "Wat kunt u nu doen?"
WHOM_TO_CALL = "Wie bel ik in mijn gemeente?"

LOCAL_TEAM = "Het lokale team zelf"
TEAM_STATES = "**Vraagt u zelf hulp aan het team?** Het team geeft dit op. {text}"
TEAM_COUNTED = "**Vraagt een jeugdbeschermer om een gesprek?** Dit tellen we in {area}. {text}"

IN_REGION = "Wachttijden in {region}"
IN_TOWN = "In {town}"
WAITING_TOWN = "{waiting} kinderen wachtten op hulp, de helft langer dan {waited}."
WAITING_HIDDEN = "Hoeveel kinderen wachtten, tonen we niet. Het zijn er te weinig, of het beschermt een ander."
EVERYTHING = "Alle soorten hulp in één tabel"
HOW = "Hoe weten we dit?"
HOW_EXPLAINED = (
    "Aanbieders geven zelf op hoe lang het duurt. Wij laten het midden zien: de helft is sneller, de helft langzamer."
    " Ernaast staat hoe lang kinderen echt wachtten. Bij het lokale team tellen we werkdagen:"
    " van het verzoek van een jeugdbeschermer tot het eerste gesprek."
)
NO_FIGURES = "Van deze hulp in deze regio weten we nog niets. Bel uw lokale team."
TABLE_ALT = "Wachttijden per soort hulp, zoals aanbieders ze opgeven en zoals ze echt waren."
COLUMNS = {
    "kind": "Soort hulp",
    "stated": "Helft start binnen",
    "long": "Soms",
    "realised": "Echt gewacht",
    "waiting": "Kinderen die wachten",
    "certainty": "Zekerheid",
}
YEAR_COLUMNS = {
    "kind": "Soort hulp",
    "stated": "Helft start binnen",
    "realised": "Echt gewacht",
    "started": "Kinderen die begonnen",
}
AT_LEAST = "{number} of meer"
SPAN = "{low} tot {high}"
HIDDEN = "Niet getoond"
UNKNOWN = "Onbekend"
OPEN_DATA = "Alle cijfers als bestand (CSV)"
FILE_NAME = "wachttijden-{period}.csv"
