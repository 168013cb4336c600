"""The shared words in memory: care types by code, and needs as bits in the matcher's masks.

Frozen: a worker loads it when it starts and again when the reference data change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from availability.vocabulary import queries
from matcher.wording import Entry, Kind, Vocabulary

MOST_MEANINGS = 10
"""Who finds nothing among ten will type something else."""


@dataclass(frozen=True, slots=True)
class CareType:
    """See `tables.CareType`."""

    code: str
    number: int
    name: str
    family: str
    sectors: tuple[str, ...]
    cbs_form: str | None
    product_categories: tuple[str, ...]
    stay: bool
    general: bool
    crisis: bool
    description: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    code: str
    bit: int
    name: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Both in the order in which people expect them."""

    care_types: Mapping[str, CareType]
    needs: Mapping[str, Need]
    vocabulary: Vocabulary
    """The same words as people write them."""

    def care_type(self, code: str) -> CareType | None:
        return self.care_types.get(code)

    def care_types_like(self, typed: str) -> list[CareType]:
        """The care types that the words most likely mean, best first."""
        hits = self.vocabulary.find(typed, Kind.CARE_TYPE, limit=MOST_MEANINGS)
        return [self.care_types[hit.entry.code] for hit in hits]

    def needs_in(self, typed: str) -> list[Need]:
        """The needs that the words name, in their order."""
        return [self.needs[hit.entry.code] for hit in self.vocabulary.read(typed) if hit.entry.kind is Kind.NEED]

    def need(self, code: str) -> Need | None:
        return self.needs.get(code)

    def need_mask(self, codes: Iterable[str]) -> int:
        """The needs as one number, a bit each. Raises KeyError for a code that does not exist."""
        mask = 0
        for code in codes:
            mask |= 1 << self.needs[code].bit
        return mask

    def need_codes(self, mask: int) -> list[str]:
        return [need.code for need in self.needs.values() if mask >> need.bit & 1]

    def need_names(self, mask: int) -> dict[int, str]:
        """What the needs are called, by bit."""
        return {need.bit: need.name for need in self.needs.values() if mask >> need.bit & 1} if mask else {}


def load_lexicon(session: Session) -> Lexicon:
    """The words as they are stored now."""
    care_types = (
        CareType(
            row.code,
            row.number,
            row.name,
            row.family,
            tuple(row.sectors),
            row.cbs_form,
            tuple(row.product_categories),
            row.stay,
            row.general,
            row.crisis,
            row.description,
            tuple(row.synonyms),
        )
        for row in queries.care_types(session)
    )
    needs = (Need(row.code, row.bit, row.name, tuple(row.synonyms)) for row in queries.needs(session))
    return lexicon_of(list(care_types), list(needs))


def lexicon_of(care_types: Sequence[CareType], needs: Sequence[Need]) -> Lexicon:
    meanings = [
        *(Entry(Kind.CARE_TYPE, each.code, each.name, each.synonyms) for each in care_types),
        *(Entry(Kind.NEED, each.code, each.name, each.synonyms) for each in needs),
    ]
    by_code = {each.code: each for each in care_types}, {each.code: each for each in needs}
    return Lexicon(*by_code, Vocabulary(meanings))


async def _lexicon(request: Request) -> Lexicon:
    lexicon: Lexicon = request.app.state.lexicon
    return lexicon


TheLexicon = Annotated[Lexicon, Depends(_lexicon)]
"""The words as this worker knows them."""
