"""One question in one process: every engine on the same worlds and questions, in turns."""

import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.question import Question
from tests.bench.engines import ENGINES, Engine
from tests.bench.parts import Run
from tests.bench.report import Cell, Table
from tests.bench.worlds import World, open_world

AT_A_TURN = 50
"""Questions that an engine answers before the next has its turn: a service answers one after another, too."""

COLUMNS = ("engine", "p50 ms", "p99 ms", "p50 ÷ project", "MB", "build s", "same order")


@dataclass(slots=True)
class Score:
    """How one engine did."""

    milliseconds: list[float]
    same: int = 0


def measure(run: Run) -> Iterator[Table]:
    for size in run.sizes:
        run.say(f"Een wereld met {size:,} maal aanbod maken…")
        world = open_world(run.worlds.url(size))
        asked = world.questions(run.questions)
        yield compared(world, asked, ENGINES, size)


def compared(world: World, asked: Sequence[Question], kinds: Sequence[type[Engine]], size: int) -> Table:
    """The first kind is the project: the others are compared with it."""
    engines = [kind() for kind in kinds]
    built = [engine.build(world) for engine in engines]
    scores = {engine.name: Score([]) for engine in engines}
    _compare(engines, asked, scores)
    _time(engines, asked, scores)
    project = float(np.median(scores[engines[0].name].milliseconds))
    rows = [
        _row(engine, seconds, scores[engine.name], len(asked), project)
        for engine, seconds in zip(engines, built, strict=True)
    ]
    for engine in engines:
        engine.close()
    return Table(
        title=f"One question in process, {size:,} offers, {len(asked)} mixed questions",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(*_shape(world, asked), *(f"{engine.name}: {engine.note}" for engine in engines if engine.note)),
    )


def _compare(engines: Sequence[Engine], asked: Sequence[Question], scores: dict[str, Score]) -> None:
    for question in asked:
        orders = []
        for engine in engines:
            engine.prepare([question])
            orders.append(engine.answer(question))
        for engine, order in zip(engines, orders, strict=True):
            scores[engine.name].same += order == orders[0]


def _time(engines: Sequence[Engine], asked: Sequence[Question], scores: dict[str, Score]) -> None:
    """In turns, so that a busy moment of the machine hits all; like timeit without the garbage collector."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        for first in range(0, len(asked), AT_A_TURN):
            for engine in engines:
                scores[engine.name].milliseconds += _turn(engine, asked[first : first + AT_A_TURN])
    finally:
        gc.enable()
        gc.unfreeze()


def _turn(engine: Engine, asked: Sequence[Question]) -> Iterator[float]:
    engine.prepare(asked)
    for question in asked:
        began = time.perf_counter()
        engine.answer(question)
        yield (time.perf_counter() - began) * 1000


def _row(engine: Engine, seconds: float, score: Score, questions: int, project: float) -> tuple[Cell, ...]:
    p50, p99 = np.percentile(score.milliseconds, [50, 99]).tolist()
    same = f"{score.same} of {questions}" if engine.exact else f"cannot ({score.same} of {questions})"
    return (engine.name, p50, p99, p50 / project, engine.nbytes / 1e6 or None, seconds or None, same)


def _shape(world: World, asked: Sequence[Question]) -> Iterator[str]:
    counts = [len(world.candidates(question).rows) for question in asked]
    middle, most = np.percentile(counts, [50, 100]).astype(int).tolist()
    yield f"contracted candidates per question: half have {middle:,} or more, one has {most:,}; all are judged"
    yield (
        "every engine that can computes the full score in whole points and gives all offers that fit, best first;"
        " it may leave out what does not fit beforehand, the project and the limit judge all"
    )
    yield (
        "the expected start does not depend on the question but for the earliest day it allows:"
        " peers have it as columns, worked out beforehand"
    )
    yield (
        f"in turns of {AT_A_TURN} questions, after a round that warmed up, connections open, garbage"
        " collector off; build is from the tables for the project and PostGIS, from columns in memory for the others"
    )
