"""What happened in a quarter, as it stands in the database: all that its figures are counted from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.geography.atlas import Atlas
from availability.guarantees.standing import Share, kept_shares
from availability.publication import queries
from availability.publication.periods import Quarter
from availability.vocabulary.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Happened:
    """Rows of `queries`, each read once."""

    waiting: Sequence[Row[Any]]

    started: Sequence[Row[Any]]
    talked: Sequence[Row[Any]]
    answered: Sequence[Row[Any]]
    discussed: Sequence[Row[Any]]
    stated: Sequence[Row[Any]]
    kept: Sequence[Row[Any]]
    places: Sequence[Row[Any]]
    promises: Mapping[str, Share]
    """Per region that promised anything, what it said must always be there: on how many days it was."""

    @classmethod
    def of(cls, session: Session, quarter: Quarter, atlas: Atlas, lexicon: Lexicon) -> Self:
        first, last = quarter.first_day, quarter.last_day
        return cls(
            queries.waiting(session, last),
            queries.started(session, first, last),
            queries.talked(session, first, last),
            queries.answered(session, first, last),
            queries.discussed(session, first, last),
            queries.stated(session, last),
            queries.kept(session, last),
            queries.places(session, last),
            kept_shares(session, (first, last), atlas, lexicon),
        )
