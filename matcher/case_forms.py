"""What each kind of event says: who may record it, what it is about, and which values it takes.

The worker of the case records, on their behalf, for whoever has no account: a back office, an official, a team leader.
Free text is kept elsewhere, where it is checked for personal data; a value here is a code, a day, a number or a yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matcher.case_events import Actor, Event, EventKind, Route, Value
from matcher.working_days import LAST_KNOWN_YEAR

STEPS = ("1", "2", "3", "4", "5A", "5B", "6")
OUTCOMES = ("found", "tailor-made", "no-view")
"""Of the RET: a provider was found, a solution was made to measure, or nobody sees fitting help."""
CAUSES = ("waiting-times", "difference-of-view", "ret-too-late")
QUESTIONS = ("residence", "non-contracted", "transport")
TRIGGERS = ("difference-of-view", "agreements-not-kept", "negligent-conduct")
OPENERS = ("professional", "behavioural-scientist", "manager", "director")
CORRECTIONS = ("void", "redate")

MOST = 366
"""No number that an event says is larger: a term of more working days is a slip of the hand."""
LAST_DAY = date(LAST_KNOWN_YEAR - 1, 12, 31)
"""A term that runs from a later day might end where no holidays are known."""

Allowed = type[date] | type[bool] | type[int] | type[str] | tuple[str, ...]
"""What a value may be: a day (`YYYY-MM-DD`), a yes or no, a number, a code of some list, or one of these codes."""


class Phase(StrEnum):
    SEARCH = "search"
    """From opening until a place is found, or the case is withdrawn."""
    HELP = "help"
    """From the actual start until the end of help."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Form:
    """What an event of one kind must and may say."""

    by: tuple[Actor, ...] = (Actor.WORKER,)
    """Who may record it; the worker always may, on behalf of the others."""
    needs: tuple[str, ...] = ()
    """Which of `party`, `referral` and `refers_to` it cannot do without."""
    values: Mapping[str, Allowed] = field(default_factory=dict)
    optional: Mapping[str, Allowed] = field(default_factory=dict)
    phases: tuple[Phase, ...] = (Phase.SEARCH,)
    """In which phase of the case it can occur."""


_PROVIDER = (Actor.PROVIDER, Actor.WORKER)
_NETWORK = (Actor.NETWORK, Actor.WORKER)
_TEAM = (Actor.WORKER, Actor.LOCAL_TEAM)
_OFFICE = (Actor.BACK_OFFICE, Actor.WORKER)
_RET = (Actor.RET, Actor.WORKER)
_EITHER = (Actor.TEAM_LEADER, Actor.REGIONAL_CONTACT, Actor.WORKER)
_RUNNING = (Phase.SEARCH, Phase.HELP)

