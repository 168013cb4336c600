"""Whose a contract is: what somebody may keep, and what somebody may see. Pure."""

from collections.abc import Collection
from datetime import date

from availability.access.identity import Identity, Role
from availability.access.permissions import Action, Relation, allowed
from availability.geography.atlas import Atlas
from availability.refusals import NotAllowed

NOT_YOUR_AREA = "Dit contract geldt ook voor een gebied dat niet van u is. Vraag de inkoper van dat gebied."


def own_areas(organisation: str, atlas: Atlas, on: date) -> frozenset[str]:
    """A region with its municipalities of that day and the regions that were merged into it, or one municipality."""
    members = (code for code in atlas.municipalities if atlas.region_of(code, on) == organisation)
    return frozenset({organisation, *members}) | atlas.merged_into(organisation, on)


def areas_in_sight(organisation: str, atlas: Atlas, on: date) -> frozenset[str]:
    """Every area whose contracts serve the organisation: its own, its region's and the country's."""
    return own_areas(organisation, atlas, on).union(atlas.areas_of(organisation, on))


def require_own(caller: Identity, areas: Collection[str], atlas: Atlas, on: date) -> None:
    """Raises NotAllowed unless every area is the caller's to contract for."""
    if allowed(caller, Action.KEEP_CONTRACT, Relation.ANY):
        return
    if not own_areas(caller.organisation, atlas, on).issuperset(areas):
        raise NotAllowed(NOT_YOUR_AREA)


def sees_everything(caller: Identity) -> bool:
    return allowed(caller, Action.SEE_CONTRACT, Relation.ANY)


def sees_only_its_own(caller: Identity) -> bool:
    """A provider: its own contracts, wherever they hold."""
    return caller.role is Role.PROVIDER
