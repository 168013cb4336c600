"""Drafts of a 301 and a 315: the names of the standard, the codes of its lists, and nothing of who the child is."""

import csv
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from matcher.enrolment import WorkerRole
from matcher.ijw import (
    BROKEN,
    RULES,
    TO_FILL_IN,
    Content,
    Determination,
    EndReason,
    Frequency,
    MessageCode,
    Referrer,
    Unit,
    broken_rules,
    draft_301,
    draft_315,
)
from tests.matcher.histories import FIRST, WORKER, facts

CODE_LISTS = Path(__file__).parents[2] / "data" / "code_lists.csv"


HELP = Determination(
    category="45", begins=date(2026, 3, 2), ends=date(2026, 8, 31), product="45A04",
    volume=120, unit=Unit.MINUTE, frequency=Frequency.PER_WEEK,
)  # fmt: skip


def care(**changes: Any) -> Determination:
    return replace(HELP, **changes)


def drafts(determination: Determination = HELP) -> dict[MessageCode, Content]:
    return {
        MessageCode.JW301: draft_301("GM0202", FIRST, "C-17", determination),
        MessageCode.JW315: draft_315(facts(), "GM0202", FIRST, "C-17", determination),
    }


def test_a_301_goes_from_the_municipality_to_the_provider() -> None:
    assert drafts()[MessageCode.JW301] == {
        "Header": {
            "BerichtCode": "436", "BerichtVersie": 3, "BerichtSubversie": 2, "Afzender": "0202", "Ontvanger": FIRST,
        },
        "ToegewezenProduct": {
            "ReferentieAanbieder": "C-17",
            "Product": {"Categorie": "45", "Code": "45A04"},
            "Ingangsdatum": date(2026, 3, 2),
            "Einddatum": date(2026, 8, 31),
            "Omvang": {"Volume": 120, "Eenheid": "01", "Frequentie": "2"},
        },
    }  # fmt: skip


def test_a_315_goes_from_the_provider_to_the_municipality_and_names_who_determined() -> None:
    draft = drafts()[MessageCode.JW315]
    assert (draft["Header"]["Afzender"], draft["Header"]["Ontvanger"]) == (FIRST, "0202")
    assert draft["AangevraagdProduct"]["ToewijzingIngangsdatum"] == date(2026, 3, 2)
    assert draft["AangevraagdProduct"]["Verwijzer"] == {"Type": "04", "ZorgverlenerCode": WORKER}


def test_a_local_team_determines_for_its_municipality() -> None:
    own = facts(worker_role=WorkerRole.LOCAL_TEAM, organisation="GM0202")
    assert draft_315(own, "GM0202", FIRST, "C-17", care())["AangevraagdProduct"]["Verwijzer"] == {"Type": "01"}


def test_without_a_product_code_there_is_no_volume_and_without_an_end_no_end() -> None:
    open_ended = care(product=None, volume=None, unit=None, frequency=None, ends=None)
    product = drafts(open_ended)[MessageCode.JW301]["ToegewezenProduct"]
    assert set(product) == {"ReferentieAanbieder", "Product", "Ingangsdatum"}
    assert product["Product"] == {"Categorie": "45"}


@pytest.mark.parametrize("code", TO_FILL_IN)
def test_a_draft_says_nothing_of_who_the_child_is_and_nothing_the_sender_adds(code: MessageCode) -> None:
    content = drafts()[code]
    assert "Client" not in content
    assert str(facts().birth_month.year) not in repr(content)
    assert not {f"{group}.{name}" for group, fields in content.items() for name in fields} & set(TO_FILL_IN[code])


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, ()),
        ({"ends": date(2026, 3, 2)}, ()),
        ({"ends": date(2026, 3, 1)}, ("CS003",)),
        ({"volume": None}, ("CD041",)),
        ({"ends": None}, ("CD076",)),
        ({"product": None}, ("CD080",)),
        ({"unit": Unit.DAY_AND_NIGHT, "frequency": Frequency.PER_DAY}, ("CS338",)),
    ],
)
def test_names_the_rules_of_the_standard_that_are_broken(changes: dict[str, Any], broken: tuple[str, ...]) -> None:
    assert broken_rules(care(**changes)) == broken


def test_every_rule_has_a_sentence() -> None:
    assert set(RULES) == set(BROKEN)


@pytest.mark.parametrize(
    ("list_code", "codes", "whole"),
    [
        ("WJ756", Unit, True),
        ("WJ757", Frequency, True),
        ("JZ588", EndReason, True),
        ("COD327", Referrer, False),
        ("COD002-VEKT", MessageCode, False),
    ],
)
def test_the_codes_are_those_of_the_standard(list_code: str, codes: type[StrEnum], whole: bool) -> None:
    with CODE_LISTS.open(encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file) if row["list_code"] == list_code}
    ours = {str(code) for code in codes}
    assert ours == known if whole else ours <= known
