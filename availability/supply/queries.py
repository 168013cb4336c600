"""The SQL of supply: the one statement that states capacity, for one offer or for thousands, of one caller or of many.

Stating compares and swaps. The rows of `current_capacity` are locked in one order; what is then judged is what really
is current. When another writer committed after our snapshot was taken, its statement is not visible to us yet: the item
is `raced`, and is stated once more with a fresh snapshot.
"""

from collections import namedtuple
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import orjson
from psycopg import Connection, RawCursor
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.supply.drafts import Draft
from availability.supply.entries import CONFIRMATION, Author, Entry
from availability.supply.messages import FIGURES, Statement
from availability.supply.running import runs_on
from matcher.freshness import DEFAULT_UPDATE_TERM_DAYS
from matcher.jumps import FIFTY_UP, TENFOLD, Places


class Outcome(StrEnum):
    """What became of one statement."""

    ACCEPTED = "accepted"
    REPLAYED = "replayed"
    UNKNOWN_OFFER = "unknown-offer"
    NOT_YOURS = "not-yours"
    UNSAID = "unsaid"
    NEVER_STATED = "never-stated"
    STATED_ALREADY = "stated-already"
    CHANGED = "changed"
    WRONG = "wrong"
    KEY_REUSED = "key-reused"
    UNLIKELY_JUMP = "unlikely-jump"
    RACED = "raced"


_OF_A_STATEMENT = ("offer_id", "statement_id", "stated_at", "stated_by", "source", *FIGURES, "update_term")

Recorded = namedtuple("Recorded", _OF_A_STATEMENT)  # type: ignore[misc]  # the names are those of the figures
"""A row of the history, with the update term of its offer."""


class Stated(NamedTuple):
    """The outcome for one draft, what was said before, and the statement (`Recorded`) when there is one."""

    outcome: Outcome
    before: Places | None
    row: Any


_FIGURE_TYPES = {"available_from": "date", "admission_stop": "boolean", "note": "text"}
_COLUMNS = {
    "author": "integer", "offer_id": "bigint", "expects": "text", "seen": "text", "jump_meant": "boolean",
    "wrong": "boolean", "key": "text", **{name: _FIGURE_TYPES.get(name, "integer") for name in FIGURES},
}  # fmt: skip
"""What is asked: an array per column, and their types."""

_ARRAYS = ", ".join(f"CAST(:{name} AS {type_}[])" for name, type_ in _COLUMNS.items())
_FIGURE_NAMES = ", ".join(FIGURES)
_FIGURES_MEANT = ", ".join(
    f"CASE WHEN author.source = '{CONFIRMATION}' THEN before.{name} ELSE asked.{name} END AS {name}" for name in FIGURES
)


_UNLIKELY = " OR ".join(
    f"asked.{name} > {TENFOLD} * before.{name} AND asked.{name} > before.{name} + {FIFTY_UP}" for name in Places._fields
)
_PLACES_BEFORE = ", ".join(f"before.{name} AS {name}_before" for name in Places._fields)
_BEFORE = ", ".join(f"judged.{name}_before" for name in Places._fields)
_BEGINS = 1 + len(Places._fields)
"""Where in a row of the answer the statement begins."""


def _figures_of(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in FIGURES)


def _update_term(offer: str) -> str:
    return f"""
    coalesce((
        SELECT min(contract.update_term_days)
        FROM contract JOIN contract_line ON contract_line.contract_id = contract.id
        WHERE contract.provider_agb = {offer}.provider_agb AND contract_line.care_type_code = {offer}.care_type_code
          AND {runs_on(":today")}
    ), {DEFAULT_UPDATE_TERM_DAYS})
    """  # noqa: S608 - names of our own


UPDATE_TERM = _update_term("offer")
"""The shortest term within which a statement on the offer must be renewed, over the contracts that run today."""

