from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.statements import SELDOM
from dashboard.texts import actuality, nl, places, showing
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import TODAY, FakeApi, a_capacity, a_reminder, an_offer, day


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


def test_what_is_typed_is_still_due(app: AppTest) -> None:
    app = type_in(app, 0, open_places=1)
    assert "**2 van uw 3 opgaven** zijn aan de beurt." in said(app)
    assert "Deze is niet veranderd" in [button.label for button in app.button]


def test_each_row_says_until_when_it_is_up_to_date_in_words(app: AppTest) -> None:
    due = {"stale": -10, "due": 4, "fresh": 28}
    wanted = [showing.freshness(state, TODAY + timedelta(days=days), TODAY) for state, days in due.items()]
    assert app.data_editor[0].value["stated"].tolist() == wanted


def test_what_changes_seldom_stands_after_the_rest_or_first_if_one_wants(app: AppTest) -> None:
    def columns(app: AppTest) -> list[str]:
        return list(app.data_editor[0].proto.column_order)

    assert columns(app)[-4:] == ["available_from", "started_last_90_days", "withdrawn_last_90_days", "note"]
    app = type_in(app, 0, note="Bel eerst").segmented_control(key="weergave").set_value(places.WIDER).run()
    assert columns(app)[4:9] == [*SELDOM, "open_places"]
    assert app.data_editor[0].value["note"].iloc[0] == "Bel eerst"
    assert app.table[0].value.iloc[0].tolist() == ["Pleegzorg", "Ede", "Opmerking", "leeg", "“Bel eerst”"]


def test_a_day_is_typed_saved_and_cleared_in_the_grid(app: AppTest, api: FakeApi) -> None:
    app = press(type_in(app, 0, available_from="2027-03-01"), "Opslaan (1)")
    assert api.offers[2]["capacity"]["availableFrom"] == "2027-03-01"
    press(type_in(app, 0, available_from=None), "Opslaan (1)")
    assert api.offers[2]["capacity"]["availableFrom"] is None


def test_beside_confirming_all_stands_all_that_is_confirmed(sign_in: SignIn, api: FakeApi) -> None:
    api.offers = {
        1: an_offer(1, "Pleegzorg", days_old=40, note="Alleen op dinsdag"),
        2: an_offer(2, "Vers", note="Nee"),
    }
    told = said(sign_in("provider", "98000001", "De Wilgen"))
    assert places.WHICH_EXPLAINED in told
    assert "Opmerking: Alleen op dinsdag" in told
    assert "5 gestart in 90 dagen" in told
    assert "Opmerking: Nee" not in told


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
    assert places.due_count(0, 0, 3) in said(app)
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


def test_a_save_can_still_be_undone_after_niet_veranderd(app: AppTest, api: FakeApi) -> None:
    app = press(type_in(app, 0, open_places=1), "Opslaan (1)")
    app = press(app, "Deze is niet veranderd")
    app = press(app, nl.UNDO)
    assert "1 opgave teruggezet" in said(app)
    assert (api.offers[2]["capacity"]["openPlaces"], api.offers[3]["capacity"]["freshness"]) == (1, "due")
    app = press(app, nl.UNDO)
    assert api.offers[2]["capacity"]["openPlaces"] == 2
    assert nl.UNDO not in [button.label for button in app.button]


def test_niet_veranderd_of_all_that_is_due_can_be_taken_back(app: AppTest, api: FakeApi) -> None:
    app = press(press(app, "Deze 2 zijn niet veranderd"), nl.UNDO)
    assert "2 opgaven teruggezet" in said(app)
    assert "**2 van uw 3 opgaven** zijn aan de beurt." in said(app)
    assert api.offers[2]["capacity"]["freshness"] == "stale"


def test_of_a_first_statement_it_is_said_that_there_is_no_way_back(sign_in: SignIn, api: FakeApi) -> None:
    api.offers = {1: an_offer(1, stated=False)}
    numbers = {"total_places": 4, "occupied_places": 3, "reserved_places": 0, "open_places": 1}
    app = type_in(sign_in("provider", "98000001"), 0, **numbers, intake_wait_days=7, treatment_wait_days=0)
    app = press(app, "Opslaan (1)")
    assert places.NO_WAY_BACK in said(app)
    assert nl.UNDO not in [button.label for button in app.button]


