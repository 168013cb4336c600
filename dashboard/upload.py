"""Places by spreadsheet: the template out, a file in, what it would change, and one button to save it all.

A file lives only in this browser session, and only until it is saved or closed.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

import pandas as pd
import streamlit as st

from dashboard import answers, clicked, fetch, file_columns, file_offers, grid, once, session
from dashboard.client import JSON, Failure, SignInNeeded
from dashboard.texts import files, nl, showing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_OPEN, _SAID, _FILE, _FAILED = "bestand-open", "bestand-gezegd", "bestand-keuze", "bestand-mislukt"


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
        if failure := clicked.told(_FAILED):
            _say(failure)
        try:
            if chosen is not None:
                _judge(person, chosen.getvalue())
        except SignInNeeded:
            raise
        except Failure as failure:
            _say(failure)
        with st.container(horizontal=True):
            st.button(files.CLOSE, key="bestand-sluiten", type="tertiary", on_click=_show, args=(False,))
            st.download_button(
                files.TEMPLATE_CSV,
                data=lambda: session.api().template(person.token, "csv"),
                file_name=files.TEMPLATE_CSV_NAME,
                mime="text/csv",
                key="sjabloon-csv",
                type="tertiary",
                on_click="ignore",
            )


def _say(failure: Failure) -> None:
    """What the questions about columns ask already is not said again."""
    others = [fault.detail for fault in failure.faults if failure.code != "unreadable-file"]
    st.error(" ".join([failure.sentence, *others]))


def _show(is_open: bool) -> None:
    st.session_state[_OPEN] = is_open


def _judge(person: session.Person, file: bytes) -> None:
    """Preview, questions, and the button."""
    choices, preview = _answered(person, file)
    counts = preview.counts
    st.markdown(files.summary(counts.changed + counts.first, counts.unchanged, counts.empty, counts.faulty))
    _show_left_out(preview)
    file_columns.show_memory(preview.columns, file_offers.remembered(preview.rows), _forget, (person.token,))
    if counts.faulty:
        _show_faults(person, file, choices, preview)
    _show_changes(preview)
    saves = counts.changed + counts.first + counts.unchanged
    st.button(
        files.SAVE.format(count=saves),
        key="bestand-opslaan",
        type="primary",
        disabled=not saves or bool(counts.faulty),
        on_click=_save,
        args=(person.token, file, choices, preview),
    )


def _answered(person: session.Person, file: bytes) -> tuple[JSON, answers.CapacityImport]:
    """What the planner says to the questions that the file raises, and what it then does. The answers are to this file:
    another one asks anew."""
    columns = file_columns.said(
        lambda said: _preview(person, file, _of_columns(said)).columns, files.FIELDS, key=_digest(file)
    )
    choices = _of_columns(columns)
    rows = _preview(person, file, choices).rows
    offers = fetch.offers_of(person.token, person.organisation)
    if named := file_offers.ask(rows, offers, _digest(file, choices)):
        choices |= {"offers": named}
    preview = _preview(person, file, choices)
    jumps = any(fault.code == "unlikely-jump" for row in preview.rows for fault in row.faults)
    if jumps and st.checkbox(files.SURE, key=f"{_digest(file, choices)}-zeker"):
        choices |= {"confirmed": True}
        preview = _preview(person, file, choices)
    return choices, preview


def _of_columns(columns: file_columns.Said) -> JSON:
    return {"columns": columns} if columns else {}


def _digest(file: bytes, choices: JSON | None = None) -> str:
    said = json.dumps(choices, sort_keys=True).encode() if choices else b""
    return f"bestand-{sha256(file + said).hexdigest()[:16]}"


def _preview(person: session.Person, file: bytes, choices: JSON) -> answers.CapacityImport:
    """The same choices are the same question, however they came about."""
    return _previewed(person.token, file, json.dumps(choices, sort_keys=True))


@st.cache_data(ttl=60, max_entries=4, show_spinner=files.READING, scope="session")
def _previewed(token: str, file: bytes, choices: str) -> answers.CapacityImport:
    return session.api().preview_import(token, file, json.loads(choices))


def _forget(token: str) -> None:
    with clicked.telling(_FAILED):
        session.api().forget_import_memory(token)
        _previewed.clear()


def _show_left_out(preview: answers.CapacityImport) -> None:
    """The sheets with which nothing is done; loudly when they look like more of the same."""
    tables = [sheet.name for sheet in preview.left_out_sheets if sheet.is_table]
    others = [sheet.name for sheet in preview.left_out_sheets if not sheet.is_table]
    if tables:
        st.warning(files.LEFT_OUT_TABLES.format(sheet=preview.sheet, others=", ".join(tables)))
    if others:
        st.caption(files.LEFT_OUT_SHEETS.format(sheet=preview.sheet, others=", ".join(others)))


def _show_faults(person: session.Person, file: bytes, choices: JSON, preview: answers.CapacityImport) -> None:
    """What the file itself must say otherwise; names that are asked above can be said there."""
    offers = fetch.offers_of(person.token, person.organisation)
    wrong = [row for row in preview.rows if row.faults and not file_offers.is_mended_by_an_answer(row, offers)]
    if len(wrong) < preview.counts.faulty:
        st.info(files.FIRST_NAMES)
    if not wrong:
        return
    st.subheader(files.TO_CORRECT, anchor=False)
    st.dataframe(faults(wrong), hide_index=True, alt=files.FAULTS_ALT)
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


def _save(token: str, file: bytes, choices: JSON, preview: answers.CapacityImport) -> None:
    """Save what was shown when the button was clicked, once however often it is clicked; then look anew."""
    keys = once.keys()
    sending = keys.sending("bestand", _digest(file, choices), preview.etag)
    with clicked.telling(_FAILED):
        try:
            if sending.done_at is None:
                session.api().save_import(token, file, choices, preview.etag)
                keys.done(sending)  # before the screen may run again: a second click finds it done
        finally:
            _previewed.clear()
        counts = preview.counts
        changed = showing.count(counts.changed + counts.first, "opgave", "opgaven")
        st.session_state[_SAID] = files.SAVED.format(changed=changed, same=counts.unchanged)
        _show(False)
        grid.drop()


def changes(rows: Sequence[answers.ImportRow]) -> pd.DataFrame:
    """One line per value that changes: where, what it was and what it becomes; the file's words when those differ."""
    lines = [
        (
            row.row,
            row.words,
            row.offer,
            row.place,
            change.column,
            _shown(change, change.was),
            _shown(change, change.becomes),
        )
        for row in rows
        for change in row.changes
        if not row.faults
    ]
    columns = [files.ROW, files.IN_FILE, files.OFFER, files.PLACE, files.COLUMN, files.WAS, files.BECOMES]
    frame = pd.DataFrame(lines, columns=columns)
    is_called_otherwise = any(row.how in {"remembered", "given"} for row in rows)
    return frame if is_called_otherwise else frame.drop(columns=files.IN_FILE)


def _shown(change: answers.ValueChange, value: float | str | None) -> str:
    if isinstance(value, str):
        return f"{date.fromisoformat(value):%d-%m-%Y}" if change.field == "availableFrom" else value
    return showing.value(value)


def faults(rows: Iterable[answers.ImportRow]) -> pd.DataFrame:
    """One line per fault: where, and what to do."""
    lines = [(row.row, row.offer, fault.column or nl.EMPTY, fault.detail) for row in rows for fault in row.faults]
    return pd.DataFrame(lines, columns=[files.ROW, files.OFFER, files.COLUMN, files.WHAT])
