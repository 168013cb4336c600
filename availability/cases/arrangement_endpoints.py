"""What a region arranged for its cases, over HTTP: the enrolment route per area, and whether there is a care broker."""

from datetime import date
from typing import Annotated, Self

from fastapi import APIRouter, Depends
from pydantic import Field

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.cases import arrangements
from availability.clock import Today
from availability.codes import RegionCode
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import COUNTRY, Atlas, TheAtlas
from availability.messages import CodeAndName, Message, RawBody, takes
from availability.refusals import Fault, Invalid, NotFound
from matcher.case_events import Route

router = APIRouter(tags=["casussen"])

Reader = Annotated[Identity, Depends(may(Action.SEE_ARRANGEMENTS))]
Arranger = Annotated[Identity, Depends(may(Action.ARRANGE))]

NAME_OF_COUNTRY = "Heel Nederland"


class RouteHere(Message):
    """Which enrolment route holds in an area, from which day."""

    area: Annotated[str, Field(pattern=r"^(GM[0-9]{4}|JZ[0-9]{2})$")]
    route: Route
    valid_from: date


class BrokerHere(Message):
    """Whether the region has a care broker, from which day."""

    present: bool
    valid_from: date


class AreaRoute(Message):
    area: CodeAndName
    route: Route
    valid_from: date


class Arrangements(Message):
    """What holds and what was decided for later. The nearest area speaks: municipality, region, country."""

    region: CodeAndName
    routes: list[AreaRoute]
    care_broker: bool
    care_broker_changes: list[BrokerHere]

    @classmethod
    def of(cls, found: arrangements.Arranged, region: str, atlas: Atlas, today: date) -> Self:
        names = {COUNTRY: NAME_OF_COUNTRY, **atlas.regions}
        names |= {code: each.name for code, each in atlas.municipalities.items()}
        holding = [change for change in found.brokers if change.valid_from <= today]
        return cls(
            region=CodeAndName(code=region, name=atlas.regions[region]),
            routes=[
                AreaRoute(
                    area=CodeAndName(code=row.area_code, name=names[row.area_code]),
                    route=Route(row.route),
                    valid_from=row.valid_from,
                )
                for row in found.routes
            ],
            care_broker=bool(holding) and holding[-1].present,
            care_broker_changes=[BrokerHere(present=row.present, valid_from=row.valid_from) for row in found.brokers],
        )


@router.get(
    "/regions/{code}/arrangements",
    summary="Welke route een regio volgt, met of zonder zorgbemiddelaar",
    responses=refuses(403),
)
def get_arrangements(
    *, code: RegionCode, caller: Reader, session: InTransaction, atlas: TheAtlas, today: Today
) -> Arrangements:
    require(caller, Action.SEE_ARRANGEMENTS, Relation.ANY)
    return _arrangements(session, code, atlas, today)


@router.put(
    "/regions/{code}/enrolment-routes",
    summary="Vastleggen welke route een regio of gemeente volgt",
    openapi_extra=takes(RouteHere),
    responses=refuses(403),
)
def set_route(
    *, code: RegionCode, caller: Arranger, raw: RawBody, session: InTransaction, atlas: TheAtlas, today: Today
) -> Arrangements:
    _must_be_own(caller, code)
    said = RouteHere.read(raw)
    outside = said.area != code and atlas.region_of(said.area, said.valid_from) != code
    faults = (Fault("/area", "Kies de regio zelf of een gemeente in de regio."),) if outside else ()
    _must_be_ahead(said.valid_from, today, faults)
    arrangements.set_route(session, said.area, said.route, said.valid_from)
    record(session, caller, "set-route", "area", said.area)
    return _arrangements(session, code, atlas, today)


@router.put(
    "/regions/{code}/care-broker",
    summary="Vastleggen of een regio een zorgbemiddelaar heeft",
    openapi_extra=takes(BrokerHere),
    responses=refuses(403),
)
def set_broker(
    *, code: RegionCode, caller: Arranger, raw: RawBody, session: InTransaction, atlas: TheAtlas, today: Today
) -> Arrangements:
    _must_be_own(caller, code)
    _must_be_known(code, atlas)
    said = BrokerHere.read(raw)
    _must_be_ahead(said.valid_from, today, ())
    arrangements.set_broker(session, code, said.valid_from, present=said.present)
    record(session, caller, "set-care-broker", "region", code)
    return _arrangements(session, code, atlas, today)


def _must_be_own(caller: Identity, region: str) -> None:
    require(caller, Action.ARRANGE, Relation.OWN if caller.organisation == region else Relation.ANY)


def _must_be_known(region: str, atlas: Atlas) -> None:
    if region not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")


def _must_be_ahead(valid_from: date, today: date, faults: tuple[Fault, ...]) -> None:
    """What already held stays as it was. Raises Invalid with every fault."""
    if valid_from < today:
        faults = (*faults, Fault("/validFrom", "Kies vandaag of een latere dag."))
    if faults:
        raise Invalid("De invoer klopt niet.", faults)


def _arrangements(session: InTransaction, region: str, atlas: Atlas, today: date) -> Arrangements:
    _must_be_known(region, atlas)
    found = arrangements.arranged(session, region, today)
    return Arrangements.of(found, region, atlas, today)
