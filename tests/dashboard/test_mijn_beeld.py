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
    assert [metric.value for metric in app.metric] == ["19", "5", "12", "1 van 1"]
    row = app.dataframe[0].value.iloc[0]
    assert row[words.COLUMNS["rank"]] == "4 van 9"
    assert row[words.COLUMNS["lost"]] == "Start (gemiddeld 9,5)"
    assert row[words.COLUMNS["late"]] == "3 weken later"


def test_says_what_would_make_a_difference(open_page: SignIn) -> None:
    told = said(open_page())
    assert "uw opgave is 40 dagen oud. Met een opgave van vandaag krijgt u 2,5 punten meer" in told
    assert "stijgt u van plaats 4 naar 3" in told
    assert "de laatste starts kwamen gemiddeld 3 weken later dan opgegeven" in told


FRESH: dict[str, Any] = {
    "ageDays": 0,
    "freshness": "fresh",
    "lateDays": 2,
    "ranked": {**an_offer_seen()["ranked"], "fresh": None},
}


def test_when_all_is_fresh_and_true_there_is_nothing_to_gain(open_page: SignIn) -> None:
    app = open_page(offers=[an_offer_seen(**FRESH)])
    assert words.NOTHING_TO_CHANGE in said(app)
    assert app.dataframe[0].value.iloc[0][words.COLUMNS["late"]] == words.ON_TIME


def test_what_is_fresh_but_never_proved_is_not_called_true(open_page: SignIn) -> None:
    told = said(open_page(offers=[an_offer_seen(**FRESH | {"lateDays": None, "starts": []})]))
    assert words.FRESH_NOT_PROVEN in told
    assert words.NOTHING_TO_CHANGE not in told


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        # a statement of more than a year ago, for which too few asked to say what it costs
        (
            {"ageDays": 400, "freshness": "stale", "dueOn": "2025-11-17"},
            "uw opgave is 400 dagen oud. Die moest uiterlijk 17 november 2025",
        ),
        ({"ageDays": 28, "freshness": "due", "dueOn": "2027-11-24"}, "Vernieuw die uiterlijk 24 november 2027"),
        ({"ageDays": None, "freshness": None, "dueOn": None, "statedAt": None}, "u deed nog geen opgave"),
    ],
)
@pytest.mark.parametrize("ranked", [None, FRESH["ranked"]])
def test_what_is_old_or_missing_is_said_whether_or_not_it_was_asked_for(
    open_page: SignIn, stated: dict[str, Any], sentence: str, ranked: Any
) -> None:
    fresh = an_offer_seen(2, "Vers huis", **FRESH)
    told = said(open_page(offers=[fresh, an_offer_seen(**FRESH | stated | {"ranked": ranked})]))
    assert sentence in told
    assert words.NOTHING_TO_CHANGE not in told
    assert words.FRESH_NOT_PROVEN not in told


def test_more_advice_than_one_reads_is_counted(open_page: SignIn) -> None:
    never: dict[str, Any] = {"ageDays": None, "freshness": None, "dueOn": None, "ranked": None, "lateDays": None}
    told = said(open_page(offers=[an_offer_seen(number, **never) for number in range(1, 10)]))
    assert told.count("u deed nog geen opgave") == 6
    assert words.AND_MORE.format(count=3) in told


def test_says_over_which_days_was_counted(open_page: SignIn) -> None:
    told = said(open_page(since="2025-07-01", until="2025-09-30"))
    assert "van 1 juli 2025 tot en met 30 september 2025" in told


def test_says_what_one_could_not_serve_and_for_which_needs(open_page: SignIn) -> None:
    table = open_page().dataframe[1].value
    assert table.to_numpy().tolist() == [["Kind te oud", 7, "Agressie, Autisme"], [words.OTHER_REASONS, 5, "–"]]


def test_says_for_which_care_one_could_not_serve(open_page: SignIn) -> None:
    assert open_page().dataframe[2].value.to_numpy().tolist() == [["Gezinshuis", 12]]


def test_a_first_place_that_is_hidden_is_no_number(open_page: SignIn) -> None:
    app = open_page(places={"first": None, "topThree": 8, "topTen": None, "lower": None})
    assert app.metric[1].value == words.TOO_FEW
    assert words.TOO_FEW_EXPLAINED in said(app)


@pytest.mark.parametrize(("count", "sentence"), [(None, words.UNSERVED_HIDDEN), (0, words.ALL_SERVED)])
def test_hidden_is_not_nobody(open_page: SignIn, count: int | None, sentence: str) -> None:
    unserved: dict[str, Any] = {"count": count, "byRule": [], "other": count, "byCareType": []}
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
    assert app.dataframe[3].value[words.REAL].tolist() == ["9 weken", "9 weken"]
    assert len(app.dataframe[4].value) == 2


def test_an_offer_without_starts_or_statements_says_so(open_page: SignIn) -> None:
    unknown: dict[str, Any] = {
        "ageDays": None,
        "freshness": None,
        "dueOn": None,
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
