"""What was found, as JSON: bytes joined from pieces that were encoded before. The models in `messages` describe it.

Twenty matches through models would cost more than finding them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
import orjson

from availability.matching.changes import changed_fields
from availability.matching.crisis import CRISIS_ROUTES
from availability.matching.search import Found
from matcher.exclusion import refusal_sentence, why_not
from matcher.explanation import LANGUAGES, reasons_json
from matcher.freshness import freshness
from matcher.offers import NEVER, Rows, day_of, values_in
from matcher.question import Scope
from matcher.ranking import Indices, Ranking
from matcher.relaxation import relaxation_sentence
from matcher.waiting import Certainty

Cards = Callable[[Sequence[str], Rows], list[bytes]]
"""Asked care types, rows → per row the inside of a JSON object: what the offer is, and when it was last stated."""

NULL = b"null"
_CERTAINTIES = tuple(b'"%b"' % each.encode() for each in Certainty)
_SCOPES = tuple(each.encode() for each in Scope)


def answer(found: Found, cards: Cards, as_of: datetime, language: str) -> bytes:
    """The whole answer."""
    ranking, limit = found.ranking, found.asked.wish.limit
    parts = [
        b'{"asOf":"%b","weightsVersion":"%b"' % (written(as_of), ranking.weights_version.encode()),
        b'"total":%d' % len(ranking.order),
        b'"matches":[%b]' % b",".join(_matches(ranking, cards, ranking.order[:limit], language)),
        b'"excluded":%b' % _excluded(ranking, language),
        b'"nearMisses":[%b]' % b",".join(_near_misses(found, cards, language)),
        b'"relaxations":%b' % _relaxations(found, language),
        b'"nonContracted":[%b]' % b",".join(_others(found, cards)),
    ]
    if found.asked.crisis:
        parts.append(b'"crisisRoute":%b' % CRISIS_ROUTES[language])
    return b",".join(parts) + b"}"


def written(moment: datetime) -> bytes:
    return moment.astimezone(UTC).isoformat().removesuffix("+00:00").encode() + b"Z"


def _matches(ranking: Ranking, cards: Cards, shown: Indices, language: str) -> Iterator[bytes]:
    scores = ranking.score[shown].tolist()
    told = reasons_json(ranking, shown, language)
    for rank, (score, seen, reasons) in enumerate(zip(scores, _seen(ranking, cards, shown), told, strict=True), 1):
        yield b'{"rank":%d,"score":%d,%b,"reasons":%b}' % (rank, score, seen, reasons)


def _near_misses(found: Found, cards: Cards, language: str) -> Iterator[bytes]:
    ranking, shown = found.ranking, found.near
    for index, seen in zip(shown, _seen(ranking, cards, np.array(shown, np.intp)), strict=True):
        refusal = why_not(ranking, index)
        assert refusal is not None
        text = refusal_sentence(refusal, found.asked.need_names, language)
        told = orjson.dumps({"rule": refusal.rule, "text": text, "by": refusal.by})
        yield b"{%b,%b" % (seen, told[1:])


def _others(found: Found, cards: Cards) -> Iterator[bytes]:
    if found.wide is not None:
        for seen in _seen(found.wide, cards, found.others[: found.asked.wish.limit]):
            yield b"{%b}" % seen


def _relaxations(found: Found, language: str) -> bytes:
    told = [
        {
            "change": changed_fields(found, relaxation),
            "opens": relaxation.opens,
            "soonestStart": relaxation.soonest_start,
            "text": relaxation_sentence(relaxation, language),
        }
        for relaxation in found.relaxations
    ]
    return orjson.dumps(told)


def _excluded(ranking: Ranking, language: str) -> bytes:
    words, counts = LANGUAGES[language], ranking.excluded()
    by_rule = [{"rule": rule, "count": count, "text": words.rules[rule]} for rule, count in counts.items()]
    return orjson.dumps({"total": sum(counts.values()), "byRule": by_rule})


def _seen(ranking: Ranking, cards: Cards, shown: Indices) -> list[bytes]:
    """Each shown offer as seen from the question, as the inside of a JSON object."""
    rows, expectation, today = ranking.candidates.rows_at(shown), ranking.expectation, ranking.inquiry.today
    return [
        b'%b,%b,"distanceKm":%.1f,%b' % (card, _expected(today, expected), distance, _agreed(today, agreed))
        for card, expected, distance, agreed in zip(
            cards(ranking.question.care_types, rows),
            zip(
                expectation.start[shown].tolist(),
                expectation.early[shown].tolist(),
                expectation.late[shown].tolist(),
                expectation.stated_wait[shown].tolist(),
                expectation.certainty[shown].tolist(),
                strict=True,
            ),
            ranking.distance_km[shown].tolist(),
            values_in(rows, _AGREED),
            strict=True,
        )
    ]


_AGREED = (
    *("statement_id", "stated_day", "open_places", "options_running"),
    *("contract_id", "scope", "update_term"),
)


# what is equal is encoded once: many offers start on the same days, or state the same under the same contract


@lru_cache(maxsize=65536)
def _expected(today: int, expected: tuple[int, int, int, int, int]) -> bytes:
    start, early, late, stated_wait, certainty = expected
    days = (NULL if day == NEVER else b'"%b"' % day_of(day).isoformat().encode() for day in (start, early, late))
    wait = NULL if start == NEVER else b"%d" % max(start - today, 0)
    return (
        b'"expectedStart":%b,"expectedEarly":%b,"expectedLate":%b,"expectedWaitDays":%b,"statedWaitDays":%b,'
        b'"certainty":%b' % (*days, wait, NULL if stated_wait < 0 else b"%d" % stated_wait, _CERTAINTIES[certainty])
    )


@lru_cache(maxsize=65536)
def _agreed(today: int, agreed: tuple[int, int, int, int, int, int, int]) -> bytes:
    """What was stated, and the contract under which."""
    statement, stated_day, places, options, contract, scope, update_term = agreed
    fresh = b'"%b"' % freshness(day_of(stated_day), update_term, day_of(today)).encode() if statement else NULL
    contracted = contract > 0
    return b'"openPlaces":%b,"freshness":%b,"scope":%b,"contractId":%b' % (
        NULL if places < 0 else b"%d" % max(places - options, 0),
        fresh,
        b'"%b"' % _SCOPES[scope] if contracted else NULL,
        b"%d" % contract if contracted else NULL,
    )
