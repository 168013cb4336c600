from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from availability.access.identity import Role
from availability.access.tokens import tokens_of
from availability.cli.surroundings import demo_key, demo_settings
from availability.cli.token import ORGANISATIONS
from tests.availability.cli.conftest import Zorg


@pytest.fixture
def earlier_demo(state: Path) -> None:
    demo_key()


@pytest.mark.usefixtures("earlier_demo")
def test_the_token_stands_alone_on_stdout_and_holds_for_twelve_hours(
    zorg: Zorg, capsys: pytest.CaptureFixture[str]
) -> None:
    assert zorg("token", "local-team", "GM0202") == 0
    said = capsys.readouterr()
    assert said.err == ""
    identity = tokens_of(demo_settings("")).verify(said.out.removesuffix("\n"))
    assert (identity.role, identity.organisation) == (Role.LOCAL_TEAM, "GM0202")
    left = datetime.fromtimestamp(identity.expires_at, UTC) - datetime.now(UTC)
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)


@pytest.mark.usefixtures("earlier_demo")
def test_the_admin_works_for_nobody(zorg: Zorg, capsys: pytest.CaptureFixture[str]) -> None:
    assert zorg("token", "admin", "-") == 0
    assert capsys.readouterr().out.count(".") == 2


@pytest.mark.usefixtures("earlier_demo")
@pytest.mark.parametrize("organisation", ["JZ28", "GM0202"])
def test_a_region_has_a_contract_manager_and_so_may_a_municipality(zorg: Zorg, organisation: str) -> None:
    assert zorg("token", "contract-manager", organisation) == 0


@pytest.mark.usefixtures("earlier_demo")
@pytest.mark.parametrize(
    ("role", "organisation", "sentence"),
    [
        ("mayor", "GM0202", "De rol mayor bestaat niet. Kies uit: provider, local-team"),
        ("local-team", "Arnhem", "Bij de rol local-team hoort een gemeentecode, bijvoorbeeld GM0202."),
        ("ret-chair", "GM0202", "Bij de rol ret-chair hoort de code van een jeugdregio, bijvoorbeeld JZ28."),
        ("provider", "123", "Bij de rol provider hoort een AGB-code van acht cijfers."),
        ("admin", "GM0202", "Bij de rol admin hoort een streepje: -."),
    ],
)
def test_a_wrong_role_or_organisation_is_refused_in_a_sentence(
    role: str, organisation: str, sentence: str, zorg: Zorg, capsys: pytest.CaptureFixture[str]
) -> None:
    assert zorg("token", role, organisation) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err


@pytest.mark.usefixtures("state")
def test_before_the_first_demo_there_is_no_token(zorg: Zorg, capsys: pytest.CaptureFixture[str]) -> None:
    assert zorg("token", "local-team", "GM0202") == 1
    assert "Typ eerst: make demo" in capsys.readouterr().err


@pytest.mark.usefixtures("earlier_demo")
def test_an_organisation_the_demo_does_not_know_is_refused(
    zorg: Zorg, own_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZORG_DATABASE_URL", own_database_url)
    assert zorg("token", "local-team", "GM9999") == 1
    assert "geen organisatie met de code GM9999" in capsys.readouterr().err
    assert zorg("token", "local-team", "GM0202") == 0


def test_every_role_has_its_kind_of_organisation() -> None:
    assert set(ORGANISATIONS) == set(Role)


def test_the_key_is_made_once_and_for_the_user_alone(state: Path) -> None:
    assert demo_key() == demo_key()
    assert len(demo_key()) >= 32
    assert (state / "demo-key").stat().st_mode & 0o077 == 0
    assert {file.name for file in state.iterdir() if file.name.startswith("demo-key")} == {"demo-key"}
