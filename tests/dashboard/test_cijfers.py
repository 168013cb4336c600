"""Cijfers, and the same without signing in: full, empty, hidden, refused; and their fake held to the real API."""

from collections.abc import Iterator
from datetime import date

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard import council
from dashboard.client import Client, Unreachable
from dashboard.council import Council, Figure, RegionTargets
from dashboard.texts import council as words
from dashboard.texts import nl
from tests.dashboard.conftest import APP, SignIn, said
from tests.dashboard.fake_api import TOKEN
from tests.dashboard.fake_council import (
    COUNCIL_ROUTES,
    FakeCouncil,
    a_figure,
    a_hidden_figure,
    a_line,
    chosen,
)
from tests.dashboard.test_fake_api import faults, operation

A_DAY = date(2026, 7, 1)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCouncil]:
    fake = FakeCouncil()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    monkeypatch.setattr("dashboard.lessons.show", lambda region: None)  # the other tab has tests of its own
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


@pytest.fixture
def client(api: FakeCouncil) -> Client:
    return dashboard.session.api()


@pytest.fixture
def chair(sign_in: SignIn) -> AppTest:
    return sign_in("ret-chair", "JZ28", "Centraal Gelderland")


def opened(app: AppTest, name: str = "cijfers") -> AppTest:
    return app.switch_page(f"app_pages/{name}.py").run()


def test_a_chair_reads_each_figure_with_target_trend_and_sentence(chair: AppTest) -> None:
    chair = opened(chair)

    assert not chair.exception
    assert [metric.value for metric in chair.metric] == ["78 procent", "Verborgen", "78 procent"]
    assert "Van de starts was 78 procent op tijd; het doel is bijna gehaald." in said(chair)
    assert "Doel: 80 procent. **:orange[Bijna gehaald]**" in said(chair)
    assert "Een jaar eerder: 70 procent. **:green[Beter]**" in said(chair)
    assert "Uit 412 starts." in said(chair)
    assert "320 van 412 starts is 78 procent." in said(chair)


def test_a_hidden_figure_says_so_and_draws_nothing(chair: AppTest, api: FakeCouncil) -> None:
    api.figures = [a_hidden_figure()]
    chair = opened(chair)

    assert "Dit getal is verborgen." in said(chair)
    assert "Een jaar eerder: Verborgen. Niet bekend" in said(chair)
    assert not chair.get("vega_lite_chart")


def test_with_one_quarter_there_is_no_line_yet(chair: AppTest, api: FakeCouncil) -> None:
    api.figures = [a_figure(line=a_line(None, None, 78))]

    assert not opened(chair).get("vega_lite_chart")


def test_every_line_has_words_and_its_numbers_in_a_table(chair: AppTest) -> None:
    chair = opened(chair)
    chart, _ = chair.get("vega_lite_chart")

    assert chart.proto.alt.startswith("Lijn van Op tijd begonnen, van 2025-Q3 tot en met 2026-Q3.")
    assert "78 procent" in chair.dataframe[0].value.iloc[0].tolist()


def test_before_anything_is_published_it_says_when_it_will_be(chair: AppTest, api: FakeCouncil) -> None:
    api.periods = []

    assert words.NOTHING_YET in said(opened(chair))


def test_part_of_a_year_says_that_it_is_not_whole(chair: AppTest) -> None:
    chair = opened(chair)
    assert words.INCOMPLETE not in said(chair)

    chair.selectbox(key="periode").select("2026").run()
    assert words.INCOMPLETE in said(chair)


def test_an_api_that_is_away_is_one_calm_sentence(chair: AppTest, api: FakeCouncil) -> None:
    api.down = True

    assert nl.UNREACHABLE in said(opened(chair))


def test_lessons_that_fail_say_so_in_their_own_tab(
    sign_in: SignIn, api: FakeCouncil, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: str) -> None:
        raise Unreachable(nl.UNREACHABLE)

    monkeypatch.setattr("dashboard.lessons.show", away)
    for_council, learning = opened(sign_in("ret-chair", "JZ28", "Centraal Gelderland")).tabs
    assert [each.value for each in learning.error] == [nl.UNREACHABLE]
    assert not for_council.error


# --- targets ---


def test_a_chair_chooses_a_target_and_sees_it(chair: AppTest, api: FakeCouncil) -> None:
    chair = opened(chair)
    chair.selectbox(key="doel-cijfer").select("started-in-time").run()
    chair.number_input(key="doel-waarde-started-in-time").set_value(75.0)
    chair.button(key="doel-vastleggen").click().run()

    (body,) = api.bodies("PUT", "regions/JZ28/targets")
    (target,) = body["targets"]
    assert (target["indicator"], target["value"]) == ("started-in-time", 75)
    assert words.KEPT in said(chair)
    assert "75 procent" in chair.table[0].value["Doel"].tolist()