E = EventKind
FORMS: dict[EventKind, Form] = {
    E.OPENED: Form(optional={"route": tuple(Route), "municipality": str, "region": str}),
    E.INTENTION_RECORDED: Form(),
    E.TALKED_WITH_LOCAL_TEAM: Form(_TEAM),
    E.TALKED_WITH_PROVIDER: Form(_PROVIDER, ("party",)),
    E.DETERMINED: Form(optional={"careType": str, "from": date, "until": date}),
    E.DETERMINATION_SENT: Form(),
    E.DETERMINATION_RECEIVED: Form((Actor.LOCAL_TEAM, Actor.BACK_OFFICE, Actor.WORKER)),
    E.REFERRAL_SENT: Form(
        needs=("party", "referral"), optional={"answerDays": int, "general": bool, "nonContracted": bool}
    ),
    E.REFERRAL_QUESTION_ASKED: Form(_PROVIDER, ("referral",)),
    E.REFERRAL_QUESTION_ANSWERED: Form(needs=("referral",)),
    E.REFERRAL_ACCEPTED: Form(_PROVIDER, ("referral",), {"startDate": date}),
    E.START_JUDGED: Form(needs=("referral",), values={"timely": bool}),
    E.REFERRAL_REFUSED: Form(_PROVIDER, ("referral",), {"reason": str}),
    E.NO_ANSWER: Form(needs=("party", "referral")),
    E.ACCEPTANCE_WITHDRAWN: Form(_PROVIDER, ("referral",), optional={"reason": str}),
    E.REFERRAL_WITHDRAWN: Form(needs=("referral",), optional={"reason": str}),
    E.ALLOCATION_REQUESTED: Form((Actor.PROVIDER, Actor.BACK_OFFICE, Actor.WORKER), ("referral",)),
    E.REQUEST_ACKNOWLEDGED: Form(_OFFICE, ("referral",), {"correct": bool}),
    E.ALLOCATION_SENT: Form(_OFFICE, ("referral",)),
    E.ALLOCATION_ACKNOWLEDGED: Form((Actor.PROVIDER, Actor.BACK_OFFICE, Actor.WORKER), ("referral",)),
    E.NETWORK_ASKED: Form(_PROVIDER, ("party", "referral")),
    E.NETWORK_PROPOSED: Form(_NETWORK, ("party", "referral"), {"startDate": date}),
    E.NETWORK_DECLINED: Form(_NETWORK, ("party", "referral"), optional={"reason": str}),
    E.NETWORK_CONFIRMED: Form(needs=("party", "referral"), values={"startDate": date}),
    E.RET_TALKED_BEFORE: Form(_RET),
    E.RET_REGISTERED: Form(),
    E.RET_DISCUSSED: Form(_RET),
    E.RET_PROVIDER_ASKED: Form(_RET, ("party",)),
    E.RET_BOEG_INVOLVED: Form(_RET),
    E.RET_OUTCOME: Form(_RET, values={"outcome": OUTCOMES}, optional={"cause": CAUSES}),
    E.ESCALATION_REPORTED: Form((Actor.TEAM_LEADER, Actor.WORKER)),
    E.ESCALATION_ANALYSED: Form(_EITHER, values={"cause": CAUSES}),
    E.ESCALATION_DECIDED: Form(_EITHER, values={"escalate": bool}),
    E.ESCALATION_TALKED: Form(_EITHER),
    E.STARTED: Form(_PROVIDER),
    E.ENDED: Form(_PROVIDER, values={"reason": str}, phases=(Phase.HELP,)),
    E.WITHDRAWN: Form(values={"reason": str}),
    E.REOPENED: Form(values={"reason": str}, phases=(Phase.HELP, Phase.CLOSED)),
    E.ROUTE_CHANGED: Form(values={"route": tuple(Route)}),
    E.MUNICIPALITY_CHANGED: Form(
        values={"municipality": str, "region": str}, optional={"route": tuple(Route)}, phases=_RUNNING
    ),
    E.QUESTION_CHANGED: Form(optional={"neededFromBefore": date, "birthMonth": bool}, phases=tuple(Phase)),
    E.STEP_SKIPPED: Form(values={"step": STEPS, "reason": str}),
    E.CORRECTED: Form(
        needs=("refers_to",), values={"what": CORRECTIONS}, optional={"occurred": date}, phases=tuple(Phase)
    ),
    E.CONTACT_FAILED: Form(values={"secondTried": bool}),
    E.CONTACT_MADE: Form((Actor.REGIONAL_CONTACT, Actor.WORKER)),
    E.BROKER_ASKED: Form(optional={"urgent": bool}),
    E.BROKER_ANSWERED: Form((Actor.BROKER, Actor.WORKER), optional={"offer": str}),
    E.OFFICIAL_ASKED: Form(values={"question": QUESTIONS}),
    E.OFFICIAL_DECIDED: Form((Actor.OFFICIAL, Actor.WORKER), ("refers_to",), {"approved": bool}),
    E.COOPERATION_RAISED: Form(
        (Actor.WORKER, Actor.TEAM_LEADER),
        values={"trigger": TRIGGERS, "level": int, "openedBy": OPENERS, "familyTold": bool},
        optional={"explained": bool, "policyFallsShort": bool},
    ),
    E.COOPERATION_TALKED: Form(
        (Actor.WORKER, Actor.TEAM_LEADER), ("refers_to",), {"settled": bool}, {"minutesApproved": bool}
    ),
    E.CRISIS_REPORTED: Form(values={"safety": bool}),
    E.CRISIS_ENDED: Form(),
    E.DIRECT_PLACEMENT: Form(needs=("party",)),
    E.WORRY_MARKED: Form(values={"reviewOn": date}),
    E.WORRY_REVIEWED: Form(values={"reviewOn": date}),
    E.WORRY_LIFTED: Form(),
    E.EVALUATION_AGREED: Form(values={"on": date}, phases=_RUNNING),
    E.EVALUATION_HELD: Form(needs=("refers_to",), phases=(Phase.HELP,)),
    E.PERSPECTIVE_PLAN_MADE: Form(phases=_RUNNING),
    E.WMO_ADVISER_JOINED: Form(phases=_RUNNING),
    E.ADULT_CARE_ARRANGED: Form(phases=_RUNNING),
}


def day_in(event: Event, name: str) -> date | None:
    """A day among the values of an event; None when it is not there."""
    text = event.values.get(name)
    return date.fromisoformat(text) if isinstance(text, str) else None


def faults_in(event: Event) -> tuple[str, ...]:
    """The names of what an event lacks, says wrongly, or has no place for."""
    form = FORMS[event.kind]
    missing = [name for name in form.needs if getattr(event, name) is None]
    missing += [name for name in form.values if name not in event.values]
    known = {**form.values, **form.optional}
    wrong = [name for name, value in event.values.items() if name not in known or not _fits(value, known[name])]
    redated = event.values.get("what") == "redate" and "occurred" not in event.values
    return (*missing, *wrong, *(("occurred",) if redated else ()))


def _fits(value: Value, allowed: Allowed) -> bool:
    if isinstance(allowed, tuple):
        return value in allowed
    if allowed is date:
        return isinstance(value, str) and _is_day(value)
    return type(value) is allowed and (type(value) is not int or 1 <= value <= MOST)


def _is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and day <= LAST_DAY
