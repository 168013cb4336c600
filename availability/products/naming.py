"""What a region's name for a product means: surely, or perhaps. Pure; only a human turns perhaps into surely."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from availability.vocabulary.lexicon import CareType, Lexicon
from matcher.wording import Kind, words

MOST_SUGGESTED = 3
_CONSIDERED = 10

_PRODUCT_CODE = re.compile(r"\b([0-9]{2})[A-Z][0-9]{2}\b")
"""iJw list JZ021; its first two figures are the product category (list JZ020)."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    care_type: CareType
    likeness: int
    """Of 100; 0: only the product category says so."""


def plain(name: str) -> str:
    """What names are compared by: small letters without accents, signs and small words."""
    return " ".join(words(name))


def meaning(name: str, lexicon: Lexicon, confirmed: Mapping[str, str]) -> CareType | None:
    """The care type that a name surely means: as the region said, else when it is the very word for it.

    `confirmed`: care type by plain name."""
    known = confirmed.get(plain(name))
    if known is not None:
        return lexicon.care_type(known)
    same = [each for each in lexicon.care_types.values() if plain(name) in map(plain, (each.code, each.name))]
    return same[0] if len(same) == 1 else None


def suggestions(name: str, lexicon: Lexicon) -> list[Suggestion]:
    """What a name perhaps means, the likeliest first. A product code in it goes before how much words are alike."""
    hits = lexicon.vocabulary.find(_PRODUCT_CODE.sub(" ", name), Kind.CARE_TYPE, limit=_CONSIDERED)
    alike = {hit.entry.code: min(100, round(100 * hit.score)) for hit in hits}
    code = _PRODUCT_CODE.search(name)
    coded = [each.code for each in lexicon.care_types.values() if code and code[1] in each.product_categories]
    found = sorted({*alike, *coded}, key=lambda each: (each not in coded, -alike.get(each, 0), each))
    return [Suggestion(lexicon.care_types[each], alike.get(each, 0)) for each in found[:MOST_SUGGESTED]]
