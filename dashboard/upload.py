"""Places by spreadsheet: the template out, a file in, what it would change, and one button to save it all.

A file lives only in this browser session, and only until it is saved or closed.
"""

import json
from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import answers, grid, session
from dashboard.client import JSON, Failure, SignInNeeded
from dashboard.texts import files, nl, showing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_OPEN, _SAID, _FILE = "bestand-open", "bestand-gezegd", "bestand-keuze"
_HEADER = "/choices/columns/"
_LEFT_OUT = "-"
_FIELDS = files.FIELDS | {_LEFT_OUT: files.LEFT_OUT}
_MOST_QUESTIONS = 20
"""Nobody answers a hundred questions one by one: such a file is better corrected."""


def controls(person: session.Person, *, busy: bool) -> None:
    """Two quiet buttons. While something is typed in the grid no file is read over it."""
    st.download_button(
        files.TEMPLATE,
        data=lambda: session.api().template(person.token),
        file_name=files.TEMPLATE_NAME,
        mime=XLSX,
        key="sjabloon",
        help=files.TEMPLATE_HELP,
        type="tertiary",
        on_click="ignore",
    )
    help_ = files.FIRST_SAVE if busy else files.FILE_HELP
    st.button(files.FILE, key="bestand", help=help_, type="tertiary", disabled=busy, on_click=_show, args=(True,))


def show(person: session.Person) -> None:
    """What was said last, and the file that somebody is looking at."""
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    if not st.session_state.get(_OPEN):
        return
    with st.container(border=True, key="bestandvak"):
        st.header(files.TITLE, anchor=False)
        chosen = st.file_uploader(files.CHOOSE, type=["xlsx", "csv", "txt"], key=_FILE, max_upload_size=10)
        try:
            if chosen is not None:
                _judge(person, chosen.getvalue())
        except SignInNeeded:
            raise
        except Failure as failure:
            st.error(" ".join([failure.sentence, *(fault.detail for fault in failure.faults)]))
        st.button(files.CLOSE, key="bestand-sluiten", type="tertiary", on_click=_show, args=(False,))


def _show(is_open: bool) -> None:
    st.session_state[_OPEN] = is_open


def _judge(person: session.Person, file: bytes) -> None:
    """Preview, questions, and the button."""
    columns = {"columns": _named(_unnamed(person.token, file))}
    choices = columns | _choices(_previewed(person.token, file, json.dumps(columns)))
    preview = _previewed(person.token, file, json.dumps(choices))
    counts = preview.counts
    st.markdown(files.summary(counts.changed + counts.first, counts.unchanged, counts.empty, counts.faulty))
    _show_columns(person, preview.columns)
    if counts.faulty:
        _show_faults(person, file, choices, preview)
    _show_changes(preview)
    saves = counts.changed + counts.first + counts.unchanged
    ready = bool(saves) and not counts.faulty
    if st.button(files.SAVE.format(count=saves), key="bestand-opslaan", type="primary", disabled=not ready):
        _save(person, file, choices, preview)


@st.cache_data(ttl=60, max_entries=4, show_spinner=False, scope="session")
def _previewed(token: str, file: bytes, choices: str) -> answers.CapacityImport:
    return session.api().preview_import(token, file, json.loads(choices))


def _unnamed(token: str, file: bytes) -> list[str]:
    """The headers of which nobody said yet what they hold. Raises Failure when naming them would not help."""
    try:
        return [column.header for column in _previewed(token, file, "{}").columns if column.how == "ignored"]
    except Failure as failure:
        headers = [fault.pointer.removeprefix(_HEADER) for fault in failure.faults if fault.pointer.startswith(_HEADER)]
        if not headers:
            raise
        return headers


def _named(headers: list[str]) -> dict[str, str | None]:
    """What the planner says that these columns hold; asked once, as the next file remembers it."""
    if not headers:
        return {}
    named: dict[str, str | None] = {}
    with st.expander(files.STRANGE_COLUMNS.format(columns=", ".join(headers[:_MOST_QUESTIONS]))):
        for header in headers[:_MOST_QUESTIONS]:
            picked = st.selectbox(
                files.WHICH_COLUMN.format(header=header),
                list(_FIELDS),
                index=None,
                format_func=_FIELDS.__getitem__,
                placeholder=files.WHICH_COLUMN_PLACEHOLDER,
                key=f"bestand-kolom-{header}",
            )
            if picked:
                named[header] = None if picked == _LEFT_OUT else picked
    return named


