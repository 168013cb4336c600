"""The worryingly waiting as a table, by the day on which somebody looks again. Nothing else orders them.

Under it a button to each case that lies at one's own desk; of the others the table says who knows more.
"""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import agenda, fetch, reports, session, tasks
from dashboard.case_answers import Worrying
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import nl as common
from dashboard.texts import showing


def table(waiting: Iterable[Worrying]) -> pd.DataFrame:
    """Late reviews first, since theirs is the earliest day. A reference only where this organisation is a party."""
    care = {each.code: each.name for each in fetch.care_types()}
    rows = [
        (
            _review(each),
            each.reference or nl.not_yours(tasks.organisation(each.organisation)),
            tasks.organisation(each.municipality),
            ", ".join(care.get(code, code) for code in each.care_types),
            each.bridging_help or common.EMPTY,
            each.reviewer or common.EMPTY,
            showing.long_day(each.marked_on),
        )
        for each in sorted(waiting, key=lambda each: each.review_on)
    ]
    columns = [words.REVIEW_ON, words.CASE, words.AREA, words.CARE, words.BRIDGING, words.REVIEWER, words.MARKED_ON]
    return pd.DataFrame(rows, columns=columns)


def _review(each: Worrying) -> str:
    day = showing.long_day(each.review_on)
    return f"{words.LATE}: {day}" if each.late else day


def to_the_cases(work: Casework, person: session.Person, waiting: Sequence[Worrying]) -> None:
    """A button for each case that lies here: on the agenda of the expert team, or among the reports."""
    own = [each for each in waiting if each.case_id]
    opened = _at_desk(work, person) if own else {}
    with st.container(horizontal=True, gap="small"):
        for each in sorted(own, key=lambda each: each.review_on):
            page, state = DESKS[person.role]
            at = opened.get(each.case_id or "")
            label = nl.OPEN.format(reference=each.reference)
            if at is not None and st.button(label, key=f"naar-{each.case_id}"):
                st.session_state[state] = at
                session.go_to(page)


DESKS = {"ret-chair": ("agenda", agenda.OPENED), "regional-contact": ("meldingen", reports.OPENED)}
"""On which page a role reads a case that lies with it, and what says there which one."""


def _at_desk(work: Casework, person: session.Person) -> Mapping[str, str | int]:
    """What is opened on that page, by case: the newest counts."""
    if person.role == "ret-chair":
        items = (item for is_open in (False, True) for item in work.agenda(person.organisation, is_open=is_open))
        return {item.care_request_id: item.id for item in items}
    return {put.case_id: put.event.id for put in work.desk(f"regions/{person.organisation}/reports", is_open=False)}
