"""What may be asked of the HSDS feed: each query parameter of the standard is honoured, or refused in plain words.

A parameter that is passed over in silence gives a wrong answer that looks right.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Query, Request

from availability.hsds.identifiers import Thing, number_of
from availability.hsds.queries import Sought
from availability.refusals import Fault, Invalid

WRONG = "De invoer klopt niet."

NO_TAXONOMIES = "Deze bron kent geen taxonomieën. Zoek met search op een woord."
NOT_NEARBY = "Zoeken rond een plek kan hier niet. Gebruik /v1/offers met near en withinKm."

NOT_SERVED = {
    "taxonomy_term_id": NO_TAXONOMIES,
    "taxonomy_id": NO_TAXONOMIES,
    "postcode": NOT_NEARBY,
    "proximity": NOT_NEARBY,
}
"""Parameters of HSDS 3.2 that nothing here can answer."""

ONLY_JSON = "Wij geven alleen json. Laat format weg, of geef json."

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
PerPage = Annotated[int, Query(ge=1, le=500)]
Words = Annotated[str | None, Query(max_length=100)]
Moment = Annotated[datetime | None, Query()]
AnOrganization = Annotated[str | None, Query(max_length=36)]


def only(*served: str) -> Callable[[Request], Awaitable[None]]:
    """A dependency that refuses what is asked beside these, and any form but JSON; all faults at once."""

    async def nothing_else(request: Request) -> None:
        asked = request.query_params
        faults = [
            Fault(f"?{name}", NOT_SERVED.get(name) or _unknown(served), "not-served")
            for name in asked
            if name not in (*served, "format")
        ]
        if asked.get("format", "json") != "json":
            faults.append(Fault("?format", ONLY_JSON, "not-served"))
        if faults:
            raise Invalid(WRONG, tuple(faults))

    return nothing_else


def _unknown(served: tuple[str, ...]) -> str:
    return f"Dit kunt u hier niet vragen. Wel: {', '.join((*served, 'format'))}."


async def _sought(
    search: Words = None, modified_after: Moment = None, organization_id: AnOrganization = None
) -> Sought:
    """Which services; what names no zone is in UTC."""
    if modified_after and modified_after.tzinfo is None:
        modified_after = modified_after.replace(tzinfo=UTC)
    provider = provider_in(organization_id) if organization_id is not None else None
    return Sought(provider=provider, modified_after=modified_after, patterns=patterns_of(search))


Asked = Annotated[Sought, Depends(_sought)]


def patterns_of(search: str | None) -> list[str] | None:
    """Each word must be found somewhere. Raises Invalid when something is sought that holds no word."""
    words = [word.replace("_", r"\_") for word in re.findall(r"\w+", search or "")]
    if search and not words:
        raise Invalid(WRONG, (Fault("?search", "Geef een woord om op te zoeken."),))
    return [f"%{word}%" for word in words] or None


def provider_in(organization: str) -> str:
    number = number_of(Thing.ORGANIZATION, organization)
    if number is None:
        raise Invalid(WRONG, (Fault("?organization_id", "Deze organisatie kennen wij niet."),))
    return f"{number:08}"
