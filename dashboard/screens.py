"""What runs for every person at every click: who signs in sees the pages of their role; the first is home."""

from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.client import Failure, SignInNeeded
from dashboard.texts import actuality, cases, council, families, feedback, nl, shortages, supply, waiting_times

HERE = Path(__file__).parent

SEARCH = ("zoeken", nl.SEARCH)
OWN_PLACES = ("mijn_plekken", nl.OWN_PLACES)
REGION = ("regio", nl.REGION)
OFFERS = ("aanbod", supply.OFFERS)
CONTRACTS = ("contracten", supply.CONTRACTS)
PRODUCTS = ("zorgvormen", supply.PRODUCTS)
TABLE = ("beschermingstafel", supply.TABLE)
PROFILE = ("aanbieder", supply.PROFILE)
IMAGE = ("mijn_beeld", feedback.TITLE)
ACTUALITY = ("actualiteit", actuality.TITLE)
MY_DAY = ("mijn_dag", cases.MY_DAY)
CASES = ("casussen", cases.CASES)
INBOX = ("aanmeldingen", cases.INBOX)
AGENDA = ("agenda", cases.AGENDA)
WORRYING = ("zorgelijk_wachtend", cases.WORRYING)
REPORTS = ("meldingen", cases.REPORTS)
CONTACTS = ("contactpersonen", cases.CONTACTS)
SHORTAGES = ("tekorten", shortages.TITLE)
WHAT_IF = ("wat_als", shortages.WHAT_IF)
FIGURES = ("cijfers", council.TITLE)
FOR_COUNCIL = ("raad", council.PUBLIC_TITLE)
WAITING_TIMES = ("wachttijden", waiting_times.TITLE)
WHOM_TO_CALL = ("wie_bel_ik", families.TITLE)

# Streamlit keeps how far one had scrolled down the list of who to be
TO_THE_TOP = """<script>document.querySelector('[data-testid="stMain"]').scrollTo(0, 0)</script>"""

PAGES_OF = {
    "local-team": (MY_DAY, SEARCH, CASES, REGION, TABLE),
    "youth-protection": (MY_DAY, SEARCH, CASES, REGION, TABLE),
    "provider": (OWN_PLACES, INBOX, IMAGE, OFFERS, REGION),
    "ret-chair": (AGENDA, SHORTAGES, WHAT_IF, WORRYING, FIGURES, REGION, SEARCH),
    "regional-contact": (REPORTS, CONTACTS, WORRYING, REGION, SEARCH, TABLE),
    "contract-manager": (ACTUALITY, CONTRACTS, PRODUCTS, SHORTAGES, FIGURES, REGION),
    "back-office": (MY_DAY, CASES, REGION),
    "official": (MY_DAY, CASES, SEARCH, REGION),
    "care-broker": (MY_DAY, CASES, SEARCH, REGION),
    "admin": (REGION, SEARCH),
}

# What only a region has: its own words for care, and its shortages. A municipality that contracts sees the rest.
OF_A_REGION = {PRODUCTS, SHORTAGES}

# Opened by a link, signed in or not.
FOR_EVERYBODY = (PROFILE, WAITING_TIMES, FOR_COUNCIL, WHOM_TO_CALL)


def page(name: str, title: str, default: bool = False, *, shown: bool = True) -> st.Page:
    return st.Page(
        HERE / "app_pages" / f"{name}.py",
        title=title,
        url_path=name.replace("_", "-"),
        default=default,
        visibility="visible" if shown else "hidden",
    )


def own_pages(role: str, organisation: str) -> list[tuple[str, str]]:
    """Name and title of the pages of a role at an organisation; the first is home."""
    pages = PAGES_OF.get(role, (REGION,))
    return [each for each in pages if each not in OF_A_REGION or not organisation.startswith("GM")]


def pages_of(person: session.Person | None) -> list[st.Page]:
    public = [page(name, title, shown=False) for name, title in FOR_EVERYBODY]
    if person is None:
        return [page("aanmelden", nl.SIGN_IN, default=True), *public]
    names = own_pages(person.role, person.organisation)
    own = {name: page(name, title, default=at == 0) for at, (name, title) in enumerate(names)}
    session.remember_pages(own)
    return [*own.values(), *public]


def greet(person: session.Person) -> None:
    """Who one is, and the way out, at the right of the bar on top."""
    with st.container(key="wie", horizontal=True, vertical_alignment="center", gap="small"):
        if person.demo:
            st.caption(nl.DEMO_MARK)
        st.markdown(f"{nl.ROLES.get(person.role, person.role)} · **{person.organisation_name}**")
        st.button(nl.SIGN_OUT, key="afmelden", type="tertiary", on_click=session.leave)
        if session.just_in():
            st.html(TO_THE_TOP, unsafe_allow_javascript=True)


def show(chosen: st.Page) -> None:
    """Run the page; a failing API becomes one calm sentence and a way on."""
    try:
        chosen.run()
    except SignInNeeded as expired:
        session.sign_out(expired.sentence)
        st.rerun()
    except Failure as failure:
        st.error(failure.sentence, icon=":material/cloud_off:")
        st.button(nl.TRY_AGAIN, key="opnieuw")


st.set_page_config(page_title=nl.PRODUCT, page_icon=str(HERE / "mark.svg"), layout="wide")
st.html(HERE / "style.css")
st.logo(str(HERE / "logo.svg"), size="large")
person = session.person()
chosen = st.navigation(pages_of(person), position="top" if person else "hidden")
if person:
    greet(person)
show(chosen)
