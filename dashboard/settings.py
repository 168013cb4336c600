"""What an operator may set of the dashboard: where the API is, and with whom people sign in. The rest is the API's."""

from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_KEY = 32
"""Characters of a key that signs."""

THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
"""Where no line can be listened to."""


class UnsafeSettings(ValueError):
    """Raised when people could not sign in, or not safely; the text says what to set."""


class Settings(BaseSettings):
    """Environment variables `ZORG_…`; those that the API has too mean the same here."""

    model_config = SettingsConfigDict(env_prefix="ZORG_", extra="ignore", hide_input_in_errors=True)

    api_url: str = "http://127.0.0.1:8000"
    """Without `/v1`."""
    api_timeout_seconds: float = 10.0
    environment: Literal["demo", "production"] = "production"
    dashboard_url: str = "http://127.0.0.1:8501"
    """Where people reach the dashboard; they come back to it when they signed in."""
    token_issuer: str = ""
    """The OpenID provider where people sign in. It gives the tokens that the API accepts."""
    sign_in_client: str = ""
    """How that provider knows the dashboard (client_id); empty: one signs in with a token that one was given."""
    sign_in_secret: SecretStr = SecretStr("")
    """What the dashboard proves itself with (client_secret)."""
    sign_in_scope: str = "openid"
    """What is asked for, parted by spaces. Some providers put the API's audience in a token only when that is asked."""
    cookie_key: SecretStr = SecretStr("")
    """Signs the cookie that keeps people signed in, in at least 32 characters; the same for every dashboard process."""

    @model_validator(mode="after")
    def refuse_half_a_sign_in(self) -> Self:
        """All faults at once: an operator should not have to restart five times."""
        faults = []
        if self.sign_in_client:
            faults += self._faults_of_sign_in()
        if self.environment == "production":
            faults += self._faults_of_production()
        if faults:
            raise UnsafeSettings(" ".join(faults))
        return self

    def _faults_of_sign_in(self) -> list[str]:
        faults = []
        if not self.token_issuer:
            faults.append("ZORG_TOKEN_ISSUER ontbreekt: waar meldt men zich aan?")
        if not self.sign_in_secret.get_secret_value():
            faults.append("ZORG_SIGN_IN_SECRET ontbreekt: waarmee maakt het scherm zich daar bekend?")
        if len(self.cookie_key.get_secret_value()) < SHORTEST_KEY:
            faults.append(f"ZORG_COOKIE_KEY ontbreekt of is korter dan {SHORTEST_KEY} tekens: wie tekent de cookie?")
        return faults

    def _faults_of_production(self) -> list[str]:
        """Who signs in shows a token; over an open line others read it along."""
        faults = []
        if not _is_private(self.dashboard_url):
            faults.append("ZORG_DASHBOARD_URL moet met https:// beginnen.")
        if not self.sign_in_client:
            return faults
        if self.token_issuer and not _is_private(self.token_issuer):
            faults.append("ZORG_TOKEN_ISSUER moet met https:// beginnen.")
        if "openid" not in self.sign_in_scope.split():
            faults.append("ZORG_SIGN_IN_SCOPE moet openid bevatten: anders zegt de uitgever niet wie zich aanmeldt.")
        return faults


def _is_private(address: str) -> bool:
    """Whether nobody on the way can read along."""
    to = urlsplit(address)
    return to.scheme == "https" or to.hostname in THIS_MACHINE
