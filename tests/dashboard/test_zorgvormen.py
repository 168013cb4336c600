"""A region says what its product names mean: nothing slips to another name, and what fails is said in Dutch."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard import product_names
from dashboard.client import Client
from dashboard.texts import supply as nl
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import REGION, problem
from tests.dashboard.fake_supply import FakeSupply


@dataclass
class Names(FakeSupply):
    """The fake API with names that it does not take, and a save that it may refuse."""

    takes_not: dict[str, str] = field(default_factory=dict)
    refuses_to_save: httpx2.Response | None = None

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/product-suggestions"):
            names = json.loads(request.content)["names"]
            wrong = [
                {"pointer": f"/names/{at}", "detail": self.takes_not[name]}
                for at, name in enumerate(names)
                if name in self.takes_not
            ]
            if wrong:
                return problem(400, "invalid", "De invoer klopt niet.", *wrong)
        if request.method == "POST" and request.url.path.endswith("/products") and self.refuses_to_save:
            return self.refuses_to_save
        return super()._answer(request)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Names]:
    fake = Names()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


@pytest.fixture
def page(sign_in: SignIn) -> AppTest:
    app = sign_in("contract-manager", "JZ28", REGION["name"])
    return app.switch_page("app_pages/zorgvormen.py").run()


def ask(page: AppTest, *names: str) -> AppTest:
    page.text_area[0].set_value("\n".join(names))
    return press(page, nl.ASK_NAMES)


def test_an_answer_does_not_slip_to_the_next_name(page: AppTest) -> None:
    page = ask(page, "Perceel 1", "Perceel 2", "Perceel 3")
    page = page.selectbox(key="naam-Perceel 1").select("gezinshuis").run()
    page = press(page, nl.CONFIRM.format(count=1))
    assert [each.value for each in page.selectbox if (each.key or "").startswith("naam-")] == [None, None]


def test_a_name_that_is_pasted_twice_is_asked_once(page: AppTest) -> None:
    page = ask(page, "Perceel 2", "perceel  2", " Perceel-2 ")
    assert [each.key for each in page.selectbox if (each.key or "").startswith("naam-")] == ["naam-Perceel 2"]


def test_a_name_that_cannot_be_asked_is_said_and_the_others_are_asked(page: AppTest, api: Names) -> None:
    api.takes_not = {"bel 06 1234": "Geef geen telefoonnummer."}
    page = ask(page, "bel 06 1234", "Perceel 2")
    assert nl.NOT_ASKED in said(page)
    assert "Geef geen telefoonnummer." in said(page)
    assert [each.key for each in page.selectbox if (each.key or "").startswith("naam-")] == ["naam-Perceel 2"]


def test_a_refused_answer_is_said_in_dutch_and_stays_asked(page: AppTest, api: Names) -> None:
    page = ask(page, "Perceel 2")
    page = page.selectbox(key="naam-Perceel 2").select("gezinshuis").run()
    double = {"pointer": "/items/0/name", "detail": "Deze naam staat er al in."}
    api.refuses_to_save = problem(400, "invalid", "De invoer klopt niet.", double)
    page = press(page, nl.CONFIRM.format(count=1))
    assert not page.exception
    assert "Deze naam staat er al in." in said(page)
    assert page.selectbox(key="naam-Perceel 2").value == "gezinshuis"


def test_what_cannot_be_forgotten_now_is_said_in_dutch(page: AppTest, api: Names) -> None:
    page = ask(page, "Perceel 2")
    page = page.selectbox(key="naam-Perceel 2").select("gezinshuis").run()
    page = press(page, nl.CONFIRM.format(count=1))
    page = page.multiselect(key="vergeet").select("Perceel 2").run()
    api.refuses_to_save = problem(503, "unavailable", "De gegevens zijn nu niet te bereiken.")
    page = press(page, nl.FORGET)
    assert not page.exception
    assert "De gegevens zijn nu niet te bereiken." in said(page)


def test_who_is_no_longer_signed_in_is_asked_to_sign_in(page: AppTest, api: Names) -> None:
    page = ask(page, "Perceel 2")
    page = page.selectbox(key="naam-Perceel 2").select("gezinshuis").run()
    api.refuses_to_save = problem(401, "unauthenticated", "Meld u opnieuw aan.")
    page = press(page, nl.CONFIRM.format(count=1))
    assert not page.exception
    assert "Meld u opnieuw aan." in said(page)


def test_a_name_is_asked_as_long_as_it_is(page: AppTest, api: Names) -> None:
    name = "Perceel 2: " + "ambulante begeleiding " * 7
    ask(page, name)
    assert api.bodies("POST", "regions/JZ28/product-suggestions") == [{"names": [name.strip()]}]


def test_more_names_than_fit_are_not_dropped_without_a_word(page: AppTest) -> None:
    page = ask(page, *(f"Perceel {at}" for at in range(product_names.MOST + 7)))
    assert nl.FIRST_NAMES.format(count=product_names.MOST, rest=7) in said(page)


@pytest.mark.parametrize(("one", "other"), [("Perceel 2", "PERCEEL-2"), ("Café", "cafe"), ("12 plus", "12  plus")])
def test_capitals_accents_and_signs_make_no_other_name(one: str, other: str) -> None:
    assert product_names.written(f"{one}\n\n{other}") == [one]


def test_a_plus_does() -> None:
    assert product_names.written("Ambulant\nAmbulant +") == ["Ambulant", "Ambulant +"]