def test_a_target_without_a_value_is_asked_for(chair: AppTest, api: FakeCouncil) -> None:
    chair = opened(chair)
    chair.selectbox(key="doel-cijfer").select("started-in-time").run()
    chair.button(key="doel-vastleggen").click().run()

    assert words.CHOOSE_FIRST in said(chair)
    assert not api.bodies("PUT", "regions/JZ28/targets")


def test_a_target_of_ones_own_can_go(chair: AppTest, api: FakeCouncil) -> None:
    api.targets[0].update(own=chosen(), history=[chosen()])
    api.version = 3
    chair = opened(chair)
    chair.selectbox(key="doel-cijfer").select("started-in-time").run()
    chair.button(key="doel-weghalen").click().run()

    assert api.bodies("PUT", "regions/JZ28/targets") == [{"targets": []}]
    assert words.ENDED in said(chair)


def test_who_was_too_late_is_told_and_overwrites_nothing(chair: AppTest, api: FakeCouncil) -> None:
    chair = opened(chair)
    chair.selectbox(key="doel-cijfer").select("realised-wait").run()
    api.moved_on = True
    chair.button(key="doel-vastleggen").click().run()

    assert words.CHANGED_MEANWHILE in said(chair)
    assert api.targets[1]["own"] is None


def test_other_targets_stay_as_they_were() -> None:
    api = FakeCouncil()
    api.targets[1].update(own=chosen(12.5, "2026-07-01"))
    seen = RegionTargets.model_validate(api.get_targets(httpx2.Request("GET", "http://x"), "JZ28"))

    wanted = list(council.with_target(seen, "started-in-time", 75, A_DAY))

    assert {each["indicator"]: each["value"] for each in wanted} == {"started-in-time": 75, "realised-wait": 12.5}
    assert list(council.with_target(seen, "realised-wait", None, A_DAY)) == []


# --- for everybody ---


@pytest.fixture
def anybody(api: FakeCouncil) -> AppTest:
    return opened(AppTest.from_file(str(APP), default_timeout=30).run(), "raad")


@pytest.mark.slow
def test_anybody_reads_the_figures_of_a_municipality(anybody: AppTest) -> None:
    assert words.CHOOSE in said(anybody)
    anybody.selectbox(key="gebied").select("GM0202").run()

    assert not anybody.exception
    assert "Jeugdhulp in Arnhem, derde kwartaal van 2026" in said(anybody)
    assert "Van de regio Centraal Gelderland." in said(anybody)
    assert anybody.query_params["gebied"] == "GM0202"
    assert words.TARGETS not in said(anybody)


@pytest.mark.slow
def test_of_an_area_without_figures_one_is_asked_for_another(anybody: AppTest) -> None:
    anybody.selectbox(key="gebied").select("GM0268").run()

    assert words.CHOOSE in said(anybody)


# --- shapes ---


def test_a_line_keeps_its_gaps_and_dashes_the_target() -> None:
    spec = council.line(Figure.model_validate(a_figure()))

    assert [each["value"] for each in spec["data"]["values"]] == [70, 72, None, 76, 78]
    assert spec["layer"][1]["encoding"] == {"y": {"datum": 80}}
    assert len(council.line(Figure.model_validate(a_figure(target=None)))["layer"]) == 1


def test_the_newest_quarter_stands_on_top() -> None:
    table = council.numbers([Figure.model_validate(a_figure())])

    assert table.iloc[0].tolist() == ["2026-Q3", "78 procent"]
    assert table.iloc[2].tolist() == ["2026-Q1", "Verborgen"]


def test_the_fake_answers_and_the_screens_ask_what_the_service_describes(api: FakeCouncil, client: Client) -> None:
    asking = Council(client)
    asking.periods()
    asking.report("JZ28", "2026-Q3")
    seen = asking.targets("JZ28")
    asking.keep_targets(TOKEN, seen, list(council.with_target(seen, "started-in-time", 75, A_DAY)))

    wrong = []
    for (method, path, body), answer in zip(api.asked, api.answered, strict=True):
        described = operation(method, path)
        schema = described["responses"]["200"]["content"]["application/json"]["schema"]
        wrong += [f"{path} {fault}" for fault in faults(schema, answer.json())]
        if body is not None:
            sent = described["requestBody"]["content"]["application/json"]["schema"]
            wrong += [f"{path} {fault}" for fault in faults(sent, body)]
    assert wrong == []
    assert len(api.asked) == len(COUNCIL_ROUTES)


def test_a_municipality_that_contracts_sees_the_figures_and_not_what_is_the_regions_own(sign_in: SignIn) -> None:
    app = sign_in("contract-manager", "GM0202", "Gemeente Arnhem").switch_page("app_pages/cijfers.py").run()
    assert not app.exception
    assert not app.error
    assert not app.tabs
    assert words.TARGETS in said(app)
    assert not any(each.key == "doel-cijfer" for each in app.selectbox)
