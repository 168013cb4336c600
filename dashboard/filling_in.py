"""Filling in the one enrolment form: determination and wishes, once for every provider, the network and the RET."""

from datetime import timedelta

import streamlit as st

from dashboard import fetch, session
from dashboard.case_answers import Case, Determination, Form
from dashboard.client import JSON
from dashboard.texts import cases as words

_LONGEST = 2000
_HALF_A_YEAR = timedelta(days=182)


def ask(kept: Form | None, case: Case) -> JSON | None:
    """The form with what was filled in before; None as long as something is missing."""
    with st.expander(words.FORM, expanded=kept is None, key="formulier"):
        st.caption(words.FORM_EXPLAINED)
        question = _text(words.QUESTION, kept.question if kept else None)
        determination = _determination(kept.determination if kept else None, case)
        child = _text(words.WISHES_OF_CHILD, kept.wishes_of_child if kept else None)
        parents = _text(words.WISHES_OF_PARENTS, kept.wishes_of_parents if kept else None)
        tried = _text(words.TRIED, kept.tried_before if kept else None)
    if question is None or determination is None:
        return None
    return {
        "question": question,
        "determination": determination,
        "wishesOfChild": child,
        "wishesOfParents": parents,
        "triedBefore": tried,
    }


def _text(label: str, kept: str | None) -> str | None:
    said = st.text_area(label, kept or "", max_chars=_LONGEST, help=words.QUESTION_HELP, key=f"formulier-{label}")
    return said.strip() or None


def _determination(decided: Determination | None, case: Case) -> JSON | None:
    """Duration, care type, volume per period and the first evaluation. How much is never guessed for the worker."""
    names = {each.code: each.name for each in fetch.care_types()}
    wanted = list(case.care_types or names)
    chosen = wanted.index(decided.care_type) if decided and decided.care_type in wanted else 0
    care = st.selectbox(words.CARE_TYPE, wanted, chosen, format_func=lambda code: names.get(code, code))
    months, amount, unit, period = st.columns(4)
    duration = months.number_input(words.DURATION, 1, 120, decided.duration_months if decided else None, placeholder="")
    times = amount.number_input(words.AMOUNT, 1, 99_999, decided.volume.amount if decided else None, placeholder="")
    with unit:
        which = _one_of(words.UNIT, words.UNITS, decided.volume.unit if decided else None)
    with period:
        how_often = _one_of(words.PERIOD, words.PERIODS, decided.volume.period if decided else None)
    moments = decided.evaluation_moments if decided else ()
    first = moments[0] if moments else session.today() + _HALF_A_YEAR
    evaluation = st.date_input(words.EVALUATION, first, format="DD-MM-YYYY")
    if duration is None or times is None or which is None or how_often is None:
        return None
    return {
        "careType": care,
        "durationMonths": duration,
        "volume": {"amount": times, "unit": which, "period": how_often},
        "evaluationMoments": sorted({evaluation.isoformat(), *(each.isoformat() for each in moments[1:])}),
    }


def _one_of(label: str, names: dict[str, str], kept: str | None) -> str | None:
    at = list(names).index(kept) if kept in names else None
    return st.selectbox(label, list(names), at, format_func=names.__getitem__, placeholder=words.CHOOSE)
