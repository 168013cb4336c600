"""The same worlds and the same mixed questions for every engine."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import make_url, text
from sqlalchemy.orm import Session

from availability.database import make_engine
from availability.geography.atlas import Atlas, Postcode
from availability.vocabulary.lexicon import Lexicon
from data.demo import load_world
from data.reference import load_reference
from matcher.question import Gender, Month, Place, Question, Setting, Urgency

TODAY = date(2026, 11, 23)  # a Monday


@contextmanager
def a_world(server_url: str, offers: int) -> Iterator[str]:
    """A database with so many offers over the whole country; gone afterwards."""
    name = f"zorg_bench_{offers}"
    _administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _administer(server_url, f"CREATE DATABASE {name}")
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    try:
        _fill(url, offers)
        yield url
    finally:
        _administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def mixed_questions(atlas: Atlas, lexicon: Lexicon, count: int, seed: int = 1) -> list[Question]:
    """Children of all ages all over the country, with much or little asked."""
    chance = random.Random(seed)
    postcodes = list(atlas.postcodes.values())
    care_types = [each.code for each in lexicon.care_types.values() if not each.crisis]
    needs = list(lexicon.needs)
    return [_question(chance, chance.choice(postcodes), care_types, needs, lexicon) for _ in range(count)]


def _question(
    chance: random.Random, home: Postcode, care_types: list[str], needs: list[str], lexicon: Lexicon
) -> Question:
    return Question(
        municipality=home.municipality,
        home=Place(home.lon, home.lat),
        birth_month=Month(chance.randint(2009, 2024), chance.randint(1, 12)),
        care_types=tuple(chance.sample(care_types, chance.choice([1, 1, 1, 2, 3]))),
        needed_from=TODAY + timedelta(chance.choice([-30, 0, 14, 60])),
        urgency=chance.choice([Urgency.REGULAR, Urgency.REGULAR, Urgency.URGENT]),
        max_distance_km=chance.choice([None, 10.0, 25.0, 50.0]),
        needs=lexicon.need_mask(chance.sample(needs, chance.choice([0, 0, 1, 2]))),
        gender=chance.choice([None, Gender.BOY, Gender.GIRL]),
        siblings=chance.choice([0, 0, 0, 0, 1]),
        past_eighteen=chance.random() < 0.05,
        setting=chance.choice([None] * 9 + [Setting.FAMILY]),
    )


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


def _administer(server_url: str, statement: str) -> None:
    plain = make_url(server_url).set(database="postgres", drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(statement.encode())
