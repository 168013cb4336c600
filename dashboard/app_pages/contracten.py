"""Contracten: which contract gives which area which care; changed, suspended, ended and added here."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import arrangements, contract_list, fetch, once, session, supply
from dashboard.casework import Casework
from dashboard.client import Failure
from dashboard.faults import show as show_faults
from dashboard.supply_answers import Contract
from dashboard.texts import nl as common
from dashboard.texts import showing
from dashboard.texts import supply as nl

person = session.someone()
api = session.api()
label, help_ = nl.CONTRACT_FIELDS, nl.CONTRACT_HELP


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


def terms(contract: Contract | None) -> dict[str, Any]:
    """The days and terms of a contract, to be changed."""
    days = {}
    columns = st.columns(4)
    for column, field in zip(columns, ("valid_from", "valid_until", "suspended_from", "suspended_until"), strict=True):
        name = _camel(field)
        now = getattr(contract, field) if contract else ("today" if field == "valid_from" else None)
        day: date | None = column.date_input(label[name], now, format="DD-MM-YYYY", help=help_.get(name))
        days[name] = day.isoformat() if day else None
    left, right = st.columns(2)
    update = left.number_input(label["updateTermDays"], 1, 366, contract.update_term_days if contract else 30)
    answer = right.number_input(
        label["answerTermDays"], 1, 5, contract.answer_term_days if contract else 5, help=help_["answerTermDays"]
    )
    return {**days, "updateTermDays": update, "answerTermDays": answer}


def _camel(field: str) -> str:
    first, *rest = field.split("_")
    return first + "".join(part.title() for part in rest)


def saved(change: Any, sentence: str) -> None:  # noqa: ANN401 - a call without arguments
    """Do it, say so, and look anew; or say why not."""
    try:
        contract: Contract = change()
    except Failure as failure:
        show_faults(failure, label)
        return
    st.session_state["contracten-gezegd"] = sentence.format(number=contract.number)
    st.rerun()


def edit(contract: Contract) -> None:
    st.header(f"{contract.provider.name}, {contract.number}", anchor=False)
    lines = [(line.care_type.name, line.area.name) for line in contract.lines]
    with st.expander(nl.CONTRACT_LINES):
        columns = [label["careTypes"], label["areas"]]
        st.dataframe(pd.DataFrame(lines, columns=columns), hide_index=True, alt=nl.CONTRACT_LINES)
    if not {line.area.code for line in contract.lines} <= own_areas().keys():
        st.info(nl.NOT_YOUR_CONTRACT)
    else:
        with st.form(f"contract-{contract.id}-{contract.etag}"):
            patch = terms(contract)
            wanted = st.form_submit_button(nl.SAVE, type="primary")
        if wanted:
            change = supply.change_contract
            saved(lambda: change(api, person.token, contract.id, contract.etag, patch), nl.CONTRACT_SAVED)
    with st.expander(nl.CONTRACT_HISTORY):
        history(contract)


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


def add() -> None:
    care_types = {each.code: each.name for each in fetch.care_types() if not each.general}
    areas = own_areas()
    with st.form("contract-nieuw"):
        left, middle, right = st.columns(3)
        said: dict[str, Any] = {
            "provider": left.text_input(label["provider"], max_chars=8),
            "number": middle.text_input(label["number"], max_chars=100),
            "scope": right.selectbox(label["scope"], list(nl.SCOPES)[:3], 1, nl.SCOPES.__getitem__),
        }
        types = st.multiselect(label["careTypes"], list(care_types), [], care_types.__getitem__, placeholder=nl.CHOOSE)
        where = st.multiselect(
            label["areas"], list(areas), list(areas)[:1], areas.__getitem__, help=help_["areas"], placeholder=nl.CHOOSE
        )
        said |= terms(None) | {"lines": [{"careType": one, "area": area} for one in types for area in where]}
        wanted = st.form_submit_button(nl.ADD_CONTRACT, type="primary")
    if wanted:
        saved(lambda: supply.add_contract(api, person.token, said), nl.CONTRACT_ADDED)


st.title(nl.CONTRACTS, anchor=False)
st.caption(nl.CONTRACTS_EXPLAINED)
if told := st.session_state.pop("contracten-gezegd", ""):
    st.success(told)
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
if picked:
    edit(by_id[picked])
elif picked == 0:
    add()
contract_list.show(person)
if person.organisation.startswith("JZ"):
    arrangements.network(Casework(api, person.token, once.keys()), person.organisation)
