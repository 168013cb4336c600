"""The API's calls about who is late with statements, and about where an organisation wants its e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from dashboard.answers import Answer, Items, Provider
from dashboard.client import Client
from dashboard.texts import actuality as words


class Detail(Answer):
    label: str
    text: str


class ContractLateness(Answer):
    """How a contract's offers are kept up to date; times and reminders over the last year."""

    contract_number: str
    provider: Provider
    update_term_days: int
    offers: int
    late: int
    never_stated: int
    days_late: int
    times_late: int
    reminders: int
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


class ContactAddress(Answer):
    id: str
    email: str


@dataclass(frozen=True, slots=True)
class BeingTold:
    """What one person can ask and change."""

    api: Client
    token: str

    def lateness(self, region: str) -> tuple[ContractLateness, ...]:
        """The contract that is longest late first."""
        return self.api.get(f"regions/{region}/lateness", Items[ContractLateness], self.token).items

    def lateness_file(self, region: str) -> bytes:
        """The same list for a spreadsheet program."""
        return self.api.answered("GET", f"regions/{region}/lateness", self.token, query={"format": "csv"}).content

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
            each.offers,
            each.times_late,
            each.reminders,
            each.last_stated_on,
            each.update_term_days,
            each.contract_number,
        )
        for each in contracts
    ]
    return pd.DataFrame(rows, columns=list(words.COLUMNS.values()))
