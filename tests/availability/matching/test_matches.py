"""`POST /matches`: what fits, why, why not, and what else there is."""

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from availability.matching.messages import Answer
from tests.availability.board.living import committing
from tests.availability.builders import NIJMEGEN, a_statement
from tests.availability.matching.conftest import QUESTION, Worker
from tests.conftest import Token

Town = dict[str, int]
SHOWN = ("matches", "nearMisses", "nonContracted")


def rules(answer: dict[str, Any]) -> dict[str, int]:
    return {each["rule"]: each["count"] for each in answer["excluded"]["byRule"]}


def test_finds_the_contracted_offers_best_first(worker: Worker, town: Town) -> None:
    assert worker.finds() == [town["near"], town["far"], town["silent"]]


def test_an_answer_is_what_the_description_says(worker: Worker) -> None:
    answer = worker.ask(include=["nearMisses", "relaxations", "nonContracted"])
    Answer.model_validate_json(answer.content)
    assert answer.headers["content-language"] == "nl"


def test_a_match_says_whose_it_is_when_it_starts_and_what_was_stated(worker: Worker, town: Town) -> None:
    first = worker.ask().json()["matches"][0]
    assert first["rank"] == 1
    assert first["offer"] == "Huis Dichtbij"
    assert first["provider"]["name"] == "De Wilgen"
    assert first["location"]["municipality"] == {"code": "GM0202", "name": "Arnhem"}
    assert first["careType"] == {"code": "gezinshuis", "name": "Gezinshuis"}
    assert first["statedWaitDays"] == 42
    assert first["openPlaces"] == 2
    assert first["freshness"] == "fresh"
    assert first["scope"] == "local"
    assert first["expectedEarly"] <= first["expectedStart"] <= first["expectedLate"]
    assert first["distanceKm"] < 5


def test_the_points_add_up_to_the_score_and_each_has_a_sentence(worker: Worker) -> None:
    for match in worker.ask().json()["matches"]:
        assert sum(reason["points"] for reason in match["reasons"]) == match["score"]
        assert sum(reason["maximum"] for reason in match["reasons"]) == 100
        assert all(reason["text"].endswith(".") for reason in match["reasons"])


def test_what_nobody_stated_is_unknown_and_not_zero(worker: Worker, town: Town) -> None:
    (silent,) = (match for match in worker.ask().json()["matches"] if match["offerId"] == town["silent"])
    unknown = ("openPlaces", "statedWaitDays", "freshness", "statedAt", "expectedStart", "expectedWaitDays")
    assert {silent[name] for name in unknown} == {None}
    assert silent["certainty"] == "unknown"


def test_counts_what_was_excluded_by_the_first_rule_it_breaks(worker: Worker) -> None:
    answer = worker.ask().json()
    assert rules(answer) == {"too-old": 1, "admission-stop": 1, "unpublished": 1}
    assert answer["excluded"]["total"] == 3


def test_an_ended_contract_is_no_contract(worker: Worker, town: Town) -> None:
    outside = worker.ask(include=["nonContracted"]).json()["nonContracted"]
    assert {each["offerId"] for each in outside} == {town["outsider"], town["ended"]}
    assert {each["contractId"] for each in outside} == {None}


def test_a_neighbouring_municipality_sees_the_national_contract_only(worker: Worker, town: Town) -> None:
    assert worker.finds(municipality=NIJMEGEN, pc4="6511") == [town["far"]]


def test_a_general_provision_needs_no_contract(worker: Worker, town: Town) -> None:
    answer = worker.ask(careTypes=["opvoedadvies"]).json()
    (match,) = answer["matches"]
    assert match["offerId"] == town["general"]
    assert (match["scope"], match["contractId"]) == (None, None)


def test_a_general_provision_elsewhere_is_not_care_without_a_contract(worker: Worker) -> None:
    answer = worker.ask(careTypes=["opvoedadvies"], municipality=NIJMEGEN, pc4="6511").json()
    assert (answer["matches"], answer["nonContracted"]) == ([], [])


def test_a_contract_that_begins_soon_is_a_reason_to_start_later(worker: Worker, town: Town) -> None:
    answer = worker.ask(careTypes=["kamertraining"], neededFrom="2026-12-01").json()
    assert (answer["matches"], answer["excluded"]["total"]) == ([], 0)
    (later,) = (each for each in answer["relaxations"] if "neededFrom" in each["change"])
    assert (later["opens"], later["change"]) == (1, {"neededFrom": "2027-01-30"})
    assert worker.finds(careTypes=["kamertraining"], **later["change"]) == [town["soon"]]
    (outsider,) = answer["nonContracted"]
    assert (outsider["offerId"], outsider["contractId"], outsider["scope"]) == (town["soon"], None, None)


def test_several_care_types_are_taken_in_order_of_preference(worker: Worker, town: Town) -> None:
    found = worker.ask(careTypes=["pleegzorg", "gezinshuis"]).json()["matches"]
    assert found[0]["offerId"] == town["foster"]
    assert {match["careType"]["code"] for match in found} == {"pleegzorg", "gezinshuis"}


def test_with_enough_matches_the_other_lists_wait_to_be_asked_for(worker: Worker) -> None:
    answer = worker.ask().json()
    assert (answer["nearMisses"], answer["relaxations"], answer["nonContracted"]) == ([], [], [])


def test_near_misses_say_what_is_in_the_way(worker: Worker, town: Town) -> None:
    near = worker.ask(include=["nearMisses"]).json()["nearMisses"]
    assert {each["offerId"]: each["rule"] for each in near} == {
        town["young"]: "too-old",
        town["stopped"]: "admission-stop",
    }
    assert all(each["text"] for each in near)


