"""What a region aims at, on a screen: what holds now, a form to choose otherwise, and what was chosen before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard import council, council_view, session
from dashboard.client import ChangedMeanwhile, Failure
from dashboard.council import Council, RegionTarget, RegionTargets
from dashboard.texts import council as words

MAY_SET = ("ret-chair", "contract-manager", "admin")
"""Only to show the form to who can use it; the API judges."""

NOBODY = "-"
"""The administrator's organisation."""

_SAID = "doelen-gezegd"


def show(region: str) -> None:
    person = session.someone()
    seen = Council(session.api()).targets(region)
    st.header(words.TARGETS, anchor=False)
    st.markdown(words.TARGETS_EXPLAINED)
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    st.table(council.targets_table(seen.targets), hide_index=True, border="horizontal", alt=words.TARGETS_ALT)
    if person.role in MAY_SET and person.organisation in {region, NOBODY}:
        _choose(person.token, seen)
    if any(each.history for each in seen.targets):
        with st.expander(words.EARLIER):
            st.table(council.earlier_table(seen.targets), hide_index=True, border="horizontal", alt=words.EARLIER_ALT)


def _choose(token: str, seen: RegionTargets) -> None:
    """First for which figure: with it goes the unit, and what is aimed at now."""
    by_code = {each.indicator.code: each for each in seen.targets}
    st.subheader(words.CHANGE, anchor=False)
    code = st.selectbox(
        words.WHICH_FIGURE,
        list(by_code),
        index=None,
        format_func=lambda code: by_code[code].indicator.name,
        key="doel-cijfer",
        placeholder=words.WHICH_PLACEHOLDER,
    )
    if code is None:
        return
    chosen = by_code[code]
    with st.form(f"doel-{code}"):
        value, since = _fields(chosen)
        keep, end = st.columns(2)
        kept = keep.form_submit_button(words.KEEP, key="doel-vastleggen", type="primary")
        ended = chosen.own is not None and end.form_submit_button(words.END, key="doel-weghalen")
    if kept and (value is None or since is None):
        st.error(words.CHOOSE_FIRST)
    elif kept and value is not None and since is not None:
        _keep(token, seen, list(council.with_target(seen, code, value, since)), words.KEPT)
    elif ended:
        _keep(token, seen, list(council.with_target(seen, code, None, session.today())), words.ENDED)


def _fields(chosen: RegionTarget) -> tuple[float | None, date | None]:
    now = chosen.own.value if chosen.own else chosen.usual
    value = st.number_input(
        words.VALUE.format(unit=words.UNITS[chosen.unit]),
        min_value=0.0,
        value=now,
        step=1.0 if chosen.unit in ("children", "percent") else 0.5,
        format="%.0f" if chosen.unit in ("children", "percent") else "%.1f",
        key=f"doel-waarde-{chosen.indicator.code}",
    )
    since = st.date_input(
        words.SINCE,
        value=chosen.own.valid_from if chosen.own else date(session.today().year, 1, 1),
        min_value=date(2015, 1, 1),
        format="DD-MM-YYYY",
        key=f"doel-vanaf-{chosen.indicator.code}",
    )
    return value, since


def _keep(token: str, seen: RegionTargets, wanted: Sequence[dict[str, Any]], said: str) -> None:
    try:
        Council(session.api()).keep_targets(token, seen, wanted)
    except ChangedMeanwhile:
        st.error(words.CHANGED_MEANWHILE)
        return
    except Failure as failure:
        st.error(" ".join(fault.detail for fault in failure.faults) or failure.sentence)
        return
    council_view.report_of.clear()
    st.session_state[_SAID] = said
    st.rerun()
