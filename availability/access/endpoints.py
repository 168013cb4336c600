"""Who am I; and in the demo, who may I be. The demo's routes exist nowhere else and are in no description."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request

from availability.access import queries
from availability.access.demo import VALID_FOR, mint_demo_token
from availability.access.identity import Caller, Role
from availability.access.messages import ROLE_NAMES, DemoAccount, DemoToken, Me, TokenWish
from availability.database import InTransaction
from availability.messages import Page, RawBody

router = APIRouter(tags=["toegang"])
demo_router = APIRouter(include_in_schema=False)


@router.get("/me", summary="Wie u bent volgens uw token")
def who_am_i(caller: Caller, session: InTransaction) -> Me:
    return Me(
        subject=caller.subject,
        role=caller.role,
        organisation=caller.organisation,
        organisation_name=queries.organisation_name(session, caller.organisation),
    )


@demo_router.get("/demo-accounts")
def demo_accounts(session: InTransaction) -> Page[DemoAccount]:
    accounts = [
        DemoAccount(
            role=Role(row.role),
            role_name=ROLE_NAMES[Role(row.role)],
            organisation=row.organisation,
            organisation_name=row.name,
            note=row.note,
        )
        for row in queries.demo_accounts(session)
    ]
    return Page(items=accounts)


@demo_router.post("/demo-tokens", status_code=201)
def make_demo_token(request: Request, raw: RawBody) -> DemoToken:
    wish = TokenWish.read(raw)
    now = datetime.now(UTC)
    token = mint_demo_token(request.app.state.settings, wish.role, wish.organisation, now)
    return DemoToken(token=token, expires_at=now + VALID_FOR)
