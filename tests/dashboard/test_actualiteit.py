"""Actualiteit: who is late, how late and how often; and where the organisation wants its e-mail."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import actuality as words
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import FakeApi, late, problem

ON_TIME: dict[str, Any] = {"late": 0, "daysLate": 0, "neverStated": 0}


@pytest.fixture
def open_page(api: FakeApi, sign_in: SignIn) -> SignIn:
    def opened(*contracts: object) -> AppTest:
        api.lateness = list(contracts)  # type: ignore[arg-type]  # JSON objects
        return sign_in("contract-manager", "JZ28", "Centraal Gelderland")

    return opened


def test_is_the_contract_managers_home_and_says_who_is_late(open_page: SignIn) -> None:
    app = open_page(late(), late("De Tulp", contractNumber="JZ28-008", **ON_TIME))
    assert not app.exception
    assert app.title[0].value == words.TITLE
    assert [metric.value for metric in app.metric] == ["1 van 2", "2", "1", "12"]
    table = app.dataframe[0].value
    assert table[words.COLUMNS["provider"]].tolist() == ["De Wilgen"]
    assert table[words.COLUMNS["times_late"]].tolist() == [3]


def test_an_offer_under_two_contracts_is_counted_once(open_page: SignIn, api: FakeApi) -> None:
    api.lateness_counts = {"offers": 4, "late": 2, "neverStated": 1}
    app = open_page(late(), late(contractNumber="JZ28-009"))
    assert [metric.value for metric in app.metric][:3] == ["2 van 2", "2", "1"]


def test_it_says_whom_to_call_and_whether_a_reminder_arrived(open_page: SignIn) -> None:
    called = {"phone": "026 123 45 67", "email": "aanmelding@tulp.example"}
    never = {"byEmail": "no-address", "emailedOn": None}
    app = open_page(late(**called), late("De Tulp", **never))
    table = app.dataframe[0].value
    for column, known in (("phone", "026 123 45 67"), ("email", "aanmelding@tulp.example")):
        assert table[words.COLUMNS[column]].fillna("").tolist() == [known, ""]
    sent, none = table[words.COLUMNS["by_email"]]
    assert sent.startswith("Gemaild ")
    assert none == "Geen e-mailadres"


def test_the_contract_manager_of_a_municipality_is_at_home_too(api: FakeApi, sign_in: SignIn) -> None:
    app = sign_in("contract-manager", "GM0202", "Gemeente Arnhem")
    assert not app.exception
    assert not app.error
    assert ("GET", "municipalities/GM0202/lateness", None) in api.asked
    assert app.dataframe[0].value[words.COLUMNS["provider"]].tolist() == ["De Wilgen"]


@pytest.mark.parametrize(("organisation", "regional"), [("JZ28", True), ("GM0202", False)])
def test_a_municipality_is_shown_no_page_that_only_a_region_has(
    sign_in: SignIn, organisation: str, regional: bool
) -> None:
    pages = set(sign_in("contract-manager", organisation, "Inkoop").session_state["pages"])
    assert {"actualiteit", "contracten", "cijfers", "regio"} <= pages
    assert ({"zorgvormen", "tekorten"} <= pages) is regional


def test_everybody_can_be_shown_and_sought(open_page: SignIn) -> None:
    app = open_page(late(), late("De Tulp", contractNumber="JZ28-008", **ON_TIME))
    app.toggle(key="alleen-te-laat").set_value(False).run()
    assert len(app.dataframe[0].value) == 2
    app.text_input(key="zoekwoorden").input("tulp 008").run()
    assert app.dataframe[0].value[words.COLUMNS["provider"]].tolist() == ["De Tulp"]
    app.text_input(key="zoekwoorden").input("bestaat niet").run()
    assert words.NOT_FOUND in said(app)


def test_when_all_are_on_time_it_says_so(open_page: SignIn) -> None:
    app = open_page(late(**ON_TIME))
    assert words.ALL_ON_TIME in said(app)
    assert app.metric[3].value == words.NOBODY


def test_without_contracts_it_says_what_would_fill_it(open_page: SignIn) -> None:
    assert words.NO_CONTRACTS in said(open_page())


def test_a_contract_that_was_never_stated_has_no_last_day(open_page: SignIn) -> None:
    app = open_page(late(lastStatedOn=None))
    assert not app.exception
    assert app.dataframe[0].value[words.COLUMNS["last_stated"]].isna().all()


def test_an_api_that_refuses_says_why(api: FakeApi, sign_in: SignIn) -> None:
    api.lateness = problem(403, "not-allowed", "Dit hoort niet bij uw rol.")  # type: ignore[assignment]  # a refusal
    assert "Dit hoort niet bij uw rol." in said(sign_in("contract-manager", "JZ28", "Centraal Gelderland"))


def test_an_address_is_added_and_taken_away(open_page: SignIn, api: FakeApi) -> None:
    app = open_page(late())
    assert words.NO_ADDRESS in said(app)
    app.text_input(key="nieuw-adres").input("contracten@example.org")
    app = press(app, words.ADD)
    assert [each.value for each in app.text] == ["contracten@example.org"]
    app = press(app, words.REMOVE)
    assert api.contact_addresses == []
    assert words.NO_ADDRESS in said(app)


def test_a_wrong_address_is_said_at_the_form(open_page: SignIn) -> None:
    app = open_page(late())
    app.text_input(key="nieuw-adres").input("geen adres")
    assert "Geef een e-mailadres, zoals intake@organisatie.nl." in said(press(app, words.ADD))
