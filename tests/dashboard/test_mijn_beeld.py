"""Mijn beeld: what a provider gets back, full, empty and with too little to say."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import feedback as words
from tests.dashboard.conftest import SignIn, said
from tests.dashboard.fake_api import FakeApi, a_capacity, an_image, an_offer_seen


@pytest.fixture
def open_page(api: FakeApi, sign_in: SignIn) -> SignIn:
    def opened(**image: object) -> AppTest:
        offers = image.pop("offers", [an_offer_seen()])
        api.image = an_image(*offers, **image)  # type: ignore[misc]  # JSON objects
        app = sign_in("provider", "98000001", "De Wilgen")
        return app.switch_page("app_pages/mijn_beeld.py").run()

    return opened


def test_says_how_ones_offers_come_out(open_page: SignIn) -> None:
    app = open_page()
    assert not app.exception
    assert app.title[0].value == words.TITLE
    assert [metric.value for metric in app.metric] == ["19 vragen", "5 vragen", "12 vragen", "1 van 1"]
    row = app.dataframe[0].value.iloc[0]
    assert row[words.COLUMNS["rank"]] == "4 van 9"
    assert row[words.COLUMNS["lost"]] == "Start (gemiddeld 9,5)"
    assert row[words.COLUMNS["late"]] == "3 weken later"


def test_says_what_would_make_a_difference(open_page: SignIn) -> None:
    told = said(open_page())
    assert "uw opgave is 40 dagen oud. Met een opgave van vandaag krijgt u 2,5 punten meer" in told
    assert "stijgt u van plaats 4 naar 3" in told
    assert "de laatste starts kwamen gemiddeld 3 weken later dan opgegeven" in told


def test_when_all_is_fresh_and_true_there_is_nothing_to_gain(open_page: SignIn) -> None:
    ranked = {**an_offer_seen()["ranked"], "fresh": None}
    app = open_page(offers=[an_offer_seen(lateDays=2, ageDays=0, ranked=ranked)])
    assert words.NOTHING_TO_CHANGE in said(app)
    assert app.dataframe[0].value.iloc[0][words.COLUMNS["late"]] == words.ON_TIME


def test_says_what_one_could_not_serve_and_for_which_needs(open_page: SignIn) -> None:
    app = open_page()
    table = app.dataframe[1].value
    assert dict(zip(table[words.REASON], table[words.NUMBER], strict=True)) == {
        "Kind te oud": 7,
        words.OTHER_REASONS: 5,
    }
    assert "Agressie (6)" in said(app)


@pytest.mark.parametrize(("count", "sentence"), [(None, words.UNSERVED_HIDDEN), (0, words.ALL_SERVED)])
def test_hidden_is_not_nobody(open_page: SignIn, count: int | None, sentence: str) -> None:
    unserved: dict[str, Any] = {"count": count, "byRule": [], "other": count, "needs": []}
    assert sentence in said(open_page(unserved=unserved))


def test_too_few_questions_are_not_shown(open_page: SignIn) -> None:
    app = open_page(served=None, places=None, offers=[an_offer_seen(ranked=None)])
    assert not app.exception
    assert app.metric[0].value == words.TOO_FEW
    assert words.TOO_FEW_EXPLAINED in said(app)
    assert app.dataframe[0].value.iloc[0][words.COLUMNS["questions"]] == words.FEWER_THAN_FIVE


def test_shows_the_real_waits_beside_the_stated_in_picture_and_table(open_page: SignIn, api: FakeApi) -> None:
    api.history = [a_capacity(1, 2, 0), a_capacity(1, 1, 40)]
    app = open_page()
    assert [chart.proto.alt for chart in app.get("vega_lite_chart")] == [words.STARTS_ALT, words.STATEMENTS_ALT]
    assert app.dataframe[2].value[words.REAL].tolist() == ["9 weken", "9 weken"]
    assert len(app.dataframe[3].value) == 2


def test_an_offer_without_starts_or_statements_says_so(open_page: SignIn) -> None:
    unknown: dict[str, Any] = {
        "ageDays": None,
        "statedWaitDays": None,
        "realisedWaitDays": None,
        "lateDays": None,
        "statedAt": None,
    }
    app = open_page(offers=[an_offer_seen(starts=[], ranked=None, **unknown)])
    assert not app.exception
    assert words.NO_STARTS in said(app)
    assert words.NO_STATEMENTS in said(app)


def test_who_has_no_offers_is_told_where_to_begin(open_page: SignIn) -> None:
    assert words.NO_OFFERS in said(open_page(offers=[]))
