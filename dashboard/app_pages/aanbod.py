"""Aanbod: how a provider's offers are described, and its quarterly report, ready to hand in."""

import pandas as pd
import streamlit as st

from dashboard import drafts, fetch, offer_form, providers, quarter, session, supply
from dashboard.client import JSON, Failure
from dashboard.faults import show as show_faults
from dashboard.supply_answers import DescribedOffer, OwnLocation
from dashboard.texts import nl as common
from dashboard.texts import showing
from dashboard.texts import supply as nl

person = session.someone()
api, today = session.api(), session.today()
NEW = "aanbod-nieuw"


def standing(offer: DescribedOffer) -> str:
    if offer.published_until and offer.published_until < today:
        return nl.STOPPED.format(day=showing.short_day(offer.published_until, today))
    if offer.published_from > today:
        return nl.NOT_YET.format(day=showing.short_day(offer.published_from, today))
    if offer.published_until:
        return nl.SHOWN_UNTIL.format(day=showing.short_day(offer.published_until, today))
    return nl.SHOWN


def stated(offer: DescribedOffer) -> str:
    """How fresh the statement of its places is; of what stopped nothing is asked any more."""
    if offer.published_until and offer.published_until < today:
        return common.EMPTY
    said = offer.capacity
    return showing.freshness(said.freshness, said.due_on, today) if said else nl.NEVER_STATED


def table(offers: tuple[DescribedOffer, ...]) -> pd.DataFrame:
    rows = [
        (
            each.name,
            stated(each),
            each.location.place,
            each.care_type.name,
            showing.ages(each.age_from, each.age_until),
            standing(each),
        )
        for each in offers
    ]
    return pd.DataFrame(rows, columns=[nl.NAME, nl.STATED_UNTIL, nl.PLACE, nl.CARE_TYPE, nl.AGES, nl.STATE])


def edit(offer: DescribedOffer | None, locations: tuple[OwnLocation, ...]) -> None:
    """The form, and what comes of saving it. Of an offer that is there only what was changed is sent."""
    care_types = {each.code: each.name for each in fetch.care_types() if not each.crisis}
    needs = {each.code: each.name for each in fetch.needs()}
    towns = {each.code: each.name for each in fetch.municipalities()}
    if offer:
        care_types[offer.care_type.code] = offer.care_type.name
    draft = drafts.of(f"aanbod-{offer.id}", offer_form.content(offer), offer.etag) if offer else drafts.of(NEW, {})
    drafts.warn(draft, nl.OFFER_FIELDS, offer_form.names(locations))
    with st.form(draft.form):
        said = offer_form.fields(draft.begins_with, locations, care_types, needs, towns)
        if not st.form_submit_button(nl.SAVE, type="primary", key=draft.button):
            return
    typed = draft.changes(said) if offer else said
    if offer and not typed:
        st.info(nl.NOTHING_CHANGED)
    elif saved := drafts.send(draft, typed, lambda: _save(offer, draft.etag, typed), nl.OFFER_FIELDS):
        sentence = nl.OFFER_SAVED if offer else nl.OFFER_ADDED
        st.session_state["aanbod-gezegd"] = sentence.format(name=saved.name)
        fetch.offers_of.clear()
        st.rerun()


def _save(offer: DescribedOffer | None, seen: str, said: JSON) -> DescribedOffer:
    if offer is None:
        return supply.add_offer(api, person.token, said)
    return supply.change_offer(api, person.token, offer.id, seen, said)


def add_location() -> None:
    with st.expander(nl.NEW_LOCATION), st.form("locatie", border=False):
        name, pc4 = st.text_input(nl.LOCATION_NAME, max_chars=100), st.text_input(nl.LOCATION_PC4, max_chars=4)
        if not st.form_submit_button(nl.ADD_LOCATION):
            return
        try:
            added = supply.add_location(api, person.token, name, pc4)
        except Failure as failure:
            show_faults(failure, {"name": nl.LOCATION_NAME, "pc4": nl.LOCATION_PC4})
            return
        st.session_state["aanbod-gezegd"] = nl.LOCATION_ADDED.format(name=added.name, place=added.place)
        st.rerun()


st.title(nl.OFFERS, anchor=False)
st.caption(nl.OFFERS_EXPLAINED)
offers = supply.offers_of(api, person.token, person.organisation)
locations = supply.locations_of(api, person.token, person.organisation)
if offers:
    st.dataframe(table(offers), hide_index=True, alt=nl.OFFERS_ALT)
    st.link_button(nl.SEE_AS_PUBLIC, f"/aanbieder?code={person.organisation}", type="tertiary")
else:
    st.info(nl.NO_OFFERS_YET)

by_id = {offer.id: offer for offer in offers}
picked = st.selectbox(
    nl.WHICH_OFFER,
    [0, *by_id],
    format_func=lambda id_: f"{by_id[id_].name} ({by_id[id_].location.place})" if id_ else nl.NEW_OFFER,
    index=None,
    placeholder=nl.CHOOSE,
    key="welk-aanbod",
)
if told := st.session_state.pop("aanbod-gezegd", ""):
    st.success(told)
if picked is not None and locations:
    edit(by_id.get(picked), locations)
elif picked is not None:
    st.info(nl.NO_LOCATIONS)
add_location()
providers.reached(person, "aanbod-gezegd")
quarter.show(person)
