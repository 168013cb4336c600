import time
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from streamlit.testing.v1 import AppTest

from dashboard import door, session
from dashboard.session import Person
from dashboard.texts import actuality, nl
from tests.dashboard.conftest import APP, SignIn, press, said
from tests.dashboard.fake_api import TOKEN, FakeApi

pytestmark = pytest.mark.slow


def opened() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=30).run()


def test_in_the_demo_one_picks_who_to_be(api: FakeApi) -> None:
    app = opened()
    assert not app.exception
    assert "Verder als lokaal team, Gemeente Arnhem" in [button.label for button in app.button]
    assert "verzonnen" in said(app)


@pytest.mark.parametrize(
    ("role", "home"),
    [
        ("provider", nl.OWN_PLACES),
        ("contract-manager", actuality.TITLE),
        ("admin", nl.SUPPLY_TITLE.format(region="Centraal Gelderland")),
    ],
)
def test_each_role_starts_at_its_own_home(sign_in: SignIn, role: str, home: str) -> None:
    app = sign_in(role, "GM0202", "Gemeente Arnhem")
    assert not app.exception
    assert app.title[0].value == home


def test_who_one_is_stays_in_sight(sign_in: SignIn) -> None:
    assert "Lokaal team · **Gemeente Arnhem**" in said(sign_in())


def test_every_page_of_the_demo_says_that_its_data_are_invented(sign_in: SignIn) -> None:
    app = sign_in()
    assert nl.DEMO_MARK in said(app)
    assert nl.DEMO_MARK in said(app.switch_page("app_pages/regio.py").run())


def test_outside_the_demo_no_page_speaks_of_a_demo(api: FakeApi) -> None:
    api.demo = False
    app = opened()
    app.text_input[0].input(TOKEN)
    assert nl.DEMO_MARK not in said(press(app, nl.SIGN_IN))


def test_the_first_page_opens_at_its_top_once(sign_in: SignIn) -> None:
    app = sign_in()
    assert "scrollTo(0, 0)" in said(app)
    assert "scrollTo(0, 0)" not in said(app.run())


def test_signing_out_leads_back_to_the_door(sign_in: SignIn) -> None:
    app = press(sign_in(), nl.SIGN_OUT)
    assert app.title[0].value == nl.WELCOME
    assert "person" not in app.session_state


def test_signing_out_of_one_tab_is_signing_out_of_all(sign_in: SignIn) -> None:
    tab, other = sign_in(), sign_in()
    press(tab, nl.SIGN_OUT)
    other = other.run()
    assert other.title[0].value == nl.WELCOME
    assert nl.SIGNED_OUT_ELSEWHERE in said(other)
    assert "person" not in other.session_state


def test_who_signed_out_may_come_back(sign_in: SignIn) -> None:
    press(sign_in(), nl.SIGN_OUT)
    assert "person" in sign_in().run().session_state


@pytest.mark.slow
def test_a_cookie_that_was_copied_before_signing_out_lets_nobody_in(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cookie is all that a thief has; the stolen one is as well signed as the real one."""
    monkeypatch.setattr(door, "token_of_provider", lambda: TOKEN)
    monkeypatch.setattr("streamlit.logout", lambda: None)
    tab = opened()
    assert "person" in tab.session_state
    press(tab, nl.SIGN_OUT)
    thief = opened()
    assert thief.title[0].value == nl.WELCOME
    assert "person" not in thief.session_state


def test_who_left_is_forgotten_once_the_token_has_expired(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    key, now = OctKey.generate_key(256), time.time()
    old, young = (jwt.encode({"alg": "HS256"}, {"exp": now + more}, key) for more in (-1, 3600))
    for token in (old, young):
        monkeypatch.setattr(door, "token_of_provider", lambda token=token: token)
        monkeypatch.setattr("streamlit.logout", lambda: None)
        session.leave()
    assert (session.has_left(old), session.has_left(young)) == (False, True)


def test_an_expired_token_leads_back_to_the_door_with_a_sentence(sign_in: SignIn, api: FakeApi) -> None:
    app = sign_in()
    old: Person = app.session_state["person"]
    app.session_state["person"] = Person(
        old.token, old.role, old.organisation, old.organisation_name, datetime.now(UTC) - timedelta(minutes=1)
    )
    app = app.run()
    assert app.title[0].value == nl.WELCOME
    assert nl.SIGNED_OUT_BY_TIME in said(app)


def test_a_token_that_the_api_no_longer_trusts_leads_back_to_the_door(sign_in: SignIn, api: FakeApi) -> None:
    app = sign_in("admin", "JZ28", "Centraal Gelderland")
    api.expired = True
    app.selectbox(key="zorgvorm").select("pleegzorg").run()
    assert app.title[0].value == nl.WELCOME
    assert "verlopen" in said(app)


def test_outside_the_demo_one_gives_a_token(api: FakeApi) -> None:
    api.demo, api.role = False, "provider"
    app = opened()
    app.text_input[0].input(TOKEN)
    app = press(app, nl.SIGN_IN)
    assert app.title[0].value == nl.OWN_PLACES


def test_a_wrong_or_empty_token_is_said(api: FakeApi) -> None:
    api.demo = False
    app = press(opened(), nl.SIGN_IN)
    assert nl.PASTE_FIRST in said(app)
    app.text_input[0].input("verzonnen")
    assert "verlopen" in said(press(app, nl.SIGN_IN))


def test_an_api_that_is_away_is_one_calm_sentence(api: FakeApi) -> None:
    api.down = True
    app = opened()
    assert not app.exception
    assert nl.UNREACHABLE in said(app)
    api.down = False
    assert "Verder als lokaal team, Gemeente Arnhem" in [button.label for button in press(app, nl.TRY_AGAIN).button]
