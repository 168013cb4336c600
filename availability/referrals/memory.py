"""Who refused this case before, and whether that still holds: until something changed, asking again is of no use."""

from collections.abc import Iterable, Iterator
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
    return sorted({offer for _, offer in _standing(document_queries.refusals_of(session, case))})


def refused_everywhere(session: Session) -> list[tuple[UUID, int]]:
    """Of every open case in the country the offers that refused it, and of which nothing changed since."""
    return sorted(set(_standing(document_queries.refusals_of_open_cases(session))))


def _standing(refusals: Iterable[Row[Any]]) -> Iterator[tuple[UUID, int]]:
    """The case and the offer, of refusals that still keep the offer from the top of its list."""
    for row in refusals:
        if not changed_since(row):
            for offer in row.offers or ():
                yield row.care_request_id, offer
