"""What a region arranged: the route of each area and the care broker, each from a day on."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import arrangements as nl
from dashboard.texts import cases as words
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.desks.fake_desks import FakeDesks, a_route
from tests.dashboard.fake_api import ARNHEM, day


@pytest.fixture
def page(sign_in: SignIn) -> AppTest:
    app = sign_in("regional-contact", "JZ28", "Centraal Gelderland").switch_page("app_pages/contactpersonen.py").run()
    assert not app.exception
    return app


def test_what_holds_and_what_will_stand_in_one_table(sign_in: SignIn, api: FakeDesks) -> None:
    api.routes = [a_route(), a_route(ARNHEM, "315", day(30))]
    app = sign_in("regional-contact", "JZ28").switch_page("app_pages/contactpersonen.py").run()
    shown = app.table[0].value
    assert shown[nl.AREA].tolist() == ["Centraal Gelderland", "Arnhem"]
    assert shown[nl.ROUTE].tolist() == [words.ROUTES["301"], words.ROUTES["315"]]
    assert shown[nl.SINCE].tolist()[1].endswith("(nog niet)")


def test_another_route_is_kept_for_a_municipality_from_a_day(page: AppTest, api: FakeDesks) -> None:
    page.selectbox(key="gebied").select("Arnhem")
    page.radio(key="route-nu").set_value("315")
    app = press(page, nl.KEEP)
    assert api.bodies("PUT", "regions/JZ28/enrolment-routes") == [
        {"area": "GM0202", "route": "315", "validFrom": day(0)}
    ]
    assert "Arnhem volgt vanaf" in said(app)
    assert app.table[0].value[nl.AREA].tolist() == ["Centraal Gelderland", "Arnhem"]


def test_what_is_missing_is_said_before_anything_is_sent(page: AppTest, api: FakeDesks) -> None:
    assert nl.STILL in said(press(page, nl.KEEP))
    assert not api.bodies("PUT", "regions/JZ28/enrolment-routes")


def test_the_care_broker_is_switched_on_and_off(page: AppTest, api: FakeDesks) -> None:
    assert nl.HAS_NO_BROKER in said(page)
    app = press(page, nl.SWITCH[False])
    assert nl.HAS_BROKER in said(app)
    press(app, nl.SWITCH[True])
    assert [each["present"] for each in api.bodies("PUT", "regions/JZ28/care-broker")] == [True, False]
