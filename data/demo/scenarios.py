"""The lives of the cases in the demo, as a table: what happened how many working days ago, in both routes.

Each is what a worker meets: a new case, one that waits for another, one that is late, stuck, worrying or escalated.
"""

from dataclasses import dataclass, field

from matcher.case_events import EventKind as E
from matcher.case_events import Value

FIRST, SECOND = 0, 1
"""Which of a case's two referrals an event is about."""

Words = dict[str, str]


@dataclass(frozen=True)
class Said:
    """One thing that happened, and who recorded it; `in_days` turns a number into that day from today."""

    ago: int
    kind: E
    about: int | None = None
    by: str = "worker"
    notes: Words = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    in_days: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """Opened so many working days ago; how many cases live like this; help was needed by then."""

    opened: int
    said: tuple[Said, ...] = ()
    cases: int = 2
    route: str = "301"
    needed_in_days: int = 30
    age: int | None = None
    """Of the child, in years; None: as the offer asks."""
    protection: bool = False
    """Only at a certified institution: a local team does not lose contact with itself."""


def _begun(talked: int, determined: int, sent: int) -> tuple[Said, ...]:
    """Steps 1 to 3 as they should go; the referral goes out with the determination."""
    return (
        Said(talked, E.TALKED_WITH_LOCAL_TEAM, notes={"agreed": "Eerst kijken of er plek is bij een gezinshuis."}),
        Said(determined, E.DETERMINED, notes={"volume": "Zeven etmalen per week."}, in_days={"from": 20, "until": 380}),
        Said(sent, E.DETERMINATION_SENT),
        Said(sent, E.REFERRAL_SENT, FIRST),
    )


def _allocated(ago: int) -> tuple[Said, ...]:
    """The 301, and a day later the provider's return message."""
    return (
        Said(ago, E.ALLOCATION_SENT, FIRST, by="back-office"),
        Said(ago - 1, E.ALLOCATION_ACKNOWLEDGED, FIRST, by="provider"),
    )


def _refused(ago: int, about: int = FIRST, reason: str = "no-place") -> Said:
    return Said(ago, E.REFERRAL_REFUSED, about, by="provider", values={"reason": reason})


_STUCK = (*_begun(24, 22, 21), *_allocated(18), _refused(15))
_TWICE = (*_STUCK, Said(14, E.REFERRAL_SENT, SECOND, values={"answerDays": 3}), _refused(11, SECOND, "no-timely-place"))
_FOUND = (
    *_begun(24, 22, 21),
    *_allocated(18),
    Said(16, E.REFERRAL_ACCEPTED, FIRST, by="provider", in_days={"startDate": -8}),
)
_BRIDGED = {
    "reviewer": "gedragswetenschapper",
    "bridgingHelp": "Ambulante begeleiding thuis, twee keer per week.",
    "situation": "De spanning thuis loopt op.",
}
_OUTCOME = {"outcome": "no-view", "cause": "waiting-times"}

