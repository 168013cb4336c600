"""For which municipalities an offer could be used on which days, as was on record then.

A contract that changed held as it was until the day of the change; what it says now is not projected back. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from availability.geography.atlas import COUNTRY
from matcher.guarantee_days import Agreement

Kind = tuple[str, str]
"""A provider and a care type."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ground:
    """A region with its municipalities, which are the areas of its promises, in their order."""

    region: str
    municipalities: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every area whose contracts serve somebody here."""
        return (COUNTRY, self.region, *self.municipalities)

    def positions(self, codes: Iterable[str]) -> tuple[int, ...]:
        """The municipalities that contracts for these areas serve."""
        named = set(codes)
        if named & {COUNTRY, self.region}:
            return tuple(range(len(self.municipalities)))
        return tuple(at for at, code in enumerate(self.municipalities) if code in named)


def agreements(
    current: Sequence[Row[Any]], changes: Sequence[Row[Any]], ground: Ground, care_types: Iterable[str]
) -> Mapping[Kind, list[Agreement]]:
    """Per provider and care type what was agreed, from contracts as they are now and what they were before."""
    found: defaultdict[Kind, list[Agreement]] = defaultdict(list)
    changed = {change.contract_id for change in changes}
    for row in current:
        if row.id not in changed:
            found[row.provider_agb, row.care_type_code] += _running(row._asdict(), ground.positions(row.areas))
    for kind, agreed in _as_they_were(changes, ground, frozenset(care_types)):
        found[kind].append(agreed)
    return found


def _running(terms: Mapping[str, Any], areas: tuple[int, ...]) -> Iterator[Agreement]:
    """The days on which a contract holds: two pieces where it is suspended in between."""
    last = terms["valid_until"] or date.max
    since, until = terms["suspended_from"], terms["suspended_until"] or date.max
    pieces = [(terms["valid_from"], last)]
    if since is not None:
        after = until + DAY if until < date.max else date.max
        pieces = [(terms["valid_from"], min(last, since - DAY)), (max(terms["valid_from"], after), last)]
    for first, end in pieces:
        if first <= end and areas and first < date.max:
            yield Agreement(areas, first, end, terms["update_term_days"])


_DAYS = {
    "valid_from": "validFrom",
    "valid_until": "validUntil",
    "suspended_from": "suspendedFrom",
    "suspended_until": "suspendedUntil",
}
"""How the history of contracts writes them (`ContractContent`)."""


def _as_they_were(
    changes: Sequence[Row[Any]], ground: Ground, care_types: frozenset[str]
) -> Iterator[tuple[Kind, Agreement]]:
    for at, change in enumerate(changes):
        first_of_its_contract = at == 0 or changes[at - 1].contract_id != change.contract_id
        follows = at + 1 < len(changes) and changes[at + 1].contract_id == change.contract_id
        if first_of_its_contract and change.before:
            yield from _written(change.before, (date.min, change.changed_on - DAY), ground, care_types)
        until = changes[at + 1].changed_on - DAY if follows else date.max
        yield from _written(change.after, (change.changed_on, until), ground, care_types)


def _written(
    content: Mapping[str, Any], known: tuple[date, date], ground: Ground, care_types: frozenset[str]
) -> Iterator[tuple[Kind, Agreement]]:
    """What a contract with this content agreed, on the days on which that was its content."""
    terms: dict[str, Any] = {name: _day(content.get(written)) for name, written in _DAYS.items()}
    terms["update_term_days"] = content["updateTermDays"]
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for line in content["lines"]:
        lines[line["careType"]].append(line["area"])
    for care_type in lines.keys() & care_types:
        for agreed in _running(terms, ground.positions(lines[care_type])):
            first, last = max(agreed.first, known[0]), min(agreed.last, known[1])
            if first <= last:
                yield (content["provider"], care_type), Agreement(agreed.areas, first, last, agreed.term_days)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
