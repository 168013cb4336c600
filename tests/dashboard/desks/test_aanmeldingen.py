"""Aanmeldingen: what is due first, the one form, and every answer a provider can give, with what follows from it."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import recording as event_words
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.desks.fake_desks import FakeDesks, a_child, put_to_us, to_correct, to_sharpen
from tests.dashboard.fake_api import NOW, an_offer, day, problem
from tests.dashboard.fake_casework import REFERRAL, a_day, a_day_task

ANSWER = f"referrals/{REFERRAL}/answer"


@pytest.fixture
def page(sign_in: SignIn, api: FakeDesks) -> SignIn:
    def opened(*referrals: object) -> AppTest:
        api.inbox = list(referrals)  # type: ignore[arg-type]  # JSON objects
        app = sign_in("provider", "98000001", "De Wilgen").switch_page("app_pages/aanmeldingen.py").run()
        assert not app.exception
        return app

    return opened


@pytest.fixture
def one(page: SignIn) -> SignIn:
    def opened(referral: object = None) -> AppTest:
        return press(page(referral or put_to_us()), "Open LT-1")

    return opened


def answer(app: AppTest, kind: str) -> AppTest:
    return app.radio(key=f"soort-{REFERRAL}").set_value(kind).run()


class TestInbox:
    def test_empty_says_what_would_fill_it(self, page: SignIn) -> None:
        assert words.NO_INBOX in said(page())

    def test_what_is_late_comes_first_and_the_rest_has_its_own_heading(self, page: SignIn) -> None:
        late = put_to_us(id=REFERRAL[:-1] + "0", dueOn=day(-3), workingDaysLeft=-2, late=True)
        over = put_to_us("refused", id=REFERRAL[:-1] + "1", child=None, form=None, reason="no-place")
        app = page(put_to_us(), late, over)
        told = said(app)
        assert [each.value for each in app.header] == [words.WAITING_ANSWER, words.EARLIER]
        assert told.index("2 werkdagen te laat") < told.index("Nog 4 werkdagen") < told.index("Afgewezen")
        assert "Geen plek" in told

    def test_a_message_that_must_be_sent_stands_at_its_referral(self, page: SignIn, api: FakeDesks) -> None:
        told = a_day_task("acknowledge-allocation", -2, referral=REFERRAL, caseId=None, reference=None)
        api.my_day = a_day({**told, "text": "Stuur het retourbericht op de 301 (302)."})
        app = page(put_to_us("accepted", startsOn=day(9)))
        assert nl.LEFT_TO_DO in said(app)
        assert "Stuur het retourbericht op de 301 (302)." in said(app)

    def test_a_long_list_begins_with_its_first(self, page: SignIn) -> None:
        app = page(*(put_to_us("started", id=f"{REFERRAL[:-2]}{number}") for number in range(10, 40)))
        assert sum(button.label == "Open LT-1" for button in app.button) == 10
        app = press(app, words.SHOW_ALL.format(count=30))
        assert sum(button.label == "Open LT-1" for button in app.button) == 30

    def test_what_was_told_stands_under_the_inbox(self, page: SignIn, api: FakeDesks) -> None:
        details = [{"label": "Gebeurtenis", "text": "Aanmelding verstuurd"}]
        about = {"kind": "corrected", "title": "Een bericht is verbeterd", "details": details, "link": ""}
        api.told = [{"id": REFERRAL, "text": "Kijk hoe het nu staat.", "readAt": None, "toldAt": NOW, **about}]
        assert "Gebeurtenis: Aanmelding verstuurd" in said(page(put_to_us()))

    def test_who_need_not_answer_any_more_is_told_why(self, page: SignIn) -> None:
        app = page(put_to_us("place-found", child=None, form=None, workingDaysLeft=None))
        assert "Er is al een plek" in said(app)
        app = press(app, nl.OPEN_IT)
        assert words.NOT_NEEDED in said(app)
        assert not app.radio

    def test_a_failing_api_is_one_calm_sentence(self, page: SignIn, api: FakeDesks) -> None:
        app = page(put_to_us())
        api.down = True
        app = app.run()
        assert not app.exception
        assert app.error


class TestOne:
    def test_shows_the_child_without_a_name_and_the_form_as_it_was_filled_in(self, one: SignIn) -> None:
        told = said(one())
        for fact in (
            "LT-1",
            "mei 2013",
            "Arnhem, postcode 6811",
            "Licht verstandelijke beperking",
            "Dicht bij school.",
        ):
            assert fact in told
        assert "7 etmalen per week" in told

    def test_back_leads_to_all(self, one: SignIn) -> None:
        assert words.WAITING_ANSWER in [each.value for each in press(one(), nl.BACK).header]

    def test_is_accepted_with_a_start_date(self, one: SignIn, api: FakeDesks) -> None:
        app = answer(one(), "accept")
        app.date_input(key=f"start-{REFERRAL}").set_value(date(2030, 1, 14))
        app = press(app, words.SEND)
        assert api.bodies("POST", ANSWER) == [{"answer": "accept", "startDate": "2030-01-14"}]
        assert words.ANSWERED in said(app)

    def test_what_the_service_misses_is_said_at_the_field(self, one: SignIn, api: FakeDesks) -> None:
        fault = {"pointer": "/startDate", "detail": "Dit veld ontbreekt.", "code": "missing"}
        app = answer(one(), "accept")
        api.refusal = problem(400, "invalid-input", "De invoer klopt niet.", fault)
        app = press(app, words.SEND)
        assert f"**{words.START_DATE}**: Dit veld ontbreekt." in said(app)

    def test_a_network_request_is_answered_with_ones_own_offer(self, one: SignIn, api: FakeDesks) -> None:
        api.offers = {4: an_offer(4, "Gezinshuis Zuid")}
        app = answer(one(put_to_us(offer=None, networkRequestId=REFERRAL)), "accept")
        assert app.radio[0].options == [words.ANSWERS["accept"], words.ANSWERS["refuse"]]
        app.selectbox(key=f"aanbod-{REFERRAL}").select_index(0)
        app.date_input(key=f"start-{REFERRAL}").set_value(date(2030, 1, 14))
        press(app, words.SEND)
        assert api.bodies("POST", ANSWER) == [{"answer": "accept", "offerId": 4, "startDate": "2030-01-14"}]

    def test_a_question_goes_to_the_worker(self, one: SignIn, api: FakeDesks) -> None:
        app = answer(one(), "question")
        app.text_area(key=f"vraag-{REFERRAL}").set_value("Is er een veiligheidsplan?")
        press(app, words.SEND)
        assert api.bodies("POST", ANSWER) == [{"answer": "question", "question": "Is er een veiligheidsplan?"}]

    def test_what_does_not_fit_is_named_by_need(self, one: SignIn, api: FakeDesks) -> None:
        app = answer(one(), "refuse")
        app = app.selectbox(key=f"reden-afwijzing-{REFERRAL}").select(words.REASONS["not-fitting"]).run()
        app.multiselect(key=f"past-niet-afwijzing-{REFERRAL}").select(a_child()["needs"][0]["name"])
        app.text_area(key=f"uitleg-afwijzing-{REFERRAL}").set_value("Wij missen de expertise.")
        press(app, words.SEND)
        refused = {"answer": "refuse", "reason": "not-fitting", "needs": ["lvb"]}
        assert api.bodies("POST", ANSWER) == [{**refused, "explanation": "Wij missen de expertise."}]

    def test_an_expired_sign_in_leads_back_to_the_door(self, one: SignIn, api: FakeDesks) -> None:
        app = answer(one(), "question")
        app.text_area(key=f"vraag-{REFERRAL}").set_value("Is er een veiligheidsplan?")
        api.refusal = problem(401, "unauthenticated", "Uw aanmelding is verlopen.")
        assert "Uw aanmelding is verlopen." in said(press(app, words.SEND))


class TestAfterwards:
    def test_no_place_against_a_stated_place_leads_to_ones_own_places(self, page: SignIn) -> None:
        app = page(put_to_us("refused", refusal="AW-2026-1", asks=[to_correct()]))
        assert nl.ASKED_AFTERWARDS in said(app)
        app = press(app, "Open LT-1")
        assert "Uw opgave noemt 2 plekken vrij." in said(app)
        assert nl.REFUSED.format(number="AW-2026-1") in said(app)
        assert press(app, nl.TO_OWN_PLACES).title[0].value == "Mijn plekken"

    @pytest.mark.parametrize(("button", "excludes"), [(words.SHARPEN_YES, ["lvb"]), (words.SHARPEN_NO, [])])
    def test_not_fitting_sharpens_the_profile_or_says_it_is_right(
        self, one: SignIn, api: FakeDesks, button: str, excludes: list[str]
    ) -> None:
        press(one(put_to_us("refused", refusal="AW-2026-1", asks=[to_sharpen()])), button)
        assert api.bodies("POST", f"referrals/{REFERRAL}/sharpening") == [{"excludes": excludes}]

    def test_an_acceptance_is_taken_back_with_its_reason(self, one: SignIn, api: FakeDesks) -> None:
        app = one(put_to_us("accepted", startsOn=day(9)))
        app = app.selectbox(key=f"reden-intrekking-{REFERRAL}").select(words.REASONS["no-place"]).run()
        app = press(app, words.SEND)
        assert api.bodies("POST", f"referrals/{REFERRAL}/withdrawal") == [{"reason": "no-place"}]
        assert nl.TAKEN_BACK in said(app)

    def test_the_start_is_reported(self, one: SignIn, api: FakeDesks) -> None:
        press(one(put_to_us("accepted", startsOn=day(0))), words.REPORT_START)
        assert api.bodies("POST", f"referrals/{REFERRAL}/events") == [{"kind": "started", "occurredOn": day(0)}]

    def test_the_end_is_reported_with_its_code(self, one: SignIn, api: FakeDesks) -> None:
        app = press(one(put_to_us("started", startsOn=day(-90))), words.REPORT_END)
        assert words.still_needed([nl.WHY_ENDED]) in said(app)
        next(each for each in app.selectbox if each.label == nl.WHY_ENDED).select(event_words.CHOICES["31"])
        press(app, words.REPORT_END)
        ended = {"kind": "ended", "occurredOn": day(0), "values": {"reason": "31"}}
        assert api.bodies("POST", f"referrals/{REFERRAL}/events") == [ended]

    def test_that_a_315_went_out_is_recorded(self, one: SignIn, api: FakeDesks) -> None:
        task = a_day_task("request-allocation", 3, referral=REFERRAL, caseId=None, reference=None)
        api.my_day = a_day({**task, "text": "Verstuur het verzoek om toewijzing (315)."})
        app = one(put_to_us("accepted", startsOn=day(9)))
        press(app, nl.TO_RECORD["request-allocation"][1])
        told = {"kind": "allocation-requested", "occurredOn": day(0)}
        assert api.bodies("POST", f"referrals/{REFERRAL}/events") == [told]
