"""Meldingen and Contactpersonen: what the regional contact person must do, and whom one can call."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import recording as event_words
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.desks.fake_desks import FakeDesks, a_contact, a_report, to_make_contact
from tests.dashboard.fake_api import ARNHEM, CASE, problem
from tests.dashboard.fake_casework import a_state

EVENTS = f"care-requests/{CASE}/events"
CONTACTS = "regions/JZ28/contacts"


@pytest.fixture
def home(sign_in: SignIn, api: FakeDesks) -> SignIn:
    def opened(*reports: object) -> AppTest:
        api.reports = list(reports)  # type: ignore[arg-type]  # JSON objects
        app = sign_in("regional-contact", "JZ28", "Centraal Gelderland")
        assert not app.exception
        return app

    return opened


class TestReports:
    def test_is_the_first_page_and_empty_says_so(self, home: SignIn) -> None:
        app = home()
        assert app.title[0].value == words.REPORTS
        assert words.NO_REPORTS in said(app)
        assert nl.NOTHING_HANDLED in said(app)

    def test_what_presses_comes_first_and_what_is_done_last(self, home: SignIn) -> None:
        late = a_report(8, "contact-failed", to_make_contact(-2), reference="LT-2")
        done = a_report(9, "escalation-reported", reference="LT-3")
        told = said(home(a_report(7, "contact-failed", to_make_contact(1)), late, done))
        assert told.index("2 werkdagen te laat") < told.index("Nog 1 werkdag") < told.index("LT-3")

    def test_contact_is_recorded_at_the_report(self, home: SignIn, api: FakeDesks) -> None:
        api.state_now = a_state("contact-made")
        app = press(home(a_report(7, "contact-failed", to_make_contact())), "Open LT-1")
        assert "Twee medewerkers gebeld." in said(app)
        app = app.selectbox(key=f"gebeurtenis-{CASE}").select(event_words.EVENTS["contact-made"]).run()
        app.text_area(key="contact-made-notes-agreed").set_value("Het team belt morgen.")
        app = press(app, event_words.SAVE_EVENT)
        (sent,) = api.bodies("POST", EVENTS)
        assert sent["kind"] == "contact-made"
        assert "Vastgelegd feit" in said(app)

    def test_why_it_is_stuck_is_recorded_as_one_of_three(self, home: SignIn, api: FakeDesks) -> None:
        api.state_now = a_state("escalation-analysed")
        app = press(home(a_report(7, "escalation-reported", to_make_contact())), "Open LT-1")
        app = app.selectbox(key=f"gebeurtenis-{CASE}").select(event_words.EVENTS["escalation-analysed"]).run()
        cause = app.selectbox(key="escalation-analysed-values-cause")
        assert set(cause.options) == set(words.CAUSES.values())
        cause.select(words.CAUSES["ret-too-late"])
        app.text_area(key="escalation-analysed-notes-analysis").set_value("Te lang gewacht met aanmelden.")
        press(app, event_words.SAVE_EVENT)
        assert api.bodies("POST", EVENTS)[0]["values"] == {"cause": "ret-too-late"}

    def test_back_leads_to_all(self, home: SignIn) -> None:
        app = press(home(a_report(7, "contact-failed", to_make_contact())), "Open LT-1")
        assert nl.TO_HANDLE in [each.value for each in press(app, nl.BACK_TO_REPORTS).header]

    def test_a_failing_api_is_one_calm_sentence(self, home: SignIn, api: FakeDesks) -> None:
        app = home()
        api.down = True
        app = app.run()
        assert not app.exception
        assert app.error


class TestContacts:
    @pytest.fixture
    def page(self, home: SignIn, api: FakeDesks) -> SignIn:
        def opened(*contacts: object) -> AppTest:
            api.contacts = list(contacts)  # type: ignore[arg-type]  # JSON objects
            app = home().switch_page("app_pages/contactpersonen.py").run()
            assert not app.exception
            return app

        return opened

    def test_an_empty_register_without_owner_says_what_to_do(self, page: SignIn, api: FakeDesks) -> None:
        api.owner = None
        told = said(page())
        assert nl.NO_OWNER in told
        assert nl.NO_CONTACTS in told

    def test_says_who_keeps_it_how_fresh_it_is_and_what_is_missing(self, page: SignIn, api: FakeDesks) -> None:
        raad = {"kind": "child-protection-board", "kindName": "Raad voor de Kinderbescherming", "municipality": None}
        api.missing = [raad, {"kind": "local-team", "kindName": "Lokaal team", "municipality": ARNHEM}]
        app = page(a_contact(1), a_contact(2, freshness="stale"))
        assert [each.value for each in app.metric] == ["2", "0", "1", "2"]
        told = said(app)
        assert "Beheerd door Regiobureau." in told
        assert "Raad voor de Kinderbescherming, hele regio" in told
        assert told.index("Team 2") < told.index("Team 1")

    def test_one_click_says_that_it_is_still_right(self, page: SignIn, api: FakeDesks) -> None:
        app = press(page(a_contact(freshness="stale")), words.STILL_RIGHT)
        assert api.contacts[0]["freshness"] == "fresh"
        assert nl.CONFIRMED.format(name="Team 1") in said(app)

    def test_somebody_elses_change_is_not_overwritten(self, page: SignIn, api: FakeDesks) -> None:
        app = page(a_contact())
        api.refusal = problem(412, "changed-meanwhile", "Ondertussen gewijzigd.")
        app = press(app, words.STILL_RIGHT)
        assert [each.value for each in app.warning] == [nl.CHANGED_MEANWHILE]
        assert not app.success

    def test_a_contact_is_changed_where_it_stands(self, page: SignIn, api: FakeDesks) -> None:
        contact = a_contact()
        app = press(page(contact), words.CHANGE)
        app.text_input(key=f"phone-{contact['id']}").set_value("026 765 43 21")
        press(app, words.KEEP)
        assert api.contacts[0]["phone"] == "026 765 43 21"

    def test_removing_asks_twice(self, page: SignIn, api: FakeDesks) -> None:
        contact = a_contact()
        app = press(press(page(contact), words.CHANGE), words.REMOVE)
        assert nl.SAY_SURE in said(app)
        assert api.contacts
        app.checkbox(key=f"zeker-{contact['id']}").check()
        press(app, words.REMOVE)
        assert api.contacts == []

    def test_a_contact_is_added_and_what_is_wrong_is_said_at_its_field(self, page: SignIn, api: FakeDesks) -> None:
        fault = {"pointer": "/phone", "detail": "Geef een telefoonnummer.", "code": "phone"}
        app = page()
        app.text_input(key="naam-nieuw").set_value("Lokaal team Noord")
        app.text_input(key="phone-nieuw").set_value("bel maar")
        api.refusal = problem(400, "invalid-input", "De invoer klopt niet.", fault)
        app = press(app, nl.ADD)
        assert f"**{words.PHONE}**: Geef een telefoonnummer." in said(app)
        app.text_input(key="phone-nieuw").set_value("026 123 45 67")
        press(app, nl.ADD)
        assert api.contacts[0]["name"] == "Lokaal team Noord"

    def test_the_owner_and_the_term_are_kept(self, page: SignIn, api: FakeDesks) -> None:
        app = page(a_contact())
        app.text_input(key="beheerder").set_value("Regiobureau Noord")
        next(each for each in app.button if each.label == words.KEEP).click().run()
        assert api.owner == "Regiobureau Noord"
