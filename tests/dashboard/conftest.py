"""The screens with a fake API at the transport: every page runs as in a browser, without one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard.client import Client
from tests.dashboard.fake_api import FakeApi

APP = Path(dashboard.session.__file__).parent / "screens.py"

SignIn = Callable[..., AppTest]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever signs in runs whole pages, a second each: together they are more than the fast tests have."""
    for item in items:
        if "sign_in" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeApi]:
    fake = FakeApi()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


@pytest.fixture
def client(api: FakeApi) -> Client:
    return dashboard.session.api()


@pytest.fixture
def sign_in(api: FakeApi) -> SignIn:
    """Open the dashboard and pick who to be; the first page of that role is shown."""

    def as_somebody(role: str = "local-team", organisation: str = "GM0202", name: str = "Gemeente Arnhem") -> AppTest:
        api.role, api.organisation, api.organisation_name = role, organisation, name
        app = AppTest.from_file(str(APP), default_timeout=30).run()
        button = next(each for each in app.button if each.label == f"Verder als lokaal team, {name}")
        return button.click().run()

    return as_somebody


def said(app: AppTest) -> str:
    """Everything that is written on the screen, in one text."""
    kinds = (app.title, app.header, app.markdown, app.caption, app.info, app.error, app.warning, app.success)
    return "\n".join([*(each.value for kind in kinds for each in kind), *(each.proto.body for each in app.html)])


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label.startswith(label)).click().run()
