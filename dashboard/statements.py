"""What a planner types over what was stated: which rows differ, what is sent, what came of it, and the way back.

A statement is always whole: what the grid does not show (a note, the starts of the last 90 days) is stated again as it
was. Every row goes with the version the planner saw, so that nobody's statement is overwritten unseen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pydantic.alias_generators import to_camel

from dashboard import answers
from dashboard.client import JSON, ChangedMeanwhile, Client, Failure, SignInNeeded, UnlikelyJump
from dashboard.texts import nl, showing

Stated = int | bool | None
Typed = dict[int, dict[str, Stated]]
"""Per offer what was typed: field → value; None is an emptied cell."""

STATED_FIELDS = (
    "open_places",
    "occupied_places",
    "reserved_places",
    "total_places",
    "intake_wait_days",
    "treatment_wait_days",
    "waiting_count",
    "admission_stop",
)
"""What a planner edits, in the order of the columns."""

_MAY_BE_EMPTY = {"waiting_count"}
_SAID_BY_THE_SERVICE = {"stated_at", "freshness", "due_on", "etag"}
_URGENT_FIRST = {"stale": 0, "due": 1, None: 2, "fresh": 3}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving: the statements that hold now, and per other offer the sentence that says why not."""

    before: dict[int, answers.Capacity] = field(default_factory=dict)
    after: dict[int, answers.Capacity] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    unlikely: frozenset[int] = frozenset()
    """Offers whose numbers the API wants to be told twice."""


def due_first(offers: Iterable[answers.Offer]) -> list[answers.Offer]:
    """What is overdue, then what is due, then what was never stated; the rest by the day it becomes due."""
    return sorted(offers, key=_urgency)


def _urgency(offer: answers.Offer) -> tuple[int, date, str, int]:
    stated = offer.capacity
    freshness, due_on = (stated.freshness, stated.due_on) if stated else (None, date.min)
    return _URGENT_FIRST[freshness], due_on, offer.name, offer.id


def is_due(offer: answers.Offer) -> bool:
    return offer.capacity is not None and offer.capacity.freshness != "fresh"


def stated_value(capacity: answers.Capacity | None, name: str) -> Stated:
    """What holds now for one field; an offer without a statement has no stop and no numbers."""
    if capacity is None:
        return False if name == "admission_stop" else None
    value: Stated = getattr(capacity, name)
    return value


def typed_in(order: Sequence[answers.Offer], edited_rows: Mapping[int, Mapping[str, Stated]], kept: Typed) -> Typed:
    """What differs from the statements: what was kept, what the grid reports by position, less what was typed back."""
    typed = {offer_id: dict(values) for offer_id, values in kept.items()}
    for position, values in edited_rows.items():
        mine = typed.setdefault(order[position].id, {})
        mine.update({name: values[name] for name in STATED_FIELDS if name in values})
    capacities = {offer.id: offer.capacity for offer in order}
    different = {
        offer_id: {name: value for name, value in values.items() if value != stated_value(capacities[offer_id], name)}
        for offer_id, values in typed.items()
    }
    return {offer_id: values for offer_id, values in different.items() if values}


def statement(capacity: answers.Capacity | None, typed: Mapping[str, Stated]) -> JSON:
    """The whole statement to send: what holds now, with what was typed over it."""
    fields = {name: typed.get(name, stated_value(capacity, name)) for name in STATED_FIELDS}
    kept = capacity.model_dump(mode="json", exclude=_SAID_BY_THE_SERVICE) if capacity else {}
    return {to_camel(name): value for name, value in {**kept, **fields}.items() if value is not None}


def empty_fields(capacity: answers.Capacity | None, typed: Mapping[str, Stated]) -> list[str]:
    """The numbers that are still missing, by the name of their column."""
    return [
        nl.FIELDS[name]
        for name in STATED_FIELDS
        if name not in _MAY_BE_EMPTY and typed.get(name, stated_value(capacity, name)) is None
    ]


def save(
    client: Client, token: str, offers: Mapping[int, answers.Offer], typed: Typed, sure: frozenset[int] = frozenset()
) -> Outcome:
    """State every changed row; one that fails does not hold up the others. `sure`: told twice already."""
    outcome, unlikely = Outcome(), set()
    for offer_id, values in typed.items():
        capacity = offers[offer_id].capacity
        if missing := empty_fields(capacity, values):
            outcome.refused[offer_id] = nl.INCOMPLETE.format(fields=", ".join(missing))
            continue
        body = statement(capacity, values) | ({"confirmed": True} if offer_id in sure else {})
        try:
            outcome.after[offer_id] = client.state_capacity(token, offer_id, body, capacity.etag if capacity else None)
        except SignInNeeded:
            raise
        except ChangedMeanwhile:
            theirs = client.capacity(token, offer_id)
            outcome.refused[offer_id] = nl.CHANGED_MEANWHILE.format(difference=_difference(values, theirs))
        except Failure as failure:
            outcome.refused[offer_id] = " ".join(fault.detail for fault in failure.faults) or failure.sentence
            unlikely |= {offer_id} if isinstance(failure, UnlikelyJump) else set()
        else:
            outcome.before.update({offer_id: capacity} if capacity else {})
    return replace(outcome, unlikely=frozenset(unlikely))


def confirm(client: Client, token: str, offers: Iterable[answers.Offer]) -> Outcome:
    """Say of each offer that nothing changed."""
    outcome = Outcome()
    for offer in offers:
        if offer.capacity is None:
            continue
        try:
            outcome.after[offer.id] = client.confirm_capacity(token, offer.id, offer.capacity.etag)
        except ChangedMeanwhile:
            outcome.refused[offer.id] = nl.CHANGED_BEFORE_CONFIRMING
        except SignInNeeded:
            raise
        except Failure as failure:
            outcome.refused[offer.id] = failure.sentence
    return outcome


def undo(client: Client, token: str, done: Outcome) -> Outcome:
    """State the numbers of before again, on top of what we stated ourselves."""
    outcome = Outcome()
    for offer_id, before in done.before.items():
        body = statement(before, {}) | {"confirmed": True}
        try:
            outcome.after[offer_id] = client.state_capacity(token, offer_id, body, done.after[offer_id].etag)
        except SignInNeeded:
            raise
        except Failure as failure:
            outcome.refused[offer_id] = failure.sentence
    return outcome


def _difference(typed: Mapping[str, Stated], theirs: answers.Capacity) -> str:
    return " ".join(
        nl.MINE_AND_THEIRS.format(
            field=nl.FIELDS[name], mine=showing.value(value), theirs=showing.value(stated_value(theirs, name))
        )
        for name, value in typed.items()
    )
