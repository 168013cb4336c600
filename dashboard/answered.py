"""What follows an answer: what a refusal asks of the provider, taking back, messages that were sent, start and end."""

from collections.abc import Sequence

import streamlit as st

from dashboard import answering, fetch, recording, session
from dashboard.case_answers import Ask, Referral, Task
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import recording as event_words
from dashboard.texts import showing


def show(work: Casework, referral: Referral, tasks: Sequence[Task]) -> None:
    for ask in referral.asks:
        ASKED[ask.kind](work, referral, ask)
    if referral.refusal:
        _print(work, referral)
    for task in tasks:
        if task.code in nl.TO_RECORD:
            _message(work, referral, task)
    if referral.standing == "accepted":
        _start(work, referral)
    if referral.standing == "started":
        _end(work, referral)
    if referral.standing in {"accepted", "proposed"}:
        _take_back(work, referral)


def _correct_statement(work: Casework, referral: Referral, ask: Ask) -> None:
    """The ask goes away by itself once something new is stated."""
    with st.container(border=True, key="vraag-opgave"):
        st.warning(nl.CORRECT_STATEMENT.format(places=showing.places(ask.open_places).lower()))
        if st.button(nl.TO_OWN_PLACES, key=f"naar-plekken-{referral.id}", type="primary"):
            session.go_to("mijn_plekken")


def _sharpen_profile(work: Casework, referral: Referral, ask: Ask) -> None:
    names = {need.code: need.name for need in ask.needs or ()}
    with st.form(f"profiel-{referral.id}"):
        st.warning(words.SHARPEN)
        chosen = st.multiselect(
            words.WHICH_NEEDS,
            list(names),
            list(names),
            format_func=lambda code: names.get(code, code),
            placeholder=words.CHOOSE_NEEDS,
            select_all=False,
        )
        with st.container(horizontal=True, gap="small"):
            yes = st.form_submit_button(words.SHARPEN_YES, type="primary")
            no = st.form_submit_button(words.SHARPEN_NO)
    if yes or no:
        excludes = chosen if yes else []
        sentence = nl.SHARPENED if excludes else nl.PROFILE_STAYS
        answering.send(lambda: work.tell(referral.id, "sharpening", {"excludes": excludes}), sentence)


ASKED = {"correct-statement": _correct_statement, "sharpen-profile": _sharpen_profile}


def _print(work: Casework, referral: Referral) -> None:
    st.markdown(nl.REFUSED.format(number=referral.refusal))
    st.download_button(
        words.PRINT_REFUSAL.format(number=referral.refusal),
        data=lambda: work.refusal_page(referral.id),
        file_name=f"{referral.refusal}.html",
        mime="text/html",
        key=f"afdruk-{referral.id}",
        on_click="ignore",
    )


def _message(work: Casework, referral: Referral, task: Task) -> None:
    """A message that goes by iJw, outside this service; that it was sent is recorded here."""
    kind, label = nl.TO_RECORD[task.code]
    with st.form(f"bericht-{task.code}-{referral.id}"):
        st.markdown(f"**{task.text}** {words.due(task.days_left, task.due, late=task.late)}")
        day = st.date_input(nl.DONE_ON, session.today(), max_value=session.today(), format="DD-MM-YYYY")
        if st.form_submit_button(label):
            event = {"kind": kind, "occurredOn": day.isoformat()}
            answering.send(lambda: work.happened(referral.id, event), nl.RECORDED.format(what=label))
    if kind == "allocation-requested":
        st.download_button(
            nl.DRAFT_315,
            data=lambda: work.draft_315(referral.id),
            file_name="315.json",
            mime="application/json",
            key=f"concept-{referral.id}",
            on_click="ignore",
        )


def _start(work: Casework, referral: Referral) -> None:
    with st.form(f"start-{referral.id}"):
        st.markdown(f"**{words.REPORT_START}**")
        day = st.date_input(words.STARTED_ON, session.today(), max_value=session.today(), format="DD-MM-YYYY")
        if st.form_submit_button(words.REPORT_START):
            event = {"kind": "started", "occurredOn": day.isoformat()}
            answering.send(lambda: work.happened(referral.id, event), nl.RECORDED.format(what=words.REPORT_START))


def _end(work: Casework, referral: Referral) -> None:
    (reasons,) = (field.choices for field in recording.fields_of(fetch.openapi(), "ended") if field.name == "reason")
    with st.form(f"einde-{referral.id}"):
        st.markdown(f"**{words.REPORT_END}**")
        day = st.date_input(nl.DONE_ON, session.today(), max_value=session.today(), format="DD-MM-YYYY")
        reason = st.selectbox(
            nl.WHY_ENDED, list(reasons), index=None, format_func=event_words.choice, placeholder=words.CHOOSE
        )
        st.caption(nl.END_FREES_PLACE)
        if st.form_submit_button(words.REPORT_END):
            if reason is None:
                st.error(words.still_needed([nl.WHY_ENDED]))
                return
            event = {"kind": "ended", "occurredOn": day.isoformat(), "values": {"reason": reason}}
            answering.send(lambda: work.happened(referral.id, event), nl.RECORDED.format(what=words.REPORT_END))


def _take_back(work: Casework, referral: Referral) -> None:
    with st.expander(words.TAKE_BACK, key=f"terug-{referral.id}"):
        st.caption(nl.TAKE_BACK_MEANS)
        if said := answering.grounds(referral, "intrekking"):
            answering.send(lambda: work.tell(referral.id, "withdrawal", said), nl.TAKEN_BACK)
