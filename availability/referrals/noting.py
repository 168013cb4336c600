"""What every act on a referral shares: the referral under the lock of its case, the event, and who hears of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from availability.cases import history
from availability.idempotency import NEVER, Retry
from availability.outbox.telling import Notice, tell
from availability.referrals import queries
from availability.referrals.asking import Around, worker_of
from availability.refusals import NotFound
from matcher.case_events import Event, EventKind, Value

Notes = Mapping[str, str | None]
NOTHING: Notes = MappingProxyType({})

NO_SUCH_REFERRAL = "Deze aanmelding bestaat niet, of is niet voor u."


def referral_at_hand(around: Around, referral: UUID) -> Row[Any]:
    """The referral, its case locked until the transaction ends. Raises NotFound when it is not the caller's."""
    case = queries.case_of(around.session, referral)
    if (
        case is None
        or queries.find_referral(around.session, referral, around.caller.organisation, around.today) is None
    ):
        raise NotFound(NO_SUCH_REFERRAL)
    history.lock(around.session, case)
    row = queries.find_referral(around.session, referral, around.caller.organisation, around.today)
    assert row is not None
    return row


def note(
    around: Around, row: Row[Any], kind: EventKind, *, retry: Retry = NEVER, notes: Notes = NOTHING, **values: Value
) -> Event:
    """What happened to a referral, with the words that go with it."""
    return history.append(
        around.session,
        around.caller,
        row.care_request_id,
        kind,
        around.today,
        party=row.provider_agb,
        referral=row.id,
        values=values,
        notes={name: said for name, said in notes.items() if said},
        retry=retry,
        today=around.today,
    )


def tell_worker(around: Around, row: Row[Any], notice: Notice, event: Event) -> None:
    organisation, role = worker_of(around.session, row.care_request_id)
    tell(
        around.session,
        notice,
        organisation=organisation,
        role=role,
        key=f"{row.id}:{event.id}",
        link="/casussen",
        values={"provider": row.provider_name},
    )


def tell_provider(around: Around, row: Row[Any], notice: Notice, event: Event) -> None:
    tell(
        around.session,
        notice,
        organisation=row.provider_agb,
        role="provider",
        key=f"{row.id}:{event.id}",
        link="/aanmeldingen",
        values={"offer": row.offer_name} if row.offer_name else None,
    )
