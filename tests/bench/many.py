"""A whole region's open requests at once: ten thousand questions in one call, beside the bare kernel as many times."""

import time
from collections.abc import Iterator, Sequence

from matcher.question import Question
from tests.bench.engines.kernel import Kernel
from tests.bench.engines.project import Project
from tests.bench.parts import Run
from tests.bench.report import Table
from tests.bench.worlds import World, open_world

REQUESTS_PER_QUESTION = 25
"""400 mixed questions make 10,000 open requests."""

AT_ONCE = 500
"""Requests per turn: project and kernel take turns, so that a busy moment hits both."""


def measure(run: Run) -> Iterator[Table]:
    run.say("Tienduizend open vragen in één keer…")
    world = open_world(run.worlds.url(run.usual_size))
    asked = world.questions(run.questions * REQUESTS_PER_QUESTION, seed=2)
    project, kernel = Project(), Kernel()
    project.build(world)
    kernel.build(world)
    ours = bare = 0.0
    for first in range(0, len(asked), AT_ONCE):
        ours += answer_all(project, asked[first : first + AT_ONCE])
        bare += answer_bare(kernel, asked[first : first + AT_ONCE])
    yield _table(world, len(asked), ours, bare)


def answer_all(project: Project, asked: Sequence[Question]) -> float:
    """Seconds for all of them, from gathering to the order."""
    began = time.perf_counter()
    for question in asked:
        project.answer(question)
    return time.perf_counter() - began


def answer_bare(kernel: Kernel, asked: Sequence[Question]) -> float:
    """Seconds of arithmetic; cutting the slices is not counted."""
    kernel.prepare(asked)
    began = time.perf_counter()
    for question in asked:
        kernel.answer(question)
    return time.perf_counter() - began


def _table(world: World, requests: int, ours: float, bare: float) -> Table:
    return Table(
        title=f"{requests:,} open requests against {world.board.offers:,} offers",
        columns=("how", "seconds", "ms a request", "÷ kernel"),
        rows=(
            ("project, one after another", ours, ours / requests * 1000, ours / bare),
            ("bare numpy kernel (the limit)", bare, bare / requests * 1000, 1.0),
        ),
        notes=("the kernel's slices are cut and its questions translated beforehand, not timed",),
    )
