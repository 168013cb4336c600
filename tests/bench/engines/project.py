"""The project as it runs: the live board and the matcher."""

from collections.abc import Sequence
from typing import ClassVar

from availability.matching.answer import answer
from availability.matching.asked import Asked, ask
from availability.matching.messages import Wish
from availability.matching.search import CHOSEN_BY, Found, search
from matcher.fit import put
from matcher.question import Question
from matcher.ranking import Ranking, judge
from tests.bench.engines.engine import Engine
from tests.bench.worlds import TODAY, World


class Project(Engine):
    """Candidates from the board, every rule that each breaks, every point, the whole order."""

    name: ClassVar[str] = "project"
    note: ClassVar[str] = "also keeps for every other offer which rules it breaks: it must tell why not"

    def build(self, world: World) -> float:
        self._world = world
        return world.board_seconds

    def answer(self, question: Question) -> list[int]:
        return best(judge(put(question, self._world.candidates(question)), waived=CHOSEN_BY))

    @property
    def nbytes(self) -> int:
        return self._world.board.nbytes


class ProjectSearching(Project):
    """All that a worker gets: the order, near misses and relaxations when little fits, and the words as JSON."""

    name: ClassVar[str] = "project, whole answer"
    note: ClassVar[str] = (
        "with twenty matches and their reasons in Dutch; when fewer than three fit also near misses, relaxations"
        " and offers without a contract, which no peer looks for"
    )

    def answer(self, question: Question) -> list[int]:
        found = self._found(question)
        answer(found, self._world.board.cards, self._world.board.as_of, "nl")
        return best(found.ranking)

    def _found(self, question: Question) -> Found:
        world = self._world
        return search(world.board, world.atlas, world.lexicon, ask(question, world.lexicon, TODAY, Wish()))


class ProjectTelling(ProjectSearching):
    """What the words add."""

    name: ClassVar[str] = "project, the words alone"
    note: ClassVar[str] = "the top twenty explained in Dutch, as JSON, after they were found"

    def prepare(self, questions: Sequence[Question]) -> None:
        self._ready = {question: self._only_the_order(question) for question in questions}

    def _only_the_order(self, question: Question) -> Found:
        return Found(Asked(question, TODAY, Wish()), self._found(question).ranking, [])

    def answer(self, question: Question) -> list[int]:
        told = self._ready[question]
        answer(told, self._world.board.cards, self._world.board.as_of, "nl")
        return best(told.ranking)


def best(ranking: Ranking) -> list[int]:
    ids: list[int] = ranking.candidates["offer_id"][ranking.order].tolist()
    return ids
