from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import nl
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import CASE, TODAY, FakeApi, a_match, a_near_miss, matches, problem


@pytest.fixture
def app(sign_in: SignIn) -> AppTest:
    return sign_in().switch_page("app_pages/zoeken.py").run()


def look_for(app: AppTest, words: str = "gezinshuis") -> AppTest:
    return app.text_input(key="zoekwoord").input(words).run()


def for_a_child(app: AppTest) -> AppTest:
    app.text_input(key="postcode").input("6811")
    return app.text_input(key="geboren").input("mei 2013").run()


def asked(api: FakeApi) -> dict[str, object]:
    return dict(api.bodies("POST", "matches")[-1])


def test_starts_with_the_need_and_the_teams_own_municipality(app: AppTest) -> None:
    assert nl.START_HERE in said(app)
    assert app.selectbox(key="gemeente").value == "GM0202"
    assert not app.exception


def test_says_what_is_still_to_be_filled_in(app: AppTest) -> None:
    assert "Vul nog in: de postcode en de geboortemaand." in said(look_for(app))


def test_asks_as_soon_as_it_can(app: AppTest, api: FakeApi) -> None:
    app = for_a_child(look_for(app))
    assert asked(api) == {
        "careTypes": ["gezinshuis"],
        "municipality": "GM0202",
        "pc4": "6811",
        "birthMonth": "2013-05",
        "neededFrom": TODAY.isoformat(),
        "maxDistanceKm": 40,
        "urgency": "regular",
        "limit": 100,
        "include": ["nearMisses", "relaxations", "nonContracted"],
    } | ({"siblings": 0} if "siblings" in asked(api) else {})
    assert ">1 past<" in said(app)
    assert "Gezinshuis De Wilgen" in said(app)


def test_nothing_of_the_child_is_in_an_address(app: AppTest, api: FakeApi) -> None:
    for_a_child(look_for(app))
    assert not any("6811" in path or "2013" in path for _, path, _ in api.asked)
    assert not app.query_params


def test_words_find_care_types_and_needs(app: AppTest, api: FakeApi) -> None:
    app = for_a_child(look_for(app, "pleeggezin lvb"))
    assert asked(api)["careTypes"] == ["pleegzorg"]
    assert asked(api)["needs"] == ["lvb"]
    press(app, "Licht verstandelijke beperking ✕")
    assert "needs" not in asked(api)


def test_what_was_chosen_is_a_chip_that_can_be_taken_away(app: AppTest, api: FakeApi) -> None:
    app = for_a_child(look_for(look_for(app), "pleegzorg"))
    assert asked(api)["careTypes"] == ["gezinshuis", "pleegzorg"]
    app = press(app, "1. Gezinshuis")
    assert asked(api)["careTypes"] == ["pleegzorg"]


def test_a_care_type_may_be_picked_from_the_list(app: AppTest, api: FakeApi) -> None:
    app.selectbox(key="uit_lijst").select("traumabehandeling").run()
    for_a_child(app)
    assert asked(api)["careTypes"] == ["traumabehandeling"]


def test_words_that_mean_nothing_are_said(app: AppTest) -> None:
    app = look_for(app, "xyz")
    assert "Geen zorgvorm gevonden voor “xyz”" in said(app)
    assert "xyz" not in said(for_a_child(app))


def test_what_cannot_be_read_is_said_and_not_asked(app: AppTest, api: FakeApi) -> None:
    app = look_for(app)
    app.text_input(key="postcode").input("68")
    app = app.text_input(key="geboren").input("lente 2013").run()
    assert nl.UNREADABLE["pc4"] in said(app)
    assert nl.UNREADABLE["birthMonth"] in said(app)
    assert "Vul nog in" not in said(app)
    assert not api.bodies("POST", "matches")


def test_the_less_used_questions_are_asked_too(app: AppTest, api: FakeApi) -> None:
    app = for_a_child(look_for(app))
    app.multiselect(key="kenmerken").select("autisme")
    app.number_input(key="samen").set_value(2)
    app.checkbox(key="na_18").check()
    app.selectbox(key="waar").select("family")
    app = app.date_input(key="vanaf").set_value(date(2027, 1, 4)).run()
    question = asked(api)
    assert (question["needs"], question["siblings"]) == (["autisme"], 2)
    assert (question["pastEighteen"], question["setting"]) == (True, "family")
    assert question["neededFrom"] == "2027-01-04"


