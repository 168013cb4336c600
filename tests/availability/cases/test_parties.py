"""Who sees what of a case: its own organisation all, a party its part, anybody else not even that it exists."""

from collections.abc import Callable
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.access.identity import Role
from availability.cases.event_forms import BODIES
from availability.cases.notes import NOTES
from availability.cases.parties import ACTS_AS, BETWEEN_ORGANISATIONS, PARTS, QUESTION, TELLS
from matcher.case_events import Actor, EventKind
from matcher.case_forms import FORMS
from tests.availability.builders import ARNHEM, NIJMEGEN, a_provider
from tests.availability.cases.casework import INSTITUTION, REGION, TODAY, Person, opened_on
from tests.conftest import Token

Everyone = Callable[[str], Person]

ORGANISATIONS = {
    "provider": "41000001", "local-team": ARNHEM, "youth-protection": INSTITUTION, "ret-chair": REGION,
    "regional-contact": REGION, "care-broker": REGION, "contract-manager": REGION, "back-office": ARNHEM,
    "official": ARNHEM, "admin": "-",
}  # fmt: skip
OUTSIDE = {"GM0202": NIJMEGEN, "JZ28": "JZ32", INSTITUTION: "90009002", "41000001": "41000002", "-": "-"}
"""The same desk elsewhere."""


@pytest.fixture
def everyone(client: TestClient, token: Token) -> Everyone:
    return lambda role: Person(client, token, role, ORGANISATIONS[role])


def put_to_everyone(protector: Person, session: Session) -> str:
    """A case of two weeks ago in which something was put to every desk."""
    case = protector.opens()
    opened_on(session, case, "2026-11-09")
    told: dict[str, dict[str, Any]] = {
        "contact-failed": {"values": {"secondTried": True}, "notes": {"tried": "Vijf keer gebeld."}},
        "talked-with-local-team": {},
        "determined": {"values": {"careType": "gezinshuis"}},
        "determination-sent": {},
        "official-asked": {"values": {"question": "transport"}, "notes": {"question": "Wie betaalt de taxi?"}},
    }
    for kind, said in told.items():
        protector.tells(case, kind, **said)
    return case


def test_every_part_names_fields_of_the_question() -> None:
    for part in PARTS.values():
        assert part.fields <= QUESTION


def test_every_actor_finds_its_tasks_on_somebodys_day() -> None:
    assert set(ACTS_AS) == set(Actor)
    assert all(ACTS_AS.values())


def test_a_party_tells_only_what_one_of_its_actors_does_and_never_as_the_worker() -> None:
    for role, kinds in TELLS.items():
        for kind in kinds - {EventKind.CORRECTED}:
            assert any(role in ACTS_AS[actor] for actor in FORMS[kind].by if actor is not Actor.WORKER)
    assert EventKind.WITHDRAWN not in TELLS[Role.LOCAL_TEAM]


def test_every_kind_can_be_told_somewhere() -> None:
    with_a_referral = {kind for kind in EventKind if kind.startswith(("referral-", "network-", "acceptance-"))}
    elsewhere = {EventKind.OPENED, EventKind.RET_REGISTERED, EventKind.START_JUDGED, EventKind.QUESTION_CHANGED}
    assert set(EventKind) - set(BODIES) == with_a_referral | elsewhere


READS = ("", "/events", "/tasks", "/state")


@pytest.mark.parametrize(("role", "path"), list(product(ORGANISATIONS, READS)))
def test_before_anything_is_put_to_it_a_case_is_only_its_own_organisations(
    protector: Person, everyone: Everyone, role: str, path: str
) -> None:
    case = protector.opens()
    never = role in {"provider", "contract-manager", "admin"}
    expected = 200 if role == "youth-protection" else 403 if never else 404
    assert everyone(role).get(f"/care-requests/{case}{path}").status_code == expected


def test_a_back_office_has_no_cases_of_its_own(team: Person, office: Person) -> None:
    """It has the code of its local team, and neither its cases nor its list."""
    case = team.opens()
    assert office.get(f"/care-requests/{case}").status_code == 404
    assert office.get("/care-requests").status_code == 403
    assert office.get(f"/care-requests/{case}/rankings").status_code == 403


@pytest.mark.parametrize(
    ("role", "by", "said"),
    [
        ("local-team", "talked-with-local-team", {}),
        ("local-team", "intention-recorded", {}),
        ("regional-contact", "contact-failed", {"values": {"secondTried": True}, "notes": {"tried": "Gebeld."}}),
        ("official", "official-asked", {"values": {"question": "residence"}, "notes": {"question": "Wie betaalt?"}}),
    ],
)
def test_what_is_put_to_a_desk_makes_it_a_party_there_and_nowhere_else(
    client: TestClient, token: Token, session: Session, protector: Person, role: str, by: str, said: dict[str, Any]
) -> None:
    case = protector.opens()
    opened_on(session, case, "2026-11-09")
    here = Person(client, token, role, ORGANISATIONS[role])
    elsewhere = Person(client, token, role, OUTSIDE[ORGANISATIONS[role]])
    assert here.get(f"/care-requests/{case}").status_code == 404
    protector.tells(case, by, **said)
    assert here.get(f"/care-requests/{case}").status_code == 200
    assert elsewhere.get(f"/care-requests/{case}").status_code == 404


