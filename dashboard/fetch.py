"""Answers of the API, kept for a moment so that moving a filter asks nothing twice.

Reference data is shared by all sessions. What needs a token, or says something of a child, stays within one session.
"""

from datetime import UTC, date, datetime, time
from typing import Any

import streamlit as st

from dashboard import answers
from dashboard.being_told import BeingTold, Lateness, Reminder
from dashboard.feedback import Feedback, OwnImage
from dashboard.session import api, today

_HOUR = 3600
_MOMENT = 20


@st.cache_data(ttl=_HOUR, show_spinner=False)
def care_types() -> tuple[answers.CareType, ...]:
    return api().care_types()


@st.cache_data(ttl=_HOUR, show_spinner=False)
def needs() -> tuple[answers.Need, ...]:
    return api().needs()


@st.cache_data(ttl=_HOUR, show_spinner=False)
def municipalities() -> tuple[answers.Municipality, ...]:
    return api().municipalities()


@st.cache_data(ttl=_HOUR, show_spinner=False)
def youth_regions() -> tuple[answers.YouthRegion, ...]:
    return api().youth_regions()


@st.cache_data(ttl=_HOUR, show_spinner=False)
def areas() -> dict[str, Any]:
    return api().areas()


@st.cache_resource(ttl=_HOUR, show_spinner=False)
def openapi() -> dict[str, Any]:
    """How the API describes itself; only read, so every session may have the same."""
    return api().get("openapi.json", dict[str, Any])


@st.cache_data(ttl=_MOMENT, max_entries=8, show_spinner=False, scope="session")
def matches(token: str, question: dict[str, Any]) -> answers.Matches:
    return api().matches(token, question)


@st.cache_data(ttl=_MOMENT, max_entries=2, show_spinner=False, scope="session")
def offers_of(token: str, agb_code: str) -> tuple[answers.Offer, ...]:
    """Without those that ended: of them nothing is stated any more."""
    offers = api().offers_of(token, agb_code)
    return tuple(offer for offer in offers if offer.published_until is None or offer.published_until >= today())


@st.cache_data(ttl=_HOUR // 30, max_entries=16, show_spinner=False, scope="session")
def supply(token: str, region: str, care_type: str | None) -> answers.Supply:
    return api().supply(token, region, care_type)


@st.cache_data(ttl=_MOMENT, max_entries=2, show_spinner=False, scope="session")
def lateness(token: str, area: str) -> Lateness:
    return BeingTold(api(), token).lateness(area)


@st.cache_data(ttl=_MOMENT, max_entries=2, show_spinner=False, scope="session")
def feedback(token: str) -> Feedback:
    return OwnImage(api(), token).feedback()


@st.cache_data(ttl=_MOMENT, max_entries=32, show_spinner=False, scope="session")
def last_statements(token: str, offer_id: int) -> tuple[answers.Capacity, ...]:
    return OwnImage(api(), token).last_statements(offer_id)


@st.cache_data(ttl=_MOMENT, max_entries=2, show_spinner=False, scope="session")
def reminders(token: str, since: date) -> list[Reminder]:
    return BeingTold(api(), token).reminders(datetime.combine(since, time(), UTC))


def region_of(organisation: str) -> str | None:
    """The youth region of a municipality or region code; none for a provider or an institution."""
    if organisation.startswith("JZ"):
        return organisation
    by_code = {town.code: town for town in municipalities()}
    town = by_code.get(organisation)
    return town.youth_region.code if town and town.youth_region else None
