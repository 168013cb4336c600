"""What a region can learn of a period: the values that the figures are made of, and how a case is looked at.

Frozen values in, frozen values out. A case counts as it stood on the last day of the period; a correction counts as
corrected. Comparing takes the same function to the year before. The figures are in `lessons_of_cases`,
`lessons_of_refusals` and `lessons_of_supply`; what is said of them is in `lessons_words`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from matcher.case_events import CaseFacts, Event, EventKind
from matcher.case_history import in_order
from matcher.elapsed import Turn, turns_of

UNSAID = "unsaid"
"""A refusal without a reason, a difficulty without a cause."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole quarters."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def year_before(self) -> "Period":
        last = self.last.replace(year=self.last.year - 1)  # a quarter never ends in February
        return Period(self.first.replace(year=self.first.year - 1), last)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Referral:
    """What was put to a provider: for which care; `network` when many were asked at once."""

    care_type: str
    provider: str
    network: bool = False


Referrals = Mapping[str, Referral]
"""By their id."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case with its events as they were recorded; `care_type` is the first wish."""

    facts: CaseFacts
    recorded: tuple[Event, ...]
    care_type: str
    standing: tuple[Event, ...] = field(init=False)
    """After the corrections, in the order of their days."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "standing", tuple(in_order(self.facts, self.recorded)))

    def events(self, period: Period, *kinds: EventKind) -> list[Event]:
        return [event for event in self.standing if event.kind in kinds and event.occurred in period]

    def turns(self, period: Period) -> list[Turn]:
        """Those that began in the period, as they stood on its last day. Something happens where a turn begins."""
        if not any(event.occurred in period for event in self.standing):
            return []
        return [turn for turn in turns_of(self.facts, self.recorded, period.last) if turn.began in period]
