"""Is the service fit for work: can it reach the database, and is the board filled?"""

from typing import Literal

from fastapi import APIRouter, Request
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from availability.messages import Message
from availability.refusals import Unavailable

router = APIRouter(tags=["beheer"])


class Health(Message):
    status: Literal["ok"] = "ok"


@router.get("/health", summary="Of de dienst klaar is voor werk")
def health(request: Request) -> Health:
    if not request.app.state.board.ready:
        raise Unavailable("De dienst start nog: het aanbod wordt geladen.")
    engine: Engine = request.app.state.engine
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        raise Unavailable("De database is even niet bereikbaar. Probeer het zo opnieuw.") from None
    return Health()
