"""What can happen to a case: typed events, who the actors are, and what each kind of event says.

A history is only ever added to. Whose turn it is and which terms run is derived from it, in `matcher.enrolment`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from matcher.question import Month

Value = str | int | bool


class Route(StrEnum):
    """The two enrolment routes, after the first message each of them waits for."""

    ACCESS = "301"
    PROVIDER = "315"


class WorkerRole(StrEnum):
    """Whose case it is. The routes are written for the youth-protection worker; a local team walks them too."""

    LOCAL_TEAM = "local-team"
    YOUTH_PROTECTION = "youth-protection"


class Actor(StrEnum):
    """In which capacity somebody must do a task. With an organisation it names one desk."""

    WORKER = "worker"
    TEAM_LEADER = "team-leader"
    LOCAL_TEAM = "local-team"
    BACK_OFFICE = "back-office"
    PROVIDER = "provider"
    NETWORK = "network"
    """A provider that is asked as one of the network (step 5A)."""
    RET = "ret-chair"
    REGIONAL_CONTACT = "regional-contact"
    OFFICIAL = "official"
    BROKER = "broker"


class EventKind(StrEnum):
    """In the order of a case's life; the names are past tense, for it has happened."""

    OPENED = "opened"
    INTENTION_RECORDED = "intention-recorded"
    TALKED_WITH_LOCAL_TEAM = "talked-with-local-team"
    TALKED_WITH_PROVIDER = "talked-with-provider"
    DETERMINED = "determined"
    DETERMINATION_SENT = "determination-sent"
    DETERMINATION_RECEIVED = "determination-received"

    REFERRAL_SENT = "referral-sent"
    REFERRAL_QUESTION_ASKED = "referral-question-asked"
    REFERRAL_QUESTION_ANSWERED = "referral-question-answered"
    REFERRAL_ACCEPTED = "referral-accepted"
    START_JUDGED = "start-judged"
    REFERRAL_REFUSED = "referral-refused"
    NO_ANSWER = "no-answer"
    ACCEPTANCE_WITHDRAWN = "acceptance-withdrawn"
    REFERRAL_WITHDRAWN = "referral-withdrawn"

    ALLOCATION_REQUESTED = "allocation-requested"
    REQUEST_ACKNOWLEDGED = "request-acknowledged"
    ALLOCATION_SENT = "allocation-sent"
    ALLOCATION_ACKNOWLEDGED = "allocation-acknowledged"

    NETWORK_ASKED = "network-asked"
    NETWORK_PROPOSED = "network-proposed"
    NETWORK_DECLINED = "network-declined"
    NETWORK_CONFIRMED = "network-confirmed"

    RET_TALKED_BEFORE = "ret-talked-before"
    RET_REGISTERED = "ret-registered"
    RET_DISCUSSED = "ret-discussed"
    RET_PROVIDER_ASKED = "ret-provider-asked"
    RET_BOEG_INVOLVED = "ret-boeg-involved"
    RET_OUTCOME = "ret-outcome"

    ESCALATION_REPORTED = "escalation-reported"
    ESCALATION_ANALYSED = "escalation-analysed"
    ESCALATION_DECIDED = "escalation-decided"
    ESCALATION_TALKED = "escalation-talked"

    STARTED = "started"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    ROUTE_CHANGED = "route-changed"
    MUNICIPALITY_CHANGED = "municipality-changed"
    QUESTION_CHANGED = "question-changed"
    STEP_SKIPPED = "step-skipped"
    CORRECTED = "corrected"

    CONTACT_FAILED = "contact-failed"
    CONTACT_MADE = "contact-made"
    BROKER_ASKED = "broker-asked"
    BROKER_ANSWERED = "broker-answered"
    OFFICIAL_ASKED = "official-asked"
    OFFICIAL_DECIDED = "official-decided"
    COOPERATION_RAISED = "cooperation-raised"
    COOPERATION_TALKED = "cooperation-talked"
    CRISIS_REPORTED = "crisis-reported"
    CRISIS_ENDED = "crisis-ended"
    DIRECT_PLACEMENT = "direct-placement"
    WORRY_MARKED = "worry-marked"
    WORRY_REVIEWED = "worry-reviewed"
    WORRY_LIFTED = "worry-lifted"
    EVALUATION_AGREED = "evaluation-agreed"
    EVALUATION_HELD = "evaluation-held"
    PERSPECTIVE_PLAN_MADE = "perspective-plan-made"
    WMO_ADVISER_JOINED = "wmo-adviser-joined"
    ADULT_CARE_ARRANGED = "adult-care-arranged"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, on the day it occurred; `recorded` may be later."""

    id: int
    kind: EventKind
    occurred: date
    recorded: datetime
    party: str | None = None
    """The organisation it is about or put to: an AGB, municipality or region code."""
    referral: str | None = None
    refers_to: int | None = None
    """The event it corrects or answers."""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is fixed when a case opens; later changes are events."""

    opened: date
    worker_role: WorkerRole
    organisation: str
    """Of the worker: a municipality's local team (`GM0202`) or a certified institution (AGB code)."""
    municipality: str
    """Responsible when the case opened."""
    region: str
    route: Route
    birth_month: Month
    """As it is now; that it was changed is an event."""
    needed_from: date
    """As it is now; what it was before a change, the event of that change says."""
