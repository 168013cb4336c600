"""A list of contracts on the screen: the template out, a file in, what it would do, names to confirm, one button.

A file lives only in this browser session, and only until it is saved.
"""

import pandas as pd
import streamlit as st

from dashboard import fetch, session, supply
from dashboard.client import Failure
from dashboard.faults import show as show_faults
from dashboard.quarter import XLSX
from dashboard.supply_answers import ContractImport
from dashboard.texts import nl as common
from dashboard.texts import supply as nl

_MOST_NAMES = 20
"""Who has more does them at Zorgvormen."""


def show(person: session.Person) -> None:
    st.header(nl.LIST, anchor=False)
    st.caption(nl.LIST_EXPLAINED)
    st.download_button(
        nl.LIST_TEMPLATE,
        data=lambda: supply.contract_template(session.api(), person.token),
        file_name="contracten.xlsx",
        mime=XLSX,
        key="contracten-sjabloon",
        on_click="ignore",
    )
    edition = st.session_state.get("lijst-uitgave", 0)
    chosen = st.file_uploader(nl.LIST_CHOOSE, type=["xlsx", "csv", "txt"], key=f"lijst-{edition}", max_upload_size=10)
    if chosen is None:
        return
    try:
        _judge(person, chosen.getvalue())
    except Failure as failure:
        show_faults(failure, {})


def _judge(person: session.Person, file: bytes) -> None:
    preview = supply.preview_contracts(session.api(), person.token, file)
    counts = preview.counts
    st.markdown(nl.LIST_SUMMARY.format(**counts.model_dump()))
    if preview.unknown_products and person.organisation.startswith("JZ"):
        _confirm_names(person, preview.unknown_products[:_MOST_NAMES])
    if preview.faulty_rows:
        _show_faults(person, file, preview)
    if not (changed := changes(preview)).empty:
        st.subheader(nl.LIST_CHANGES, anchor=False)
        st.dataframe(changed, hide_index=True, alt=nl.LIST_CHANGES_ALT)
    ready = not preview.faulty_rows and bool(counts.new + counts.changed)
    if st.button(nl.LIST_SAVE, key="lijst-opslaan", type="primary", disabled=not ready):
        saved = supply.save_contracts(session.api(), person.token, file, preview.etag).counts
        st.session_state["contracten-gezegd"] = nl.LIST_SAVED.format(new=saved.new, changed=saved.changed)
        st.session_state["lijst-uitgave"] = st.session_state.get("lijst-uitgave", 0) + 1
        st.rerun()


def _confirm_names(person: session.Person, names: tuple[str, ...]) -> None:
    """A human says what the region's own names mean; then the list is looked at again."""
    care_types = {each.code: each.name for each in fetch.care_types()}
    st.subheader(nl.UNKNOWN_PRODUCTS, anchor=False)
    with st.form("lijst-namen", border=False):
        said: dict[str, str | None] = {}
        for each in supply.suggestions(session.api(), person.token, person.organisation, list(names)):
            likely = [one.care_type.code for one in each.suggestions]
            codes = [*likely, *(code for code in care_types if code not in likely)]
            label, key = nl.WHAT_IS.format(name=each.name), f"lijst-naam-{each.name}"
            said[each.name] = st.selectbox(label, codes, None, care_types.__getitem__, placeholder=nl.CHOOSE, key=key)
        if st.form_submit_button(nl.CONFIRM_NAMES):
            chosen: dict[str, str | None] = {name: code for name, code in said.items() if code}
            if chosen:
                supply.name_products(session.api(), person.token, person.organisation, chosen)
            st.rerun()


def _show_faults(person: session.Person, file: bytes, preview: ContractImport) -> None:
    st.subheader(nl.LIST_FAULTS, anchor=False)
    st.dataframe(faults(preview), hide_index=True, alt=nl.LIST_FAULTS_ALT)
    st.caption(nl.LIST_NOTHING_SAVED)
    st.download_button(
        nl.LIST_CORRECTIONS,
        data=lambda: supply.corrected_contracts(session.api(), person.token, file),
        file_name="contracten-nakijken.xlsx",
        mime=XLSX,
        key="lijst-nakijken",
        on_click="ignore",
    )


def faults(preview: ContractImport) -> pd.DataFrame:
    """One line per fault: where, and what to do."""
    lines = [
        (row.row, row.number or common.EMPTY, fault.column or common.EMPTY, fault.detail)
        for row in preview.faulty_rows
        for fault in row.faults
    ]
    return pd.DataFrame(lines, columns=list(nl.LIST_FAULT_COLUMNS))


def changes(preview: ContractImport) -> pd.DataFrame:
    """One line per new contract and per term that changes."""
    lines = []
    for each in preview.contracts:
        if each.outcome == "new":
            lines.append((each.number, each.provider.name, nl.NEW_MARK, common.EMPTY, common.EMPTY))
        for change in each.changes:
            was, becomes = (common.EMPTY if value is None else str(value) for value in (change.was, change.becomes))
            lines.append((each.number, each.provider.name, change.column, was, becomes))
    return pd.DataFrame(lines, columns=list(nl.LIST_CHANGE_COLUMNS))
