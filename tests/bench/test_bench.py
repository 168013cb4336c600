"""The bench itself: on a small world every exact engine gives the project's order, and tables render."""

import json
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.cli.bench import Part
from availability.database import make_engine
from data.demo import load_world
from tests.bench.engines import ENGINES, Engine
from tests.bench.engines.project import Project
from tests.bench.over_http import asked_over_http
from tests.bench.parts import PARTS
from tests.bench.ranking import compared
from tests.bench.report import Table, markdown, save, show, written
from tests.bench.shortages import radars, solving
from tests.bench.worlds import TODAY, World, open_world
from tests.conftest import copied_database

pytestmark = pytest.mark.slow

OFFERS, QUESTIONS = 1500, 60
PEERS = [engine for engine in ENGINES if engine.exact and not issubclass(engine, Project)]


@pytest.fixture(scope="module")
def world(server_url: str, template: str) -> Iterator[World]:
    with copied_database(server_url, template, "bench") as url:
        engine = make_engine(url)
        with Session(engine) as session, session.begin():
            load_world(session, "national", offers=OFFERS, today=TODAY)
        with Session(engine) as session, session.begin():
            session.execute(text("ANALYZE"))
        engine.dispose()
        yield open_world(url)


@pytest.fixture(scope="module")
def orders(world: World) -> list[list[int]]:
    project = Project()
    project.build(world)
    return [project.answer(question) for question in world.questions(QUESTIONS)]


def test_the_world_gives_something_to_put_in_order(orders: list[list[int]]) -> None:
    assert sum(len(order) > 1 for order in orders) > 5


@pytest.mark.parametrize("kind", PEERS, ids=lambda kind: kind.__name__)
def test_gives_the_projects_exact_order(kind: type[Engine], world: World, orders: list[list[int]]) -> None:
    engine = kind()
    engine.build(world)
    for question, order in zip(world.questions(QUESTIONS), orders, strict=True):
        engine.prepare([question])
        assert engine.answer(question) == order
    engine.close()


def test_the_text_index_says_what_it_cannot_do(world: World) -> None:
    (index,) = [engine for engine in ENGINES if not engine.exact]
    assert "cannot" in index.note


def test_compares_all_engines_in_one_table(world: World) -> None:
    table = compared(world, world.questions(3), ENGINES, OFFERS)
    assert [row[0] for row in table.rows] == [engine.name for engine in ENGINES]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_asks_the_same_over_http(world: World) -> None:
    question = world.questions(1)[0]
    asked = asked_over_http(world, question)
    assert asked["careTypes"] == question.care_types
    assert asked["birthMonth"] == str(question.birth_month)


def test_solves_a_short_country_and_says_what_places_are_worth(world: World) -> None:
    table = solving(world, OFFERS, sizes=(120,))
    assert [row[1] for row in table.rows] == ["as it is", "scarce"]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_tells_every_regions_radar_beside_the_plain_query(world: World) -> None:
    table = radars(world, OFFERS, requests=120)
    assert [row[0] for row in table.rows] == ["project", "plain SQL"]


def test_the_command_knows_every_part() -> None:
    assert {part.value for part in Part} == set(PARTS)
    assert all(callable(import_module(module).measure) for module in PARTS.values())


# --- the report ----------------------------------------------------------------------------------------------------

ROWS = (("one", 0.12345, "4 of 4"), ("two", None, "–"))
TABLE = Table("Two engines", ("engine", "p50 ms", "same order"), ROWS, ("why",))


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, "–"), (0.0, "0"), (0.12345, "0.123"), (12.345, "12.3"), (1234.5, "1,234"), (10_000, "10,000"), ("a", "a")],
)
def test_writes_the_digits_that_count(cell: str | float | None, text: str) -> None:
    assert written(cell) == text


def test_shows_a_table_with_its_notes() -> None:
    screen = StringIO()
    show(TABLE, Console(file=screen, width=100))
    assert all(part in screen.getvalue() for part in ("Two engines", "0.123", "4 of 4", "· why"))


def test_saves_a_table_to_read_and_to_compute_with(tmp_path: Path) -> None:
    save([TABLE], tmp_path / "bench")
    assert "| one | 0.123 | 4 of 4 |" in (tmp_path / "bench.md").read_text()
    assert json.loads((tmp_path / "bench.json").read_text())["tables"][0]["rows"][0] == ["one", 0.12345, "4 of 4"]


def test_names_no_machine_in_what_is_saved() -> None:
    assert "/" not in markdown([TABLE]).splitlines()[0]
