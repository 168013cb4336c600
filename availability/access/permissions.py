"""Who may do what: one table of role × action × relation, and one function that walks it.

A relation is how near the record is to the caller's organisation. A nearer relation has every right of a wider one.
"""

from collections.abc import Awaitable, Callable
from enum import IntEnum, StrEnum

from availability.access.identity import Caller, Identity, Role
from availability.refusals import NotAllowed


class Relation(IntEnum):
    """Whose the record is, nearest first."""

    OWN = 0
    """The caller's own organisation."""
    REGION = 1
    """An organisation in the caller's own youth region."""
    ANY = 2
    """Anybody's."""


class Action(StrEnum):
    SEE_CAPACITY = "see-capacity"
    STATE_CAPACITY = "state-capacity"
    SEE_CAPACITY_HISTORY = "see-capacity-history"
    MATCH = "match"
    OPEN_CASE = "open-case"
    SEE_CASE = "see-case"
    CHANGE_CASE = "change-case"
    RANK_CASE = "rank-case"
    BE_TOLD = "be-told"
    SEE_LATENESS = "see-lateness"
    SEE_SUPPLY = "see-supply"
    DESCRIBE_OFFER = "describe-offer"
    SEE_CONTRACT = "see-contract"
    KEEP_CONTRACT = "keep-contract"
    SEE_PRODUCTS = "see-products"
    NAME_PRODUCT = "name-product"
    SEE_PROTECTION_TABLE = "see-protection-table"
    STATE_PROTECTION_TABLE = "state-protection-table"
    SEE_QUARTERLY_REPORT = "see-quarterly-report"


_EVERYONE = dict.fromkeys(Role, Relation.ANY)
_SEEKERS = (Role.LOCAL_TEAM, Role.YOUTH_PROTECTION)
_WHO_CONTRACT = (Role.CONTRACT_MANAGER, Role.BACK_OFFICE, Role.OFFICIAL, Role.RET_CHAIR)
_PROVIDER_ITSELF = {Role.PROVIDER: Relation.OWN, Role.ADMIN: Relation.ANY}
_WHO_MATCH = (*_SEEKERS, Role.RET_CHAIR, Role.REGIONAL_CONTACT, Role.OFFICIAL, Role.ADMIN)

PERMISSIONS: dict[Action, dict[Role, Relation]] = {
    Action.SEE_CAPACITY: _EVERYONE,
    Action.SEE_CAPACITY_HISTORY: _EVERYONE,
    Action.BE_TOLD: dict.fromkeys(Role, Relation.OWN),
    Action.SEE_LATENESS: {Role.CONTRACT_MANAGER: Relation.REGION, Role.ADMIN: Relation.ANY},
    Action.SEE_SUPPLY: _EVERYONE,
    Action.STATE_CAPACITY: _PROVIDER_ITSELF,
    Action.DESCRIBE_OFFER: _PROVIDER_ITSELF,
    Action.SEE_QUARTERLY_REPORT: _PROVIDER_ITSELF,
    Action.SEE_CONTRACT: dict.fromkeys(_WHO_CONTRACT, Relation.REGION) | _PROVIDER_ITSELF,
    Action.KEEP_CONTRACT: {Role.CONTRACT_MANAGER: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.SEE_PRODUCTS: _EVERYONE,
    Action.NAME_PRODUCT: {Role.CONTRACT_MANAGER: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.SEE_PROTECTION_TABLE: _EVERYONE,
    Action.STATE_PROTECTION_TABLE: {Role.REGIONAL_CONTACT: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.MATCH: dict.fromkeys(_WHO_MATCH, Relation.ANY),
    Action.OPEN_CASE: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.SEE_CASE: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.CHANGE_CASE: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.RANK_CASE: dict.fromkeys(_SEEKERS, Relation.OWN),
}
"""The widest relation in which a role may do something; a role that is not named may not."""


def allowed(caller: Identity, action: Action, relation: Relation = Relation.ANY) -> bool:
    widest = PERMISSIONS[action].get(caller.role)
    return widest is not None and relation <= widest


def require(caller: Identity, action: Action, relation: Relation = Relation.OWN) -> None:
    """Raises NotAllowed when the caller may not do this to a record in this relation."""
    if not allowed(caller, action, relation):
        raise NotAllowed("Dit hoort niet bij uw rol of organisatie. Vraag uw beheerder om toegang.")


def may(action: Action) -> Callable[[Identity], Awaitable[Identity]]:
    """A dependency: the caller, when the role may do this at least to what is its own."""

    async def permitted(caller: Caller) -> Identity:
        require(caller, action, Relation.OWN)
        return caller

    return permitted
