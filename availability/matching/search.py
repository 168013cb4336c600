"""From a question to what was found: who is contracted, who fits, who nearly does, and what else could be asked.

Gathering reads the board, so it runs on the event loop. Judging is pure: from the same rows it finds the same, and that
is how a stored ranking is told again years later.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from availability.board.board import Board
from availability.board.columns import NOT_CONTRACTED, holds, without_contract
from availability.geography.atlas import Atlas
from availability.matching.asked import NONE, Asked, Memory, remembering
from availability.matching.beyond import Related, Wider, look_beyond
from availability.matching.messages import Include
from availability.vocabulary.lexicon import Lexicon
from matcher.candidates import candidates_of
from matcher.criteria import WEIGHTS, Weights
from matcher.exclusion import near_misses
from matcher.fit import Flags, Rule, put
from matcher.offers import Rows, day_number, rows_together, rows_where
from matcher.ranking import Indices, Ranking, in_order, judge
from matcher.relaxation import Relaxation, relaxations

FEW = 3
"""With fewer matches, the answer also tells what comes near, what else to ask for, and who has no contract."""

CHOSEN_BY = (Rule.NOT_CONTRACTED, Rule.OTHER_CARE_TYPE)
"""Rules that no candidate breaks: the board gives what is contracted on the wanted day, of the asked care types."""

ALL: tuple[Include, ...] = ("nearMisses", "relaxations", "nonContracted")


NOBODY: Indices = np.empty(0, np.intp)


@dataclass(frozen=True, slots=True)
class Found:
    """What there is. Lists that nobody looked for are empty."""

    asked: Asked
    ranking: Ranking
    near: list[int]
    """Positions in the ranking of offers that break one rule only."""
    relaxations: tuple[Relaxation, ...] = ()
    wide: Ranking | None = None
    """All that was looked at when little fitted; see Wider."""
    pool: int = 0
    others: Indices = field(default_factory=lambda: NOBODY)
    """Positions in it of the offers without a contract that would fit, best first."""
    related: Related = ()

    def judged(self) -> Rows:
        """Every row that was looked at: enough to find the same again."""
        return self.ranking.candidates.rows if self.wide is None else self.wide.candidates.rows_at(np.arange(self.pool))


def search(board: Board, atlas: Atlas, lexicon: Lexicon, asked: Asked, memory: Memory = NONE) -> Found:
    """Judge every contracted offer of the asked care types; look wider when few fit, or when that is wished."""
    areas = atlas.areas_of(asked.question.municipality, asked.wanted)
    candidates = board.candidates(asked.question.care_types, areas, day_number(asked.wanted), day_number(asked.today))
    ranking = judge(put(asked.question, remembering(candidates, memory)), waived=CHOSEN_BY)
    return look_wider(asked, ranking, lambda: look_beyond(board, atlas, lexicon, asked, memory))


def look_wider(asked: Asked, ranking: Ranking, beyond: Callable[[], Wider], weights: Weights = WEIGHTS) -> Found:
    """Look `beyond` the candidates when too few of them fit, or when it is wished."""
    wanted = ALL if len(ranking.order) < FEW else asked.wish.include
    near = near_misses(ranking, asked.wish.limit) if "nearMisses" in wanted else []
    if "relaxations" not in wanted and "nonContracted" not in wanted:
        return Found(asked, ranking, near)
    wider = beyond()
    wide = judge(put(asked.question, wider.candidates), weights)
    names = [name for _, name in wider.related]
    return Found(
        asked=asked,
        ranking=ranking,
        near=near,
        relaxations=relaxations(wide, names, wider.pool) if "relaxations" in wanted else (),
        wide=wide,
        pool=wider.pool,
        others=_would_fit(wide, wider.outsiders) if "nonContracted" in wanted else NOBODY,
        related=wider.related,
    )


def _would_fit(wide: Ranking, outsiders: Indices) -> Indices:
    """Those that lack nothing but a contract, best first."""
    return in_order(wide, outsiders[wide.broken[outsiders] == Rule.NOT_CONTRACTED.bit])


def were_candidates(asked: Asked, judged: Rows) -> Flags:
    """Which of the rows that were looked at were contracted offers of the asked care types."""
    holding = (judged["contract_id"] != NOT_CONTRACTED) & holds(judged, day_number(asked.wanted))
    candidates: Flags = holding & (judged["preference"] >= 0)
    return candidates


def judge_again(asked: Asked, judged: Rows, related: Related, weights: Weights) -> Found:
    """What was found then, from the rows that were looked at then."""
    today = day_number(asked.today)
    contracted = were_candidates(asked, judged)
    ranking = judge(put(asked.question, candidates_of(rows_where(judged, contracted), today)), weights)

    def beyond() -> Wider:
        asked_for = judged["preference"] >= 0
        soon = rows_where(judged, asked_for & ~contracted & (judged["contract_id"] != NOT_CONTRACTED))
        outside = np.flatnonzero(asked_for & (judged["contract_id"] == NOT_CONTRACTED))
        all_of_it = candidates_of(rows_together(judged, without_contract(soon)), today)
        last = np.arange(len(judged), len(all_of_it))
        return Wider(all_of_it, len(judged), np.concatenate([outside, last]), related)

    return look_wider(asked, ranking, beyond, weights)
