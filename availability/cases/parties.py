"""Who is a party of a case, and what each party sees of it and may tell: tables, walked by one query and one function.

A case belongs to the organisation that opened it. Another becomes a party when something was put to it, which the
history says. A provider is put referrals; it never sees the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.identity import Identity, Role
from availability.access.permissions import Action, Relation, allowed
from availability.cases import party_queries
from availability.cases.party_queries import Place
from availability.refusals import NotFound
from matcher.case_events import Actor, EventKind
from matcher.case_forms import FORMS
from matcher.tasks import Task

Kinds = frozenset[EventKind]

EVERYTHING: Kinds = frozenset(EventKind)

_LIFE: Kinds = frozenset({
    EventKind.OPENED, EventKind.WITHDRAWN, EventKind.REOPENED, EventKind.ROUTE_CHANGED,
    EventKind.MUNICIPALITY_CHANGED, EventKind.STEP_SKIPPED, EventKind.CORRECTED, EventKind.STARTED, EventKind.ENDED,
    EventKind.DIRECT_PLACEMENT,
})  # fmt: skip
"""What every party must know: whether the case still runs, by which route and for which municipality."""

_ALLOCATION: Kinds = frozenset({
    EventKind.ALLOCATION_REQUESTED, EventKind.REQUEST_ACKNOWLEDGED,
    EventKind.ALLOCATION_SENT, EventKind.ALLOCATION_ACKNOWLEDGED,
})  # fmt: skip
_DETERMINATION: Kinds = frozenset({
    EventKind.DETERMINED, EventKind.DETERMINATION_SENT, EventKind.DETERMINATION_RECEIVED
})  # fmt: skip
_ESCALATION: Kinds = frozenset({
    EventKind.ESCALATION_REPORTED, EventKind.ESCALATION_ANALYSED,
    EventKind.ESCALATION_DECIDED, EventKind.ESCALATION_TALKED,
})  # fmt: skip
_RET_TELLS: Kinds = frozenset({
    EventKind.RET_TALKED_BEFORE, EventKind.RET_DISCUSSED, EventKind.RET_PROVIDER_ASKED,
    EventKind.RET_BOEG_INVOLVED, EventKind.RET_OUTCOME,
})  # fmt: skip
_OFFICIAL: Kinds = frozenset({EventKind.OFFICIAL_ASKED, EventKind.OFFICIAL_DECIDED})
_BROKER: Kinds = frozenset({EventKind.BROKER_ASKED, EventKind.BROKER_ANSWERED})
_CONTACT: Kinds = frozenset({EventKind.CONTACT_FAILED, EventKind.CONTACT_MADE})

BETWEEN_ORGANISATIONS: Kinds = frozenset({EventKind.COOPERATION_RAISED, EventKind.COOPERATION_TALKED})
"""The escalation model for stagnating cooperation is another thing than the search, and may be about the very desk that
looks, or about one that this desk must go on working with. That it runs, every party that sees the case may know; what
was said of whom stays with the organisation that records it, which shares the minutes with its partners itself. The
sources do not say who of the others may read it: that nobody does is our assumption."""

QUESTION = frozenset({
    "pc4", "birth_month", "care_types", "needed_from", "urgency", "max_distance_km", "needs", "gender", "siblings",
    "past_eighteen", "setting",
})  # fmt: skip
"""The fields of a case that say something of the child; reference, organisation and municipality every party sees."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one role has to do with the case of another."""

    at: Place
    """How its organisation belongs to the case."""
    put_by: Kinds
    """Any of these makes it a party."""
    sees: Kinds
    """The events it may read."""
    fields: frozenset[str]
    """The part of the question that it needs."""

    @property
    def reads(self) -> Kinds:
        """The events of which it may read what was said; of the others only that they happened. A correction is read as
        what it corrects (`CaseEvent.of`); of a correction of a correction, that would be too far to look."""
        return self.sees - BETWEEN_ORGANISATIONS - {EventKind.CORRECTED}


