"""The same worlds and the same mixed questions for every engine."""

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import make_url, text
from sqlalchemy.orm import Session

from availability.board.board import Board
from availability.board.loading import load_board
from availability.database import make_engine
from availability.geography.atlas import Atlas, Postcode, load_atlas
from availability.vocabulary.lexicon import Lexicon, load_lexicon
from data.demo import load_world
from data.reference import load_reference
from matcher.candidates import Candidates
from matcher.offers import day_number
from matcher.question import Gender, Month, Place, Question, Setting, Urgency
from tests.bench.sheet import make_sheet, read_sheet

TODAY = date(2026, 11, 23)  # a Monday

COMPLETE = "complete"
"""The comment on a database that was filled to the end."""


@dataclass(frozen=True, slots=True)
class World:
    """One world, with everything that was made ready before the first question."""

    url: str
    atlas: Atlas
    lexicon: Lexicon
    board: Board
    board_seconds: float
    sheet: pd.DataFrame
    """A row per offer and agreement, as columns (see `sheet`)."""
    sheet_seconds: float

    def areas(self, question: Question) -> tuple[str, ...]:
        return self.atlas.areas_of(question.municipality, max(question.needed_from, TODAY))

    def candidates(self, question: Question) -> Candidates:
        wanted = day_number(max(question.needed_from, TODAY))
        return self.board.candidates(question.care_types, self.areas(question), wanted, day_number(TODAY))

    def questions(self, count: int, seed: int = 1) -> list[Question]:
        """Children of all ages all over the country, with much or little asked."""
        chance = random.Random(seed)
        return [a_question(chance, self.atlas, self.lexicon) for _ in range(count)]


class Worlds:
    """Databases that are made when first asked for, and dropped at the end unless they are to be kept."""

    def __init__(self, server_url: str, *, keep: bool = False) -> None:
        self._server_url, self._keep = server_url, keep
        self._urls: dict[int, str] = {}
        self._open = ExitStack()

    def __enter__(self) -> "Worlds":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def url(self, offers: int) -> str:
        """A database with so many offers over the whole country."""
        if offers not in self._urls:
            self._urls[offers] = self._open.enter_context(a_world(self._server_url, offers, keep=self._keep))
        return self._urls[offers]


@contextmanager
def a_world(server_url: str, offers: int, *, keep: bool) -> Iterator[str]:
    name = f"zorg_bench_{offers}"
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    try:
        if not (keep and _is_complete(server_url, name)):
            administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            administer(server_url, f"CREATE DATABASE {name}")
            _fill(url, offers)
            administer(server_url, f"COMMENT ON DATABASE {name} IS '{COMPLETE}'")
        yield url
    finally:
        if not keep:
            administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def open_world(url: str) -> World:
    """Read the board, and lay the same offers out as columns for the peers."""
    engine = make_engine(url)
    with Session(engine) as session:
        atlas, lexicon = load_atlas(session), load_lexicon(session)
    began = time.perf_counter()
    board = asyncio.run(load_board(url))
    board_seconds = time.perf_counter() - began
    with Session(engine) as session, session.begin():
        sheet_seconds = make_sheet(session, board, lexicon, TODAY)
    with Session(engine) as session:
        sheet = read_sheet(session)
    engine.dispose()
    return World(url, atlas, lexicon, board, board_seconds, sheet, sheet_seconds)


def a_question(chance: random.Random, atlas: Atlas, lexicon: Lexicon) -> Question:
    home: Postcode = chance.choice(list(atlas.postcodes.values()))
    care_types = [each.code for each in lexicon.care_types.values() if not each.crisis]
    return Question(
        municipality=home.municipality,
        home=Place(home.lon, home.lat),
        birth_month=Month(chance.randint(2009, 2024), chance.randint(1, 12)),
        care_types=tuple(chance.sample(care_types, chance.choice([1, 1, 1, 2, 3]))),
        needed_from=TODAY + timedelta(chance.choice([-30, 0, 14, 60])),
        urgency=chance.choice([Urgency.REGULAR, Urgency.REGULAR, Urgency.URGENT]),
        max_distance_km=chance.choice([None, 10.0, 25.0, 50.0]),
        needs=lexicon.need_mask(chance.sample(list(lexicon.needs), chance.choice([0, 0, 1, 2]))),
        gender=chance.choice([None, Gender.BOY, Gender.GIRL]),
        siblings=chance.choice([0, 0, 0, 0, 1]),
        past_eighteen=chance.random() < 0.05,
        setting=chance.choice([None] * 9 + [Setting.FAMILY]),
    )


def administer(server_url: str, statement: str) -> None:
    """A statement on databases as a whole, from outside them."""
    with psycopg.connect(plain(server_url, "postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def plain(url: str, database: str | None = None) -> str:
    """The URL as psycopg reads it."""
    made = make_url(url).set(drivername="postgresql")
    return (made.set(database=database) if database else made).render_as_string(hide_password=False)


def _is_complete(server_url: str, name: str) -> bool:
    with psycopg.connect(plain(server_url, "postgres")) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    return bool(found and found[0] == COMPLETE)


def _fill(url: str, offers: int) -> None:
    config = Config(toml_file="pyproject.toml")
    config.attributes["url"] = url
    command.upgrade(config, "head")
    engine = make_engine(url)
    with Session(engine) as session, session.begin():
        load_reference(session)
        load_world(session, "national", offers=offers, today=TODAY)
    with Session(engine) as session, session.begin():
        session.execute(text("ANALYZE"))
    engine.dispose()
