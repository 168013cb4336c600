"""What an operator may set of the dashboard: where the API is. Everything else is the API's to decide."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Environment variables `ZORG_…`."""

    model_config = SettingsConfigDict(env_prefix="ZORG_", extra="ignore")

    api_url: str = "http://127.0.0.1:8000"
    """Without `/v1`."""
    api_timeout_seconds: float = 10.0
