"""The form in which a provider describes an offer: what stands there now, and what is sent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.client import JSON
from dashboard.supply_answers import DescribedOffer, OwnLocation
from dashboard.texts import nl as common
from dashboard.texts import supply as nl

Names = Mapping[str, str]
"""What people call something, by its code."""

_LABEL, _HELP = nl.OFFER_FIELDS, nl.OFFER_HELP


def fields(now: JSON, locations: Sequence[OwnLocation], care_types: Names, needs: Names, towns: Names) -> JSON:
    """The form as it begins with `now`; empty for a new offer. Returns what it says."""
    places = _places(locations)
    said: JSON = {"name": st.text_input(_LABEL["name"], now.get("name", ""), max_chars=100)}
    left, right = st.columns(2)
    with left:
        said["careType"] = _one("careType", care_types, now, disabled=bool(now))
        said["locationId"] = _one("locationId", places, now)
        said["setting"] = _one("setting", common.SETTINGS, now)
        said["genders"] = _some("genders", nl.GENDERS, now, default=list(nl.GENDERS))
        first, last = st.columns(2)
        said["ageFrom"] = first.number_input(_LABEL["ageFrom"], 0, 23, now.get("ageFrom", 0))
        said["ageUntil"] = last.number_input(_LABEL["ageUntil"], 0, 23, now.get("ageUntil", 17))
    with right:
        for field in ("serves", "excludes", "onlyFor"):
            said[field] = _some(field, needs, now)
        said["municipalities"] = _some("municipalities", towns, now)
        said["pastEighteen"] = _one("pastEighteen", nl.YES_NO, now)
    return said | _sizes(now) | _days(now) | {"description": _description(now)}


def _sizes(now: Mapping[str, Any]) -> JSON:
    left, right = st.columns(2)
    siblings = left.number_input(
        _LABEL["siblings"], 0, 12, now.get("siblings"), help=_HELP["siblings"], placeholder=nl.UNKNOWN
    )
    travels = right.number_input(
        _LABEL["travelsKm"], 0.0, 400.0, now.get("travelsKm"), 5.0, help=_HELP["travelsKm"], placeholder=common.EMPTY
    )
    return {"siblings": siblings, "travelsKm": travels}


def _days(now: Mapping[str, Any]) -> JSON:
    left, right = st.columns(2)
    first: date = left.date_input(_LABEL["publishedFrom"], now.get("publishedFrom", "today"), format="DD-MM-YYYY")
    last: date | None = right.date_input(
        _LABEL["publishedUntil"], now.get("publishedUntil"), format="DD-MM-YYYY", help=_HELP["publishedUntil"]
    )
    return {"publishedFrom": first.isoformat(), "publishedUntil": last.isoformat() if last else None}


def _description(now: Mapping[str, Any]) -> str | None:
    written = st.text_area(
        _LABEL["description"], now.get("description") or "", max_chars=2000, help=_HELP["description"]
    )
    return written.strip() or None


def _one(field: str, names: Mapping[Any, str], now: Mapping[str, Any], disabled: bool = False) -> Any:  # noqa: ANN401
    codes = list(names)
    at = codes.index(now[field]) if field in now and now[field] in codes else None
    return st.selectbox(
        _LABEL[field], codes, at, names.__getitem__, placeholder=nl.CHOOSE, disabled=disabled, help=_HELP.get(field)
    )


def _some(field: str, names: Names, now: Mapping[str, Any], default: Sequence[str] = ()) -> list[str]:
    chosen = list(now.get(field, default))
    return st.multiselect(
        _LABEL[field], list(names), chosen, names.__getitem__, placeholder=nl.CHOOSE, help=_HELP.get(field)
    )


def content(offer: DescribedOffer) -> JSON:
    """What an offer says, as the form says it."""
    plain = offer.model_dump(mode="json", by_alias=True)
    by_code = {"careType": offer.care_type.code, "locationId": offer.location.id}
    return {name: plain[name] for name in _LABEL if name in plain} | by_code


def names(locations: Sequence[OwnLocation]) -> Mapping[str, Mapping[Any, str]]:
    """What people call the values of a field, where those are codes."""
    return {"locationId": _places(locations), "setting": common.SETTINGS, "pastEighteen": nl.YES_NO}


def _places(locations: Sequence[OwnLocation]) -> dict[int, str]:
    return {each.id: f"{each.name}, {each.place}" for each in locations}
