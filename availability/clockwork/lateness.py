"""The chase list of a contract manager: per contract who is late with statements, how late, and how often."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.messages import Message
from availability.supply.messages import Provider


class ContractLateness(Message):
    """How a contract's offers are kept up to date. Times and reminders are counted over the last year."""

    contract_id: int
    contract_number: str
    provider: Provider
    update_term_days: int
    offers: int
    late: int
    """Offers whose statement is older than the term, those that were never stated included."""
    never_stated: int
    days_late: int
    """Of the offer that is longest late; 0 when none is."""
    times_late: int
    """How often a statement came after its term, or did not come yet."""
    reminders: int
    last_stated_on: date | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        named = Provider.model_construct(agb_code=row.provider_agb, name=row.provider_name)
        return cls.model_construct(provider=named, **{name: getattr(row, name) for name in _AS_COUNTED})


_AS_COUNTED = tuple(name for name in ContractLateness.model_fields if name != "provider")


class Lateness(Message):
    """The latest first; contracts that are kept up to date come after them."""

    today: date
    items: list[ContractLateness]


_LATENESS = text("""
WITH contracted AS (
    SELECT contract.id AS contract_id, contract.number, contract.provider_agb, contract.update_term_days,
        contract.valid_from, array_agg(DISTINCT contract_line.care_type_code) AS care_types
    FROM contract JOIN contract_line ON contract_line.contract_id = contract.id
    WHERE contract.valid_from <= :today AND coalesce(contract.valid_until, 'infinity') >= :today
      AND NOT (contract.suspended_from <= :today AND coalesce(contract.suspended_until, 'infinity') >= :today) IS TRUE
      AND (contract_line.area_code = :region OR contract_line.area_code IN (
          SELECT municipality_code FROM region_membership
          WHERE region_code = :region AND valid @> CAST(:today AS date)))
    GROUP BY contract.id
), covered AS (
    SELECT contracted.contract_id, contracted.update_term_days, offer.id AS offer_id,
        greatest(contracted.valid_from, offer.published_from) AS since
    FROM contracted JOIN offer ON offer.provider_agb = contracted.provider_agb
        AND offer.care_type_code = ANY (contracted.care_types)
    WHERE offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :today
), said AS (
    SELECT covered.contract_id, covered.offer_id, covered.update_term_days, stated.stated_on,
        lead(stated.stated_on) OVER (PARTITION BY covered.contract_id, covered.offer_id ORDER BY stated.id) AS next_on
    FROM covered CROSS JOIN LATERAL (
        SELECT statement.id, CAST(statement.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS stated_on
        FROM capacity_statement statement
        WHERE statement.offer_id = covered.offer_id AND statement.stated_at >= CAST(:today AS date) - interval '1 year'
    ) AS stated
), times AS (
    SELECT contract_id, count(*) AS times_late FROM said
    WHERE coalesce(next_on, :today) > stated_on + update_term_days GROUP BY contract_id
), standing AS (
    SELECT covered.contract_id, covered.offer_id, held.stated_on,
        CAST(:today AS date) - (coalesce(held.stated_on, covered.since) + covered.update_term_days) AS days_late
    FROM covered LEFT JOIN LATERAL (
        SELECT CAST(statement.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS stated_on
        FROM current_capacity JOIN capacity_statement statement ON statement.id = current_capacity.statement_id
        WHERE current_capacity.offer_id = covered.offer_id
    ) AS held ON true
), reminded AS (
    SELECT covered.contract_id, count(*) AS reminders
    FROM covered JOIN reminder ON reminder.offer_id = covered.offer_id
    WHERE reminder.reminded_on >= CAST(:today AS date) - interval '1 year' GROUP BY covered.contract_id
)
SELECT contracted.contract_id, contracted.number AS contract_number, contracted.provider_agb,
    provider.name AS provider_name, contracted.update_term_days,
    count(*) AS offers, count(*) FILTER (WHERE days_late > 0) AS late,
    count(*) FILTER (WHERE stated_on IS NULL) AS never_stated, greatest(0, max(days_late)) AS days_late,
    coalesce(max(times.times_late), 0) AS times_late, coalesce(max(reminded.reminders), 0) AS reminders,
    max(stated_on) AS last_stated_on
FROM standing
JOIN contracted USING (contract_id)
JOIN provider ON provider.agb_code = contracted.provider_agb
LEFT JOIN times USING (contract_id)
LEFT JOIN reminded USING (contract_id)
GROUP BY contracted.contract_id, contracted.number, contracted.provider_agb, provider.name, contracted.update_term_days
ORDER BY days_late DESC, late DESC, times_late DESC, provider.name, contracted.number
""")


def lateness_in(session: Session, region: str, today: date) -> list[ContractLateness]:
    """The contracts that run for a region or one of its municipalities, the latest first."""
    rows = session.execute(_LATENESS, {"region": region, "today": today})
    return [ContractLateness.of(row) for row in rows]


COLUMNS: dict[str, str] = {
    "contract_number": "Contract",
    "agb_code": "AGB-code",
    "name": "Aanbieder",
    "update_term_days": "Termijn in dagen",
    "offers": "Aanbod",
    "late": "Te laat",
    "never_stated": "Nooit opgegeven",
    "days_late": "Dagen te laat",
    "times_late": "Keer te laat dit jaar",
    "reminders": "Herinneringen dit jaar",
    "last_stated_on": "Laatste opgave",
}
"""The spreadsheet's columns and their headings."""


def as_csv(contracts: Iterable[ContractLateness]) -> bytes:
    """For a Dutch spreadsheet program: semicolons, and a mark that says it is UTF-8."""
    written = io.StringIO()
    sheet = csv.writer(written, delimiter=";")
    sheet.writerow(COLUMNS.values())
    for each in contracts:
        plain = each.model_dump() | each.provider.model_dump()
        sheet.writerow([_cell(plain[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _cell(value: object) -> object:
    """No cell begins a formula: a provider's name would be run by the reader's own program (OWASP, CSV injection)."""
    said = "" if value is None else value
    return f"'{said}" if isinstance(said, str) and said.startswith(("=", "+", "-", "@", "\t", "\r")) else said
