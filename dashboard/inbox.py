"""A provider's referrals in the order of what must be done: answers first and late ones on top, then what follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.case_answers import Referral, Task
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import showing

OPENED, SAID = "aanmelding", "aanmelding-gezegd"
"""Which referral is looked at, and what was just done with it; in this session only."""

_AT_FIRST = 10

Tasks = Mapping[str, Sequence[Task]]
"""What this provider must do, by referral."""


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the inbox, with what stands under it."""

    key: str
    title: str
    referrals: tuple[Referral, ...]
    explained: str = ""


WITH_THE_WORKER = frozenset({"question", "proposed"})
HELPED = frozenset({"accepted", "started"})


def tasks_by_referral(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """Answering has a place of its own in the inbox."""
    found: dict[str, list[Task]] = {}
    for task in tasks:
        if task.referral and task.code not in {"answer-referral", "answer-network"}:
            found.setdefault(task.referral, []).append(task)
    return found


def parts(referrals: Iterable[Referral], tasks: Tasks) -> tuple[Part, ...]:
    """Every referral under one heading; of two that fit, the first. Soonest term on top; what is over, newest first."""
    found: dict[str, list[Referral]] = {}
    for referral in sorted(referrals, key=lambda each: each.due_on):
        found.setdefault(_part_of(referral, tasks), []).append(referral)
    titles = (
        ("antwoord", words.WAITING_ANSWER, ""),
        ("gevraagd", nl.ASKED_AFTERWARDS, nl.ASKED_AFTERWARDS_EXPLAINED),
        ("te-doen", nl.LEFT_TO_DO, ""),
        ("medewerker", nl.THEIR_TURN, ""),
        ("bij-u", nl.WITH_YOU, ""),
        ("eerder", words.EARLIER, ""),
    )
    found["eerder"] = found.get("eerder", [])[::-1]
    return tuple(Part(key, title, tuple(found[key]), said) for key, title, said in titles if found.get(key))


def _part_of(referral: Referral, tasks: Tasks) -> str:
    if referral.standing == "open":
        return "antwoord"
    if referral.asks:
        return "gevraagd"
    if referral.id in tasks:
        return "te-doen"
    if referral.standing in WITH_THE_WORKER:
        return "medewerker"
    return "bij-u" if referral.standing in HELPED else "eerder"


def show(part: Part, tasks: Tasks) -> None:
    """A heading with its lines, a button each; a long list begins with its first."""
    st.header(part.title, anchor=False)
    if part.explained:
        st.caption(part.explained)
    everything = st.session_state.get(f"alle-{part.key}", False)
    for referral in part.referrals if everything else part.referrals[:_AT_FIRST]:
        with st.container(key=f"rij-{referral.id}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(line(referral, tasks.get(referral.id, ())), width="stretch")
            st.button(_label(referral), key=f"open-{referral.id}", on_click=open_referral, args=(referral.id,))
    if len(part.referrals) > _AT_FIRST and not everything:
        st.button(
            words.SHOW_ALL.format(count=len(part.referrals)),
            key=f"meer-{part.key}",
            on_click=st.session_state.update,
            kwargs={f"alle-{part.key}": True},
        )


def open_referral(referral_id: str | None) -> None:
    """A button's callback; None closes it."""
    st.session_state[OPENED] = referral_id


def _label(referral: Referral) -> str:
    return nl.OPEN.format(reference=referral.child.reference) if referral.child else nl.OPEN_IT


def line(referral: Referral, tasks: Sequence[Task] = ()) -> str:
    """How it stands first; then which offer, which child, and until when."""
    about = [referral.child.reference if referral.child else nl.NO_REFERENCE, *_when(referral)]
    if referral.network_request_id:
        about.append(nl.FROM_NETWORK)
    what = referral.offer.name if referral.offer else words.NETWORK
    term, urgency = _term(referral, tasks)
    todo = "".join(f'<span class="zb-about">{escape(task.text)}</span>' for task in tasks)
    return (
        f'<div class="zb-task"><span class="zb-term {urgency}">{escape(term)}</span><div><b>{escape(what)}</b>'
        f'{todo}<span class="zb-about">{escape(" · ".join(about))}</span></div></div>'
    )


def _term(referral: Referral, tasks: Sequence[Task]) -> tuple[str, str]:
    """What presses: an answer, else the first task, else how it stands."""
    if referral.standing == "open" and referral.working_days_left is not None:
        left, late = referral.working_days_left, referral.late
    elif tasks:
        first = min(tasks, key=lambda task: task.due)
        left, late = first.days_left, first.late
    else:
        return words.STANDINGS[referral.standing], f"zb-stands-{referral.standing}"
    return words.term(left, late=late), "zb-late" if late else "zb-today" if left == 0 else "zb-later"


def _when(referral: Referral) -> list[str]:
    if referral.standing == "open":
        return [showing.long_day(referral.due_on)]
    if referral.starts_on:
        return [words.STARTS.format(day=showing.long_day(referral.starts_on))]
    return [showing.long_day(referral.sent_on), *([words.REASONS[referral.reason]] if referral.reason else [])]
