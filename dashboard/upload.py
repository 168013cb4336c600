"""Places by spreadsheet: the template out, a file in, what it would change, and one button to save it all.

A file lives only in this browser session, and only until it is saved or closed.
"""

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

import pandas as pd
import streamlit as st

from dashboard import answers, file_columns, grid, session
from dashboard.client import JSON, Failure, SignInNeeded
from dashboard.texts import files, nl, showing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_OPEN, _SAID, _FILE = "bestand-open", "bestand-gezegd", "bestand-keuze"
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
    understood = file_columns.understood(lambda: _previewed(person.token, file, "{}").columns)
    columns = {"columns": file_columns.ask(understood, files.FIELDS, key=f"bestand-{sha256(file).hexdigest()[:12]}")}
    choices = columns | _choices(_previewed(person.token, file, json.dumps(columns)))
    preview = _previewed(person.token, file, json.dumps(choices))
    counts = preview.counts
    st.markdown(files.summary(counts.changed + counts.first, counts.unchanged, counts.empty, counts.faulty))
    file_columns.show_memory(preview.columns, [], _forget, (person.token,))
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


def _forget(token: str) -> None:
    session.api().forget_import_memory(token)
    _previewed.clear()


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
