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
    PARTY = 1
    """Another's case, of which something was put to the caller's organisation in this role."""
    REGION = 2
    """An organisation in the caller's own youth region."""
    ANY = 3
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
    RECORD_EVENT = "record-event"
    TELL_OF_REFERRAL = "tell-of-referral"
    DRAFT_MESSAGE = "draft-message"
    SEE_MY_DAY = "see-my-day"
    SEE_WORRYING = "see-worrying"
    SEE_REPORTS = "see-reports"
    ANSWER_BROKER = "answer-broker"
    DECIDE_QUESTION = "decide-question"
    SEE_ARRANGEMENTS = "see-arrangements"
    ARRANGE = "arrange"
    SEE_CONTACTS = "see-contacts"
    KEEP_CONTACTS = "keep-contacts"
    SEND_REFERRAL = "send-referral"
    SEE_REFERRAL = "see-referral"
    SEE_REFUSAL = "see-refusal"
    ANSWER_REFERRAL = "answer-referral"
    HOLD_PLACE = "hold-place"
    ASK_NETWORK = "ask-network"
    SEE_NETWORK = "see-network"
    KEEP_NETWORK = "keep-network"
    REGISTER_WITH_RET = "register-with-ret"
    SEE_RET_AGENDA = "see-ret-agenda"
    BE_TOLD = "be-told"
    SEE_LATENESS = "see-lateness"
    SEE_SUPPLY = "see-supply"
    SEE_SHORTAGES = "see-shortages"
    SEE_LESSONS = "see-lessons"
    SEE_CASE_LESSONS = "see-case-lessons"
    SEE_GUARANTEES = "see-guarantees"
    KEEP_GUARANTEES = "keep-guarantees"
    DESCRIBE_OFFER = "describe-offer"
    SEE_CONTRACT = "see-contract"
    KEEP_CONTRACT = "keep-contract"
    SEE_PROVIDER = "see-provider"
    ADD_PROVIDER = "add-provider"
    KEEP_PROVIDER = "keep-provider"
    SEE_PRODUCTS = "see-products"
    NAME_PRODUCT = "name-product"
    SEE_PROTECTION_TABLE = "see-protection-table"
    STATE_PROTECTION_TABLE = "state-protection-table"
    SEE_QUARTERLY_REPORT = "see-quarterly-report"
    SEE_FEEDBACK = "see-feedback"
    KEEP_TARGETS = "keep-targets"


_EVERYONE = dict.fromkeys(Role, Relation.ANY)
_SEEKERS = (Role.LOCAL_TEAM, Role.YOUTH_PROTECTION)
_PARTIES = dict.fromkeys(
    (Role.LOCAL_TEAM, Role.BACK_OFFICE, Role.OFFICIAL, Role.RET_CHAIR, Role.REGIONAL_CONTACT, Role.CARE_BROKER),
    Relation.PARTY,
) | {Role.YOUTH_PROTECTION: Relation.OWN}
"""Who has a case of its own or may become a party of another's; a provider sees its referrals, never the case."""

_REGIONAL_CONTACT = {Role.REGIONAL_CONTACT: Relation.OWN, Role.ADMIN: Relation.ANY}
_WHO_CONTRACT = (Role.CONTRACT_MANAGER, Role.BACK_OFFICE, Role.OFFICIAL, Role.RET_CHAIR)
_PROVIDER_ITSELF = {Role.PROVIDER: Relation.OWN, Role.ADMIN: Relation.ANY}
_WHO_MATCH = (*_SEEKERS, Role.RET_CHAIR, Role.REGIONAL_CONTACT, Role.OFFICIAL, Role.ADMIN)

