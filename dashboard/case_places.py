"""Where a case can go: its referrals and what came of them, places to hold or to ask, the network and the RET."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import answers, filling_in, session
from dashboard.case_answers import Case, NetworkRequest, Referral, State
from dashboard.casework import Casework
from dashboard.client import JSON, Failure, SignInNeeded
from dashboard.texts import cases as words
from dashboard.texts import showing

_SAID, _RANKED, _TWICE = "plaatsen-gezegd", "plaatsen-gezocht", "plaatsen-dubbel"
_SHOWN = 8


def show(work: Casework, case: Case, state: State, referrals: Sequence[Referral]) -> None:
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    st.subheader(words.REFERRALS, anchor=False)
    if not referrals:
        st.markdown(words.NO_REFERRALS)
    for referral in referrals:
        _referral(work, referral)
    if any(referral.standing == "place-found" for referral in referrals):
        st.caption(words.PLACE_FOUND)
    for request in work.network(case.id):
        _network(work, case, request)
    if state.phase == "search":
        if state.co_owner:
            _wider(work, case, state)
        _places(work, case)


def _did(said: str) -> None:
    """Say it on the page as it is now."""
    st.session_state[_SAID] = said
    st.rerun()


def _refused(refused: Failure) -> None:
    st.error(" ".join((refused.sentence, *(fault.detail for fault in refused.faults))))


def line(referral: Referral) -> str:
    """One referral: to whom, how it stands, since when or until when."""
    stands = words.STANDINGS[referral.standing]
    parts = [showing.long_day(referral.sent_on)]
    if referral.working_days_left is not None:
        parts.append(words.due(referral.working_days_left, referral.due_on, late=referral.late))
    if referral.starts_on:
        parts.append(words.STARTS.format(day=showing.long_day(referral.starts_on)))
    if referral.reason:
        parts.append(words.REASONS[referral.reason])
    about = " · ".join(parts)
    name = referral.offer.name if referral.offer else words.NETWORK
    return (
        f'<div class="zb-task"><span class="zb-term zb-stands-{escape(referral.standing)}">{escape(stands)}</span>'
        f"<div><b>{escape(referral.provider.name)}</b> {escape(name)}"
        f'<span class="zb-about">{escape(about)}</span></div></div>'
    )


def _referral(work: Casework, referral: Referral) -> None:
    """How it stands, and what the worker can do about it."""
    with st.container(key=f"aanmelding-{referral.id}"):
        st.html(line(referral))
        try:
            with st.container(horizontal=True, gap="small"):
                _answers(work, referral)
            if referral.standing == "question":
                _reply(work, referral)
        except SignInNeeded:
            raise
        except Failure as refused:
            _refused(refused)


def _answers(work: Casework, referral: Referral) -> None:
    if referral.refusal:
        st.download_button(
            words.PRINT_REFUSAL.format(number=referral.refusal),
            data=lambda: work.refusal_page(referral.id),
            file_name=f"{referral.refusal}.html",
            mime="text/html",
            key=f"afdruk-{referral.id}",
            on_click="ignore",
        )
    if referral.standing == "accepted" and referral.starts_on and referral.timely is None:
        for label, timely in ((words.TIMELY, True), (words.NOT_TIMELY, False)):
            if st.button(label, key=f"start-{timely}-{referral.id}"):
                work.tell(referral.id, "start-judgement", {"timely": timely})
                _did(label)
    if referral.standing == "open" and referral.late and st.button(words.NO_ANSWER, key=f"stil-{referral.id}"):
        work.tell(referral.id, "no-answer")
        _did(words.NO_ANSWER)
    if referral.standing in {"open", "question", "accepted", "place-found"}:
        with st.popover(words.WITHDRAW):
            why = st.text_area(words.WITHDRAW_WHY, key=f"waarom-{referral.id}", max_chars=2000)
            if st.button(words.WITHDRAW, key=f"trek-in-{referral.id}"):
                work.tell(referral.id, "withdrawal", {"explanation": why or None})
                _did(words.STANDINGS["withdrawn"])


def _reply(work: Casework, referral: Referral) -> None:
    asked = next(each for each in reversed(referral.questions) if each.answer is None)
    with st.form(f"antwoord-{referral.id}", border=False):
        st.markdown(f"**{words.ASKED}** {asked.question}")
        text = st.text_area(words.ANSWER_QUESTION, max_chars=2000, help=words.QUESTION_HELP)
        if st.form_submit_button(words.SEND_ANSWER) and text.strip():
            work.tell(referral.id, "reply", {"text": text})
            _did(words.SEND_ANSWER)


def _network(work: Casework, case: Case, request: NetworkRequest) -> None:
    """Who of the network answered, and the choice of one proposal."""
    st.markdown(f"**{words.NETWORK}**")
    day = showing.long_day(request.due_on)
    st.caption(words.NETWORK_ASKED.format(answered=request.answered, asked=request.asked, day=day))
    for member in request.members:
        with st.container(key=f"netwerk-{member.id}", horizontal=True, vertical_alignment="center"):
            st.html(line(member), width="stretch")
            if member.standing == "proposed" and st.button(
                words.CONFIRM.format(provider=member.provider.name), key=f"kies-{member.id}", type="primary"
            ):
                try:
                    work.confirm_proposal(case.id, request.id, member.id)
                except SignInNeeded:
                    raise
                except Failure as refused:
                    _refused(refused)
                else:
                    _did(words.CONFIRMED.format(provider=member.provider.name))


def _wider(work: Casework, case: Case, state: State) -> None:
    """Step 5: the network and the expert team, side by side. What runs already is not offered again."""
    running = {step.code for step in state.steps if step.status == "open"}
    with st.container(horizontal=True, gap="small"):
        try:
            if "5A" not in running and st.button(words.ASK_NETWORK, key="vraag-netwerk"):
                asked = work.ask_network(case.id)
                _did(words.ASKED_NETWORK.format(count=asked.asked))
            if "5B" not in running and st.button(words.REGISTER_RET, key="meld-ret"):
                told = work.register_with_ret(case.id)
                _did(words.REGISTERED.format(day=showing.long_day(told.due_on)))
        except SignInNeeded:
            raise
        except Failure as refused:
            _refused(refused)


def _places(work: Casework, case: Case) -> None:
    """The ranking of this case, the form that goes along, and per place the two things one can do."""
    st.subheader(words.PLACES, anchor=False)
    for option in work.options(case.id):
        with st.container(horizontal=True, vertical_alignment="center"):
            day = showing.long_day(option.last_day)
            st.markdown(words.HELD.format(day=day, offer=f"{option.provider.name}, {option.offer.name}"))
            if option.referral_id is None and st.button(words.LET_GO, key=f"los-{option.offer.id}", type="tertiary"):
                work.let_go(case.id, option.offer.id)
                _did(words.LET_GO)
    if st.button(words.RANK, key="zoek-plekken"):
        st.session_state[_RANKED] = (case.id, work.ranking(case.id).answer)
    ranked = st.session_state.get(_RANKED)
    if ranked is None or ranked[0] != case.id:
        return
    st.caption(words.PLACES_EXPLAINED)
    form = filling_in.ask(work.form(case.id), case)
    matches: answers.Matches = ranked[1]
    if not matches.matches:
        st.info(words.NO_PLACES)
    for match in matches.matches[:_SHOWN]:
        _place(work, case, match, form)


def _place(work: Casework, case: Case, match: answers.Match, form: JSON | None) -> None:
    with st.container(key=f"plek-{match.offer_id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_where(match), width="stretch")
        try:
            if st.button(words.HOLD, key=f"houd-{match.offer_id}", disabled=not match.open_places):
                option = work.hold(case.id, match.offer_id)
                _did(words.HELD.format(day=showing.long_day(option.last_day), offer=match.offer))
            sure = st.session_state.get(_TWICE) == (case.id, match.offer_id)
            label = words.STILL_REFER if sure else words.REFER
            if st.button(
                label,
                key=f"meld-{match.offer_id}",
                type="primary",
                disabled=form is None,
                help=None if form else words.FORM_FIRST,
            ):
                _refer(work, case, match, form, sure=sure)
        except SignInNeeded:
            raise
        except Failure as refused:
            _refused(refused)


def _refer(work: Casework, case: Case, match: answers.Match, form: JSON | None, *, sure: bool) -> None:
    try:
        sent = work.refer(case.id, match.offer_id, form, sure=sure)
    except Failure as refused:
        if refused.code != "running-referral":
            raise
        st.session_state[_TWICE] = (case.id, match.offer_id)
        st.warning(words.RUNNING.format(sentence=refused.sentence))
        st.button(
            words.STILL_REFER, key=f"toch-{match.offer_id}", on_click=_refer_twice, args=(work, case, match, form)
        )
        return
    st.session_state.pop(_TWICE, None)
    st.session_state.pop(_RANKED, None)
    _did(words.SENT.format(provider=sent.provider.name, day=showing.long_day(sent.due_on)))


def _refer_twice(work: Casework, case: Case, match: answers.Match, form: JSON | None) -> None:
    """A callback: outside the page nobody else would say why not."""
    try:
        sent = work.refer(case.id, match.offer_id, form, sure=True)
    except Failure as refused:
        _refused(refused)
        return
    st.session_state.pop(_TWICE, None)
    st.session_state[_SAID] = words.SENT.format(provider=sent.provider.name, day=showing.long_day(sent.due_on))


def _where(match: answers.Match) -> str:
    today = session.today()
    start = showing.start(match.expected_start, match.expected_early, match.expected_late, today)
    facts = " · ".join(
        (match.location.place, showing.distance(match.distance_km), showing.places(match.open_places), start)
    )
    return (
        f'<div class="zb-task"><span class="zb-term">{match.rank}</span><div><b>{escape(match.provider.name)}</b> '
        f'{escape(match.offer)}<span class="zb-about">{escape(facts)}</span></div></div>'
    )
