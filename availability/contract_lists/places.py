"""Which area a cell means: a code, or the name of a municipality, a youth region or the country. Pure."""

import re

from availability.geography.atlas import COUNTRY, Atlas
from availability.intake.cells import Unclear
from availability.intake.columns import plain

_CODE = re.compile(r"GM[0-9]{4}|JZ[0-9]{2}|NL")
_COUNTRY = {"nederland", "heel nederland", "landelijk"}
_BESIDE_THE_NAME = re.compile(r"\b(gemeente|jeugdregio|regio|jeugdzorgregio)\b")

UNKNOWN = "Dit gebied kennen wij niet. Geef een gemeente of een jeugdregio: naam of code."
TWO = "Zo heet een gemeente en ook een jeugdregio. Vul de code in: {codes}."


class Places:
    """Every name of an area, ready to be looked up."""

    def __init__(self, atlas: Atlas) -> None:
        self._codes = {COUNTRY, *atlas.municipalities, *atlas.regions}
        self._named: dict[str, set[str]] = {name: {COUNTRY} for name in _COUNTRY}
        for code, region in atlas.regions.items():
            self._named.setdefault(plain(region), set()).add(code)
        for each in atlas.municipalities.values():
            for name in (each.name, each.short_name):
                self._named.setdefault(plain(name), set()).add(each.code)

    def meant(self, cell: str) -> str:
        """The code of the area. Raises Unclear."""
        code = cell.strip().upper()
        if _CODE.fullmatch(code) and code in self._codes:
            return code
        words = plain(cell).removeprefix("hele ")
        found = self._named.get(words) or self._named.get(_BESIDE_THE_NAME.sub("", words).strip(), set())
        said = _BESIDE_THE_NAME.search(words)
        if said and len(found) > 1:
            kind = "GM" if said[1] == "gemeente" else "JZ"
            found = {code for code in found if code.startswith(kind)}
        if len(found) > 1:
            raise Unclear(TWO.format(codes=" of ".join(sorted(found))))
        if not found:
            raise Unclear(UNKNOWN)
        return next(iter(found))
