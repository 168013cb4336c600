"""What a manager says of a list once is not asked again: what a column holds, and which provider a name means."""

import json
from hashlib import sha256
from typing import Any

import pytest

from tests.availability.builders import a_provider
from tests.availability.contract_lists.lister import Lister
from tests.availability.intake.planner import as_csv

HEADER = ("Kenmerk", "Partij", "Zorgvorm", "Start", "Klaar op")
"""As a region's own system names them: two of our columns are not to be guessed."""

COLUMN_CHOICES = {"Kenmerk": "number", "Partij": "providerName", "Start": "validFrom", "Klaar op": "validUntil"}


def row(number: str = "2027-1", name: str = "St. De Eijk jeugdhulp", last: str = "31-12-2028") -> tuple[str, ...]:
    return number, name, "Gezinshuis", "1-1-2027", last


def choices(lister: Lister, **providers: str) -> str:
    return json.dumps({"columns": COLUMN_CHOICES, "providers": providers or {row()[1]: lister.provider}})


def named(previewed: Any) -> list[tuple[str, Any, Any]]:
    """Name, AGB code and how it is known."""
    return [
        (each["name"], each["provider"] and each["provider"]["agbCode"], each["how"])
        for each in previewed["namedProviders"]
    ]


def test_a_list_of_strange_headers_says_which_columns_to_name(lister: Lister) -> None:
    refused = lister.send(as_csv(HEADER, row()), dryRun="true")
    assert refused.status_code == 400
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [
        f"/choices/columns/{header}" for header in COLUMN_CHOICES
    ]


