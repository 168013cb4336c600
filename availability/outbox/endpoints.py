"""What somebody must hear, over HTTP: the list, and where else an organisation wants to be told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AwareDatetime

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, may
from availability.cursors import Cursor, Limit, cursor_of, read_cursor
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.messages import Page, RawBody, takes
from availability.outbox import calendar_feed, deliveries, queries
from availability.outbox.messages import (
    CalendarKept,
    CalendarMade,
    ContactAddressKept,
    ContactAddressWish,
    DeliveryShown,
    Notices,
    NoticeShown,
    Read,
    Reading,
    SecretMade,
    SecretWish,
    State,
    WebhookKept,
    WebhookMade,
    WebhookWish,
    all_of,
    columns,
)
from availability.outbox.queries import Kept
from availability.outbox.secrets import digest_of, new_secret
from availability.outbox.tables import CalendarFeed, ContactAddress, Webhook
from availability.outbox.telling import Notice
from availability.outbox.webhooks import fault_in, new_signing_secret
from availability.refusals import Conflict, Fault, Invalid, NotFound

router = APIRouter(tags=["meldingen"])

Reader = Annotated[Identity, Depends(may(Action.BE_TOLD))]

NO_SUCH_WEBHOOK = "Deze webhook bestaat niet, of is niet van uw organisatie."

MOST_WAYS = 20
"""Addresses, webhooks or calendars of one role at one organisation: each notice goes to all of them."""


@router.get("/notices", summary="Wat er veranderd is, nieuwste eerst", responses=refuses(403))
def list_notices(
    *,
    caller: Reader,
    session: InTransaction,
    unread: Annotated[bool, Query(description="Alleen wat nog niet gelezen is.")] = False,
    since: Annotated[AwareDatetime | None, Query(description="Alleen wat vanaf dit moment gemeld is.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Notices:
    after = read_cursor(cursor, datetime.fromisoformat, UUID)
    rows = queries.notices(session, caller, unread=unread, since=since, after=after, limit=limit + 1)
    shown = [NoticeShown.of(row) for row in rows[:limit]]
    return Notices(items=shown, next=_next(rows, limit), unread=queries.count_unread(session, caller))


@router.post(
    "/notice-readings", summary="Meldingen als gelezen aanmerken", openapi_extra=takes(Reading), responses=refuses(403)
)
def read_notices(caller: Reader, raw: RawBody, session: InTransaction) -> Read:
    reading = Reading.read(raw)
    read = queries.mark_read(session, caller, reading.ids)
    record(session, caller, "read-notice", "notice", *map(str, read))
    return Read(ids=read)


@router.get("/contact-addresses", summary="Waar uw organisatie e-mail krijgt", responses=refuses(403))
def list_contact_addresses(caller: Reader, session: InTransaction) -> Page[ContactAddressKept]:
    return Page(items=all_of(queries.kept_by(session, ContactAddress, caller), ContactAddressKept))


@router.post(
    "/contact-addresses",
    summary="Een e-mailadres toevoegen",
    status_code=201,
    openapi_extra=takes(ContactAddressWish),
    responses=refuses(403, 409),
)
def add_contact_address(caller: Reader, raw: RawBody, session: InTransaction, response: Response) -> ContactAddressKept:
    wish = ContactAddressWish.read(raw)
    row = _kept(session, ContactAddress, caller, email=wish.email, kinds=list(wish.kinds))
    response.headers["Location"] = f"{PREFIX}/contact-addresses/{row.id}"
    return ContactAddressKept(**columns(row, ContactAddressKept))


@router.delete(
    "/contact-addresses/{address_id}",
    summary="Een e-mailadres weghalen",
    status_code=204,
    response_class=Response,
    responses=refuses(403),
)
def remove_contact_address(address_id: UUID, caller: Reader, session: InTransaction) -> None:
    _forget(session, ContactAddress, caller, address_id)


@router.get("/webhooks", summary="De webhooks van uw organisatie", responses=refuses(403))
def list_webhooks(caller: Reader, session: InTransaction) -> Page[WebhookKept]:
    return Page(items=all_of(queries.kept_by(session, Webhook, caller), WebhookKept))


@router.post(
    "/webhooks",
    summary="Een webhook toevoegen; het geheim staat alleen in dit antwoord",
    status_code=201,
    openapi_extra=takes(WebhookWish),
    responses=refuses(403, 409),
)
def add_webhook(
    *, request: Request, caller: Reader, raw: RawBody, session: InTransaction, response: Response
) -> WebhookMade:
    wish = WebhookWish.read(raw)
    if fault := fault_in(wish.url, anywhere=request.app.state.settings.environment == "demo"):
        raise Invalid("De invoer klopt niet.", (Fault("/url", fault),))
    row = _kept(session, Webhook, caller, url=wish.url, kinds=list(wish.kinds), secret=new_signing_secret())
    response.headers["Location"] = f"{PREFIX}/webhooks/{row.id}"
    return WebhookMade(**columns(row, WebhookMade))


@router.delete(
    "/webhooks/{webhook_id}",
    summary="Een webhook weghalen",
    status_code=204,
    response_class=Response,
    responses=refuses(403),
)
def remove_webhook(webhook_id: UUID, caller: Reader, session: InTransaction) -> None:
    _forget(session, Webhook, caller, webhook_id)


@router.post(
    "/webhooks/{webhook_id}/test",
    summary="Een proefbericht naar een webhook sturen",
    status_code=202,
    response_class=Response,
    responses=refuses(403),
)
def test_webhook(webhook_id: UUID, caller: Reader, session: InTransaction) -> None:
    if queries.find_kept(session, Webhook, caller, webhook_id) is None:
        raise NotFound(NO_SUCH_WEBHOOK)
    deliveries.send_to_one(session, Notice.WEBHOOK_TEST, webhook_id)
    record(session, caller, "test-webhook", "webhook", str(webhook_id))


@router.post(
    "/webhooks/{webhook_id}/secret",
    summary="Een nieuw geheim voor een webhook; het vorige telt nog even mee",
    status_code=201,
    openapi_extra=takes(SecretWish),
    responses=refuses(403, 409),
)
def renew_secret(webhook_id: UUID, caller: Reader, raw: RawBody, session: InTransaction) -> SecretMade:
    wish = SecretWish.read(raw)
    if queries.find_kept(session, Webhook, caller, webhook_id) is None:
        raise NotFound(NO_SUCH_WEBHOOK)
    if wish.former_counts_hours and queries.secrets_counting(session, webhook_id) >= queries.MOST_SECRETS:
        raise Conflict("U hebt het geheim al een paar keer vernieuwd. Wacht tot een vorig geheim afloopt.")
    secret = new_signing_secret()
    ends_at = queries.renew_secret(session, webhook_id, secret, timedelta(hours=wish.former_counts_hours))
    record(session, caller, "renew-webhook-secret", "webhook", str(webhook_id))
    return SecretMade(secret=secret, former_ends_at=ends_at)


@router.get("/deliveries", summary="Hoe ver meldingen onderweg zijn, nieuwste eerst", responses=refuses(403))
def list_deliveries(
    *,
    caller: Reader,
    session: InTransaction,
    state: Annotated[State | None, Query(description="Alleen wat zo ver is; dead: opgegeven.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[DeliveryShown]:
    after = read_cursor(cursor, datetime.fromisoformat, UUID)
    rows = deliveries.shown(session, caller, state, after=after, limit=limit + 1)
    return Page(items=[DeliveryShown.of(row) for row in rows[:limit]], next=_next(rows, limit))


@router.post(
    "/deliveries/{delivery_id}/retry",
    summary="Iets dat is opgegeven opnieuw sturen",
    status_code=202,
    response_class=Response,
    responses=refuses(403),
)
def retry_delivery(delivery_id: UUID, caller: Reader, session: InTransaction) -> None:
    if not deliveries.try_again(session, caller, delivery_id):
        raise NotFound("Dit bestaat niet, is niet van uw organisatie, of is niet opgegeven.")
    record(session, caller, "retry-delivery", "delivery", str(delivery_id))


@router.get("/calendars", summary="De agenda's die uw organisatie deelt", responses=refuses(403))
def list_calendars(caller: Reader, session: InTransaction) -> Page[CalendarKept]:
    return Page(items=all_of(queries.kept_by(session, CalendarFeed, caller), CalendarKept))


@router.post(
    "/calendars",
    summary="Een agenda met termijnen maken; het geheime adres staat alleen in dit antwoord",
    status_code=201,
    responses=refuses(403, 409),
)
def make_calendar(request: Request, caller: Reader, session: InTransaction, response: Response) -> CalendarMade:
    secret = new_secret()
    row = _kept(session, CalendarFeed, caller, digest=digest_of(secret))
    response.headers["Location"] = f"{PREFIX}/calendars/{row.id}"
    base = request.app.state.settings.public_url.rstrip("/")
    return CalendarMade(id=row.id, made_at=row.made_at, address=f"{base}{PREFIX}/calendar-feeds/{secret}")


@router.delete(
    "/calendars/{calendar_id}",
    summary="Een agenda intrekken; het adres werkt dan niet meer",
    status_code=204,
    response_class=Response,
    responses=refuses(403),
)
def remove_calendar(calendar_id: UUID, caller: Reader, session: InTransaction) -> None:
    _forget(session, CalendarFeed, caller, calendar_id)


NAMES: dict[Kept, str] = {ContactAddress: "contact-address", Webhook: "webhook", CalendarFeed: "calendar"}
"""What each way to be told is called in the audit."""


def _kept(session: InTransaction, kept: Kept, caller: Identity, **values: Any) -> Any:  # noqa: ANN401 - a row
    if len(queries.kept_by(session, kept, caller)) >= MOST_WAYS:
        raise Conflict(f"U hebt er al {MOST_WAYS}. Haal er eerst een weg.")
    row = queries.keep(session, kept, caller, **values)
    record(session, caller, f"add-{NAMES[kept]}", NAMES[kept], str(row.id))
    return row


def _forget(session: InTransaction, kept: Kept, caller: Identity, unwanted: UUID) -> None:
    if not queries.forget(session, kept, caller, unwanted):
        raise NotFound("Dit bestaat niet, of is niet van uw organisatie.")
    record(session, caller, f"remove-{NAMES[kept]}", NAMES[kept], str(unwanted))


def _next(rows: Sequence[Any], limit: int) -> str | None:
    """Where a list of notices or deliveries goes on, when there is more."""
    last = rows[limit - 1] if len(rows) > limit else None
    return cursor_of(last.told_at.isoformat(), str(last.id)) if last else None


router.routes.extend(calendar_feed.router.routes)
