"""Settings: environment variables `ZORG_…`, read once, refused when they would make production unsafe."""

from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class UnsafeSettings(ValueError):
    """Raised when the service would start in a way that exposes people; the text says what to set."""


class Settings(BaseSettings):
    """What an operator may set. Everything has a default but what production must decide itself."""

    model_config = SettingsConfigDict(env_prefix="ZORG_", extra="ignore")

    environment: Literal["demo", "production"] = "production"
    database_url: str = ""
    """Where the truth lives, as `postgresql://…`; empty: the private cluster of this clone (demo only)."""
    database_pool: int = Field(default=10, ge=1, le=100)
    demo_key: SecretStr = SecretStr("")
    """Signs the demo's tokens. Only the demo has one."""
    token_issuer: str = ""
    """The `iss` of the OAuth2 / OpenID provider whose tokens are accepted."""
    token_audience: str = "zorgbeschikbaarheid"  # noqa: S105 - a name, no secret
    token_keys_url: str = ""
    """Where the issuer publishes its keys (JWKS)."""
    token_keys_file: Path | None = None
    """The issuer's keys as a file, where the service may not reach it."""
    contact_email: str = "beheer@zorgbeschikbaarheid.example"
    log_format: Literal["json", "console"] = "json"
    today: date | None = None
    """Freezes the calendar, for demonstrations and tests; never in production."""

    @model_validator(mode="after")
    def refuse_unsafe_production(self) -> Self:
        """All faults at once: an operator should not have to restart five times."""
        if self.environment != "production":
            return self
        faults = []
        if self.demo_key.get_secret_value():
            faults.append("ZORG_DEMO_KEY hoort alleen bij de demo; haal hem weg.")
        if self.today is not None:
            faults.append("ZORG_TODAY zet de kalender stil; dat mag niet in productie.")
        if not self.database_url:
            faults.append("ZORG_DATABASE_URL ontbreekt.")
        if not self.token_issuer:
            faults.append("ZORG_TOKEN_ISSUER ontbreekt: wie geeft de toegangstokens uit?")
        if not (self.token_keys_url or self.token_keys_file):
            faults.append("ZORG_TOKEN_KEYS_URL of ZORG_TOKEN_KEYS_FILE ontbreekt: waarmee worden tokens getoetst?")
        if self.token_keys_url and not self.token_keys_url.startswith("https://"):
            faults.append("ZORG_TOKEN_KEYS_URL moet met https:// beginnen.")
        if faults:
            raise UnsafeSettings(" ".join(faults))
        return self
