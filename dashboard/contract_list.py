"""A list of contracts on the screen: the template out, a file in, what it raises and what it would do, one button.

A file lives only in this browser session, and only until it is saved.
"""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

import pandas as pd
import streamlit as st

from dashboard import clicked, contract_names, file_columns, once, session, supply
from dashboard.client import JSON, ChangedMeanwhile, Failure
from dashboard.faults import show as show_faults
from dashboard.quarter import XLSX
from dashboard.supply_answers import ContractedLine, ContractImport, ListedContract, TermChange
from dashboard.texts import files, showing
from dashboard.texts import nl as common
from dashboard.texts import supply as nl

_FAILED, _SAID, _EDITION = "lijst-mislukt", "lijst-gezegd", "lijst-uitgave"


def show(person: session.Person) -> None:
    st.header(nl.LIST, anchor=False)
    st.caption(nl.LIST_EXPLAINED)
    with st.container(horizontal=True):
        _template(person.token, nl.LIST_TEMPLATE, "xlsx", XLSX)
        _template(person.token, nl.LIST_TEMPLATE_CSV, "csv", "text/csv")
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    edition = st.session_state.get(_EDITION, 0)
    chosen = st.file_uploader(nl.LIST_CHOOSE, type=["xlsx", "csv", "txt"], key=f"lijst-{edition}", max_upload_size=10)
    if failure := clicked.told(_FAILED):
        _say(failure)
    if chosen is None:
        return
    try:
        _judge(person, chosen.getvalue())
    except Failure as failure:
        _say(failure)


def _template(token: str, label: str, format_: str, mime: str) -> None:
    st.download_button(
        label,
        data=lambda: supply.contract_template(session.api(), token, format_),
        file_name=f"contracten.{format_}",
        mime=mime,
        key=f"contracten-sjabloon-{format_}",
        on_click="ignore",
    )


def _say(failure: Failure) -> None:
    if isinstance(failure, ChangedMeanwhile):
        st.warning(nl.LIST_MEANWHILE)
    else:
        show_faults(failure, {"rows": nl.LIST_ROW, "choices": nl.LIST_COLUMN})


def _judge(person: session.Person, file: bytes) -> None:
    """What the list would do, what it asks, and the button."""
    choices, preview = _answered(person, file)
    st.markdown(_summary(preview))
    if preview.skipped_rows:
        st.caption(nl.LIST_SKIPPED.format(rows=", ".join(map(str, preview.skipped_rows))))
    _show_left_out(preview)
    names = preview.named_providers
    file_columns.show_memory(preview.columns, contract_names.remembered(names), _forget, (person.token,))
    contract_names.show_given(names)
    contract_names.ask_providers(person, names)
    if preview.unknown_products and person.organisation.startswith("JZ"):
        contract_names.ask_products(person, preview.unknown_products, _previewed.clear)
    if preview.faulty_rows:
        _show_faults(person, file, choices, preview)
    _show_changes(preview.contracts)
    st.button(
        nl.LIST_SAVE,
        key="lijst-opslaan",
        type="primary",
        disabled=bool(preview.faulty_rows) or not preview.counts.new + preview.counts.changed,
        on_click=_save,
        args=(person.token, file, choices, preview),
    )


def _summary(preview: ContractImport) -> str:
    """A row that is not understood may be of any contract: rows are counted beside them."""
    counted = nl.LIST_SUMMARY.format(**preview.counts.model_dump())
    faulty = showing.count(len(preview.faulty_rows), "rij", "rijen")
    return f"{counted} {nl.LIST_TO_CHECK.format(rows=faulty)}" if preview.faulty_rows else counted


def _show_left_out(preview: ContractImport) -> None:
    """The sheets with which nothing is done; loudly when they look like more of the same."""
    for is_table, say, sentence in (
        (True, st.warning, files.LEFT_OUT_TABLES),
        (False, st.caption, files.LEFT_OUT_SHEETS),
    ):
        if others := [sheet.name for sheet in preview.left_out_sheets if sheet.is_table is is_table]:
            say(sentence.format(sheet=preview.sheet, others=", ".join(others)))


def _answered(person: session.Person, file: bytes) -> tuple[JSON, ContractImport]:
    """What the manager says of the columns and names of this list, and what it then does."""
    understood = file_columns.understood(lambda: _preview(person, file, {}).columns)
    columns = file_columns.ask(understood, nl.LIST_FIELDS, _digest(file))
    choices: JSON = {"columns": columns} if columns else {}
    if said := contract_names.said_of(_preview(person, file, choices).named_providers):
        choices |= {"providers": said}
    return choices, _preview(person, file, choices)


def _digest(file: bytes, choices: JSON | None = None) -> str:
    said = json.dumps(choices, sort_keys=True).encode() if choices else b""
    return f"lijst-{sha256(file + said).hexdigest()[:16]}"


