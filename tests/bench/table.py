"""One table: engines side by side on the same questions, with how often they give the project's exact order."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from availability.database import make_engine
from availability.geography.atlas import load_atlas
from availability.vocabulary.lexicon import load_lexicon
from matcher.question import Question
from tests.bench.engines import ENGINES, Engine, Project, World
from tests.bench.worlds import a_world, mixed_questions


@dataclass(frozen=True, slots=True)
class Line:
    """How one engine did. Times in milliseconds."""

    engine: str
    p50: float
    p99: float
    same_order: int
    of: int


def measure(server_url: str, offers: int, questions: int, say: Callable[[str], None]) -> None:
    """Make a world of so many offers, ask everybody, and say the table."""
    with a_world(server_url, offers) as url:
        database = make_engine(url)
        with Session(database) as session:
            atlas, lexicon = load_atlas(session), load_lexicon(session)
        world = World(url, database, atlas, lexicon)
        asked = mixed_questions(atlas, lexicon, questions)
        say(f"\n{offers} offers, {questions} questions; board: {world.build_seconds:.1f} s to build,")
        say(f"{world.board.nbytes / world.board.offers:.0f} bytes an offer\n")
        say(f"{'engine':34} {'p50 ms':>9} {'p99 ms':>9} {'x project':>10} {'same order':>11}")
        expected = [Project(world).answer(question) for question in asked]
        lines = [timed(engine(world), asked, expected) for engine in ENGINES]
        for line in lines:
            ratio = line.p50 / lines[0].p50
            say(f"{line.engine:34} {line.p50:9.3f} {line.p99:9.3f} {ratio:10.1f} {line.same_order:>5} of {line.of}")
        database.dispose()


def timed(engine: Engine, asked: list[Question], expected: list[list[int]]) -> Line:
    """Every question twice: once to warm up, once by the clock."""
    times, same = [], 0
    for question, order in zip(asked, expected, strict=True):
        engine.prepare(question)
        engine.answer(question)
        began = time.perf_counter()
        found = engine.answer(question)
        times.append((time.perf_counter() - began) * 1000)
        same += found == order
    return Line(engine.name, float(np.percentile(times, 50)), float(np.percentile(times, 99)), same, len(asked))
