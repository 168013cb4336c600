import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import nl
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import FakeApi, a_supply, problem, supply_of


@pytest.fixture
def app(sign_in: SignIn) -> AppTest:
    return sign_in("admin", "JZ28", "Centraal Gelderland")


def test_shows_supply_per_care_type_and_per_municipality(app: AppTest) -> None:
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["9", "3", "21", "2"]
    assert [len(table.value) for table in app.dataframe] == [1, 1]
    assert "4 tot 10 weken" in said(app)


def test_pictures_have_words_for_who_cannot_see_them(app: AppTest) -> None:
    charts = app.get("vega_lite_chart")
    assert [chart.proto.alt.split(":")[0] for chart in charts] == [
        "Kaart van Centraal Gelderland",
        "Wachttijd per zorgvorm, langste boven. Dezelfde getallen staan in de tabel.",
    ]


def test_one_care_type_narrows_the_map(app: AppTest, api: FakeApi) -> None:
    app.selectbox(key="zorgvorm").select("gezinshuis").run()
    assert app.metric[0].value == "9"
    app.selectbox(key="zorgvorm").select("pleegzorg").run()
    assert nl.NO_SUPPLY in said(app)


def test_the_longest_wait_is_said_first_and_opens_its_care_type(app: AppTest) -> None:
    app = press(app, "Gezinshuis: 9 weken wachten, 21 kinderen, 3 plekken vrij")
    assert app.selectbox(key="zorgvorm").value == "gezinshuis"
    assert nl.LONGEST not in said(app)


def test_who_is_of_no_region_chooses_one(sign_in: SignIn) -> None:
    app = sign_in("admin", "-", "Hele dienst")
    assert nl.CHOOSE_REGION in said(app)
    app.selectbox(key="jeugdregio").select("JZ28").run()
    assert len(app.metric) == 4


def test_an_empty_region_says_so(sign_in: SignIn, api: FakeApi) -> None:
    api.supply = a_supply()
    assert nl.NO_SUPPLY in said(sign_in("admin", "JZ28", "Centraal Gelderland"))


def test_unknown_waits_are_unknown(sign_in: SignIn, api: FakeApi) -> None:
    api.supply = a_supply(supply_of(medianWaitDays=None, longWaitDays=None, waiting=None))
    app = sign_in("admin", "JZ28", "Centraal Gelderland")
    assert not app.exception
    assert app.dataframe[1].value[nl.COLUMNS_SUPPLY["wait"]].tolist() == ["Onbekend"]


def test_an_api_that_refuses_says_why(sign_in: SignIn, api: FakeApi) -> None:
    api.supply = problem(403, "not-allowed", "Dit hoort niet bij uw rol.")  # type: ignore[assignment]  # a refusal
    assert "Dit hoort niet bij uw rol." in said(sign_in("admin", "JZ28", "Centraal Gelderland"))


def test_an_api_that_is_away_is_one_calm_sentence(app: AppTest, api: FakeApi) -> None:
    api.down = True
    app.selectbox(key="zorgvorm").select("pleegzorg").run()
    assert nl.UNREACHABLE in said(app)
