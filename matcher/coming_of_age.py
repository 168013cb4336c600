"""What the perspective plan needs when: the plan itself at sixteen, the Wmo adviser at seventeen and a half, adult care
at eighteen.

Of a birthday only the month is known, so each is due on the first day of the month: never too late. A duty shows half a
year ahead; for a child who was past the age when the case opened it is due four weeks after that. Both are our
assumptions.
"""

from dataclasses import dataclass
from datetime import date

from matcher.case_events import EventKind
from matcher.question import Month

MONTHS_AHEAD = 6
WEEKS_WHEN_PAST = 4
ADULT = 18 * 12


@dataclass(frozen=True, slots=True)
class AgeDuty:
    """Something the worker does at an age, in months; `closes` says that it was done."""

    code: str
    age: int
    closes: EventKind


AGE_DUTIES = (
    AgeDuty("make-perspective-plan", 16 * 12, EventKind.PERSPECTIVE_PLAN_MADE),
    AgeDuty("invite-wmo-adviser", 17 * 12 + 6, EventKind.WMO_ADVISER_JOINED),
    AgeDuty("arrange-adult-care", ADULT, EventKind.ADULT_CARE_ARRANGED),
)


def first_day_at(birth_month: Month, months: int) -> date:
    """The first day on which a child born in this month can have reached an age in months."""
    years, month = divmod(birth_month.year * 12 + birth_month.month - 1 + months, 12)
    return date(years, month + 1, 1)
