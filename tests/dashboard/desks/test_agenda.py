"""Agenda and Zorgelijk wachtend: what the expert team sees of a case, and what it records."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import recording as event_words
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.desks.fake_desks import FakeDesks, a_child, a_ranking, an_attempt, an_item, somebody_waiting
from tests.dashboard.fake_api import CASE, PROVIDER, a_near_miss, day

WHAT = f"gebeurtenis-{CASE}"
EVENTS = f"care-requests/{CASE}/events"


@pytest.fixture
def home(sign_in: SignIn, api: FakeDesks) -> SignIn:
    def opened(*items: object) -> AppTest:
        api.agenda = list(items)  # type: ignore[arg-type]  # JSON objects
        app = sign_in("ret-chair", "JZ28", "Centraal Gelderland")
        assert not app.exception
        return app

    return opened


@pytest.fixture
def one(home: SignIn) -> SignIn:
    def opened(**other: object) -> AppTest:
        app = press(home(an_item(**other)), "Open LT-1")
        assert not app.exception
        return app

    return opened


class TestAgenda:
    def test_is_the_first_page_and_empty_says_what_would_fill_it(self, home: SignIn) -> None:
        app = home()
        assert app.title[0].value == words.AGENDA
        assert words.NO_AGENDA in said(app)
        assert nl.NOTHING_CONCLUDED in said(app)

    def test_the_first_term_comes_first_and_is_said_in_words(self, home: SignIn) -> None:
        other = {"id": CASE, "child": a_child(reference="LT-2")}
        late = an_item(dueOn=day(-1), workingDaysLeft=0, late=True, **other)
        app = home(an_item(), late)
        told = said(app)
        assert told.index("LT-2") < told.index("Nog 7 werkdagen")
        assert [each.value for each in app.metric] == ["1", "0", "2"]

    def test_what_came_of_earlier_cases_says_what_held_them_up(self, home: SignIn, api: FakeDesks) -> None:
        end = {"outcome": "no-view", "concludedOn": day(-2), "cause": "waiting-times"}
        api.concluded = [an_item(**end), an_item(**end)]
        app = home()
        assert "Wachttijden: 2 casussen." in said(app)
        assert app.table[0].value[nl.OUTCOME].tolist() == ["Geen zicht op passende hulp"] * 2

    def test_a_failing_api_is_one_calm_sentence(self, home: SignIn, api: FakeDesks) -> None:
        app = home(an_item())
        api.down = True
        app = app.run()
        assert not app.exception
        assert app.error


class TestOneCase:
    def test_shows_the_form_everything_tried_and_the_places_of_then(self, one: SignIn, api: FakeDesks) -> None:
        api.attempts = [an_attempt(), an_attempt(throughNetwork=True, offer=None, refusal=None, reason=None)]
        api.ranking = a_ranking(nearMisses=[a_near_miss()])
        app = one()
        told = said(app)
        for fact in ("Dicht bij school.", "mei 2013", "Tot 55 km: 4 erbij.", "Neemt kinderen tot en met 12 jaar"):
            assert fact in told
        tried = app.table[0].value
        assert tried[nl.REFUSAL].tolist() == ["AW-2026-1", "–"]
        assert tried[nl.OFFER].tolist() == ["Gezinshuis De Wilgen", nl.FROM_NETWORK]

    def test_without_a_place_by_then_it_says_so(self, one: SignIn, api: FakeDesks) -> None:
        api.attempts, api.ranking = [], a_ranking(matches=[], relaxations=[])
        told = said(one())
        assert words.NO_RANKING in told
        assert nl.NOTHING_TRIED in told

    def test_the_outcome_is_recorded_with_what_held_it_up(self, one: SignIn, api: FakeDesks) -> None:
        app = one().selectbox(key=WHAT).select(event_words.EVENTS["ret-outcome"]).run()
        app.selectbox(key="ret-outcome-values-outcome").select(words.OUTCOMES["no-view"])
        app.selectbox(key="ret-outcome-values-cause").select(words.CAUSES["waiting-times"])
        press(app, event_words.SAVE_EVENT)
        (sent,) = api.bodies("POST", EVENTS)
        assert sent["values"] == {"outcome": "no-view", "cause": "waiting-times"}

    def test_a_provider_of_the_network_is_asked_to_help(self, one: SignIn, api: FakeDesks) -> None:
        api.members = [{"agbCode": "98000009", "name": "Het Anker"}]
        app = one().selectbox(key=WHAT).select(event_words.EVENTS["ret-provider-asked"]).run()
        party = app.selectbox(key="ret-provider-asked--party")
        assert party.options == ["Het Anker", PROVIDER["name"]]
        party.select("Het Anker")
        press(app, event_words.SAVE_EVENT)
        assert api.bodies("POST", EVENTS)[0]["party"] == "98000009"

    def test_back_leads_to_the_whole_agenda(self, one: SignIn) -> None:
        assert words.OPEN_ITEMS in [each.value for each in press(one(), nl.BACK_TO_AGENDA).header]


class TestWorrying:
    @pytest.fixture
    def page(self, home: SignIn, api: FakeDesks) -> SignIn:
        def opened(*waiting: object, lies_here: tuple[object, ...] = ()) -> AppTest:
            api.waiting = list(waiting)  # type: ignore[arg-type]  # JSON objects
            app = home(*lies_here).switch_page("app_pages/zorgelijk_wachtend.py").run()
            assert not app.exception
            return app

        return opened

    def test_the_day_to_look_again_is_all_that_orders_them(self, page: SignIn) -> None:
        late = somebody_waiting(reviewOn=day(-3), late=True, caseId=CASE, reference="LT-9")
        app = page(somebody_waiting(markedOn=day(-90)), late)
        table = app.table[0].value
        assert table[words.CASE].tolist() == ["LT-9", "Ligt niet bij u. Vraag de medewerker van Arnhem."]
        assert table[words.REVIEW_ON][0].startswith(words.LATE)
        assert table[words.CARE].tolist() == ["Gezinshuis", "Gezinshuis"]

    def test_a_case_that_lies_here_is_one_click_away_and_another_is_not(self, page: SignIn) -> None:
        ours = somebody_waiting(caseId=CASE, reference="LT-1")
        institution = somebody_waiting(organisation="90009001")
        app = page(ours, institution, lies_here=(an_item(),))
        assert (
            "Vraag de medewerker van de instelling met AGB-code 90009001." in app.table[0].value[words.CASE].tolist()[1]
        )
        assert [button.label for button in app.button if button.label.startswith("Open")] == ["Open LT-1"]
        app = press(app, "Open LT-1").switch_page("app_pages/agenda.py").run()
        assert words.CASE_TITLE.format(reference="LT-1") in [each.value for each in app.header]

    def test_says_that_people_decide(self, page: SignIn) -> None:
        assert words.ATTENTION in said(page())
        assert "beslissen mensen" in words.ATTENTION

    def test_nobody_says_so(self, page: SignIn) -> None:
        assert words.NO_WORRYING in said(page())
