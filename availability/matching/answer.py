"""What was found, as JSON: bytes joined from pieces that were encoded before. The models in `messages` describe it.

Twenty matches through models would cost more than finding them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial

import numpy as np
import orjson

from availability.matching.changes import changed_fields
from availability.matching.crisis import CRISIS_ROUTES
from availability.matching.search import Found
from matcher.encoded import Encoded
from matcher.exclusion import refusal_sentence, whys_not
from matcher.explanation import LANGUAGES, reasons_json
from matcher.fit import Rule
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
    rows = ranking.candidates.rows_at(shown)
    scores, told = ranking.score.take(shown).tolist(), reasons_json(ranking, shown, language, rows)
    for rank, (score, seen, reasons) in enumerate(
        zip(scores, _seen(ranking, cards, shown, rows), told, strict=True), 1
    ):
        yield b'{"rank":%d,"score":%d,%b,"reasons":%b}' % (rank, score, seen, reasons)


def _near_misses(found: Found, cards: Cards, language: str) -> Iterator[bytes]:
    if not found.near:
        return
    ranking, shown = found.ranking, np.array(found.near, np.intp)
    rows = ranking.candidates.rows_at(shown)
    for refusal, seen in zip(whys_not(ranking, shown), _seen(ranking, cards, shown, rows), strict=True):
        text = refusal_sentence(refusal, found.asked.need_names, language)
        told = orjson.dumps({"rule": refusal.rule, "text": text, "by": refusal.by})
        yield b"{%b,%b" % (seen, told[1:])


def _others(found: Found, cards: Cards) -> Iterator[bytes]:
    shown = found.others[: found.asked.wish.limit]
    if found.wide is None or not len(shown):
        return
    for seen in _seen(found.wide, cards, shown, found.wide.candidates.rows_at(shown)):
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
    return _counted(tuple(ranking.excluded().items()), language)


@lru_cache(maxsize=4096)
def _counted(counts: tuple[tuple[Rule, int], ...], language: str) -> bytes:
    words = LANGUAGES[language]
    by_rule = [{"rule": rule, "count": count, "text": words.rules[rule]} for rule, count in counts]
    return orjson.dumps({"total": sum(count for _, count in counts), "byRule": by_rule})


def _seen(ranking: Ranking, cards: Cards, shown: Indices, rows: Rows) -> list[bytes]:
    """Each shown offer as seen from the question, as the inside of a JSON object."""
    expectation, today = ranking.expectation, ranking.inquiry.today
    columns = (
        *(expectation.start, expectation.early, expectation.late),
        *(expectation.stated_wait, expectation.certainty),
    )
    expected = list(zip(*(column.take(shown).tolist() for column in columns), strict=True))
    agreed = list(values_in(rows, _AGREED))
    return [
        b'%b,%b,"distanceKm":%.1f,%b' % each
        for each in zip(
            cards(ranking.question.care_types, rows),
            _ENCODED.each(("expected", today), expected, partial(_expected, today)),
            ranking.distance_km.take(shown).tolist(),
            _ENCODED.each(("agreed", today), agreed, partial(_agreed, today)),
            strict=True,
        )
    ]


_ENCODED = Encoded(most=100_000)
"""Many offers start on the same days, or state the same under the same contract: some thirty megabytes when full."""

_AGREED = (
    *("statement_id", "stated_day", "open_places", "options_running"),
    *("contract_id", "scope", "update_term"),
)


def _expected(today: int, expected: tuple[int, int, int, int, int]) -> bytes:
    start, early, late, stated_wait, certainty = expected
    days = (NULL if day == NEVER else b'"%b"' % day_of(day).isoformat().encode() for day in (start, early, late))
    wait = NULL if start == NEVER else b"%d" % max(start - today, 0)
    return (
        b'"expectedStart":%b,"expectedEarly":%b,"expectedLate":%b,"expectedWaitDays":%b,"statedWaitDays":%b,'
        b'"certainty":%b' % (*days, wait, NULL if stated_wait < 0 else b"%d" % stated_wait, _CERTAINTIES[certainty])
    )


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
