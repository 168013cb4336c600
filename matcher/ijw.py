"""Draft content of the iJw 3.2 messages 301 (allocation) and 315 (request for it), for the back office's own system.

The fields carry the standard's names. What only that system may know (the BSN, the name, the day of birth, numbers of
messages and allocations) is not here: `TO_FILL_IN` names it. The municipality sets the codes of a 301, the provider
those of a 315; a draft is a proposal to both. Rules are cited by their number in the standard's own list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.case_events import CaseFacts, WorkerRole

Content = Mapping[str, Mapping[str, object]]
"""A message: per class its elements, by the names of the standard."""


class Unit(StrEnum):
    """Eenheid (WJ756)."""

    MINUTE = "01"
    HOUR = "04"
    DAY_AND_NIGHT = "14"
    PART_OF_DAY = "16"
    PIECES_OUTPUT = "82"
    EUROS = "83"
    PIECES_EFFORT = "84"


class Frequency(StrEnum):
    """Frequentie (WJ757)."""

    PER_DAY = "1"
    PER_WEEK = "2"
    PER_MONTH = "4"
    IN_ALL = "6"
    """Over the whole time that the allocation holds."""


class Referrer(StrEnum):
    """Code verwijzer (COD327): the two that decide on youth care along these routes."""

    MUNICIPALITY = "01"
    CERTIFIED_INSTITUTION = "04"


class EndReason(StrEnum):
    """Reden beëindiging (JZ588), for a 307."""

    DEATH = "02"
    PAUSED = "20"
    AS_PLANNED = "31"
    BY_FAMILY = "32"
    BY_PROVIDER = "33"
    IN_AGREEMENT = "34"
    BY_CIRCUMSTANCES = "35"
    BY_MUNICIPALITY = "36"
    OTHER_REQUEST = "37"
    OTHER_PROVIDER = "38"
    OTHER_DOMAIN = "39"


class MessageCode(StrEnum):
    """Berichtcode (COD002-VEKT) of the messages of a case."""

    JW301 = "436"
    JW302 = "437"
    JW305 = "438"
    JW306 = "439"
    JW307 = "440"
    JW308 = "441"
    JW315 = "446"
    JW316 = "447"


VERSION = {"BerichtVersie": 3, "BerichtSubversie": 2}
"""CS025 and CS015: iJw 3.2."""

TO_FILL_IN: dict[MessageCode, tuple[str, ...]] = {
    MessageCode.JW301: (
        "Header.BerichtIdentificatie", "Header.XsdVersie", "Client.Bsn", "Client.Geboortedatum", "Client.Geslacht",
        "Client.Naam", "Contact.Adres", "ToegewezenProduct.ToewijzingNummer", "ToegewezenProduct.Toewijzingsdatum",
        "ToegewezenProduct.Toewijzingstijd",
    ),
    MessageCode.JW315: (
        "Header.BerichtIdentificatie", "Header.XsdVersie", "Client.Bsn", "Client.Geboortedatum", "Client.Geslacht",
        "Client.Naam", "Client.GezagsdragerBekend", "AangevraagdProduct.Raamcontract",
    ),
}  # fmt: skip
"""What the own system of the sender adds before a draft is a message."""


@dataclass(frozen=True, slots=True)
class Determination:
    """What was determined: which care, from when, until when, how much."""

    category: str
    """Productcategorie (JZ020)."""
    begins: date
    ends: date | None = None
    product: str | None = None
    """Productcode (JZ021), or the municipality's own; None leaves the choice to the provider."""
    volume: int | None = None
    unit: Unit | None = None
    frequency: Frequency | None = None

    @property
    def says_how_much(self) -> bool:
        return None not in (self.volume, self.unit, self.frequency)


def draft_301(municipality: str, provider: str, reference: str, care: Determination) -> Content:
    """The allocation to a provider. The reference is the provider's own of its 315, else the case's (36 positions)."""
    return {
        "Header": {
            "BerichtCode": MessageCode.JW301,
            **VERSION,
            "Afzender": _digits(municipality),
            "Ontvanger": provider,
        },
        "ToegewezenProduct": {
            "ReferentieAanbieder": reference,
            "Product": _product(care),
            "Ingangsdatum": care.begins,
            **_known("Einddatum", care.ends),
            **_omvang(care),
        },
    }


def draft_315(facts: CaseFacts, municipality: str, provider: str, reference: str, care: Determination) -> Content:
    """The request for an allocation, by the provider that will give the help."""
    return {
        "Header": {
            "BerichtCode": MessageCode.JW315,
            **VERSION,
            "Afzender": provider,
            "Ontvanger": _digits(municipality),
        },
        "AangevraagdProduct": {
            "ReferentieAanbieder": reference,
            "Product": _product(care),
            "ToewijzingIngangsdatum": care.begins,
            **_known("ToewijzingEinddatum", care.ends),
            **_omvang(care),
            "Verwijzer": _referrer(facts),
        },
    }


def _digits(municipality: str) -> str:
    """RS035: four digits, `GM0202` → `0202`."""
    return municipality.removeprefix("GM")


def _product(care: Determination) -> Mapping[str, object]:
    return {"Categorie": care.category, **_known("Code", care.product)}


def _omvang(care: Determination) -> Mapping[str, object]:
    """Only beside a product code (CD041, CD080)."""
    if care.product is None or not care.says_how_much:
        return {}
    return {"Omvang": {"Volume": care.volume, "Eenheid": care.unit, "Frequentie": care.frequency}}


def _referrer(facts: CaseFacts) -> Mapping[str, str]:
    """CD066: a certified institution is named by its AGB code, and then not by name."""
    if facts.worker_role is WorkerRole.LOCAL_TEAM:
        return {"Type": Referrer.MUNICIPALITY}
    return {"Type": Referrer.CERTIFIED_INSTITUTION, "ZorgverlenerCode": facts.organisation}


def _known(name: str, value: object) -> dict[str, object]:
    return {} if value is None else {name: value}


# --- what the standard asks of a determination ---------------------------------------------------------------------

AGREED_FREQUENCIES = (Frequency.PER_WEEK, Frequency.PER_MONTH, Frequency.IN_ALL)
UNITS_IN_AGREED_FREQUENCIES = (Unit.DAY_AND_NIGHT, Unit.PART_OF_DAY, Unit.EUROS, Unit.PIECES_EFFORT)

RULES: dict[str, Callable[[Determination], bool]] = {
    "CS003": lambda care: care.ends is None or care.ends >= care.begins,
    "CD041": lambda care: care.product is None or care.says_how_much,
    "CD076": lambda care: care.frequency is not Frequency.PER_WEEK or care.ends is not None,
    "CD080": lambda care: care.product is not None or (care.volume, care.unit, care.frequency) == (None, None, None),
    "CS338": lambda care: care.unit not in UNITS_IN_AGREED_FREQUENCIES or care.frequency in AGREED_FREQUENCIES,
}
"""The standard's rules that a determination can break, by their number."""

BROKEN: dict[str, str] = {
    "CS003": "De einddatum ligt voor de begindatum.",
    "CD041": "Bij een productcode horen volume, eenheid en frequentie.",
    "CD076": "Bij een frequentie per week hoort een einddatum.",
    "CD080": "Zonder productcode kan de toewijzing geen omvang hebben.",
    "CS338": "Deze eenheid kan alleen per week, per maand of voor de hele duur.",
}


def broken_rules(care: Determination) -> tuple[str, ...]:
    """The numbers of the standard's rules that a determination breaks."""
    return tuple(number for number, holds in RULES.items() if not holds(care))
