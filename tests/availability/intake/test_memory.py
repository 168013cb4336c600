"""What a planner says of a file once is not asked again."""

import json
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text

from availability.intake.capacity import COLUMNS
from dashboard.texts import files
from tests.availability.builders import a_location, an_offer
from tests.availability.intake.planner import Planner, as_csv
from tests.conftest import Token

OTHER_WORDS = as_csv(["Groep", "Kamertjes", "Vrij"], ["Huis Wilgen Arnem", 13, 2])


@pytest.fixture
def choices(planner: Planner) -> str:
    """What the planner answers to what our own words do not cover."""
    return json.dumps({"columns": {"Kamertjes": "totalPlaces"}, "offers": [{"row": 2, "offerId": planner.willows}]})


def remembered(planner: Planner) -> Any:
    return planner.client.get("/capacity-imports/memory", headers=planner.headers).json()


def test_the_next_file_needs_no_help(planner: Planner, choices: str) -> None:
    assert planner.faults(OTHER_WORDS) == {2: [("Aanbod-id", "offer-unconfirmed")]}
    assert planner.send(OTHER_WORDS, choices).status_code == 200
    next_file = planner.preview(as_csv(["Groep", "Kamertjes", "Vrij"], ["huis  wilgen ARNEM", 14, 2]))
    assert [column["how"] for column in next_file["columns"]] == ["name", "remembered", "name"]
    (row,) = next_file["rows"]
    assert (row["offerId"], row["changes"]) == (
        planner.willows,
        [{"field": "totalPlaces", "column": "Totaal", "was": 13, "becomes": 14}],
    )


def test_what_was_only_tried_is_not_remembered(planner: Planner, choices: str) -> None:
    planner.preview(OTHER_WORDS, choices)
    assert remembered(planner) == {"columns": [], "offers": []}


def test_a_file_that_is_refused_teaches_nothing(planner: Planner, choices: str) -> None:
    faulty = as_csv(["Groep", "Kamertjes", "Vrij"], ["Huis Wilgen Arnem", 13, "veel"])
    assert planner.send(faulty, choices).status_code == 400
    assert remembered(planner) == {"columns": [], "offers": []}


def test_a_header_that_is_too_long_to_come_back_is_not_remembered(planner: Planner, choices: str) -> None:
    long = "".join(sha256(f"{at}".encode()).hexdigest() for at in range(75))
    said = json.loads(choices)
    said["columns"][long] = None
    assert planner.send(OTHER_WORDS, json.dumps(said)).status_code == 200
    assert [column["header"] for column in remembered(planner)["columns"]] == ["kamertjes"]


def test_a_newer_answer_goes_before_an_older_one(planner: Planner, choices: str) -> None:
    planner.send(OTHER_WORDS, choices)
    file = as_csv(["Groep", "Kamertjes", "Vrij"], ["Huis Wilgen Arnem", 1, 1])
    other = json.dumps({"columns": {"Kamertjes": None}, "offers": [{"row": 2, "offerId": planner.anchor}]})
    assert planner.send(file, other).status_code == 200
    assert remembered(planner) == {
        "columns": [{"header": "kamertjes", "field": None}],
        "offers": [{"words": "huis wilgen arnem", "offerId": planner.anchor}],
    }


def test_two_of_one_name_are_told_apart_once(planner: Planner) -> None:
    twin = an_offer(planner.session, planner.provider, a_location(planner.session, planner.provider, name="Noord"),
                    name="Gezinshuis De Wilgen")  # fmt: skip
    file = as_csv(["Aanbod", "Plaats", "Vrij"], ["Gezinshuis De Wilgen", "Arnhem", 1])
    assert planner.faults(file) == {2: [("Aanbod-id", "ambiguous-offer")]}
    assert twin != planner.willows
    planner.send(file, json.dumps({"offers": [{"row": 2, "offerId": planner.willows}]}))
    assert planner.faults(file) == {}


def test_rows_of_one_name_that_are_different_offers_teach_nothing(planner: Planner) -> None:
    file = as_csv(["Groep", "Vrij"], ["Gezinshuis Wilg", 1], ["Gezinshuis Wilg", 0])
    rows = [{"row": 2, "offerId": planner.willows}, {"row": 3, "offerId": planner.anchor}]
    assert planner.send(file, json.dumps({"offers": rows})).status_code == 200
    assert remembered(planner)["offers"] == []
    assert [code for _, code in planner.faults(file)[2]] == ["offer-unconfirmed"]


