"""The rankings that workers kept of late, so that a provider sees how its offers came out.

A ranking is made on a board, and a board reads what is committed: so this comes after the world was written.
"""

from datetime import date

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.board.board import Board
from availability.geography.atlas import load_atlas
from availability.matching import queries
from availability.matching.answer import answer
from availability.matching.asked import ask
from availability.matching.keeping import question_kept, rows_kept
from availability.matching.messages import Wish, question_of_case
from availability.matching.search import search
from availability.vocabulary.lexicon import load_lexicon
from data.demo.plan import CENTRAAL_GELDERLAND

LANGUAGE = "nl"

A_FEW = Wish(limit=3)
"""What is shown is kept with it; who was judged is kept in any case."""

# Half a year always holds the last whole quarter, over which a provider is told how it came out.
_LATELY = text("""
    SELECT asked.*, (asked.opened_at AT TIME ZONE 'Europe/Amsterdam')::date AS day
    FROM care_request asked
    JOIN region_membership member ON member.municipality_code = asked.municipality_code
    WHERE member.region_code = :region AND asked.opened_at > CAST(:today AS date) - 185
      AND NOT EXISTS (SELECT FROM ranking WHERE care_request_id = asked.id)
    ORDER BY asked.opened_at, asked.id
""")


def write_rankings(session: Session, board: Board, today: date, region: str = CENTRAAL_GELDERLAND) -> int:
    """One for each case of a region that was opened in the last half year and has none yet; how many."""
    atlas, lexicon = load_atlas(session), load_lexicon(session)
    cases = session.execute(_LATELY, {"region": region, "today": today}).all()
    for case in cases:
        question = question_of_case(case).question(atlas, lexicon, case.day)
        found = search(board, atlas, lexicon, ask(question, lexicon, case.day, A_FEW))
        queries.keep_ranking(
            session,
            care_request_id=case.id,
            ranked_at=case.opened_at,
            ranked_by="demo",
            today=case.day,
            as_of=board.as_of,
            weights_version=found.ranking.weights_version,
            question=question_kept(found, LANGUAGE),
            candidates=rows_kept(found.judged()),
            answer=orjson.loads(answer(found, board.cards, board.as_of, LANGUAGE)),
        )
    return len(cases)
