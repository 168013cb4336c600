"""A question to be ranked: on which day, with what is wanted of the answer, and what is known beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from availability.matching.messages import Wish
from availability.vocabulary.lexicon import Lexicon
from matcher.candidates import Candidates, candidates_of
from matcher.question import Question


@dataclass(frozen=True, slots=True)
class Asked:
    question: Question
    today: date
    wish: Wish
    crisis: bool = False
    """A care type that no ranking answers was asked for too; it is no longer in the question."""
    need_names: Mapping[int, str] = field(default_factory=dict)
    """What the needs of the question are called, by bit."""

    @property
    def wanted(self) -> date:
        """The day on which a contract must hold: the day help is needed, or today when that is past."""
        return max(self.question.needed_from, self.today)


def ask(question: Question, lexicon: Lexicon, today: date, wish: Wish) -> Asked:
    """The question without the crisis care types: those are answered by whom to call."""
    rankable = tuple([code for code in question.care_types if not lexicon.care_types[code].crisis])
    names = lexicon.need_names(question.needs)
    if len(rankable) == len(question.care_types):
        return Asked(question, today, wish, need_names=names)
    return Asked(replace(question, care_types=rankable), today, wish, crisis=True, need_names=names)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a case remembers of offers; a question that is answered and forgotten remembers nothing."""

    refused: Sequence[int] = ()
    """Those that refused it before, and of which nothing changed since."""
    held: Sequence[int] = ()
    """Those of which a place is held for it."""


NONE = Memory()


def remembering(candidates: Candidates, memory: Memory) -> Candidates:
    """The candidates with who refused marked, and the place that is held for this very child counted as free to it."""
    if not memory.refused and not memory.held:
        return candidates
    rows = candidates.rows
    rows["refused"] = np.isin(rows["offer_id"], memory.refused)
    rows["options_running"] -= np.isin(rows["offer_id"], memory.held)
    return candidates_of(rows, candidates.today)
