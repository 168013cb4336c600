from pathlib import Path

import pytest
from sqlalchemy import text

from availability.cli.expected import Stop
from availability.cli.load import REFERENCE, WORLD, World, ensure_reference, ensure_world, own_edition
from availability.cli.surroundings import transaction
from availability.editions import loaded_edition, note_edition
from tests.availability.cli.conftest import Zorg

pytestmark = pytest.mark.slow


@pytest.fixture
def url(own_database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ZORG_DATABASE_URL", own_database_url)
    return own_database_url


def noted(url: str, data: str) -> str | None:
    with transaction(url) as session:
        return loaded_edition(session, data)


def renamed_arnhem(url: str) -> str:
    """Shows whether the reference data was loaded again."""
    with transaction(url) as session:
        session.execute(text("UPDATE municipality SET name = 'Aernem' WHERE code = 'GM0202'"))
    ensure_reference(url)
    with transaction(url) as session:
        return str(session.scalar(text("SELECT name FROM municipality WHERE code = 'GM0202'")))


def test_the_same_reference_data_is_not_loaded_twice(url: str) -> None:
    ensure_reference(url)
    assert noted(url, REFERENCE) == own_edition()
    assert renamed_arnhem(url) == "Aernem"


def test_other_reference_data_of_ours_is_loaded(url: str) -> None:
    with transaction(url) as session:
        note_edition(session, REFERENCE, "an earlier edition")
    assert renamed_arnhem(url) == "Arnhem"


def test_the_reference_data_an_operator_gave_is_left_alone(url: str, zorg: Zorg, tmp_path: Path) -> None:
    regions = Path(__file__).parents[3] / "data" / "youth_regions.csv"
    (tmp_path / regions.name).write_bytes(regions.read_bytes())
    assert zorg("load", "reference", str(tmp_path)) == 0
    assert renamed_arnhem(url) == "Aernem"


def test_a_spoiled_file_is_refused_with_its_faults_and_nothing_changes(
    url: str, zorg: Zorg, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "youth_regions.csv").write_text("code;naam\nJZ28;Centraal Gelderland\n")
    assert zorg("load", "reference", str(tmp_path)) == 1
    assert "Er is niets gewijzigd." in capsys.readouterr().err
    assert noted(url, REFERENCE) is None


def test_a_world_is_loaded_once(url: str, zorg: Zorg) -> None:
    assert zorg("load", "demo", "--offers", "300") == 0
    heard: list[float] = []
    ensure_world(url, World.REGION, 300, heard.append)
    assert heard == []


def test_a_world_is_not_mixed_with_another(url: str) -> None:
    with transaction(url) as session:
        note_edition(session, WORLD, "region")
    with pytest.raises(Stop, match='make demo ARGS="--fresh --world national"'):
        ensure_world(url, World.NATIONAL, None, lambda _: None)


def test_a_world_is_not_mixed_with_real_providers(url: str) -> None:
    with transaction(url) as session:
        session.execute(text("INSERT INTO provider (agb_code, name) VALUES ('41000001', 'De Tulp')"))
    with pytest.raises(Stop, match="staan al aanbieders"):
        ensure_world(url, World.REGION, None, lambda _: None)
    assert noted(url, WORLD) is None
