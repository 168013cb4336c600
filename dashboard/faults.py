"""What the API refused of a form: one summary on top, with the words that stand at the fields."""

from collections.abc import Mapping

import streamlit as st

from dashboard.client import ChangedMeanwhile, Failure, SignInNeeded
from dashboard.texts import supply as nl


def show(failure: Failure, labels: Mapping[str, str]) -> None:
    """Say what is wrong. `labels`: the field in the API → its label on the screen. An expired sign-in is not ours."""
    if isinstance(failure, SignInNeeded):
        raise failure
    if isinstance(failure, ChangedMeanwhile):
        st.warning(nl.SAVED_MEANWHILE)
        return
    lines = [f"- **{_label(fault.pointer, labels)}**: {fault.detail}" for fault in failure.faults]
    st.error("\n".join([nl.NOT_SAVED, *lines]) if lines else failure.sentence)


def _label(pointer: str, labels: Mapping[str, str]) -> str:
    field = pointer.lstrip("/?").partition("/")[0]
    return labels.get(field, field)
