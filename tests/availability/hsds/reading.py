"""Reading the feed in the tests, and holding it against the standard.

`fields.csv` restates in our own table the fields that we use of HSDS 3.2 (Open Referral, schema/*.json of release 3.2
at github.com/openreferral/specification): name, kind, and whether the standard requires it. `feed`, `publisher` and
`minimal` are from its schema/openapi.json: what `GET /` answers, and `GET /services` with `minimal`. So are the
services of an organization.
"""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.hsds.identifiers import Thing, uuid_of
from tests.availability.builders import a_statement, an_offer
from tests.availability.clockwork.builders import a_case

FIELDS = list(csv.DictReader((Path(__file__).parent / "fields.csv").read_text(encoding="utf-8").splitlines()))
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)")


def faults(kind: str, thing: Any, where: str = "") -> Iterator[str]:
    """Where a JSON object is not as the table of fields says."""
    known = {each["field"]: each for each in FIELDS if each["object"] == kind}
    yield from (f"{where}/{name} is no field of {kind}" for name in thing.keys() - known.keys())
    for name, field in known.items():
        if name in thing:
            yield from _wrong(field["kind"], thing[name], f"{where}/{name}")
        elif field["required"] == "yes":
            yield f"{where}/{name} is missing"


def _wrong(kind: str, value: Any, where: str) -> Iterator[str]:
    if kind.startswith("list of "):
        for at, each in enumerate(value):
            yield from faults(kind.removeprefix("list of "), each, f"{where}/{at}")
    elif isinstance(value, dict):
        yield from faults(kind, value, where)
    elif not _fits(kind, value):
        yield f"{where} is no {kind}: {value!r}"


def _fits(kind: str, value: Any) -> bool:
    match kind:
        case "uuid":
            return isinstance(value, str) and str(UUID(value)) == value
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "date-time":
            return bool(MOMENT.fullmatch(value))
        case "string":
            return isinstance(value, str)
    return value in kind.split("|")


def get(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(f"/hsds{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def one(client: TestClient, offer: int) -> Any:
    return get(client, f"/services/{uuid_of(Thing.SERVICE, offer)}")


def a_held_place(session: Session, offer: int, **given: Any) -> None:
    """Held today for a child until the end of the year, or as given."""
    values = {
        "offer": offer,
        "case": a_case(session, date(2026, 11, 1)),
        "last_day": "2999-01-01",
        "held_at": datetime.now(UTC),
    }
    session.execute(
        text("""
            INSERT INTO place_option (offer_id, care_request_id, last_day, held_at, held_by, ended_at, ended_how)
            VALUES (:offer, :case, :last_day, :held_at, 'test', :ended_at, :ended_how)
        """),
        {"ended_at": None, "ended_how": None} | values | given,
    )


def described(session: Session, offer: int, at: datetime, **given: Any) -> None:
    values = {"action": "change-offer", "denied": False} | given
    session.execute(
        text("""
            INSERT INTO audit_entry (at, subject, organisation, role, action, record_kind, record_id, denied)
            VALUES (:at, 'test', 'test', 'provider', :action, 'offer', :offer, :denied)
        """),
        {"at": at, "offer": str(offer), **values},
    )


EARLIER = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)


def said_earlier(session: Session, provider: str) -> int:
    offer = an_offer(session, provider)
    a_statement(session, offer, stated_at=EARLIER, recorded_at=EARLIER)
    return offer


def organization(provider: str) -> str:
    return uuid_of(Thing.ORGANIZATION, int(provider))
