"""The body of an event over HTTP: for each kind a message of its own, made from the table of `matcher.case_forms`.

Kinds that other nouns record (a referral, the network) have their own addresses and are not told here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Union
from uuid import UUID

from pydantic import ConfigDict, Field, TypeAdapter, create_model
from pydantic.alias_generators import to_pascal

from availability.cases.notes import NOTES, Note
from availability.codes import AgbCode, MunicipalityCode, Slug
from availability.messages import REFERENCE, Message
from availability.refusals import Fault, Invalid
from matcher.case_events import Actor, EventKind, Value
from matcher.case_events import EventKind as E
from matcher.case_forms import FORMS, Allowed

TOLD_ELSEWHERE = frozenset({
    E.OPENED, E.REFERRAL_SENT, E.REFERRAL_QUESTION_ASKED, E.REFERRAL_QUESTION_ANSWERED, E.REFERRAL_ACCEPTED,
    E.START_JUDGED, E.REFERRAL_REFUSED, E.ACCEPTANCE_WITHDRAWN, E.REFERRAL_WITHDRAWN, E.NETWORK_ASKED,
    E.NETWORK_PROPOSED, E.NETWORK_DECLINED, E.NETWORK_CONFIRMED, E.RET_REGISTERED, E.QUESTION_CHANGED,
})  # fmt: skip
"""What comes with more than an event: a form, an offer, a document, a place that is free again,
a change of the case itself."""

END_REASONS = ("02", "20", "31", "32", "33", "34", "35", "36", "37", "38", "39")
"""iJw 3.2, code list JZ588 (reden beëindiging): why help ended."""

WITHDRAWAL_REASONS = (
    "no-longer-needed",
    "other-solution",
    "moved-away",
    "family-declines",
    "opened-by-mistake",
    "other",
)
REOPENING_REASONS = ("acceptance-withdrawn", "ended-early", "needed-again", "closed-by-mistake", "other")
SKIPPING_REASONS = ("urgent", "done-before", "does-not-apply", "agreed-otherwise", "other")

CODES: Mapping[tuple[EventKind, str], Any] = {
    (E.ENDED, "reason"): Literal[END_REASONS],
    (E.WITHDRAWN, "reason"): Literal[WITHDRAWAL_REASONS],
    (E.REOPENED, "reason"): Literal[REOPENING_REASONS],
    (E.STEP_SKIPPED, "reason"): Literal[SKIPPING_REASONS],
    (E.MUNICIPALITY_CHANGED, "municipality"): MunicipalityCode,
}
"""Which code a text among the values is; elsewhere one of the shared words."""

ADDED_BY_US = frozenset({(E.MUNICIPALITY_CHANGED, "region")})
"""What follows from the rest, so that nobody has to say it."""

ABOUT: Mapping[str, Any] = {
    "party": AgbCode,
    "referral": UUID,
    "refers_to": Annotated[int, Field(ge=1, le=2**63 - 1)],
}
"""What an event may be about, besides its case."""


class NewEvent(Message):
    """What happened, and on which day; `onBehalfOf` when somebody without an account did it."""

    kind: EventKind
    occurred_on: date
    on_behalf_of: Actor | None = None

    def said(self) -> Mapping[str, Value]:
        """The values as the rules read them: days as text."""
        given = getattr(self, "values", None)
        return given.model_dump(mode="json", by_alias=True, exclude_none=True) if given else {}

    def noted(self) -> Mapping[str, str]:
        given = getattr(self, "notes", None)
        return given.model_dump(by_alias=True, exclude_none=True) if given else {}

    def about(self, name: str) -> Any:  # noqa: ANN401 - a code, an id or a number
        return getattr(self, name, None)


def _type_of(kind: EventKind, name: str, allowed: Allowed) -> Any:  # noqa: ANN401 - a type
    if (kind, name) in CODES:
        return CODES[kind, name]
    if isinstance(allowed, tuple):
        return Literal[tuple(str(each) for each in allowed)]
    return {str: Slug, int: Annotated[int, Field(ge=0, le=99)]}.get(allowed, allowed)


def _values_of(kind: EventKind) -> type[Message] | None:
    form = FORMS[kind]
    needed = {name: (_type_of(kind, name, allowed), ...) for name, allowed in form.values.items()}
    may = {name: (_type_of(kind, name, allowed) | None, None) for name, allowed in form.optional.items()}
    return _part(
        kind, "Values", {name: each for name, each in (needed | may).items() if (kind, name) not in ADDED_BY_US}
    )


def _notes_of(kind: EventKind) -> type[Message] | None:
    return _part(
        kind,
        "Notes",
        {name: (Note, ...) if must else (Note | None, None) for name, must in NOTES.get(kind, {}).items()},
    )


def _part(kind: EventKind, what: str, fields: dict[str, Any]) -> type[Message] | None:
    """A message of these fields; none when there are none."""
    return create_model(f"{_pascal(kind)}{what}", __base__=Message, **fields) if fields else None


def _pascal(kind: EventKind) -> str:
    return to_pascal(kind.replace("-", "_"))


def _body_of(kind: EventKind) -> type[NewEvent]:
    """What the worker's organisation, or a party of the case, says."""
    form = FORMS[kind]
    others = tuple(actor.value for actor in form.by if actor is not Actor.WORKER)
    behalf: dict[str, Any] = {"on_behalf_of": (Literal[others] | None if others else None, None)}
    about: dict[str, Any] = {name: (ABOUT[name], ...) for name in form.needs}
    return create_model(f"{_pascal(kind)}Event", __base__=NewEvent, **_content_of(kind), **behalf, **about)


