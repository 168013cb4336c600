"""The SQL of supply: finding offers, and the one statement that states capacity for one offer or for thousands.

Stating compares and swaps. The rows of `current_capacity` are locked in one order; what is then judged is what really
is current. When another writer committed after our snapshot was taken, its statement is not visible to us yet: the item
is `raced`, and the same SQL is run once more, now with a fresh snapshot and with the lock already ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, allowed
from availability.request_id import current_request_id
from availability.supply.drafts import Draft
from availability.supply.messages import FIGURES
from matcher.freshness import DEFAULT_UPDATE_TERM_DAYS


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


@dataclass(frozen=True, slots=True)
class Stated:
    """The outcome for one draft, and the statement (a row with an update term) when there is one."""

    outcome: Outcome
    total_before: int | None
    row: Row[Any] | None


_TYPES = {"available_from": "date", "admission_stop": "boolean", "note": "text"}
_FIGURE_ARRAYS = ", ".join(f"CAST(:{name} AS {_TYPES.get(name, 'integer')}[])" for name in FIGURES)
_FIGURE_NAMES = ", ".join(FIGURES)


def _figures_of(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in FIGURES)


UPDATE_TERM = f"""
    coalesce((
        SELECT min(contract.update_term_days)
        FROM contract JOIN contract_line ON contract_line.contract_id = contract.id
        WHERE contract.provider_agb = offer.provider_agb AND contract_line.care_type_code = offer.care_type_code
          AND contract.valid_from <= :today AND coalesce(contract.valid_until, 'infinity') >= :today
    ), {DEFAULT_UPDATE_TERM_DAYS})
"""  # noqa: S608 - a number of our own
"""The shortest term within which a statement on the offer must be renewed, over the contracts that run today."""

_STATE = f"""
WITH asked AS (
    SELECT * FROM unnest(
        CAST(:offer_id AS bigint[]), CAST(:expects AS text[]), CAST(:seen AS text[]), CAST(:jump_meant AS boolean[]),
        CAST(:wrong AS boolean[]), CAST(:key AS text[]), {_FIGURE_ARRAYS}
    ) WITH ORDINALITY AS asked (offer_id, expects, seen, jump_meant, wrong, key, {_FIGURE_NAMES}, position)
), locked AS (
    SELECT offer_id, statement_id FROM current_capacity
    WHERE offer_id IN (SELECT offer_id FROM asked) ORDER BY offer_id FOR UPDATE
), judged AS (
    SELECT asked.position, asked.offer_id, asked.key, locked.statement_id AS before_id, earlier.id AS earlier_id,
        before.total_places AS total_before, {{figures}},
        CASE
            WHEN offer.id IS NULL THEN 'unknown-offer'
            WHEN offer.provider_agb <> CAST(:provider AS text) THEN 'not-yours'
            WHEN locked.statement_id IS NOT NULL AND before.id IS NULL THEN 'raced'
            WHEN earlier.id IS NOT NULL AND NOT asked.wrong THEN CASE
                WHEN earlier.stated_by = :stated_by AND {{same}} THEN 'replayed' ELSE 'key-reused' END
            WHEN asked.expects = 'unsaid' THEN 'unsaid'
            WHEN asked.expects = 'any' AND before.id IS NULL THEN 'never-stated'
            WHEN asked.expects = 'none' AND before.id IS NOT NULL THEN 'stated-already'
            WHEN asked.expects = 'seen' AND before.id IS NULL THEN 'never-stated'
            WHEN asked.expects = 'seen' AND NOT before.id = ANY (CAST(asked.seen AS bigint[])) THEN 'changed'
            WHEN asked.wrong THEN 'wrong'
            WHEN {{never_stated}} THEN 'never-stated'
            WHEN {{jump}} AND NOT asked.jump_meant THEN 'unlikely-jump'
            ELSE 'accepted'
        END AS outcome
    FROM asked
    LEFT JOIN offer ON offer.id = asked.offer_id
    LEFT JOIN locked ON locked.offer_id = asked.offer_id
    LEFT JOIN capacity_statement before ON before.id = locked.statement_id
    LEFT JOIN capacity_statement earlier ON earlier.offer_id = asked.offer_id AND earlier.idempotency_key = asked.key
), accepted AS MATERIALIZED (
    SELECT judged.*, nextval(pg_get_serial_sequence('capacity_statement', 'id')) AS id
    FROM judged WHERE outcome = 'accepted'
), moved AS (
    UPDATE current_capacity SET statement_id = accepted.id FROM accepted
    WHERE accepted.before_id IS NOT NULL AND current_capacity.offer_id = accepted.offer_id
    RETURNING current_capacity.offer_id
), begun AS (
    INSERT INTO current_capacity (offer_id, statement_id)
    SELECT offer_id, id FROM accepted WHERE before_id IS NULL
    ON CONFLICT (offer_id) DO NOTHING RETURNING offer_id
), written AS (
    INSERT INTO capacity_statement (id, offer_id, idempotency_key, stated_at, stated_by, source, {_FIGURE_NAMES})
    SELECT id, offer_id, key, clock_timestamp(), :stated_by, :source, {_FIGURE_NAMES} FROM accepted
    WHERE offer_id IN (SELECT offer_id FROM moved UNION ALL SELECT offer_id FROM begun)
    RETURNING *
), audited AS (
    INSERT INTO audit_entry (subject, organisation, role, action, record_kind, record_id, request_id)
    SELECT :subject, :organisation, :role, :action, 'capacity-statement', id::text, :request_id FROM written
), said AS (
    SELECT * FROM written
    UNION ALL
    SELECT * FROM capacity_statement WHERE id IN (SELECT earlier_id FROM judged WHERE outcome = 'replayed')
)
SELECT judged.outcome, judged.total_before, judged.offer_id,
    said.id AS statement_id, said.stated_at, said.stated_by, said.source,
    {_figures_of("said")}, {UPDATE_TERM} AS update_term
