"""The e-mails of the demo, to be read without a mail server. In no description, and nowhere but in the demo."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from availability.access.identity import Identity
from availability.access.permissions import Action, may
from availability.database import InTransaction
from availability.messages import Message, Page
from availability.outbox import deliveries
from availability.outbox.links import Links
from availability.outbox.mail import Stationery
from availability.outbox.way import Letter

demo_router = APIRouter(include_in_schema=False)

Reader = Annotated[Identity, Depends(may(Action.BE_TOLD))]


class DemoMail(Message):
    """An e-mail as it is sent when there is a mail server and an address."""

    to: str
    subject: str
    text: str
    told_at: datetime


@demo_router.get("/demo-mails")
def demo_mails(request: Request, caller: Reader, session: InTransaction) -> Page[DemoMail]:
    settings = request.app.state.settings
    stationery, links = Stationery.of(settings), Links.of(settings)
    letters = [Letter.of(row) for row in deliveries.mails_to(session, caller)]
    return Page(items=[_mail(stationery, links, letter) for letter in letters])


def _mail(stationery: Stationery, links: Links, letter: Letter) -> DemoMail:
    message = stationery.message(letter, links.in_letter(letter))
    return DemoMail(
        to=letter.email or "", subject=message["Subject"], text=message.get_content(), told_at=letter.told_at
    )
