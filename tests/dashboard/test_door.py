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
    assert provider_of(settings_with())["auth"]["client_kwargs"] == {"scope": "openid"}


def test_without_a_client_one_brings_a_token(settings_with: SettingsWith) -> None:
    assert provider_of(settings_with(ZORG_SIGN_IN_CLIENT="")) == {}


@pytest.mark.parametrize("missing", ["ZORG_TOKEN_ISSUER", "ZORG_SIGN_IN_SECRET", "ZORG_COOKIE_KEY"])
def test_half_a_sign_in_does_not_start(settings_with: SettingsWith, missing: str) -> None:
    with pytest.raises(ValueError, match=missing) as refused:
        settings_with(**{missing: ""})
    assert not any(secret in str(refused.value) for secret in GIVEN.values())


def test_a_cookie_is_signed_with_a_key_that_cannot_be_guessed(settings_with: SettingsWith) -> None:
    with pytest.raises(ValueError, match="32 tekens"):
        settings_with(ZORG_COOKIE_KEY="kort")