FROM judged
LEFT JOIN said ON said.offer_id = judged.offer_id AND judged.outcome IN ('accepted', 'replayed')
LEFT JOIN offer ON offer.id = judged.offer_id
ORDER BY judged.position
"""  # noqa: S608 - only names of our own columns

_STATE_ANEW = text(
    _STATE.format(
        figures=_figures_of("asked"),
        same=f"""earlier.source <> 'confirmation'
            AND ({_figures_of("earlier")}) IS NOT DISTINCT FROM ({_figures_of("asked")})""",
        never_stated="false",
        # Only the total can jump by a slip of the hand: the others are bounded by it.
        jump="asked.total_places > 10 * before.total_places AND asked.total_places > before.total_places + 50",
    )
)
_CONFIRM = text(
    _STATE.format(
        figures=_figures_of("before"),
        same="earlier.source = 'confirmation'",
        never_stated="before.id IS NULL",
        jump="false",
    )
)


def state(session: Session, caller: Identity, drafts: Sequence[Draft], today: date, source: str) -> list[Stated]:
    """State the figures of each draft: what became of each, in the given order. No offer may occur twice."""
    return _write(session, _STATE_ANEW, drafts, _author(caller, today, source, "state-capacity"))


def confirm(session: Session, caller: Identity, drafts: Sequence[Draft], today: date) -> list[Stated]:
    """State once more what holds now: what became of each, in the given order."""
    return _write(session, _CONFIRM, drafts, _author(caller, today, "confirmation", "confirm-capacity"))


def _author(caller: Identity, today: date, source: str, action: str) -> dict[str, Any]:
    anybodys = allowed(caller, Action.STATE_CAPACITY, Relation.ANY)
    return {
        "provider": None if anybodys else caller.organisation,
        "stated_by": f"{caller.organisation}:{caller.subject}",
        "source": source,
        "today": today,
        "subject": caller.subject,
        "organisation": caller.organisation,
        "role": caller.role.value,
        "action": action,
        "request_id": current_request_id(),
    }


def _write(session: Session, statement: TextClause, drafts: Sequence[Draft], author: Mapping[str, Any]) -> list[Stated]:
    outcomes = _run(session, statement, drafts, author)
    while raced := [at for at, stated in enumerate(outcomes) if stated.outcome is Outcome.RACED]:
        for at, again in zip(raced, _run(session, statement, [drafts[at] for at in raced], author), strict=True):
            outcomes[at] = again
    return outcomes


def _run(session: Session, statement: TextClause, drafts: Sequence[Draft], author: Mapping[str, Any]) -> list[Stated]:
    rows = session.execute(statement, {**author, **_columns(drafts)}).all()
    return [_stated(row) for row in rows]


def _stated(row: Row[Any]) -> Stated:
    outcome = Outcome(row.outcome)
    if outcome is Outcome.ACCEPTED and row.statement_id is None:
        outcome = Outcome.RACED  # somebody else made the first statement while we waited to insert ours
    return Stated(outcome, row.total_before, row if row.statement_id is not None else None)


def _columns(drafts: Sequence[Draft]) -> dict[str, list[Any]]:
    """One array per column, as `unnest` reads them."""
    return {
        "offer_id": [draft.offer_id for draft in drafts],
        "expects": [draft.precondition.expects.value for draft in drafts],
        "seen": ["{" + ",".join(map(str, draft.precondition.seen)) + "}" for draft in drafts],
        "jump_meant": [draft.jump_meant for draft in drafts],
        "wrong": [draft.wrong is not None for draft in drafts],
        "key": [draft.key for draft in drafts],
        **{name: [draft.figures and getattr(draft.figures, name) for draft in drafts] for name in FIGURES},
    }
