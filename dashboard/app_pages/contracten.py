"""Contracten: which contract gives which area which care; changed, suspended, ended and added here."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard import arrangements, contract_form, contract_list, drafts, fetch, once, providers, session, supply
from dashboard.casework import Casework
from dashboard.client import JSON
from dashboard.drafts import Draft
from dashboard.supply_answers import Contract
from dashboard.texts import nl as common
from dashboard.texts import showing
from dashboard.texts import supply as nl

person = session.someone()
api = session.api()
label = nl.CONTRACT_FIELDS


def own_areas() -> dict[str, str]:
    """The areas this manager contracts for, by code: the region first."""
    regions = {region.code: region for region in fetch.youth_regions()}
    towns = {town.code: town.name for town in fetch.municipalities()}
    region = regions.get(person.organisation)
    if region is None:
        return {person.organisation: towns.get(person.organisation, person.organisation)}
    return {region.code: f"{region.name} (hele regio)"} | {code: towns[code] for code in region.municipalities}


def table(contracts: tuple[Contract, ...]) -> pd.DataFrame:
    rows = [
        (
            each.provider.name,
            each.number,
            nl.STANDINGS[each.standing],
            each.valid_from,
            each.valid_until,
            len({line.care_type.code for line in each.lines}),
            ", ".join(dict.fromkeys(line.area.name for line in each.lines)),
        )
        for each in contracts
    ]
    return pd.DataFrame(rows, columns=list(nl.CONTRACT_COLUMNS))


def save(draft: Draft, typed: JSON, change: Callable[[], Contract], sentence: str) -> None:
    """Do it, say so, and look anew; or say why not."""
    contract = drafts.send(draft, typed, change, label)
    if contract is not None:
        st.session_state["contracten-gezegd"] = sentence.format(number=contract.number)
        st.rerun()


def edit(contract: Contract) -> None:
    st.header(f"{contract.provider.name}, {contract.number}", anchor=False)
    lines = [(line.care_type.name, line.area.name) for line in contract.lines]
    with st.expander(nl.CONTRACT_LINES):
        columns = [label["careTypes"], label["areas"]]
        st.dataframe(pd.DataFrame(lines, columns=columns), hide_index=True, alt=nl.CONTRACT_LINES)
    if {line.area.code for line in contract.lines} <= own_areas().keys():
        change(contract)
    else:
        st.info(nl.NOT_YOUR_CONTRACT)
    with st.expander(nl.CONTRACT_HISTORY):
        history(contract)


def change(contract: Contract) -> None:
    """The form of a contract that is there. Only what was changed is sent."""
    draft = drafts.of(f"contract-{contract.id}", contract_form.content(contract), contract.etag)
    drafts.warn(draft, label, {"scope": nl.SCOPES})
    names = care_types() | {line.care_type.code: line.care_type.name for line in contract.lines}
    with st.form(draft.form):
        said, pairs = contract_form.fields(draft.begins_with, names, own_areas(), draft.form)
        if not st.form_submit_button(nl.SAVE, type="primary", key=draft.button):
            return
    if contract_form.is_half(pairs):
        st.error(nl.HALF_A_LINE)
        return
    patch = draft.changes(said | {"lines": contract_form.lines_of(pairs)})
    send = supply.change_contract
    if patch:
        save(draft, patch, lambda: send(api, person.token, contract.id, draft.etag, patch), nl.CONTRACT_SAVED)
    else:
        st.info(nl.NOTHING_CHANGED)


def history(contract: Contract) -> None:
    rows = [
        (
            showing.long_day(showing.amsterdam_day(each.changed_at)),
            each.changed_by,
            nl.SOURCES[each.source],
            ", ".join(label[field] for field in each.changed),
        )
        for each in supply.history(api, person.token, contract.id)
    ]
    if not rows:
        st.markdown(nl.NO_HISTORY)
        return
    st.dataframe(pd.DataFrame(rows, columns=list(nl.HISTORY_COLUMNS)), hide_index=True, alt=nl.CONTRACT_HISTORY)


def care_types() -> dict[str, str]:
    return {each.code: each.name for each in fetch.care_types() if not each.general}


def add() -> None:
    provider = providers.chosen(person)
    draft = drafts.of("contract-nieuw", {})
    with st.form(draft.form):
        said, pairs = contract_form.fields({}, care_types(), own_areas(), draft.form)
        if not st.form_submit_button(nl.ADD_CONTRACT, type="primary", key=draft.button):
            return
    if provider is None or contract_form.is_half(pairs):
        st.error(nl.CHOOSE_PROVIDER if provider is None else nl.HALF_A_LINE)
        return
    new = said | {"provider": provider, "lines": contract_form.lines_of(pairs)}
    save(draft, new, lambda: supply.add_contract(api, person.token, new), nl.CONTRACT_ADDED)


st.title(nl.CONTRACTS, anchor=False)
st.caption(nl.CONTRACTS_EXPLAINED)
search, stand = st.columns([3, 1])
words = search.text_input(nl.SEARCH_CONTRACT, placeholder=nl.SEARCH_CONTRACT_PLACEHOLDER, key="contract-zoek")
standing = stand.selectbox(
    nl.WHICH_STANDING, list(nl.STANDINGS), None, nl.STANDINGS.__getitem__, placeholder=nl.ANY_STANDING, key="stand"
)
query = {"q": words.strip()[:100], "standing": standing or ""}
contracts = supply.contracts(api, person.token, {name: value for name, value in query.items() if value})
if contracts:
    st.dataframe(
        table(contracts),
        hide_index=True,
        placeholder=common.EMPTY,
        column_config={name: st.column_config.DateColumn(format="DD-MM-YYYY") for name in ("Van", "Tot en met")},
        alt=nl.CONTRACTS_ALT,
    )
else:
    st.info(nl.NO_CONTRACTS)
by_id = {contract.id: contract for contract in contracts}
picked = st.selectbox(
    nl.WHICH_CONTRACT,
    [0, *by_id],
    format_func=lambda id_: f"{by_id[id_].provider.name}, {by_id[id_].number}" if id_ else nl.NEW_CONTRACT,
    index=None,
    placeholder=nl.CHOOSE,
    key="welk-contract",
)
if told := st.session_state.pop("contracten-gezegd", ""):
    st.success(told)
if picked:
    edit(by_id[picked])
elif picked == 0:
    add()
contract_list.show(person)
if person.organisation.startswith("JZ"):
    arrangements.network(Casework(api, person.token, once.keys()), person.organisation)
