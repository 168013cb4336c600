"""The API's calls about who is late with statements, and about where an organisation wants its e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from dashboard.answers import Answer, Items, Provider
from dashboard.client import Client
from dashboard.texts import actuality as words
from dashboard.texts import showing


class Detail(Answer):
    label: str
    text: str


class ContractLateness(Answer):
    """How a contract's offers are kept up to date; times and reminders over the last year."""

    contract_number: str
    contracted_for: str
    provider: Provider
    phone: str | None = None
    email: str | None = None
    update_term_days: int
    offers: int
    late: int
    never_stated: int
    days_late: int
    times_late: int
    reminders: int
    by_email: str
    emailed_on: date | None = None
    last_stated_on: date | None = None


class Reminder(Answer):
    """What a provider was told of its statements, with what it was about."""

    kind: str
    title: str
    details: tuple[Detail, ...] = ()
    told_at: datetime


_REMINDERS = {"capacity-due", "capacity-stale", "capacity-missing"}
_MOST_NOTICES = 100
"""Of all kinds; a provider that got more since then sees the newest reminders among them."""


class Lateness(Answer):
    """The chase list; the counts are of offers, each once, however many contracts cover it."""

    offers: int
    late: int
    never_stated: int
    items: tuple[ContractLateness, ...]


class ContactAddress(Answer):
    id: str
    email: str


@dataclass(frozen=True, slots=True)
class BeingTold:
    """What one person can ask and change."""

    api: Client
    token: str

    def lateness(self, area: str) -> Lateness:
        """Of a region or a municipality; the contract that is longest late first."""
        return self.api.get(_lateness_of(area), Lateness, self.token)

    def lateness_file(self, area: str) -> bytes:
        """The same list for a spreadsheet program."""
        return self.api.answered("GET", _lateness_of(area), self.token, query={"format": "csv"}).content

    def reminders(self, since: datetime) -> list[Reminder]:
        """The newest first, whether or not they were also sent by e-mail."""
        query = {"since": since.isoformat(), "limit": _MOST_NOTICES}
        told = self.api.get("notices", Items[Reminder], self.token, query).items
        return [each for each in told if each.kind in _REMINDERS]

    def addresses(self) -> tuple[ContactAddress, ...]:
        return self.api.get("contact-addresses", Items[ContactAddress], self.token).items

    def add_address(self, email: str) -> ContactAddress:
        """Raises Failure when it is none, or there already."""
        return self.api.send("POST", "contact-addresses", ContactAddress, self.token, body={"email": email})

    def remove_address(self, address: str) -> None:
        self.api.delete(f"contact-addresses/{address}", self.token)


def _lateness_of(area: str) -> str:
    kind = "municipalities" if area.startswith("GM") else "regions"
    return f"{kind}/{area}/lateness"


def named(typed: str, contracts: Iterable[ContractLateness]) -> list[ContractLateness]:
    """The contracts whose provider or number holds every typed word."""
    sought = typed.casefold().split()
    return [each for each in contracts if all(word in _names(each) for word in sought)]


def _names(contract: ContractLateness) -> str:
    return f"{contract.provider.name} {contract.provider.agb_code} {contract.contract_number}".casefold()


def lateness_table(contracts: Iterable[ContractLateness]) -> pd.DataFrame:
    """Contracts with how late their offers are, in the given order."""
    rows = [
        (
            each.provider.name,
            each.late,
            each.days_late,
            each.phone,
            each.email,
            each.times_late,
            each.reminders,
            _reached(each),
            each.last_stated_on,
            each.offers,
            each.update_term_days,
            words.CONTRACTED_FOR[each.contracted_for],
            each.contract_number,
        )
        for each in contracts
    ]
    return pd.DataFrame(rows, columns=list(words.COLUMNS.values()))


def _reached(contract: ContractLateness) -> str:
    """What became of the last reminder, with the day when one arrived."""
    said = words.BY_EMAIL[contract.by_email]
    return f"{said} {showing.day_and_month(contract.emailed_on)}" if contract.emailed_on else said
