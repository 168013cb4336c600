"""The periods that figures are published over: quarters, each over before anything of it is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read `2026-Q3`. Raises ValueError on anything else."""
        found = _QUARTER.fullmatch(code)
        if not found:
            raise ValueError("a quarter is written as YYYY-Qn")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def last_before(cls, today: date) -> Self:
        """The quarter that was over most lately."""
        ended = cls(today.year, (today.month - 1) // 3 + 1).first_day - timedelta(days=1)
        return cls(ended.year, (ended.month - 1) // 3 + 1)

    @classmethod
    def of_two_years(cls, today: date) -> Iterator[Self]:
        """The oldest first: all of the year before, and what is over of the year of the quarter that ended last."""
        newest = cls.last_before(today)
        for year in (newest.year - 1, newest.year):
            yield from (cls(year, number) for number in range(1, 5 if year < newest.year else newest.number + 1))

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def a_year_before(self) -> "Quarter":
        return Quarter(self.year - 1, self.number)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        year, month = divmod(self.year * 12 + 3 * self.number, 12)
        return date(year, month + 1, 1) - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"
