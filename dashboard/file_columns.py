"""What the columns of a sent file hold: how we read them, what a person says of them, and what was remembered.

The same for every kind of list. What is only alike is asked once, as the next file remembers it; what is sure can be
said otherwise; of what cannot be read at all, every column can be named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.answers import ImportColumn
from dashboard.client import Failure
from dashboard.texts import files

Said = dict[str, str | None]
"""Field by header, as a person says; None: leave the column out."""

_POINTER = "/choices/columns/"
_LEFT_OUT = "-"
_UNREAD = "unread"
"""Beside the API's own words for how a column was read: without an answer this file is no table."""

_NAMED = 5
"""Headers or names in a sentence; who wants all of them opens the list."""

_GROUPS: tuple[tuple[frozenset[str], str, bool], ...] = (
    (frozenset({_UNREAD}), files.UNREAD_COLUMNS, True),
    (frozenset({"alike"}), files.ALIKE_COLUMNS, True),
    (frozenset({"ignored"}), files.STRANGE_COLUMNS, False),
    (frozenset({"name", "given", "remembered"}), files.KNOWN_COLUMNS, False),
)
"""How they were read, what is said above them, and whether they are to be answered before anything else."""


def said(preview: Callable[[Said], Sequence[ImportColumn]], fields: Mapping[str, str], key: str) -> Said:
    """What a person says of the columns of a file; `preview`: how they are read with these answers.

    A file that cannot be read at all is asked about first; with those answers its other columns can be told.
    """
    columns = understood(lambda: preview({}))
    answers = ask(columns, fields, key)
    if answers and any(column.how == _UNREAD for column in columns):
        asked = {column.header for column in columns}
        rest = [column for column in understood(lambda: preview(answers)) if column.header not in asked]
        answers |= ask(rest, fields, key)
    return answers


def understood(preview: Callable[[], Sequence[ImportColumn]]) -> tuple[ImportColumn, ...]:
    """Each header once, as the service reads it with nobody's help.

    Raises Failure when naming columns would not help.
    """
    try:
        columns = preview()
    except Failure as failure:
        headers = [
            fault.pointer.removeprefix(_POINTER) for fault in failure.faults if fault.pointer.startswith(_POINTER)
        ]
        if not headers:
            raise
        columns = [ImportColumn(header=header, how=_UNREAD) for header in headers]
    return tuple({column.header: column for column in reversed(columns)}.values())[::-1]


def ask(columns: Sequence[ImportColumn], fields: Mapping[str, str], key: str) -> Said:
    """What a person says of these columns (of `understood`): the answers that are asked for, and the other corrections.

    `fields`: what a column may hold, by the API's code. `key`: of this very file.
    """
    said: Said = {}
    for hows, heading, is_open in _GROUPS:
        if group := [column for column in columns if column.how in hows]:
            with st.expander(heading.format(columns=_named(group)), expanded=is_open):
                for column, cell in zip(group, side_by_side(len(group)), strict=True):
                    with cell:
                        picked = _picked(column, fields, key)
                    if picked and (column.how == "alike" or picked != _taken_for(column)):
                        said[column.header] = None if picked == _LEFT_OUT else picked
    return said


def side_by_side(count: int) -> Iterator[DeltaGenerator]:
    """Places for questions, two in a row; on a phone they stand below each other."""
    for at in range(0, count, 2):
        yield from st.columns(2)[: count - at]


def show_memory(
    columns: Sequence[ImportColumn], names: Sequence[str], forget: Callable[..., None], args: tuple[Any, ...]
) -> None:
    """What is not used of the file, and what was remembered of earlier ones, columns and names, with the way back."""
    if unused := [column.header for column in columns if column.how == "ignored"]:
        st.caption(files.NOT_USED.format(columns=_shortened(unused)))
    known = [
        files.MEANS.format(words=column.header, meant=column.name or files.LEFT_OUT.lower())
        for column in columns
        if column.how == "remembered"
    ]
    if known or names:
        st.caption(files.REMEMBERED.format(said=_shortened([*known, *names], "; ")))  # names have commas of their own
        st.button(files.FORGET, key="bestand-vergeten", type="tertiary", on_click=forget, args=args)


def _picked(column: ImportColumn, fields: Mapping[str, str], key: str) -> str | None:
    """What is chosen for the column; what we took it for is chosen beforehand."""
    labels = {**fields, _LEFT_OUT: files.LEFT_OUT}
    taken_for = _taken_for(column)
    picked: str | None = st.selectbox(
        files.WHICH_COLUMN.format(header=column.header),
        list(labels),
        index=list(labels).index(taken_for) if taken_for else None,
        format_func=labels.__getitem__,
        placeholder=files.WHICH_COLUMN_PLACEHOLDER,
        key=f"{key}-kolom-{column.header}",
    )
    return picked


def _taken_for(column: ImportColumn) -> str | None:
    return column.field or (_LEFT_OUT if column.how == "remembered" else None)


def _named(columns: Iterable[ImportColumn]) -> str:
    return _shortened([column.header for column in columns])


def _shortened(words: Sequence[str], between: str = ", ") -> str:
    """The first few, and how many there are more."""
    named, more = between.join(words[:_NAMED]), len(words) - _NAMED
    return files.AND_MORE.format(named=named, count=more) if more > 0 else named
