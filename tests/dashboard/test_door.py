from collections.abc import Callable

import pytest

from dashboard.door import provider_of
from dashboard.settings import Settings

GIVEN = {
    "ZORG_DASHBOARD_URL": "https://zorg.example/",
    "ZORG_TOKEN_ISSUER": "https://login.example/",
    "ZORG_SIGN_IN_CLIENT": "het-scherm",
    "ZORG_SIGN_IN_SECRET": "een-geheim-van-het-scherm",
    "ZORG_COOKIE_KEY": "een-sleutel-van-minstens-32-tekens",
}

SettingsWith = Callable[..., Settings]


@pytest.fixture
def settings_with(monkeypatch: pytest.MonkeyPatch) -> SettingsWith:
    """As an operator sets them, but for what is named."""

    def build(**other: str) -> Settings:
        for name, value in (GIVEN | other).items():
            monkeypatch.setenv(name, value)
        return Settings()

    return build


def test_people_sign_in_with_the_issuer_of_the_tokens_and_come_back_to_the_dashboard(
    settings_with: SettingsWith,
) -> None:
    provider = provider_of(settings_with())["auth"]
    assert provider["server_metadata_url"] == "https://login.example/.well-known/openid-configuration"
    assert provider["redirect_uri"] == "https://zorg.example/oauth2callback"


def test_no_name_and_no_address_is_asked_of_the_provider(settings_with: SettingsWith) -> None:
    assert provider_of(settings_with())["auth"]["client_kwargs"]["scope"] == "openid"


def test_a_code_is_worth_nothing_to_who_did_not_ask_for_it_and_the_next_at_a_desk_is_asked_who_they_are(
    settings_with: SettingsWith,
) -> None:
    asked = provider_of(settings_with())["auth"]["client_kwargs"]
    assert asked["code_challenge_method"] == "S256"
    assert asked["prompt"] == "select_account"


def test_without_a_client_one_brings_a_token(settings_with: SettingsWith) -> None:
    assert provider_of(settings_with(ZORG_SIGN_IN_CLIENT="")) == {}


@pytest.mark.parametrize("missing", ["ZORG_TOKEN_ISSUER", "ZORG_SIGN_IN_SECRET", "ZORG_COOKIE_KEY"])
def test_half_a_sign_in_does_not_start(settings_with: SettingsWith, missing: str) -> None:
    with pytest.raises(ValueError, match=missing) as refused:
        settings_with(**{missing: ""})
    assert not any(secret in str(refused.value) for secret in GIVEN.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZORG_DASHBOARD_URL", "http://zorg.example"),
        ("ZORG_TOKEN_ISSUER", "http://login.example"),
        ("ZORG_SIGN_IN_SCOPE", "profile openid-ish"),
    ],
)
def test_production_signs_nobody_in_over_an_open_line(settings_with: SettingsWith, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        settings_with(**{name: value})
    assert settings_with(ZORG_ENVIRONMENT="demo", **{name: value}).environment == "demo"


def test_an_operator_hears_all_faults_at_once(settings_with: SettingsWith) -> None:
    wrong = {"ZORG_DASHBOARD_URL": "http://zorg.example", "ZORG_SIGN_IN_SCOPE": "", "ZORG_COOKIE_KEY": ""}
    with pytest.raises(ValueError, match="tekens") as refused:
        settings_with(**wrong)
    assert all(name in str(refused.value) for name in wrong)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_on_this_machine_itself_an_open_line_will_do(settings_with: SettingsWith, host: str) -> None:
    here = settings_with(ZORG_DASHBOARD_URL=f"http://{host}:8501", ZORG_TOKEN_ISSUER=f"http://{host}:9000/realm")
    assert here.environment == "production"


def test_a_cookie_is_signed_with_a_key_that_cannot_be_guessed(settings_with: SettingsWith) -> None:
    with pytest.raises(ValueError, match="32 tekens"):
        settings_with(ZORG_COOKIE_KEY="kort")
