"""Why a provider refuses: one table with what must be said with each reason, what it means, and how long it holds."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """A provider's reason, as it chooses it."""

    NO_PLACE = "no-place"
    NO_TIMELY_PLACE = "no-timely-place"
    NOT_FITTING = "not-fitting"
    NO_CONTRACT = "no-contract"
    OTHER = "other"


class Aspect(StrEnum):
    """What can change after a refusal, so that asking again makes sense."""

    STATEMENT = "statement"
    """What the provider states of its places and waits."""
    PROFILE = "profile"
    """For whom the offer is."""
    QUESTION = "question"
    """What is asked for the child."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a reason says and asks."""

    text: str
    lapses_with: frozenset[Aspect]
    """A change in one of these, and the refusal no longer keeps the offer from the top of the list."""
    asks_needs: bool = False
    asks_explanation: bool = False
    contradicts_open_places: bool = False
    """Said of an offer with stated open places, the statement and the refusal cannot both be true."""
    ijw: str | None = None
    """iJw 3.2, code list WJ759 (reden afwijzing verzoek), where it has a word for this; it knows no "no place"."""


ANY_CHANGE = frozenset(Aspect)
NOT_BY_PLACES = frozenset({Aspect.PROFILE, Aspect.QUESTION})

REASONS: dict[Reason, Meaning] = {
    Reason.NO_PLACE: Meaning("Er is geen plek.", ANY_CHANGE, contradicts_open_places=True),
    Reason.NO_TIMELY_PLACE: Meaning("Er is geen plek op tijd.", ANY_CHANGE),
    Reason.NOT_FITTING: Meaning("De hulp past niet bij deze vraag.", NOT_BY_PLACES, asks_needs=True, ijw="7"),
    Reason.NO_CONTRACT: Meaning("Er is geen contract met deze gemeente.", NOT_BY_PLACES, ijw="3"),
    Reason.OTHER: Meaning("Er is een andere reden.", ANY_CHANGE, asks_explanation=True),
}
"""Every reason. A place that came free does not make help fit that did not."""
