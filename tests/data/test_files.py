"""The files are complete, and fit together."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from data.checks import Tables
from data.files import (
    CARE_TYPES,
    CODES,
    FILES,
    MEMBERSHIPS,
    MUNICIPALITIES,
    NEEDS,
    POSTCODES,
    PRODUCTS,
    REGIONS,
    File,
    Row,
)
from data.reference import OWN_FOLDER, reference_tables

TODAY = date(2026, 11, 21)


@cache
def tables() -> Tables:
    return reference_tables()


def rows(file: File) -> dict[str, Row]:
    return {row["code"]: row for row in tables()[file]}


@pytest.mark.parametrize(
    ("file", "count"),
    [(REGIONS, 42), (MUNICIPALITIES, 342), (POSTCODES, 4067), (PRODUCTS, 450)],
    ids=lambda it: str(it)[:20],
)
def test_the_whole_country_is_there(file: File, count: int) -> None:
    assert len(tables()[file]) == count


def test_every_csv_is_a_file_that_is_checked_and_explained() -> None:
    names = {path.name for path in OWN_FOLDER.glob("*.csv")}
    assert names == {file.name for file in FILES}
    explained = (OWN_FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in explained for name in names)


def test_every_municipality_is_in_exactly_one_region_today() -> None:
    current = [
        row["municipality_code"]
        for row in tables()[MEMBERSHIPS]
        if (row["valid_from"] or date.min) <= TODAY <= (row["valid_until"] or date.max)
    ]
    assert Counter(current) == dict.fromkeys(rows(MUNICIPALITIES), 1)


def test_every_region_has_a_municipality() -> None:
    assert {row["region_code"] for row in tables()[MEMBERSHIPS]} == set(rows(REGIONS))


def test_people_say_den_haag_and_den_bosch() -> None:
    assert rows(MUNICIPALITIES)["GM0518"]["short_name"] == "Den Haag"
    assert "Den Bosch" in rows(MUNICIPALITIES)["GM0796"]["synonyms"]


def test_the_shared_language_covers_every_sector_general_provisions_and_crisis() -> None:
    care_types = tables()[CARE_TYPES]
    assert 45 <= len(care_types) <= 60
    assert {sector for row in care_types for sector in row["sectors"]} == {"jo", "lvb", "ggz"}
    assert sum(row["general"] for row in care_types) >= 5
    assert sum(row["crisis"] for row in care_types) >= 4


def test_every_cbs_form_of_care_has_a_care_type() -> None:
    forms = {row["code"] for row in tables()[CODES] if row["list_code"] == "CBS-HULPVORM"}
    assert {row["cbs_form"] for row in tables()[CARE_TYPES]} - {None} == forms


def test_a_care_type_with_stay_has_a_form_with_stay() -> None:
    with_form = [row for row in tables()[CARE_TYPES] if row["cbs_form"]]
    assert [row["code"] for row in with_form if row["stay"] != (row["cbs_form"] >= "11")] == []


def test_only_free_help_has_no_product_category() -> None:
    assert [row["code"] for row in tables()[CARE_TYPES] if not row["product_categories"] and not row["general"]] == []


def test_crisis_care_and_nothing_else_maps_onto_the_crisis_category() -> None:
    assert [row["code"] for row in tables()[CARE_TYPES] if row["crisis"] != (row["product_categories"] == ["46"])] == []


def test_a_care_type_has_a_form_that_its_product_categories_know() -> None:
    """Stays are 43, 44, 46 or bought nationally; a day programme is 41; the rest is without stay."""
    possible = {
        "01": {"45"},
        "02": {"45", "46", "51", "52", "54"},
        "03": {"41", "52", "54"},
        "04": {"40", "45", "52", "54"},
        "11": {"43", "44", "46"},
        "12": {"43", "44", "46"},
        "13": {"43"},
        "14": {"43", "44", "46", "52", "54", "55"},
    }
    wrong = [
        row["code"]
        for row in tables()[CARE_TYPES]
        if row["cbs_form"] and not set(row["product_categories"]) <= possible[row["cbs_form"]]
    ]
    assert wrong == []


def test_no_two_care_types_claim_the_same_word() -> None:
    words = Counter(word.lower() for row in tables()[CARE_TYPES] for word in {row["name"], *row["synonyms"]})
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize(
    ("typed", "care_type"),
    [
        ("EMDR", "traumabehandeling"),
        ("trauma therapie", "traumabehandeling"),
        ("FACT", "fact-jeugd"),
        ("KTC", "kamertraining"),
        ("logeren", "logeeropvang"),
        ("PMTO", "oudertraining"),
        ("Triple P", "oudertraining"),
        ("MKD", "dagbehandeling-jonge-kind"),
        ("gesloten jeugdhulp", "jeugdzorgplus"),
        ("POH jeugd", "praktijkondersteuner-jeugd"),
        ("spoedhulp", "crisis-ambulant"),
        ("3MV", "behandelgroep"),
    ],
)
def test_words_that_workers_type_are_synonyms(typed: str, care_type: str) -> None:
    assert typed in rows(CARE_TYPES)[care_type]["synonyms"]


@pytest.mark.parametrize("care_type", sorted(rows(CARE_TYPES)))
def test_a_care_type_is_described_in_one_plain_sentence(care_type: str) -> None:
    description = rows(CARE_TYPES)[care_type]["description"]
    assert len(description.split()) <= 15
    assert description.endswith(".")


def test_needs_fit_in_one_mask() -> None:
    bits = [row["bit"] for row in tables()[NEEDS]]
    assert sorted(bits) == list(range(len(bits)))
    assert len(bits) <= 63
