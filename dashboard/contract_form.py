"""The form of a contract: its number and scope, its days and terms, and which care it gives which areas."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.client import JSON
from dashboard.supply_answers import Contract
from dashboard.texts import supply as nl

Names = Mapping[str, str]
"""What people call something, by its code."""

Lines = list[dict[str, str]]

Pair = tuple[Sequence[str], Sequence[str]]
"""Care types, and the areas that each of them is for."""

_LABEL, _HELP = nl.CONTRACT_FIELDS, nl.CONTRACT_HELP
_DAYS = ("validFrom", "validUntil", "suspendedFrom", "suspendedUntil")
_NATIONAL = "national"


def content(contract: Contract) -> JSON:
    """What a contract says, as the form says it."""
    plain = contract.model_dump(mode="json", by_alias=True)
    said = {name: plain[name] for name in ("number", "scope", *_DAYS, "updateTermDays", "answerTermDays")}
    return said | {"lines": _sorted((line.care_type.code, line.area.code) for line in contract.lines)}


def fields(now: JSON, care_types: Names, areas: Names, key: str) -> tuple[JSON, list[Pair]]:
    """The form as it begins with `now`; empty for a new contract. Returns what it says, and which care it gives where:
    see `lines_of`."""
    left, right = st.columns(2)
    scopes = [code for code in nl.SCOPES if code != _NATIONAL or now.get("scope") == _NATIONAL]
    said: JSON = {
        "number": left.text_input(_LABEL["number"], now.get("number", ""), max_chars=100),
        "scope": right.selectbox(
            _LABEL["scope"], scopes, scopes.index(now.get("scope", "regional")), nl.SCOPES.__getitem__
        ),
    }
    pairs = _care_per_area(now.get("lines", []), care_types, areas, key)
    return said | _terms(now), pairs


def _terms(now: JSON) -> JSON:
    days = {}
    for column, name in zip(st.columns(4), _DAYS, strict=True):
        begins = now.get(name, "today" if name == "validFrom" and not now else None)
        day: date | None = column.date_input(_LABEL[name], begins, format="DD-MM-YYYY", help=_HELP.get(name))
        days[name] = day.isoformat() if day else None
    left, right = st.columns(2)
    update = left.number_input(_LABEL["updateTermDays"], 1, 366, now.get("updateTermDays", 30))
    answer = right.number_input(
        _LABEL["answerTermDays"], 1, 5, now.get("answerTermDays", 5), help=_HELP["answerTermDays"]
    )
    return {**days, "updateTermDays": update, "answerTermDays": answer}


def together(lines: Lines) -> list[Pair]:
    """Lines as few pairs: areas that get the same care stand together, those with most care first."""
    care_of: dict[str, set[str]] = {}
    for line in lines:
        care_of.setdefault(line["area"], set()).add(line["careType"])
    pairs: dict[tuple[str, ...], list[str]] = {}
    for area in sorted(care_of):
        pairs.setdefault(tuple(sorted(care_of[area])), []).append(area)
    return sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[1]))


def is_half(pairs: Sequence[Pair]) -> bool:
    """Whether some care has no area, or the other way round: nobody means that."""
    return any(bool(types) != bool(areas) for types, areas in pairs)


def lines_of(pairs: Sequence[Pair]) -> Lines:
    """The lines that the pairs stand for, each once."""
    return _sorted((care, area) for types, areas in pairs for care in types for area in areas)


def _sorted(lines: Any) -> Lines:  # noqa: ANN401 - pairs of a care type and an area
    return [{"careType": care, "area": area} for care, area in sorted(set(lines))]


def _care_per_area(lines: Lines, care_types: Names, areas: Names, key: str) -> list[Pair]:
    """A row for every pair, and one more for what is agreed beside them."""
    pairs = together(lines) or [((), list(areas)[:1])]
    said = [_pair(at, pair, care_types, areas, key) for at, pair in enumerate(pairs)]
    with st.expander(nl.ANOTHER_PAIR):
        said.append(_pair(len(pairs), ((), ()), care_types, areas, key))
    return said


def _pair(at: int, pair: Pair, care_types: Names, areas: Names, key: str) -> Pair:
    number = f" ({at + 1})" if at else ""
    chosen = []
    for column, field, names, now in zip(st.columns(2), ("careTypes", "areas"), (care_types, areas), pair, strict=True):
        chosen.append(
            column.multiselect(
                f"{_LABEL[field]}{number}",
                list(names),
                list(now),
                names.__getitem__,
                help=_HELP.get(field),
                placeholder=nl.CHOOSE,
                key=f"{key}-{field}-{at}",
            )
        )
    return chosen[0], chosen[1]
