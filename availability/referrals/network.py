"""The network of providers (step 5A): one form to all at once, proposals, and one that the worker confirms."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from availability.cases import history
from availability.idempotency import NEVER, Retry
from availability.messages import Message
from availability.outbox.telling import Notice, tell
from availability.referrals import network_queries, options, queries
from availability.referrals.asking import ROUTE_ANSWER_DAYS, Around, form_to_send, searching_case, wanted_on
from availability.referrals.form import Form
from availability.referrals.messages import ReferralTold
from availability.referrals.noting import note, tell_provider
from availability.referrals.refusals import AlreadyConfirmed, NetworkRunning, NoNetwork, NotNow
from availability.referrals.sending import sent_before
from availability.referrals.standing import LAPSES, RUNNING, Stand
from availability.refusals import Fault, Invalid, NothingThere
from matcher.case_events import EventKind
from matcher.working_days import end_of_working_days


class NetworkAsking(Message):
    """The case put to the network. Without a form, the last one of the case goes along."""

    form: Form | None = None


class Confirmation(Message):
    """Which proposal it is."""

    referral_id: UUID


class NetworkTold(Message):
    """What was put to the network, and who answered what; who did not is there too."""

    id: UUID
    region: str
    asked_on: date
    due_on: date
    confirmed: UUID | None
    """The referral that the worker confirmed."""
    answered: int
    asked: int
    members: list[ReferralTold]


def ask(around: Around, case_id: UUID, asking: NetworkAsking, retry: Retry) -> UUID:
    """Put the form to every member that is contracted for the asked care types, at once."""
    if (made := sent_before(around, retry)) is not None:
        earlier = queries.find_referral(around.session, made, around.caller.organisation, around.today)
        assert earlier is not None
        request: UUID = earlier.network_request_id
        return request
    case = searching_case(around, case_id)
    if any(row.network_request_id and row.standing in RUNNING for row in _referrals(around, case.id)):
        raise NetworkRunning
    wanted = wanted_on(case, around.today)
    region = around.atlas.region_of(case.municipality_code, around.today) or ""
    asked = network_queries.contracted_members(
        around.session,
        region,
        on=around.today,
        care_types=case.care_type_codes,
        areas=around.atlas.areas_of(case.municipality_code, wanted),
        wanted=wanted,
    )
    if not asked:
        raise NoNetwork
    form = form_to_send(around, case, asking.form)
    due_on = end_of_working_days(around.today, ROUTE_ANSWER_DAYS)
    request = network_queries.add_request(
        around.session,
        care_request_id=case.id,
        form_id=form,
        region_code=region,
        asked_on=around.today,
        asked_by=around.caller.subject,
        due_on=due_on,
    )
    put = {"network_request_id": request, "care_request_id": case.id, "form_id": form, "due_on": due_on}
    for position, member in enumerate(asked):
        _put_to(around, member.agb_code, put, retry if position == 0 else NEVER)
    return request


def _put_to(around: Around, provider: str, put: Mapping[str, Any], retry: Retry) -> None:
    """The form lies with one member."""
    referral = queries.add_referral(
        around.session, provider_agb=provider, sent_on=around.today, sent_by=around.caller.subject, **put
    )
    history.append(
        around.session,
        around.caller,
        put["care_request_id"],
        EventKind.NETWORK_ASKED,
        around.today,
        party=provider,
        referral=referral,
        retry=retry,
        today=around.today,
    )
    tell(
        around.session,
        Notice.NETWORK_ASKED,
        organisation=provider,
        role="provider",
        key=str(referral),
        link="/aanmeldingen",
        values={"due": put["due_on"]},
    )


def confirm(around: Around, case_id: UUID, request: UUID, referral: UUID) -> None:
    """The atomic moment: under the lock of the case one proposal becomes the acceptance, the others hear it."""
    case = searching_case(around, case_id)
    members = [row for row in _referrals(around, case.id) if row.network_request_id == request]
    if not members:
        raise NothingThere("Dit is niet aan het netwerk gevraagd voor deze casus.")
    chosen = next((row for row in members if row.id == referral), None)
    if chosen is None:
        raise Invalid("De invoer klopt niet.", (Fault("/referralId", "Dit voorstel is er niet.", "unknown"),))
    if chosen.standing == Stand.ACCEPTED:
        return  # the same confirmation, sent again
    before = next((row for row in members if row.standing == Stand.ACCEPTED), None)
    if before is not None:
        raise AlreadyConfirmed(before.provider_name)
    if chosen.standing != Stand.PROPOSED:
        raise NotNow(chosen.standing)
    confirmed = note(around, chosen, EventKind.NETWORK_CONFIRMED, startDate=chosen.start_date.isoformat())
    options.promise(around, case.id, chosen.offer_id, chosen.id, until=chosen.start_date)
    for row in members:
        if row.id != chosen.id and row.standing in LAPSES:
            note(around, row, EventKind.REFERRAL_WITHDRAWN)
        tell_provider(around, row, Notice.NETWORK_DECIDED, confirmed)


def requests(around: Around, case: UUID) -> list[tuple[Row[Any], list[Row[Any]]]]:
    """Each request of a case with the referrals of its members, newest first."""
    rows = _referrals(around, case)
    return [
        (request, [row for row in rows if row.network_request_id == request.id])
        for request in network_queries.requests_of(around.session, case)
    ]


def told(request: Row[Any], rows: list[Row[Any]], members: list[ReferralTold]) -> NetworkTold:
    confirmed = next((row.id for row in rows if row.standing in {Stand.ACCEPTED, Stand.STARTED}), None)
    answered = [row for row in rows if row.start_date or row.refusal_number]
    return NetworkTold(
        id=request.id,
        region=request.region_code,
        asked_on=request.asked_on,
        due_on=request.due_on,
        confirmed=confirmed,
        answered=len(answered),
        asked=len(rows),
        members=members,
    )


def _referrals(around: Around, case: UUID) -> list[Row[Any]]:
    return queries.referrals_of(around.session, case, around.today)
