"""A quarter of a year, as people write it: 2026-Q3."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

PATTERN = r"^20[0-9]{2}-Q[1-4]$"


@dataclass(frozen=True, slots=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def parse(cls, written: str) -> "Quarter":
        assert re.fullmatch(PATTERN, written)
        return cls(int(written[:4]), int(written[-1]))

    @classmethod
    def last_before(cls, today: date) -> "Quarter":
        """The last that is over."""
        before = date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
        return cls(before.year, (before.month + 2) // 3)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        after = date(self.year + 1, 1, 1) if self.number == 4 else date(self.year, self.number * 3 + 1, 1)
        return after - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"
