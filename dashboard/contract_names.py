"""The names in a list of contracts that only a human can explain: providers that are called otherwise than we know
them, and a region's own names for care types.

What is said of a provider's name holds for every list of this session; once a list is saved, the service remembers it.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import fetch, product_names, session, supply
from dashboard.answers import Provider
from dashboard.client import Failure
from dashboard.faults import show as show_faults
from dashboard.supply_answers import NamedProvider
from dashboard.texts import supply as nl

_SAID = "lijst-aanbieders"
_MOST = 50
"""Names in one form; who answered these is asked the next."""
_LIKELY, _AHEAD = 80, 10
"""Of 100: how alike the likeliest must be, and how much more than the next, to stand there already."""


def said_of(names: Sequence[NamedProvider]) -> dict[str, str]:
    """The AGB code that somebody said here, for each of these names."""
    said: dict[str, str] = st.session_state.get(_SAID, {})
    return {each.name: said[each.name] for each in names if each.name in said}


def forget() -> None:
    st.session_state.pop(_SAID, None)


def ask_providers(person: session.Person, names: Sequence[NamedProvider]) -> None:
    """Which provider each unknown name means: the likeliest stands there, nothing holds before it is confirmed."""
    asked = [each for each in names if each.provider is None][:_MOST]
    if not asked:
        return
    st.subheader(nl.UNKNOWN_PROVIDERS, anchor=False)
    found = _sought(person.token)
    with st.form("lijst-aanbieders-vragen", border=False):
        for each in asked:
            _which_provider(each, found)
        st.form_submit_button(nl.CONFIRM_NAMES, on_click=_keep, args=([each.name for each in asked],))


def show_given(names: Sequence[NamedProvider]) -> None:
    """What was said here of names, with the way back."""
    given = [each for each in names if each.how == "given" and each.provider]
    if given:
        said = ", ".join(
            nl.MEANS.format(name=each.name, meant=_label(each.provider)) for each in given if each.provider
        )
        st.caption(nl.SAID_OF_NAMES.format(said=said))
        st.button(nl.SAY_ANEW, key="lijst-opnieuw", type="tertiary", on_click=forget)


def remembered(names: Sequence[NamedProvider]) -> list[str]:
    """What earlier lists taught of the names in this one."""
    return [
        nl.MEANS.format(name=each.name, meant=each.provider.name)
        for each in names
        if each.how == "remembered" and each.provider
    ]


def ask_products(person: session.Person, names: Sequence[str], look_anew: Callable[[], None]) -> None:
    """A human says what the region's own names mean; then the list is looked at again."""
    api, token, region = session.api(), person.token, person.organisation
    care_types = {each.code: each.name for each in fetch.care_types()}
    st.subheader(nl.UNKNOWN_PRODUCTS, anchor=False)
    try:
        found, _ = product_names.suggested(api, token, region, names[:_MOST])
    except Failure as failure:
        show_faults(failure, {})  # what else there is to see of the list is still shown
        return
    with st.form("lijst-namen", border=False):
        said = product_names.ask(found, care_types)
        wanted = st.form_submit_button(nl.CONFIRM_NAMES)
    if wanted and (chosen := {name: care_type for name, care_type in said.items() if care_type}):
        supply.name_products(api, token, region, dict(chosen))
        look_anew()
        st.rerun()


def _sought(token: str) -> Sequence[Provider]:
    """Providers to choose from beside the likely ones."""
    words = st.text_input(nl.SEEK_PROVIDER, key="lijst-aanbieder-zoek", placeholder=nl.SEEK_PROVIDER_PLACEHOLDER)
    return supply.providers(session.api(), token, words.strip()[:100]).items if words.strip() else ()


def _which_provider(name: NamedProvider, found: Sequence[Provider]) -> None:
    proposed = {each.provider.agb_code: each.provider for each in name.proposals}
    labels = {code: _label(each) for code, each in (proposed | {each.agb_code: each for each in found}).items()}
    rows = ", ".join(map(str, name.rows[:3])) + (" …" if len(name.rows) > 3 else "")
    st.selectbox(
        nl.WHOSE_NAME.format(name=name.name, rows=rows),
        list(labels),
        index=0 if _is_likely(name) else None,
        format_func=labels.__getitem__,
        placeholder=nl.CHOOSE if labels else nl.SEEK_FIRST,
        key=_provider_key(name.name),
    )


def _is_likely(name: NamedProvider) -> bool:
    """Whether the first is far more alike than the others; of twins a human must choose."""
    likeness = [each.likeness for each in name.proposals]
    return bool(likeness) and likeness[0] >= _LIKELY and (len(likeness) == 1 or likeness[0] - likeness[1] >= _AHEAD)


def _keep(names: Sequence[str]) -> None:
    picked = {name: st.session_state.get(_provider_key(name)) for name in names}
    chosen = {name: code for name, code in picked.items() if code}
    st.session_state[_SAID] = st.session_state.get(_SAID, {}) | chosen


def _provider_key(name: str) -> str:
    return f"lijst-aanbieder-{name}"


def _label(provider: Provider) -> str:
    """Two may have one name; no two have one code."""
    return nl.PROVIDER_AND_CODE.format(name=provider.name, code=provider.agb_code)
