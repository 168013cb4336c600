"""The regional expert team (step 5B): a case put to it with all that was tried, and its agenda with the two weeks.

What the RET does is recorded as events of the case: talked before, discussed, a provider asked to support, BOEG, the
outcome with what it teaches.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row

from availability.cases import history
from availability.idempotency import Retry
from availability.matching.messages import Answer
from availability.messages import Message
from availability.outbox.telling import Notice, tell
from availability.referrals import queries, ret_queries
from availability.referrals.asking import Around, form_to_send, searching_case
from availability.referrals.form import Form
from availability.referrals.messages import Child, OfferName, ProviderName
from availability.referrals.reasons import Reason
from availability.referrals.refusals import NoRanking
from availability.referrals.sending import recorded_before
from availability.referrals.standing import Stand
from availability.referrals.views import child_of
from availability.refusals import Fault, Invalid
from matcher.case_events import EventKind
from matcher.working_days import end_of_weeks, working_days_left

WEEKS = 2
"""Within which the RET discusses a case."""


class Registering(Message):
    """A case put to the RET. Without a form or a ranking, the last ones of the case go along."""

    form: Form | None = None
    ranking_id: UUID | None = None


class Tried(Message):
    """One provider that was asked, and what it said."""

    provider: ProviderName
    offer: OfferName | None
    sent_on: date
    standing: Stand
    reason: Reason | None
    refusal: str | None
    through_network: bool


class AgendaItem(Message):
    """A case before the RET, in a line."""

    id: UUID
    care_request_id: UUID
    child: Child
    registered_on: date
    due_on: date
    working_days_left: int | None
    late: bool
    tried: int
    refused: int
    talked_before_on: date | None
    discussed_on: date | None
    supporter: ProviderName | None
    """The provider of the RET that was asked to support the breakthrough."""
    boeg_on: date | None
    outcome: str | None
    concluded_on: date | None
    cause: str | None
    """What it teaches: waits, a difference of view, or the RET involved too late."""


class Registration(AgendaItem):
    """The same with everything that goes along."""

    form: Form
    attempts: list[Tried]
    ranking: Answer
    """What could be found at registration, with what would open more."""


def register(around: Around, case_id: UUID, said: Registering, retry: Retry) -> UUID:
    """Put the case on the agenda of the responsible municipality's region."""
    case = searching_case(around, case_id)
    last = ret_queries.last_of(around.session, case.id)
    if recorded_before(around, retry) and last is not None:
        return last
    ranking = ret_queries.ranking_of(around.session, case.id, said.ranking_id)
    if ranking is None:
        if said.ranking_id:
            raise Invalid("De invoer klopt niet.", (Fault("/rankingId", "Deze rangschikking is er niet."),))
        raise NoRanking
    form = form_to_send(around, case, said.form)
    region = around.atlas.region_of(case.municipality_code, around.today) or ""
    event = history.append(
        around.session,
        around.caller,
        case.id,
        EventKind.RET_REGISTERED,
        around.today,
        party=region,
        retry=retry,
        today=around.today,
    )
    due_on = end_of_weeks(around.today, WEEKS)
    made = ret_queries.register(
        around.session,
        care_request_id=case.id,
        form_id=form,
        ranking_id=ranking,
        region_code=region,
        registered_on=around.today,
        registered_at=event.recorded,
        registered_by=around.caller.subject,
        due_on=due_on,
    )
    tell(
        around.session,
        Notice.RET_REGISTERED,
        organisation=region,
        role="ret-chair",
        key=str(made),
        link="/agenda",
        values={"due": due_on},
    )
    return made


def item(around: Around, row: Row[Any], tried: Sequence[Row[Any]]) -> AgendaItem:
    return AgendaItem(**_line(around, row, tried))


def whole(around: Around, row: Row[Any], tried: Sequence[Row[Any]]) -> Registration:
    return Registration(
        **_line(around, row, tried),
        form=Form.stored(row.form),
        attempts=[_tried(each) for each in tried],
        ranking=Answer.model_validate_json(orjson.dumps(row.ranking)),
    )


def tried_for(around: Around, case: UUID) -> list[Row[Any]]:
    return queries.referrals_of(around.session, case, around.today)


def _line(around: Around, row: Row[Any], tried: Sequence[Row[Any]]) -> dict[str, Any]:
    waits = row.status == "open" and row.concluded_on is None and row.discussed_on is None
    said = row.outcome or {}
    return {
        "id": row.id,
        "care_request_id": row.care_request_id,
        "child": child_of(row, around.lexicon, around.atlas),
        "registered_on": row.registered_on,
        "due_on": row.due_on,
        "working_days_left": working_days_left(around.today, row.due_on) if waits else None,
        "late": waits and row.due_on < around.today,
        "tried": len(tried),
        "refused": sum(each.refusal_number is not None for each in tried),
        "talked_before_on": row.talked_before_on,
        "discussed_on": row.discussed_on,
        "supporter": ProviderName(agb_code=row.supporter, name=row.supporter_name or "") if row.supporter else None,
        "boeg_on": row.boeg_on,
        "outcome": said.get("outcome"),
        "concluded_on": row.concluded_on,
        "cause": said.get("cause"),
    }


def _tried(row: Row[Any]) -> Tried:
    return Tried(
        provider=ProviderName(agb_code=row.provider_agb, name=row.provider_name),
        offer=OfferName(id=row.offer_id, name=row.offer_name) if row.offer_id else None,
        sent_on=row.sent_on,
        standing=Stand(row.standing),
        reason=Reason(row.reason) if row.reason else None,
        refusal=row.refusal_number,
        through_network=row.network_request_id is not None,
    )
