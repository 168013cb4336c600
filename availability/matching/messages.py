"""What is asked of `matches`, and what is answered.

The question is read by these models. The answers only describe: they are written as bytes (see `answer`), and the tests
hold the two together.
"""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

import orjson
from pydantic import Field
from pydantic.alias_generators import to_camel
from pydantic_core import to_json
from sqlalchemy import Row

from availability.cases.messages import QuestionFields, content_of
from availability.messages import CodeAndName, Message
from matcher.criteria import Criterion
from matcher.fit import Rule
from matcher.freshness import Freshness
from matcher.question import Scope, Setting
from matcher.waiting import Certainty

Include = Literal["nearMisses", "relaxations", "nonContracted"]


class Wish(Message):
    """How much of the answer is wanted. It never changes the order."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    include: Annotated[tuple[Include, ...], Field(max_length=3)] = ()
    """Lists that are wanted even when enough offers fit."""


class MatchQuestion(QuestionFields, Wish):
    """A question that is answered and forgotten."""


def question_of_case(row: Row[Any]) -> QuestionFields:
    """What a stored case asks."""
    stored = {
        to_camel(field): value for field, value in content_of(row).items() if field in QuestionFields.model_fields
    }
    return QuestionFields.read(to_json(stored))


class ProviderName(Message):
    agb_code: str
    name: str


class Whereabouts(Message):
    name: str
    place: str
    municipality: CodeAndName
    lon: float
    lat: float


class Card(Message):
    """An offer: what it is, whose and where."""

    offer_id: int
    offer: str
    provider: ProviderName
    location: Whereabouts
    care_type: CodeAndName
    setting: Setting
    age_from: int
    age_until: int


class Seen(Card):
    """An offer seen from the question. What is unknown is null."""

    expected_start: date | None
    """As likely earlier as later; four in five starts fall from `expectedEarly` to `expectedLate`."""
    expected_early: date | None
    expected_late: date | None
    expected_wait_days: int | None
    stated_wait_days: int | None
    certainty: Certainty
    distance_km: float
    open_places: int | None
    """As stated, less the places that are held for another child."""
    freshness: Freshness | None
    stated_at: datetime | None
    scope: Scope | None
    """Null for a general provision and for an offer without a contract: they have no contract."""
    contract_id: int | None


class ReasonTold(Message):
    code: str
    criterion: Criterion
    points: int
    maximum: int
    values: dict[str, Any]
    text: str


class Match(Seen):
    rank: int
    score: Annotated[int, Field(ge=0, le=100)]
    reasons: list[ReasonTold]


class NearMiss(Seen):
    """Breaks one rule only."""

    rule: Rule
    text: str
    by: float
    """By how much, as a share of what is allowed; 1 where a rule knows no more or less."""


class RuleCount(Message):
    rule: Rule
    count: int
    text: str


class Excluded(Message):
    """Of the contracted offers of the asked care types: how many each rule was the first to exclude."""

    total: int
    by_rule: list[RuleCount]


class RelaxationTold(Message):
    """A change to the question: fields with the value they would get. Empty when no question can ask it."""

    change: dict[str, Any]
    opens: int
    soonest_start: date | None
    text: str


class CrisisContact(Message):
    when: str
    who: str
    phone: str | None


class CrisisRoute(Message):
    """Crisis stands outside the routes: it is answered by whom to call, never by a ranking."""

    text: str
    contacts: list[CrisisContact]


class Answer(Message):
    as_of: datetime
    """Every statement made before this moment was looked at."""
    weights_version: str
    total: int | None = None
    """How many fit, shown or not. Absent in rankings that were kept before this was counted."""
    matches: list[Match]
    excluded: Excluded
    near_misses: list[NearMiss]
    relaxations: list[RelaxationTold]
    non_contracted: list[Seen]
    crisis_route: CrisisRoute | None = None


class RankingSummary(Message):
    """A stored ranking, in a line."""

    id: uuid.UUID
    ranked_at: datetime
    today: date
    """The day for which it was made."""
    as_of: datetime
    weights_version: str
    matches: int

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        return cls.model_construct(**{name: getattr(row, name) for name in RankingSummary.model_fields})


class RankingTold(RankingSummary):
    """A stored ranking with the answer as it was given."""

    answer: Answer

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        summary = {name: getattr(row, name) for name in RankingSummary.model_fields}
        return cls.model_construct(**summary, answer=Answer.model_validate_json(orjson.dumps(row.answer)))
