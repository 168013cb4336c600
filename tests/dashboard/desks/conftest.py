"""The desks with their own fake; every answer it gave and every body it got fits the OpenAPI of the service."""

from collections.abc import Iterator

import httpx2
import pytest
import streamlit as st

import dashboard.session
from dashboard.client import Client
from tests.dashboard.desks.fake_desks import FakeDesks
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.test_fake_api import faults, operation


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDesks]:
    fake = FakeDesks()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()
    assert unfitting(fake) == []


def unfitting(fake: FakeApi) -> list[str]:
    """What the service would not say, or not take."""
    wrong = []
    answered = zip(fake.asked, fake.answered, strict=False)  # what failed on the way was asked and not answered
    for (method, path, body), answer in answered:
        if path.startswith("demo-") or path == "openapi.json":
            continue
        described = operation(method, path)
        told = described["responses"][str(answer.status_code)].get("content")
        asked = described.get("requestBody", {}).get("content", {}).get("application/json")
        if told and answer.content:
            schema = next(iter(told.values()))["schema"]
            wrong += [f"{method} {path} {fault}" for fault in faults(schema, answer.json())]
        if asked and body is not None and answer.status_code != 400:
            wrong += [f"{method} {path} sent {fault}" for fault in faults(asked["schema"], body)]
    return wrong
