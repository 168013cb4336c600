"""Why a statement of capacity is refused, per outcome of the write."""

from availability.refusals import (
    Conflict,
    Fault,
    NotAllowed,
    NotFound,
    PreconditionFailed,
    PreconditionMissing,
    Refusal,
)
from availability.supply.drafts import Draft
from availability.supply.queries import Outcome


class KeyReused(Conflict):
    code = "idempotency-key-reused"
    title = "Deze sleutel is al gebruikt"
    advice = "Neem voor elk nieuw bericht een nieuwe Idempotency-Key. Alleen bij een herhaling gebruikt u dezelfde."


class UnlikelyJump(Conflict):
    code = "unlikely-jump"
    title = "Klopt dit aantal?"
    advice = "Kijk het aantal na. Klopt het, stuur dan hetzelfde met confirmed: true."


REFUSALS: dict[Outcome, tuple[type[Refusal], str]] = {
    Outcome.UNKNOWN_OFFER: (NotFound, "Dit aanbod bestaat niet."),
    Outcome.NOT_YOURS: (NotAllowed, "Dit aanbod is van een andere aanbieder. U kunt alleen uw eigen plekken opgeven."),
    Outcome.UNSAID: (
        PreconditionMissing,
        "Stuur mee welke opgave u zag: If-Match met de ETag, of If-None-Match: * bij de eerste opgave.",
    ),
    Outcome.NEVER_STATED: (PreconditionFailed, "Voor dit aanbod is nog geen opgave. Stuur If-None-Match: * mee."),
    Outcome.STATED_ALREADY: (PreconditionFailed, "Voor dit aanbod is al een opgave. Haal die op en wijzig haar."),
    Outcome.CHANGED: (PreconditionFailed, "Iemand anders was u voor. Haal de nieuwste opgave op en kijk haar na."),
    Outcome.KEY_REUSED: (KeyReused, "Deze Idempotency-Key is al gebruikt voor een andere opgave."),
}
"""The family and the sentence; `accepted` and `replayed` are no refusal, `wrong` has its own faults."""


def refusal_of(draft: Draft, outcome: Outcome, total_before: int | None) -> Refusal:
    """Why this draft was not accepted."""
    if outcome is Outcome.UNLIKELY_JUMP:
        detail = (
            f"Het totaal springt van {total_before} naar meer dan het tienvoudige. Klopt dat?"
            " Stuur dan confirmed: true mee."
        )
        return UnlikelyJump(detail, (Fault("/totalPlaces", "Kijk dit aantal na.", "unlikely-jump"),))
    if outcome is Outcome.WRONG and draft.wrong is not None:
        return draft.wrong
    family, sentence = REFUSALS[outcome]
    return family(sentence)