def _providers_body_of(kind: EventKind) -> type[NewEvent]:
    """What a provider says of its referral: which one, and who it is itself, the address and the token say."""
    fields: dict[str, Any] = {"on_behalf_of": (None, None)} | _content_of(kind)
    return create_model(f"{_pascal(kind)}OfReferral", __base__=NewEvent, **fields)


def _content_of(kind: EventKind) -> dict[str, Any]:
    fields: dict[str, Any] = {"kind": (Literal[kind], ...)}
    for name, part in (("values", _values_of(kind)), ("notes", _notes_of(kind))):
        if part is not None:
            must = any(field.is_required() for field in part.model_fields.values())
            fields[name] = (part, ...) if must else (part | None, None)
    return fields


Bodies = Mapping[EventKind, type[NewEvent]]

BODIES: Bodies = {kind: _body_of(kind) for kind in E if kind not in TOLD_ELSEWHERE}

TOLD_BY_PROVIDER: Bodies = {
    kind: _providers_body_of(kind) for kind in (E.ALLOCATION_REQUESTED, E.ALLOCATION_ACKNOWLEDGED, E.STARTED, E.ENDED)
}
"""What the provider that helps tells itself: the 315, the return message, the 305 and the 307."""


class _Kind(Message):
    """Which of the bodies it is."""

    model_config = ConfigDict(extra="ignore")

    kind: EventKind


def read_event(raw: bytes, bodies: Bodies = BODIES) -> NewEvent:
    """Raises Invalid with every fault, first of all a kind that is not told here."""
    kind = _Kind.read(raw).kind
    if kind not in bodies:
        sentence = "Dit legt u niet hier vast. Kijk in de beschrijving van de API waar wel."
        raise Invalid("De invoer klopt niet.", (Fault("/kind", sentence, "told-elsewhere"),))
    return bodies[kind].read(raw)


def takes_event(title: str, bodies: Bodies = BODIES) -> dict[str, Any]:
    """What a route that reads one of these events tells OpenAPI (`openapi_extra`)."""
    any_of: Any = Union[tuple(bodies.values())]  # noqa: UP007 - made from a table
    schema = TypeAdapter(Annotated[any_of, Field(discriminator="kind")]).json_schema(ref_template=REFERENCE)
    content = {"application/json": {"schema": {"title": title} | schema}}
    return {"requestBody": {"required": True, "content": content}}
