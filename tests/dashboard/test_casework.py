"""Mijn dag and Casussen: whose turn it is, what happened, and where a case can go."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard import recording
from dashboard.client import Client
from dashboard.texts import cases as words
from dashboard.texts import recording as event_words
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import CASE, PROVIDER, day, problem
from tests.dashboard.fake_casework import (
    FORM,
    REFERRAL,
    FakeCasework,
    a_day,
    a_day_task,
    a_referral,
    a_state,
    an_event,
    three_matches,
)
from tests.dashboard.test_fake_api import OPENAPI, faults, operation


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCasework]:
    fake = FakeCasework()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    _fits_the_openapi(fake)
    http.close()


def _fits_the_openapi(fake: FakeCasework) -> None:
    """What was pretended and what was sent, in every test."""
    wrong = []
    for (method, path, body), answer in zip(fake.asked, fake.answered, strict=True):
        if path.startswith("demo-"):
            continue
        described = operation(method, path)
        told = described["responses"].get(str(answer.status_code), {}).get("content")
        if told and answer.content and path != "openapi.json":
            wrong += [
                f"{method} {path} {fault}" for fault in faults(next(iter(told.values()))["schema"], answer.json())
            ]
        asked = described.get("requestBody", {}).get("content", {}).get("application/json")
        if asked and body is not None:
            wrong += [f"{method} {path} sent {fault}" for fault in faults(asked["schema"], body)]
    assert wrong == []


@pytest.fixture
def case(sign_in: SignIn, api: FakeCasework) -> Any:
    """Open the one case, as it is by then."""

    def opened() -> AppTest:
        app = press(sign_in(), "Open LT-1")
        app = app.switch_page("app_pages/casussen.py").run()
        assert not app.exception
        return app

    return opened


class TestMyDay:
    def test_it_is_the_first_page_and_says_what_to_do_and_when(self, sign_in: SignIn, api: FakeCasework) -> None:
        api.my_day = a_day(a_day_task(days_left=-1), a_day_task("send-referral", 2, event=2))
        app = sign_in()
        assert words.MY_DAY in app.title[0].value
        assert "1 werkdag te laat" in said(app)
        assert "Nog 2 werkdagen" in said(app)
        assert app.metric[0].value == "1"

    def test_an_empty_day_says_where_to_begin(self, sign_in: SignIn, api: FakeCasework) -> None:
        api.my_day = a_day() | {"counts": {"cases": 0, "open": 0, "late": 0, "today": 0, "thisWeek": 0}}
        assert words.NO_CASES_YET in said(sign_in())

    def test_others_that_are_late_and_news_are_told_apart(self, sign_in: SignIn, api: FakeCasework) -> None:
        late = a_day_task("answer-referral", -2, mine=False, actor="provider", organisation="98000001")
        news = {"caseId": CASE, "reference": "LT-1", "event": an_event(5, "referral-refused", "Aanmelding afgewezen")}
        api.my_day = a_day(a_day_task()) | {"waitingFor": [late], "changed": [news]}
        told = said(sign_in())
        assert words.WAITING_FOR in told
        assert "Jeugdhulpaanbieder (98000001)" in told
        assert "Aanmelding afgewezen" in told

    def test_of_much_news_the_rest_is_folded_away(self, sign_in: SignIn, api: FakeCasework) -> None:
        told = {"caseId": CASE, "reference": "LT-1", "event": an_event(5, "referral-refused", "Aanmelding afgewezen")}
        api.my_day = a_day(a_day_task()) | {"changed": [told] * 12}
        rest = words.MORE_CHANGED.format(count=2)
        app = sign_in()
        assert rest in [each.label for each in app.expander]
        assert said(app).count("Aanmelding afgewezen") == 12
        api.my_day = a_day(a_day_task()) | {"changed": [told] * 10}
        assert rest not in [each.label for each in app.run().expander]

    def test_notices_are_read_with_one_click(self, sign_in: SignIn, api: FakeCasework) -> None:
        about = {"kind": "task-due", "title": "Termijn", "details": [], "link": "", "toldAt": an_event()["recordedAt"]}
        api.told = [{"id": REFERRAL, "text": "Er is plek voor een casus.", "readAt": None, **about}]
        app = sign_in()
        assert "Er is plek voor een casus." in said(app)
        press(app, words.READ)
        assert api.bodies("POST", "notice-readings") == [{"ids": [REFERRAL]}]

    def test_notices_that_cannot_be_marked_as_read_say_why(self, sign_in: SignIn, api: FakeCasework) -> None:
        about = {"kind": "task-due", "title": "Termijn", "details": [], "link": "", "toldAt": an_event()["recordedAt"]}
        api.told = [{"id": REFERRAL, "text": "Er is plek voor een casus.", "readAt": None, **about}]
        app = sign_in()
        api.refusal = problem(503, "unavailable", "Het is nu te druk.")
        app = press(app, words.READ)
        assert not app.exception
        assert "Het is nu te druk." in said(app)

    def test_a_long_list_begins_with_its_first(self, sign_in: SignIn, api: FakeCasework) -> None:
        api.my_day = a_day(*(a_day_task(event=number) for number in range(40)))
        app = sign_in()
        assert len([button for button in app.button if button.label == "Open LT-1"]) == 25
        app = press(app, words.SHOW_ALL.format(count=40))
        assert len([button for button in app.button if button.label == "Open LT-1"]) == 40

    def test_a_failing_api_is_one_calm_sentence(self, sign_in: SignIn, api: FakeCasework) -> None:
        app = sign_in()
        api.down = True
        app = app.run()
        assert not app.exception
        assert app.error

    @pytest.mark.parametrize(
        ("days", "late", "told"),
        [(0, False, "Vandaag"), (1, False, "Nog 1 werkdag"), (-2, True, "2 werkdagen te laat"), (0, True, "Te laat")],
    )
    def test_a_term_is_said_in_working_days(self, days: int, late: bool, told: str) -> None:
        assert words.term(days, late=late) == told


class TestOneCase:
    def test_it_shows_its_steps_whose_turn_it_is_and_its_history(self, case: Any) -> None:
        app = case()
        assert "klaar" in said(app)
        assert "Maak de bepaling" in said(app)
        assert app.table[0].value.to_numpy().tolist()[0][1] == "Casus geopend"

    def test_what_is_withheld_is_said_to_be_elsewhere(self, case: Any, api: FakeCasework) -> None:
        api.history = [an_event(2, "cooperation-raised", "Vastgelopen samenwerking gemeld")]
        told = case().table[0].value.to_numpy().tolist()[0][1]
        assert told == f"Vastgelopen samenwerking gemeld. {words.SAID_ELSEWHERE}"

    def test_what_can_happen_now_is_what_the_service_says(self, case: Any) -> None:
        box = case().selectbox(key=f"gebeurtenis-{CASE}")
        assert box.options == [event_words.EVENTS["withdrawn"], event_words.EVENTS["worry-marked"]]

    def test_an_event_is_recorded_with_what_goes_with_it(self, case: Any, api: FakeCasework) -> None:
        app = case().selectbox(key=f"gebeurtenis-{CASE}").select(event_words.EVENTS["worry-marked"]).run()
        app.date_input(key="worry-marked-values-reviewOn").set_value(date(2027, 1, 4))
        app.text_area(key="worry-marked-notes-reviewer").set_value("gedragswetenschapper")
        app.text_area(key="worry-marked-notes-bridgingHelp").set_value("Elke week gesprek.")
        app = press(app, event_words.SAVE_EVENT)
        (sent,) = api.bodies("POST", f"care-requests/{CASE}/events")
        assert sent["values"] == {"reviewOn": "2027-01-04"}
        assert sent["notes"] == {"reviewer": "gedragswetenschapper", "bridgingHelp": "Elke week gesprek."}
        assert "Vastgelegd feit" in said(app)

    def test_a_second_click_sends_what_was_filled_in_under_the_same_key(self, case: Any, api: FakeCasework) -> None:
        app = case().selectbox(key=f"gebeurtenis-{CASE}").select(event_words.EVENTS["withdrawn"]).run()
        app.selectbox(key="withdrawn-values-reason").select(event_words.CHOICES["moved-away"])
        api.refusal = httpx2.Response(502)  # recorded, for all we know: the line fell before the answer
        press(press(app, event_words.SAVE_EVENT), event_words.SAVE_EVENT)
        first, second = api.keys
        assert first == second

    def test_what_was_recorded_is_filled_in_no_longer(self, case: Any) -> None:
        app = case().selectbox(key=f"gebeurtenis-{CASE}").select(event_words.EVENTS["withdrawn"]).run()
        app.selectbox(key="withdrawn-values-reason").select(event_words.CHOICES["moved-away"])
        app = press(app, event_words.SAVE_EVENT)
        assert "Vastgelegd feit" in said(app)
        assert app.selectbox(key=f"gebeurtenis-{CASE}").value is None

    def test_a_party_corrects_only_what_its_own_desk_recorded(self, sign_in: SignIn, api: FakeCasework) -> None:
        ours = an_event(2, "official-decided", "Besluit genomen", role="official")
        api.my_day, api.history, api.state_now = a_day(a_day_task()), [an_event(), ours], a_state("corrected")
        api.history.append(an_event(3, "determined", "Bepaling gemaakt"))
        app = press(sign_in("official"), "Open LT-1").switch_page("app_pages/casussen.py").run()
        app = app.selectbox(key=f"gebeurtenis-{CASE}").select(event_words.EVENTS["corrected"]).run()
        (wrong,) = app.selectbox(key="corrected--refersTo").options
        assert wrong.startswith("Besluit genomen")

    def test_what_is_missing_is_named_before_anything_is_sent(self, case: Any, api: FakeCasework) -> None:
        app = case().selectbox(key=f"gebeurtenis-{CASE}").select(event_words.EVENTS["withdrawn"]).run()
        app = press(app, event_words.SAVE_EVENT)
        assert "Vul nog in: reden." in said(app)
        assert not api.bodies("POST", f"care-requests/{CASE}/events")

    def test_a_refusal_of_the_service_is_said(self, case: Any, api: FakeCasework) -> None:
        app = case().selectbox(key=f"gebeurtenis-{CASE}").select(event_words.EVENTS["withdrawn"]).run()
        app.selectbox(key="withdrawn-values-reason").select(event_words.CHOICES["moved-away"])
        api.refusal = problem(409, "routes", "Deze casus is al gesloten.")
        assert "Deze casus is al gesloten." in said(press(app, event_words.SAVE_EVENT))

    def test_nobody_without_cases_is_left_before_an_empty_page(self, sign_in: SignIn, api: FakeCasework) -> None:
        api.cases = []
        assert words.NO_CASES_YET in said(sign_in().switch_page("app_pages/casussen.py").run())


class TestPlaces:
    @pytest.fixture
    def ranked(self, case: Any, api: FakeCasework) -> AppTest:
        api.answer, api.form = three_matches(), FORM
        return press(case(), words.RANK)

    def test_a_place_is_asked_with_the_form_that_was_filled_in_once(self, ranked: AppTest, api: FakeCasework) -> None:
        app = press(ranked, words.REFER)
        (sent,) = api.bodies("POST", f"care-requests/{CASE}/referrals")
        assert sent["form"] == FORM
        assert sent["duplicateConfirmed"] is False
        assert PROVIDER["name"] in said(app)

    def test_without_a_form_nothing_can_be_sent(self, case: Any, api: FakeCasework) -> None:
        api.answer = three_matches()
        app = press(case(), words.RANK)
        assert all(button.disabled for button in app.button if button.label == words.REFER)

    def test_a_running_referral_is_named_and_confirmed(self, ranked: AppTest, api: FakeCasework) -> None:
        api.refusal = problem(409, "running-referral", "De Wilgen antwoordt nog, uiterlijk vrijdag.")
        app = press(ranked, words.REFER)
        assert "De Wilgen antwoordt nog" in said(app)
        press(app, words.STILL_REFER)
        assert api.bodies("POST", f"care-requests/{CASE}/referrals")[-1]["duplicateConfirmed"] is True

    def test_why_a_second_referral_could_not_be_sent_is_said(self, ranked: AppTest, api: FakeCasework) -> None:
        api.refusal = problem(409, "running-referral", "De Wilgen antwoordt nog, uiterlijk vrijdag.")
        app = press(ranked, words.REFER)
        api.refusal = problem(409, "place-found", "De Wilgen gaf al een plek.")
        told = said(press(app, words.STILL_REFER))
        assert "De Wilgen gaf al een plek." in told
        assert "Aangemeld bij" not in told
        assert not api.referred

    def test_a_place_can_be_held_and_let_go(self, ranked: AppTest, api: FakeCasework) -> None:
        app = press(ranked, words.HOLD)
        assert api.held
        press(app, words.LET_GO)
        assert not api.held

    def test_a_late_start_is_judged_by_the_worker(self, case: Any, api: FakeCasework) -> None:
        api.referred = [a_referral("accepted", startsOn=day(60))]
        press(case(), words.NOT_TIMELY)
        assert api.bodies("POST", f"referrals/{REFERRAL}/start-judgement") == [{"timely": False}]

    def test_a_second_provider_need_not_answer_while_a_place_stands(self, case: Any, api: FakeCasework) -> None:
        api.referred = [a_referral("accepted", startsOn=day(9), timely=True), a_referral("place-found", id=CASE)]
        told = said(case())
        assert "Aangenomen" in told
        assert words.PLACE_FOUND in told

    def test_a_question_is_answered(self, case: Any, api: FakeCasework) -> None:
        asked = {"question": "Is er een veiligheidsplan?", "askedOn": day(0), "answer": None, "answeredOn": None}
        api.referred = [a_referral("question", questions=[asked])]
        app = case()
        assert "Is er een veiligheidsplan?" in said(app)
        next(each for each in app.text_area if each.label == words.ANSWER_QUESTION).set_value("Ja, sinds mei.")
        press(app, words.SEND_ANSWER)
        assert api.bodies("POST", f"referrals/{REFERRAL}/reply") == [{"text": "Ja, sinds mei."}]

    def test_the_network_is_asked_and_one_proposal_chosen(self, case: Any, api: FakeCasework) -> None:
        app = press(case(), words.ASK_NETWORK)
        assert len(api.network) == 1
        api.network[0]["members"][0] = a_referral("proposed", networkRequestId=REFERRAL, startsOn=day(9))
        press(app.run(), words.CONFIRM.format(provider=PROVIDER["name"]))
        assert api.network[0]["confirmed"] == REFERRAL

    def test_nothing_is_looked_for_once_help_has_started(self, case: Any, api: FakeCasework) -> None:
        api.state_now = a_state("ended", phase="help")
        assert words.RANK not in [button.label for button in case().button]


class TestWords:
    """Everything the service can ask of an event has a Dutch name."""

    def test_every_kind_of_event_has_a_name(self) -> None:
        assert set(recording.kinds_of(OPENAPI)) == set(event_words.EVENTS)

    def test_every_field_and_every_choice_has_a_name(self) -> None:
        asked = [field for kind in recording.kinds_of(OPENAPI) for field in recording.fields_of(OPENAPI, kind)]
        assert {field.name for field in asked} <= set(event_words.FIELDS)
        assert {choice for field in asked for choice in field.choices} <= set(event_words.CHOICES)
