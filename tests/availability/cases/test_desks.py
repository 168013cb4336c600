"""Beside the routes: the regional contact person, the care broker, the official, crisis, cooperation and worry."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import a_provider
from tests.availability.cases.casework import REGION, Person, opened_on

WORDS = {"reviewer": "gedragswetenschapper", "bridgingHelp": "Ambulante hulp thuis, twee keer per week."}


def items(person: Person, path: str) -> list[dict[str, Any]]:
    answer = person.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def told_to(session: Session, organisation: str, role: str) -> list[str]:
    """Which notices lie ready for a desk."""
    statement = text("SELECT kind FROM notice WHERE organisation = :organisation AND role = :role ORDER BY told_at")
    return list(session.execute(statement, {"organisation": organisation, "role": role}).scalars())


def switch_on_broker(regional: Person, since: str = "2026-11-23", present: bool = True) -> Any:
    body = {"present": present, "validFrom": since}
    return regional.client.put(f"/regions/{REGION}/care-broker", json=body, headers=regional.headers)


# --- the regional contact person -----------------------------------------------------------------------------------


def test_no_contact_in_time_may_be_reported_and_only_to_the_regional_contact(
    protector: Person, regional: Person, chair: Person, session: Session
) -> None:
    case = protector.opens()
    opened_on(session, case, "2026-11-16")
    protector.tells(case, "contact-failed", values={"secondTried": True}, notes={"tried": "Twee collega's gebeld."})
    (report,) = items(regional, f"/regions/{REGION}/reports")
    assert (report["caseId"], report["open"]) == (case, True)
    assert report["event"]["notes"] == {"tried": "Twee collega's gebeld."}
    assert [(task["code"], task["due"], task["mine"]) for task in report["tasks"]] == [
        ("make-contact", "2026-11-26", True)
    ]
    assert told_to(session, REGION, "regional-contact") == ["contact-failed"]
    assert told_to(session, REGION, "ret-chair") == []
    assert chair.get(f"/care-requests/{case}").status_code == 404


def test_the_regional_contact_makes_contact_and_takes_over_nothing(
    protector: Person, regional: Person, session: Session
) -> None:
    case = protector.opens()
    opened_on(session, case, "2026-11-16")
    protector.tells(case, "contact-failed", values={"secondTried": True}, notes={"tried": "Gebeld."})
    regional.tells(case, "contact-made", notes={"agreed": "Het team belt morgen terug."})
    assert items(regional, f"/regions/{REGION}/reports?open=true") == []
    assert [report["open"] for report in items(regional, f"/regions/{REGION}/reports")] == [False]
    assert protector.tasks(case).keys() == {"talk-with-local-team"}
    assert regional.tell(case, "talked-with-local-team").status_code == 403


@pytest.mark.parametrize(("second_tried", "opened"), [(False, "2026-11-16"), (True, "2026-11-20")])
def test_first_a_second_colleague_and_the_whole_term(
    protector: Person, session: Session, second_tried: bool, opened: str
) -> None:
    case = protector.opens()
    opened_on(session, case, opened)
    answer = protector.tell(case, "contact-failed", values={"secondTried": second_tried}, notes={"tried": "Gebeld."})
    assert answer.status_code == 409


# --- the care broker -----------------------------------------------------------------------------------------------


def test_without_a_care_broker_nobody_asks_one(protector: Person) -> None:
    case = protector.opens()
    answer = protector.tell(case, "broker-asked", notes={"question": "Wie heeft er plek?"})
    assert (answer.status_code, answer.json()["detail"]) == (409, "Deze regio heeft geen zorgbemiddelaar.")


@pytest.mark.parametrize(("urgent", "due"), [(False, "2026-11-26"), (True, "2026-11-23")])
def test_a_region_switches_on_a_care_broker_with_an_inbox_and_a_term(
    protector: Person, regional: Person, broker: Person, session: Session, urgent: bool, due: str
) -> None:
    assert switch_on_broker(regional).json()["careBroker"] is True
    case = protector.opens()
    protector.tells(case, "broker-asked", values={"urgent": urgent}, notes={"question": "Wie heeft er plek?"})
    (question,) = items(broker, f"/regions/{REGION}/broker-questions?open=true")
    assert [task["due"] for task in question["tasks"]] == [due]
    broker.tells(case, "broker-answered", notes={"proposal": "Gezinshuis De Wilgen heeft over twee weken plek."})
    assert items(broker, f"/regions/{REGION}/broker-questions?open=true") == []
    assert told_to(session, REGION, "care-broker") == ["broker-asked"]
    assert told_to(session, protector.organisation, "youth-protection") == ["broker-answered"]


def test_a_switch_holds_from_its_day(protector: Person, regional: Person) -> None:
    assert switch_on_broker(regional, "2026-11-24").json()["careBroker"] is False
    assert switch_on_broker(regional, "2026-11-20").status_code == 400
    assert protector.tell(protector.opens(), "broker-asked", notes={"question": "Wie?"}).status_code == 409


# --- what a region arranges ----------------------------------------------------------------------------------------


def test_a_region_sets_its_route_and_that_of_a_municipality(protector: Person, regional: Person) -> None:
    def set_route(area: str, route: str, since: str = "2026-11-23") -> Any:
        body = {"area": area, "route": route, "validFrom": since}
        return regional.client.put(f"/regions/{REGION}/enrolment-routes", json=body, headers=regional.headers)

    assert set_route(REGION, "315").status_code == 200
    routes = set_route("GM0202", "301").json()["routes"]
    assert [(each["area"]["name"], each["route"]) for each in routes] == [
        ("Heel Nederland", "301"), ("Centraal Gelderland", "315"), ("Arnhem", "301")
    ]  # fmt: skip
    assert protector.get(f"/care-requests/{protector.opens()}/state").json()["route"] == "301"
    zevenaar = protector.opens(municipality="GM0299", pc4="6901")
    assert protector.get(f"/care-requests/{zevenaar}/state").json()["route"] == "315"
    assert set_route("GM0363", "315").status_code == 400  # Amsterdam
    assert set_route(REGION, "301", "2026-11-22").status_code == 400  # yesterday is done


def test_only_the_regions_own_contact_person_arranges(protector: Person, team: Person, client: Any, token: Any) -> None:
    neighbour = Person(client, token, "regional-contact", "JZ32")
    for person in (protector, team, neighbour):
        assert switch_on_broker(person).status_code == 403


# --- the official --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["residence", "non-contracted", "transport"])
def test_a_question_goes_to_the_official_beside_the_search(
    protector: Person, official: Person, session: Session, question: str
) -> None:
    case = protector.opens()
    asked = protector.tells(
        case, "official-asked", values={"question": question}, notes={"question": "Mag dit en wie betaalt?"}
    )
    (put,) = items(official, "/municipalities/GM0202/official-questions?open=true")
    assert [(task["code"], task["due"]) for task in put["tasks"]] == [("decide-question", "2026-11-30")]
    assert "talk-with-local-team" in protector.tasks(case)  # the search goes on
    official.tells(case, "official-decided", refersTo=asked, values={"approved": True}, notes={"decision": "Dat mag."})
    assert items(official, "/municipalities/GM0202/official-questions?open=true") == []
    assert told_to(session, "GM0202", "official") == ["official-asked"]
    assert told_to(session, protector.organisation, "youth-protection") == ["official-decided"]


def test_an_official_without_an_account_is_recorded_by_the_worker(protector: Person) -> None:
    case = protector.opens()
    asked = protector.tells(
        case, "official-asked", values={"question": "transport"}, notes={"question": "Wie betaalt?"}
    )
    decided = protector.tell(
        case, "official-decided", refersTo=asked, onBehalfOf="official",
        values={"approved": False}, notes={"decision": "Het openbaar vervoer volstaat."},
    )  # fmt: skip
    assert decided.json()["onBehalfOf"] == "official"


def test_nobody_reads_anothers_desk(regional: Person, broker: Person, official: Person) -> None:
    assert regional.get("/regions/JZ32/reports").status_code == 403
    assert broker.get("/regions/JZ32/broker-questions").status_code == 403
    assert official.get("/municipalities/GM0268/official-questions").status_code == 403
    assert broker.get(f"/regions/{REGION}/reports").status_code == 403


# --- crisis and cooperation ----------------------------------------------------------------------------------------


def test_a_crisis_is_answered_today_and_a_direct_placement_ends_the_search(protector: Person, session: Session) -> None:
    case = protector.opens()
    protector.tells(case, "crisis-reported", values={"safety": True})
    state = protector.get(f"/care-requests/{case}/state").json()
    assert state["inCrisis"] is True
    assert protector.tasks(case)["arrange-crisis-help"] == "2026-11-23"
    protector.tells(case, "direct-placement", party=a_provider(session), notes={"explanation": "Door de bestuurders."})
    assert protector.get(f"/care-requests/{case}").json()["status"] == "started"
    assert "talk-with-local-team" not in protector.tasks(case)


def test_the_escalation_model_is_another_thing_than_step_6(protector: Person, regional: Person) -> None:
    case = protector.opens()
    raised = protector.tells(
        case, "cooperation-raised",
        values={"trigger": "difference-of-view", "level": 1, "openedBy": "professional", "familyTold": True},
        notes={"situation": "Het team ziet de thuissituatie anders."},
    )  # fmt: skip
    assert "talk-among-scientists" in protector.tasks(case)
    assert regional.get(f"/care-requests/{case}").status_code == 404  # not the regional contact's to know
    protector.tells(
        case, "cooperation-talked", refersTo=raised, values={"settled": True, "minutesApproved": True},
        notes={"minutes": "Samen besloten om eerst te kijken."},
    )  # fmt: skip
    assert "talk-among-scientists" not in protector.tasks(case)


# --- the worryingly waiting ----------------------------------------------------------------------------------------


def test_the_worryingly_waiting_are_listed_by_review_date_only(
    protector: Person, team: Person, chair: Person, regional: Person
) -> None:
    later = protector.opens(reference="later", urgency="urgent")
    sooner = team.opens(reference="eerder")
    protector.tells(later, "worry-marked", values={"reviewOn": "2026-12-14"}, notes=WORDS)
    team.tells(sooner, "worry-marked", values={"reviewOn": "2026-12-07"}, notes=WORDS)
    for person in (chair, regional):
        listed = items(person, f"/regions/{REGION}/worryingly-waiting")
        assert [(each["reviewOn"], each["reviewer"]) for each in listed] == [
            ("2026-12-07", "gedragswetenschapper"), ("2026-12-14", "gedragswetenschapper")
        ]  # fmt: skip
        assert {each["caseId"] for each in listed} == {None}  # it was not put to them
        assert "eerder" not in person.get(f"/regions/{REGION}/worryingly-waiting").text


def test_a_review_sets_the_next_day_and_lifting_ends_it(protector: Person, chair: Person) -> None:
    case = protector.opens()
    protector.tells(case, "worry-marked", values={"reviewOn": "2026-12-07"}, notes=WORDS)
    protector.tells(
        case, "worry-reviewed", values={"reviewOn": "2026-12-21"}, notes=WORDS | {"bridgingHelp": "Logeren bij oma."}
    )
    (listed,) = items(chair, f"/regions/{REGION}/worryingly-waiting")
    assert (listed["reviewOn"], listed["bridgingHelp"]) == ("2026-12-21", "Logeren bij oma.")
    assert protector.get(f"/care-requests/{case}/state").json()["worrying"] is True
    protector.tells(case, "worry-lifted", notes={"explanation": "Het gaat beter op school."})
    assert items(chair, f"/regions/{REGION}/worryingly-waiting") == []


def test_another_regions_worries_are_not_shown(chair: Person) -> None:
    assert chair.get("/regions/JZ32/worryingly-waiting").status_code == 403


@pytest.mark.parametrize("missing", ["reviewer", "bridgingHelp"])
def test_a_worry_says_who_judged_and_what_bridges_the_wait(protector: Person, missing: str) -> None:
    case = protector.opens()
    words = {name: said for name, said in WORDS.items() if name != missing}
    answer = protector.tell(case, "worry-marked", values={"reviewOn": "2026-12-07"}, notes=words)
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [f"/notes/{missing}"]
