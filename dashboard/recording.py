"""Recording what happened in a case: a form that asks what the API's own description of that event asks, no more.

What each field is called is in `texts.cases`; which events may be recorded now, the API says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard import fetch, session
from dashboard.answers import Provider
from dashboard.case_answers import Event, Referral, State
from dashboard.casework import Casework
from dashboard.client import JSON, Failure, SignInNeeded
from dashboard.texts import cases as words
from dashboard.texts import recording as event_words
from dashboard.texts import showing

_SAID = "vastgelegd"

ELSEWHERE = {"no-answer"}
"""Recorded with a button beside the referral itself."""

REFERS_TO = {
    "official-decided": {"official-asked"},
    "evaluation-held": {"evaluation-agreed"},
    "cooperation-talked": {"cooperation-raised"},
}
"""The kind of earlier event that is answered; a correction may be of any."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the form asks."""

    group: str
    """`values`, `notes`, or empty for the event itself."""
    name: str
    kind: str
    """`choice`, `yes-no`, `date`, `number` or `text`."""
    required: bool
    choices: tuple[str, ...] = ()


def fields_of(openapi: JSON, kind: str) -> tuple[Field, ...]:
    """What the API asks with an event of this kind."""
    schemas = openapi["components"]["schemas"]
    event = next(
        schema
        for each in schemas["NewEvent"]["oneOf"]
        if (schema := _resolved(schemas, each))["properties"]["kind"]["const"] == kind
    )
    return tuple(_fields(schemas, event))


def kinds_of(openapi: JSON) -> tuple[str, ...]:
    schemas = openapi["components"]["schemas"]
    return tuple(_resolved(schemas, each)["properties"]["kind"]["const"] for each in schemas["NewEvent"]["oneOf"])


def _fields(schemas: JSON, event: JSON) -> Iterator[Field]:
    for group in ("values", "notes"):
        shape = _resolved(schemas, event["properties"].get(group, {}))
        for name, schema in shape.get("properties", {}).items():
            yield _field(group, name, _resolved(schemas, schema), name in shape.get("required", ()))
    for name in ("party", "referral", "refersTo"):
        if name in event["properties"]:
            yield Field("", name, "choice", required=name in event["required"])
    if behalf := _choices(_resolved(schemas, event["properties"].get("onBehalfOf", {}))):
        yield Field("", "onBehalfOf", "choice", required=False, choices=behalf)


def _field(group: str, name: str, schema: JSON, required: bool) -> Field:
    if choices := _choices(schema):
        return Field(group, name, "choice", required, choices)
    if schema.get("format") == "date":
        return Field(group, name, "date", required)
    return Field(group, name, {"boolean": "yes-no", "integer": "number"}.get(schema.get("type", ""), "text"), required)


def _choices(schema: JSON) -> tuple[str, ...]:
    return tuple(schema.get("enum", ())) or ((schema["const"],) if isinstance(schema.get("const"), str) else ())


def _resolved(schemas: JSON, schema: JSON) -> JSON:
    """The schema itself: behind a reference, or the one that is not null."""
    some = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    found: JSON = some[0] if some else {}
    return schemas[found["$ref"].rsplit("/", 1)[-1]] if "$ref" in found else found


@dataclass(frozen=True, slots=True)
class Around:
    """What a field may point at: the referrals and the events of the case, and providers that were not asked yet."""

    referrals: Sequence[Referral]
    events: Sequence[Event]
    providers: Sequence[Provider] = ()
    own: bool = False
    """Whether it is this person's own case: then every line may be corrected, else what her desk recorded."""


def form(work: Casework, case_id: str, state: State, around: Around) -> None:
    """Choose what happened, tell what goes with it, and record it."""
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
        st.session_state[f"gebeurtenis-{case_id}"] = None  # what was recorded is filled in no longer
    possible = [kind for kind in state.possible if kind not in ELSEWHERE and kind in event_words.EVENTS]
    if not possible:
        return
    with st.container(border=True, key="vastleggen"):
        st.subheader(event_words.RECORD, anchor=False)
        kind = st.selectbox(
            event_words.WHICH_EVENT,
            possible,
            index=None,
            format_func=event_words.EVENTS.__getitem__,
            placeholder=event_words.CHOOSE_EVENT,
            key=f"gebeurtenis-{case_id}",
        )
        if kind:
            _ask(work, case_id, kind, around)


