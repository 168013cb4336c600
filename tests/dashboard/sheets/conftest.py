"""A planner with a spreadsheet."""

from collections.abc import Iterator

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard.client import Client
from dashboard.texts import files
from tests.dashboard.conftest import SignIn, press
from tests.dashboard.fake_api import an_offer
from tests.dashboard.sheets.fake_upload import UploadApi


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[UploadApi]:
    fake = UploadApi()
    fake.offers = {1: an_offer(1, "Ambulant gezin"), 2: an_offer(2, "Pleegzorg")}
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


@pytest.fixture
def app(sign_in: SignIn) -> AppTest:
    return press(sign_in("provider", "98000001", "De Wilgen"), files.FILE)
