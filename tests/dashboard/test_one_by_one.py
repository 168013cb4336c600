"""Mijn plekken on a phone: every offer a card, the same statements as from the grid."""

from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import answers, one_by_one
from dashboard.texts import nl, places, showing
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import TODAY, FakeApi, an_offer

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"


@pytest.fixture
def app(sign_in: SignIn, api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(one_by_one, "on_a_phone", lambda _: True)
    api.offers = {
        1: an_offer(1, "Gezinshuis", days_old=2, admissionStop=True, waitingCount=1),
        2: an_offer(2, "Logeerhuis", days_old=40),
        3: an_offer(3, "Nieuw", stated=False),
    }
    return sign_in("provider", "98000001", "De Wilgen")


def change(app: AppTest, offer_id: int, **values: int | None) -> AppTest:
    """Open the form of one offer, fill in, and save."""
    app = app.button(key=f"wijzig-{offer_id}").click().run()
    for field in app.number_input:
        name = str(field.key).rsplit("-", 1)[1]
        if name in values:
            field.set_value(values[name])
    return press_in_form(app)


def press_in_form(app: AppTest) -> AppTest:
    return next(each for each in app.button if "formulier" in str(each.key)).click().run()


@pytest.mark.parametrize(("browser", "phone"), [(IPHONE, True), (ANDROID, True), (DESK, False), ("", False)])
def test_a_phone_says_that_it_is_one(browser: str, phone: bool) -> None:
    assert one_by_one.on_a_phone(browser) is phone


def test_each_offer_is_a_card_with_its_numbers_what_is_due_first(app: AppTest) -> None:
    assert not app.exception
    assert not app.data_editor
    cards = [each.proto.body for each in app.html if "zb-own" in each.proto.body]
    assert ["Logeerhuis" in cards[0], "Nieuw" in cards[1], "Gezinshuis" in cards[2]] == [True, True, True]
    assert "2 vrij · 9 bezet · 1 gereserveerd · 12 totaal" in cards[0]
    assert f"{showing.freshness('stale', TODAY - timedelta(days=10), TODAY)} · opgave 40 dagen oud" in cards[0]
    assert nl.NO_STATEMENT in cards[1]
    assert "1 wacht<" in cards[2]
    assert places.STOP in cards[2]


def test_one_tap_says_that_nothing_changed(app: AppTest, api: FakeApi) -> None:
    app = app.button(key="klopt-2").click().run()
    assert "1 opgave bevestigd" in said(app)
    assert [path for how, path, _ in api.asked if how == "POST" and "confirmation" in path] == [
        "offers/2/capacity/confirmation"
    ]
    press(app, nl.UNDO)
    assert api.offers[2]["capacity"]["freshness"] == "stale"


def test_a_form_changes_one_offer_and_it_can_be_undone(app: AppTest, api: FakeApi) -> None:
    app = change(app, 2, open_places=1)
    assert "1 opgave opgeslagen" in said(app)
    assert (api.offers[2]["capacity"]["openPlaces"], api.offers[2]["capacity"]["totalPlaces"]) == (1, 12)
    app = press(app, nl.UNDO)
    assert api.offers[2]["capacity"]["openPlaces"] == 2


def test_what_niet_veranderd_states_again_stands_on_the_card(app: AppTest, api: FakeApi) -> None:
    api.state(2, availableFrom="2027-03-01", withdrawnLast90Days=0, note="Alleen op <dinsdag>")
    app = app.button(key="klopt-1").click().run()
    card = next(each.proto.body for each in app.html if "Logeerhuis" in each.proto.body)
    for line in ("Plek vanaf ma 1 maart 2027", "5 gestart in 90 dagen", "0 afgehaakt in 90 dagen"):
        assert line in card
    assert "Opmerking: Alleen op &lt;dinsdag&gt;" in card


def test_a_form_states_and_clears_what_changes_seldom(app: AppTest, api: FakeApi) -> None:
    def state(app: AppTest, day: date | None, withdrawn: int | None, note: str) -> tuple[Any, ...]:
        app = app.button(key="wijzig-2").click().run()
        app.date_input[0].set_value(day)
        next(each for each in app.number_input if "withdrawn" in str(each.key)).set_value(withdrawn)
        next(each for each in app.text_input if str(each.key).endswith("note")).set_value(note)
        press_in_form(app)
        return tuple(api.offers[2]["capacity"][name] for name in ("availableFrom", "withdrawnLast90Days", "note"))

    assert state(app, date(2027, 3, 1), 3, "Bel eerst") == ("2027-03-01", 3, "Bel eerst")
    assert state(app, None, None, " ") == (None, None, None)


def test_what_is_typed_in_the_table_goes_along_to_the_cards_and_back(app: AppTest) -> None:
    app = app.segmented_control(key="weergave").set_value(places.TABLE).run()
    edits = {"edited_rows": {0: {"open_places": 1}}, "added_rows": [], "deleted_rows": []}
    app.session_state[f"plekken-{app.session_state['uitgave']}"] = edits
    app = app.segmented_control(key="weergave").set_value(places.CARDS).run()
    assert nl.CHANGED_MARK in said(app)
    assert "Opslaan (1)" in [button.label for button in app.button]
    app = app.segmented_control(key="weergave").set_value(places.WIDER).run()
    assert app.data_editor[0].value["open_places"].iloc[0] == 1


def test_saving_the_same_numbers_says_that_they_still_hold(app: AppTest, api: FakeApi) -> None:
    assert "1 opgave opgeslagen" in said(change(app, 2))
    assert api.offers[2]["capacity"]["openPlaces"] == 2


def test_a_first_statement_says_which_numbers_are_missing(app: AppTest) -> None:
    assert "Leeg: Bezet, Gereserveerd, Totaal, Intake, Start" in said(change(app, 3, open_places=1))


def test_a_refused_number_is_named_marked_and_kept_in_the_form(app: AppTest, api: FakeApi) -> None:
    app = change(app, 2, open_places=9)
    assert "**Logeerhuis (Ede)**: Vrij (9) is meer dan er over is: 2." in said(app)
    assert nl.REFUSED_MARK in said(app)
    app = app.button(key="wijzig-2").click().run()
    assert next(each.value for each in app.number_input if "open_places" in str(each.key)) == 9
    assert api.offers[2]["capacity"]["openPlaces"] == 2


def test_an_unlikely_jump_is_asked_back_once(app: AppTest, api: FakeApi) -> None:
    assert "Klopt dat?" in said(change(app, 2, total_places=900))
    assert "1 opgave opgeslagen" in said(change(app, 2, total_places=900))
    assert api.offers[2]["capacity"]["totalPlaces"] == 900


def test_what_somebody_else_stated_is_not_overwritten_unseen(app: AppTest, api: FakeApi) -> None:
    app = app.button(key="wijzig-2").click().run()
    api.state(2, openPlaces=0)
    next(each for each in app.number_input if "open_places" in str(each.key)).set_value(1)
    assert "Vrij: u 1, nu 0." in said(press_in_form(app))
    assert api.offers[2]["capacity"]["openPlaces"] == 0


def test_everybody_may_choose_the_table(app: AppTest) -> None:
    app = app.segmented_control(key="weergave").set_value(places.TABLE).run()
    assert len(app.data_editor) == 1


def test_a_name_is_no_markup() -> None:
    offer = answers.Offer.model_validate(an_offer(1, "<script>"))
    assert "<script>" not in one_by_one.facts(offer, TODAY)
