"""How searches of the past went, as a table: what happened how many working days after what came before it."""

from dataclasses import dataclass, field

from matcher.case_events import EventKind as E
from matcher.case_events import Value

FIRST, SECOND = 0, 1
"""Which of a case's two referrals an event is about."""

STAY = {"gezinshuis": 0.4, "pleegzorg": 0.35, "behandelgroep": 0.25}
CARE = {**STAY, "traumabehandeling": 0.15, "gezinsbegeleiding": 0.1}
"""What is refused most."""

REASONS = {"no-place": 0.45, "no-timely-place": 0.28, "not-fitting": 0.2, "other": 0.07}
CAUSES = {"waiting-times": 0.6, "difference-of-view": 0.25, "ret-too-late": 0.15}


@dataclass(frozen=True)
class Move:
    """What happened next, so many working days later; `drawn` names a table from which a value comes."""

    after: tuple[int, int]
    kind: E
    about: int | None = None
    by: str = "worker"
    values: dict[str, Value] = field(default_factory=dict)
    drawn: dict[str, dict[str, float]] = field(default_factory=dict)
    routes: tuple[str, ...] = ("301", "315")


_BEGUN = (
    Move((1, 4), E.TALKED_WITH_LOCAL_TEAM),
    Move((0, 3), E.TALKED_WITH_PROVIDER, FIRST, routes=("315",)),
    Move((1, 6), E.DETERMINED),
    Move((0, 2), E.DETERMINATION_SENT),
    Move((0, 1), E.REFERRAL_SENT, FIRST, values={"answerDays": 5}),
)
_REFUSED = (
    *_BEGUN,
    Move((2, 8), E.ALLOCATION_SENT, FIRST, by="back-office", routes=("301",)),
    Move((1, 7), E.REFERRAL_REFUSED, FIRST, by="provider", drawn={"reason": REASONS}),
)
_TRIED_AGAIN = (
    Move((1, 5), E.REFERRAL_SENT, SECOND, values={"answerDays": 5}),
    Move((1, 6), E.REFERRAL_ACCEPTED, SECOND, by="provider"),
    Move((0, 3), E.START_JUDGED, SECOND, values={"timely": True}),
    Move((1, 5), E.ALLOCATION_REQUESTED, SECOND, by="provider", routes=("315",)),
    Move((0, 3), E.REQUEST_ACKNOWLEDGED, SECOND, by="back-office", values={"correct": True}, routes=("315",)),
    Move((1, 7), E.ALLOCATION_SENT, SECOND, by="back-office"),
    Move((1, 4), E.ALLOCATION_ACKNOWLEDGED, SECOND, by="provider"),
    Move((5, 45), E.STARTED, SECOND, by="provider"),
)
_AT_THE_RET = (Move((2, 9), E.RET_REGISTERED), Move((4, 13), E.RET_DISCUSSED, by="ret"))
_NO_VIEW = (
    *_AT_THE_RET,
    Move((0, 4), E.RET_OUTCOME, by="ret", values={"outcome": "no-view"}, drawn={"cause": CAUSES}),
)

LIVES: dict[str, tuple[float, tuple[Move, ...]]] = {
    "refused first": (0.48, (*_REFUSED, *_TRIED_AGAIN)),
    "refused and withdrawn": (0.12, (*_REFUSED, Move((4, 15), E.WITHDRAWN, values={"reason": "other-solution"}))),
    "found by the expert team": (
        0.12,
        (*_REFUSED, *_AT_THE_RET, Move((0, 4), E.RET_OUTCOME, by="ret", values={"outcome": "found"}), *_TRIED_AGAIN),
    ),
    "made to measure": (
        0.05,
        (
            *_REFUSED,
            *_AT_THE_RET,
            Move((0, 5), E.RET_OUTCOME, by="ret", values={"outcome": "tailor-made"}),
            *_TRIED_AGAIN,
        ),
    ),
    "escalated": (
        0.11,
        (
            *_REFUSED,
            *_NO_VIEW,
            Move((1, 4), E.ESCALATION_REPORTED),
            Move((1, 4), E.ESCALATION_ANALYSED, by="regional", drawn={"cause": CAUSES}),
            Move((0, 2), E.ESCALATION_DECIDED, by="regional", values={"escalate": True}),
            Move((1, 4), E.ESCALATION_TALKED, by="regional"),
            *_TRIED_AGAIN,
        ),
    ),
    "without contact": (
        0.12,
        (
            Move((4, 8), E.CONTACT_FAILED, values={"secondTried": True}, routes=("301",)),
            Move((6, 9), E.CONTACT_FAILED, values={"secondTried": True}, routes=("315",)),
            Move((1, 6), E.CONTACT_MADE, by="regional"),
            *_REFUSED,
            *_TRIED_AGAIN,
        ),
    ),
}
"""How often a search went like this, and how."""
