"""A referral as it is shown: to its provider what was put to it, to the worker what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from availability.access.identity import Role
from availability.geography.atlas import Atlas
from availability.messages import CodeAndName
from availability.referrals import document_queries, queries
from availability.referrals.asking import Around
from availability.referrals.form import Form
from availability.referrals.messages import (
    Ask,
    AskKind,
    Child,
    Exchange,
    OfferName,
    ProviderName,
    ReferralTold,
    names_of,
)
from availability.referrals.reasons import REASONS, Reason
from availability.referrals.refusing import asks_to_sharpen
from availability.referrals.standing import AWAITED, SEES_THE_FORM, Stand
from availability.vocabulary.lexicon import Lexicon
from matcher.case_events import EventKind
from matcher.working_days import working_days_left


def shown(around: Around, rows: Sequence[Row[Any]]) -> list[ReferralTold]:
    """The referrals as the caller may see them."""
    said = _exchanges(around, [row.id for row in rows])
    return [_told(around, row, said[row.id]) for row in rows]


def _told(around: Around, row: Row[Any], questions: list[Exchange]) -> ReferralTold:
    is_provider = around.caller.role is Role.PROVIDER
    standing = Stand(row.standing)
    sees = not is_provider or standing in SEES_THE_FORM
    awaited = standing in AWAITED
    return ReferralTold(
        id=row.id,
        offer=OfferName(id=row.offer_id, name=row.offer_name) if row.offer_id else None,
        provider=ProviderName(agb_code=row.provider_agb, name=row.provider_name),
        care_type=next(iter(names_of([row.care_type_code], around.lexicon.care_type)), None),
        network_request_id=row.network_request_id,
        care_request_id=None if is_provider else row.care_request_id,
        sent_on=row.sent_on,
        due_on=row.due_on,
        standing=standing,
        since=row.since,
        late=awaited and row.due_on < around.today,
        working_days_left=working_days_left(around.today, row.due_on) if awaited else None,
        starts_on=row.start_date,
        timely=_timely(row),
        refusal=row.refusal_number,
        reason=Reason(row.reason) if row.reason else None,
        option_until=row.option_until,
        questions=questions if sees else [],
        child=child_of(row, around.lexicon, around.atlas) if sees else None,
        form=Form.stored(row.form) if sees else None,
        asks=_asks(around, row) if is_provider else [],
    )


def _timely(row: Row[Any]) -> bool | None:
    """In time by the wanted day, or as the worker judged; None as long as she must."""
    if row.start_date is None:
        return None
    judged: bool | None = row.judged_timely
    return True if row.start_date <= row.wanted_then else judged


def child_of(row: Row[Any], lexicon: Lexicon, atlas: Atlas) -> Child:
    municipality = atlas.municipality(row.municipality_code)
    return Child(
        reference=row.reference,
        birth_month=row.birth_month,
        pc4=row.pc4,
        municipality=CodeAndName(code=row.municipality_code, name=municipality.name if municipality else ""),
        care_types=names_of(row.care_type_codes, lexicon.care_type),
        needed_from=row.needed_from,
        urgency=row.urgency,
        needs=names_of(row.need_codes, lexicon.need),
        gender=row.gender,
        siblings=row.siblings,
        past_eighteen=row.past_eighteen,
        setting=row.setting,
    )


def _asks(around: Around, row: Row[Any]) -> list[Ask]:
    """What the provider's own refusal asks of it, as long as it did nothing about it."""
    asks = []
    contradicts = bool(row.reason and REASONS[Reason(row.reason)].contradicts_open_places and row.stated_open)
    if contradicts and row.offer_id and document_queries.stands_as_stated(around.session, row.refusal_number):
        asks.append(Ask(kind=AskKind.CORRECT_STATEMENT, offer_id=row.offer_id, open_places=row.stated_open))
    if asks_to_sharpen(row):
        needs = names_of(row.refused_needs, around.lexicon.need)
        asks.append(Ask(kind=AskKind.SHARPEN_PROFILE, offer_id=row.offer_id, needs=needs))
    return asks


def _exchanges(around: Around, referrals: list[UUID]) -> defaultdict[UUID, list[Exchange]]:
    """Questions of each referral with their answers, oldest first."""
    said: defaultdict[UUID, list[Exchange]] = defaultdict(list)
    for row in queries.exchanges(around.session, referrals) if referrals else ():
        if row.kind == EventKind.REFERRAL_QUESTION_ASKED:
            said[row.referral_id].append(Exchange(question=row.notes["question"], asked_on=row.occurred_on))
        else:
            last = said[row.referral_id].pop()
            answered = {"answer": row.notes["answer"], "answered_on": row.occurred_on}
            said[row.referral_id].append(last.model_copy(update=answered))
    return said