SCENARIOS: dict[str, Scenario] = {
    "new": Scenario(0, cases=4),
    "intended": Scenario(2, (Said(1, E.INTENTION_RECORDED, notes={"intention": "Een plek in een gezin."}),), cases=3),
    "no contact yet": Scenario(3, cases=2, protection=True),
    "no contact in time": Scenario(6, cases=1, protection=True),
    "contact failed": Scenario(
        9,
        (Said(3, E.CONTACT_FAILED, notes={"tried": "Twee medewerkers gebeld."}, values={"secondTried": True}),),
        protection=True,
    ),
    "contact made": Scenario(
        12,
        (
            Said(7, E.CONTACT_FAILED, notes={"tried": "Drie keer gebeld."}, values={"secondTried": True}),
            Said(5, E.CONTACT_MADE, by="regional", notes={"agreed": "Het team belt zelf."}),
        ),
        cases=1,
        protection=True,
    ),
    "to determine": Scenario(4, (Said(3, E.TALKED_WITH_LOCAL_TEAM, notes={"agreed": "Wonen, dichtbij school."}),)),
    "determination late": Scenario(7, (Said(6, E.TALKED_WITH_LOCAL_TEAM),)),
    "waits for the allocation": Scenario(9, _begun(7, 5, 4), cases=3),
    "allocation late": Scenario(16, _begun(14, 12, 11), cases=2),
    "waits for an answer": Scenario(
        12, (*_begun(10, 8, 7), *_allocated(4)), cases=4
    ),
    "answer late": Scenario(15, (*_begun(13, 12, 11), *_allocated(6)), cases=2),
    "a question": Scenario(
        11,
        (
            *_begun(9, 7, 6),
            *_allocated(4),
            Said(1, E.REFERRAL_QUESTION_ASKED, FIRST, by="provider"),
        ),
    ),
    "found": Scenario(
        12,
        (
            *_begun(10, 8, 7),
            *_allocated(5),
            Said(2, E.REFERRAL_ACCEPTED, FIRST, by="provider", in_days={"startDate": 12}),
        ),
        cases=3,
    ),
    "found, but late": Scenario(
        12,
        (
            *_begun(10, 8, 7),
            *_allocated(5),
            Said(1, E.REFERRAL_ACCEPTED, FIRST, by="provider", in_days={"startDate": 60}),
        ),
        needed_in_days=10,
    ),
    "refused": Scenario(13, (*_begun(11, 10, 9), *_allocated(6), _refused(2)), cases=2),
    "asked a second": Scenario(26, (*_STUCK, Said(2, E.REFERRAL_SENT, SECOND, values={"answerDays": 5})), cases=2),
    "refused twice": Scenario(
        26,
        (*_STUCK, Said(9, E.REFERRAL_SENT, SECOND, values={"answerDays": 5}), _refused(5, SECOND, "no-timely-place")),
        cases=2,
    ),
    "acceptance withdrawn": Scenario(26, (*_FOUND, Said(1, E.ACCEPTANCE_WITHDRAWN, FIRST, by="provider")), cases=1),
    "worrying": Scenario(
        26,
        (
            *_STUCK,
            Said(6, E.WORRY_MARKED, notes=_BRIDGED, in_days={"reviewOn": 6}),
            Said(3, E.REFERRAL_SENT, SECOND, values={"answerDays": 5}),
        ),
        needed_in_days=-20,
    ),
    "worrying, review late": Scenario(
        26,
        (
            *_STUCK,
            Said(12, E.WORRY_MARKED, notes=_BRIDGED, in_days={"reviewOn": -2}),
            Said(2, E.REFERRAL_SENT, SECOND, values={"answerDays": 5}),
        ),
        cases=1,
        needed_in_days=-40,
    ),
    "worrying, at the expert team": Scenario(
        26,
        (*_TWICE, Said(8, E.WORRY_MARKED, notes=_BRIDGED, in_days={"reviewOn": 4}), Said(6, E.RET_REGISTERED)),
        needed_in_days=-30,
    ),
    "at the expert team": Scenario(26, (*_TWICE, Said(6, E.RET_REGISTERED)), needed_in_days=-10),
    "escalated": Scenario(
        26,
        (
            *_TWICE,
            Said(10, E.RET_REGISTERED),
            Said(6, E.RET_DISCUSSED, by="ret", notes={"advice": "Kijk ook bij de buurregio."}),
            Said(4, E.RET_OUTCOME, by="ret", values=dict(_OUTCOME), notes={"learned": "Er is te weinig plek."}),
            Said(2, E.ESCALATION_REPORTED, notes={"situation": "Na twee afwijzingen is er geen zicht op hulp."}),
        ),
        needed_in_days=-30,
    ),
    "asks who pays": Scenario(
        4,
        (
            Said(3, E.TALKED_WITH_LOCAL_TEAM),
            Said(2, E.OFFICIAL_ASKED, values={"question": "residence"}, notes={"question": "Het gezin verhuisde."}),
        ),
    ),
    "asks for transport": Scenario(
        14,
        (
            *_begun(11, 10, 9),
            *_allocated(4),
            Said(7, E.OFFICIAL_ASKED, values={"question": "transport"}, notes={"question": "Wie betaalt de taxi?"}),
        ),
        cases=1,
    ),
    "cooperation stagnates": Scenario(
        12,
        (
            *_begun(10, 9, 8),
            *_allocated(4),
            Said(
                3,
                E.COOPERATION_RAISED,
                values={"trigger": "difference-of-view", "level": 1, "openedBy": "professional", "familyTold": True},
                notes={"situation": "Het team en de jeugdbeschermer zien de veiligheid anders."},
            ),
        ),
        cases=1,
        protection=True,
    ),
    "crisis": Scenario(3, (Said(0, E.CRISIS_REPORTED, values={"safety": True}),), cases=1, needed_in_days=0),
    "asks the broker": Scenario(
        4,
        (
            Said(3, E.TALKED_WITH_LOCAL_TEAM),
            Said(1, E.BROKER_ASKED, notes={"question": "Wie kan een broer en zus samen plaatsen?"}),
        ),
    ),
    "almost eighteen": Scenario(4, (Said(2, E.TALKED_WITH_LOCAL_TEAM),), age=17),
    "in care": Scenario(
        30,
        (
            *_FOUND,
            Said(6, E.STARTED, FIRST, by="provider"),
            Said(6, E.EVALUATION_AGREED, in_days={"on": 4}, notes={"subject": "Lukt het op school?"}),
        ),
    ),
    "evaluation late": Scenario(
        30,
        (*_FOUND, Said(6, E.STARTED, FIRST, by="provider"), Said(6, E.EVALUATION_AGREED, in_days={"on": -1})),
        cases=1,
    ),
    "ended": Scenario(
        30,
        (
            *_FOUND,
            Said(6, E.STARTED, FIRST, by="provider"),
            Said(1, E.ENDED, FIRST, by="provider", values={"reason": "34"}),
        ),
        cases=1,
    ),
    "withdrawn": Scenario(8, (Said(3, E.WITHDRAWN, values={"reason": "other-solution"}),), cases=1),
    "315, new": Scenario(1, route="315"),
    "315, one talk": Scenario(6, (Said(4, E.TALKED_WITH_LOCAL_TEAM),), route="315"),
    "315, sent": Scenario(
        12, (*_begun(9, 6, 5), Said(9, E.TALKED_WITH_PROVIDER, FIRST)), route="315", cases=3
    ),
    "315, requested": Scenario(
        14,
        (
            *_begun(12, 9, 8),
            Said(12, E.TALKED_WITH_PROVIDER, FIRST),
            Said(5, E.REFERRAL_ACCEPTED, FIRST, by="provider", in_days={"startDate": 10}),
            Said(3, E.ALLOCATION_REQUESTED, FIRST, by="provider"),
        ),
        route="315",
    ),
    "315, refused": Scenario(
        14, (*_begun(12, 9, 8), Said(12, E.TALKED_WITH_PROVIDER, FIRST), _refused(4)), route="315"
    ),
}  # fmt: skip
"""By what is to be seen; for the demo and for whoever tests a page."""