PERMISSIONS: dict[Action, dict[Role, Relation]] = {
    Action.SEE_CAPACITY: _EVERYONE,
    Action.SEE_CAPACITY_HISTORY: _EVERYONE,
    Action.BE_TOLD: dict.fromkeys(Role, Relation.OWN),
    Action.SEE_LATENESS: {Role.CONTRACT_MANAGER: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.SEE_SUPPLY: _EVERYONE,
    Action.SEE_SHORTAGES: dict.fromkeys((Role.RET_CHAIR, Role.CONTRACT_MANAGER), Relation.OWN)
    | {Role.ADMIN: Relation.ANY},
    Action.SEE_GUARANTEES: dict.fromkeys((Role.RET_CHAIR, Role.CONTRACT_MANAGER), Relation.OWN)
    | {Role.ADMIN: Relation.ANY},
    Action.KEEP_GUARANTEES: dict.fromkeys((Role.RET_CHAIR, Role.CONTRACT_MANAGER), Relation.OWN)
    | {Role.ADMIN: Relation.ANY},
    Action.SEE_LESSONS: dict.fromkeys((Role.RET_CHAIR, Role.CONTRACT_MANAGER), Relation.OWN)
    | {Role.ADMIN: Relation.ANY},
    Action.SEE_CASE_LESSONS: {Role.RET_CHAIR: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.STATE_CAPACITY: _PROVIDER_ITSELF,
    Action.DESCRIBE_OFFER: _PROVIDER_ITSELF,
    Action.SEE_QUARTERLY_REPORT: _PROVIDER_ITSELF,
    Action.SEE_FEEDBACK: _PROVIDER_ITSELF,
    Action.KEEP_TARGETS: dict.fromkeys((Role.RET_CHAIR, Role.CONTRACT_MANAGER), Relation.OWN)
    | {Role.ADMIN: Relation.ANY},
    Action.SEE_CONTRACT: dict.fromkeys(_WHO_CONTRACT, Relation.REGION) | _PROVIDER_ITSELF,
    Action.KEEP_CONTRACT: {Role.CONTRACT_MANAGER: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.SEE_PROVIDER: dict.fromkeys((Role.CONTRACT_MANAGER, Role.ADMIN), Relation.ANY)
    | {Role.PROVIDER: Relation.OWN},
    Action.ADD_PROVIDER: dict.fromkeys((Role.CONTRACT_MANAGER, Role.ADMIN), Relation.ANY),
    Action.KEEP_PROVIDER: _PROVIDER_ITSELF,
    Action.SEE_PRODUCTS: _EVERYONE,
    Action.NAME_PRODUCT: {Role.CONTRACT_MANAGER: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.SEE_PROTECTION_TABLE: _EVERYONE,
    Action.STATE_PROTECTION_TABLE: {Role.REGIONAL_CONTACT: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.MATCH: dict.fromkeys(_WHO_MATCH, Relation.ANY),
    Action.OPEN_CASE: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.SEE_CASE: _PARTIES,
    Action.RECORD_EVENT: _PARTIES,
    Action.TELL_OF_REFERRAL: {Role.PROVIDER: Relation.PARTY},
    Action.DRAFT_MESSAGE: {Role.BACK_OFFICE: Relation.PARTY} | dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.SEE_MY_DAY: _PARTIES | {Role.PROVIDER: Relation.PARTY},
    Action.SEE_WORRYING: dict.fromkeys((Role.RET_CHAIR, Role.REGIONAL_CONTACT), Relation.OWN),
    Action.SEE_REPORTS: {Role.REGIONAL_CONTACT: Relation.OWN},
    Action.ANSWER_BROKER: {Role.CARE_BROKER: Relation.OWN},
    Action.DECIDE_QUESTION: {Role.OFFICIAL: Relation.OWN},
    Action.SEE_ARRANGEMENTS: _EVERYONE,
    Action.ARRANGE: _REGIONAL_CONTACT,
    Action.SEE_CONTACTS: _EVERYONE,
    Action.KEEP_CONTACTS: _REGIONAL_CONTACT,
    Action.CHANGE_CASE: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.RANK_CASE: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.SEND_REFERRAL: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.SEE_REFERRAL: dict.fromkeys((Role.PROVIDER, *_SEEKERS), Relation.OWN),
    Action.SEE_REFUSAL: _PARTIES | {Role.PROVIDER: Relation.OWN},
    Action.ANSWER_REFERRAL: {Role.PROVIDER: Relation.OWN},
    Action.HOLD_PLACE: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.ASK_NETWORK: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.SEE_NETWORK: _EVERYONE,
    Action.KEEP_NETWORK: {Role.CONTRACT_MANAGER: Relation.OWN, Role.ADMIN: Relation.ANY},
    Action.REGISTER_WITH_RET: dict.fromkeys(_SEEKERS, Relation.OWN),
    Action.SEE_RET_AGENDA: {Role.RET_CHAIR: Relation.OWN},
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
