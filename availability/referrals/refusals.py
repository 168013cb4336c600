"""Why something about a referral, an option, the network or the RET cannot be done, in sentences for people."""

from datetime import date

from availability.refusals import Conflict, Fault
from matcher.dutch import day


class CaseIsOver(Conflict):
    code = "case-is-over"
    title = "Deze casus zoekt niet meer"
    advice = "Heropen de casus als er toch weer hulp nodig is."

    def __init__(self) -> None:
        super().__init__("Deze casus zoekt geen plek meer. Heropen haar als dat wel zo is.")


class NotPublished(Conflict):
    code = "not-published"
    title = "Dit aanbod is er niet"
    advice = "Kies een ander aanbod uit de rangschikking."

    def __init__(self, offer: str) -> None:
        super().__init__(f"{offer} is op de gewenste dag niet beschikbaar. Kies een ander aanbod.")


class NotContracted(Conflict):
    code = "not-contracted"
    title = "Hiervoor is geen contract"
    advice = "Vraag eerst de aangewezen functionaris van de gemeente, of kies een gecontracteerd aanbod."

    def __init__(self, provider: str, wanted: date) -> None:
        super().__init__(
            f"{provider} heeft op {day(wanted)} geen contract met deze gemeente voor deze hulp."
            " Vraag eerst de aangewezen functionaris."
        )


class NeedsNoPermission(Conflict):
    code = "needs-no-permission"
    title = "Hiervoor is geen besluit nodig"
    advice = "Stuur de aanmelding."

    def __init__(self, provider: str) -> None:
        super().__init__(f"Voor de hulp van {provider} is geen besluit nodig. U kunt de aanmelding sturen.")


class RunningReferral(Conflict):
    code = "running-referral"
    title = "Er loopt al een aanmelding"
    advice = "Wacht het antwoord af, trek de eerste in, of stuur duplicateConfirmed mee als u dit zo bedoelt."

    def __init__(self, provider: str, offer: str | None, sent_on: date, due_on: date) -> None:
        at = f"{provider} ({offer})" if offer else provider
        detail = f"Er loopt al een aanmelding bij {at} van {day(sent_on)}. Het antwoord komt uiterlijk {day(due_on)}."
        super().__init__(detail, (Fault("/duplicateConfirmed", "Bedoelt u dit zo? Geef dan true.", "running"),))


class PlaceFound(Conflict):
    code = "place-found"
    title = "Er is al een plek"
    advice = "Trek eerst de aanmelding in die is aangenomen, of beoordeel de start als te laat."

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider} gaf al een plek. Trek die aanmelding eerst in.")


class SameReferral(Conflict):
    code = "same-referral"
    title = "Deze aanmelding loopt al"
    advice = "Wacht het antwoord af, of trek de aanmelding in."

    def __init__(self, provider: str) -> None:
        super().__init__(f"Deze casus ligt al bij {provider} voor ditzelfde aanbod.")


class NotNow(Conflict):
    code = "referral-stands-otherwise"
    title = "Dit past nu niet bij deze aanmelding"
    advice = "Haal de aanmelding opnieuw op en kijk hoe zij er nu voor staat."

    def __init__(self, standing: str) -> None:
        super().__init__(_HOW_IT_STANDS.get(standing, "Dit kan nu niet bij deze aanmelding."))


_HOW_IT_STANDS: dict[str, str] = {
    "open": "Deze aanmelding wacht nog op het antwoord van de aanbieder.",
    "question": "Deze aanmelding wacht op het antwoord van de medewerker.",
    "proposed": "De aanbieder heeft zich al aangeboden. De medewerker kiest.",
    "place-found": "Een andere aanbieder gaf dit kind al een plek. U hoeft niet te antwoorden."
    " Gaat die plek niet door, dan hoort u het.",
    "accepted": "Deze aanmelding is al aangenomen.",
    "too-late": "De start is te laat bevonden. Deze aanmelding is voorbij.",
    "started": "De hulp is al gestart.",
    "ended": "De hulp is al afgelopen.",
    "refused": "Deze aanmelding is al afgewezen.",
    "no-answer": "Bij deze aanmelding is genoteerd dat er geen antwoord kwam.",
    "acceptance-withdrawn": "De aanname van deze aanmelding is ingetrokken.",
    "withdrawn": "Deze aanmelding is ingetrokken.",
    "not-chosen": "Er is een andere aanbieder gekozen.",
    "lapsed": "Deze casus zoekt geen plek meer.",
}


class NoOpenPlace(Conflict):
    code = "no-open-place"
    title = "Er is geen vrije plek"
    advice = "Kies een ander aanbod, of stuur een aanmelding zonder optie."

    def __init__(self, offer: str, held: int) -> None:
        others = " Een ander houdt de laatste plek vast." if held else ""
        super().__init__(f"{offer} heeft nu geen vrije plek om vast te houden.{others}")


class TooManyOptions(Conflict):
    code = "too-many-options"
    title = "Deze casus houdt al genoeg plekken vast"
    advice = "Geef eerst een andere plek vrij."

    def __init__(self, most: int) -> None:
        super().__init__(f"Een casus kan {most} plekken tegelijk vasthouden. Geef eerst een plek vrij.")


class NoNetwork(Conflict):
    code = "no-network"
    title = "Er is niemand om te vragen"
    advice = "Vraag de contractmanager wie er in het netwerk van de regio zit, of leg de casus voor aan het RET."

    def __init__(self) -> None:
        super().__init__("In het netwerk van deze regio is niemand gecontracteerd voor deze zorgvormen.")


class NetworkRunning(Conflict):
    code = "network-running"
    title = "Het netwerk is al gevraagd"
    advice = "Wacht de antwoorden af, of bevestig een voorstel."

    def __init__(self) -> None:
        super().__init__("Deze casus ligt al bij het netwerk.")


class AlreadyConfirmed(Conflict):
    code = "already-confirmed"
    title = "Er is al iemand gekozen"
    advice = "Kijk wie er gekozen is. Alleen een ingetrokken aanname maakt weer plaats."

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider} is al bevestigd. Er kan er maar één de hulp geven.")


class NoRanking(Conflict):
    code = "no-ranking"
    title = "Er is nog niet gezocht"
    advice = "Maak eerst een rangschikking voor deze casus."

    def __init__(self) -> None:
        super().__init__("Maak eerst een rangschikking. Het RET wil zien wat er is, en wat meer zou openen.")
