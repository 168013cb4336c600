from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import actuality, nl, places
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import FakeApi, a_capacity, an_offer, day


@pytest.fixture
def app(sign_in: SignIn, api: FakeApi) -> AppTest:
    api.offers = {
        1: an_offer(1, "Ambulant gezin", days_old=2),
        2: an_offer(2, "Pleegzorg", days_old=40),
        3: an_offer(3, "Logeeropvang", days_old=26),
    }
    return sign_in("provider", "98000001", "De Wilgen")


def type_in(app: AppTest, row: int, **values: Any) -> AppTest:
    """Type into the grid; AppTest cannot click in it, but the grid keeps its edits in the session."""
    key = f"plekken-{app.session_state.get('uitgave', 0)}"
    app.session_state[key] = {"edited_rows": {row: values}, "added_rows": [], "deleted_rows": []}
    return app.run()


def shown(app: AppTest) -> list[str]:
    return list(app.data_editor[0].value["offer"])


def test_what_is_due_comes_first_and_is_counted(app: AppTest) -> None:
    assert not app.exception
    assert "**2 van uw 3 opgaven** zijn aan de beurt." in said(app)
    assert shown(app) == ["Pleegzorg", "Logeeropvang", "Ambulant gezin"]


def test_an_offer_that_ended_is_not_asked_after(sign_in: SignIn, api: FakeApi) -> None:
    api.offers = {1: an_offer(1, "Nog altijd"), 2: an_offer(2, "Voorbij", days_old=40), 3: an_offer(3, "Laatste dag")}
    api.offers[2]["publishedUntil"] = day(-1)
    api.offers[3]["publishedUntil"] = day(0)
    assert shown(sign_in("provider", "98000001", "De Wilgen")) == ["Laatste dag", "Nog altijd"]


def test_a_place_that_is_held_for_a_child_is_said(sign_in: SignIn, api: FakeApi) -> None:
    api.offers = {1: {**an_offer(1, "Logeerhuis"), "heldPlaces": 1}, 2: an_offer(2, "Pleegzorg")}
    told = said(sign_in("provider", "98000001", "De Wilgen"))
    assert places.HELD.format(places="Logeerhuis (Ede): 1 plek vastgehouden") in told
    assert "Pleegzorg (Ede)" not in told


def test_all_that_is_due_is_confirmed_at_once_and_stays_in_place(app: AppTest, api: FakeApi) -> None:
    app = press(app, "Deze 2 zijn niet veranderd")
    assert "2 opgaven bevestigd" in said(app)
    assert nl.due_count(0, 0, 3) in said(app)
    assert shown(app) == ["Pleegzorg", "Logeeropvang", "Ambulant gezin"]
    assert {path for how, path, _ in api.asked if how == "POST" and "confirmation" in path} == {
        "offers/2/capacity/confirmation",
        "offers/3/capacity/confirmation",
    }


def test_a_changed_row_is_marked_and_its_change_is_said(app: AppTest) -> None:
    app = type_in(app, 0, open_places=1)
    assert app.data_editor[0].value["stated"].iloc[0] == nl.CHANGED_MARK
    assert app.table[0].value.iloc[0].tolist() == ["Pleegzorg", "Ede", "Vrij", "2", "1"]
    assert "Opslaan (1)" in [button.label for button in app.button]


def test_saving_states_the_whole_row_on_the_version_that_was_seen(app: AppTest, api: FakeApi) -> None:
    app = press(type_in(app, 0, open_places=1), "Opslaan (1)")
    assert "1 opgave opgeslagen" in said(app)
    assert api.offers[2]["capacity"]["openPlaces"] == 1
    assert api.offers[2]["capacity"]["totalPlaces"] == 12
    assert list(app.data_editor[0].value["open_places"]) == [1, 2, 2]


def test_a_save_can_be_undone(app: AppTest, api: FakeApi) -> None:
    app = press(press(type_in(app, 0, open_places=1), "Opslaan (1)"), nl.UNDO)
    assert "1 opgave teruggezet" in said(app)
    assert api.offers[2]["capacity"]["openPlaces"] == 2
    assert nl.UNDO not in [button.label for button in app.button]


