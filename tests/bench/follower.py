"""The other worker: a board that follows the feed in a process of its own, and notes what it sees."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from multiprocessing.connection import Connection

import structlog
from sqlalchemy.orm import Session

from availability.board.board import Board, News
from availability.board.feed import follow
from availability.database import make_engine
from availability.geography.atlas import Atlas, load_atlas
from availability.vocabulary.lexicon import load_lexicon
from matcher.fit import put
from matcher.offers import day_number
from matcher.question import Question
from matcher.ranking import judge
from tests.bench.worlds import TODAY, a_question

QUESTIONS_A_SECOND = 200


class NotingBoard(Board):
    """Notes when each statement could first be ranked with; moments are of the clock that all processes share."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[int, float] = {}

    def apply(self, news: News) -> None:
        super().apply(news)
        for care_type in news.rows:
            self.columns(care_type)  # as the next question would: what is merely heard is not ranked with yet
        now = time.monotonic()
        for packed in news.rows.values():
            for statement in packed.read().offers["statement_id"].tolist():
                self.seen.setdefault(statement, now)

    def become(self, other: Board) -> None:
        super().become(other)
        now = time.monotonic()
        for care_type in self.care_types:
            for statement in self.everything([care_type])["statement_id"].tolist():
                self.seen.setdefault(statement, now)


def note_what_arrives(url: str, parent: Connection) -> None:
    """Until told that it is enough; then says when each statement was seen."""
    asyncio.run(_note(url, parent))


def answer_steadily(url: str, parent: Connection) -> None:
    """For as many seconds as asked, again and again; says the milliseconds of every answer."""
    asyncio.run(_answer(url, parent))


async def _note(url: str, parent: Connection) -> None:
    board = NotingBoard()
    async with _followed(board, url):
        parent.send("ready")
        await asyncio.to_thread(parent.recv)
        parent.send(board.seen)


async def _answer(url: str, parent: Connection) -> None:
    board = Board()
    atlas, questions = _map_and_questions(url)
    async with _followed(board, url):
        for question in questions:
            _rank(board, atlas, question)
        parent.send("ready")
        while seconds := await asyncio.to_thread(parent.recv):
            parent.send(await _answer_for(seconds, board, atlas, questions))


async def _answer_for(seconds: float, board: Board, atlas: Atlas, questions: Sequence[Question]) -> list[float]:
    began, milliseconds = time.perf_counter(), []
    for number in range(int(seconds * QUESTIONS_A_SECOND)):
        due = began + number / QUESTIONS_A_SECOND
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        _rank(board, atlas, questions[number % len(questions)])
        milliseconds.append((time.perf_counter() - due) * 1000)
    return milliseconds


def _rank(board: Board, atlas: Atlas, question: Question) -> None:
    wanted = max(question.needed_from, TODAY)
    areas = atlas.areas_of(question.municipality, wanted)
    judge(put(question, board.candidates(question.care_types, areas, day_number(wanted), day_number(TODAY))))


def _map_and_questions(url: str) -> tuple[Atlas, list[Question]]:
    engine = make_engine(url)
    with Session(engine) as session:
        atlas, lexicon = load_atlas(session), load_lexicon(session)
    engine.dispose()
    chance = random.Random(1)
    return atlas, [a_question(chance, atlas, lexicon) for _ in range(400)]


@asynccontextmanager
async def _followed(board: Board, url: str) -> AsyncIterator[None]:
    structlog.configure(processors=[_no_words])
    task = asyncio.create_task(follow(board, url))
    while not board.ready:
        await asyncio.sleep(0.01)
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _no_words(*_: object) -> dict[str, object]:
    """The feed tells of lost connections; here they are meant."""
    raise structlog.DropEvent
