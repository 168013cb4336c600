"""The report for the council as it goes over the wire, and what a region aims at. Every value comes with its words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from availability.council.periods import Period
from availability.messages import CodeAndName, Message
from matcher.council import BY_CODE, MOST, TARGETED, Better, Measure
from matcher.council_judging import Movement, Reached, Visibility

EARLIEST = date(2015, 1, 1)
"""The Jeugdwet began; nobody aimed at anything before."""


class ReportPeriod(Message):
    """A quarter (`2026-Q3`) or a year (`2026`) that there is a report of."""

    code: str
    name: str
    first_day: date
    last_day: date
    complete: bool
    """false: of this year not all quarters were published yet."""

    @classmethod
    def of(cls, period: Period) -> Self:
        return cls(
            code=period.code,
            name=period.name,
            first_day=period.first_day,
            last_day=period.last_day,
            complete=period.complete,
        )


class FigureTarget(Message):
    """What is aimed at, as it held on the last day of the period."""

    value: float
    text: str
    own: bool
    """Chosen by the region; else what is usual."""
    source: str
    valid_from: date | None
    set_on: date | None
    afterwards: bool
    """It was set after the period was over."""


class FigureTrend(Message):
    """Held against an earlier period."""

    against: str
    """What that period is called in a sentence."""
    period: str
    value: float | None
    value_text: str
    trend: Movement
    text: str


class FigurePoint(Message):
    """One quarter of the line of a figure. `value` null: hidden, or not known."""

    period: str
    value: float | None
    text: str


class CouncilFigure(Message):
    """One figure with all that belongs to it."""

    indicator: CodeAndName
    leading: bool
    meaning: str
    area: CodeAndName
    """Whose figure it is: in a municipality's report some are of the region."""
    unit: Measure
    better: Better
    state: Visibility
    value: float | None
    part: int | None
    whole: int | None
    text: str
    """The value with its unit, or what stands in its place."""
    from_how_much: str
    target: FigureTarget | None
    reached: Reached
    reached_text: str
    trends: list[FigureTrend]
    line: list[FigurePoint]
    """Two years, quarter by quarter, up to the last of the period."""
    sentence: str
    how: str
    computed: str
    """How this very value came about."""


class CouncilReport(Message):
    """The figures for the council of one area over one period."""

    version: int
    """Of the definition of the figures."""
    title: str
    area: CodeAndName
    region: CodeAndName
    period: ReportPeriod
    published_at: datetime
    """When the last of its quarters was published."""
    figures: list[CouncilFigure]
    notes: list[str]
    """What one should know when reading: small numbers, whose figures, what they do not say."""
    sources: list[str]


class OwnTarget(Message):
    """What a region chose to aim at. `value` null: nothing of its own any more."""

    value: float | None
    valid_from: date
    set_on: date


class RegionTarget(Message):
    """One indicator, with what the region aims at and ever aimed at."""

    indicator: CodeAndName
    unit: Measure
    better: Better
    usual: float | None
    """What holds where the region chose nothing."""
    usual_source: str
    own: OwnTarget | None
    history: list[OwnTarget]
    """Every choice, the newest first."""


class RegionTargets(Message):
    region: CodeAndName
    targets: list[RegionTarget]
    etag: str | None
    """null: the region never chose anything."""


class TargetContent(Message):
    """Aim at this value from this day on."""

    indicator: str
    value: Annotated[float, Field(gt=0, le=max(MOST.values()))]
    valid_from: date

    @field_validator("indicator")
    @classmethod
    def may_be_aimed_at(cls, given: str) -> str:
        if given not in TARGETED:
            raise PydanticCustomError("unknown", "Voor dit cijfer is geen doel mogelijk.")
        return given

    @field_validator("value")
    @classmethod
    def in_tenths(cls, given: float) -> float:
        if abs(given * 10 - round(given * 10)) > 1e-6:
            raise PydanticCustomError("tenths", "Geef hoogstens één cijfer achter de komma.")
        return round(given, 1)

    @field_validator("valid_from")
    @classmethod
    def not_before_the_law(cls, given: date) -> date:
        if given < EARLIEST:
            raise PydanticCustomError("early", "Geef een dag vanaf 1 januari 2015.")
        return given

    @model_validator(mode="after")
    def no_slip_of_the_pen(self) -> Self:
        most = MOST[BY_CODE[self.indicator].unit]
        if self.value > most:
            raise PydanticCustomError("much", "Dit kan niet kloppen: geef hoogstens {most}.", {"most": round(most)})
        return self


class TargetsContent(Message):
    """All that the region aims at itself, one per indicator. What is left out has the usual target again."""

    targets: Annotated[list[TargetContent], Field(max_length=len(TARGETED))]

    @field_validator("targets")
    @classmethod
    def once_each(cls, given: Sequence[TargetContent]) -> Sequence[TargetContent]:
        if len({each.indicator for each in given}) < len(given):
            raise PydanticCustomError("twice", "Geef per cijfer één doel.")
        return given