def test_an_answer_about_an_offer_that_ended_is_asked_anew(planner: Planner, choices: str) -> None:
    planner.send(OTHER_WORDS, choices)
    ended = "UPDATE offer SET published_until = DATE '2020-01-01', published_from = DATE '2019-01-01' WHERE id = :id"
    planner.session.execute(text(ended), {"id": planner.willows})
    assert planner.faults(OTHER_WORDS)[2][0][1] in {"offer-unconfirmed", "unknown-offer"}


def test_a_row_says_what_the_file_calls_it_and_why_it_was_taken_for_the_offer(planner: Planner, choices: str) -> None:
    planner.send(OTHER_WORDS, choices)
    (row,) = planner.preview(OTHER_WORDS)["rows"]
    assert (row["words"], row["offer"], row["how"]) == ("Huis Wilgen Arnem", "Gezinshuis De Wilgen", "remembered")
    given = as_csv(["Aanbod-id", "Vrij"], [planner.willows, 1])
    assert [each["how"] for each in planner.preview(given)["rows"]] == ["number"]


def test_a_column_that_was_left_out_stays_so_without_being_asked(planner: Planner) -> None:
    file = as_csv(["Aanbod-id", "Kleur", "Vrij"], [planner.willows, "rood", 1])
    planner.send(file, json.dumps({"columns": {"Kleur": None}}))
    assert [column["how"] for column in planner.preview(file)["columns"]] == ["name", "remembered", "name"]


def test_who_had_it_remembered_stands_in_the_audit(planner: Planner, choices: str) -> None:
    before = planner.audited
    planner.send(OTHER_WORDS, choices)
    assert planner.audited == before + 2  # the statement, and what was remembered
    planner.send(OTHER_WORDS)
    assert planner.audited == before + 3


def test_it_can_be_forgotten(planner: Planner, choices: str) -> None:
    planner.send(OTHER_WORDS, choices)
    forgotten = planner.client.delete("/capacity-imports/memory", headers=planner.headers)
    assert forgotten.status_code == 204
    assert remembered(planner) == {"columns": [], "offers": []}
    assert planner.faults(OTHER_WORDS) == {2: [("Aanbod-id", "offer-unconfirmed")]}


def test_it_is_the_providers_own(planner: Planner, choices: str, token: Token) -> None:
    planner.send(OTHER_WORDS, choices)
    stranger = {"Authorization": token("provider", "99999999")}
    answer = planner.client.get("/capacity-imports/memory", headers=stranger)
    assert answer.json() == {"columns": [], "offers": []}
    other = planner.client.get("/capacity-imports/memory", params={"provider": planner.provider}, headers=stranger)
    assert other.status_code == 403
    worker = {"Authorization": token("local-team", "GM0202")}
    assert planner.client.get("/capacity-imports/memory", headers=worker).status_code == 403


def test_the_screen_names_every_column_as_the_template_does() -> None:
    assert {column.code: column.header for column in COLUMNS} == files.FIELDS


def test_a_header_of_only_strange_words_says_which_columns_to_name(planner: Planner) -> None:
    strange = as_csv(["Woonplek", "Kamers", "Leeg"], ["Gezinshuis De Wilgen", 12, 3])
    refused = planner.send(strange, dryRun="true")
    assert refused.status_code == 400
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [
        "/choices/columns/Woonplek",
        "/choices/columns/Kamers",
        "/choices/columns/Leeg",
    ]
    named = {"columns": {"Woonplek": "name", "Kamers": "totalPlaces", "Leeg": "openPlaces"}}
    (row,) = planner.preview(strange, json.dumps(named))["rows"]
    assert row["offerId"] == planner.willows


def test_only_the_strange_headers_need_a_name(planner: Planner) -> None:
    refused = planner.send(as_csv(["Woonplek", "Totaal", "Vrij"], ["Gezinshuis De Wilgen", 12, 3]), dryRun="true")
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/choices/columns/Woonplek"]
    known = planner.send(as_csv(["Plaats", "Vrij"], ["Arnhem", 3]), dryRun="true")
    assert [fault["pointer"] for fault in known.json()["errors"]] == [
        "/choices/columns/Plaats",
        "/choices/columns/Vrij",
    ]
