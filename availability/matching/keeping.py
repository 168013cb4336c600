"""A ranking as it is kept: the question, the rows that were judged, byte for byte, and the answer as it was given.

Enough to tell it again years later, after offers, contracts and postcodes have changed.
"""

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import orjson

from availability.matching.answer import Cards, answer
from availability.matching.asked import Asked
from availability.matching.beyond import Related
from availability.matching.messages import Wish
from availability.matching.search import Found, judge_again, were_candidates
from availability.refusals import Conflict
from matcher.criteria import WEIGHTS, Weights
from matcher.offers import Rows, empty_candidates, rows_where
from matcher.question import Gender, Month, Place, Question, Setting, Urgency

KNOWN_WEIGHTS: dict[str, Weights] = {WEIGHTS.version: WEIGHTS}
"""Every table of weights that a ranking was ever made with."""

CARD_FIELDS = (
    *("offerId", "offer", "provider", "location", "careType"),
    *("setting", "ageFrom", "ageUntil", "statedAt"),
)
"""What an answer shows beside the judgement."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A ranking as it is stored."""

    question: Mapping[str, Any]
    candidates: bytes
    today: date
    as_of: datetime
    weights_version: str
    answer: Mapping[str, Any]


def question_kept(found: Found, language: str) -> dict[str, Any]:
    """What was asked, in plain JSON. The home is kept as a point, because a postcode may move."""
    asked = found.asked
    return {
        **asdict(asked.question),
        "birth_month": str(asked.question.birth_month),
        "needed_from": asked.question.needed_from.isoformat(),
        "wish": asked.wish.model_dump(include=set(Wish.model_fields)),
        "crisis": asked.crisis,
        "need_names": sorted(asked.need_names.items()),
        "related": found.related,
        "language": language,
    }


def rows_kept(rows: Rows) -> bytes:
    """numpy's own format, compressed: some forty bytes an offer."""
    file = io.BytesIO()
    np.save(file, rows, allow_pickle=False)
    return zlib.compress(file.getvalue(), level=6)


def rows_of(kept: bytes) -> Rows:
    """The rows again. A column that did not exist then says what an offer says that said nothing."""
    stored: Rows = np.load(io.BytesIO(zlib.decompress(kept)), allow_pickle=False)
    rows = empty_candidates(len(stored))
    for name in set(rows.dtype.names or ()) & set(stored.dtype.names or ()):
        rows[name] = stored[name]
    return rows


def found_again(kept: Kept) -> Found:
    """Judge the stored rows anew. Raises Conflict when the weights of then are no longer known."""
    weights = KNOWN_WEIGHTS.get(kept.weights_version)
    if weights is None:
        raise Conflict(f"De gewichten van versie {kept.weights_version} zijn hier niet bekend.")
    return judge_again(_asked(kept), rows_of(kept.candidates), _related(kept), weights)


def candidates_again(kept: Kept) -> tuple[Question, Rows]:
    """What was asked, and the contracted offers of the asked care types as they were then."""
    asked, judged = _asked(kept), rows_of(kept.candidates)
    return asked.question, rows_where(judged, were_candidates(asked, judged))


def told_again(kept: Kept) -> dict[str, Any]:
    """The answer made anew from what was kept; equal to the stored one, or something is wrong."""
    again = answer(found_again(kept), cards_in(kept.answer), kept.as_of, kept.question["language"])
    told: dict[str, Any] = orjson.loads(again)
    return told


def cards_in(told: Mapping[str, Any]) -> Cards:
    """The cards of a stored answer."""
    shown = [*told["matches"], *told["nearMisses"], *told["nonContracted"]]
    cards = {each["offerId"]: orjson.dumps({name: each[name] for name in CARD_FIELDS})[1:-1] for each in shown}

    def of(_: Sequence[str], rows: Rows) -> list[bytes]:
        return [cards[offer] for offer in rows["offer_id"].tolist()]

    return of


def _asked(kept: Kept) -> Asked:
    said = kept.question
    question = Question(
        municipality=said["municipality"],
        home=Place(**said["home"]),
        birth_month=Month.parse(said["birth_month"]),
        care_types=tuple(said["care_types"]),
        needed_from=date.fromisoformat(said["needed_from"]),
        urgency=Urgency(said["urgency"]),
        max_distance_km=said["max_distance_km"],
        needs=said["needs"],
        gender=said["gender"] and Gender(said["gender"]),
        siblings=said["siblings"],
        past_eighteen=said["past_eighteen"],
        setting=said["setting"] and Setting(said["setting"]),
    )
    wish = Wish(limit=said["wish"]["limit"], include=tuple(said["wish"]["include"]))
    names = dict(said.get("need_names", ()))  # earlier rankings named no needs
    return Asked(question, kept.today, wish, crisis=said["crisis"], need_names=names)


def _related(kept: Kept) -> Related:
    return tuple((code, name) for code, name in kept.question["related"])
