"""What a region learns from its cases: time per step, the expert team and escalation, contact, and turning eighteen."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from matcher.case_events import Actor, EventKind, Route
from matcher.case_history import PLACEMENTS
from matcher.coming_of_age import ADULT, first_day_at
from matcher.elapsed import Ending, Turn, done_within
from matcher.lessons import UNSAID, Case, Period, Referrals, Share

E = EventKind

ONE_DAY = timedelta(days=1)

# --- time per step ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepTime:
    """One kind of turn on one route. Days are working days; None where too few were followed for so long."""

    route: Route
    step: str
    code: str
    actor: Actor
    turns: int
    done: int
    open: int
    middle_days: int | None
    long_days: int | None
    """One in ten takes longer."""
    term_days: int | None
    """The term that at least half of them had; None where it differs from case to case."""
    in_time: Share
    """Of those of which it is known: done, or the term went by."""

    @property
    def late(self) -> int:
        return self.in_time.whole - self.in_time.part


def step_times(turns: Iterable[Turn]) -> list[StepTime]:
    """One row per route, step and duty; the most often late first."""

    def place(turn: Turn) -> tuple[str, ...]:
        return turn.route, turn.step, turn.code, turn.actor

    rows = [_step_time(list(of_step)) for _, of_step in groupby(sorted(turns, key=place), key=place)]
    return sorted(rows, key=lambda row: (-row.late, row.route, row.step, row.code))


def _step_time(turns: Sequence[Turn]) -> StepTime:
    one = turns[0]
    judged = [turn for turn in turns if turn.is_judged]
    ((term, common),) = Counter(turn.allowed for turn in turns).most_common(1)
    return StepTime(
        one.route,
        one.step,
        one.code,
        one.actor,
        turns=len(turns),
        done=sum(turn.ending is Ending.DONE for turn in turns),
        open=sum(turn.ending is Ending.OPEN for turn in turns),
        middle_days=done_within(turns, 0.5),
        long_days=done_within(turns, 0.9),
        term_days=term if 2 * common >= len(turns) else None,
        in_time=Share(sum(not turn.late for turn in judged), len(judged)),
    )


# --- the expert team and escalation ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Escalations:
    """What the regional expert team concluded, and what stood in the way: one outcome and one cause per child."""

    registered: int
    outcomes: Mapping[str, int]
    causes: Mapping[str, int]
    """Of those for whom nobody saw fitting help, or who were escalated."""

    @property
    def share(self) -> Share:
        """For whom the team saw no fitting help."""
        return Share(self.outcomes.get("no-view", 0), sum(self.outcomes.values()))


def escalations(cases: Iterable[Case], period: Period) -> Escalations:
    """The last that was said in the period counts; of a cause, the analysis of the escalation above the outcome."""
    outcomes: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    registered = 0
    for case in cases:
        registered += bool(case.events(period, E.RET_REGISTERED))
        said = [str(event.values["outcome"]) for event in case.events(period, E.RET_OUTCOME)]
        outcomes.update(said[-1:])
        if said[-1:] == ["no-view"] or case.events(period, E.ESCALATION_REPORTED):
            causes[_cause(case, period)] += 1
    return Escalations(registered, dict(outcomes), dict(causes))


def _cause(case: Case, period: Period) -> str:
    told = [*case.events(period, E.RET_OUTCOME), *case.events(period, E.ESCALATION_ANALYSED)]
    return next((str(event.values["cause"]) for event in reversed(told) if "cause" in event.values), UNSAID)


# --- contact with the local team -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whether workers of other organisations reached the local team."""

    failed: Share
    """Cases in which contact failed, of those in which it had to be made."""
    repaired: int
    middle_days: int | None
    """Working days until the regional contact person, or the worker, had made it after all."""


def contacts(cases: Sequence[Case], turns: Sequence[Sequence[Turn]], period: Period) -> Contacts:
    """`turns` are those of each case. Who is of the local team itself has nobody to reach."""
    sought = failed = 0
    for case, told in zip(cases, turns, strict=True):
        has_failed = bool(case.events(period, E.CONTACT_FAILED))
        failed += has_failed
        sought += has_failed or any(turn.code == "talk-with-local-team" for turn in told)
    repairs = [turn for told in turns for turn in told if turn.code == "make-contact"]
    repaired = sum(turn.ending is Ending.DONE for turn in repairs)
    return Contacts(Share(failed, sought), repaired, done_within(repairs, 0.5))


# --- from 17 to 18 ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfAge:
    """Who turned eighteen in the period while staying somewhere."""

    stayed: Share
    """Whose stay went on after the month in which they turned eighteen."""
    arranged: int
    """For whom adult care was arranged by then."""


def of_age(cases: Iterable[Case], referrals: Referrals, stays: Callable[[str], bool], period: Period) -> OfAge:
    """Of a birthday only the month is known: the stay began before that month, and ended in it or did not."""
    turned = stayed = arranged = 0
    for case in cases:
        first, after = (first_day_at(case.facts.birth_month, months) for months in (ADULT, ADULT + 1))
        if first not in period or after - ONE_DAY not in period:
            continue
        for care_type, began, ended in _helped(case, referrals):
            if stays(care_type) and began < first and (ended is None or ended >= first):
                turned += 1
                stayed += ended is None or ended >= after
                arranged += any(
                    event.kind is E.ADULT_CARE_ARRANGED and event.occurred < after for event in case.standing
                )
    return OfAge(Share(stayed, turned), arranged)


def _helped(case: Case, referrals: Referrals) -> Iterator[tuple[str, date, date | None]]:
    """Each time of help: which care, from when, until when."""
    care_type, began = case.care_type, None
    for event in case.standing:
        known = referrals.get(event.referral or "")
        if event.kind in {E.REFERRAL_ACCEPTED, E.NETWORK_CONFIRMED, *PLACEMENTS} and known is not None:
            care_type = known.care_type
        if event.kind in PLACEMENTS and began is None:
            began = event.occurred
        if event.kind in {E.ENDED, E.REOPENED} and began is not None:
            yield care_type, began, event.occurred
            began = None
    if began is not None:
        yield care_type, began, None
