"""Those who keep supply at their screens: a provider, a contract manager, the contact person of a table."""

from collections.abc import Callable, Iterator

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard.client import Client
from tests.dashboard.conftest import SignIn
from tests.dashboard.desks.conftest import unfitting
from tests.dashboard.fake_api import REGION
from tests.dashboard.fake_supply import FakeSupply

Opened = Callable[[], AppTest]


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSupply]:
    fake = FakeSupply()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()
    assert unfitting(fake) == []


@pytest.fixture
def offers(sign_in: SignIn) -> Opened:
    return lambda: sign_in("provider", "98000001", "De Wilgen").switch_page("app_pages/aanbod.py").run()


@pytest.fixture
def contracts(sign_in: SignIn) -> Opened:
    who = ("contract-manager", "JZ28", REGION["name"])
    return lambda: sign_in(*who).switch_page("app_pages/contracten.py").run()


@pytest.fixture
def table(sign_in: SignIn) -> Opened:
    who = ("regional-contact", "JZ28", REGION["name"])
    return lambda: sign_in(*who).switch_page("app_pages/beschermingstafel.py").run()
