"""What the API answers of cases: tasks, steps, history, referrals, refusals, options, the network and the RET."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from dashboard.answers import Answer, Matches, Named, Provider


class Task(Answer):
    """What somebody must do, and by when."""

    code: str
    text: str
    step: str
    actor: str
    organisation: str
    due: date
    days_left: int
    """Working days; below zero it is late."""
    late: bool
    mine: bool
    referral: str | None = None
    party: str | None = None
    event: int | None = None


class DayTask(Task):
    case_id: str | None = None
    reference: str | None = None
    municipality: str


class Event(Answer):
    """What happened in a case: the day it occurred, and when it was recorded by whom."""

    id: int
    kind: str
    text: str
    occurred_on: date
    recorded_at: datetime
    role: str
    organisation: str
    on_behalf_of: str | None = None
    party: str | None = None
    referral: str | None = None
    values: dict[str, Any] = Field(default_factory=dict)
    notes: dict[str, str | None] = Field(default_factory=dict)


class News(Answer):
    case_id: str
    reference: str
    event: Event


class Counts(Answer):
    cases: int
    open: int
    late: int
    today: int
    this_week: int


class MyDay(Answer):
    today: date
    since: datetime
    counts: Counts
    tasks: tuple[DayTask, ...]
    waiting_for: tuple[DayTask, ...]
    reviews: tuple[DayTask, ...]
    changed: tuple[News, ...]


class Step(Answer):
    code: str
    status: str
    done_on: date | None = None


class OverallTerm(Answer):
    since: date
    due: date
    stopped_on: date | None = None


class State(Answer):
    route: str
    phase: str
    steps: tuple[Step, ...]
    tasks: tuple[Task, ...]
    possible: tuple[str, ...]
    closed_on: date | None = None
    co_owner: str | None = None
    """The provider first approached, once the search goes on beyond it (step 5)."""
    overall: OverallTerm | None = None
    in_crisis: bool
    worrying: bool


class Case(Answer):
    """A case as this party may see it; what is not theirs is None."""

    id: str
    reference: str
    organisation: str
    status: str
    municipality: str
    opened_at: datetime
    pc4: str | None = None
    birth_month: str | None = None
    care_types: tuple[str, ...] | None = None
    needs: tuple[str, ...] | None = None
    needed_from: date | None = None
    urgency: str | None = None


class Volume(Answer):
    amount: int
    unit: str
    period: str


class Determination(Answer):
    care_type: str
    duration_months: int
    volume: Volume
    evaluation_moments: tuple[date, ...] = ()


class Form(Answer):
    """The one enrolment form."""

    question: str
    determination: Determination | None = None
    wishes_of_child: str | None = None
    wishes_of_parents: str | None = None
    tried_before: str | None = None


class FilledIn(Answer):
    form: Form


class Child(Answer):
    reference: str
    birth_month: str
    pc4: str
    municipality: Named
    care_types: tuple[Named, ...]
    needed_from: date
    urgency: str
    needs: tuple[Named, ...]
    gender: str | None = None
    siblings: int
    past_eighteen: bool


class OfferName(Answer):
    id: int
    name: str


class Exchange(Answer):
    question: str
    asked_on: date
    answer: str | None = None


class Ask(Answer):
    """What a refusal asks of the provider afterwards."""

    kind: str
    offer_id: int
    open_places: int | None = None
    needs: tuple[Named, ...] | None = None


class Referral(Answer):
    """A case put to an offer, and how it stands."""

    id: str
    offer: OfferName | None = None
    provider: Provider
    care_type: Named | None = None
    network_request_id: str | None = None
    care_request_id: str | None = None
    sent_on: date
    due_on: date
    standing: str
    late: bool
    working_days_left: int | None = None
    starts_on: date | None = None
    timely: bool | None = None
    refusal: str | None = None
    reason: str | None = None
    option_until: date | None = None
    questions: tuple[Exchange, ...] = ()
    child: Child | None = None
    form: Form | None = None
    asks: tuple[Ask, ...] = ()


class Option(Answer):
    """A place held for a case."""

    offer: OfferName
    provider: Provider
    last_day: date
    working_days_left: int
    referral_id: str | None = None


class NetworkRequest(Answer):
    id: str
    asked_on: date
    due_on: date
    confirmed: str | None = None
    answered: int
    asked: int
    members: tuple[Referral, ...]


class NetworkMembers(Answer):
    members: tuple[Provider, ...]


class Ranking(Answer):
    id: str
    answer: Matches


class Attempt(Answer):
    provider: Provider
    offer: OfferName | None = None
    sent_on: date
    standing: str
    reason: str | None = None
    refusal: str | None = None
    through_network: bool


class AgendaItem(Answer):
    """A case before the regional expert team."""

    id: str
    care_request_id: str
    child: Child
    registered_on: date
    due_on: date
    working_days_left: int | None = None
    late: bool
    tried: int
    refused: int
    talked_before_on: date | None = None
    discussed_on: date | None = None
    supporter: Provider | None = None
    boeg_on: date | None = None
    outcome: str | None = None
    concluded_on: date | None = None
    cause: str | None = None


class Registration(AgendaItem):
    form: Form
    attempts: tuple[Attempt, ...]
    ranking: Matches


class Worrying(Answer):
    case_id: str | None = None
    reference: str | None = None
    organisation: str
    municipality: str
    care_types: tuple[str, ...]
    marked_on: date
    review_on: date
    late: bool
    reviewer: str | None = None
    bridging_help: str | None = None


class Put(Answer):
    """A case that was put to a desk beside the routes."""

    case_id: str
    reference: str
    organisation: str
    municipality: str
    event: Event
    tasks: tuple[Task, ...]
    open: bool


class Contact(Answer):
    id: str
    kind: str
    kind_name: str
    municipality: Named | None = None
    name: str
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    hours: str | None = None
    checked_on: date
    due_on: date
    freshness: str
    etag: str


class MissingContact(Answer):
    kind: str
    kind_name: str
    municipality: Named | None = None


class Register(Answer):
    region: Named
    owner: str | None = None
    update_term_days: int
    contacts: int
    due: int
    stale: int
    missing: tuple[MissingContact, ...]
    etag: str | None = None
