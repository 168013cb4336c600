"""Drafts of a 301 and a 315 over HTTP."""

from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter, Depends

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, may
from availability.cases import event_queries, history, queries
from availability.cases.drafts import Draft, draft_of
from availability.cases.parties import standing_of
from availability.clock import Today
from availability.database import InTransaction
from availability.description import refuses
from availability.messages import Message
from availability.refusals import NotFound
from availability.vocabulary.lexicon import TheLexicon
from matcher.ijw import MessageCode

router = APIRouter(tags=["casussen"])

Sender = Annotated[Identity, Depends(may(Action.DRAFT_MESSAGE))]
Provider = Annotated[Identity, Depends(may(Action.TELL_OF_REFERRAL))]


class Name(StrEnum):
    ALLOCATION = "301"
    REQUEST = "315"


CODES: dict[Name, MessageCode] = {Name.ALLOCATION: MessageCode.JW301, Name.REQUEST: MessageCode.JW315}


class MessageDraft(Message):
    """The content by the names of iJw 3.2; what only the sender's own system knows is named, not filled in."""

    message: Name
    content: dict[str, Any]
    to_fill_in: list[str]
    warnings: list[str]
    """Rules of the standard that the determination breaks, in sentences."""

    @classmethod
    def of(cls, name: Name, draft: Draft) -> Self:
        return cls(
            message=name,
            content=dict(draft.content),
            to_fill_in=list(draft.to_fill_in),
            warnings=list(draft.warnings),
        )


@router.get(
    "/care-requests/{case_id}/drafts/{name}",
    summary="De inhoud van een 301 of 315, om over te nemen",
    responses=refuses(403, 409),
)
def get_draft(
    *, case_id: UUID, name: Name, caller: Sender, session: InTransaction, lexicon: TheLexicon, today: Today
) -> MessageDraft:
    case = standing_of(session, caller, case_id, Action.DRAFT_MESSAGE, today).case
    told = history.facts_and_events(session, [case_id])[case_id]
    record(session, caller, "draft-message", "care-request", str(case_id))
    return MessageDraft.of(name, draft_of(CODES[name], case, told, lexicon))


@router.get(
    "/referrals/{referral_id}/drafts/315",
    summary="De inhoud van uw verzoek om toewijzing (315), om over te nemen",
    responses=refuses(403, 409),
)
def get_request_draft(
    *, referral_id: UUID, caller: Provider, session: InTransaction, lexicon: TheLexicon
) -> MessageDraft:
    case_id = event_queries.case_helped_by(session, referral_id, caller.organisation)
    if case_id is None:
        raise NotFound("Deze aanmelding bestaat niet, of is niet bij u geplaatst.")
    told = history.facts_and_events(session, [case_id])[case_id]
    case = queries.find_case(session, case_id, told.facts.organisation)
    assert case is not None
    record(session, caller, "draft-message", "referral", str(referral_id))
    return MessageDraft.of(Name.REQUEST, draft_of(MessageCode.JW315, case, told, lexicon))
