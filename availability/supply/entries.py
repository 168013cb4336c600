"""What is brought before the database: a draft, with who states it and in which way."""

from dataclasses import dataclass

from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, allowed
from availability.request_id import current_request_id
from availability.supply.drafts import Draft

CONFIRMATION = "confirmation"
"""The source of a statement that repeats what holds now."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who states, in which way: what the statement and its audit keep, and what the caller may touch."""

    provider: str | None
    """The only provider whose offers these may be; none: anybody's."""
    stated_by: str
    source: str
    subject: str
    organisation: str
    role: str
    action: str
    request_id: str | None

    @classmethod
    def of(cls, caller: Identity, source: str) -> "Author":
        return cls(
            provider=None if allowed(caller, Action.STATE_CAPACITY, Relation.ANY) else caller.organisation,
            stated_by=f"{caller.organisation}:{caller.subject}",
            source=source,
            subject=caller.subject,
            organisation=caller.organisation,
            role=caller.role.value,
            action="confirm-capacity" if source == CONFIRMATION else "state-capacity",
            request_id=current_request_id(),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One draft with its author."""

    author: Author
    draft: Draft
