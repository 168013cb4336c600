"""Options over HTTP: a place held for a case, seen, and given free."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Row

from availability.access.permissions import Action
from availability.cases.endpoints import own_case
from availability.cases.queries import find_case
from availability.description import refuses
from availability.messages import Message, Page
from availability.referrals import option_queries, options
from availability.referrals.asking import Around, acting, own_case_of
from availability.referrals.messages import OfferName, ProviderName
from availability.refusals import NothingThere
from availability.supply.endpoints import OfferId
from matcher.working_days import working_days_left

router = APIRouter(tags=["aanmeldingen"])

Holder = Annotated[Around, Depends(acting(Action.HOLD_PLACE))]


class OptionTold(Message):
    """A place that is held for a case, up to and including its last day."""

    offer: OfferName
    provider: ProviderName
    last_day: date
    working_days_left: int
    referral_id: UUID | None
    """The referral for which it is kept."""

    @classmethod
    def of(cls, row: Row[tuple[object, ...]], today: date) -> Self:
        return cls(
            offer=OfferName(id=row.offer_id, name=row.offer_name),
            provider=ProviderName(agb_code=row.agb_code, name=row.provider_name),
            last_day=row.last_day,
            working_days_left=working_days_left(today, row.last_day),
            referral_id=row.referral_id,
        )


@router.put(
    "/care-requests/{case_id}/options/{offer_id}",
    summary="Een plek een paar werkdagen vasthouden voor een casus",
    responses={201: {"model": OptionTold, "description": "De plek wordt vastgehouden."}, **refuses(403, 409)},
)
def hold_place(
    *,
    request: Request,
    case_id: UUID,
    offer_id: OfferId,
    around: Holder,
    response: Response,
) -> OptionTold:
    if options.hold(around, case_id, offer_id, request.app.state.settings.option_working_days):
        around.audit("hold-place", "care-request", case_id)
        response.status_code = 201
    held = option_queries.running_option(around.session, case_id, offer_id, around.today)
    assert held is not None
    return OptionTold.of(held, around.today)


@router.get(
    "/care-requests/{case_id}/options",
    summary="De plekken die voor een casus worden vastgehouden",
    responses=refuses(403),
)
def list_options(case_id: UUID, around: Holder) -> Page[OptionTold]:
    own_case_of(around, case_id)
    return Page(
        items=[
            OptionTold.of(row, around.today) for row in option_queries.options_of(around.session, case_id, around.today)
        ]
    )


@router.delete(
    "/care-requests/{case_id}/options/{offer_id}",
    summary="Een vastgehouden plek vrijgeven",
    status_code=204,
    responses=refuses(403),
)
def release_place(
    *,
    case_id: UUID,
    offer_id: OfferId,
    around: Holder,
) -> None:
    own_case(find_case(around.session, case_id, around.caller.organisation, to_change=True))
    if not options.release(around, case_id, offer_id):
        raise NothingThere("Voor deze casus wordt bij dit aanbod geen plek vastgehouden.")
    around.audit("release-place", "care-request", case_id)
