"""What a planner types over what was stated: which rows differ, what is sent, what came of it, and the way back.

A statement is always whole: what was not typed over is stated again as it was. Every row goes with the version the
planner saw, so that nobody's statement is overwritten unseen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pydantic.alias_generators import to_camel

from dashboard import answers
from dashboard.client import JSON, ChangedMeanwhile, Client, Failure, SignInNeeded, UnlikelyJump, Unreachable
from dashboard.texts import nl, places, showing

Stated = int | bool | str | date | None
Typed = dict[int, dict[str, Stated]]
"""Per offer what was typed: field → value; None is an emptied cell."""

EVERYDAY = (
    "open_places",
    "occupied_places",
    "reserved_places",
    "total_places",
    "intake_wait_days",
    "treatment_wait_days",
    "waiting_count",
    "admission_stop",
)
"""What changes most, in the order of the columns."""

SELDOM = ("available_from", "started_last_90_days", "withdrawn_last_90_days", "note")
"""What changes now and then: after the others."""

STATED_FIELDS = EVERYDAY + SELDOM
"""All that a planner states."""

_MAY_BE_EMPTY = {"waiting_count", *SELDOM}
_URGENT_FIRST = {"stale": 0, "due": 1, None: 2, "fresh": 3}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving: the statements that hold now, and per other offer the sentence that says why not."""

    before: dict[int, answers.Capacity] = field(default_factory=dict)
    after: dict[int, answers.Capacity] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    unlikely: frozenset[int] = frozenset()
    """Offers whose numbers the API wants to be told twice."""

    @property
    def first(self) -> set[int]:
        """Offers of which nothing was stated before."""
        return self.after.keys() - self.before.keys()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done and can be undone."""

    before: dict[int, answers.Capacity]
    """What held before, per offer."""
    confirmed: bool = False
    """"Niet veranderd" was said: then not the numbers are put back, but the day."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """What can be undone, the last thing last; and per offer the version that is ours since."""

    steps: tuple[Step, ...] = ()
    etags: dict[int, str] = field(default_factory=dict)

    def after(self, outcome: Outcome, *, confirmed: bool = False) -> "WayBack":
        """The way back once this was done too. A first statement has none: there is nothing before it."""
        step = (Step(outcome.before, confirmed),) if outcome.before else ()
        return WayBack((*self.steps, *step)[-_MOST_STEPS:], self._with(outcome))

    def back(self, outcome: Outcome, left: dict[int, answers.Capacity]) -> "WayBack":
        """The way that is left after undoing the last step; `left`: what of it can be tried again."""
        rest = (replace(self.steps[-1], before=left),) if left else ()
        return WayBack((*self.steps[:-1], *rest), self._with(outcome))

    def _with(self, outcome: Outcome) -> dict[int, str]:
        return self.etags | {offer_id: stated.etag for offer_id, stated in outcome.after.items()}


_MOST_STEPS = 20


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
        mine.update({name: as_stated(name, values[name]) for name in STATED_FIELDS if name in values})
    capacities = {offer.id: offer.capacity for offer in order}
    different = {
        offer_id: {name: value for name, value in values.items() if value != stated_value(capacities[offer_id], name)}
        for offer_id, values in typed.items()
        if offer_id in capacities
    }
    return {offer_id: values for offer_id, values in different.items() if values}


def as_stated(name: str, reported: Stated) -> Stated:
    """What a widget reports, as it is stated: a grid gives a day as text, and an emptied text as no letters."""
    if not isinstance(reported, str):
        return reported
    said = reported.strip() or None
    return date.fromisoformat(said[:10]) if said and name == "available_from" else said


def statement(capacity: answers.Capacity | None, typed: Mapping[str, Stated]) -> JSON:
    """The whole statement to send: what holds now, with what was typed over it."""
    fields = {name: typed.get(name, stated_value(capacity, name)) for name in STATED_FIELDS}
    sent = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    return {to_camel(name): value for name, value in sent.items() if value is not None}


def empty_fields(capacity: answers.Capacity | None, typed: Mapping[str, Stated]) -> list[str]:
    """The numbers that are still missing, by the name of their column."""
    return [
        places.FIELDS[name]
        for name in STATED_FIELDS
        if name not in _MAY_BE_EMPTY and typed.get(name, stated_value(capacity, name)) is None
    ]


def save(
    client: Client, token: str, offers: Mapping[int, answers.Offer], typed: Typed, sure: frozenset[int] = frozenset()
) -> Outcome:
    """State every changed row; one that fails does not hold up the others. `sure`: told twice already."""
    before = {offer_id: offers[offer_id].capacity for offer_id in typed}
    missing = {offer_id: empty_fields(before[offer_id], values) for offer_id, values in typed.items()}
    refused = {at: nl.INCOMPLETE.format(fields=", ".join(fields)) for at, fields in missing.items() if fields}

    def state(offer_id: int) -> answers.Capacity:
        seen, body = before[offer_id], statement(before[offer_id], typed[offer_id])
        meant = {"confirmed": True} if offer_id in sure else {}
        return client.state_capacity(token, offer_id, body | meant, seen.etag if seen else None)

    after, failures = _tried(state, (offer_id for offer_id in typed if offer_id not in refused))
    refused |= {at: _why_not_saved(client, token, at, typed[at], failure) for at, failure in failures.items()}
    return Outcome(
        before={offer_id: seen for offer_id in after if (seen := before[offer_id])},
        after=after,
        refused={offer_id: refused[offer_id] for offer_id in typed if offer_id in refused},
        unlikely=frozenset(at for at, failure in failures.items() if isinstance(failure, UnlikelyJump)),
    )


def confirm(client: Client, token: str, offers: Iterable[answers.Offer]) -> Outcome:
    """Say of each offer that nothing changed."""
    before = {offer.id: offer.capacity for offer in offers if offer.capacity}
    after, failures = _tried(lambda at: client.confirm_capacity(token, at, before[at].etag), before)
    refused = {at: _told(failure, nl.CHANGED_BEFORE_CONFIRMING) for at, failure in failures.items()}
    return Outcome({at: before[at] for at in after}, after, refused)


def undo(client: Client, token: str, way: WayBack) -> tuple[Outcome, WayBack]:
    """Undo the last step, on top of what we stated ourselves: not what somebody else changed since."""
    step = way.steps[-1]

    def restore(offer_id: int) -> answers.Capacity:
        if step.confirmed:
            return client.take_back_confirmation(token, offer_id, way.etags[offer_id])
        body = statement(step.before[offer_id], {}) | {"confirmed": True}
        return client.state_capacity(token, offer_id, body, way.etags[offer_id])

    after, failures = _tried(restore, step.before)
    outcome = Outcome(after=after, refused={at: _told(failure, places.OVERTAKEN) for at, failure in failures.items()})
    left = {at: step.before[at] for at, failure in failures.items() if isinstance(failure, Unreachable)}
    return outcome, way.back(outcome, left)


def _tried(
    do: Callable[[int], answers.Capacity], offers: Iterable[int]
) -> tuple[dict[int, answers.Capacity], dict[int, Failure]]:
    """What came of each offer. Who could not be reached for one is not waited for again with the others."""
    after: dict[int, answers.Capacity] = {}
    failures: dict[int, Failure] = {}
    gone: Unreachable | None = None
    for offer_id in offers:
        if gone:
            failures[offer_id] = gone
            continue
        try:
            after[offer_id] = do(offer_id)
        except SignInNeeded:
            raise
        except Failure as failure:
            failures[offer_id] = failure
            gone = failure if isinstance(failure, Unreachable) else None
    return after, failures


def _why_not_saved(client: Client, token: str, offer_id: int, typed: Mapping[str, Stated], failure: Failure) -> str:
    if not isinstance(failure, ChangedMeanwhile):
        return _told(failure, "")
    try:
        theirs = client.capacity(token, offer_id)
    except SignInNeeded:
        raise
    except Failure:  # that they differ is known; what it is can be seen once the line is back
        return places.CHANGED_UNSEEN
    return nl.CHANGED_MEANWHILE.format(difference=_difference(typed, theirs))


def _told(failure: Failure, changed: str) -> str:
    """The sentence for a person; `changed` when somebody else was first."""
    if isinstance(failure, ChangedMeanwhile):
        return changed
    return " ".join(fault.detail for fault in failure.faults) or failure.sentence


def _difference(typed: Mapping[str, Stated], theirs: answers.Capacity) -> str:
    return " ".join(
        nl.MINE_AND_THEIRS.format(
            field=places.FIELDS[name], mine=showing.value(value), theirs=showing.value(stated_value(theirs, name))
        )
        for name, value in typed.items()
    )
