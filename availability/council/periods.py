"""What a report is about: one published quarter, or the quarters of a year that are published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from availability.publication.periods import Quarter

PATTERN = r"^20[0-9]{2}(-Q[1-4])?$"

WRITTEN = ("eerste", "tweede", "derde", "vierde")

LINE_QUARTERS = 9
"""In the line of a figure: two years, and what they began from."""


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, or (part of) a year. Quarters are in order, and there is at least one."""

    code: str
    quarters: tuple[Quarter, ...]

    @classmethod
    def of(cls, code: str, published: Iterable[Quarter]) -> Self | None:
        """The period of this code, as far as it was published; None where nothing was."""
        found = sorted((each for each in published if str(each).startswith(code)), key=str)
        return cls(code, tuple(found)) if found else None

    @property
    def first_day(self) -> date:
        return self.quarters[0].first_day

    @property
    def last_day(self) -> date:
        return self.quarters[-1].last_day

    @property
    def is_year(self) -> bool:
        return len(self.code) == len("2026")

    @property
    def complete(self) -> bool:
        return not self.is_year or len(self.quarters) == 4

    @property
    def name(self) -> str:
        """Derde kwartaal van 2026; 2025; 2026 tot en met kwartaal 3."""
        if not self.is_year:
            return f"{WRITTEN[self.quarters[0].number - 1].capitalize()} kwartaal van {self.quarters[0].year}"
        if self.complete:
            return self.code
        numbers = " en ".join(str(each.number) for each in self.quarters)
        return f"{self.code}, kwartaal {numbers}" if len(self.quarters) < 3 else f"{self.code}, drie kwartalen"

    def a_year_before(self) -> "Period":
        """The same quarters of the year before, so that part of a year is held against the same part."""
        before = tuple(replace(each, year=each.year - 1) for each in self.quarters)
        return Period(str(before[0].year) if self.is_year else str(before[0]), before)

    def before(self) -> "Period":
        """The quarter that came before this one."""
        quarter = Quarter.last_before(self.first_day)
        return Period(str(quarter), (quarter,))

    def compared(self) -> dict[str, "Period"]:
        """What it is held against, each by what a sentence calls it."""
        if self.is_year:
            return {"het jaar ervoor": self.a_year_before()}
        return {"het kwartaal ervoor": self.before(), "een jaar eerder": self.a_year_before()}

    def line(self) -> tuple[Quarter, ...]:
        """The quarters up to the last of this period, oldest first."""
        found = [self.quarters[-1]]
        while len(found) < LINE_QUARTERS:
            found.append(Quarter.last_before(found[-1].first_day))
        return tuple(reversed(found))


def reported(published: Sequence[Quarter]) -> list[Period]:
    """Every period that there is a report of, the newest first: each quarter, and each year above its quarters."""
    years = sorted({f"{quarter.year}" for quarter in published}, reverse=True)
    codes = [code for year in years for code in (year, *_quarters_of(year, published))]
    return [period for code in codes if (period := Period.of(code, published))]


def _quarters_of(year: str, published: Sequence[Quarter]) -> list[str]:
    return sorted((str(each) for each in published if str(each).startswith(year)), reverse=True)
