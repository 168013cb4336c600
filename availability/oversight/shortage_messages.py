"""Shortages, and what would help, as they go over the wire. Exact counts: for the region itself only."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from availability.codes import MunicipalityCode, RegionCode, Slug
from availability.messages import CodeAndName, Message
from matcher.shortage_radar import Shortage

ADVICE = "advice"
"""The code of the sentence that every answer ends with."""


class Said(Message):
    """A reason: a code with its values, and the sentence."""

    code: str
    values: dict[str, Any]
    text: str


class CareKind(CodeAndName):
    """A care type or a whole family; a family is its own code."""

    family: str


class RemedyTold(Message):
    """What stands between these children and places that are free, and what its end would do."""

    cause: str
    children: int
    places: int


class WorthTold(Message):
    """What places more in one cell would add. The curve is exact: the number helped by 1, 2, … places."""

    care_type: CodeAndName
    municipality: CodeAndName
    """Where the places would stand; they are for the whole region."""
    curve: list[int]
    saturated: bool
    """Whether more places than the curve shows would help nobody else."""
    direct: int
    """Children without a place who could go there themselves; the others are helped along a chain."""
    through: str | None
    """The place where a place comes free when the first one is taken."""
    reasons: list[Said]


class Trend(Message):
    """Open requests then; null where nothing was kept yet."""

    last_month: int
    last_year: int


class ShortageTold(Message):
    """One care type or family in one area. Waits in days; null is unknown, never zero."""

    kind: CareKind
    area: CodeAndName
    open_requests: int
    unplaced: int
    """Children who cannot be placed in time within reach: the shortage."""
    median_waited_days: int
    longest_waited_days: int
    expected_days: int | None
    offers: int
    """Contracted and fit for at least one of these children, full or not."""
    places: int
    """Open to at least one of these children, in time."""
    refusals: int
    """In the last 90 days, for want of room."""
    stated_days_ago: int | None
    certainty: str
    hurt_weeks: int
    cause: str
    remedies: list[RemedyTold]
    trend: Trend
    worth: WorthTold | None
    """Where in this area places more of this kind help most; null if nobody is without a place."""
    reasons: list[Said]

    @classmethod
    def of(cls, cell: Shortage, **told: Any) -> "ShortageTold":  # noqa: ANN401 - the other fields
        return cls(
            open_requests=cell.open_requests,
            unplaced=cell.unplaced,
            median_waited_days=cell.median_waited,
            longest_waited_days=cell.longest_waited,
            expected_days=cell.expected_days,
            offers=cell.offers,
            places=cell.places,
            stated_days_ago=cell.stated_days_ago,
            certainty=cell.certainty.value,
            hurt_weeks=cell.hurt,
            cause=cell.cause.value,
            remedies=[
                RemedyTold(cause=each.cause.value, children=each.children, places=each.places) for each in cell.remedies
            ],
            **told,
        )


class Neighbour(Message):
    """A region with places that fit, which our contracts do not reach."""

    region: CodeAndName
    places: int


class AboveTheRegion(Message):
    """Children whom no place in the region can serve, of one care type."""

    care_type: CareKind
    children: int
    neighbours: list[Neighbour]
    boeg: int
    """Of them, those for whom no single change opens a place anywhere near: the BOEG may add its expertise."""


class ShortagesTold(Message):
    region: CodeAndName
    today: date
    as_of: datetime
    in_time_within_days: int
    """A setting: help that starts within so many days of the wanted day is in time."""
    shortages: list[ShortageTold]
    """Worst first: by the weeks that children without a place waited and will still wait, together."""
    above_the_region: list[AboveTheRegion]
    advice: Said


class ObviousRule(Message):
    """What a rule of thumb would choose, and what that would add."""

    rule: str
    worth: WorthTold
    reasons: list[Said]


class WorthsTold(Message):
    region: CodeAndName
    today: date
    as_of: datetime
    cells: list[WorthTold]
    """Where places more help somebody, most first."""
    obvious_rules: list[ObviousRule]
    advice: Said


class Imagined(Message):
    """A what-if. Only the fields that its kind names count; another one is a fault."""

    kind: Literal["more-places", "wider-contract", "distance-norm", "stop-lifted"]
    care_type: Slug
    municipality: MunicipalityCode | None = None
    """Where the places come, for more-places."""
    places: int | None = Field(default=None, ge=1, le=100)
    from_region: RegionCode | None = None
    """Whose places may be used, for wider-contract."""
    max_km: float | None = Field(default=None, ge=1, le=500)


class BandTold(Message):
    """Eight in ten futures lie between low and high."""

    low: float
    middle: float
    high: float


class ImaginedTold(Message):
    """What would change. Waits come from a simulation of one queue, with its uncertainty."""

    region: CodeAndName
    today: date
    as_of: datetime
    kind: str
    helped: int
    """How many of the region's children more could be placed in time; below zero: fewer."""
    helped_elsewhere: int
    opened_places: int
    """Places that the region's children can use beyond those of now."""
    wait_now_days: BandTold
    wait_then_days: BandTold
    sooner_days: BandTold
    started_more_a_year: BandTold
    children_a_place_a_year: float
    """By the length of a stay."""
    reasons: list[Said]
    advice: Said
