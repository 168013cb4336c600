"""What is remembered of the lists of an organisation: the answers a human gave once, taken up in the next list.

Only what was saved is remembered: a choice that somebody tried in a preview is none yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from availability.contract_lists.judging import Row
from availability.intake.columns import How
from availability.intake.memory import LONGEST_REMEMBERED, of_columns
from availability.intake.spelling import told_apart


@dataclass(frozen=True, slots=True)
class ListMemory:
    """Answers by what was asked, written as it is compared."""

    columns: Mapping[str, str | None] = field(default_factory=dict)
    """Header (`plain`) → field; None: left out."""
    providers: Mapping[str, str] = field(default_factory=dict)
    """Name (`told_apart`) → AGB code."""

    def __bool__(self) -> bool:
        return bool(self.columns or self.providers)


def learnt(given: Mapping[str, str | None], rows: Iterable[Row]) -> ListMemory:
    """What the choices with this list teach: of its columns (`given`), and of the names that its rows bear."""
    providers = {told_apart(row.values["provider_name"]): row.provider for row in rows if row.named is How.GIVEN}
    return ListMemory(
        of_columns(given),
        {words: code for words, code in providers.items() if code and len(words) <= LONGEST_REMEMBERED},
    )
