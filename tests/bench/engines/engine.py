"""What every engine can do: be built from a world, and answer a question with the offers that fit, best first."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from matcher.question import Question
from tests.bench.worlds import World


class Engine(ABC):
    """`build` and `prepare` may take their time; `answer` is by the clock."""

    name: ClassVar[str]
    exact: ClassVar[bool] = True
    """It computes the whole score, so its order must be the project's."""
    note: ClassVar[str] = ""

    @abstractmethod
    def build(self, world: World) -> float:
        """Lay the world out in this engine's best form; gives the seconds that took."""

    def prepare(self, questions: Sequence[Question]) -> None:  # noqa: B027 - most have nothing to prepare
        """What may be ready before these questions come; the limit has its slices cut here."""

    @abstractmethod
    def answer(self, question: Question) -> list[int]:
        """The offers that fit, best first."""

    @property
    @abstractmethod
    def nbytes(self) -> int:
        """Held to answer from, in this process or in the database."""

    def close(self) -> None:  # noqa: B027 - most hold nothing open
        """Let go of connections and files."""
