"""What a region arranged for its cases: the enrolment route per area and the care broker, each from a day on."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import contact_register, session
from dashboard.answers import Answer, Named
from dashboard.casework import Casework
from dashboard.client import JSON
from dashboard.texts import arrangements as nl
from dashboard.texts import cases as words
from dashboard.texts import showing


class AreaRoute(Answer):
    area: Named
    route: str
    valid_from: date


class BrokerHere(Answer):
    present: bool
    valid_from: date


class Arranged(Answer):
    """Everything that holds, and what was decided for later."""

    region: Named
    routes: tuple[AreaRoute, ...]
    care_broker: bool
    care_broker_changes: tuple[BrokerHere, ...]


def show(desk: contact_register.Desk) -> None:
    arranged = desk.work.api.get(f"regions/{desk.region}/arrangements", Arranged, desk.work.token)
    st.header(nl.TITLE, anchor=False)
    st.caption(nl.EXPLAINED)
    st.table(table(arranged, session.today()), hide_index=True, border="horizontal")
    with st.expander(nl.CHANGE_ROUTE, key="route-afspreken"):
        _change_route(desk, arranged)
    st.subheader(nl.BROKER, anchor=False)
    _broker(desk, arranged)


def table(arranged: Arranged, today: date) -> pd.DataFrame:
    """The country first, then the region, then its municipalities: the nearest speaks."""
    rows = [(each.area.name, words.ROUTES[each.route], _since(each.valid_from, today)) for each in arranged.routes]
    return pd.DataFrame(rows, columns=[nl.AREA, nl.ROUTE, nl.SINCE])


def _since(day: date, today: date) -> str:
    return showing.long_day(day) if day <= today else nl.NOT_YET.format(day=showing.long_day(day))


def _change_route(desk: contact_register.Desk, arranged: Arranged) -> None:
    areas = {arranged.region.code: nl.WHOLE_REGION.format(name=arranged.region.name)}
    areas |= contact_register.towns_of(desk.region)
    with st.form("route", border=False):
        area = st.selectbox(
            nl.AREA, list(areas), index=None, format_func=areas.__getitem__, placeholder=nl.CHOOSE_AREA, key="gebied"
        )
        route = st.radio(nl.ROUTE, list(words.ROUTES), index=None, format_func=words.ROUTES.__getitem__, key="route-nu")
        day = _from("route-vanaf")
        if not st.form_submit_button(nl.KEEP):
            return
    if area is None or route is None:
        st.error(nl.STILL)
        return
    said = nl.ROUTE_KEPT.format(area=areas[area], day=showing.long_day(day), route=words.ROUTES[route].lower())
    _keep(desk, "enrolment-routes", {"area": area, "route": route, "validFrom": day.isoformat()}, said)


def _broker(desk: contact_register.Desk, arranged: Arranged) -> None:
    """Whether there is one now, what was decided for later, and the other way round from a day on."""
    st.caption(nl.BROKER_EXPLAINED)
    st.markdown(nl.HAS_BROKER if arranged.care_broker else nl.HAS_NO_BROKER)
    for change in arranged.care_broker_changes:
        if change.valid_from > session.today():
            st.markdown(nl.FROM_THEN[change.present].format(day=showing.long_day(change.valid_from)))
    with st.form("zorgbemiddelaar", border=False):
        day = _from("bemiddelaar-vanaf")
        if st.form_submit_button(nl.SWITCH[arranged.care_broker]):
            present = not arranged.care_broker
            said = nl.SWITCHED[present].format(day=showing.long_day(day))
            _keep(desk, "care-broker", {"present": present, "validFrom": day.isoformat()}, said)


def _from(key: str) -> date:
    return st.date_input(nl.FROM, session.today(), min_value=session.today(), format="DD-MM-YYYY", key=key)


def _keep(desk: contact_register.Desk, what: str, body: JSON, said: str) -> None:
    path = f"regions/{desk.region}/{what}"
    contact_register.done(
        lambda: desk.work.api.send("PUT", path, Arranged, desk.work.token, body=body), said, nl.FIELDS
    )


# --- who is in the network, kept by the contract manager -------------------------------------------------------------

SAID = "netwerk-gezegd"


def network(work: Casework, region: str) -> None:
    """Everybody that looks together after a refusal; who is taken out is no longer asked from today."""
    st.header(nl.NETWORK, anchor=False)
    st.caption(nl.NETWORK_EXPLAINED)
    if said := st.session_state.pop(SAID, ""):
        st.success(said)
    names: Mapping[str, str] = {each.agb_code: each.name for each in work.network_members(region)}
    if not names:
        st.info(nl.NO_MEMBERS)
    with st.form("netwerk", border=False):
        chosen = st.multiselect(
            nl.MEMBERS,
            list(names),
            list(names),
            format_func=lambda code: names.get(code, code),
            accept_new_options=True,
            select_all=False,
            help=nl.MEMBERS_HELP,
            placeholder=words.PARTY_CODE,
            key=f"leden-{','.join(names)}",
        )
        if not st.form_submit_button(nl.KEEP_NETWORK):
            return
    said = nl.NETWORK_KEPT.format(count=showing.count(len(chosen), "aanbieder", "aanbieders"))
    contact_register.done(lambda: work.keep_network(region, chosen), said, nl.FIELDS, SAID)