def test_an_alike_name_is_proposed_and_a_human_confirms(lister: Lister) -> None:
    asked = lister.preview(row(), row("2027-2"), header=HEADER, choices=json.dumps({"columns": COLUMN_CHOICES}))
    (name,) = asked["namedProviders"]
    assert (name["name"], name["rows"], name["provider"], name["how"]) == (row()[1], [2, 3], None, None)
    assert name["proposals"][0]["provider"] == {"agbCode": lister.provider, "name": "Jeugdhulp De Eik"}
    assert {fault["code"] for each in asked["faultyRows"] for fault in each["faults"]} == {"provider-unconfirmed"}
    assert asked["faultyRows"][0]["faults"][0]["detail"].startswith("Bedoelt u Jeugdhulp De Eik?")
    said = lister.preview(row(), row("2027-2"), header=HEADER, choices=choices(lister))
    assert said["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "faulty": 0}
    assert named(said) == [(row()[1], lister.provider, "given")]


def test_the_next_list_needs_no_help(lister: Lister) -> None:
    assert lister.save(row(), header=HEADER, choices=choices(lister)).status_code == 200
    assert lister.kept("2027-1")["validUntil"] == "2028-12-31"
    assert lister.audited == ["remember-list-choices"]
    following = lister.preview(row(name="st de EIJK, jeugdhulp", last="31-12-2029"), header=HEADER)
    assert [column["how"] for column in following["columns"]] == [
        "remembered", "remembered", "name", "remembered", "remembered",
    ]  # fmt: skip
    assert named(following) == [("st de EIJK, jeugdhulp", lister.provider, "remembered")]
    (contract,) = following["contracts"]
    assert [(each["column"], each["becomes"]) for each in contract["changes"]] == [("Einddatum", "2029-12-31")]


def test_what_was_only_tried_or_refused_is_not_remembered(lister: Lister) -> None:
    lister.preview(row(), header=HEADER, choices=choices(lister))
    assert lister.save(row(last="ooit"), header=HEADER, choices=choices(lister)).status_code == 400
    assert lister.remembered == {"columns": [], "providers": []}


def test_a_name_that_is_not_in_the_list_teaches_nothing(lister: Lister) -> None:
    lister.save(row(), header=HEADER, choices=choices(lister, **{row()[1]: lister.provider, "Een ander": lister.other}))
    assert [each["words"] for each in lister.remembered["providers"]] == ["st de eijk jeugdhulp"]


def test_words_that_are_too_long_to_come_back_are_not_remembered(lister: Lister) -> None:
    long = "".join(sha256(f"{at}".encode()).hexdigest() for at in range(75))
    called = long[:1_900]
    said = json.dumps({"columns": {**COLUMN_CHOICES, long: None}, "providers": {called: lister.provider}})
    assert lister.save(row(name=called), header=HEADER, choices=said).status_code == 200
    assert lister.remembered["providers"] == []
    assert len(lister.remembered["columns"]) == len(COLUMN_CHOICES)


def test_a_newer_answer_goes_before_an_older_one(lister: Lister) -> None:
    lister.save(row(), header=HEADER, choices=choices(lister))
    lister.save(row("2027-2"), header=HEADER, choices=choices(lister, **{row()[1]: lister.other}))
    (remembered,) = lister.remembered["providers"]
    assert remembered["provider"]["agbCode"] == lister.other
    assert lister.kept("2027-2")["provider"]["agbCode"] == lister.other


def test_two_providers_of_one_name_are_told_apart_once(lister: Lister) -> None:
    twin = a_provider(lister.session, name="Jeugdhulp De Eik")
    asked = lister.preview(row(name="Jeugdhulp De Eik"), header=HEADER, choices=json.dumps({"columns": COLUMN_CHOICES}))
    assert asked["faultyRows"][0]["faults"][0]["code"] == "ambiguous-provider"
    proposed = {each["provider"]["agbCode"] for each in asked["namedProviders"][0]["proposals"]}
    assert proposed == {lister.provider, twin}
    said = choices(lister, **{"Jeugdhulp De Eik": twin})
    lister.save(row(name="Jeugdhulp De Eik"), header=HEADER, choices=said)
    assert lister.preview(row(name="jeugdhulp de eik"), header=HEADER)["counts"]["unchanged"] == 1


@pytest.mark.parametrize("name", ["Jeugdhulp Eik", "Jeugdhulp De Eik +", "Stichting Jeugdhulp De Eik"])
def test_a_name_with_another_word_or_sign_is_never_assumed(lister: Lister, name: str) -> None:
    header = ("Contractnummer", "Aanbieder", "Zorgvorm", "Ingangsdatum")
    asked = lister.preview(("2027-1", name, "Gezinshuis", "1-1-2027"), header=header)
    assert asked["faultyRows"][0]["faults"][0]["code"] == "provider-unconfirmed"
    assert asked["namedProviders"][0]["proposals"][0]["provider"]["agbCode"] == lister.provider


def test_a_name_that_is_like_none_can_still_be_explained(lister: Lister) -> None:
    header = ("Contractnummer", "Aanbieder", "Zorgvorm", "Ingangsdatum")
    asked = lister.preview(("2027-1", "Qwxyz", "Gezinshuis", "1-1-2027"), header=header)
    (name,) = asked["namedProviders"]
    assert (name["name"], name["provider"], name["proposals"]) == ("Qwxyz", None, [])
    assert asked["faultyRows"][0]["faults"][0]["detail"].startswith("Deze naam kennen wij niet. Vul de AGB-code in")


def test_the_code_of_one_with_the_name_of_another_is_refused(lister: Lister) -> None:
    """What sorting a single column does."""
    header = ("Contractnummer", "AGB-code", "Aanbieder", "Zorgvorm", "Ingangsdatum")
    rows = (
        ("2027-1", lister.provider, "Pleegzorg Het Anker", "Gezinshuis", "1-1-2027"),
        ("2027-2", lister.provider, "Onze eigen naam voor De Eik", "Gezinshuis", "1-1-2027"),
    )
    assert lister.faults(*rows, header=header) == {2: [("AGB-code", "other-name")]}


def test_a_code_tells_two_of_one_name_apart(lister: Lister) -> None:
    a_provider(lister.session, name="Jeugdhulp De Eik")
    header = ("Contractnummer", "AGB-code", "Aanbieder", "Zorgvorm", "Ingangsdatum")
    row = ("2027-1", lister.provider, "Jeugdhulp De Eik", "Gezinshuis", "1-1-2027")
    assert lister.faults(row, header=header) == {}


def test_an_answer_that_names_nobody_is_a_fault(lister: Lister) -> None:
    said = choices(lister, **{row()[1]: "99999999"})
    asked = lister.preview(row(), header=HEADER, choices=said)
    assert [fault["code"] for fault in asked["faultyRows"][0]["faults"]] == ["unknown"]
    refused = lister.send(as_csv(HEADER, row()), choices(lister, **{row()[1]: "abc"}), dryRun="true")
    assert refused.status_code == 400


def test_it_can_be_forgotten(lister: Lister) -> None:
    lister.save(row(), header=HEADER, choices=choices(lister))
    forgotten = lister.client.delete("/contract-imports/memory", headers=lister.headers)
    assert forgotten.status_code == 204
    assert lister.remembered == {"columns": [], "providers": []}
    assert lister.audited == ["remember-list-choices", "forget-list-memory"]


def test_it_is_the_organisations_own(lister: Lister) -> None:
    lister.save(row(), header=HEADER, choices=choices(lister))
    assert lister.remembered["columns"]
    elsewhere = lister.get("/contract-imports/memory", lister.as_("JZ01"))
    assert elsewhere.json() == {"columns": [], "providers": []}
    lister.client.delete("/contract-imports/memory", headers=lister.as_("JZ01"))
    assert lister.remembered["columns"]
    provider = lister.as_(lister.provider, "provider")
    assert lister.get("/contract-imports/memory", provider).status_code == 403
    assert lister.client.delete("/contract-imports/memory", headers=provider).status_code == 403


@pytest.mark.parametrize("header", ["Einde contract", "Eindigt op", "Looptijd tot en met"])
def test_the_end_of_a_contract_is_found_under_its_usual_names(lister: Lister, header: str) -> None:
    named_ = ("Contractnummer", "AGB-code", "Zorgvorm", "Ingangsdatum", header)
    lister.save(("2027-1", lister.provider, "Gezinshuis", "1-1-2027", "31-12-2028"), header=named_)
    assert lister.kept("2027-1")["validUntil"] == "2028-12-31"
