"""Who refused this case before, and whether that still holds: until something changed, asking again is of no use."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.messages import Message
from availability.referrals import document_queries
from availability.referrals.messages import ProviderName
from availability.referrals.reasons import REASONS, Aspect, Reason


class RememberedRefusal(Message):
    """A refusal of a case. While it stands, its offers do not come on top of a ranking for this case."""

    number: str
    referral_id: UUID
    provider: ProviderName
    offer_ids: list[int]
    reason: Reason
    reason_text: str
    issued_on: date
    stands: bool
    changed: list[Aspect]
    """What changed since, of what makes asking again worth while with this reason."""

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        changed = changed_since(row)
        return cls(
            number=row.number,
            referral_id=row.referral_id,
            provider=ProviderName(agb_code=row.provider_agb, name=row.provider_name),
            offer_ids=sorted(row.offers or []),
            reason=Reason(row.reason),
            reason_text=REASONS[Reason(row.reason)].text,
            issued_on=row.issued_on,
            stands=not changed,
            changed=changed,
        )


def changed_since(row: Row[Any]) -> list[Aspect]:
    """What changed since a refusal, as far as that matters to its reason."""
    matters = REASONS[Reason(row.reason)].lapses_with
    return [aspect for aspect in Aspect if aspect in matters and getattr(row, aspect.value)]


def refused_offers(session: Session, case: UUID) -> list[int]:
    """The offers that refused this case, and of which nothing changed since."""
    return sorted(set(_standing(session, case)))


def _standing(session: Session, case: UUID) -> Iterator[int]:
    for row in document_queries.refusals_of(session, case):
        if not changed_since(row):
            yield from row.offers or ()
