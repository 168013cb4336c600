"""What a region learns, as it goes over the wire. Exact counts, for the region itself; no case, no text, no child."""

from datetime import date
from typing import Self

from availability.messages import CodeAndName, Message
from matcher.lessons import Period, Share
from matcher.lessons_words import DEFINITIONS, Lesson


class ShareTold(Message):
    part: int
    whole: int
    percent: int | None
    """None of none: nothing is known."""

    @classmethod
    def of(cls, share: Share) -> Self:
        return cls(part=share.part, whole=share.whole, percent=share.percent)


class PeriodTold(Message):
    """Whole quarters that are over."""

    since: date
    until: date

    @classmethod
    def of(cls, period: Period) -> Self:
        return cls(since=period.first, until=period.last)


class LessonTold(Message):
    """What one figure means."""

    about: str
    now: ShareTold
    before: ShareTold
    """Of the year before."""
    children: int
    """How many children it touches; 0 where it is about supply."""
    text: list[str]
    definition: str
    """How it was computed."""
    counted: str
    """From how many."""

    @classmethod
    def of(cls, lesson: Lesson) -> Self:
        return cls(
            about=lesson.about.value,
            now=ShareTold.of(lesson.now),
            before=ShareTold.of(lesson.before),
            children=lesson.children,
            text=lesson.sentences,
            definition=DEFINITIONS[lesson.about],
            counted=lesson.counted,
        )


class CountOf(CodeAndName):
    count: int


class StepTold(Message):
    """One kind of turn on one route, in working days."""

    route: str
    step: str
    step_name: str
    task: CodeAndName
    actor: CodeAndName
    turns: int
    """That began in the period."""
    done: int
    open: int
    """On the last day of the period."""
    middle_days: int | None
    """Within which half was done, those that are open or stopped counted as far as they came; null: not known yet."""
    long_days: int | None
    """Within which nine in ten were done; null: not known yet."""
    term_days: int | None
    """Null: it differs from case to case."""
    in_time: ShareTold
    """Of those of which it is known."""


class RefusedTold(Message):
    care_type: CodeAndName | None
    """Null: all together."""
    refusals: int
    answers: int
    reasons: list[CountOf]
    """Of quarters in which at least five children were refused; the most given first."""
    unsplit: int
    """Refusals of which the reason is not shown, because it could point at a child."""


class EscalationsTold(Message):
    registered: int
    outcomes: list[CountOf]
    causes: list[CountOf]
    """Of the children for whom nobody saw fitting help, or who were escalated."""


class ContactsTold(Message):
    failed: ShareTold
    repaired: int
    middle_days: int | None
    """Working days until contact was made after all."""


class WaitedTold(Message):
    """Days, in the middle, over the starts of the year up to the last day; from five starts on."""

    care_type: CodeAndName
    starts: int
    stated_days: int
    realised_days: int


class SizeTold(CodeAndName):
    providers: int
    unasked: int
    """Providers that nobody was referred to."""
    offers: ShareTold
    referrals: ShareTold


class PlacesTold(Message):
    day: date
    in_families: int
    in_groups: int
    unknown: int
    """Offers of which nothing was ever stated."""


class OfAgeTold(Message):
    """Young people who turned eighteen in the period while they stayed somewhere."""

    stayed: ShareTold
    arranged: int


class LessonsTold(Message):
    """Null: not for this role."""

    region: CodeAndName
    period: PeriodTold
    before: PeriodTold
    lessons: list[LessonTold]
    """What touches most children first."""
    refusals: list[RefusedTold]
    waits: list[WaitedTold]
    sizes: list[SizeTold]
    places: list[PlacesTold]
    """On the day before the period, and at the end of each of its quarters."""
    steps: list[StepTold] | None
    """The most often late first."""
    escalations: EscalationsTold | None
    contacts: ContactsTold | None
    of_age: OfAgeTold | None
