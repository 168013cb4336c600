"""The limit: the same arithmetic in bare numpy, on a slice that was cut and translated before the clock started."""

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from matcher.question import Question
from tests.bench.arithmetic import best_first
from tests.bench.asked import Asked, in_numbers
from tests.bench.engines.engine import Engine
from tests.bench.worlds import World

FROM_BOARD = (
    *("offer_id", "contract_id", "x", "y", "z", "travels_km", "serves", "excludes", "only_for", "age_from"),
    *("age_until", "genders", "setting", "siblings", "past_eighteen", "published_from", "published_until", "stop"),
    *("scope", "preference"),
)
WORKED_OUT = ("start", "pessimistic", "early", "late")


class Kernel(Engine):
    """Column by column, contiguous, each candidate once."""

    name: ClassVar[str] = "bare numpy kernel (the limit)"
    note: ClassVar[str] = "candidates gathered, columns cut and the question translated beforehand, not timed"

    def build(self, world: World) -> float:
        self._world = world
        self._expected = world.sheet.drop_duplicates("offer_id").set_index("offer_id")[list(WORKED_OUT)]
        return 0.0

    def prepare(self, questions: Sequence[Question]) -> None:
        self._ready = {question: self._cut(question) for question in questions}

    def _cut(self, question: Question) -> tuple[dict[str, Any], Asked]:
        rows = self._world.candidates(question).rows
        expected = self._expected.loc[rows["offer_id"]]
        columns: dict[str, Any] = {name: np.ascontiguousarray(rows[name]) for name in FROM_BOARD}
        columns["travels_km"] = columns["travels_km"].astype(np.float64)
        columns["fresh_until"] = rows["stated_day"] + rows["update_term"]
        columns |= {name: np.ascontiguousarray(expected[name].to_numpy()) for name in WORKED_OUT}
        return columns, in_numbers(self._world, question)

    def answer(self, question: Question) -> list[int]:
        return best_first(*self._ready[question])

    @property
    def nbytes(self) -> int:
        return 0
