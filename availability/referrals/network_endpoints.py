"""The network over HTTP: who is in it, a case put to it, and the proposal that the worker confirms."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from availability.access.permissions import Action, Relation, require
from availability.codes import AgbCode, RegionCode
from availability.description import refuses
from availability.edge import PREFIX
from availability.geography.atlas import Atlas
from availability.idempotency import Once
from availability.messages import Message, Page, RawBody, takes
from availability.referrals import network, network_queries, views
from availability.referrals.asking import Around, acting, own_case_of
from availability.referrals.messages import ProviderName
from availability.referrals.network import Confirmation, NetworkAsking, NetworkTold
from availability.refusals import Fault, Invalid, NotFound, NothingThere

router = APIRouter(tags=["aanmeldingen"])

Asker = Annotated[Around, Depends(acting(Action.ASK_NETWORK))]
Seer = Annotated[Around, Depends(acting(Action.SEE_NETWORK))]
Keeper = Annotated[Around, Depends(acting(Action.KEEP_NETWORK))]


class Members(Message):
    """Everybody in the network of a region; who is not named is no longer in it."""

    members: Annotated[tuple[AgbCode, ...], Field(max_length=1000)]


class NetworkMembers(Message):
    region: str
    members: list[ProviderName]


@router.get("/regions/{code}/network", summary="Wie er in het netwerk van een jeugdregio zit", responses=refuses(403))
def get_network(code: RegionCode, around: Seer) -> NetworkMembers:
    _require_region(around.atlas, code)
    rows = network_queries.members(around.session, code, around.today)
    return NetworkMembers(region=code, members=[ProviderName(agb_code=row.agb_code, name=row.name) for row in rows])


@router.put(
    "/regions/{code}/network",
    summary="Vastleggen wie er in het netwerk van een jeugdregio zit",
    openapi_extra=takes(Members),
    responses=refuses(403),
)
def put_network(code: RegionCode, around: Keeper, raw: RawBody) -> NetworkMembers:
    _require_region(around.atlas, code)
    require(around.caller, Action.KEEP_NETWORK, Relation.OWN if around.caller.organisation == code else Relation.ANY)
    said = Members.read(raw)
    known = network_queries.known_providers(around.session, said.members)
    faults = tuple(
        Fault(f"/members/{position}", "Deze aanbieder kennen wij niet.", "unknown")
        for position, provider in enumerate(said.members)
        if provider not in known
    )
    if faults:
        raise Invalid("De invoer klopt niet.", faults)
    network_queries.set_members(around.session, code, said.members, around.today)
    around.audit("keep-network", "youth-region", code)
    return get_network(code, around)


@router.post(
    "/care-requests/{case_id}/network-requests",
    summary="Een casus in één keer voorleggen aan het netwerk (stap 5A)",
    status_code=201,
    openapi_extra=takes(NetworkAsking),
    responses=refuses(403, 409),
)
def ask_network(
    *,
    case_id: UUID,
    around: Asker,
    raw: RawBody,
    retry: Once,
    response: Response,
) -> NetworkTold:
    own_case_of(around, case_id)
    request = network.ask(around, case_id, NetworkAsking.read(raw or b"{}"), retry)
    around.audit("ask-network", "network-request", request)
    response.headers["Location"] = f"{PREFIX}/care-requests/{case_id}/network-requests/{request}"
    return _told(around, case_id, request)


@router.get(
    "/care-requests/{case_id}/network-requests",
    summary="Wat aan het netwerk is voorgelegd, nieuwste eerst, met wie wat antwoordde",
    responses=refuses(403),
)
def list_network_requests(case_id: UUID, around: Asker) -> Page[NetworkTold]:
    own_case_of(around, case_id)
    items = _all_told(around, case_id)
    around.audit("see-network-request", "network-request", *(each.id for each in items))
    return Page(items=items)


@router.get(
    "/care-requests/{case_id}/network-requests/{request_id}",
    summary="Eén vraag aan het netwerk, met wie wat antwoordde",
    responses=refuses(403),
)
def get_network_request(
    *,
    case_id: UUID,
    request_id: UUID,
    around: Asker,
) -> NetworkTold:
    own_case_of(around, case_id)
    around.audit("see-network-request", "network-request", request_id)
    return _told(around, case_id, request_id)


@router.post(
    "/care-requests/{case_id}/network-requests/{request_id}/confirmation",
    summary="Eén voorstel uit het netwerk bevestigen; de anderen horen het",
    openapi_extra=takes(Confirmation),
    responses=refuses(403, 409),
)
def confirm_proposal(
    *,
    case_id: UUID,
    request_id: UUID,
    around: Asker,
    raw: RawBody,
) -> NetworkTold:
    own_case_of(around, case_id)
    chosen = Confirmation.read(raw).referral_id
    network.confirm(around, case_id, request_id, chosen)
    around.audit("confirm-proposal", "referral", chosen)
    return _told(around, case_id, request_id)


def _told(around: Around, case: UUID, request: UUID) -> NetworkTold:
    found = next((each for each in _all_told(around, case) if each.id == request), None)
    if found is None:
        raise NothingThere("Dit is niet aan het netwerk gevraagd voor deze casus.")
    return found


def _all_told(around: Around, case: UUID) -> list[NetworkTold]:
    asked = network.requests(around, case)
    return [network.told(request, rows, views.shown(around, rows)) for request, rows in asked]


def _require_region(atlas: Atlas, code: str) -> None:
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
