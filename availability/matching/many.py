"""Many open requests at once, for who oversees a region: the same judgement as for one, request by request.

Requests that ask for the same care in the same area on the same day share what is gathered for them, and care types
come after one another, so that what is judged is still at hand.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from availability.board.board import Board
from availability.geography.atlas import Atlas
from availability.matching.search import CHOSEN_BY
from matcher.fit import put
from matcher.offers import day_number
from matcher.question import Question
from matcher.ranking import Ranking, judge

Gathered = tuple[tuple[str, ...], tuple[str, ...], int]
"""Care types, areas and wanted day: what decides which offers are candidates."""


def rank_many(board: Board, atlas: Atlas, questions: Sequence[Question], today: date) -> Iterator[tuple[int, Ranking]]:
    """Each question's place among them with its ranking, in whatever order is soonest. Not across an `await`."""
    alike: defaultdict[Gathered, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        wanted = max(question.needed_from, today)
        areas = atlas.areas_of(question.municipality, wanted)
        alike[question.care_types, areas, day_number(wanted)].append(place)
    for care_types, areas, wanted_day in sorted(alike):
        candidates = board.candidates(care_types, areas, wanted_day, day_number(today))
        for place in alike[care_types, areas, wanted_day]:
            yield place, judge(put(questions[place], candidates), waived=CHOSEN_BY)
