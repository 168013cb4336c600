"""pandas: a frame per care type and area, cut beforehand."""

import time
from typing import ClassVar

import pandas as pd

from matcher.question import Question
from tests.bench.arithmetic import best_first, holds, takes
from tests.bench.asked import in_numbers, preferences
from tests.bench.engines.engine import Engine
from tests.bench.worlds import World


class Panda(Engine):
    """Filters first, then one row per offer, then the sums."""

    name: ClassVar[str] = "pandas"
    note: ClassVar[str] = "a frame per care type and area, cut beforehand"

    def build(self, world: World) -> float:
        self._world = world
        began = time.perf_counter()
        self._frames = dict(list(world.sheet.groupby(["care_type", "area"])))
        self._empty = world.sheet.iloc[:0]
        return time.perf_counter() - began

    def answer(self, question: Question) -> list[int]:
        asked = in_numbers(self._world, question)
        keys = [(care_type, area) for care_type in asked.care_types for area in asked.areas]
        frame = pd.concat([self._frames.get(key, self._empty) for key in keys])
        frame = frame[holds(frame, asked) & takes(frame, asked)]
        frame = frame.sort_values(["scope", "contract_id"]).drop_duplicates("offer_id")
        return best_first(frame.assign(preference=frame["care_type"].map(preferences(asked.care_types))), asked)

    @property
    def nbytes(self) -> int:
        return int(sum(frame.memory_usage(deep=True).sum() for frame in self._frames.values()))
