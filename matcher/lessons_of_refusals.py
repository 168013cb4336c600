"""What a region learns from refusals: how many, of which care, and why, without pointing at a child."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.case_events import EventKind
from matcher.lessons import UNSAID, Case, Period, Referrals, Share
from matcher.splitting import split_of

E = EventKind


@dataclass(frozen=True, slots=True)
class Refused:
    """Answers to referrals for one care type, or for all together."""

    care_type: str | None
    refusals: int
    answers: int
    reasons: Mapping[str, int]
    """Of the quarters in which so many children were refused that no reason points at one of them."""

    @property
    def share(self) -> Share:
        return Share(self.refusals, self.answers)

    @property
    def unsplit(self) -> int:
        """Refusals of which the reason is not shown."""
        return self.refusals - sum(self.reasons.values())


@dataclass(frozen=True, slots=True)
class _Answer:
    case: int
    care_type: str
    quarter: tuple[int, int]
    reason: str | None
    """None: accepted."""


def refusals(cases: Sequence[Case], referrals: Referrals, period: Period) -> list[Refused]:
    """For all together first, then per care type, most refusals first. Asking the network is not counted."""
    answers = list(_answers(cases, referrals, period))
    split = _splittable(answers)
    rows = [
        _refused(care_type, [each for each in answers if each.care_type == care_type], split)
        for care_type in {each.care_type for each in answers}
    ]
    return [
        _refused(None, answers, split),
        *sorted(rows, key=lambda row: (-row.refusals, -row.answers, row.care_type or "")),
    ]


def touched_by(cases: Sequence[Case], referrals: Referrals, period: Period) -> int:
    """The children of whom a referral was refused."""
    return len({each.case for each in _answers(cases, referrals, period) if each.reason is not None})


def _answers(cases: Sequence[Case], referrals: Referrals, period: Period) -> Iterator[_Answer]:
    for at, case in enumerate(cases):
        for event in case.events(period, E.REFERRAL_ACCEPTED, E.REFERRAL_REFUSED):
            referral = referrals.get(event.referral or "")
            if referral is None or referral.network:
                continue
            refused = event.kind is E.REFERRAL_REFUSED
            reason = str(event.values.get("reason", UNSAID)) if refused else None
            yield _Answer(at, referral.care_type, _quarter(event.occurred), reason)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


Split = Mapping[tuple[int, int], frozenset[str] | None]


def _splittable(answers: Sequence[_Answer]) -> Split:
    """Per quarter, so that two periods subtracted leave a quarter that was judged by itself."""
    refused = [each for each in answers if each.reason is not None]
    return {
        quarter: split_of(
            {
                care_type: frozenset(
                    each.case for each in refused if each.quarter == quarter and each.care_type == care_type
                )
                for care_type in {each.care_type for each in refused if each.quarter == quarter}
            }
        )
        for quarter in {each.quarter for each in refused}
    }


def _refused(care_type: str | None, answers: Sequence[_Answer], split: Split) -> Refused:
    refused = [(each.quarter, each.reason) for each in answers if each.reason is not None]
    shown = {quarter for quarter, those in split.items() if those is not None and care_type in {None, *those}}
    reasons = Counter(reason for quarter, reason in refused if quarter in shown)
    return Refused(care_type, len(refused), len(answers), dict(sorted(reasons.items())))
