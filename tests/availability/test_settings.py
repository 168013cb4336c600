"""Settings refuse a production that would expose people, and name every fault at once."""

from datetime import date

import pytest
from pydantic import ValidationError

from availability.settings import Settings

SAFE = {
    "environment": "production",
    "database_url": "postgresql://zorg@db/zorg",
    "token_issuer": "https://inloggen.example",
    "token_keys_url": "https://inloggen.example/jwks",
}

MAILING = {
    "smtp_url": "smtp://mail.example:587",
    "link_key": "een-sleutel-van-minstens-32-tekens",
    "public_url": "https://api.zorg.example",
    "dashboard_url": "https://zorg.example",
}
"""What production needs besides, to send e-mail with links that lead somewhere."""


def test_production_mails_with_a_key_and_addresses_of_its_own() -> None:
    assert Settings.model_validate({**SAFE, **MAILING}).public_url == "https://api.zorg.example"


def test_production_starts_with_a_database_and_an_issuer() -> None:
    assert Settings.model_validate(SAFE).environment == "production"


def test_production_is_the_default() -> None:
    assert Settings.model_fields["environment"].default == "production"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"demo_key": "geheim"}, "ZORG_DEMO_KEY"),
        ({"today": date(2026, 1, 1)}, "ZORG_TODAY"),
        ({"smtp_url": "smtp://mail.example:587"}, "ZORG_LINK_KEY"),
        ({"smtp_url": "smtp://mail.example:587"}, "ZORG_PUBLIC_URL"),
        ({"smtp_url": "smtp://mail.example:587"}, "ZORG_DASHBOARD_URL"),
        (MAILING | {"public_url": "http://api.zorg.example"}, "ZORG_PUBLIC_URL"),
        (MAILING | {"dashboard_url": "http://127.0.0.1:8501"}, "ZORG_DASHBOARD_URL"),
        ({"database_url": ""}, "ZORG_DATABASE_URL"),
        ({"token_issuer": ""}, "ZORG_TOKEN_ISSUER"),
        ({"token_keys_url": ""}, "ZORG_TOKEN_KEYS_URL"),
        ({"token_keys_url": "http://inloggen.example/jwks"}, "https://"),
    ],
)
def test_production_refuses_what_is_unsafe(change: dict[str, object], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        Settings.model_validate({**SAFE, **change})


def test_names_all_faults_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({"environment": "production", "demo_key": "geheim"})
    for name in ("ZORG_DEMO_KEY", "ZORG_DATABASE_URL", "ZORG_TOKEN_ISSUER", "ZORG_TOKEN_KEYS_URL"):
        assert name in str(refused.value)


def test_a_secret_is_not_shown() -> None:
    settings = Settings.model_validate({"environment": "demo", "demo_key": "zeer-geheim"})
    assert "zeer-geheim" not in repr(settings)
