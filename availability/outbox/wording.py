"""What a notice says, in Dutch: a title, a sentence, and the few words it carries. The only catalogue of them.

Pure. The same words stand in the list on the screen, in an e-mail and in a webhook. None of them can be about a child.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from availability.outbox.telling import Notice
from matcher import dutch


@dataclass(frozen=True, slots=True)
class Words:
    """A title of a few words, also an e-mail's subject, and what is meant by it."""

    title: str
    sentence: str


WORDS: dict[Notice, Words] = {
    Notice.REFERRAL_RECEIVED: Words("Nieuwe aanmelding", "U hebt een aanmelding gekregen. Geef op tijd antwoord."),
    Notice.REFERRAL_ANSWERED: Words("Antwoord op een aanmelding", "De aanbieder heeft uw aanmelding beantwoord."),
    Notice.REFERRAL_QUESTION: Words("Vraag over een aanmelding", "De aanbieder heeft een vraag over uw aanmelding."),
    Notice.REFERRAL_QUESTION_ANSWERED: Words("Uw vraag is beantwoord", "De verwijzer heeft uw vraag beantwoord."),
    Notice.REFERRAL_WITHDRAWN: Words("Aanmelding ingetrokken", "De verwijzer heeft een aanmelding ingetrokken."),
    Notice.PLACE_FOUND: Words("U hoeft niet meer te antwoorden", "Een andere aanbieder gaf dit kind al een plek."),
    Notice.NEEDED_AGAIN: Words("Uw antwoord is weer nodig", "De plek bij een andere aanbieder gaat niet door."),
    Notice.CORRECTED: Words(
        "Een bericht is verbeterd", "Wat u eerder hoorde of vastlegde, is verbeterd. Kijk hoe het nu staat."
    ),
    Notice.ACCEPTANCE_WITHDRAWN: Words("Plek gaat niet door", "De aanbieder trekt de toezegging van een plek in."),
    Notice.OPTION_EXPIRING: Words("Optie loopt af", "Een optie op een plek loopt bijna af."),
    Notice.OPTION_EXPIRED: Words("Optie verlopen", "Een optie op een plek is verlopen. De plek is weer vrij."),
    Notice.TASK_DUE: Words("Taak voor vandaag", "Een taak moet vandaag af."),
    Notice.TASK_LATE: Words("Taak te laat", "De termijn van een taak is voorbij."),
    Notice.CAPACITY_SUITS_CASE: Words("Er is een plek die past", "Bij een casus past nu een plek die eerder niet kon."),
    Notice.CAPACITY_DUE: Words(
        "Uw opgave van plekken verloopt bijna", "Kijk uw plekken na. Is er niets veranderd? Bevestig dat dan."
    ),
    Notice.CAPACITY_STALE: Words(
        "Uw opgave van plekken is verouderd", "Verwijzers zien een oude opgave. Kijk uw plekken vandaag na."
    ),
    Notice.CAPACITY_MISSING: Words(
        "U gaf nog geen plekken op", "Verwijzers zien nog niet of u plek hebt. Geef uw plekken vandaag op."
    ),
    Notice.TABLE_DUE: Words(
        "De opgave van uw beschermingstafel verloopt bijna",
        "Kijk de eerste plek na. Is die niet veranderd? Zeg dat dan.",
    ),
    Notice.TABLE_STALE: Words(
        "De opgave van uw beschermingstafel is verouderd", "Niemand weet nu wanneer er plek is. Geef de eerste plek op."
    ),
    Notice.STATEMENT_CONTRADICTED: Words(
        "Klopt uw opgave nog?", "Een aanmelding werd afgewezen om een volle plek. Uw opgave zegt dat er plek is."
    ),
    Notice.PLACE_MAY_BE_FREE: Words(
        "Misschien komt een plek vrij", "De hulp aan een jeugdige stopt. Kijk uw plekken na."
    ),
    Notice.NETWORK_ASKED: Words("Vraag aan het netwerk", "Een verwijzer zoekt hulp via het netwerk van aanbieders."),
    Notice.NETWORK_PROPOSED: Words("Voorstel uit het netwerk", "Een aanbieder uit het netwerk doet een voorstel."),
    Notice.NETWORK_DECIDED: Words("Besluit in het netwerk", "Er is gekozen uit de voorstellen van het netwerk."),
    Notice.RET_REGISTERED: Words(
        "Aanmelding bij het expertteam", "Een casus is aangemeld bij het regionaal expertteam."
    ),
    Notice.RET_DECIDED: Words("Uitkomst van het expertteam", "Het regionaal expertteam heeft een casus besproken."),
    Notice.CONTACT_FAILED: Words(
        "Contact komt niet tot stand", "Een verwijzer krijgt geen contact met het lokale team."
    ),
    Notice.ESCALATION_REPORTED: Words("Escalatie gemeld", "Een casus zit vast en is bij u gemeld."),
    Notice.OFFICIAL_ASKED: Words("Besluit gevraagd", "Een verwijzer vraagt u om een besluit."),
    Notice.OFFICIAL_DECIDED: Words("Besluit genomen", "De functionaris heeft een besluit genomen."),
    Notice.BROKER_ASKED: Words("Vraag aan de zorgbemiddelaar", "Een verwijzer vraagt u om mee te zoeken."),
    Notice.BROKER_ANSWERED: Words("Voorstel van de zorgbemiddelaar", "De zorgbemiddelaar heeft een voorstel gedaan."),
    Notice.REVIEW_DUE: Words("Casus opnieuw bekijken", "U zou een casus vandaag opnieuw bekijken."),
    Notice.GUARANTEE_NOT_KEPT: Words(
        "Er ontbreekt zorg die er altijd moet zijn", "Niet elke gemeente in uw regio heeft deze zorg nu."
    ),
    Notice.GUARANTEE_KEPT: Words(
        "Zorg die er altijd moet zijn, is er weer", "Elke gemeente in uw regio heeft deze zorg weer."
    ),
    Notice.WEBHOOK_TEST: Words("Proefbericht", "Dit is een proefbericht aan uw systeem."),
}
"""One entry for each notice; a test holds that none is missing."""

LABELS: dict[str, str] = {
    "event": "Gebeurtenis",
    "offer": "Aanbod",
    "offers": "Aantal soorten aanbod",
    "provider": "Aanbieder",
    "organisation": "Organisatie",
    "care_type": "Zorgvorm",
    "region": "Regio",
    "task": "Taak",
    "due": "Uiterlijk",
    "on": "Dag",
    "number": "Nummer",
}
"""How each word that a notice may carry is announced."""

_DAYS = ("due", "on")


def words_of(kind: str) -> Words:
    return WORDS[Notice(kind)]


def details(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each word that the notice carries, in the order of LABELS."""
    return [(label, _shown(name)(values[name])) for name, label in LABELS.items() if name in values]


def _shown(name: str) -> Callable[[Any], str]:
    return _day if name in _DAYS else str


def _day(kept: str) -> str:
    return dutch.day(date.fromisoformat(kept[:10]))
