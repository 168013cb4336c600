"""What a region calls its products: which names can be asked, which care type each may be, and what was chosen.

A name that the service does not take (too long, a telephone number in it) must not stop the other names.
"""

import unicodedata
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import supply
from dashboard.client import Client, Failure
from dashboard.supply_answers import Interpreted
from dashboard.texts import supply as nl

MOST = 100
"""Names at a time: nobody answers more on one screen."""

_POINTER = "/names/"


def written(lines: str) -> list[str]:
    """The names in a pasted text, once each: capitals, accents and signs make no other name."""
    names: dict[str, str] = {}
    for line in lines.splitlines():
        if name := line.strip():
            names.setdefault(_same(name), name)
    return list(names.values())


def _same(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(
        each if each.isalnum() or each == "+" else " " for each in letters if not unicodedata.combining(each)
    )
    return " ".join(kept.split()) or name


def suggested(
    api: Client, token: str, region: str, names: Sequence[str]
) -> tuple[tuple[Interpreted, ...], dict[str, str]]:
    """What each name means or may mean; and of those that cannot be asked, why not. Raises Failure for all else."""
    try:
        return supply.suggestions(api, token, region, list(names)), {}
    except Failure as failure:
        wrong = {names[at]: fault.detail for fault in failure.faults if (at := _position(fault.pointer)) is not None}
        if not wrong:
            raise
    rest = [name for name in names if name not in wrong]
    return (supply.suggestions(api, token, region, rest) if rest else ()), wrong


def _position(pointer: str) -> int | None:
    at = pointer.removeprefix(_POINTER)
    return int(at) if pointer.startswith(_POINTER) and at.isdecimal() else None


def ask(found: Sequence[Interpreted], care_types: Mapping[str, str]) -> dict[str, str | None]:
    """Per name the care type that is chosen so far, the likeliest first in the list; `care_types`: name by code."""
    for each in found:
        if each.care_type:
            st.markdown(nl.SURE_ALREADY.format(name=each.name, care_type=each.care_type.name))
    return {each.name: _chosen(each, care_types) for each in found if not each.care_type}


def _chosen(asked: Interpreted, care_types: Mapping[str, str]) -> str | None:
    likely = {one.care_type.code: one.likeness for one in asked.suggestions}
    labels = {
        code: nl.SUGGESTION.format(name=care_types[code], likeness=likely[code])
        if likely.get(code)
        else care_types[code]
        for code in [*likely, *(code for code in care_types if code not in likely)]
    }
    picked: str | None = st.selectbox(
        nl.WHAT_IS.format(name=asked.name),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=nl.CHOOSE,
        key=f"naam-{asked.name}",  # by name: an answer must not slip to the next one when this one is done
    )
    return picked