PARTS: Mapping[Role, Part] = {
    Role.LOCAL_TEAM: Part(
        Place.MUNICIPALITY,
        put_by=_DETERMINATION - {EventKind.DETERMINED}
        | {EventKind.INTENTION_RECORDED, EventKind.TALKED_WITH_LOCAL_TEAM, EventKind.CONTACT_MADE},
        sees=EVERYTHING,
        fields=QUESTION,
    ),
    Role.BACK_OFFICE: Part(
        Place.MUNICIPALITY,
        put_by=_DETERMINATION - {EventKind.DETERMINED} | _ALLOCATION | {EventKind.REFERRAL_REFUSED},
        sees=_LIFE | _DETERMINATION | _ALLOCATION
        | {EventKind.REFERRAL_ACCEPTED, EventKind.REFERRAL_REFUSED, EventKind.ACCEPTANCE_WITHDRAWN}
        | {EventKind.NETWORK_CONFIRMED, EventKind.OFFICIAL_DECIDED},
        fields=frozenset({"birth_month", "care_types", "needed_from"}),
    ),
    Role.OFFICIAL: Part(
        Place.MUNICIPALITY,
        put_by=frozenset({EventKind.OFFICIAL_ASKED}),
        sees=_LIFE | _OFFICIAL | {EventKind.DETERMINED},
        fields=frozenset({"pc4", "birth_month", "care_types", "needed_from"}),
    ),
    Role.RET_CHAIR: Part(
        Place.REGION,
        put_by=frozenset({EventKind.RET_REGISTERED}),
        sees=EVERYTHING,
        fields=QUESTION,
    ),
    Role.REGIONAL_CONTACT: Part(
        Place.REGION,
        put_by=frozenset({EventKind.CONTACT_FAILED, EventKind.ESCALATION_REPORTED}),
        sees=_LIFE | _CONTACT | _ESCALATION | _RET_TELLS
        | {EventKind.RET_REGISTERED, EventKind.REFERRAL_REFUSED, EventKind.TALKED_WITH_LOCAL_TEAM},
        fields=frozenset({"care_types", "needed_from", "urgency"}),
    ),
    Role.CARE_BROKER: Part(
        Place.REGION,
        put_by=frozenset({EventKind.BROKER_ASKED}),
        sees=_LIFE | _BROKER | {EventKind.DETERMINED, EventKind.REFERRAL_REFUSED},
        fields=QUESTION,
    ),
    Role.PROVIDER: Part(
        Place.ASKED,
        put_by=frozenset({EventKind.REFERRAL_SENT, EventKind.NETWORK_ASKED, EventKind.RET_PROVIDER_ASKED}),
        sees=frozenset(),
        fields=frozenset(),
    ),
}  # fmt: skip
"""Exactly what each role gets of another's case; a role that is not here gets nothing."""

SEEKERS = frozenset({Role.LOCAL_TEAM, Role.YOUTH_PROTECTION})
"""Whose organisation can have a case of its own: a back office has the code of its local team, not its cases."""

ACTS_AS: Mapping[Actor, frozenset[Role]] = {
    Actor.WORKER: SEEKERS,
    Actor.TEAM_LEADER: SEEKERS,
    Actor.LOCAL_TEAM: frozenset({Role.LOCAL_TEAM}),
    Actor.BACK_OFFICE: frozenset({Role.BACK_OFFICE}),
    Actor.PROVIDER: frozenset({Role.PROVIDER}),
    Actor.NETWORK: frozenset({Role.PROVIDER}),
    Actor.RET: frozenset({Role.RET_CHAIR}),
    Actor.REGIONAL_CONTACT: frozenset({Role.REGIONAL_CONTACT}),
    Actor.OFFICIAL: frozenset({Role.OFFICIAL}),
    Actor.BROKER: frozenset({Role.CARE_BROKER}),
}
"""Which roles find an actor's tasks on their day. A team leader has no account: her worker does."""


WITHIN = frozenset({Actor.WORKER, Actor.TEAM_LEADER})
"""Actors of the organisation whose case it is."""

TELLS: Mapping[Role, Kinds] = {
    role: frozenset(
        kind for kind, form in FORMS.items() if any(role in ACTS_AS[actor] for actor in form.by if actor not in WITHIN)
    )
    | {EventKind.CORRECTED}
    for role in PARTS
}
"""What a party may record itself: what one of its actors does, and a correction of what it recorded."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A case with how near it is to the caller, and what that gives her."""

    case: Row[Any]
    relation: Relation
    sees: Kinds
    reads: Kinds
    tells: Kinds
    fields: frozenset[str]


def standing_of(session: Session, caller: Identity, case_id: UUID, action: Action, today: date) -> Standing:
    """Raises NotFound when there is no such case, or none that the caller may do this to: that is not hers to know."""
    row = party_queries.find_case(session, case_id, membership(caller, today))
    if row is None or row.relation is None or not allowed(caller, action, Relation(row.relation)):
        raise NotFound("Deze casus bestaat niet, of is niet voor u.")
    if row.relation == Relation.OWN:
        return Standing(row, Relation.OWN, EVERYTHING, EVERYTHING, EVERYTHING, QUESTION)
    part = PARTS[caller.role]
    return Standing(row, Relation.PARTY, part.sees, part.reads, TELLS[caller.role], part.fields)


def membership(caller: Identity, today: date) -> party_queries.Membership:
    """How the caller's organisation may belong to cases, as the queries ask it."""
    part = PARTS.get(caller.role)
    return party_queries.Membership(
        organisation=caller.organisation,
        has_own=caller.role in SEEKERS,
        at=part.at if part else None,
        put_by=tuple(part.put_by) if part else (),
        today=today,
    )


def is_for(caller: Identity, task: Task) -> bool:
    """Whether a task is on the caller's day."""
    return task.organisation == caller.organisation and caller.role in ACTS_AS[task.actor]


def sees_whole(standing: Standing) -> bool:
    """Whether the caller sees every task of the case, and not only her own."""
    return standing.sees == EVERYTHING
