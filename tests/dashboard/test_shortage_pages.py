"""Tekorten and Wat als: full, empty, refused; and their fake held to the real API."""

from collections.abc import Iterator

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard import families, shortages, waiting_times
from dashboard.client import Client
from dashboard.shortages import Falling, Shortage
from dashboard.texts import families as calling
from dashboard.texts import nl
from dashboard.texts import shortages as words
from tests.dashboard.conftest import APP, SignIn, said
from tests.dashboard.fake_api import ARNHEM, TOKEN
from tests.dashboard.fake_guarantees import PROMISE_ROUTES
from tests.dashboard.fake_oversight import OVERSIGHT_ROUTES, FakeOversight, a_shortage
from tests.dashboard.test_fake_api import faults, operation

pytestmark = pytest.mark.slow


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOversight]:
    fake = FakeOversight()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


@pytest.fixture
def client(api: FakeOversight) -> Client:
    return dashboard.session.api()


@pytest.fixture
def chair(sign_in: SignIn) -> AppTest:
    return sign_in("ret-chair", "JZ28", "Centraal Gelderland")


def opened(app: AppTest, name: str) -> AppTest:
    return app.switch_page(f"app_pages/{name}.py").run()


def test_the_table_counts_care_types_together_when_asked(chair: AppTest) -> None:
    chair = opened(chair, "tekorten")
    assert set(chair.dataframe[-2].value[words.COLUMNS["kind"]]) == {"Gezinshuis"}
    chair.segmented_control(key="per").set_value("family")
    assert set(chair.run().dataframe[-2].value[words.COLUMNS["kind"]]) == {"Wonen in een gezin"}


def test_a_chair_sees_first_what_is_worst_and_what_would_help(chair: AppTest) -> None:
    chair = opened(chair, "tekorten")

    assert not chair.exception
    assert [metric.value for metric in chair.metric] == ["9", "24", "304", "6"]
    assert "Negen kinderen kunnen niet op tijd ergens terecht." in said(chair)
    assert "Eén plek erbij helpt één kind. Het meeste effect: een plek in Arnhem." in said(chair)
    assert "Wie waarheen gaat, beslissen mensen." in said(chair)


def test_the_map_has_words_and_a_table_with_the_same_facts(chair: AppTest) -> None:
    chair = opened(chair, "tekorten")
    (chart,) = chair.get("vega_lite_chart")

    assert chart.proto.alt.startswith("Kaart van Centraal Gelderland")
    assert chair.dataframe[0].value.iloc[0].tolist() == ["Arnhem", 9]


def test_another_measure_changes_map_and_table(chair: AppTest) -> None:
    chair = opened(chair, "tekorten")
    chair.segmented_control(key="maat").set_value("refusals").run()

    assert list(chair.dataframe[0].value.columns) == ["Gemeente", "Weigeringen"]


def test_where_nobody_asks_it_says_so(chair: AppTest, api: FakeOversight) -> None:
    api.shortages, api.above = [], []

    assert words.NOBODY_ASKS in said(opened(chair, "tekorten"))


def test_where_all_are_placed_it_says_so(chair: AppTest, api: FakeOversight) -> None:
    api.shortages, api.above = [a_shortage(0, worth=None)], []

    assert words.ALL_IN_TIME in said(opened(chair, "tekorten"))


def test_an_api_that_is_away_is_one_calm_sentence(chair: AppTest, api: FakeOversight) -> None:
    api.down = True

    assert nl.UNREACHABLE in said(opened(chair, "tekorten"))


def test_a_what_if_is_asked_with_what_belongs_to_it(chair: AppTest, api: FakeOversight) -> None:
    chair = opened(chair, "wat_als")
    chair.selectbox(key="zorgvorm-wat-als").select("gezinshuis").run()
    chair.selectbox(key="gemeente").select("GM0202").run()
    chair.number_input(key="plekken").set_value(4).run()
    chair.button(key="reken").click().run()

    (body,) = api.bodies("POST", "regions/JZ28/what-ifs")
    assert body == {"kind": "more-places", "careType": "gezinshuis", "municipality": "GM0202", "places": 4}
    assert "Dat helpt nu vier kinderen in deze regio." in said(chair)
    assert "tussen 10 en 40 dagen" in said(chair)


def test_a_what_if_that_is_not_whole_asks_what_is_missing(chair: AppTest) -> None:
    chair = opened(chair, "wat_als")
    chair.button(key="reken").click().run()

    assert words.CHOOSE_FIRST in said(chair)


def test_a_municipality_without_a_shortage_is_in_the_table_too() -> None:
    row = Shortage.model_validate(a_shortage(area=ARNHEM))

    assert shortages.by_place([row], ["GM0202", "GM0275"], "unplaced") == {"GM0202": 9, "GM0275": 0}
    assert shortages.by_place([row, row], ["GM0202"], "median_waited_days") == {"GM0202": 40}


# --- Wie bel ik ----------------------------------------------------------------------------------------------------


def test_a_family_sees_whom_to_call_first_and_whom_at_once(api: FakeOversight) -> None:
    app = opened(AppTest.from_file(str(APP), default_timeout=30).run(), "wie_bel_ik")
    app.selectbox(key="woonplaats").select("GM0202").run()

    assert not app.exception
    assert "**Lokaal team Arnhem**" in said(app)
    assert "[026 123 45 67](tel:0261234567) · ma-vr 9-17 uur" in said(app)
    assert "[112](tel:112)" in said(app)


def test_what_was_long_not_checked_says_so_and_nobody_is_said_too(api: FakeOversight) -> None:
    app = opened(AppTest.from_file(str(APP), default_timeout=30).run(), "wie_bel_ik")
    api.contacts[0]["freshness"] = "stale"
    app.selectbox(key="woonplaats").select("GM0202").run()
    assert calling.OLD in said(app)

    st.cache_data.clear()
    api.contacts = []
    app.run()
    assert calling.NOBODY.format(town="Arnhem") in said(app)


def test_the_fake_answers_and_the_screens_ask_what_the_service_describes(api: FakeOversight, client: Client) -> None:
    asking = Falling(client, TOKEN, "JZ28")
    asking.shortages()
    asking.worths("gezinshuis")
    waiting_times.of_area(client, "JZ28")
    waiting_times.periods(client)
    waiting_times.of_year(client, "JZ28", 2026)
    families.route(client, "GM0202")
    asking.imagine({"kind": "more-places", "careType": "gezinshuis", "municipality": "GM0202", "places": 4})

    wrong = []
    for (method, path, body), answer in zip(api.asked, api.answered, strict=True):
        described = operation(method, path)
        schema = described["responses"]["200"]["content"]["application/json"]["schema"]
        wrong += [f"{path} {fault}" for fault in faults(schema, answer.json())]
        if body is not None:
            sent = described["requestBody"]["content"]["application/json"]["schema"]
            wrong += [f"{path} {fault}" for fault in faults(sent, body)]
    assert wrong == []
    assert len(api.asked) == len(OVERSIGHT_ROUTES) - len(PROMISE_ROUTES)  # those are held in test_guarantees
