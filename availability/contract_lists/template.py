"""The contracts of a manager as rows of a list: the same list that comes back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from availability.contract_lists.columns import SCOPES
from availability.contracts.messages import TERMS, Contract
from matcher.question import Scope

_IN_DUTCH: Mapping[Scope, str] = {scope: word for word, scope in SCOPES.items()}


def rows_of(contracts: Iterable[Contract]) -> Iterator[dict[str, Any]]:
    """One row per line of each contract, by the fields of the list."""
    for contract in contracts:
        terms = {name: getattr(contract, name) for name in TERMS} | {"scope": _IN_DUTCH[contract.scope]}
        provider = {"provider": contract.provider.agb_code, "provider_name": contract.provider.name}
        for line in contract.lines:
            yield {**terms, **provider, "care_type": line.care_type.name, "area": line.area.code}
