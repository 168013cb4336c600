"""The codes of the field as types of a message: what each looks like, and the sentence when it does not."""

from typing import Annotated

from pydantic import StringConstraints

PATTERNS: dict[str, str] = {
    r"^GM[0-9]{4}$": "Geef een gemeentecode, zoals GM0202.",
    r"^JZ[0-9]{2}$": "Geef de code van een jeugdregio, zoals JZ28.",
    r"^[1-9][0-9]{3}$": "Geef de vier cijfers van een postcode.",
    r"^[0-9]{4}-(0[1-9]|1[0-2])$": "Geef een maand als jjjj-mm.",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "Geef een code uit de lijst, in kleine letters.",
    r"^[0-9]{8}$": "Geef een AGB-code van acht cijfers.",
    r"^(GM[0-9]{4}|JZ[0-9]{2}|[0-9]{8}|-)$": "Geef een gemeente (GM0202), een regio (JZ28), een AGB-code of -.",
    r"^(GM[0-9]{4}|JZ[0-9]{2}|NL)$": "Geef een gemeente (GM0202), een regio (JZ28) of NL.",
}
"""Every pattern of a code and what to say of a text that does not fit it."""

MUNICIPALITY, REGION, PC4, MONTH, SLUG, AGB, ORGANISATION, AREA = PATTERNS

MunicipalityCode = Annotated[str, StringConstraints(pattern=MUNICIPALITY)]
RegionCode = Annotated[str, StringConstraints(pattern=REGION)]
Pc4 = Annotated[str, StringConstraints(pattern=PC4)]
"""A four-digit postcode."""
BirthMonth = Annotated[str, StringConstraints(pattern=MONTH)]
"""`YYYY-MM`: all that is known of a child's age."""
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
"""The code of a care type or a need."""
AgbCode = Annotated[str, StringConstraints(pattern=AGB)]
Organisation = Annotated[str, StringConstraints(pattern=ORGANISATION)]
"""Whose somebody is; `-` is nobody's: the administrator."""
AreaCode = Annotated[str, StringConstraints(pattern=AREA)]
"""For which a contract may hold."""