def test_an_offer_that_has_ended_is_named_to_nobody(worker: Worker, town: Town) -> None:
    answer = worker.ask(maxDistanceKm=1, include=["nearMisses", "nonContracted"])
    assert town["closed"] not in {each["offerId"] for name in SHOWN for each in answer.json()[name]}


def test_a_need_that_an_offer_cannot_serve_is_named(worker: Worker, town: Town) -> None:
    answer = worker.ask(careTypes=["kamertraining"], neededFrom="2027-02-01", needs=["adhd", "agressie"]).json()
    assert [(each["offerId"], each["text"]) for each in answer["nearMisses"]] == [
        (town["soon"], "Is niet geschikt bij: agressie.")
    ]


def test_when_little_fits_it_says_what_else_could_be_asked(worker: Worker, town: Town) -> None:
    answer = worker.ask(maxDistanceKm=1, setting="family", careTypes=["pleegzorg"]).json()
    assert len(answer["matches"]) < 3
    assert any(each["change"] for each in answer["relaxations"])
    assert all(each["opens"] > 0 for each in answer["relaxations"])


def test_a_proposed_change_opens_what_it_promises(worker: Worker) -> None:
    narrow: dict[str, Any] = {"maxDistanceKm": 20}
    before = len(worker.finds(**narrow))
    for each in worker.ask(**narrow, include=["relaxations"]).json()["relaxations"]:
        if each["change"]:
            assert len(worker.finds(**narrow | each["change"])) >= before + each["opens"]


def test_tells_how_many_fit_also_those_it_does_not_show(worker: Worker) -> None:
    assert [worker.ask(limit=limit).json()["total"] for limit in (1, 100)] == [3, 3]


def test_the_limit_shows_fewer_and_changes_nothing_else(worker: Worker) -> None:
    whole, short = worker.ask().json(), worker.ask(limit=1).json()
    assert short["matches"] == whole["matches"][:1]
    assert short["excluded"] == whole["excluded"]


def test_a_crisis_is_answered_by_whom_to_call(worker: Worker) -> None:
    answer = worker.ask(careTypes=["crisis-ambulant"]).json()
    assert answer["matches"] == []
    assert "112" in {contact["phone"] for contact in answer["crisisRoute"]["contacts"]}
    assert "crisisRoute" not in worker.ask().json()


def test_the_reasons_come_in_english_when_that_is_asked(worker: Worker) -> None:
    dutch, english = worker.ask(), worker.ask({"Accept-Language": "en-GB,nl;q=0.5"})
    assert english.headers["content-language"] == "en"
    assert [match["score"] for match in english.json()["matches"]] == [
        match["score"] for match in dutch.json()["matches"]
    ]
    assert english.json()["matches"][0]["reasons"][0]["text"] != dutch.json()["matches"][0]["reasons"][0]["text"]


def test_a_stop_takes_an_offer_out_within_a_second(worker: Worker, town: Town, town_url: str) -> None:
    with committing(town_url) as session:
        a_statement(session, town["far"], admission_stop=True, open_places=0)
    gone = time.monotonic() + 1
    while town["far"] in worker.finds():
        assert time.monotonic() < gone
        time.sleep(0.01)
    assert rules(worker.ask().json())["admission-stop"] == 2
    with committing(town_url) as session:
        a_statement(session, town["far"])
    while town["far"] not in worker.finds():
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("pc4", "1000", "/pc4"),
        ("pc4", "681", "/pc4"),
        ("municipality", "GM9999", "/municipality"),
        ("careTypes", ["toverij"], "/careTypes/0"),
        ("careTypes", [], "/careTypes"),
        ("careTypes", ["gezinshuis", "gezinshuis"], "/careTypes/1"),
        ("needs", ["onbekend"], "/needs/0"),
        ("birthMonth", "2013-13", "/birthMonth"),
        ("birthMonth", "1990-01", "/birthMonth"),
        ("neededFrom", "gisteren", "/neededFrom"),
        ("maxDistanceKm", -1, "/maxDistanceKm"),
        ("limit", 0, "/limit"),
        ("limit", True, "/limit"),
        ("include", ["alles"], "/include/0"),
        ("setting", "kasteel", "/setting"),
        ("naam", "Jan", "/naam"),
    ],
)
def test_a_fault_is_named_and_its_value_never_repeated(worker: Worker, field: str, value: Any, pointer: str) -> None:
    answer = worker.ask(**{field: value})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert QUESTION["pc4"] not in answer.text
    assert not isinstance(value, str) or len(value) < 4 or value not in answer.text


def test_all_faults_come_at_once(worker: Worker) -> None:
    answer = worker.ask(municipality="GM9999", pc4="1000", careTypes=["toverij"])
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/municipality", "/pc4", "/careTypes/0"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff"])
def test_what_is_no_question_is_refused(worker: Worker, body: bytes) -> None:
    answer = worker.service.post("/matches", content=body, headers=worker.headers)
    assert answer.status_code == 400


def test_without_a_token_nobody_finds_out(service: TestClient) -> None:
    assert service.post("/matches", json=QUESTION).status_code == 401


def test_a_provider_does_not_search_for_children(service: TestClient, token: Token) -> None:
    answer = service.post("/matches", json=QUESTION, headers={"Authorization": token("provider", "90000001")})
    assert answer.status_code == 403


def test_permission_comes_before_the_body(service: TestClient, token: Token) -> None:
    headers = {"Authorization": token("provider", "90000001")}
    assert service.post("/matches", content=b"{", headers=headers).status_code == 403
