"""A whole region's open requests at once: ten thousand questions in one call, beside the bare kernel as many times."""

import gc
import time
from collections.abc import Iterator, Sequence

from availability.matching.many import rank_many
from matcher.question import Question
from tests.bench.engines.kernel import Kernel
from tests.bench.parts import Run
from tests.bench.report import Table
from tests.bench.worlds import TODAY, World, open_world

REQUESTS_PER_QUESTION = 25
"""400 mixed questions make 10,000 open requests."""

AT_ONCE = 500
"""Slices that are cut for the kernel before its turn."""


def measure(run: Run) -> Iterator[Table]:
    run.say("Tienduizend open vragen in één keer…")
    world = open_world(run.worlds.url(run.usual_size))
    asked = world.questions(run.questions * REQUESTS_PER_QUESTION, seed=2)
    kernel = Kernel()
    kernel.build(world)
    gc.collect()
    gc.freeze()  # what is loaded stays, as in the service
    first, again = answer_all(world, asked), answer_all(world, asked)
    bare = sum(answer_bare(kernel, asked[begin : begin + AT_ONCE]) for begin in range(0, len(asked), AT_ONCE))
    gc.unfreeze()
    yield _table(world, len(asked), first, again, bare)


def answer_all(world: World, asked: Sequence[Question]) -> float:
    """Seconds for all of them in one call, from gathering to the order."""
    began = time.perf_counter()
    for _, ranking in rank_many(world.board, world.atlas, asked, TODAY):
        assert ranking.order is not None
    return time.perf_counter() - began


def answer_bare(kernel: Kernel, asked: Sequence[Question]) -> float:
    """Seconds of arithmetic; cutting the slices is not counted."""
    kernel.prepare(asked)
    began = time.perf_counter()
    for question in asked:
        kernel.answer(question)
    return time.perf_counter() - began


def _table(world: World, requests: int, first: float, again: float, bare: float) -> Table:
    return Table(
        title=f"{requests:,} open requests against {world.board.offers:,} offers, in one call",
        columns=("how", "seconds", "ms a request", "÷ kernel"),
        rows=tuple(
            (name, seconds, seconds / requests * 1000, seconds / bare)
            for name, seconds in (
                ("project, the first time", first),
                ("project, again", again),
                ("bare numpy kernel (the limit)", bare),
            )
        ),
        notes=(
            "requests from all over the country: the first time, most ask for an area and care type that the board has"
            " not put together yet; it remembers, until a contract changes",
            "the kernel's slices are cut and its questions translated beforehand, not timed",
        ),
    )
