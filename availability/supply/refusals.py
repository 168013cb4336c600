"""Why a statement of capacity is refused, per outcome of the write."""

from collections.abc import Iterator

from pydantic.alias_generators import to_camel

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
from availability.supply.queries import Outcome, Stated
from matcher.jumps import Places, jumps


class KeyReused(Conflict):
    code = "idempotency-key-reused"
    title = "Deze sleutel is al gebruikt"
    advice = "Neem voor elk nieuw bericht een nieuwe Idempotency-Key. Alleen bij een herhaling gebruikt u dezelfde."


class UnlikelyJump(Conflict):
    code = "unlikely-jump"
    title = "Klopt dit aantal?"
    advice = "Kijk het aantal na. Klopt het, stuur dan hetzelfde met confirmed: true."


CONFIRM = "Een aantal wordt in één keer meer dan tien keer zo groot. Klopt dat? Stuur dan confirmed: true mee."


NAMES = {"total_places": "Het totaal", "occupied_places": "Bezet", "reserved_places": "Gereserveerd"}
"""The figures that can jump, as a person reads them."""


def jump_faults(draft: Draft, stated: Stated) -> Iterator[Fault]:
    """Each figure that jumps, with both numbers."""
    if stated.before is None or draft.figures is None:
        return
    now = Places(*(getattr(draft.figures, name) for name in Places._fields))
    for jump in jumps(stated.before, now):
        sentence = f"{NAMES[jump.field]} gaat van {jump.before} naar {jump.now}. Klopt dat? Bevestig het dan."
        yield Fault(f"{draft.pointer}/{to_camel(jump.field)}", sentence, "unlikely-jump")


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


NOT_STATED = Stated(Outcome.WRONG, None, None)
"""Of a draft that cannot be brought before the database."""


def refusal_of(draft: Draft, stated: Stated) -> Refusal:
    """Why this draft was not accepted."""
    outcome = stated.outcome
    if outcome is Outcome.UNLIKELY_JUMP:
        return UnlikelyJump(CONFIRM, tuple(jump_faults(draft, stated)))
    if outcome is Outcome.WRONG and draft.wrong is not None:
        return draft.wrong
    family, sentence = REFUSALS[outcome]
    return family(sentence)