@pytest.mark.parametrize("view", ["map", "table", "list"])
def test_the_same_offers_as_list_map_and_table(app: AppTest, view: str) -> None:
    app = for_a_child(look_for(app))
    app = app.segmented_control(key="weergave").set_value(view).run()
    assert not app.exception
    assert "1 past" in said(app)


def test_no_more_than_twenty_cards_until_asked(app: AppTest, api: FakeApi) -> None:
    api.answer = matches(*(a_match(at, offer=f"Huis {at:02d}") for at in range(1, 31)))
    app = for_a_child(look_for(app))
    assert "Huis 20" in said(app)
    assert "Huis 21" not in said(app)
    assert "Huis 30" in said(press(app, nl.SHOW_MORE))


def test_when_nothing_fits_it_says_what_nearly_does_and_what_would_help(app: AppTest, api: FakeApi) -> None:
    change = {"change": {"maxDistanceKm": 55}, "opens": 4, "soonestStart": None, "text": "Tot 55 km: 4 erbij"}
    api.answer = matches(nearMisses=[a_near_miss()], relaxations=[change], nonContracted=[a_match(5, offer="Huis Ver")])
    app = for_a_child(look_for(app))
    text = said(app)
    assert nl.NOTHING_FITS in text
    assert "Neemt kinderen tot en met 12 jaar" in text
    assert "Huis Ver" in text
    assert "Het kind is te oud" in [*app.table[0].value.iloc[:, 0]]
    press(app, "Tot 55 km")
    assert asked(api)["maxDistanceKm"] == 55


def test_nothing_contracted_is_another_thing_than_nothing_that_fits(app: AppTest, api: FakeApi) -> None:
    api.answer = matches(excluded={"total": 0, "byRule": []})
    assert nl.NOTHING_CONTRACTED in said(for_a_child(look_for(app)))


def test_a_crisis_is_answered_by_its_own_route(app: AppTest, api: FakeApi) -> None:
    alarm = {"when": "Er is direct gevaar.", "who": "Alarmnummer", "phone": "112"}
    api.answer = matches(
        excluded={"total": 0, "byRule": []}, crisisRoute={"text": "Dit is een crisis.", "contacts": [alarm]}
    )
    text = said(for_a_child(look_for(app)))
    assert "Er is direct gevaar. Alarmnummer: **112**" in text
    assert nl.NOTHING_CONTRACTED not in text


def test_faults_of_the_question_are_said(app: AppTest, api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = {"pointer": "/pc4", "detail": "Deze postcode kennen wij niet.", "code": "unknown"}
    api.answer = problem(400, "invalid-input", "De vraag klopt niet.", fault)  # type: ignore[assignment]  # a refusal
    assert "De vraag klopt niet. Deze postcode kennen wij niet." in said(for_a_child(look_for(app)))


def test_an_api_that_goes_away_keeps_what_was_filled_in(app: AppTest, api: FakeApi) -> None:
    app = look_for(app)
    api.down = True
    app = for_a_child(app)
    assert nl.UNREACHABLE in said(app)
    api.down = False
    app = press(app, nl.TRY_AGAIN)
    assert ">1 past<" in said(app)
    assert app.text_input(key="postcode").value == "6811"


def test_the_question_survives_a_look_at_another_page(app: AppTest) -> None:
    app = for_a_child(look_for(app))
    app.switch_page("app_pages/regio.py").run()
    app = app.switch_page("app_pages/zoeken.py").run()
    assert app.text_input(key="postcode").value == "6811"
    assert ">1 past<" in said(app)


def test_a_question_may_be_kept_as_a_case(app: AppTest, api: FakeApi) -> None:
    app = for_a_child(look_for(app))
    next(each for each in app.text_input if each.label == nl.CASE_REFERENCE).input("LT-2026-0143")
    app = press(app, nl.SAVE)
    assert "Casus LT-2026-0143 is bewaard" in said(app)
    (case,) = api.bodies("POST", "care-requests")
    assert (case["reference"], case["pc4"]) == ("LT-2026-0143", "6811")
    assert "limit" not in case
    assert api.bodies("POST", f"care-requests/{CASE}/rankings")


def test_an_official_sees_no_button_that_is_not_theirs(sign_in: SignIn) -> None:
    app = for_a_child(look_for(sign_in("official").switch_page("app_pages/zoeken.py").run()))
    assert nl.CASE_REFERENCE not in [each.label for each in app.text_input]
