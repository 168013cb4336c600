"""Statements that somebody wants to make, read from one body or from a list, right or wrong.

A draft that is wrong is still brought before the database: a caller who may not see the offer, or who is late, hears
that first.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, JsonValue, ValidationError
from pydantic_core import to_json

from availability.messages import Message
from availability.preconditions import Precondition
from availability.refusals import Fault, Invalid
from availability.supply.messages import Statement


class StatementItem(Statement):
    """One of many statements, each with its own precondition and key."""

    offer_id: Annotated[int, Field(ge=1, le=2**63 - 1)]
    if_match: str | None = None
    if_none_match: str | None = None
    idempotency_key: Annotated[str | None, Field(pattern=r"^[\x21-\x7e]+$", max_length=128)] = None


@dataclass(frozen=True, slots=True)
class Draft:
    offer_id: int
    """0: unreadable, or named twice."""
    precondition: Precondition
    figures: Statement | None = None
    """None: what holds now is confirmed, or what was sent is wrong."""
    wrong: Invalid | None = None
    key: str | None = None
    pointer: str = ""
    """Where it stands in what was sent."""

    @property
    def jump_meant(self) -> bool:
        return self.figures is not None and self.figures.confirmed

    @classmethod
    def read(cls, offer_id: int, precondition: Precondition, raw: bytes, key: str | None) -> "Draft":
        """The draft in a body that holds one statement."""
        try:
            return cls(offer_id, precondition, Statement.read(raw), key=key)
        except Invalid as wrong:
            return cls(offer_id, precondition, wrong=wrong, key=key)


MOST_STATEMENTS = 10_000
"""What the largest provider has, several times over."""

LARGEST_LIST = 8 * 1_048_576
"""Eight mebibytes: that many statements with a note each."""

MOST_FAULTS_TOGETHER = 2_000
"""Beyond that a list is the wrong list; putting each fault into words would take seconds."""

TOO_MANY_FAULTS = (
    f"Deze lijst heeft meer dan {MOST_FAULTS_TOGETHER} fouten. Kijk na of het wel de goede lijst is."
    " Er is niets opgeslagen."
)

_Many = Field(min_length=1, max_length=MOST_STATEMENTS)


class Statements(Message):
    """Up to ten thousand statements, all of them readable."""

    items: Annotated[list[StatementItem], _Many]


class _Unread(Message):
    """The same while some cannot be read: each is judged by itself, and a wrong one does not keep out the others."""

    items: Annotated[list[dict[str, JsonValue]], _Many]


def read_drafts(raw: bytes, key: str | None = None) -> list[Draft]:
    """A draft for each statement of a list, right or wrong; `key` is of each that brings none of its own.

    Raises Invalid when it is no list, or a hopeless one.
    """
    try:
        read = [_draft(item, position) for position, item in enumerate(Statements.model_validate_json(raw).items)]
    except ValidationError:
        read = [_judged(position, item) for position, item in enumerate(_Unread.read(raw).items)]
        if sum(len(draft.wrong.faults) for draft in read if draft.wrong) > MOST_FAULTS_TOGETHER:
            raise Invalid(TOO_MANY_FAULTS) from None
    if key is not None:
        read = [replace(draft, key=draft.key or key) for draft in read]
    times = Counter([draft.offer_id for draft in read])
    return read if len(times) == len(read) else [_single(draft, position, times) for position, draft in enumerate(read)]


def _draft(item: StatementItem, position: int) -> Draft:
    seen = Precondition.of(item.if_match, item.if_none_match)
    return Draft(item.offer_id, seen, item, key=item.idempotency_key, pointer=f"/items/{position}")


def _judged(position: int, item: Mapping[str, Any]) -> Draft:
    try:
        return _draft(StatementItem.read(to_json(item)), position)
    except Invalid as wrong:
        faults = tuple(replace(fault, pointer=f"/items/{position}{fault.pointer}") for fault in wrong.faults)
        return Draft(_offer_id(item), _precondition(item), wrong=Invalid(wrong.detail, faults))


def _offer_id(item: Mapping[str, Any]) -> int:
    offer_id = item.get("offerId")
    return offer_id if type(offer_id) is int and 0 < offer_id < 2**63 else 0


def _precondition(item: Mapping[str, Any]) -> Precondition:
    said = (item.get("ifMatch"), item.get("ifNoneMatch"))
    return Precondition.of(*(each if isinstance(each, str) else None for each in said))


def _single(draft: Draft, position: int, times: Mapping[int, int]) -> Draft:
    """The draft, or none of it when its offer is named more than once: which of them would hold?"""
    if draft.offer_id == 0 or times[draft.offer_id] == 1:
        return draft
    double = Fault(f"/items/{position}/offerId", "Dit aanbod staat er meer dan eens in.", "double")
    return Draft(0, draft.precondition, wrong=Invalid("De invoer klopt niet.", (double,)))
