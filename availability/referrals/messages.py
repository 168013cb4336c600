"""Referrals as they go over the wire: put to an offer, answered, and shown to whom they concern.

A provider sees what is put to it and nothing else of the case; when nothing can come of it any more, not that either.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, WithJsonSchema

from availability.codes import Slug
from availability.messages import CodeAndName, Message
from availability.referrals.form import Form, FreeText
from availability.referrals.reasons import REASONS, Reason
from availability.referrals.standing import Stand
from availability.refusals import Fault, Invalid
from availability.vocabulary.lexicon import Lexicon

OfferNumber = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Sending(Message):
    """A case put to one offer. Without a form, the last one of the case goes along."""

    offer_id: OfferNumber
    form: Form | None = None
    duplicate_confirmed: bool = False
    """That another referral of this case runs already, is known and meant."""


class AnswerKind(StrEnum):
    ACCEPT = "accept"
    QUESTION = "question"
    REFUSE = "refuse"


class ReferralAnswer(Message):
    """What the provider says. Which fields go with which answer is in `FIELDS`."""

    answer: AnswerKind
    start_date: Annotated[date | None, WithJsonSchema({"type": "string", "format": "date"})] = None
    offer_id: OfferNumber | None = None
    """With which offer a member of the network can help."""
    question: FreeText | None = None
    reason: Reason | None = None
    needs: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    """Which needs do not fit, when that is the reason."""
    explanation: FreeText | None = None
    start_possible_on: date | None = None
    """When a place may come, for who cannot wait to know."""

    @classmethod
    def read(cls, raw: bytes) -> Self:
        answer = super().read(raw)
        if faults := tuple(answer._faults()):
            raise Invalid("De invoer klopt niet.", faults)
        return answer

    def _faults(self) -> list[Fault]:
        needed, allowed = FIELDS[self.answer]
        meaning = REASONS.get(self.reason) if self.reason else None
        if meaning is not None:
            needed = needed | ({"needs"} if meaning.asks_needs else set())
            needed = needed | ({"explanation"} if meaning.asks_explanation else set())
        missing = [Fault(_pointer(name), "Dit veld ontbreekt.", "missing") for name in needed if not _given(self, name)]
        strange = {name for group in FIELDS.values() for name in group[1]} - allowed
        wrong = [Fault(_pointer(name), SUPERFLUOUS, "superfluous") for name in strange if _given(self, name)]
        return sorted(missing + wrong, key=lambda fault: fault.pointer)


def unknown_needs(codes: Sequence[str], lexicon: Lexicon, pointer: str) -> tuple[Fault, ...]:
    return tuple(
        Fault(f"{pointer}/{position}", "Dit kenmerk kennen wij niet.", "unknown")
        for position, code in enumerate(codes)
        if lexicon.need(code) is None
    )


FIELDS: Mapping[AnswerKind, tuple[frozenset[str], frozenset[str]]] = {
    AnswerKind.ACCEPT: (frozenset({"start_date"}), frozenset({"start_date", "offer_id"})),
    AnswerKind.QUESTION: (frozenset({"question"}), frozenset({"question"})),
    AnswerKind.REFUSE: (
        frozenset({"reason"}),
        frozenset({"reason", "needs", "explanation", "start_possible_on"}),
    ),
}
"""Per answer: what must be there, and what may."""

SUPERFLUOUS = "Dit hoort niet bij dit antwoord."


def _given(message: Message, name: str) -> bool:
    return getattr(message, name) not in (None, ())


def _pointer(name: str) -> str:
    alias = ReferralAnswer.model_fields[name].alias
    return f"/{alias or name}"


class Reply(Message):
    """The worker's answer to the provider's question."""

    text: FreeText


class Withdrawal(Message):
    """Why a referral or an acceptance is withdrawn; a provider gives a reason, for it is a refusal."""

    reason: Reason | None = None
    needs: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    explanation: FreeText | None = None


class StartJudgement(Message):
    """Whether a start after the wanted day is in time all the same: the worker's to say."""

    timely: bool


class Sharpening(Message):
    """What the offer does not serve from now on; none: the profile is right as it is."""

    excludes: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()


class Child(Message):
    """What a provider may know of the child: never a name, never a day of birth."""

    reference: str
    birth_month: str
    pc4: str
    municipality: CodeAndName
    care_types: list[CodeAndName]
    needed_from: date
    urgency: str
    needs: list[CodeAndName]
    gender: str | None
    siblings: int
    past_eighteen: bool
    setting: str | None


class Exchange(Message):
    """A question of the provider, with the answer when there is one."""

    question: str
    asked_on: date
    answer: str | None = None
    answered_on: date | None = None


class AskKind(StrEnum):
    CORRECT_STATEMENT = "correct-statement"
    """You refused for lack of a place, and state an open one."""
    SHARPEN_PROFILE = "sharpen-profile"
    """You refused because of needs that your profile does not exclude."""


class Ask(Message):
    """What a refusal asks of the provider itself."""

    kind: AskKind
    offer_id: int
    open_places: int | None = None
    needs: list[CodeAndName] | None = None


class OfferName(Message):
    id: int
    name: str


class ProviderName(Message):
    agb_code: str
    name: str


class ReferralTold(Message):
    """A referral as seen by its provider or by the worker whose case it is."""

    id: UUID
    offer: OfferName | None
    """None: asked through the network, and not yet said with which offer."""
    provider: ProviderName
    care_type: CodeAndName | None
    network_request_id: UUID | None
    care_request_id: UUID | None
    """Only for the worker."""
    sent_on: date
    due_on: date
    standing: Stand
    since: date
    late: bool
    working_days_left: int | None
    """Until the answer is due; negative when it is late, null when nothing is awaited."""
    starts_on: date | None
    timely: bool | None
    """Null: it starts after the wanted day, and the worker has not judged."""
    refusal: str | None
    """The number of the document."""
    reason: Reason | None
    option_until: date | None
    """A place is held for this case up to and including this day."""
    questions: list[Exchange]
    child: Child | None
    form: Form | None
    asks: list[Ask]
    """Only for the provider."""


class EnrolmentFormTold(Message):
    """The form of a case as it was last filled in."""

    id: UUID
    filled_in_at: datetime
    form: Form


def names_of(codes: list[str], find: Any) -> list[CodeAndName]:  # noqa: ANN401 - a look-up of the lexicon
    """Codes with their names, in the given order."""
    return [CodeAndName(code=code, name=word.name) for code in codes if (word := find(code)) is not None]
