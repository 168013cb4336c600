"""The API's call behind "Leren", what it answers, and the periods that one can ask."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from dashboard.answers import Answer, Named
from dashboard.client import Client
from dashboard.texts import lessons as words


class Share(Answer):
    part: int
    whole: int
    percent: int | None

    @property
    def said(self) -> str:
        """ "12 van 40 (30 %)"."""
        if self.percent is None:
            return words.UNKNOWN
        return words.OF_WITH_PERCENT.format(part=self.part, whole=self.whole, percent=self.percent)


class Period(Answer):
    """Whole quarters."""

    since: date
    until: date

    @property
    def months(self) -> dict[str, str]:
        """ "oktober 2025" and "september 2026"."""
        return {name: format_date(day, "MMMM yyyy", locale="nl") for name, day in self}


class Lesson(Answer):
    about: str
    now: Share
    before: Share
    text: tuple[str, ...]
    definition: str
    counted: str

    @property
    def is_known(self) -> bool:
        return self.now.whole > 0


class Count(Named):
    count: int


class Step(Answer):
    route: str
    step_name: str
    task: Named
    actor: Named
    turns: int
    open: int
    middle_days: int | None
    long_days: int | None
    term_days: int | None
    in_time: Share


class Refused(Answer):
    care_type: Named | None
    refusals: int
    answers: int
    reasons: tuple[Count, ...]
    unsplit: int


class Escalations(Answer):
    registered: int
    outcomes: tuple[Count, ...]
    causes: tuple[Count, ...]


class Contacts(Answer):
    failed: Share
    repaired: int


class Waited(Answer):
    care_type: Named
    starts: int
    stated_days: int
    realised_days: int


class Size(Named):
    providers: int
    unasked: int
    offers: Share
    referrals: Share


class Places(Answer):
    day: date
    in_families: int
    in_groups: int
    unknown: int


class OfAge(Answer):
    stayed: Share
    arranged: int


class Lessons(Answer):
    """None: not for this role."""

    region: Named
    period: Period
    before: Period
    lessons: tuple[Lesson, ...]
    refusals: tuple[Refused, ...]
    waits: tuple[Waited, ...]
    sizes: tuple[Size, ...]
    places: tuple[Places, ...]
    steps: tuple[Step, ...] | None
    escalations: Escalations | None
    contacts: Contacts | None
    of_age: OfAge | None


@dataclass(frozen=True, slots=True)
class Learning:
    """Asks what a region can learn, as somebody."""

    client: Client
    token: str
    region: str

    def lessons(self, period: Period) -> Lessons:
        asked = {"since": period.since.isoformat(), "until": period.until.isoformat()}
        return self.client.get(f"regions/{self.region}/lessons", Lessons, self.token, asked)


QUARTERS = 4


def periods(today: date) -> list[Period]:
    """What one can choose: the last four quarters that are over, together and each, and the four before them."""
    firsts = [date(today.year, (today.month - 1) // 3 * 3 + 1, 1)]
    while len(firsts) <= 2 * QUARTERS:
        before = firsts[-1] - timedelta(days=1)
        firsts.append(date(before.year, before.month - 2, 1))
    ends = [first - timedelta(days=1) for first in firsts]
    year, year_before = Period(since=firsts[4], until=ends[0]), Period(since=firsts[8], until=ends[4])
    return [year, *(Period(since=firsts[at + 1], until=ends[at]) for at in range(QUARTERS)), year_before]


def name_of(period: Period) -> str:
    is_quarter = (period.until - period.since).days < 100
    return (words.ONE_QUARTER if is_quarter else words.FOUR_QUARTERS).format(**period.months)