def _preview(person: session.Person, file: bytes, choices: JSON) -> ContractImport:
    """The same choices are the same question, however they came about."""
    return _previewed(person.token, file, json.dumps(choices, sort_keys=True))


@st.cache_data(ttl=60, max_entries=4, show_spinner=files.READING, scope="session")
def _previewed(token: str, file: bytes, choices: str) -> ContractImport:
    return supply.preview_contracts(session.api(), token, file, json.loads(choices))


def _forget(token: str) -> None:
    with clicked.telling(_FAILED):
        supply.forget_list_choices(session.api(), token)
        _previewed.clear()


def _save(token: str, file: bytes, choices: JSON, preview: ContractImport) -> None:
    """Save what was shown when the button was clicked, once however often it is clicked; then look anew."""
    keys = once.keys()
    sending = keys.sending("contractenlijst", _digest(file, choices), preview.etag)
    with clicked.telling(_FAILED):
        try:
            if sending.done_at is None:
                supply.save_contracts(session.api(), token, file, choices, preview.etag)
                keys.done(sending)  # before the screen may run again: a second click finds it done
        finally:
            _previewed.clear()
        counts = preview.counts
        st.session_state[_SAID] = nl.LIST_SAVED.format(new=counts.new, changed=counts.changed)
        st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1
        contract_names.forget()


def _show_faults(person: session.Person, file: bytes, choices: JSON, preview: ContractImport) -> None:
    st.subheader(nl.LIST_FAULTS, anchor=False)
    st.dataframe(faults(preview), hide_index=True, alt=nl.LIST_FAULTS_ALT)
    st.caption(nl.LIST_NOTHING_SAVED)
    st.download_button(
        nl.LIST_CORRECTIONS,
        data=lambda: supply.corrected_contracts(session.api(), person.token, file, choices),
        file_name="contracten-nakijken.xlsx",
        mime=XLSX,
        key="lijst-nakijken",
        on_click="ignore",
    )


def _show_changes(contracts: Sequence[ListedContract]) -> None:
    if not (changed := changes(contracts)).empty:
        st.subheader(nl.LIST_CHANGES, anchor=False)
        if lost := sum(len(each.lines_removed) for each in contracts):
            st.warning(nl.LINES_LOST.format(count=lost) if lost > 1 else nl.LINE_LOST)
        st.dataframe(changed, hide_index=True, alt=nl.LIST_CHANGES_ALT)
    if not (new := begun(contracts)).empty:
        st.subheader(nl.LIST_NEW, anchor=False)
        st.dataframe(new, hide_index=True, placeholder=common.EMPTY, alt=nl.LIST_NEW_ALT)


def faults(preview: ContractImport) -> pd.DataFrame:
    """One line per fault: where, and what to do."""
    lines = [
        (row.row, row.number or common.EMPTY, fault.column or common.EMPTY, fault.detail)
        for row in preview.faulty_rows
        for fault in row.faults
    ]
    return pd.DataFrame(lines, columns=list(nl.LIST_FAULT_COLUMNS))


def changes(contracts: Sequence[ListedContract]) -> pd.DataFrame:
    """Of contracts that there are: one line per term that changes, and per care type and area that comes or goes."""
    lines = []
    for each in contracts:
        whose = (each.number, each.provider.name)
        if each.outcome == "changed":
            lines += [(*whose, change.column, *_was_becomes(change)) for change in each.changes]
            lines += [(*whose, nl.LINE_GOES, _line(line), common.EMPTY) for line in each.lines_removed]
            lines += [(*whose, nl.LINE_COMES, common.EMPTY, _line(line)) for line in each.lines_added]
    return pd.DataFrame(lines, columns=list(nl.LIST_CHANGE_COLUMNS))


def begun(contracts: Sequence[ListedContract]) -> pd.DataFrame:
    """One line per new contract, with all that it agrees."""
    number, provider, lines = nl.LIST_NEW_COLUMNS
    rows = [
        {number: each.number, provider: each.provider.name}
        | {change.column: _was_becomes(change)[1] for change in each.changes}
        | {lines: ", ".join(map(_line, each.lines_added))}
        for each in contracts
        if each.outcome == "new"
    ]
    return pd.DataFrame(rows)


def _was_becomes(change: TermChange) -> tuple[str, str]:
    return _shown(change.field, change.was), _shown(change.field, change.becomes)


def _shown(field: str, value: int | str | None) -> str:
    if value is None:
        return common.EMPTY
    return f"{date.fromisoformat(str(value)):%d-%m-%Y}" if field in nl.LIST_DAYS else str(value)


def _line(line: ContractedLine) -> str:
    return nl.LINE.format(care_type=line.care_type.name, area=line.area.name)
