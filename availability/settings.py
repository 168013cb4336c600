"""Settings: environment variables `ZORG_…`, read once, refused when they would make production unsafe."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_KEY = 32
"""Characters of a key that signs: as long as the hash of HS256 (RFC 7518 §3.2)."""


class UnsafeSettings(ValueError):
    """Raised when the service would start in a way that exposes people; the text says what to set."""


class Settings(BaseSettings):
    """What an operator may set. Everything has a default but what production must decide itself."""

    model_config = SettingsConfigDict(env_prefix="ZORG_", extra="ignore", hide_input_in_errors=True)

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
    smtp_url: SecretStr = SecretStr("")
    """The mail server: `smtp://name:password@host:587` (STARTTLS) or `smtps://…:465`; empty: no e-mail is sent."""
    mail_from: str = "Zorgbeschikbaarheid <meldingen@zorgbeschikbaarheid.example>"
    """From whom e-mail comes."""
    public_url: str = "http://127.0.0.1:8000"
    """Where people and systems reach the API; the links in e-mails and calendars begin with it."""
    dashboard_url: str = "http://127.0.0.1:8501"
    """Where people reach the dashboard."""
    link_key: SecretStr = SecretStr("")
    """Signs the links in e-mails, in at least 32 characters; the demo uses its own key."""
    clockwork: bool = True
    """Whether the API's processes also do what must happen by itself; one of them does. Else run `zorg clockwork`."""
    contact_email: str = "beheer@zorgbeschikbaarheid.example"
    log_format: Literal["json", "console"] = "json"
    notices_kept_days: int = Field(default=365, ge=30)
    """How long what was told is kept, with its deliveries. What still holds then may be told once more."""
    audit_kept_years: int = Field(default=5, ge=5)
    """How long is kept who did what; five years is the least (NEN 7513)."""
    metrics_token: SecretStr = SecretStr("")
    """What Prometheus brings to read `/metrics` (its `authorization: {credentials: …}`); empty: nobody reads them."""
    option_working_days: int = Field(default=3, ge=1, le=10)
    """How long an option holds a place."""
    today: date | None = None
    """Freezes the calendar, for demonstrations and tests; never in production."""

    @property
    def asked_for_metrics(self) -> str | None:
        """What one must bring to read the metrics: nothing in the demo; None: they are not served."""
        return self.metrics_token.get_secret_value() or ("" if self.environment == "demo" else None)

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
        faults.extend(self._faults_in_mailing())
        if faults:
            raise UnsafeSettings(" ".join(faults))
        return self

    def _faults_in_mailing(self) -> Iterator[str]:
        """What is missing when e-mail is sent: a key for its links, and an address that they lead to."""
        if not self.smtp_url.get_secret_value():
            return
        if len(self.link_key.get_secret_value()) < SHORTEST_KEY:
            yield f"ZORG_LINK_KEY ontbreekt of is korter dan {SHORTEST_KEY} tekens: wie tekent de links?"
        for name, address in (("ZORG_PUBLIC_URL", self.public_url), ("ZORG_DASHBOARD_URL", self.dashboard_url)):
            if not address.startswith("https://"):
                yield f"{name} moet met https:// beginnen: daarheen leiden de links in e-mails."