def test_the_ret_sees_what_is_registered_with_it(protector: Person, chair: Person, session: Session) -> None:
    case = protector.opens()
    protector.tells(case, "talked-with-local-team")
    protector.tells(case, "determined")
    assert chair.get(f"/care-requests/{case}").status_code == 404
    _register_with_ret(session, case)
    assert chair.get(f"/care-requests/{case}").json()["birthMonth"] == "2013-05"
    assert chair.kinds(case) == protector.kinds(case)


def _register_with_ret(session: Session, case: str) -> None:
    """As the referrals' noun does it, with a form."""
    session.execute(
        text(
            "INSERT INTO case_event (care_request_id, kind, occurred_on, recorded_by, role, organisation)"
            " VALUES (:case, 'ret-registered', :day, 'test', 'youth-protection', :who)"
        ),
        {"case": case, "day": TODAY, "who": INSTITUTION},
    )


def test_each_party_sees_its_part(protector: Person, session: Session, everyone: Everyone) -> None:
    case = put_to_everyone(protector, session)
    seen = {
        role: everyone(role).get(f"/care-requests/{case}").json()
        for role in ("local-team", "back-office", "official", "regional-contact")
    }
    shown = {role: {field for field, value in body.items() if value is not None} for role, body in seen.items()}
    always = {"id", "reference", "organisation", "status", "openedAt", "municipality"}
    assert shown["back-office"] == always | {"birthMonth", "careTypes", "neededFrom"}
    assert shown["official"] == always | {"pc4", "birthMonth", "careTypes", "neededFrom"}
    assert shown["regional-contact"] == always | {"careTypes", "neededFrom", "urgency"}
    assert shown["local-team"] >= {"pc4", "needs", "siblings", "pastEighteen"}
    assert everyone("official").kinds(case) == ["opened", "determined", "official-asked"]
    assert everyone("back-office").kinds(case) == ["opened", "determined", "determination-sent"]
    assert everyone("regional-contact").kinds(case) == ["opened", "contact-failed", "talked-with-local-team"]
    assert everyone("local-team").kinds(case) == protector.kinds(case)


RAISED: dict[str, Any] = {
    "values": {"trigger": "agreements-not-kept", "level": 2, "openedBy": "professional", "familyTold": True},
    "notes": {"situation": "Het lokale team komt de afspraken niet na."},
}


CORRECTED = frozenset({EventKind.CORRECTED})


@pytest.mark.slow
@pytest.mark.parametrize("role", ["local-team", "ret-chair"])
def test_nor_what_was_said_when_its_correction_was_taken_back(
    protector: Person, everyone: Everyone, session: Session, role: str
) -> None:
    case = put_to_everyone(protector, session)
    _register_with_ret(session, case)
    about = protector.tells(case, "cooperation-raised", **RAISED)
    for said in ("De klacht was niet terecht.", "De klacht over het team was toch terecht."):
        about = protector.tells(case, "corrected", refersTo=about, values={"what": "void"}, notes={"explanation": said})
    told = [event["notes"] for event in events_of(everyone(role), case) if event["kind"] == "corrected"]
    assert told == [{}, {}]
    own = [event["notes"] for event in events_of(protector, case) if event["kind"] == "corrected"]
    assert len([notes for notes in own if notes]) == 2


@pytest.mark.parametrize("role", ["local-team", "ret-chair"])
def test_that_cooperation_stagnates_every_party_may_know_and_what_was_said_of_whom_it_may_not(
    protector: Person, everyone: Everyone, session: Session, role: str
) -> None:
    case = put_to_everyone(protector, session)
    _register_with_ret(session, case)
    raised = protector.tells(case, "cooperation-raised", **RAISED)
    protector.tells(
        case, "corrected", refersTo=raised, values={"what": "redate", "occurred": "2026-11-20"},
        notes={"explanation": "De klacht over het team was van vrijdag."},
    )  # fmt: skip
    said = {event["kind"]: event for event in events_of(everyone(role), case)}
    assert said["cooperation-raised"]["text"] == "Vastgelopen samenwerking gemeld"
    assert (said["cooperation-raised"]["values"], said["cooperation-raised"]["notes"]) == ({}, {})
    assert said["corrected"]["notes"] == {}
    assert said["official-asked"]["notes"] == {"question": "Wie betaalt de taxi?"}
    assert {event["kind"]: event for event in events_of(protector, case)}["cooperation-raised"]["notes"]


