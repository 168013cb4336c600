"""Mijn plekken: what is due, edited in place, saved at once, undone if need be."""

import streamlit as st

from dashboard import clicked, earlier, frames, grid, one_by_one, reached, reminders, session, statements, upload
from dashboard.texts import nl, places, showing

person = session.someone()
offers = grid.as_seen(person)

st.title(nl.OWN_PLACES, anchor=False)
if not offers:
    st.info(places.NO_OFFERS)
    if st.button(places.TO_OFFERS, key="naar-aanbod"):
        session.go_to("aanbod")
    reached.show(person)
    st.stop()

bar = st.container(key="balk")
if held := showing.held({f"{offer.name} ({offer.location.place})": offer.held_places or 0 for offer in offers}):
    st.info(places.HELD.format(places=held))
view = one_by_one.chosen()
as_cards = view == places.CARDS
st.caption(places.HELP[view])
typed = one_by_one.show(offers) if as_cards else grid.edit(offers, seldom_first=view == places.WIDER)

all_due = [offer for offer in offers if statements.is_due(offer)]
due = [offer for offer in all_due if offer.id not in typed]
never = sum(offer.capacity is None for offer in offers)
with bar, st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(places.due_count(len(all_due), never, len(offers)), width="stretch")
    upload.controls(person, busy=bool(typed))
    if due and not as_cards:
        one_by_one.to_be_confirmed(due)
    if due:
        st.button(places.confirm_due(len(due)), key="alle", on_click=grid.confirm, args=(due, typed))
    if grid.can_go_back() and not typed:
        st.button(nl.UNDO, key="ongedaan", on_click=grid.undo)
    if typed:
        st.button(nl.DROP_CHANGES, key="weg", on_click=grid.drop, type="tertiary")
    if typed or not as_cards:
        st.button(
            nl.SAVE_CHANGES.format(count=len(typed)) if typed else nl.SAVE_NOTHING,
            key="opslaan",
            type="primary",
            disabled=not typed,
            on_click=grid.save,
            args=(offers, typed),
            shortcut="Ctrl+S",
        )

with bar:
    upload.show(person)
    if failed := clicked.told(grid.FAILED):
        st.error(failed.sentence)
    if said := grid.said():
        st.success(said)
    if refused := grid.done().refused:
        names = {offer.id: f"{offer.name} ({offer.location.place})" for offer in offers}
        lines = "\n".join(f"- **{names[offer_id]}**: {why}" for offer_id, why in refused.items())
        st.error(f"{nl.NOT_SAVED.format(count=showing.count(len(refused), 'opgave', 'opgaven'))}\n{lines}")

if typed:
    st.header(nl.WHAT_CHANGES, anchor=False)
    st.table(frames.changes({offer.id: offer for offer in offers}, typed), hide_index=True, border="horizontal")

earlier.show(person, offers)
reached.show(person)
reminders.show(person)
