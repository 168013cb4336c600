"""What happens to a case: told once, on its true day, by who may, and never changed afterwards."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import a_provider
from tests.availability.cases.casework import INSTITUTION, REGION, Person, opened_on


def test_a_case_begins_with_its_opening_and_the_route_of_its_municipality(protector: Person) -> None:
    case = protector.opens()
    (opened,) = protector.get(f"/care-requests/{case}/events").json()["items"]
    assert opened["kind"] == "opened"
    assert opened["text"] == "Casus geopend"
    assert opened["values"] == {"route": "301", "municipality": "GM0202", "region": REGION}
    assert protector.get(f"/care-requests/{case}/state").json()["route"] == "301"


@pytest.mark.parametrize(
    ("area", "since", "route"),
    [
        ("GM0202", "2026-11-23", "315"),
        ("GM0202", "2026-11-24", "301"),  # tomorrow's setting is not today's
        ("JZ28", "2026-01-01", "315"),
        ("GM0268", "2026-01-01", "301"),  # another municipality's
    ],
)
def test_the_route_is_the_nearest_areas_setting_of_the_day(
    protector: Person, session: Session, area: str, since: str, route: str
) -> None:
    session.execute(
        text("INSERT INTO enrolment_route (area_code, valid_from, route) VALUES (:area, :since, '315')"),
        {"area": area, "since": since},
    )
    assert protector.get(f"/care-requests/{protector.opens()}/state").json()["route"] == route


def test_a_later_setting_leaves_an_open_case_alone(protector: Person, session: Session) -> None:
    case = protector.opens()
    session.execute(text("INSERT INTO enrolment_route VALUES ('GM0202', '2026-11-01', '315')"))
    assert protector.get(f"/care-requests/{case}/state").json()["route"] == "301"


def test_what_is_told_moves_the_tasks(protector: Person) -> None:
    case = protector.opens()
    assert protector.tasks(case) == {"talk-with-local-team": "2026-11-26"}  # three working days after Monday
    protector.tells(case, "talked-with-local-team")
    assert protector.tasks(case)["determine"] == "2026-11-30"


def test_an_event_keeps_the_day_it_occurred_the_moment_it_was_recorded_and_by_whom(
    protector: Person, session: Session
) -> None:
    case = protector.opens()
    opened_on(session, case, "2026-11-16")
    told = protector.tell(
        case, "talked-with-local-team", "2026-11-18", onBehalfOf="local-team", notes={"agreed": "Eerst een gezinshuis."}
    ).json()
    assert told["occurredOn"] == "2026-11-18"
    assert told["recordedAt"]
    assert (told["role"], told["organisation"], told["onBehalfOf"]) == ("youth-protection", INSTITUTION, "local-team")
    assert told["notes"] == {"agreed": "Eerst een gezinshuis."}
    assert protector.tasks(case)["determine"] == "2026-11-25"  # five working days after the true day


def test_a_retry_with_the_same_key_is_the_same_event(protector: Person) -> None:
    case = protector.opens()
    once, again = (protector.tell(case, "intention-recorded", key="een-sleutel") for _ in range(2))
    assert (once.status_code, again.status_code) == (201, 201)
    assert once.json() == again.json()
    assert protector.kinds(case) == ["opened", "intention-recorded"]


def test_a_key_is_for_one_wish(protector: Person) -> None:
    case, other = protector.opens(), protector.opens()
    protector.tell(case, "intention-recorded", key="een-sleutel")
    assert protector.tell(case, "talked-with-local-team", key="een-sleutel").status_code == 409
    assert protector.tell(other, "intention-recorded", key="een-sleutel").status_code == 409


def test_a_case_is_opened_once_for_one_key(protector: Person, session: Session) -> None:
    once, again = (protector.open(headers={"Idempotency-Key": "nieuw"}) for _ in range(2))
    assert (once.status_code, again.status_code) == (201, 201)
    assert once.json() == again.json()
    assert session.scalar(text("SELECT count(*) FROM care_request")) == 1
    assert protector.open(headers={"Idempotency-Key": "nieuw"}, urgency="urgent").status_code == 409


@pytest.mark.parametrize(
    ("kind", "occurred", "sentence"),
    [
        ("talked-with-local-team", "2026-11-24", "Deze dag moet nog komen. Vul in wat al gebeurd is."),
        ("determination-sent", "2026-11-23", "Leg eerst vast wat hieraan voorafging."),
        ("contact-made", "2026-11-23", "Leg eerst vast wat hieraan voorafging."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(protector: Person, kind: str, occurred: str, sentence: str) -> None:
    case = protector.opens()
    answer = protector.tell(case, kind, occurred)
    assert (answer.status_code, answer.json()["detail"]) == (409, sentence)
    assert protector.kinds(case) == ["opened"]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"kind": "gebeurd"}, {"/kind"}),
        ({"kind": "opened"}, {"/kind"}),
        ({"kind": "referral-sent"}, {"/kind"}),
        ({"kind": "determined"}, {"/occurredOn"}),
        ({"kind": "determined", "occurredOn": "23-11-2026"}, {"/occurredOn"}),
        ({"kind": "determined", "occurredOn": "2026-11-23", "values": {"careType": "Wonen!", "x": 1}},
         {"/values/careType", "/values/x"}),
        ({"kind": "determined", "occurredOn": "2026-11-23", "values": {"careType": "bestaat-niet"}},
         {"/values/careType"}),
        ({"kind": "talked-with-provider", "occurredOn": "2026-11-23"}, {"/party"}),
        ({"kind": "talked-with-provider", "occurredOn": "2026-11-23", "party": "99999999"}, {"/party"}),
        ({"kind": "withdrawn", "occurredOn": "2026-11-23", "values": {"reason": "zomaar"}}, {"/values/reason"}),
        ({"kind": "worry-marked", "occurredOn": "2026-11-23", "values": {"reviewOn": "2026-12-01"}}, {"/notes"}),
        ({"kind": "intention-recorded", "occurredOn": "2026-11-23", "onBehalfOf": "official"}, {"/onBehalfOf"}),
        ({"kind": "determined", "occurredOn": "2026-11-23", "notes": {"explanation": "Bel 026-1234567."}},
         {"/notes/explanation"}),
        ({"kind": "determined", "occurredOn": "2026-11-23", "notes": {"explanation": "BSN 111222333"}},
         {"/notes/explanation"}),
    ],
)  # fmt: skip
def test_every_fault_in_an_event_is_named(protector: Person, body: dict[str, object], pointers: set[str]) -> None:
    case = protector.opens()
    answer = protector.client.post(f"/care-requests/{case}/events", json=body, headers=protector.headers)
    assert answer.status_code == 400
    assert {fault["pointer"] for fault in answer.json()["errors"]} == pointers
    assert protector.kinds(case) == ["opened"]


def test_a_correction_leaves_what_it_corrects(protector: Person, session: Session) -> None:
    case = protector.opens()
    opened_on(session, case, "2026-11-09")
    talked = protector.tells(case, "talked-with-local-team", "2026-11-10")
    assert protector.tasks(case)["determine"] == "2026-11-17"
    protector.tells(case, "corrected", refersTo=talked, values={"what": "redate", "occurred": "2026-11-20"})
    assert protector.tasks(case)["determine"] == "2026-11-27"
    protector.tells(case, "corrected", refersTo=talked, values={"what": "void"})
    assert protector.tasks(case).keys() == {"talk-with-local-team"}
    assert protector.kinds(case) == ["opened", "talked-with-local-team", "corrected", "corrected"]


def test_a_step_is_skipped_with_a_reason(protector: Person) -> None:
    case = protector.opens()
    protector.tells(
        case, "step-skipped", values={"step": "1", "reason": "urgent"}, notes={"explanation": "Het team is dicht."}
    )
    assert "talk-with-local-team" not in protector.tasks(case)
    steps = protector.get(f"/care-requests/{case}/state").json()["steps"]
    assert {"code": "1", "status": "skipped", "doneOn": None}.items() <= steps[0].items()


def test_a_withdrawn_case_has_no_tasks_and_can_be_reopened(protector: Person) -> None:
    case = protector.opens()
    protector.tells(case, "withdrawn", values={"reason": "other-solution"})
    assert protector.tasks(case) == {}
    assert protector.get(f"/care-requests/{case}").json()["status"] == "closed"
    assert protector.get("/care-requests?status=closed").json()["items"][0]["id"] == case
    protector.tells(case, "reopened", values={"reason": "needed-again"})
    assert protector.tasks(case).keys() == {"talk-with-local-team"}
    assert protector.get(f"/care-requests/{case}").json()["status"] == "open"
    assert protector.kinds(case) == ["opened", "withdrawn", "reopened"]


def test_another_route_is_an_event(protector: Person) -> None:
    case = protector.opens()
    protector.tells(case, "route-changed", values={"route": "315"})
    assert protector.tasks(case).keys() == {"talk-with-local-team", "talk-with-provider"}
    assert protector.tell(case, "route-changed", values={"route": "315"}).status_code == 409


def test_another_responsible_municipality_is_an_event_that_the_case_follows(protector: Person) -> None:
    case = protector.opens()
    told = protector.tell(case, "municipality-changed", values={"municipality": "GM0268"}).json()
    assert told["values"] == {"municipality": "GM0268", "region": "JZ32"}
    assert protector.get(f"/care-requests/{case}").json()["municipality"] == "GM0268"
    assert protector.get(f"/care-requests/{case}/state").json()["region"] == "JZ32"


def test_changing_the_municipality_of_a_case_tells_it_too(protector: Person) -> None:
    case = protector.opens()
    patched = protector.client.patch(
        f"/care-requests/{case}", json={"municipality": "GM0268"}, headers=protector.headers | {"If-Match": "*"}
    )
    assert patched.json()["municipality"] == "GM0268"
    assert protector.kinds(case) == ["opened", "municipality-changed"]


def test_closing_a_case_by_its_status_is_told_as_withdrawn(protector: Person) -> None:
    case = protector.opens()
    headers = protector.headers | {"If-Match": "*"}
    assert protector.client.patch(f"/care-requests/{case}", json={"status": "closed"}, headers=headers).is_success
    assert protector.client.patch(f"/care-requests/{case}", json={"status": "open"}, headers=headers).is_success
    assert protector.kinds(case) == ["opened", "withdrawn", "reopened"]
    started = protector.client.patch(f"/care-requests/{case}", json={"status": "started"}, headers=headers)
    assert [fault["pointer"] for fault in started.json()["errors"]] == ["/status"]


def test_a_provider_is_named_that_we_know(protector: Person, session: Session) -> None:
    case = protector.opens()
    protector.tells(case, "talked-with-provider", party=a_provider(session))
    assert protector.kinds(case) == ["opened", "talked-with-provider"]


def test_the_history_is_read_in_pieces(protector: Person) -> None:
    case = protector.opens()
    protector.tells(case, "intention-recorded")
    protector.tells(case, "talked-with-local-team")
    first = protector.get(f"/care-requests/{case}/events?limit=2").json()
    rest = protector.get(f"/care-requests/{case}/events?limit=2&cursor={first['next']}").json()
    assert [each["kind"] for each in first["items"]] == ["opened", "intention-recorded"]
    assert [each["kind"] for each in rest["items"]] == ["talked-with-local-team"]
    assert rest["next"] is None


def test_the_rules_say_what_may_be_told_now(protector: Person) -> None:
    case = protector.opens()
    possible = protector.get(f"/care-requests/{case}/state").json()["possible"]
    assert "talked-with-local-team" in possible
    assert "ended" not in possible
    assert "referral-sent" not in possible  # told with the form, at its own address


def test_each_look_and_each_telling_is_audited(protector: Person, session: Session) -> None:
    case = protector.opens()
    protector.tells(case, "intention-recorded")
    for part in ("events", "tasks", "state"):
        protector.get(f"/care-requests/{case}/{part}")
    actions = session.execute(
        text("SELECT action FROM audit_entry WHERE record_id = :case ORDER BY id"), {"case": case}
    )
    assert actions.scalars().all() == ["open-case", "record-event", "see-events", "see-tasks", "see-state"]