def test_nor_in_what_changed_on_its_day(protector: Person, team: Person, session: Session) -> None:
    case = put_to_everyone(protector, session)
    protector.tells(case, "cooperation-raised", **RAISED)
    news = team.get("/my-day?since=2020-01-01T00:00:00Z").json()["changed"]
    (raised,) = (each["event"] for each in news if each["event"]["kind"] == "cooperation-raised")
    assert (raised["values"], raised["notes"]) == ({}, {})


def test_what_each_role_sees_and_reads_is_one_table() -> None:
    """Whoever may see an event reads what was said in it, but for the escalation model and corrected corrections."""
    wide = {Role.LOCAL_TEAM, Role.RET_CHAIR}
    assert {role: part.sees - part.reads for role, part in PARTS.items()} == {
        role: part.sees & CORRECTED | (BETWEEN_ORGANISATIONS if role in wide else frozenset())
        for role, part in PARTS.items()
    }


def events_of(person: Person, case: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.get(f"/care-requests/{case}/events").json()["items"]
    return found


def test_a_party_sees_its_own_tasks_only(protector: Person, session: Session, everyone: Everyone) -> None:
    case = put_to_everyone(protector, session)
    assert everyone("official").tasks(case).keys() == {"decide-question"}
    assert "send-referral" in everyone("local-team").tasks(case)  # it advises, and sees the whole


def test_what_was_put_by_mistake_was_never_put(protector: Person, official: Person) -> None:
    case = protector.opens()
    asked = protector.tells(
        case, "official-asked", values={"question": "residence"}, notes={"question": "Van welke gemeente?"}
    )
    assert official.get(f"/care-requests/{case}").status_code == 200
    corrected = protector.tells(case, "corrected", refersTo=asked, values={"what": "void"})
    assert official.get(f"/care-requests/{case}").status_code == 404
    protector.tells(case, "corrected", refersTo=corrected, values={"what": "void"})
    assert official.get(f"/care-requests/{case}").status_code == 200  # it was asked after all


def test_with_the_municipality_its_desks_change(
    client: TestClient, token: Token, protector: Person, team: Person
) -> None:
    case = protector.opens()
    protector.tells(case, "talked-with-local-team")
    protector.tells(case, "municipality-changed", values={"municipality": NIJMEGEN})
    assert team.get(f"/care-requests/{case}").status_code == 404
    there = Person(client, token, "local-team", NIJMEGEN)
    assert there.get(f"/care-requests/{case}").status_code == 404  # what the one before was told, it was not
    protector.tells(case, "talked-with-local-team")
    assert there.get(f"/care-requests/{case}").status_code == 200


def test_an_open_question_goes_along_to_the_official_of_the_new_municipality(
    client: TestClient, token: Token, protector: Person, official: Person
) -> None:
    case = protector.opens()
    question: dict[str, Any] = {"values": {"question": "residence"}, "notes": {"question": "Van welke gemeente?"}}
    protector.tells(case, "official-asked", **question)
    protector.tells(case, "municipality-changed", values={"municipality": NIJMEGEN})
    assert official.get(f"/care-requests/{case}").status_code == 404
    assert Person(client, token, "official", NIJMEGEN).tasks(case).keys() == {"decide-question"}


@pytest.mark.slow
@pytest.mark.parametrize("role", ORGANISATIONS)
def test_each_role_tells_only_its_own_part(protector: Person, session: Session, everyone: Everyone, role: str) -> None:
    """Every role × every kind of event: a stranger gets 404 or 403, a party 403 for another's part."""
    case = put_to_everyone(protector, session)
    person = everyone(role)
    party = role in {"local-team", "back-office", "official", "regional-contact"}
    never = role in {"provider", "contract-manager", "admin"}
    provider = a_provider(session)
    for kind in BODIES:
        said = _complete(kind, provider)
        status = person.tell(case, kind, **said).status_code
        if role == "youth-protection":
            assert status in {201, 400, 409}, kind
        elif never:
            assert status == 403, kind
        elif not party:
            assert status == 404, kind
        elif kind in TELLS[Role(role)]:
            assert status in {201, 400, 409}, kind
        else:
            assert status == 403, kind


def _complete(kind: EventKind, provider: str) -> dict[str, Any]:
    """A body with every field that the kind asks for, so that only permission is judged."""
    form = FORMS[kind]
    samples: dict[object, object] = {str: "x", bool: True, int: 1}
    values = {
        name: allowed[0] if isinstance(allowed, tuple) else samples.get(allowed, "2026-12-01")
        for name, allowed in form.values.items()
        if name != "region"
    }
    values |= {"reason": {"ended": "31"}.get(kind, "other")} if "reason" in values else {}
    values |= {"municipality": NIJMEGEN} if "municipality" in values else {}
    about = {"party": provider, "referral": str(uuid4()), "refersTo": 1}
    names = {"refers_to": "refersTo"}
    said: dict[str, Any] = {names.get(name, name): about[names.get(name, name)] for name in form.needs}
    if values:
        said["values"] = values
    notes = {name: "Iets." for name, must in NOTES.get(kind, {}).items() if must}
    return said | ({"notes": notes} if notes else {})
