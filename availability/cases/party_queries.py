"""The SQL of parties: which cases an organisation has, and of which it is a party because of what happened in them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.cases.taken_back import taken_back
from matcher.case_events import EventKind
from matcher.case_history import TOLD_TO_MUNICIPALITY, TOLD_TO_REGION


class Place(StrEnum):
    """How a party's organisation belongs to a case."""

    MUNICIPALITY = "municipality"
    """It is the responsible municipality."""
    REGION = "region"
    """It is the region of the responsible municipality."""
    ASKED = "asked"
    """It is named in the event itself."""


@dataclass(frozen=True, slots=True)
class Membership:
    """How a caller's organisation may belong to a case."""

    organisation: str
    has_own: bool
    at: Place | None
    put_by: Sequence[EventKind]
    today: date

    def asked(self) -> dict[str, Any]:
        return asdict(self) | {"put_by": [kind.value for kind in self.put_by]}


# What was put by an event that proved to be no event at all was never put.
_PUT = f"put.kind = ANY (:put_by) AND NOT {taken_back('put')}"
# Which municipality was responsible then.
_THEN = f"""
    (SELECT earlier.values ->> 'municipality' FROM case_event earlier
     WHERE earlier.care_request_id = put.care_request_id AND (earlier.kind = 'opened'
         OR earlier.kind = 'municipality-changed' AND (earlier.occurred_on, earlier.id) < (put.occurred_on, put.id)
         AND NOT {taken_back("earlier")})
     ORDER BY earlier.kind = 'opened', earlier.occurred_on DESC, earlier.id DESC LIMIT 1)
"""  # noqa: S608 - ours

_THEN_IN_REGION = f"""
    {_THEN} IN (
        SELECT near.municipality_code FROM region_membership near
        WHERE near.region_code = :organisation AND near.valid @> CAST(:today AS date)
    )
"""  # noqa: S608 - ours


_FORGOTTEN = ", ".join(f"'{kind}'" for kind in sorted(TOLD_TO_MUNICIPALITY | TOLD_TO_REGION))


def _put_to(to_the_same: str) -> str:
    """What the rules forget when another municipality is responsible, was put to the one before only."""
    return f"""
        EXISTS (
            SELECT FROM case_event put
            WHERE put.care_request_id = care_request.id AND {_PUT}
              AND (put.kind NOT IN ({_FORGOTTEN}) OR {to_the_same})
        )
    """


_PLACED: dict[Place, str] = {
    Place.MUNICIPALITY: f"""
        SELECT id FROM care_request WHERE municipality_code = :organisation AND {_put_to(f"{_THEN} = :organisation")}
    """,  # noqa: S608 - ours
    Place.REGION: f"""
        SELECT care_request.id FROM region_membership member
        JOIN care_request ON care_request.municipality_code = member.municipality_code
        WHERE member.region_code = :organisation AND member.valid @> CAST(:today AS date) AND {_put_to(_THEN_IN_REGION)}
    """,  # noqa: S608 - ours
    Place.ASKED: f"SELECT put.care_request_id FROM case_event put WHERE put.party = :organisation AND {_PUT}",  # noqa: S608
}
"""The cases of which an organisation is a party, by how it belongs to them; each from an index."""

_OWN = "SELECT id FROM care_request WHERE organisation = :organisation"
_NONE = "SELECT id FROM care_request WHERE false"


def own_cases(who: Membership) -> str:
    """The query of the ids of the caller's own cases."""
    return _OWN if who.has_own else _NONE


def others_cases(who: Membership) -> str:
    """The query of the ids of the cases of others of which the caller is a party."""
    return _PLACED[who.at] if who.at else _NONE


def find_case(session: Session, case: UUID, who: Membership) -> Row[Any] | None:
    """One case with the `access.permissions.Relation` of the caller to it: OWN, PARTY or, null, none."""
    statement = f"""
        SELECT care_request.*, CASE
            WHEN EXISTS (SELECT FROM ({own_cases(who)}) AS own (id) WHERE own.id = :case) THEN 0
            WHEN EXISTS (SELECT FROM ({others_cases(who)}) AS put (id) WHERE put.id = :case) THEN 1 END AS relation
        FROM care_request WHERE id = :case
    """  # noqa: S608 - ours
    return session.execute(text(statement), who.asked() | {"case": case}).one_or_none()


def parties_among(session: Session, cases: Sequence[UUID], who: Membership) -> set[UUID]:
    """Of these cases, those of which the caller is a party."""
    statement = f"SELECT id FROM ({others_cases(who)}) AS put (id) WHERE id = ANY (:cases)"  # noqa: S608 - ours
    return set(session.execute(text(statement), who.asked() | {"cases": list(cases)}).scalars())
