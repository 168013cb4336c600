"""Aanbieder: one provider's offers as everybody sees them, without signing in. The link names the provider."""

import re

import streamlit as st

from dashboard import fetch, session, supply
from dashboard.supply_answers import DescribedOffer
from dashboard.texts import nl as common
from dashboard.texts import showing
from dashboard.texts import supply as nl

needs = {need.code: need.name for need in fetch.needs()}
towns = {town.code: town.name for town in fetch.municipalities()}


def _named(codes: tuple[str, ...], names: dict[str, str]) -> str:
    return ", ".join(names.get(code, code) for code in codes)


def facts(offer: DescribedOffer) -> list[str]:
    """What is good to know, in sentences; only of what was said."""
    said = (
        (offer.serves, nl.EQUIPPED_FOR.format(needs=_named(offer.serves, needs))),
        (offer.only_for, nl.ONLY_FOR.format(needs=_named(offer.only_for, needs))),
        (offer.excludes, nl.NOT_FOR.format(needs=_named(offer.excludes, needs))),
        (offer.travels_km, nl.COMES_TO_YOU.format(km=showing.whole(offer.travels_km or 0))),
        (offer.siblings and offer.siblings > 1, nl.TOGETHER.format(count=offer.siblings)),
        (offer.past_eighteen, nl.AFTER_EIGHTEEN),
        (offer.municipalities, f"{nl.WHERE}: {_named(offer.municipalities, towns)}."),
    )
    return [sentence for holds, sentence in said if holds]


def card(offer: DescribedOffer) -> None:
    with st.container(border=True):
        st.subheader(offer.name, anchor=False)
        setting = common.SETTINGS[offer.setting].lower()
        st.markdown(f"**{offer.care_type.name}** · {offer.location.place} · {setting}")
        if offer.description:
            st.text(offer.description)
        who = "" if len(offer.genders) == len(nl.GENDERS) else f" ({_named(offer.genders, nl.GENDERS).lower()})"
        st.markdown(f"{nl.FOR_WHOM}: {showing.ages(offer.age_from, offer.age_until)}{who}.")
        for sentence in facts(offer):
            st.markdown(f"- {sentence}")


code = st.query_params.get("code", "")
if not re.fullmatch(r"[0-9]{8}", code):
    st.title(nl.PROFILE, anchor=False)
    st.info(nl.PROFILE_NONE)
    st.stop()
offers = supply.offers_of(session.api(), "", code)
if not offers:
    st.title(nl.PROFILE, anchor=False)
    st.info(nl.PROFILE_EMPTY)
    st.stop()
st.title(offers[0].provider.name, anchor=False)
st.caption(nl.PROFILE_EXPLAINED)
for offer in sorted(offers, key=lambda each: (each.care_type.name, each.name)):
    card(offer)
