"""Keeping capacity up to date, as a provider's own system sees it."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.clock import dutch_day
from availability.supply.drafts import MOST_STATEMENTS
from tests.availability.builders import a_contract, a_location, a_provider, a_statement, an_offer
from tests.conftest import Token

STATEMENT: dict[str, Any] = {
    "totalPlaces": 12,
    "occupiedPlaces": 9,
    "reservedPlaces": 1,
    "openPlaces": 2,
    "intakeWaitDays": 14,
    "treatmentWaitDays": 28,
    "admissionStop": False,
}


class Planner:
    """A provider's planner with one offer, talking to the API."""

    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        self.client, self.session = client, session
        self.provider = a_provider(session)
        self.offer = an_offer(session, self.provider)
        self.authorization = {"Authorization": token("provider", self.provider)}
        self.path = f"/offers/{self.offer}/capacity"

    def put(self, statement: Any = None, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        body = STATEMENT if statement is None else statement
        return self.client.put(self.path, json=body, headers=self.authorization | sent)

    def first(self, **changed: Any) -> Any:
        answer = self.put(STATEMENT | changed, if_none_match="*")
        assert answer.status_code == 200, answer.text
        return answer

    def confirm(self, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"{self.path}/confirmation", headers=self.authorization | sent)

    def get(self) -> Any:
        return self.client.get(self.path, headers=self.authorization)

    @property
    def statements(self) -> int:
        return self._count("SELECT count(*) FROM capacity_statement WHERE offer_id = :offer")

    @property
    def audited(self) -> int:
        return self._count(
            "SELECT count(*) FROM audit_entry JOIN capacity_statement said ON said.id::text = record_id"
            " WHERE record_kind = 'capacity-statement' AND offer_id = :offer"
        )

    def _count(self, query: str) -> int:
        found: int = self.session.execute(text(query), {"offer": self.offer}).scalar_one()
        return found


@pytest.fixture
def planner(client: TestClient, session: Session, token: Token) -> Planner:
    return Planner(client, session, token)


def test_the_first_statement_becomes_the_current_capacity(planner: Planner) -> None:
    stated = planner.put(if_none_match="*")
    assert stated.status_code == 200
    read = planner.get()
    assert read.json() == stated.json()
    assert stated.json().items() >= STATEMENT.items()
    assert read.headers["etag"] == stated.headers["etag"] == read.json()["etag"]


def test_what_is_left_out_is_unknown_and_not_zero(planner: Planner) -> None:
    capacity = planner.first().json()
    assert capacity["waitingCount"] is None
    assert capacity["availableFrom"] is None


def test_a_change_on_what_was_seen_is_accepted_and_appended(planner: Planner) -> None:
    seen = planner.first().headers["etag"]
    changed = planner.put(STATEMENT | {"openPlaces": 1}, if_match=seen)
    assert changed.status_code == 200
    assert changed.headers["etag"] != seen
    assert planner.statements == 2
    assert planner.audited == 2


def test_nobody_overwrites_what_they_did_not_see(planner: Planner) -> None:
    seen = planner.first().headers["etag"]
    planner.put(STATEMENT | {"openPlaces": 1}, if_match=seen)
    late = planner.put(STATEMENT | {"openPlaces": 0}, if_match=seen)
    assert late.status_code == 412
    assert late.json()["type"].endswith("/changed-meanwhile")
    assert planner.get().json()["openPlaces"] == 1


@pytest.mark.parametrize(
    ("stated_before", "headers", "status"),
    [
        (True, {}, 428),
        (False, {}, 428),
        (False, {"if_match": "*"}, 412),
        (False, {"if_match": '"1"'}, 412),
        (True, {"if_none_match": "*"}, 412),
        (True, {"if_match": "*"}, 200),
        (False, {"if_none_match": "*"}, 200),
        (True, {"if_match": "onzin"}, 412),
        (True, {"if_match": f'"{2**80}"'}, 412),
    ],
)
def test_the_precondition_decides(planner: Planner, stated_before: bool, headers: dict[str, str], status: int) -> None:
    if stated_before:
        planner.first()
    before = planner.statements
    assert planner.put(**headers).status_code == status
    assert planner.statements == before + (status == 200)


def test_a_weak_version_never_matches(planner: Planner) -> None:
    seen = planner.first().headers["etag"]
    assert planner.put(if_match=f"W/{seen}").status_code == 412


def test_one_of_several_versions_may_match(planner: Planner) -> None:
    seen = planner.first().headers["etag"]
    assert planner.put(if_match=f'"1", {seen}').status_code == 200


def test_open_places_above_what_is_left_names_the_numbers_and_saves_nothing(planner: Planner) -> None:
    answer = planner.put(STATEMENT | {"openPlaces": 5}, if_none_match="*")
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert fault == {
        "pointer": "/openPlaces",
        "code": "too-many-open",
        "detail": "Vrij (5) is meer dan er over is: totaal 12 min bezet 9 min gereserveerd 1 is 2.",
    }
    assert planner.statements == 0
    assert planner.audited == 0


def test_all_faults_are_named_at_once(planner: Planner) -> None:
    wrong = {**STATEMENT, "totalPlaces": True, "intakeWaitDays": -1, "admissionStop": "nee", "plekken": 3}
    del wrong["openPlaces"]
    answer = planner.put(wrong, if_none_match="*")
    assert answer.status_code == 400
    assert {fault["pointer"]: fault["detail"] for fault in answer.json()["errors"]} == {
        "/totalPlaces": "Geef een heel getal.",
        "/intakeWaitDays": "Geef 0 of meer.",
        "/admissionStop": "Geef true of false.",
        "/openPlaces": "Dit veld ontbreekt.",
        "/plekken": "Dit veld bestaat niet.",
    }


@pytest.mark.parametrize("field", [name for name in STATEMENT if name != "admissionStop"])
@pytest.mark.parametrize("value", [True, "3", 2.5, -1, 2**31, 2**64, 10**30, None])
def test_only_whole_numbers_within_bounds_are_numbers(planner: Planner, field: str, value: object) -> None:
    answer = planner.put(STATEMENT | {field: value}, if_none_match="*")
    assert answer.status_code == 400
    assert f"/{field}" in {fault["pointer"] for fault in answer.json()["errors"]}
    assert planner.statements == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"tekst"', b"\xff\xfe", b'{"totalPlaces": NaN}'])
def test_what_is_no_statement_at_all_is_refused(planner: Planner, body: bytes) -> None:
    answer = planner.client.put(
        planner.path,
        content=body,
        headers=planner.authorization | {"If-None-Match": "*", "Content-Type": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert planner.statements == 0


def test_a_note_that_names_a_person_is_refused(planner: Planner) -> None:
    answer = planner.put(STATEMENT | {"note": "Bel 06-12345678 of mail jan@voorbeeld.nl"}, if_none_match="*")
    assert answer.status_code == 400
    assert "06-12345678" not in answer.text
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == "/note"


def test_a_nul_character_is_refused(planner: Planner) -> None:
    assert planner.put(STATEMENT | {"note": "a\x00b"}, if_none_match="*").status_code == 400


def test_an_unlikely_jump_is_asked_about_and_accepted_when_it_is_meant(planner: Planner) -> None:
    seen = planner.first().headers["etag"]
    jump = STATEMENT | {"totalPlaces": 121}
    asked = planner.put(jump, if_match=seen)
    assert asked.status_code == 409
    assert asked.json()["type"].endswith("/unlikely-jump")
    assert planner.put(jump | {"confirmed": True}, if_match=seen).status_code == 200


@pytest.mark.parametrize("figure", ["occupiedPlaces", "reservedPlaces"])
def test_what_is_taken_may_jump_as_little_as_what_there_is(planner: Planner, figure: str) -> None:
    """More children than places may be so for a while; thirty times as many is a slip of the hand."""
    full = {"openPlaces": 0}
    seen = planner.first(**full).headers["etag"]
    asked = planner.put(STATEMENT | full | {figure: 300}, if_match=seen)
    assert asked.status_code == 409
    (fault,) = asked.json()["errors"]
    assert fault["pointer"] == f"/{figure}"
    assert f"gaat van {STATEMENT[figure]} naar 300" in fault["detail"]
    assert planner.put(STATEMENT | full | {figure: 300, "confirmed": True}, if_match=seen).status_code == 200


def test_every_figure_that_jumps_is_named(planner: Planner) -> None:
    seen = planner.first().headers["etag"]
    asked = planner.put(STATEMENT | {"totalPlaces": 1200, "occupiedPlaces": 900}, if_match=seen)
    assert [fault["pointer"] for fault in asked.json()["errors"]] == ["/totalPlaces", "/occupiedPlaces"]


@pytest.mark.parametrize("figure", ["intakeWaitDays", "treatmentWaitDays", "waitingCount"])
def test_a_wait_may_jump(planner: Planner, figure: str) -> None:
    seen = planner.first(**{figure: 1}).headers["etag"]
    assert planner.put(STATEMENT | {figure: 3000}, if_match=seen).status_code == 200


@pytest.mark.parametrize("figure", ["statedAt", "recordedAt"])
def test_nobody_dates_a_statement_but_the_database(planner: Planner, figure: str) -> None:
    refused = planner.put(STATEMENT | {figure: "2020-01-01T00:00:00Z"}, if_none_match="*")
    assert refused.status_code == 400
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [f"/{figure}"]
    assert planner.statements == 0


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [(12, 120, 200), (12, 121, 409), (4, 50, 200), (4, 55, 409), (0, 50, 200), (0, 51, 409)],
)
def test_only_more_than_tenfold_and_more_than_fifty_up_is_a_jump(
    planner: Planner, before: int, after: int, status: int
) -> None:
    quiet = {"occupiedPlaces": 0, "reservedPlaces": 0, "openPlaces": 0}
    seen = planner.first(**quiet, totalPlaces=before).headers["etag"]
    assert planner.put(STATEMENT | quiet | {"totalPlaces": after}, if_match=seen).status_code == status


def test_a_wait_never_is_a_jump(planner: Planner) -> None:
    seen = planner.first(intakeWaitDays=1).headers["etag"]
    assert planner.put(STATEMENT | {"intakeWaitDays": 3650}, if_match=seen).status_code == 200


def test_nothing_changed_is_a_new_statement_with_the_same_numbers(planner: Planner) -> None:
    seen = planner.first(waitingCount=7)
    confirmed = planner.confirm(if_match=seen.headers["etag"])
    assert confirmed.status_code == 200
    assert confirmed.headers["etag"] != seen.headers["etag"]
    assert confirmed.json()["source"] == "confirmation"
    assert confirmed.json()["waitingCount"] == 7
    assert planner.statements == 2
    assert planner.audited == 2


@pytest.mark.parametrize(("headers", "status"), [({}, 428), ({"if_match": "*"}, 412), ({"if_none_match": "*"}, 412)])
def test_what_was_never_stated_cannot_be_confirmed(planner: Planner, headers: dict[str, str], status: int) -> None:
    assert planner.confirm(**headers).status_code == status
    assert planner.statements == 0


def test_a_key_that_was_used_gives_the_same_answer_again(planner: Planner) -> None:
    first = planner.put(if_none_match="*", idempotency_key="sleutel-1")
    again = planner.put(if_none_match="*", idempotency_key="sleutel-1")
    assert again.status_code == 200
    assert again.json() == first.json()
    assert planner.statements == 1
    assert planner.audited == 1


def test_a_key_cannot_be_used_for_another_statement(planner: Planner) -> None:
    planner.put(if_none_match="*", idempotency_key="sleutel-1")
    other = planner.put(STATEMENT | {"openPlaces": 0}, if_match="*", idempotency_key="sleutel-1")
    assert other.status_code == 409
    assert other.json()["type"].endswith("/idempotency-key-reused")


def test_a_confirmation_with_a_key_happens_once(planner: Planner) -> None:
    seen = planner.first().headers["etag"]
    first = planner.confirm(if_match=seen, idempotency_key="k")
    again = planner.confirm(if_match=seen, idempotency_key="k")
    assert first.json() == again.json()
    assert planner.statements == 2


def test_another_provider_may_look_but_not_state(planner: Planner, session: Session, token: Token) -> None:
    planner.first()
    planner.authorization = {"Authorization": token("provider", a_provider(session))}
    answer = planner.put(if_match="*")
    assert answer.status_code == 403
    assert planner.get().status_code == 200
    assert planner.statements == 1


@pytest.mark.parametrize("role", ["local-team", "youth-protection", "ret-chair", "contract-manager", "back-office"])
def test_only_a_provider_states_capacity(planner: Planner, token: Token, role: str) -> None:
    planner.authorization = {"Authorization": token(role, "GM0202")}
    assert planner.put(if_none_match="*").status_code == 403
    assert planner.statements == 0


def test_without_a_token_nobody_reads_capacity(planner: Planner) -> None:
    planner.first()
    planner.authorization = {}
    answer = planner.get()
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


class TestOrderOfChecks:
    """Token, permission, precondition, body: the first that fails is what the caller hears."""

    def test_the_token_comes_before_everything(self, planner: Planner) -> None:
        planner.authorization = {}
        assert planner.put({"wrong": 1}).status_code == 401

    def test_malformed_json_without_a_token_is_about_the_token(self, planner: Planner) -> None:
        assert planner.client.put(planner.path, content=b"{").status_code == 401

    def test_the_permission_comes_before_precondition_and_body(
        self, planner: Planner, session: Session, token: Token
    ) -> None:
        planner.authorization = {"Authorization": token("provider", a_provider(session))}
        assert planner.put({"wrong": 1}).status_code == 403

    def test_an_unknown_offer_comes_before_precondition_and_body(self, planner: Planner) -> None:
        planner.path = "/offers/999999999/capacity"
        assert planner.put({"wrong": 1}).status_code == 404

    def test_the_missing_precondition_comes_before_the_body(self, planner: Planner) -> None:
        assert planner.put({"wrong": 1}).status_code == 428

    def test_the_stale_precondition_comes_before_the_body(self, planner: Planner) -> None:
        planner.first()
        assert planner.put({"wrong": 1}, if_match='"1"').status_code == 412

    def test_the_body_comes_last(self, planner: Planner) -> None:
        planner.first()
        assert planner.put({"wrong": 1}, if_match="*").status_code == 400


@pytest.mark.parametrize(
    ("weekly", "term"),
    [
        ({}, 7),
        ({"suspended_from": "2020-01-01"}, 45),
        ({"suspended_from": "2020-01-01", "suspended_until": "2021-01-01"}, 7),
        ({"valid_until": "2021-01-01"}, 45),
        ({"valid_from": "2999-01-01"}, 45),
    ],
    ids=["running", "suspended", "running again", "ended", "not begun"],
)
def test_the_shortest_term_counts_of_the_contracts_that_run(
    planner: Planner, session: Session, weekly: dict[str, str], term: int
) -> None:
    a_contract(session, planner.provider, update_term_days=45)
    given: dict[str, Any] = {"update_term_days": 7} | weekly
    a_contract(session, planner.provider, **given)
    said = planner.first().json()
    assert date.fromisoformat(said["dueOn"]) - dutch_day(datetime.fromisoformat(said["statedAt"])) == timedelta(term)


def test_who_of_a_provider_spoke_is_for_that_provider(planner: Planner, client: TestClient, token: Token) -> None:
    said = planner.first().json()
    assert said["statedBy"].startswith(f"{planner.provider}:")
    for role, organisation in (("local-team", "GM0202"), ("provider", "98999999")):
        headers = {"Authorization": token(role, organisation)}
        offer = client.get(f"/offers/{planner.offer}", headers=headers).json()
        history = client.get(f"{planner.path}/history", headers=headers).json()["items"]
        alone = client.get(planner.path, headers=headers).json()
        assert {each["statedBy"] for each in (offer["capacity"], *history, alone)} == {planner.provider}
    assert planner.get().json() == said


def test_freshness_follows_the_term_of_the_contract(client: TestClient, session: Session, token: Token) -> None:
    provider = a_provider(session)
    offer = an_offer(session, provider)
    a_contract(session, provider, update_term_days=10)
    a_statement(session, offer, stated_at=text("now() - interval '11 days'"))
    headers = {"Authorization": token("local-team", "GM0202")}
    assert client.get(f"/offers/{offer}/capacity", headers=headers).json()["freshness"] == "stale"


def test_the_history_tells_the_newest_first_page_after_page(planner: Planner) -> None:
    tags = [planner.first().headers["etag"]]
    for open_places in (0, 1, 2):
        tags.append(planner.put(STATEMENT | {"openPlaces": open_places}, if_match=tags[-1]).headers["etag"])
    seen: list[str] = []
    cursor: str | None = None
    while len(seen) < 10:
        query = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = planner.client.get(f"{planner.path}/history", params=query, headers=planner.authorization).json()
        seen += [item["etag"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == tags[::-1]


class TestManyAtOnce:
    def test_each_statement_has_its_own_outcome(self, planner: Planner, session: Session) -> None:
        others = an_offer(session)
        mine = [an_offer(session, planner.provider) for _ in range(3)]
        items = [
            {**STATEMENT, "offerId": mine[0], "ifNoneMatch": "*"},
            {**STATEMENT, "offerId": mine[1], "ifMatch": "*"},
            {**STATEMENT, "offerId": mine[2]},
            {**STATEMENT, "offerId": others, "ifNoneMatch": "*"},
            {**STATEMENT, "offerId": planner.offer, "ifNoneMatch": "*", "openPlaces": 9},
            {**STATEMENT, "offerId": "x"},
        ]
        answer = planner.client.post("/capacity-statements", json={"items": items}, headers=planner.authorization)
        assert answer.status_code == 200
        outcomes = answer.json()["items"]
        assert [outcome["status"] for outcome in outcomes] == [200, 412, 428, 403, 400, 400]
        assert outcomes[0]["capacity"]["openPlaces"] == 2
        assert outcomes[4]["problem"]["errors"][0]["pointer"] == "/items/4/openPlaces"

    def test_what_became_of_one_of_many_reads_as_it_does_alone(self, planner: Planner) -> None:
        items = [{**STATEMENT, "offerId": planner.offer, "ifNoneMatch": "*", "availableFrom": "2026-12-01"}]
        answer = planner.client.post("/capacity-statements", json={"items": items}, headers=planner.authorization)
        alone = planner.client.get(f"/offers/{planner.offer}/capacity", headers=planner.authorization)
        assert answer.json() == {
            "items": [{"offerId": planner.offer, "status": 200, "capacity": alone.json(), "problem": None}]
        }

    def test_one_key_for_the_list_is_the_key_of_each_that_has_none(self, planner: Planner, session: Session) -> None:
        other = an_offer(session, planner.provider)
        items = [
            {**STATEMENT, "offerId": planner.offer, "ifNoneMatch": "*"},
            {**STATEMENT, "offerId": other, "ifNoneMatch": "*", "idempotencyKey": "eigen"},
        ]
        headers = planner.authorization | {"Idempotency-Key": "maandag"}
        once, again = (
            planner.client.post("/capacity-statements", json={"items": items}, headers=headers) for _ in range(2)
        )
        assert [item["status"] for item in once.json()["items"]] == [200, 200]
        assert again.json() == once.json()
        assert planner.statements == 1
        keys = text("SELECT offer_id, idempotency_key FROM capacity_statement WHERE offer_id = ANY (:offers)")
        kept = session.execute(keys, {"offers": [planner.offer, other]}).all()
        assert {tuple(row) for row in kept} == {(planner.offer, "maandag"), (other, "eigen")}

    def test_what_jumps_in_a_list_is_named_by_its_place(self, planner: Planner) -> None:
        planner.first()
        item = {**STATEMENT, "offerId": planner.offer, "ifMatch": "*", "totalPlaces": 1200}
        answer = planner.client.post("/capacity-statements", json={"items": [item]}, headers=planner.authorization)
        (outcome,) = answer.json()["items"]
        assert outcome["status"] == 409
        assert outcome["problem"]["errors"][0]["pointer"] == "/items/0/totalPlaces"

    def test_reaching_for_anothers_offers_is_written_down(self, planner: Planner, session: Session) -> None:
        strangers = [an_offer(session) for _ in range(2)]
        items = [{**STATEMENT, "offerId": offer, "ifNoneMatch": "*"} for offer in (*strangers, planner.offer)]
        answer = planner.client.post("/capacity-statements", json={"items": items}, headers=planner.authorization)
        assert [item["status"] for item in answer.json()["items"]] == [403, 403, 200]
        written = session.scalars(text("SELECT record_id FROM audit_entry WHERE denied ORDER BY id")).all()
        assert written == [str(offer) for offer in strangers]

    def test_texts_are_kept_as_they_were_sent(self, planner: Planner) -> None:
        note, key = "Eén \"plek\", {of} twee\\n\n\tNULL, 'ja'; é", '{"a",\\}'
        item = {**STATEMENT, "offerId": planner.offer, "ifNoneMatch": "*", "note": note, "idempotencyKey": key}
        for _ in range(2):  # the second is told from its key
            answer = planner.client.post("/capacity-statements", json={"items": [item]}, headers=planner.authorization)
            assert answer.json()["items"][0]["capacity"]["note"] == note
        assert planner.statements == 1

    def test_any_of_the_versions_seen_may_be_the_current_one(self, planner: Planner) -> None:
        items = [{**STATEMENT, "offerId": planner.offer, "ifNoneMatch": "*"}]
        first = planner.client.post("/capacity-statements", json={"items": items}, headers=planner.authorization)
        etag = first.json()["items"][0]["capacity"]["etag"]
        for seen, status in ((f'"1", W{etag}, "9223372036854775808"', 412), (f'"1", {etag}, "9"', 200)):
            items = [{**STATEMENT, "offerId": planner.offer, "ifMatch": seen}]
            answer = planner.client.post("/capacity-statements", json={"items": items}, headers=planner.authorization)
            assert answer.json()["items"][0]["status"] == status

    def test_a_list_is_planned_for_as_long_as_it_is(self, planner: Planner, session: Session) -> None:
        first = {**STATEMENT, "offerId": planner.offer, "ifNoneMatch": "*"}
        again = {**STATEMENT, "offerId": planner.offer, "ifMatch": "*"}
        for item in (first, *[again] * 14):  # by then a statement has one plan for all
            answer = planner.client.post("/capacity-statements", json={"items": [item]}, headers=planner.authorization)
            assert answer.json()["items"][0]["status"] == 200
        kept = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%audited AS (%'")
        assert session.execute(kept).scalar_one() == 0

    def test_an_offer_that_is_named_twice_is_not_guessed(self, planner: Planner) -> None:
        item = {**STATEMENT, "offerId": planner.offer, "ifNoneMatch": "*"}
        answer = planner.client.post(
            "/capacity-statements", json={"items": [item, item]}, headers=planner.authorization
        )
        assert [outcome["status"] for outcome in answer.json()["items"]] == [400, 400]
        assert planner.statements == 0

    def test_ten_thousand_in_a_call_is_the_most(self, planner: Planner) -> None:
        item = {**STATEMENT, "offerId": planner.offer, "ifNoneMatch": "*"}
        items = {"items": [{**item, "offerId": 10**9 + number} for number in range(MOST_STATEMENTS + 1)]}
        refused = planner.client.post("/capacity-statements", json=items, headers=planner.authorization)
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["code"] == "too-long"

    def test_a_list_full_of_faults_is_the_wrong_list(self, planner: Planner) -> None:
        strange = dict.fromkeys((f"veld {number}" for number in range(150)), 1)
        items = {"items": [{**STATEMENT, **strange, "offerId": planner.offer}] * 20}
        refused = planner.client.post("/capacity-statements", json=items, headers=planner.authorization)
        assert refused.status_code == 400
        assert "Er is niets opgeslagen" in refused.json()["detail"]

    @pytest.mark.slow
    def test_thousands_are_stated_in_one_go(self, planner: Planner, session: Session) -> None:
        location = a_location(session, planner.provider)
        offers = [an_offer(session, planner.provider, location) for _ in range(2_000)]
        items = {"items": [{**STATEMENT, "offerId": offer, "ifNoneMatch": "*"} for offer in offers]}
        answer = planner.client.post("/capacity-statements", json=items, headers=planner.authorization)
        assert Counter(item["status"] for item in answer.json()["items"]) == {200: len(offers)}
        of_them = text("SELECT count(*) FROM capacity_statement WHERE offer_id = ANY (:offers)")
        assert session.execute(of_them, {"offers": offers}).scalar_one() == len(offers)
