"""What a provider gets back, as it goes over the wire. Null means too few to say, or not known; it never means zero."""

from datetime import date, datetime

from availability.messages import CodeAndName, Message
from matcher.criteria import Criterion
from matcher.fit import Rule


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
    """Short of the maximum, on average over the questions that asked about it."""


class Fresh(Message):
    """What a statement of today would change."""

    points: float
    """More, on average."""
    rank: int
    """The place in the middle, then."""


class Ranked(Message):
    """How an offer came out in the questions in which it fitted."""

    questions: int
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


class UnservedNeed(Message):
    need: CodeAndName
    count: int


class Unserved(Message):
    """Questions in the provider's area that none of its offers could serve. Counts below five are hidden."""

    count: int | None
    by_rule: list[UnservedRule]
    other: int | None
    """By rules that are each too seldom to show; null when that too is too few."""
    needs: list[UnservedNeed]
    """Of those that asked for what the provider cannot offer: which needs."""


class Places(Message):
    """The best place in each question that the provider could serve."""

    first: int
    top_three: int
    """Second or third."""
    top_ten: int
    """Fourth to tenth."""
    lower: int


class Feedback(Message):
    """What the questions and the starts of late say to a provider."""

    since: date
    """Questions from this day on; of each case the newest."""
    served: int | None
    """Null when fewer than five."""
    places: Places | None
    unserved: Unserved
    offers: list[OfferFeedback]
