"""Why a request is refused, in sentences for people.

A noun subclasses the family that fits and says what is wrong and what to do. Only `problems` knows which HTTP status
belongs to which family. A refusal is expected: it is information, not an error in the log.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one field of the input."""

    pointer: str
    """JSON pointer to the field (`/openPlaces`), a query key (`?limit`) or a header (`If-Match`)."""
    detail: str
    """What is wrong and what would be right; never the value itself when it may say something of a child."""
    code: str = "invalid"


class Refusal(Exception):
    """An expected no. `detail` is a Dutch sentence that names no child."""

    code = "refused"
    """Ends the problem type's URI; kebab-case, stable."""
    title = "Dit kan niet"
    advice = "Lees wat er in detail staat, en pas uw verzoek daarop aan."
    """What to do, for the page that the problem's type leads to; a family's holds for all of its kind."""

    def __init__(self, detail: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = faults


class Unauthenticated(Refusal):
    """No token, or one that cannot be trusted."""

    code = "unauthenticated"
    title = "Aanmelden is nodig"
    advice = "Vraag een nieuw toegangstoken, en stuur het mee: Authorization: Bearer …"


class NotAllowed(Refusal):
    """The caller is known, but this is not theirs to do."""

    code = "not-allowed"
    title = "Dit mag u niet"
    advice = "Kijk of u met de goede rol en organisatie werkt. Vraag anders uw beheerder om toegang."


class NotFound(Refusal):
    """It does not exist, or its existence is not the caller's to know."""

    code = "not-found"
    title = "Niet gevonden"
    advice = "Kijk het adres en het nummer na. Het kan ook van een ander zijn, of niet meer getoond worden."


class NothingThere(NotFound):
    """What was asked is the caller's own, and there is nothing yet, or no longer: nobody was denied anything."""


class Invalid(Refusal):
    """The input is wrong; every fault is listed at once."""

    code = "invalid-input"
    title = "De invoer klopt niet"
    advice = "Kijk in errors: per fout staat er welk veld (pointer) en wat er goed zou zijn. Alle fouten staan erin."


class Conflict(Refusal):
    """The input is well-formed, but cannot be combined with what is there."""

    code = "conflict"
    title = "Dit botst met wat er al is"
    advice = "Haal op wat er nu is, en pas uw verzoek daarop aan."


class Gone(Refusal):
    """It worked once, and does not any more."""

    code = "gone"
    title = "Dit werkt niet meer"
    advice = "Probeer het niet nog eens. Vraag om een nieuwe, of log in."


class PreconditionMissing(Refusal):
    """The caller did not say which version it saw (`If-Match`)."""

    code = "precondition-missing"
    title = "Geef aan welke versie u wijzigt"
    advice = (
        "Haal het eerst op. Stuur de ETag van dat antwoord mee in If-Match; is er nog niets, stuur If-None-Match: *."
    )


class PreconditionFailed(Refusal):
    """Somebody else was first."""

    code = "changed-meanwhile"
    title = "Ondertussen gewijzigd"
    advice = "Haal de nieuwste versie op, wijzig die, en stuur haar met de nieuwe ETag in If-Match."


class MethodNotAllowed(Refusal):
    """The address exists; this cannot be done there."""

    code = "method-not-allowed"
    title = "Dit kan hier niet"
    advice = "Kijk in de kop Allow, of in openapi.json, wat er op dit adres wel kan."


class TooLarge(Refusal):
    """More than we read in one message."""

    code = "too-large"
    title = "Het bericht is te groot"
    advice = "Verdeel het over kleinere berichten."


class Unavailable(Refusal):
    """Not now: a part that we need is not there yet, or gone for a moment."""

    code = "unavailable"
    title = "Even niet beschikbaar"
    advice = "Wacht zo lang als Retry-After zegt, en stuur hetzelfde nog eens, met dezelfde Idempotency-Key."
