"""What is remembered of a provider's files: the answers a human gave once, taken up in the next file.

Only what was saved is remembered: a choice that somebody tried in a preview is none yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from availability.intake.columns import plain
from availability.intake.offers import words_of
from availability.intake.preview import Row

LONGEST_REMEMBERED = 500
"""Letters. What is longer is no header or name that comes back, and more than an index can hold."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Answers by what was asked; both keys as `plain` writes them."""

    columns: Mapping[str, str | None] = field(default_factory=dict)
    """Header → field; None: left out."""
    offers: Mapping[str, int] = field(default_factory=dict)
    """Name and place → offer."""

    def __bool__(self) -> bool:
        return bool(self.columns or self.offers)


def learnt(given: Mapping[str, str | None], confirmed: Mapping[int, int], rows: Sequence[Row]) -> Memory:
    """What the choices with this file teach.

    A row without a name teaches nothing: only its number says who it is. Nor do rows of one name that are different
    offers: the next file would be as unclear.
    """
    meant: dict[str, set[int]] = {}
    for row in rows:
        if row.name and row.number in confirmed:
            meant.setdefault(words_of(row.name, row.place), set()).add(confirmed[row.number])
    offers = {words: next(iter(offers)) for words, offers in meant.items() if len(offers) == 1}
    return Memory(
        of_columns(given), {words: offer for words, offer in offers.items() if len(words) <= LONGEST_REMEMBERED}
    )


def of_columns(given: Mapping[str, str | None]) -> dict[str, str | None]:
    """The answers about columns that can come back."""
    return {words: field for header, field in given.items() if len(words := plain(header)) <= LONGEST_REMEMBERED}
