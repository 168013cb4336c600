"""What must always be there: what is not there now and since when, first; then all promises, and a form for them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard import fetch, session
from dashboard.answers import Answer, Certainty, Items, Named
from dashboard.client import JSON, ChangedMeanwhile, Client, Failure
from dashboard.faults import show as show_faults
from dashboard.texts import desks, nl, showing
from dashboard.texts import guarantees as words

Verdict = Literal["kept", "uncertain", "not-kept"]
SAID, CHOSEN = "afspraak-gezegd", "afspraak"


class Guarantee(Answer):
    id: str
    name: str
    care_type: Named | None
    family: str | None
    age_from: int | None
    age_until: int | None
    reach: str
    max_km: int | None
    places: int
    within_days: int | None
    valid_from: date
    valid_until: date | None
    sentence: str
    etag: str


class Here(Answer):
    """How a promise stands in one municipality."""

    municipality: Named
    verdict: Verdict
    since: date
    certainty: Certainty
    soonest_start: date | None
    reason: str | None


class Standing(Answer):
    guarantee: Guarantee
    verdict: Verdict
    since: date
    or_earlier: bool
    sentence: str
    municipalities: tuple[Here, ...]

    def missing(self) -> list[Here]:
        """Where it stands worst; nowhere when it is kept."""
        return [] if self.verdict == "kept" else [each for each in self.municipalities if each.verdict == self.verdict]


class Standings(Answer):
    on: date
    items: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Promising:
    """Asks and names what a region must always have, as somebody."""

    client: Client
    token: str
    region: str

    def standings(self) -> Standings:
        return self.client.get(f"regions/{self.region}/guarantee-standings", Standings, self.token)

    def promises(self) -> tuple[Guarantee, ...]:
        return self.client.get(f"regions/{self.region}/guarantees", Items[Guarantee], self.token).items

    def add(self, terms: JSON) -> Guarantee:
        return self.client.send("POST", f"regions/{self.region}/guarantees", Guarantee, self.token, body=terms)

    def change(self, seen: Guarantee, terms: JSON) -> Guarantee:
        headers = {"If-Match": seen.etag}
        return self.client.send("PUT", self._one(seen), Guarantee, self.token, body=terms, headers=headers)

    def drop(self, seen: Guarantee) -> None:
        self.client.delete(self._one(seen), self.token, {"If-Match": seen.etag})

    def _one(self, seen: Guarantee) -> str:
        return f"regions/{self.region}/guarantees/{seen.id}"


@st.cache_data(ttl=60, show_spinner=False, scope="session")
def told(token: str, region: str) -> Standings:
    return Promising(session.api(), token, region).standings()


def show(person: session.Person, region: str) -> None:
    """The whole section."""
    promising = Promising(session.api(), person.token, region)
    found = told(person.token, region)
    st.header(words.TITLE, anchor=False)
    st.caption(words.EXPLAINED)
    if said := st.session_state.pop(SAID, ""):
        st.success(said)
    wanting = [each for each in found.items if each.verdict != "kept"]
    for each in wanting:
        card(each)
    if not found.items:
        st.info(words.NOTHING_NAMED)
    elif not wanting:
        st.success(words.ALL_THERE)
    if found.items:
        with st.expander(words.ALL.format(count=len(found.items))):
            st.dataframe(
                table(found.items),
                hide_index=True,
                placeholder=nl.EMPTY,
                height="content",
                alt=words.TABLE_ALT,
                column_config={words.COLUMNS["where"]: st.column_config.TextColumn(width=150)},
            )
    with st.expander(words.NAME_OR_CHANGE):
        _edit(promising)


def card(standing: Standing) -> None:
    with st.container(border=True):
        st.markdown(f"{words.MARKS[standing.verdict]} **{standing.guarantee.name}**. {standing.sentence}")
        lines = list(where_and_why(standing))
        st.markdown(lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines))
        st.caption(words.PROMISED.format(what=_inside(standing.guarantee.sentence)))


def where_and_why(standing: Standing) -> Iterator[str]:
    """A line for each reason, with the soonest start; and with the municipalities that share it unless all do."""
    missing = sorted(standing.missing(), key=_reason)
    for (since, reason), group in groupby(missing, key=_reason):
        here = list(group)
        if len(here) == len(standing.municipalities):
            yield f"{reason} {_soonest(here)}"
            continue
        where = words.where(sorted(each.municipality.name for each in here), len(standing.municipalities))
        when = "" if since == standing.since else f", {words.SINCE.format(day=_day(since))}"
        yield f"{where}{when}: {_inside(reason)} {_soonest(here)}"


def _reason(here: Here) -> tuple[date, str]:
    return here.since, here.reason or ""


def _soonest(here: Sequence[Here]) -> str:
    starts = [each.soonest_start for each in here if each.soonest_start]
    return words.SOONEST.format(day=_day(min(starts))) if starts else words.SOONEST_UNKNOWN


def _inside(sentence: str) -> str:
    """A sentence that goes on after other words."""
    return "één" + sentence[3:] if sentence.startswith("Eén") else sentence[:1].lower() + sentence[1:]


def _day(day: date) -> str:
    return showing.short_day(day, session.today())


def table(standings: Sequence[Standing]) -> pd.DataFrame:
    """Every promise, worst first."""
    return pd.DataFrame([_row(each) for each in standings], columns=list(words.COLUMNS.values()))


def _row(each: Standing) -> tuple[str, ...]:
    missing = each.missing()
    starts = [here.soonest_start for here in missing or each.municipalities if here.soonest_start]
    sure = {here.certainty for here in missing or each.municipalities}
    return (
        each.guarantee.name,
        words.STATES[each.verdict],
        words.SINCE_LONG if each.or_earlier else _day(each.since),
        words.where(sorted(here.municipality.name for here in missing), len(each.municipalities))
        if missing
        else nl.EMPTY,
        _day(min(starts)) if starts else showing.UNKNOWN,
        showing.CERTAINTY[next(level for level in reversed(showing.CERTAINTY) if level in sure)],
        each.guarantee.sentence,
    )


def _edit(promising: Promising) -> None:
    by_id = {each.id: each for each in promising.promises()}
    chosen = st.selectbox(
        words.WHICH,
        ["", *by_id],
        format_func=lambda id_: f"{by_id[id_].name}: {_inside(by_id[id_].sentence)}" if id_ else words.NEW,
        key=CHOSEN,
    )
    st.caption(words.CHANGES_FROM_TODAY)
    if chosen:
        _change(promising, by_id[chosen])
    else:
        with st.form("afspraak-nieuw", border=False):
            terms = _fields(None)
            if st.form_submit_button(words.ADD, type="primary"):
                _done(lambda: promising.add(terms), words.NAMED.format(name=_called(terms)))


def _change(promising: Promising, seen: Guarantee) -> None:
    with st.form(f"afspraak-{seen.id}-{seen.etag}", border=False):
        terms = _fields(seen)
        sure = st.checkbox(words.SURE, key=f"weg-{seen.id}")
        with st.container(horizontal=True, gap="small"):
            kept = st.form_submit_button(words.SAVE, type="primary")
            gone = st.form_submit_button(words.REMOVE)
    if kept:
        _done(lambda: promising.change(seen, terms), words.CHANGED.format(name=_called(terms)))
    elif gone and sure:
        _done(lambda: promising.drop(seen), words.REMOVED.format(name=seen.name))
    elif gone:
        st.error(words.SAY_SURE)


def _kinds() -> dict[str, str]:
    """Families first, then care types, by how they are sent to the API."""
    care_types = fetch.care_types()
    families = {f"family:{each.family}": words.WHOLE_FAMILY.format(name=each.family) for each in care_types}
    return families | {f"careType:{each.code}": each.name for each in care_types}


def _fields(seen: Guarantee | None) -> JSON:
    """The terms as the form has them now."""
    name = seen.id if seen else "nieuw"
    kinds, reaches = _kinds(), list(words.REACHES)
    now = None if seen is None else f"careType:{seen.care_type.code}" if seen.care_type else f"family:{seen.family}"
    kind = st.selectbox(
        words.CARE,
        list(kinds),
        list(kinds).index(now) if now in kinds else None,
        format_func=kinds.__getitem__,
        placeholder=words.CARE_PLACEHOLDER,
        key=f"hulp-{name}",
    )
    (many, soon), (where, far), (young, old), (last, _) = (st.columns(2) for _ in range(4))
    terms: JSON = {
        "places": int(many.number_input(words.PLACES, 1, 100, seen.places if seen else 1, key=f"aantal-{name}")),
        "withinDays": soon.number_input(
            words.WITHIN_DAYS, 0, 365, seen.within_days if seen else None, help=words.WITHIN_DAYS_HELP,
            key=f"binnen-{name}",
        ),
        "reach": where.selectbox(
            words.REACH, reaches, reaches.index(seen.reach) if seen else 1, words.REACHES.__getitem__,
            key=f"waar-{name}",
        ),
        "maxKm": far.number_input(
            words.MAX_KM, 1, 400, seen.max_km if seen else None, help=words.MAX_KM_HELP, key=f"km-{name}"
        ),
        "ageFrom": young.number_input(
            words.AGE_FROM, 0, 23, seen.age_from if seen else None, help=words.AGES_HELP, key=f"vanaf-{name}"
        ),
        "ageUntil": old.number_input(
            words.AGE_UNTIL, 0, 23, seen.age_until if seen else None, help=words.AGES_HELP, key=f"tot-{name}"
        ),
    }  # fmt: skip
    until = last.date_input(
        words.UNTIL, seen.valid_until if seen else None, format="DD-MM-YYYY", help=words.UNTIL_HELP, key=f"eind-{name}"
    )
    sort, _, code = (kind or "careType:").partition(":")
    return terms | {sort: code or None, "validUntil": until.isoformat() if until else None}


def _called(terms: JSON) -> str:
    code = terms.get("careType")
    return next((each.name for each in fetch.care_types() if each.code == code), str(terms.get("family") or ""))


def _done(change: Callable[[], Any], sentence: str) -> None:
    """Do it, say so, and look anew; or say what is wrong, at the form."""
    try:
        change()
    except ChangedMeanwhile:
        sentence = desks.CHANGED_MEANWHILE
    except Failure as refused:
        show_faults(refused, words.FIELDS)
        return
    told.clear()
    st.session_state.pop(CHOSEN, None)
    st.session_state[SAID] = sentence
    st.rerun()
