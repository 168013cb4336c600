"""Where somebody has things to do is also said where the organisation wants its e-mail."""

from collections.abc import Iterator

import httpx2
import pytest
import streamlit as st

import dashboard.session
from dashboard.client import Client
from dashboard.texts import actuality
from tests.dashboard.conftest import SignIn
from tests.dashboard.fake_casework import FakeCasework


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCasework]:
    fake = FakeCasework()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


@pytest.mark.parametrize(("role", "organisation"), [("provider", "98000001"), ("local-team", "GM0202")])
def test_home_ends_with_where_e_mail_goes(sign_in: SignIn, role: str, organisation: str) -> None:
    app = sign_in(role, organisation, "De Wilgen")
    assert not app.exception
    assert app.expander[-1].label == actuality.REACHED