_STATE = f"""
WITH asked AS (
    SELECT * FROM unnest({_ARRAYS}) WITH ORDINALITY AS asked ({", ".join(_COLUMNS)}, position)
), author AS (
    SELECT * FROM ROWS FROM (json_to_recordset(CAST(:authors AS json)) AS (
        provider text, stated_by text, source text, subject text, organisation text, role text, action text,
        request_id text
    )) WITH ORDINALITY AS author (
        provider, stated_by, source, subject, organisation, role, action, request_id, position
    )
), locked AS MATERIALIZED (
    SELECT offer_id, statement_id FROM current_capacity
    WHERE offer_id = ANY (CAST(:offer_id AS bigint[])) ORDER BY offer_id FOR UPDATE
), judged AS (
    SELECT asked.position, asked.author, asked.offer_id, asked.key, offer.provider_agb, offer.care_type_code,
        locked.statement_id AS before_id,
        earlier.id AS earlier_id, {_PLACES_BEFORE}, {_FIGURES_MEANT},
        CASE
            WHEN offer.id IS NULL THEN 'unknown-offer'
            WHEN offer.provider_agb <> author.provider THEN CASE
                WHEN offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :today
                THEN 'not-yours' ELSE 'unknown-offer' END
            WHEN locked.statement_id IS NOT NULL AND before.id IS NULL THEN 'raced'
            WHEN earlier.id IS NOT NULL AND NOT asked.wrong THEN CASE
                WHEN earlier.stated_by <> author.stated_by THEN 'key-reused'
                WHEN (earlier.source = '{CONFIRMATION}') <> (author.source = '{CONFIRMATION}') THEN 'key-reused'
                WHEN author.source = '{CONFIRMATION}' THEN 'replayed'
                WHEN ({_figures_of("earlier")}) IS NOT DISTINCT FROM ({_figures_of("asked")}) THEN 'replayed'
                ELSE 'key-reused' END
            WHEN asked.expects = 'unsaid' THEN 'unsaid'
            WHEN asked.expects = 'any' AND before.id IS NULL THEN 'never-stated'
            WHEN asked.expects = 'none' AND before.id IS NOT NULL THEN 'stated-already'
            WHEN asked.expects = 'seen' AND before.id IS NULL THEN 'never-stated'
            WHEN asked.expects = 'seen' AND NOT before.id = ANY (CAST(asked.seen AS bigint[])) THEN 'changed'
            WHEN asked.wrong THEN 'wrong'
            WHEN author.source = '{CONFIRMATION}' AND before.id IS NULL THEN 'never-stated'
            WHEN ({_UNLIKELY}) AND NOT asked.jump_meant THEN 'unlikely-jump'
            ELSE 'accepted'
        END AS outcome
    FROM asked
    JOIN author ON author.position = asked.author
    LEFT JOIN offer ON offer.id = asked.offer_id
    LEFT JOIN locked ON locked.offer_id = asked.offer_id
    LEFT JOIN capacity_statement before ON before.id = locked.statement_id
    LEFT JOIN capacity_statement earlier ON earlier.offer_id = asked.offer_id AND earlier.idempotency_key = asked.key
), accepted AS MATERIALIZED (
    SELECT judged.*, nextval(CAST('capacity_statement_id_seq' AS regclass)) AS id
    FROM judged WHERE outcome = 'accepted'
), moved AS (
    UPDATE current_capacity SET statement_id = accepted.id FROM accepted
    WHERE accepted.before_id IS NOT NULL AND current_capacity.offer_id = accepted.offer_id
), begun AS (
    INSERT INTO current_capacity (offer_id, statement_id)
    SELECT offer_id, id FROM accepted WHERE before_id IS NULL ORDER BY offer_id
    ON CONFLICT (offer_id) DO NOTHING RETURNING offer_id
), written AS (
    INSERT INTO capacity_statement (id, offer_id, idempotency_key, stated_at, stated_by, source, {_FIGURE_NAMES})
    SELECT id, offer_id, key, clock_timestamp(), author.stated_by, author.source, {_FIGURE_NAMES}
    FROM accepted JOIN author ON author.position = accepted.author
    WHERE before_id IS NOT NULL OR offer_id IN (SELECT offer_id FROM begun)  -- what was there is locked, so it moved
    RETURNING *
), audited AS (
    INSERT INTO audit_entry (subject, organisation, role, action, record_kind, record_id, request_id)
    SELECT subject, organisation, role, action, 'capacity-statement', written.id::text, request_id
    FROM written JOIN accepted USING (id) JOIN author ON author.position = accepted.author
), said AS (
    SELECT * FROM written
    UNION ALL
    SELECT * FROM capacity_statement WHERE id IN (SELECT earlier_id FROM judged WHERE outcome = 'replayed')
)
SELECT judged.outcome, {_BEFORE},
    -- and what makes a Recorded
    judged.offer_id, said.id, said.stated_at, said.stated_by, said.source, {_figures_of("said")},
    {_update_term("judged")}
FROM judged
LEFT JOIN said ON said.offer_id = judged.offer_id AND judged.outcome IN ('accepted', 'replayed')
ORDER BY judged.position
"""  # noqa: S608 - only names of our own columns

