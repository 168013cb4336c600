"""Which contacts there are to keep, and which of them a family may call: two tables."""

from enum import StrEnum


class ContactKind(StrEnum):
    LOCAL_TEAM = "local-team"
    TROUBLE_SHOOTER = "trouble-shooter"
    """Somebody of the municipality who gets things moving (zorgpontonier, zorgmarinier)."""
    CERTIFIED_INSTITUTION = "certified-institution"
    VEILIG_THUIS = "veilig-thuis"
    CHILD_PROTECTION_BOARD = "child-protection-board"
    """Raad voor de Kinderbescherming."""
    CRISIS_SERVICE = "crisis-service"
    RET = "ret"
    REGIONAL_CONTACT = "regional-contact"
    CARE_BROKER = "care-broker"
    OFFICIAL = "official"
    """Decides for the municipality: who pays, care without a contract, transport."""


KIND_NAMES: dict[ContactKind, str] = {
    ContactKind.LOCAL_TEAM: "Lokaal team",
    ContactKind.TROUBLE_SHOOTER: "Doorbreker van de gemeente",
    ContactKind.CERTIFIED_INSTITUTION: "Gecertificeerde instelling",
    ContactKind.VEILIG_THUIS: "Veilig Thuis",
    ContactKind.CHILD_PROTECTION_BOARD: "Raad voor de Kinderbescherming",
    ContactKind.CRISIS_SERVICE: "Crisisdienst",
    ContactKind.RET: "Regionaal expertteam",
    ContactKind.REGIONAL_CONTACT: "Regionale contactpersoon",
    ContactKind.CARE_BROKER: "Zorgbemiddelaar",
    ContactKind.OFFICIAL: "Aangewezen functionaris",
}

FOR_FAMILIES: dict[ContactKind, str] = {
    ContactKind.LOCAL_TEAM: "U zoekt hulp voor uw kind, of u hebt een vraag. Begin hier.",
    ContactKind.TROUBLE_SHOOTER: "Het lokale team komt er met u niet uit.",
    ContactKind.RET: "Er is met het lokale team geen passende hulp gevonden. Vraag het team om dit expertteam.",
    ContactKind.VEILIG_THUIS: "U maakt zich zorgen over iemands veiligheid thuis. Bel dag en nacht.",
    ContactKind.CRISIS_SERVICE: "Een jeugdige is in crisis en heeft direct hulp nodig.",
}
"""Whom a family may call and when, in the order of one recognisable route; the others are for professionals."""

EXPECTED_PER_MUNICIPALITY = (ContactKind.LOCAL_TEAM, ContactKind.CERTIFIED_INSTITUTION)
"""A register without these for a municipality says so."""

EXPECTED_PER_REGION = (ContactKind.VEILIG_THUIS, ContactKind.CHILD_PROTECTION_BOARD, ContactKind.CRISIS_SERVICE)
"""The contacts of Veilig Thuis, the Raad and the crisis service may stand for all municipalities at once."""

USUAL_TERM_DAYS = 180
"""How often an entry is looked at where no owner decided otherwise: our own choice, twice a year."""