@pytest.mark.parametrize("button", ["Opslaan (1)", "Deze is niet veranderd"])
def test_an_expired_sign_in_is_said_and_what_was_typed_is_there_after_signing_in_again(
    app: AppTest, api: FakeApi, button: str
) -> None:
    app = type_in(app, 0, open_places=1)
    api.expired = True
    app = press(app, button)
    assert not app.exception
    assert "Uw aanmelding is verlopen. Meld u opnieuw aan." in said(app)
    api.expired = False
    app = press(app, "Verder als lokaal team, De Wilgen")
    assert places.STILL_HERE in said(app)
    row = app.data_editor[0].value.iloc[0]
    assert (row["open_places"], row["stated"]) == (1, nl.CHANGED_MARK)
    assert api.offers[2]["capacity"]["openPlaces"] == 2


def test_who_signs_in_for_somebody_else_does_not_find_what_was_typed(app: AppTest, api: FakeApi) -> None:
    app = type_in(app, 0, open_places=1)
    api.expired = True
    app = press(app, "Opslaan (1)")
    api.expired, api.organisation = False, "98000002"
    app = press(app.run(), "Verder als lokaal team, De Wilgen")
    assert places.STILL_HERE not in said(app)
    assert app.data_editor[0].value["open_places"].tolist() == [2, 2, 2]


def test_who_leaves_leaves_nothing_typed_behind(app: AppTest) -> None:
    app = press(type_in(app, 0, open_places=1), nl.SIGN_OUT)
    app = press(app, "Verder als lokaal team, De Wilgen")
    assert app.data_editor[0].value["open_places"].tolist() == [2, 2, 2]


def test_undoing_without_a_line_is_said_and_can_be_tried_again(app: AppTest, api: FakeApi) -> None:
    app = press(type_in(app, 0, open_places=1), "Opslaan (1)")
    api.down = True
    app = press(app, nl.UNDO)
    assert not app.exception
    api.down = False
    app = press(press(app, nl.TRY_AGAIN), nl.UNDO)
    assert api.offers[2]["capacity"]["openPlaces"] == 2


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


def test_no_offers_says_what_would_bring_them_and_leads_there(sign_in: SignIn) -> None:
    app = sign_in("provider", "98000001", "De Wilgen")
    assert places.NO_OFFERS in said(app)
    assert places.TO_OFFERS in [button.label for button in app.button]


@pytest.mark.parametrize(
    ("due", "never", "total", "told"),
    [
        (0, 0, 1, "Uw opgave is actueel. U hoeft nu niets te doen."),
        (0, 0, 3, "Al uw 3 opgaven zijn actueel. U hoeft nu niets te doen."),
        (1, 0, 1, "**Uw opgave** is aan de beurt."),
        (1, 0, 3, "**1 van uw 3 opgaven** is aan de beurt."),
        (7, 1, 41, "**7 van uw 40 opgaven** zijn aan de beurt. Er ontbreekt nog 1 opgave."),
        (3, 0, 3, "**Al uw 3 opgaven** zijn aan de beurt."),
        (0, 2, 5, "Al uw 3 opgaven zijn actueel. Er ontbreken nog 2 opgaven."),
        (0, 2, 2, "Er ontbreken nog 2 opgaven."),
    ],
)
def test_how_much_there_is_to_do_is_good_dutch(due: int, never: int, total: int, told: str) -> None:
    assert places.due_count(due, never, total) == told


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


def test_reminders_that_came_are_to_be_seen_and_other_notices_are_not(sign_in: SignIn, api: FakeApi) -> None:
    api.offers = {1: an_offer(1)}
    api.reminders = [a_reminder("capacity-stale", 3, 7), a_reminder("task-due")]
    told = said(sign_in("provider", "98000001", "De Wilgen"))
    assert told.count("Uw opgave van plekken is verouderd") == 1
    assert f"{showing.long_day(TODAY - timedelta(days=3))} · Aantal: 7" in told


def test_without_reminders_nothing_is_said_of_them(app: AppTest) -> None:
    assert places.REMINDERS not in [each.label for each in app.expander]


def test_the_provider_says_where_reminders_go(app: AppTest, api: FakeApi) -> None:
    app.text_input(key="nieuw-adres").input("planning@example.org")
    app = press(app, actuality.ADD)
    assert [each.value for each in app.text] == ["planning@example.org"]