_NAMED = text(_STATE)

_NUMBERED = _NAMED.compile(dialect=psycopg.dialect(paramstyle="numeric_dollar"))  # type: ignore[no-untyped-call]  # untyped there

STATE = str(_NUMBERED)
"""The same for a bare connection; takes `arguments`, gives a row for `stated` per entry. With numbers instead of names,
because psycopg looks for the names anew each time in a statement as long as this."""


def state(session: Session, caller: Identity, drafts: Sequence[Draft], today: date, source: str) -> list[Stated]:
    """State the figures of each draft: what became of each, in the given order. No offer may occur twice."""
    author = Author.of(caller, source)
    return record(session, [Entry(author, draft) for draft in drafts], today)


def confirm(session: Session, caller: Identity, drafts: Sequence[Draft], today: date) -> list[Stated]:
    """State once more what holds now: what became of each, in the given order."""
    return state(session, caller, drafts, today, CONFIRMATION)


_BY_KEY = text("SET LOCAL enable_seqscan = off")
"""However many are asked, each is looked up by its key: reading the whole history for ten thousand of it takes longer
every day."""


def record(session: Session, entries: Sequence[Entry], today: date) -> list[Stated]:
    """What became of each entry, in the given order, in the session's transaction. No offer may occur twice."""
    session.execute(_BY_KEY)
    outcomes = _run(session, entries, today)
    while raced := [at for at, stated in enumerate(outcomes) if stated.outcome is Outcome.RACED]:
        for at, again in zip(raced, _run(session, [entries[at] for at in raced], today), strict=True):
            outcomes[at] = again
    return outcomes


def _run(session: Session, entries: Sequence[Entry], today: date) -> list[Stated]:
    """Not prepared: after some runs on a connection the statement would get a plan for ten entries, whoever asks, and
    ten thousand would take minutes. (Planning everything anew by a setting would plan each key's own check as well.)"""
    connection: Connection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment]  # psycopg's
    cursor = RawCursor(connection)
    return [stated(row) for row in cursor.execute(STATE, arguments(entries, today), prepare=False)]


def stated(row: Any) -> Stated:  # noqa: ANN401 - a driver's row
    """From a row of the statement."""
    outcome = Outcome(row[0])
    recorded: Any = Recorded(*row[_BEGINS:])
    if recorded.statement_id is not None:
        return Stated(outcome, None, recorded)
    if outcome is Outcome.ACCEPTED:
        outcome = Outcome.RACED  # somebody else made the first statement while we waited to insert ours
    return Stated(outcome, Places(*row[1:_BEGINS]) if row[1] is not None else None, None)


def parameters(entries: Sequence[Entry], today: date) -> dict[str, Any]:
    """The entries as columns: an array each is sooner read than objects with a name before every value."""
    authors = {id(entry.author): entry.author for entry in entries}
    place = {known: position for position, known in enumerate(authors, 1)}
    drafts = [entry.draft for entry in entries]
    figures = [draft.figures or NO_FIGURES for draft in drafts]
    return {
        "author": _array([place[id(entry.author)] for entry in entries]),
        "offer_id": _array([draft.offer_id for draft in drafts]),
        "expects": _array([draft.precondition.expects for draft in drafts]),
        "seen": _array([_array(draft.precondition.seen) for draft in drafts]),
        "jump_meant": _array([draft.jump_meant for draft in drafts]),
        "wrong": _array([draft.wrong is not None for draft in drafts]),
        "key": [draft.key for draft in drafts],
        **{name: _array([getattr(said, name) for said in figures]) for name in FIGURES if name != "note"},
        "note": [said.note for said in figures],
        "authors": orjson.dumps(list(authors.values())).decode(),
        "today": today,
    }


def arguments(entries: Sequence[Entry], today: date) -> list[Any]:
    """The same for `STATE`."""
    named = parameters(entries, today)
    return [named[name] for name in _NUMBERED.positiontup or ()]


NO_FIGURES = Statement.model_construct(**dict.fromkeys(FIGURES))
"""Stands for the figures of a draft without any."""


def _array(values: Sequence[int | bool | str | date | None]) -> str:
    """PostgreSQL's way to write an array, where it is that of JSON but for the brackets; so not for free text."""
    return f"{{{orjson.dumps(values).decode()[1:-1]}}}"
