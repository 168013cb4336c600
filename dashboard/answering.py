"""A provider's answer to one referral: taken with a start date, a question, or refused with a reason that says why."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from dashboard import answers, fetch, inbox, session
from dashboard.case_answers import Referral
from dashboard.casework import Casework
from dashboard.client import JSON, Failure
from dashboard.faults import show as show_faults
from dashboard.texts import cases as words
from dashboard.texts import desks as nl

NEEDS_NAMED = "not-fitting"
"""This reason must say which needs do not fit."""
MUST_EXPLAIN = "other"


def form(work: Casework, person: session.Person, referral: Referral) -> None:
    """What is asked depends on the answer, so the answer comes first and the rest follows."""
    through_network = referral.network_request_id is not None
    with st.container(border=True, key="antwoord"):
        st.subheader(words.ANSWER, anchor=False)
        kinds = [kind for kind in words.ANSWERS if kind != "question" or not through_network]
        kind = st.radio(
            words.ANSWER,
            kinds,
            index=None,
            format_func=words.ANSWERS.__getitem__,
            horizontal=True,
            key=f"soort-{referral.id}",
            label_visibility="collapsed",
        )
        if kind == "refuse":
            _refuse(work, referral)
        elif kind:
            with st.form(f"antwoord-{referral.id}-{kind}", border=False):
                said = _accepting(person, referral) if kind == "accept" else _asking(referral)
                if st.form_submit_button(words.SEND, type="primary"):
                    send(lambda: work.tell(referral.id, "answer", {"answer": kind, **said}))


def _accepting(person: session.Person, referral: Referral) -> JSON:
    said: JSON = {}
    if referral.network_request_id is not None:
        st.caption(nl.NETWORK_MEANS)
        offers = _suiting_first(fetch.offers_of(person.token, person.organisation), referral)
        said["offerId"] = st.selectbox(
            words.WITH_OFFER,
            list(offers),
            index=None,
            format_func=lambda each: offers.get(each, str(each)),
            placeholder=nl.CHOOSE_OFFER,
            key=f"aanbod-{referral.id}",
        )
    day = st.date_input(
        words.START_DATE, None, min_value=session.today(), format="DD-MM-YYYY", key=f"start-{referral.id}"
    )
    return {**_filled(said), **({"startDate": day.isoformat()} if day else {})}


def _suiting_first(offers: Iterable[answers.Offer], referral: Referral) -> dict[int, str]:
    """One's own offers; those of the kind that is looked for come first."""
    wanted = {care.code for care in referral.child.care_types} if referral.child else set()
    ordered = sorted(offers, key=lambda offer: (offer.care_type.code not in wanted, offer.name))
    return {offer.id: f"{offer.name}, {offer.location.place}" for offer in ordered}


def _asking(referral: Referral) -> JSON:
    text = st.text_area(words.YOUR_QUESTION, max_chars=2000, help=words.QUESTION_HELP, key=f"vraag-{referral.id}")
    return _filled({"question": text.strip()})


def _refuse(work: Casework, referral: Referral) -> None:
    st.caption(nl.REFUSAL_MEANS)
    if said := grounds(referral, "afwijzing"):
        send(lambda: work.tell(referral.id, "answer", {"answer": "refuse", **said}))


def grounds(referral: Referral, name: str) -> JSON | None:
    """Why, as a structured reason; None until it is sent."""
    reason = st.selectbox(
        words.REASON,
        list(words.REASONS),
        index=None,
        format_func=words.REASONS.__getitem__,
        placeholder=words.CHOOSE,
        key=f"reden-{name}-{referral.id}",
    )
    if reason is None:
        return None
    with st.form(f"{name}-{referral.id}-{reason}", border=False):
        said: JSON = {"reason": reason}
        if reason == NEEDS_NAMED:
            said["needs"] = _needs(referral, name)
        label = words.EXPLANATION + ("" if reason == MUST_EXPLAIN else words.MAY_BE_EMPTY)
        said["explanation"] = st.text_area(
            label, max_chars=2000, help=words.QUESTION_HELP, key=f"uitleg-{name}-{referral.id}"
        ).strip()
        if name == "afwijzing":
            day = st.date_input(
                words.START_POSSIBLE, None, min_value=session.today(), format="DD-MM-YYYY", key=f"kan-{referral.id}"
            )
            said["startPossibleOn"] = day.isoformat() if day else None
        return _filled(said) if st.form_submit_button(words.SEND, type="primary") else None


def _needs(referral: Referral, name: str) -> Sequence[str]:
    """What of this child does not fit; its own needs come first."""
    own = {need.code: need.name for need in referral.child.needs} if referral.child else {}
    names = own | {need.code: need.name for need in fetch.needs()}
    return st.multiselect(
        words.WHICH_NEEDS,
        list(names),
        format_func=lambda code: names.get(code, code),
        placeholder=words.CHOOSE_NEEDS,
        select_all=False,
        key=f"past-niet-{name}-{referral.id}",
    )


def _filled(said: JSON) -> JSON:
    """What was left open is left out, so that the API can say what is missing."""
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def send(tell: Callable[[], Any], sentence: str = words.ANSWERED) -> None:
    """Do it and look anew; or say what is wrong, at the form."""
    try:
        tell()
    except Failure as refused:
        show_faults(refused, nl.FIELDS)
        return
    st.session_state[inbox.SAID] = sentence
    st.rerun()
