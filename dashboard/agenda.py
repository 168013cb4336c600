"""A case before the expert team as a line, what was tried for it as a table, and the places there were by then."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from dashboard import answers, cards
from dashboard.case_answers import AgendaItem, Attempt
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import nl as common
from dashboard.texts import showing

OPENED = "agenda-geopend"

_PLACES_SHOWN, _NEAR_SHOWN = 5, 3
_THIS_WEEK = 5


def open_item(registration_id: str | None) -> None:
    """A button's callback; None closes it."""
    st.session_state[OPENED] = registration_id


def counts(items: Sequence[AgendaItem]) -> None:
    late = sum(item.late for item in items)
    soon = sum(not item.late and (item.working_days_left or 0) <= _THIS_WEEK for item in items)
    facts = st.grid(3, min_column_width=130)
    facts.metric(words.LATE, showing.whole(late))
    facts.metric(words.THIS_WEEK, showing.whole(soon))
    facts.metric(words.OPEN_ITEMS, showing.whole(len(items)))


def row(item: AgendaItem) -> None:
    """A line with its button."""
    with st.container(key=f"rij-{item.id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(line(item), width="stretch")
        label = nl.OPEN.format(reference=item.child.reference)
        st.button(label, key=f"open-{item.id}", on_click=open_item, args=(item.id,))


def line(item: AgendaItem) -> str:
    """The term first; then who, what is looked for, and how far it came."""
    care = ", ".join(care.name for care in item.child.care_types)
    tried = words.TRIED_COUNT.format(tried=item.tried, refused=item.refused)
    about = " · ".join((item.child.municipality.name, showing.long_day(item.due_on), tried, *_so_far(item)))
    urgency = "zb-late" if item.late else "zb-today" if item.working_days_left == 0 else "zb-later"
    term = words.OUTCOMES[item.outcome] if item.outcome else words.term(item.working_days_left or 0, late=item.late)
    return (
        f'<div class="zb-task"><span class="zb-term {urgency}">{escape(term)}</span>'
        f"<div><b>{escape(item.child.reference)}</b> {escape(care)}"
        f'<span class="zb-about">{escape(about)}</span></div></div>'
    )


def _so_far(item: AgendaItem) -> list[str]:
    steps = ((nl.TALKED_BEFORE, item.talked_before_on), (nl.WAS_DISCUSSED, item.discussed_on), (nl.BOEG, item.boeg_on))
    said = [text.format(day=showing.long_day(day)) for text, day in steps if day]
    return [*said, *([nl.SUPPORTED_BY.format(provider=item.supporter.name)] if item.supporter else [])]


def who_could_help(work: Casework, region: str, attempts: Sequence[Attempt]) -> list[answers.Provider]:
    """Whom the team may ask to support the breakthrough: the region's network, and who was asked before."""
    known = (*work.network_members(region), *(each.provider for each in attempts))
    return list({provider.agb_code: provider for provider in known}.values())


def tried(attempts: Sequence[Attempt]) -> None:
    if attempts:
        st.table(attempts_table(attempts), hide_index=True, border="horizontal")
    else:
        st.markdown(nl.NOTHING_TRIED)


def attempts_table(attempts: Sequence[Attempt]) -> pd.DataFrame:
    """In the order in which they were asked."""
    rows = [
        (
            showing.long_day(each.sent_on),
            each.provider.name,
            nl.FROM_NETWORK if each.through_network else each.offer.name if each.offer else common.EMPTY,
            words.STANDINGS.get(each.standing, each.standing),
            words.REASONS.get(each.reason or "", common.EMPTY),
            each.refusal or common.EMPTY,
        )
        for each in attempts
    ]
    return pd.DataFrame(rows, columns=[nl.SENT_ON, nl.PROVIDER, nl.OFFER, nl.OUTCOME, words.REASON, nl.REFUSAL])


def places(ranking: answers.Matches, today: date) -> None:
    """What fitted when the case was registered, what nearly did, and which change opens more."""
    if ranking.matches:
        st.html(cards.result_list(ranking.matches[:_PLACES_SHOWN], today))
    else:
        st.markdown(words.NO_RANKING)
    if ranking.relaxations:
        st.markdown(f"**{nl.OTHER_PLACES}**\n" + "\n".join(f"- {each.text}" for each in ranking.relaxations))
    if ranking.near_misses:
        st.markdown(f"**{nl.NEARLY}**")
        st.html(cards.plain_list((miss, miss.text) for miss in ranking.near_misses[:_NEAR_SHOWN]))


def concluded(items: Sequence[AgendaItem]) -> None:
    """What came of earlier cases, and what held them up: to learn from."""
    if not items:
        st.markdown(nl.NOTHING_CONCLUDED)
        return
    held_up = Counter(words.CAUSES[item.cause] for item in items if item.cause)
    if held_up:
        st.markdown(f"**{nl.LEARNED}** " + ". ".join(nl.cases_of(*each) for each in held_up.most_common()) + ".")
    st.table(concluded_table(items), hide_index=True, border="horizontal")


def concluded_table(items: Sequence[AgendaItem]) -> pd.DataFrame:
    rows = [
        (
            item.child.reference,
            showing.long_day(item.concluded_on) if item.concluded_on else common.EMPTY,
            words.OUTCOMES.get(item.outcome or "", common.EMPTY),
            words.CAUSES.get(item.cause or "", common.EMPTY),
        )
        for item in items
    ]
    return pd.DataFrame(rows, columns=[words.CASE, nl.CONCLUDED_ON, nl.OUTCOME, nl.WHY])
