"""Who answers: the project as it runs, its parts, and peers. An engine answers one question with the best offers."""

import asyncio
import time
from abc import ABC, abstractmethod
from typing import ClassVar

from sqlalchemy import Engine as Database
from sqlalchemy.orm import Session

from availability.board.board import Board
from availability.board.columns import Candidates
from availability.board.loading import load_board
from availability.geography.atlas import Atlas
from availability.matching.answer import answer
from availability.matching.messages import Wish
from availability.matching.search import ask, search
from availability.vocabulary.lexicon import Lexicon
from matcher.offers import day_number
from matcher.question import Question
from matcher.ranking import Ranking, rank
from tests.availability.matching.postgis_twin import rank_in_sql
from tests.bench.worlds import TODAY


class World:
    """What the engines of one world share."""

    def __init__(self, url: str, database: Database, atlas: Atlas, lexicon: Lexicon) -> None:
        began = time.perf_counter()
        self.board: Board = asyncio.run(load_board(url))
        self.build_seconds = time.perf_counter() - began
        self.database, self.atlas, self.lexicon = database, atlas, lexicon

    def candidates(self, question: Question) -> Candidates:
        wanted = max(question.needed_from, TODAY)
        areas = self.atlas.areas_of(question.municipality, wanted)
        return self.board.candidates(question.care_types, areas, day_number(wanted))


class Engine(ABC):
    """`prepare` is not timed, `answer` is."""

    name: ClassVar[str]

    def __init__(self, world: World) -> None:
        self.world = world

    def prepare(self, question: Question) -> None:  # noqa: B027 - most have nothing to prepare
        """What may be ready before the question comes."""

    @abstractmethod
    def answer(self, question: Question) -> list[int]:
        """All offers that fit, best first; or the best twenty."""


class Project(Engine):
    """The board, all criteria, the whole order."""

    name = "project: rank"

    def answer(self, question: Question) -> list[int]:
        candidates = self.world.candidates(question)
        return _ids(rank(question, candidates.rows, TODAY, outlook=candidates.outlooks))


class ProjectTold(Engine):
    """The same with what the worker reads: twenty matches with Dutch reasons, and what else there is when few fit."""

    name = "project: whole answer"

    def answer(self, question: Question) -> list[int]:
        world = self.world
        found = search(world.board, world.atlas, world.lexicon, ask(question, world.lexicon, TODAY, Wish()))
        answer(found, world.board.cards, world.board.as_of, "nl")
        return _ids(found.ranking)


class MatcherAlone(Engine):
    """The arithmetic on candidates that were gathered beforehand: what the board adds is the difference."""

    name = "matcher on a slice already cut"

    def prepare(self, question: Question) -> None:
        self._candidates = self.world.candidates(question)

    def answer(self, question: Question) -> list[int]:
        return _ids(rank(question, self._candidates.rows, TODAY, outlook=self._candidates.outlooks))


class PostgisTypical(Engine):
    """One statement on the tables as they are (the twin of the tests), by a prepared connection."""

    name = "PostGIS, the tables as they are"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._session = Session(world.database)

    def answer(self, question: Question) -> list[int]:
        return [each.offer_id for each in rank_in_sql(self._session, question, TODAY) if each.failure == 0]


ENGINES: tuple[type[Engine], ...] = (Project, ProjectTold, MatcherAlone, PostgisTypical)


def _ids(ranking: Ranking) -> list[int]:
    ids: list[int] = ranking.candidates["offer_id"][ranking.order].tolist()
    return ids
