"""From a question to what was found: who is contracted, who fits, who nearly does, and what else could be asked.

Gathering reads the board, so it runs on the event loop. Judging is pure: from the same rows it finds the same, and that
is how a stored ranking is told again years later.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from availability.board.board import Board
from availability.board.columns import NOT_CONTRACTED, holds
from availability.geography.atlas import Atlas
from availability.matching.messages import Include, Wish
from availability.vocabulary.lexicon import Lexicon
from matcher.criteria import WEIGHTS, Weights
from matcher.exclusion import near_misses
from matcher.fit import Rule
from matcher.offers import Rows, day_number, rows_together, rows_where
from matcher.question import Question
from matcher.ranking import Indices, Ranking, rank
from matcher.relaxation import LATER_DAYS, Relaxation, relaxations
from matcher.waiting import outlooks

FEW = 3
"""With fewer matches, the answer also tells what comes near, what else to ask for, and who has no contract."""

CHOSEN_BY = (Rule.NOT_CONTRACTED, Rule.OTHER_CARE_TYPE)
"""Rules that no candidate breaks: the board gives what is contracted on the wanted day, of the asked care types."""

UNREFUSED = (*CHOSEN_BY, Rule.REFUSED_BEFORE)
"""Nor this one, where nobody refused the case or there is none."""

ALL: tuple[Include, ...] = ("nearMisses", "relaxations", "nonContracted")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be ranked: on a day, and with what is wanted of the answer."""

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


@dataclass(frozen=True, slots=True)
class Memory:
    """What a case remembers of offers; a question that is answered and forgotten remembers nothing."""

    refused: Sequence[int] = ()
    """Those that refused it before, and of which nothing changed since."""
    held: Sequence[int] = ()
    """Those of which a place is held for it."""


NONE = Memory()

Related = tuple[tuple[str, str], ...]
"""Codes and names of the other care types of the same families."""


@dataclass(frozen=True, slots=True)
class Wider:
    """What lies beyond the candidates: offers whose contract begins or resumes soon, offers without a contract (-1),
    and contracted ones of related care types.

    An offer of the first related care type has preference -1, of the second -2, and so on.
    """

    rows: Rows
    related: Related


@dataclass(frozen=True, slots=True)
class Found:
    """What there is. Lists that nobody looked for are empty."""

    asked: Asked
    ranking: Ranking
    near: list[int]
    """Positions in the ranking of offers that break one rule only."""
    relaxations: tuple[Relaxation, ...]
    others: Ranking | None
    """The offers without a contract, judged as if they had one; None when they were not looked for."""
    judged: Rows
    """Every row that was looked at: enough to find the same again."""
    related: Related = ()


def ask(question: Question, lexicon: Lexicon, today: date, wish: Wish) -> Asked:
    """The question without the crisis care types: those are answered by whom to call."""
    rankable = tuple([code for code in question.care_types if not lexicon.care_types[code].crisis])
    names = lexicon.need_names(question.needs)
    if len(rankable) == len(question.care_types):
        return Asked(question, today, wish, need_names=names)
    return Asked(replace(question, care_types=rankable), today, wish, crisis=True, need_names=names)


def search(board: Board, atlas: Atlas, lexicon: Lexicon, asked: Asked, memory: Memory = NONE) -> Found:
    """Judge every contracted offer of the asked care types; look wider when few fit, or when that is wished."""
    question, on = asked.question, day_number(asked.wanted)
    areas = atlas.areas_of(question.municipality, asked.wanted)
    candidates = board.candidates(question.care_types, areas, on)
    remembered = _remember(candidates.rows, memory)
    candidates.outlooks[remembered] = outlooks(candidates.rows[remembered])
    waived = CHOSEN_BY if memory.refused else UNREFUSED
    ranking = rank(question, candidates.rows, asked.today, waived=waived, outlook=candidates.outlooks)

    def beyond() -> Wider:
        wider = _beyond(board, atlas, lexicon, asked, candidates.rows)
        _remember(wider.rows, memory)
        return wider

    return look_wider(asked, ranking, beyond)


def _remember(rows: Rows, memory: Memory) -> Indices:
    """Mark who refused, and count the place that is held for this very child as free to it; where that was."""
    if memory.refused:
        rows["refused"] = np.isin(rows["offer_id"], memory.refused)
    held: Indices = np.flatnonzero(np.isin(rows["offer_id"], memory.held))
    rows["options_running"][held] -= 1
    return held


def look_wider(asked: Asked, ranking: Ranking, beyond: Callable[[], Wider], weights: Weights = WEIGHTS) -> Found:
    """Look `beyond` the candidates when too few of them fit, or when it is wished."""
    question, today, limit = asked.question, asked.today, asked.wish.limit
    candidates = ranking.candidates
    wanted = ALL if len(ranking.order) < FEW else asked.wish.include
    near = near_misses(ranking, limit) if "nearMisses" in wanted else []
    if "relaxations" not in wanted and "nonContracted" not in wanted:
        return Found(asked, ranking, near, (), None, candidates)
    wider = beyond()
    judged = rows_together(candidates, wider.rows)
    names = [name for _, name in wider.related]
    outsiders = rows_where(wider.rows, wider.rows["preference"] >= 0)
    outsiders["contract_id"] = NOT_CONTRACTED  # on the wanted day there is none
    return Found(
        asked=asked,
        ranking=ranking,
        near=near,
        relaxations=relaxations(question, judged, today, names) if "relaxations" in wanted else (),
        others=rank(question, outsiders, today, weights, [Rule.NOT_CONTRACTED]) if "nonContracted" in wanted else None,
        judged=judged,
        related=wider.related,
    )


def judge_again(asked: Asked, judged: Rows, related: Related, weights: Weights) -> Found:
    """What was found then, from the rows that were looked at then."""
    contracted = (judged["contract_id"] != NOT_CONTRACTED) & holds(judged, day_number(asked.wanted))
    candidates = contracted & (judged["preference"] >= 0)
    ranking = rank(asked.question, judged[candidates], asked.today, weights)
    return look_wider(asked, ranking, lambda: Wider(judged[~candidates], related), weights)


def _beyond(board: Board, atlas: Atlas, lexicon: Lexicon, asked: Asked, candidates: Rows) -> Wider:
    question, wanted, later = asked.question, asked.wanted, asked.wanted + timedelta(days=LATER_DAYS[-1])

    def contracted(care_types: Sequence[str], on: date) -> Rows:
        return board.candidates(care_types, atlas.areas_of(question.municipality, on), day_number(on)).rows

    soon = _not_in(candidates, contracted(question.care_types, later))
    outsiders = _not_in(soon, _not_in(candidates, board.everything(question.care_types).rows))
    free = [place for place, code in enumerate(question.care_types) if lexicon.care_types[code].general]
    outsiders = rows_where(
        outsiders, ~np.isin(outsiders["preference"], free)
    )  # what needs no contract is not without one
    related = tuple(_related(question, lexicon))
    relatives = contracted([code for code, _ in related], wanted)
    relatives["preference"] = -1 - relatives["preference"]
    return Wider(rows_together(soon, outsiders, relatives), related)


def _not_in(some: Rows, others: Rows) -> Rows:
    """Those of the others that are not among some, by offer."""
    return rows_where(others, ~np.isin(others["offer_id"], some["offer_id"]))


def _related(question: Question, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    families = {lexicon.care_types[code].family for code in question.care_types}
    for each in lexicon.care_types.values():
        if each.family in families and not each.crisis and each.code not in question.care_types:
            yield each.code, each.name