def _show_columns(person: session.Person, columns: Iterable[answers.ImportColumn]) -> None:
    """What is not used of the file, and what was remembered of an earlier one."""
    if unused := [column.header for column in columns if column.field is None]:
        st.caption(files.NOT_USED.format(columns=", ".join(unused)))
    if known := [column for column in columns if column.how == "remembered"]:
        said = ", ".join(f"{column.header} = {column.name or files.LEFT_OUT.lower()}" for column in known)
        st.caption(files.REMEMBERED.format(columns=said))
        if st.button(files.FORGET, key="bestand-vergeten", type="tertiary"):
            session.api().forget_import_memory(person.token)
            _previewed.clear()
            st.rerun()


def _choices(first: answers.CapacityImport) -> JSON:
    """What the planner answers to the questions that the file, read without help, raises."""
    offers = []
    for row in [row for row in first.rows if row.proposals][:_MOST_QUESTIONS]:
        names = {each.offer_id: f"{each.name} ({each.place})" for each in row.proposals}
        picked = st.selectbox(
            files.WHICH_OFFER.format(row=row.row, name=row.offer or nl.EMPTY),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=files.WHICH_PLACEHOLDER,
            key=f"bestand-rij-{row.row}",
        )
        offers += [{"row": row.row, "offerId": picked}] if picked else []
    jumps = any(fault.code == "unlikely-jump" for row in first.rows for fault in row.faults)
    return {"offers": offers, "confirmed": jumps and st.checkbox(files.SURE, key="bestand-zeker")}


def _show_faults(person: session.Person, file: bytes, choices: JSON, preview: answers.CapacityImport) -> None:
    st.subheader(files.TO_CORRECT, anchor=False)
    st.dataframe(faults(preview.rows), hide_index=True, alt=files.FAULTS_ALT)
    st.caption(files.NOTHING_SAVED_YET)
    st.download_button(
        files.CORRECTIONS,
        data=lambda: session.api().corrections(person.token, file, choices),
        file_name=files.CORRECTIONS_NAME,
        mime=XLSX,
        key="nakijken",
        on_click="ignore",
    )


def _show_changes(preview: answers.CapacityImport) -> None:
    changed = changes(preview.rows)
    if changed.empty:
        if not preview.counts.faulty:
            st.markdown(files.NOTHING_CHANGES)
        return
    st.subheader(files.WHAT_CHANGES, anchor=False)
    st.dataframe(changed, hide_index=True, alt=files.CHANGES_ALT)


def _save(person: session.Person, file: bytes, choices: JSON, preview: answers.CapacityImport) -> None:
    """Save all of it, look anew at what holds, and say so."""
    try:
        counts = session.api().save_import(person.token, file, choices, preview.etag).counts
    finally:
        _previewed.clear()
    changed = showing.count(counts.changed + counts.first, "opgave", "opgaven")
    st.session_state[_SAID] = files.SAVED.format(changed=changed, same=counts.unchanged)
    _show(False)
    grid.drop()
    st.rerun()


def changes(rows: Iterable[answers.ImportRow]) -> pd.DataFrame:
    """One line per value that changes: where, what it was and what it becomes."""
    lines = [
        (row.row, row.offer, row.place, change.column, *(_shown(change, each) for each in (change.was, change.becomes)))
        for row in rows
        for change in row.changes
        if not row.faults
    ]
    columns = [files.ROW, files.OFFER, files.PLACE, files.COLUMN, files.WAS, files.BECOMES]
    return pd.DataFrame(lines, columns=columns)


def _shown(change: answers.ValueChange, value: float | str | None) -> str:
    if isinstance(value, str):
        return f"{date.fromisoformat(value):%d-%m-%Y}" if change.field == "availableFrom" else value
    return showing.value(value)


def faults(rows: Iterable[answers.ImportRow]) -> pd.DataFrame:
    """One line per fault: where, and what to do."""
    lines = [(row.row, row.offer, fault.column or nl.EMPTY, fault.detail) for row in rows for fault in row.faults]
    return pd.DataFrame(lines, columns=[files.ROW, files.OFFER, files.COLUMN, files.WHAT])
