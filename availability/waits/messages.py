"""What a provider gets back, as it goes over the wire. Null means too few to say, or not known; it never means zero.

A number of questions is told when it is zero, or five or more, and when no smaller one is found by subtraction."""

from datetime import date, datetime

from availability.messages import CodeAndName, Message
from matcher.criteria import Criterion
from matcher.fit import Rule
from matcher.freshness import Freshness


class Start(Message):
    """A child of ours that started: how long it took, beside what was stated on the day of the referral."""

    started_on: date
    waited_days: int
    stated_wait_days: int
    after_allocation_days: int | None
    """From the allocation (301) to the start, where an allocation was sent."""


class LostPoints(Message):
    criterion: Criterion
    points: float
    """Short of the maximum, on average over the questions that asked about it: five or more."""


class Fresh(Message):
    """What a statement of today would change."""

    points: float
    """More, on average."""
    rank: int
    """The place in the middle, then."""


class Ranked(Message):
    """How an offer came out in the questions in which it fitted: five or more, and not how many."""

    rank: int
    """The place in the middle: half of the times higher, half lower."""
    of: int
    """How many offers then fitted, in the middle."""
    lost: list[LostPoints]
    """Most first; what cost nothing is left out."""
    fresh: Fresh | None
    """Null when the statement is of today, or nothing was ever stated."""


class OfferFeedback(Message):
    offer_id: int
    name: str
    care_type: CodeAndName
    place: str
    stated_at: datetime | None
    age_days: int | None
    """Null: nothing was ever stated."""
    freshness: Freshness | None
    due_on: date | None
    """The last day on which the statement counts as kept up to date."""
    stated_wait_days: int | None
    realised_wait_days: int | None
    """What a start takes by the latest real ones, whatever is stated."""
    late_days: int | None
    """How much later than stated starts came lately; negative: sooner."""
    starts: list[Start]
    """Of the past year, newest first."""
    ranked: Ranked | None
    """Null when fewer than five questions could be asked of it."""


class UnservedRule(Message):
    """Questions for which the provider's nearest offer fell out by this rule."""

    rule: Rule
    text: str
    count: int
    needs: list[CodeAndName]
    """What was asked for in five or more of them, most often first; where a need was the reason, that need."""


class UnservedCareType(Message):
    """Questions for which the provider's nearest offer was of this care type."""

    care_type: CodeAndName
    count: int


class Unserved(Message):
    """Questions in the provider's area that none of its offers could serve."""

    count: int | None
    by_rule: list[UnservedRule]
    other: int | None
    """By rules that are each too seldom to show; null when that too is too few."""
    by_care_type: list[UnservedCareType]
    other_care_types: int | None
    """Of care types that are each too seldom to show; null when that too is too few."""


class Places(Message):
    """The best place in each question that the provider could serve. Null: too few, or it would give away another."""

    first: int | None
    top_three: int | None
    """Second or third."""
    top_ten: int | None
    """Fourth to tenth."""
    lower: int | None


class Feedback(Message):
    """What the questions and the starts of late say to a provider. Questions are counted over the last whole quarter;
    of each case the newest."""

    since: date
    """The first day that is counted: of the quarter, or later where there were too many questions to look at."""
    until: date
    served: int | None
    places: Places | None
    unserved: Unserved
    ranked_since: date
    """How offers came out is told over the newest questions from this day on, up to the last Sunday."""
    ranked_until: date
    offers: list[OfferFeedback]
