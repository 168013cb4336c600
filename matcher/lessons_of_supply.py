"""What a region learns of its supply: who is asked and who stays unseen, where places grow, and what waits became."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.case_events import EventKind
from matcher.lessons import Case, Period, Referrals, Share

E = EventKind

# --- small and large providers ---------------------------------------------------------------------------------------

SIZES: Mapping[str, Callable[[int], bool]] = {
    "small": lambda offers: offers <= 2,
    "middle": lambda offers: 2 < offers < 10,
    "large": lambda offers: offers >= 10,
}
"""By the number of offers that a provider has in all: one or two, up to nine, ten and more. Ours: nobody defines it."""


@dataclass(frozen=True, slots=True)
class Provider:
    code: str
    offers: int
    """All that it has published."""
    usable: int
    """Those that the region can use."""


@dataclass(frozen=True, slots=True)
class SizeClass:
    size: str
    providers: int
    unasked: int
    """Providers without any referral in the period."""
    offers: Share
    """Of all that the region can use."""
    referrals: Share
    """Of all that the region sent."""


def by_size(
    cases: Iterable[Case], referrals: Referrals, providers: Iterable[Provider], period: Period
) -> list[SizeClass]:
    """The small ones first. Asking the network is not counted: it asks everybody."""
    sent: Counter[str] = Counter()
    for case in cases:
        for event in case.events(period, E.REFERRAL_SENT):
            referral = referrals.get(event.referral or "")
            if referral is not None and not referral.network:
                sent[referral.provider] += 1
    known = [each for each in providers if each.usable]
    offers, all_sent = sum(each.usable for each in known), sum(sent[each.code] for each in known)
    rows = []
    for size, belongs in SIZES.items():
        those = [each for each in known if belongs(each.offers)]
        rows.append(
            SizeClass(
                size,
                len(those),
                sum(not sent[each.code] for each in those),
                Share(sum(each.usable for each in those), offers),
                Share(sum(sent[each.code] for each in those), all_sent),
            )
        )
    return rows


# --- living in a family or in a group --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlacesAt:
    """Places with a stay that stood in the region at the end of a day."""

    day: date
    family: int
    """Foster families and family homes (CBS forms 11 and 12)."""
    group: int
    """Secure and other residential care (13 and 14)."""
    unknown: int
    """Offers of which nothing was ever stated."""

    @property
    def share(self) -> Share:
        return Share(self.family, self.family + self.group)


# --- stated and real waits -------------------------------------------------------------------------------------------

WORTH_A_WORD_DAYS = 7
"""From a week on; less is how waits are rounded."""


@dataclass(frozen=True, slots=True)
class Waited:
    """Of one care type: what was stated when children were referred, and what it took, in days, in the middle."""

    care_type: str
    starts: int
    stated: int
    realised: int

    @property
    def late_days(self) -> int:
        return self.realised - self.stated


def later_than_stated(waits: Iterable[Waited]) -> Share:
    """The starts of care types that take longer than stated."""
    rows = list(waits)
    late = sum(each.starts for each in rows if each.late_days >= WORTH_A_WORD_DAYS)
    return Share(late, sum(each.starts for each in rows))