def test_a_fault_is_named_with_its_row_and_what_was_typed_stays(app: AppTest, api: FakeApi) -> None:
    app = press(type_in(app, 0, open_places=9), "Opslaan (1)")
    assert "**Pleegzorg (Ede)**: Vrij (9) is meer dan er over is: 2." in said(app)
    row = app.data_editor[0].value.iloc[0]
    assert (row["open_places"], row["stated"]) == (9, nl.REFUSED_MARK)
    assert api.offers[2]["capacity"]["openPlaces"] == 2


def test_a_conflict_shows_both_numbers_and_saving_again_settles_it(app: AppTest, api: FakeApi) -> None:
    app = type_in(app, 0, open_places=1)
    api.state(2, openPlaces=0)
    app = press(app, "Opslaan (1)")
    assert "Vrij: u 1, nu 0." in said(app)
    app = press(app, "Opslaan (1)")
    assert api.offers[2]["capacity"]["openPlaces"] == 1


def test_what_somebody_else_stated_is_not_slipped_under_what_is_typed(app: AppTest, api: FakeApi) -> None:
    app = type_in(app, 0, open_places=1)
    api.state(2, openPlaces=0)
    app = type_in(app.run(), 0, open_places=1)
    assert app.table[0].value.iloc[0].tolist() == ["Pleegzorg", "Ede", "Vrij", "2", "1"]


def test_an_unlikely_jump_is_asked_back_once(app: AppTest, api: FakeApi) -> None:
    app = press(type_in(app, 0, total_places=900), "Opslaan (1)")
    assert "Klopt dat?" in said(app)
    app = press(app, "Opslaan (1)")
    assert "1 opgave opgeslagen" in said(app)
    assert api.offers[2]["capacity"]["totalPlaces"] == 900


def test_another_unlikely_number_is_asked_back_again(app: AppTest, api: FakeApi) -> None:
    app = press(type_in(app, 0, total_places=900), "Opslaan (1)")
    app = press(type_in(app, 0, total_places=9000), "Opslaan (1)")
    assert "Klopt dat?" in said(app)
    assert api.offers[2]["capacity"]["totalPlaces"] == 12


def test_what_was_typed_can_be_dropped(app: AppTest) -> None:
    app = press(type_in(app, 0, open_places=1), nl.DROP_CHANGES)
    assert list(app.data_editor[0].value["open_places"]) == [2, 2, 2]
    assert nl.DROP_CHANGES not in [button.label for button in app.button]


def test_a_changed_row_is_not_confirmed_as_unchanged(app: AppTest, api: FakeApi) -> None:
    app = press(type_in(app, 0, open_places=1), "Deze is niet veranderd")
    assert not api.bodies("POST", "offers/2/capacity/confirmation")
    assert app.data_editor[0].value["open_places"].iloc[0] == 1
    assert "Opslaan (1)" in [button.label for button in app.button]


def test_no_offers_says_what_would_bring_them(sign_in: SignIn) -> None:
    assert nl.NO_OFFERS in said(sign_in("provider", "98000001", "De Wilgen"))


def test_an_api_that_is_away_is_one_calm_sentence(app: AppTest, api: FakeApi) -> None:
    api.down = True
    app = press(type_in(app, 0, open_places=1), "Opslaan (1)")
    assert not app.exception
    assert nl.UNREACHABLE in said(app)
    api.down = False
    app = press(app, nl.TRY_AGAIN)
    assert app.data_editor[0].value["open_places"].iloc[0] == 1


def test_what_was_stated_before_is_shown_for_the_offer_that_is_chosen(app: AppTest, api: FakeApi) -> None:
    api.history = [a_capacity(1, 2, 0, openPlaces=1), a_capacity(1, 1, 40, waitingCount=None)]
    assert not app.get("vega_lite_chart")
    app = app.selectbox(key="eerder").set_value(1).run()
    assert [chart.proto.alt for chart in app.get("vega_lite_chart")] == [places.CHART_ALT]
    table = app.dataframe[-1].value
    assert table[places.OPEN].tolist() == [1, 2]
    assert table[places.WAITS_NOW].isna().tolist() == [False, True]
    assert table[places.WAIT].tolist() == ["7 weken", "7 weken"]


def test_an_offer_without_statements_says_so(app: AppTest) -> None:
    assert places.NEVER_STATED in said(app.selectbox(key="eerder").set_value(1).run())


def test_the_provider_says_where_reminders_go(app: AppTest, api: FakeApi) -> None:
    app.text_input(key="nieuw-adres").input("planning@example.org")
    app = press(app, actuality.ADD)
    assert [each.value for each in app.text] == ["planning@example.org"]
