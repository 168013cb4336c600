"""Which provider a request is about: the caller's own, or for who may, the one that is named."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Query

from availability.access.identity import NOBODY, Identity
from availability.access.permissions import Action, Relation, may, require
from availability.codes import AgbCode
from availability.refusals import Fault, Invalid


def whose(action: Action) -> Callable[..., Awaitable[str]]:
    """A dependency: the AGB code of the provider for whom the caller does this."""

    async def provider_meant(
        caller: Annotated[Identity, Depends(may(action))],
        provider: Annotated[AgbCode | None, Query(description="AGB-code; leeg: uw eigen organisatie.")] = None,
    ) -> str:
        meant = provider or caller.organisation
        require(caller, action, Relation.OWN if meant == caller.organisation else Relation.ANY)
        if meant == NOBODY:
            fault = Fault("?provider", "Geef de AGB-code van de aanbieder.", "missing")
            raise Invalid("De invoer klopt niet.", (fault,))
        return meant

    return provider_meant