def _ask(work: Casework, case_id: str, kind: str, around: Around) -> None:
    with st.form(f"vastleggen-{case_id}-{kind}", border=False):
        today = session.today()
        occurred = st.date_input(event_words.ON_DAY, today, max_value=today, format="DD-MM-YYYY")
        given = {field: _widget(field, kind, around) for field in fields_of(fetch.openapi(), kind)}
        if not st.form_submit_button(event_words.SAVE_EVENT, type="primary"):
            return
    if empty := [event_words.field(field.name) for field in given if field.required and given[field] in (None, "")]:
        st.error(words.still_needed(empty))
        return
    record(work, case_id, as_event(kind, occurred, given))


def record(work: Casework, case_id: str, event: JSON) -> None:
    """Record it, and look anew at the case; a refusal is said where one looks."""
    try:
        recorded = work.record(case_id, event)
    except SignInNeeded:
        raise
    except Failure as refused:
        st.error(" ".join((refused.sentence, *(fault.detail for fault in refused.faults))))
        return
    st.session_state[_SAID] = event_words.SAVED.format(what=recorded.text)
    st.rerun()


def as_event(kind: str, occurred: date, given: Mapping[Field, Any]) -> JSON:
    """The body of the request; what was left open is left out."""
    event: JSON = {"kind": kind, "occurredOn": occurred.isoformat()}
    for field, value in given.items():
        if value in (None, ""):
            continue
        said = value.isoformat() if isinstance(value, date) else value
        if field.group:
            event.setdefault(field.group, {})[field.name] = said
        else:
            event[field.name] = said
    return event


def _widget(field: Field, kind: str, around: Around) -> Any:  # noqa: ANN401 - whatever the field holds
    label = event_words.field(field.name) + ("" if field.required else words.MAY_BE_EMPTY)
    key = f"{kind}-{field.group}-{field.name}"
    if field.kind == "date":
        return st.date_input(label, None, format="DD-MM-YYYY", key=key)
    if field.kind == "yes-no":
        answer = st.radio(label, [event_words.YES, event_words.NO], index=None, horizontal=True, key=key)
        return None if answer is None else answer == event_words.YES
    if field.kind == "number":
        return st.number_input(label, 1, 3, None, key=key, placeholder="")
    if field.kind == "text":
        return st.text_area(label, max_chars=2000, height=80, key=key, help=words.QUESTION_HELP)
    options = (
        _pointed_at(field, kind, around)
        if not field.choices
        else {each: event_words.choice(each) for each in field.choices}
    )
    if field.name == "party":
        return _party(label, options, key)
    return st.selectbox(
        label,
        list(options),
        index=None,
        format_func=lambda each: options.get(each, each),
        key=key,
        placeholder=words.CHOOSE,
    )


def _party(label: str, known: Mapping[Any, str], key: str) -> str | None:
    """A provider of this case, or another by its AGB code."""
    return st.selectbox(
        label,
        list(known),
        index=None,
        format_func=lambda each: known.get(each, each),
        accept_new_options=True,
        placeholder=event_words.PARTY_PLACEHOLDER,
        key=key,
    )


def _pointed_at(field: Field, kind: str, around: Around) -> dict[Any, str]:
    if field.name == "party":
        known = (*(each.provider for each in around.referrals), *around.providers)
        return {provider.agb_code: provider.name for provider in known}
    if field.name == "referral":
        return {each.id: f"{each.provider.name}, {showing.long_day(each.sent_on)}" for each in around.referrals}
    return {
        event.id: f"{event.text}, {showing.long_day(event.occurred_on)}"
        for event in around.events
        if (event.kind in REFERS_TO[kind] if kind in REFERS_TO else _may_be_corrected(event, around))
    }


def _may_be_corrected(event: Event, around: Around) -> bool:
    person = session.someone()
    desk = (event.role, event.organisation)
    return event.kind != "opened" and (around.own or desk == (person.role, person.organisation))
