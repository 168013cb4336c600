"""The chase list of a contract manager: per contract who is late with statements, how late and how often, and whether
the provider was reached."""

import csv
import io
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Literal, Self

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.clockwork import lateness_queries as queries
from availability.messages import Message
from availability.supply.messages import Provider

ContractedFor = Literal["municipality", "region", "country"]
ByEmail = Literal["no-address", "not-yet", "waiting", "sent", "failed"]


class ContractLateness(Message):
    """How a contract's offers are kept up to date. Times and reminders are counted over the last year."""

    contract_id: int
    contract_number: str
    contracted_for: ContractedFor
    """The widest area that the contract names: who is to call when it is late."""
    provider: Provider
    phone: str | None
    email: str | None
    """How the provider is reached in general. Reminders do not go there (ADR 0035)."""
    update_term_days: int
    offers: int
    late: int
    """Offers whose statement is older than the term, those that were never stated included."""
    never_stated: int
    days_late: int
    """Of the offer that is longest late; 0 when none is."""
    times_late: int
    """How often a statement came after its term, or did not come yet; since the contract began, at most a year ago."""
    reminders: int
    """Messages, however many offers each was about."""
    by_email: ByEmail
    """What became of the last reminder by e-mail; `no-address`: the provider registered none for it."""
    emailed_on: date | None
    """When a reminder last reached the provider's mail server."""
    last_stated_on: date | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        named = Provider.model_construct(agb_code=row.provider_agb, name=row.provider_name)
        return cls.model_construct(provider=named, **{name: getattr(row, name) for name in _AS_COUNTED})


_AS_COUNTED = tuple(name for name in ContractLateness.model_fields if name != "provider")


class Lateness(Message):
    """The latest first; contracts that are kept up to date come after them. The counts are of offers, each once: one
    that several contracts cover is late when it is by one of them."""

    today: date
    offers: int
    late: int
    never_stated: int
    items: list[ContractLateness]


def lateness_in(session: Session, areas: Collection[str], today: date) -> Lateness:
    """Of the contracts that run for one of the areas."""
    counted = queries.totals(session, areas, today)
    items = [ContractLateness.of(row) for row in queries.lateness(session, areas, today)]
    return Lateness(today=today, items=items, **counted._asdict())


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
    "contracted_for": "Gecontracteerd voor",
    "by_email": "E-mail",
    "emailed_on": "Laatst per e-mail bereikt",
    "phone": "Telefoon",
    "email": "Algemeen e-mailadres",
}
"""The spreadsheet's columns and their headings."""

WORDS: dict[str, str] = {
    "municipality": "gemeente",
    "region": "regio",
    "country": "landelijk",
    "no-address": "geen e-mailadres",
    "not-yet": "nog niet gemaild",
    "waiting": "onderweg",
    "sent": "bereikt",
    "failed": "mislukt",
}
"""How the spreadsheet says a code."""

_SAID_IN_WORDS = ("contracted_for", "by_email")


def as_csv(contracts: Iterable[ContractLateness]) -> bytes:
    """For a Dutch spreadsheet program: semicolons, and a mark that says it is UTF-8."""
    written = io.StringIO()
    sheet = csv.writer(written, delimiter=";")
    sheet.writerow(COLUMNS.values())
    for each in contracts:
        plain = each.model_dump() | each.provider.model_dump()
        plain |= {name: WORDS[plain[name]] for name in _SAID_IN_WORDS}
        sheet.writerow([_cell(plain[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _cell(value: object) -> object:
    """No cell begins a formula: a provider's name would be run by the reader's own program (OWASP, CSV injection)."""
    said = "" if value is None else value
    return f"'{said}" if isinstance(said, str) and said.startswith(("=", "+", "-", "@", "\t", "\r")) else said
