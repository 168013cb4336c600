"""The link in a reminder: it opens a page, and only the button on that page confirms. Scanners that follow it change
nothing.

A link is signed, works once, and expires. What it confirms are the statements that the page showed: one that was
stated anew in between is left alone.
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.identity import Identity, Role
from availability.clock import Today, dutch_day
from availability.clockwork import page, queries
from availability.database import InTransaction
from availability.description import refuses
from availability.messages import RawBody
from availability.outbox.links import ForgedLink, Links
from availability.preconditions import Expects, Precondition
from availability.refusals import Gone
from availability.settings import Settings
from availability.supply.drafts import Draft
from availability.supply.queries import Outcome, confirm
from matcher import dutch

router = APIRouter(tags=["meldingen"])

Token = Annotated[str, Path(max_length=600, description="Wat in de link van de herinnering staat.")]

GONE = 410
"""All links that do not work are alike, used, expired or forged; the page says which to who reads pages."""

SUBJECT = "bevestigingslink"
"""Who is said to have confirmed: somebody at the provider who had the link."""

_PAGE: dict[int | str, dict[str, Any]] = {
    200: {"description": "Een pagina voor mensen.", "content": {"text/html": {}}},
    **refuses(GONE),
}


@router.get(
    "/confirmations/{token}",
    summary="De pagina waarop een aanbieder zegt dat er niets veranderd is; wijzigt niets",
    response_class=HTMLResponse,
    responses=_PAGE,
)
def show_confirmation(request: Request, token: Token, session: InTransaction, today: Today) -> HTMLResponse:
    link = _link(request, session, token)
    if link is None or _over(link):
        return _why_not(request, link)
    offers = queries.linked_offers(session, link, today)
    return _answer(page.offers_to_confirm(link.provider_name, offers, _dashboard(request)))


@router.post(
    "/confirmations/{token}",
    summary="Bevestigen wat op de pagina stond; kan één keer",
    response_class=HTMLResponse,
    responses=_PAGE,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}},
        }
    },
)
def confirm_offers(
    *, request: Request, token: Token, raw: RawBody, session: InTransaction, today: Today
) -> HTMLResponse:
    link = _link(request, session, token, to_use=True)
    if link is None or _over(link):
        return _why_not(request, link)
    shown = _shown(raw)
    offers = [offer for offer in queries.linked_offers(session, link, today) if offer.offer_id in shown]
    drafts = [Draft(offer.offer_id, Precondition(Expects.SEEN, (shown[offer.offer_id],))) for offer in offers]
    outcomes = confirm(session, _planner_of(link), drafts, today) if drafts else []
    done = [each.outcome is Outcome.ACCEPTED for each in outcomes]
    if any(done):
        queries.use_link(session, link.id)
    names, changed = (
        [offer.name for offer, accepted in zip(offers, done, strict=True) if accepted is wanted]
        for wanted in (True, False)
    )
    return _answer(page.confirmed(names, changed, _dashboard(request)))


def _link(request: Request, session: Session, token: str, *, to_use: bool = False) -> Row[Any] | None:
    """The link in a token; None when nobody of us made it."""
    try:
        link = Links.of(request.app.state.settings).read(token)
    except ForgedLink:
        return None
    return queries.find_link(session, link, to_use=to_use)


def _over(link: Row[Any]) -> bool:
    return link.used_at is not None or link.expires_at <= datetime.now(UTC)


def _why_not(request: Request, link: Row[Any] | None) -> HTMLResponse:
    """The page that says so; a problem for who asked for no page."""
    title, sentence = _what_is_wrong(link)
    if not request.headers.get("accept", "").lower().startswith("text/html"):
        raise Gone(f"{title}. {sentence}")
    return _answer(page.message(title, sentence, _dashboard(request)), GONE)


def _what_is_wrong(link: Row[Any] | None) -> tuple[str, str]:
    if link is None:
        return "Deze link klopt niet", "Kopieer de hele link uit de e-mail, of log in."
    if link.used_at is not None:
        on = dutch.day(dutch_day(link.used_at))
        return "Deze link is al gebruikt", f"De opgaven zijn bevestigd op {on}. U hoeft niets te doen."
    return "Deze link is verlopen", "Hij werkte twee weken. Log in om uw plekken na te kijken."


def _shown(raw: bytes) -> dict[int, int]:
    """Which statement of which offer the page showed, as its form sends them back."""
    said = parse_qs(raw.decode("ascii", "replace")).get(page.SEEN, [])
    return {int(found[1]): int(found[2]) for each in said if (found := _PAIR.fullmatch(each))}


_PAIR = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,17})")


def _planner_of(link: Row[Any]) -> Identity:
    return Identity(SUBJECT, Role.PROVIDER, link.provider_agb, link.expires_at.timestamp())


def _dashboard(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return settings.dashboard_url


def _answer(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, {"Content-Security-Policy": page.POLICY})
