"""The RET's table in the demo: for each case that was registered, the form and a real ranking of this very world.

A ranking is made on a board, and a board reads what is committed: so this comes after the world was written.
"""

from typing import Any

import orjson
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.board.board import Board
from availability.geography.atlas import Atlas, load_atlas
from availability.matching import queries as rankings
from availability.matching.answer import answer
from availability.matching.asked import ask
from availability.matching.keeping import question_kept, rows_kept
from availability.matching.messages import Wish, question_of_case
from availability.matching.search import search
from availability.referrals import ret_queries
from availability.vocabulary.lexicon import Lexicon, load_lexicon
from matcher.working_days import end_of_weeks

LANGUAGE = "nl"

EVERYTHING = Wish(include=("nearMisses", "relaxations", "nonContracted"))

_REGISTERED = text("""
    SELECT asked.*, told.occurred_on, told.recorded_at, form.id AS form_id, opened.values ->> 'region' AS region
    FROM case_event told
    JOIN care_request asked ON asked.id = told.care_request_id
    JOIN case_event opened ON opened.care_request_id = asked.id AND opened.kind = 'opened'
    JOIN enrolment_form form ON form.care_request_id = asked.id
    WHERE told.kind = 'ret-registered' AND asked.status = 'open'
      AND NOT EXISTS (SELECT FROM ret_registration WHERE care_request_id = asked.id)
    ORDER BY told.id
""")


def write_registrations(session: Session, board: Board) -> int:
    """Put the cases that were registered on the RET's agenda; how many."""
    atlas, lexicon = load_atlas(session), load_lexicon(session)
    registered = session.execute(_REGISTERED).all()
    for case in registered:
        ret_queries.register(
            session,
            care_request_id=case.id,
            form_id=case.form_id,
            ranking_id=_ranked(session, board, atlas, lexicon, case),
            region_code=case.region,
            registered_on=case.occurred_on,
            registered_at=case.recorded_at,
            registered_by="demo",
            due_on=end_of_weeks(case.occurred_on, 2),
        )
    return len(registered)


def _ranked(session: Session, board: Board, atlas: Atlas, lexicon: Lexicon, case: Row[Any]) -> Any:  # noqa: ANN401 - an id
    """The ranking as a worker would have kept it on the day she registered the case."""
    question = question_of_case(case).question(atlas, lexicon, case.occurred_on)
    found = search(board, atlas, lexicon, ask(question, lexicon, case.occurred_on, EVERYTHING))
    told = answer(found, board.cards, board.as_of, LANGUAGE)
    kept = rankings.keep_ranking(
        session,
        care_request_id=case.id,
        ranked_by="demo",
        today=case.occurred_on,
        as_of=board.as_of,
        weights_version=found.ranking.weights_version,
        question=question_kept(found, LANGUAGE),
        candidates=rows_kept(found.judged()),
        answer=orjson.loads(told),
    )
    return kept.id
