"""The deployment that compose.yaml describes, held against the settings and commands it speaks of."""

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # ships no types

from availability.cli import COMMANDS
from availability.migrations.rights import SERVICE
from availability.settings import Settings
from dashboard.door import provider_of
from dashboard.settings import Settings as DashboardSettings

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}

EXAMPLES = {
    "ZORG_DATABASE_PASSWORD": "een-wachtwoord",
    "ZORG_SERVICE_PASSWORD": "nog-een-wachtwoord",
    "ZORG_TOKEN_ISSUER": "https://login.example",
    "ZORG_TOKEN_KEYS_URL": "https://login.example/jwks",
    "ZORG_PUBLIC_URL": "https://api.zorg.example",
    "ZORG_DASHBOARD_URL": "https://zorg.example",
    "ZORG_LINK_KEY": "een-sleutel-van-minstens-32-tekens",
    "ZORG_SIGN_IN_CLIENT": "het-scherm",
    "ZORG_SIGN_IN_SECRET": "een-geheim-van-het-scherm",
    "ZORG_COOKIE_KEY": "een-sleutel-van-minstens-32-tekens",
}
"""What an operator would set."""


def filled_in(value: str) -> str:
    """As compose does it: `${NAME:?sentence}` must be set, `${NAME:-default}` may be."""
    required = re.sub(r"\$\{(\w+):\?[^}]+\}", lambda found: EXAMPLES[found[1]], value)
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", required)


def default_port(command: str) -> int:
    function = import_module(f"availability.cli.{command}").app.registered_commands[0].callback
    return int(inspect.signature(function).parameters["port"].default)


def test_the_deployment_is_a_database_its_migration_the_api_and_the_screens() -> None:
    assert set(SERVICES) == {"database", "migrate", "api", "dashboard"}


@pytest.mark.parametrize("name", OURS)
def test_each_service_runs_a_command_there_is(name: str) -> None:
    program, command, *_ = OURS[name]["command"]
    assert program == "zorg"
    assert command in COMMANDS


@pytest.mark.parametrize(("service", "settings"), [("api", Settings), ("dashboard", DashboardSettings)])
def test_each_variable_is_a_setting(service: str, settings: type[Settings] | type[DashboardSettings]) -> None:
    given = {name for name in OURS[service]["environment"] if name.startswith("ZORG_")}
    assert given <= {f"ZORG_{name.upper()}" for name in settings.model_fields}


def test_the_api_starts_as_a_safe_production(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OURS["api"]["environment"].items():
        monkeypatch.setenv(name, filled_in(value))
    assert Settings().environment == "production"


def test_the_screens_sign_people_in_with_the_issuer_of_the_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OURS["dashboard"]["environment"].items():
        monkeypatch.setenv(name, filled_in(value))
    assert provider_of(DashboardSettings())["auth"]["redirect_uri"] == "https://zorg.example/oauth2callback"


@pytest.mark.parametrize(("service", "command"), [("api", "serve"), ("dashboard", "dashboard")])
def test_the_ports_are_those_of_the_commands_and_open_to_this_machine_only(service: str, command: str) -> None:
    port = default_port(command)
    assert OURS[service]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"http://127.0.0.1:{port}/" in OURS[service]["healthcheck"]["test"][-1]


def test_the_screens_find_the_api_by_its_service() -> None:
    assert OURS["dashboard"]["environment"]["ZORG_API_URL"] == f"http://api:{default_port('serve')}"


def test_the_owner_migrates_and_the_api_has_fewer_rights() -> None:
    made = SERVICES["database"]["environment"]
    migrate, api = (OURS[name]["environment"] for name in ("migrate", "api"))
    assert migrate["ZORG_DATABASE_URL"] == f"postgresql://{made['POSTGRES_USER']}@database:5432/{made['POSTGRES_DB']}"
    assert migrate["PGPASSWORD"] == made["POSTGRES_PASSWORD"]
    assert api["ZORG_DATABASE_URL"] == f"postgresql://{SERVICE}@database:5432/{made['POSTGRES_DB']}"
    assert api["PGPASSWORD"] == migrate["ZORG_SERVICE_PASSWORD"] != made["POSTGRES_PASSWORD"]


def test_secrets_are_never_written_down_and_never_have_a_default() -> None:
    secrets = [
        value
        for service in SERVICES.values()
        for name, value in service.get("environment", {}).items()
        if "PASSWORD" in name or "SECRET" in name or "KEY" in name
    ]
    assert secrets
    assert all(re.fullmatch(r"\$\{ZORG_\w+:\?[^}]+\}", value) for value in secrets)


@pytest.mark.parametrize("name", OURS)
def test_our_services_can_do_no_more_than_they_must(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


def test_the_image_runs_as_an_ordinary_user_from_pinned_packages() -> None:
    lines = (ROOT / "Containerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER zorg"]
    assert any("--require-hashes" in line and "requirements.lock" in line for line in lines)


def test_the_log_of_the_database_quotes_no_row() -> None:
    given = set(SERVICES["database"]["command"])
    assert {"log_error_verbosity=terse", "log_min_error_statement=panic", "shared_preload_libraries=postgis-3"} <= given
