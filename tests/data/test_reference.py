"""Loading is all or nothing, and doing it twice changes nothing."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.geography.queries import regions_on
from availability.refusals import Fault, Invalid
from data.files import MEMBERSHIPS, MUNICIPALITIES, POSTCODES, REGIONS
from data.reference import OWN_FOLDER, load_reference, reference_tables

pytestmark = pytest.mark.slow

TABLES = (
    "youth_region",
    "municipality",
    "region_membership",
    "postcode",
    "area",
    "code",
    "product",
    "care_type",
    "need",
)

Spoil = Callable[[str, str, str], None]


@pytest.fixture
def division(tmp_path: Path) -> Path:
    """A copy of the files of a division, to change."""
    for file in (REGIONS, MUNICIPALITIES, MEMBERSHIPS, POSTCODES):
        shutil.copy(OWN_FOLDER / file.name, tmp_path)
    return tmp_path


@pytest.fixture
def change(division: Path) -> Spoil:
    """Replaces one piece of text in one file of the division."""

    def replace(file: str, old: str, new: str) -> None:
        path = division / file
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} should occur once in {file}"
        path.write_text(content.replace(old, new), encoding="utf-8")

    return replace


def faults_in(folder: Path) -> list[Fault]:
    with pytest.raises(Invalid) as refused:
        reference_tables(folder)
    return list(refused.value.faults)


def contents(session: Session) -> dict[str, str]:
    """A hash of every table, whatever the numbers of its rows."""
    rows = "SELECT to_jsonb(t) - 'id' AS row FROM {} t"
    digest = "SELECT md5(string_agg(row::text, '' ORDER BY row::text)) FROM ({}) AS rows"
    return {table: session.execute(text(digest.format(rows.format(table)))).scalar_one() for table in TABLES}


def versions(session: Session) -> dict[str, list[str]]:
    """Which version of each row PostgreSQL holds: an update with equal values is a new version too."""
    return {
        table: list(session.execute(text(f"SELECT ctid::text FROM {table} ORDER BY 1")).scalars()) for table in TABLES
    }


def test_loading_again_touches_no_row(session: Session) -> None:
    before = versions(session)
    load_reference(session)
    assert versions(session) == before


def test_loading_answers_how_many_rows_there_are(session: Session) -> None:
    counts = load_reference(session)
    assert (counts["youth_regions.csv"], counts["municipalities.csv"], counts["postcodes.csv"]) == (42, 342, 4067)
    assert counts["areas"] == 342


def test_loading_takes_a_moment(session: Session) -> None:
    began = perf_counter()
    load_reference(session)
    assert perf_counter() - began < 10  # 0.5 s on a quiet machine


def test_a_municipality_that_moves_is_in_its_new_region_from_that_day(
    session: Session, division: Path, change: Spoil
) -> None:
    arnhem = "GM0202,JZ28,,,CBS-indeling jeugdregio’s 2025"
    change("region_memberships.csv", arnhem, "GM0202,JZ28,,2026-12-31,besluit\nGM0202,JZ32,2027-01-01,,besluit")
    load_reference(session, division)
    regions = session.execute(
        text("SELECT region_code FROM region_membership WHERE municipality_code = 'GM0202' ORDER BY valid")
    )
    assert regions.scalars().all() == ["JZ28", "JZ32"]


def test_regions_that_merge_become_one_from_that_day(session: Session, division: Path) -> None:
    """As the decree of 2025 does with Midden-Limburg: 41 regions."""
    file = division / MEMBERSHIPS.name
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        municipality, region, *_ = line.split(",")
        moves = region == "JZ43"
        lines += (
            [f"{municipality},JZ43,,2026-12-31,besluit", f"{municipality},JZ42,2027-01-01,,besluit"]
            if moves
            else [line]
        )
    file.write_text("\n".join(lines), encoding="utf-8")
    load_reference(session, division)
    before, after = (regions_on(session, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (len(before), len(after)) == (42, 41)
    assert sum(region.population for region in before) == sum(region.population for region in after)


def test_a_folder_with_one_file_leaves_the_others_as_they_are(division: Path) -> None:
    for file in (REGIONS, MUNICIPALITIES, POSTCODES):
        (division / file.name).unlink()
    assert len(reference_tables(division)[POSTCODES]) == 4067


def test_every_fault_of_a_spoiled_division_is_named_at_once_and_nothing_is_written(
    session: Session, division: Path, change: Spoil
) -> None:
    change("region_memberships.csv", "GM0014,JZ01,", "GM0014,JZ40,")
    change("municipalities.csv", "GM0202,Arnhem,Arnhem", "GM0034,Arnhem,Arnhem")
    change("municipalities.csv", ",6.86625,53.09697,", ",233000,565000,")
    change("postcodes.csv", "6811,GM0202,", "681,GM0202,")
    change("postcodes.csv", "1011,GM0363,", "1011,GM9999,")
    change("youth_regions.csv", "code,slug,name,also_known_as,note", "code,slug,naam,also_known_as,note")
    before = contents(session)
    with pytest.raises(Invalid, match="Er is niets gewijzigd") as refused:
        load_reference(session, division)
    found = {fault.pointer: fault.detail for fault in refused.value.faults}
    assert "Deze kolommen ontbreken: name." in {fault.detail for fault in refused.value.faults}
    assert "Deze kolommen kennen wij niet: naam." in {fault.detail for fault in refused.value.faults}
    assert found["municipalities.csv"] == "GM0034 staat er 2 keer in."
    assert found["municipalities.csv:5:lon"].startswith("Dit ligt niet in Nederland")
    assert found["municipalities.csv:5:lat"].startswith("Dit ligt niet in Nederland")
    assert "GM9999 staat niet in municipalities.csv." in found.values()
    assert "GM0202 staat niet in municipalities.csv." in found.values()
    assert "Dit lijkt niet op de cijfers van een postcode zoals 6811." in found.values()
    assert contents(session) == before


def test_an_unknown_region_is_named(division: Path, change: Spoil) -> None:
    change("region_memberships.csv", "GM0014,JZ01,", "GM0014,JZ40,")
    assert faults_in(division) == [
        Fault("region_memberships.csv:GM0014:region_code", "JZ40 staat niet in youth_regions.csv.")
    ]


def test_a_municipality_cannot_be_in_two_regions_at_once(division: Path, change: Spoil) -> None:
    change("region_memberships.csv", "GM0626,JZ24,,2023-12-31,", "GM0626,JZ24,,2024-01-01,")
    assert [fault.detail for fault in faults_in(division)] == ["GM0626 hoort dan al bij een andere jeugdregio."]


def test_a_period_cannot_end_before_it_begins(division: Path, change: Spoil) -> None:
    change("region_memberships.csv", "GM0626,JZ18,2024-01-01,,", "GM0626,JZ18,2024-01-01,2023-12-31,")
    assert [fault.detail for fault in faults_in(division)] == ["De laatste dag ligt voor de eerste."]


def test_a_municipality_needs_a_region(division: Path, change: Spoil) -> None:
    change("region_memberships.csv", "GM0014,JZ01,,,CBS-indeling jeugdregio’s 2025\n", "")
    assert [fault.detail for fault in faults_in(division)] == ["Groningen heeft geen jeugdregio."]


def test_two_postcodes_cannot_lie_on_one_spot(division: Path, change: Spoil) -> None:
    change("postcodes.csv", "1012,GM0363,Amsterdam,4.89604,52.37456", "1012,GM0363,Amsterdam,4.90553,52.37194")
    assert [fault.detail for fault in faults_in(division)] == ["Hier ligt postcode 1011 al."]


def test_a_row_with_a_cell_too_many_is_named(division: Path, change: Spoil) -> None:
    change("youth_regions.csv", "JZ02,friesland,", "JZ02,friesland,Fryslân,")
    assert Fault("youth_regions.csv:3", "Deze regel heeft 6 cellen, de kop 5.") in faults_in(division)


def test_a_misspelt_file_name_is_not_passed_over(division: Path) -> None:
    (division / "gemeenten.csv").write_text("code\n", encoding="utf-8")
    assert faults_in(division) == [Fault("gemeenten.csv", "Dit bestand kennen wij niet.")]


def test_a_folder_without_any_of_the_files_is_refused(tmp_path: Path) -> None:
    assert faults_in(tmp_path)[0].detail.startswith("In deze map staat geen van de bestanden")


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert faults_in(tmp_path / "weg")[0].detail == "Deze map bestaat niet."


def test_a_file_in_another_encoding_is_refused(division: Path) -> None:
    (division / "youth_regions.csv").write_bytes(
        "code,slug,name,also_known_as,note\nJZ02,x,Fryslân,,\n".encode("latin-1")
    )
    assert Fault("youth_regions.csv", "Dit bestand is geen UTF-8. Sla het op als UTF-8.") in faults_in(division)
