"""What lies beyond the candidates of a question: contracts that begin soon, no contract at all, related care types."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from availability.board.board import Board, area_numbers
from availability.board.columns import Selection
from availability.geography.atlas import Atlas
from availability.matching.asked import Asked, Memory, remembering
from availability.vocabulary.lexicon import Lexicon
from matcher.candidates import Candidates, Part, gathered
from matcher.offers import day_number
from matcher.question import Question
from matcher.ranking import Indices
from matcher.relaxation import LATER_DAYS

Related = tuple[tuple[str, str], ...]
"""Codes and names of the other care types of the same families."""


@dataclass(frozen=True, slots=True)
class Wider:
    """All that is looked at when little fits, together, so that it is judged once.

    First what was looked at before; then offers whose contract begins or resumes soon, contracted ones of related care
    types (preference -1 the first of them, -2 the second …) and those without a contract (-1): the pool of what could
    be. After it, once more those with a contract that begins soon, as if they had none: for now they have none.
    """

    candidates: Candidates
    pool: int
    """How many are in the pool."""
    outsiders: Indices
    """Those without a contract now."""
    related: Related


def look_beyond(board: Board, atlas: Atlas, lexicon: Lexicon, asked: Asked, memory: Memory) -> Wider:
    """The pool as `Wider` describes it, gathered from the board without a copy in between."""
    question, today = asked.question, day_number(asked.today)
    now, later = (_contracts(atlas, asked, days) for days in (0, LATER_DAYS[-1]))
    candidates, soon, outsiders, ending = [list[Part]() for _ in range(4)]
    for place, code in enumerate(question.care_types):
        columns = board.columns(code)
        held = columns.selection(*now)
        begins, without = columns.beyond(held, columns.selection(*later))
        candidates.append(columns.part(held, place, today))
        if len(begins.rows):
            soon.append(columns.part(begins, place, today))
            ending.append(columns.part(Selection.without_contract(begins.rows), place, today))
        if not lexicon.care_types[code].general:  # what needs no contract is not without one
            outsiders.append(columns.part(without, place, today))
    related = tuple(_related(question, lexicon))
    relatives = [
        columns.part(columns.selection(*now), -place, today)
        for place, columns in enumerate([board.columns(code) for code, _ in related], start=1)
    ]
    before, without_one, after = (sum(map(len, parts)) for parts in (candidates + soon + relatives, outsiders, ending))
    return Wider(
        candidates=remembering(gathered([*candidates, *soon, *relatives, *outsiders, *ending], today), memory),
        pool=before + without_one,
        outsiders=np.arange(before, before + without_one + after),
        related=related,
    )


def _contracts(atlas: Atlas, asked: Asked, days: int) -> tuple[tuple[int, ...], int]:
    """Whose contracts count, so many days after the wanted one; and that day."""
    on = asked.wanted + timedelta(days=days)
    return area_numbers(atlas.areas_of(asked.question.municipality, on)), day_number(on)


def _related(question: Question, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    families = {lexicon.care_types[code].family for code in question.care_types}
    for each in lexicon.care_types.values():
        if each.family in families and not each.crisis and each.code not in question.care_types:
            yield each.code, each.name
