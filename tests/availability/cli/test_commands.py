from importlib import import_module

import pytest
from pydantic import SecretStr, ValidationError

from availability import cli
from availability.cli.expected import Stop, sentences_for
from availability.cluster.troubles import PostgresMissing
from availability.refusals import Fault, Invalid
from availability.settings import Settings
from tests.availability.cli.conftest import Zorg


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_listed_command_exists_and_explains_itself(
    name: str, zorg: Zorg, capsys: pytest.CaptureFixture[str]
) -> None:
    module = import_module(f"availability.cli.{name}")
    known = {command.name or command.callback.__name__ for command in module.app.registered_commands}
    assert name in known | {module.app.info.name}
    assert zorg(name, "--help") == 0
    assert f"zorg {name}" in capsys.readouterr().out


def test_help_lists_every_command(zorg: Zorg, capsys: pytest.CaptureFixture[str]) -> None:
    assert zorg("--help") == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in cli.COMMANDS)


@pytest.mark.usefixtures("state")
def test_an_unsafe_production_is_refused_in_sentences(zorg: Zorg, capsys: pytest.CaptureFixture[str]) -> None:
    assert zorg("serve") == 1
    said = capsys.readouterr().err
    assert "✗ ZORG_DATABASE_URL ontbreekt." in said
    assert "ZORG_TOKEN_ISSUER ontbreekt: wie geeft de toegangstokens uit?" in said
    assert "Traceback" not in said


def test_of_a_wrong_setting_the_name_is_told_and_the_value_kept() -> None:
    with pytest.raises(ValidationError) as wrong:
        Settings(environment="demo", database_pool=12345, demo_key=SecretStr("geheim"))
    assert sentences_for(wrong.value) == ["ZORG_DATABASE_POOL heeft geen geldige waarde."]


@pytest.mark.parametrize(
    ("error", "sentences"),
    [
        (Stop("Zo gaat het niet."), ["Zo gaat het niet."]),
        (PostgresMissing(), [str(PostgresMissing())]),
        (Invalid("Fout.", (Fault("needs.csv", "Te kort."),)), ["Fout.", "needs.csv: Te kort."]),
        (KeyError("een fout van ons"), []),
    ],
)
def test_what_we_expect_is_a_sentence_and_the_rest_keeps_its_traceback(error: Exception, sentences: list[str]) -> None:
    assert sentences_for(error) == sentences


@pytest.mark.usefixtures("state")
def test_a_server_that_is_not_there_is_said_plainly(
    zorg: Zorg, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZORG_DATABASE_URL", "postgresql://zorg@127.0.0.1:1/zorg")
    assert zorg("migrate") == 1
    assert "De database is niet bereikbaar." in capsys.readouterr().err
