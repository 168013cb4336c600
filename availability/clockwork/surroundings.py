"""What the clockwork works with: the database, the calendar, the post office, and the board with its map and words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from sqlalchemy.orm import Session, sessionmaker
from starlette.datastructures import State

from availability.board.board import Board
from availability.clock import Calendar
from availability.geography.atlas import Atlas
from availability.outbox.sending import PostOffice
from availability.settings import Settings
from availability.vocabulary.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Surroundings:
    settings: Settings
    sessions: sessionmaker[Session]
    today: Calendar
    office: PostOffice
    board: Callable[[], Board]
    """The board of this process; a reload may replace it, so it is asked for each time."""
    reference: Callable[[], tuple[Atlas, Lexicon]]
    """The map and the words of this moment."""

    @classmethod
    def of(cls, state: State) -> Self:
        """Around the service that runs in this process."""
        return cls(
            settings=state.settings,
            sessions=state.sessions,
            today=state.today,
            office=PostOffice.of(state.settings, state.sessions),
            board=lambda: state.board,
            reference=lambda: (state.atlas, state.lexicon),
        )
