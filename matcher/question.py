"""What a worker asks: one child's need, without a name, a number or a date of birth.

Plain values only. Codes of care types, needs and settings are the shared vocabulary's; the question does not know what
they mean, it only carries them.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_BIRTH_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class Urgency(StrEnum):
    """How much an early start weighs; the weights per urgency are in `criteria`."""

    REGULAR = "regular"
    URGENT = "urgent"


class Gender(StrEnum):
    BOY = "boy"
    GIRL = "girl"
    OTHER = "other"


class Setting(StrEnum):
    """Where the help takes place."""

    HOME = "home"
    LOCATION = "location"
    SCHOOL = "school"
    ONLINE = "online"
    FAMILY = "family"
    GROUP = "group"
    SECURE = "secure"


class Scope(StrEnum):
    """How wide an offer is contracted, nearest first."""

    LOCAL = "local"
    REGIONAL = "regional"
    SUPRAREGIONAL = "supraregional"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Month:
    """A birth month: all that is known of a child's age."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `YYYY-MM`. Raises ValueError on anything else."""
        if not _BIRTH_MONTH.fullmatch(text):
            raise ValueError("a birth month is written as YYYY-MM")
        year, month = text.split("-")
        return cls(int(year), int(month))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Place:
    """A point in WGS84 degrees."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Question:
    """One request for care, as the ranking needs it.

    `needs` is a bit mask over the shared list of needs (bit numbers in the vocabulary). `care_types` is in order of
    preference. `max_distance_km` None means no hard limit. `siblings` counts the brothers and sisters who stay together
    with this child (0: none). `gender` and `setting` None mean not given, and never exclude.
    """

    municipality: str
    home: Place
    birth_month: Month
    care_types: tuple[str, ...]
    needed_from: date
    urgency: Urgency = Urgency.REGULAR
    max_distance_km: float | None = None
    needs: int = 0
    gender: Gender | None = None
    siblings: int = 0
    past_eighteen: bool = False
    setting: Setting | None = None
