"""The quarterly report, ready to hand in: what held at the end of the quarter, and how each figure came about."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.quarterly.quarter import Quarter
from tests.availability.builders import ARNHEM, a_location, a_provider, a_statement, an_offer
from tests.conftest import Token

BEFORE, END, AFTER = (datetime(2026, *day, 20, tzinfo=UTC) for day in ((8, 1), (9, 30), (10, 1)))


@pytest.mark.parametrize(
    ("today", "quarter", "first", "last"),
    [
        ("2026-11-22", "2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-10-01", "2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-09-30", "2026-Q2", "2026-04-01", "2026-06-30"),
        ("2027-01-01", "2026-Q4", "2026-10-01", "2026-12-31"),
    ],
)
def test_the_last_quarter_that_is_over(today: str, quarter: str, first: str, last: str) -> None:
    found = Quarter.last_before(date.fromisoformat(today))
    assert (str(found), str(found.first_day), str(found.last_day)) == (quarter, first, last)
    assert Quarter.parse(quarter) == found


class Reporter:
    """A provider with two offers in Arnhem and one in Amsterdam."""

    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        self.client, self.session, self.token = client, session, token
        self.provider = a_provider(session, name="=Jeugdhulp De Eik")
        arnhem = a_location(session, self.provider)
        amsterdam = a_location(session, self.provider, pc4="1011", place="Amsterdam", municipality_code="GM0363")
        self.one = an_offer(session, self.provider, arnhem, name="Huis A")
        self.two = an_offer(session, self.provider, arnhem, name="Huis B")
        self.far = an_offer(session, self.provider, amsterdam, name="Huis C", care_type_code="pleegzorg")

    def get(self, role: str = "provider", organisation: str = "", **query: str) -> Any:
        headers = {"Authorization": self.token(role, organisation or self.provider)}
        return self.client.get("/quarterly-report", params={"quarter": "2026-Q3", **query}, headers=headers)


@pytest.fixture
def reporter(client: TestClient, session: Session, token: Token) -> Reporter:
    found = Reporter(client, session, token)
    a_statement(session, found.one, stated_at=BEFORE, waiting_count=9, intake_wait_days=99)
    a_statement(session, found.one, stated_at=END, waiting_count=3, total_places=4, occupied_places=4, open_places=0,
                reserved_places=0, intake_wait_days=14, treatment_wait_days=28)  # fmt: skip
    a_statement(session, found.one, stated_at=AFTER, waiting_count=50)
    a_statement(session, found.two, stated_at=BEFORE, waiting_count=5, intake_wait_days=10, treatment_wait_days=40)
    return found


def test_what_held_at_the_end_of_the_quarter_is_reported(reporter: Reporter) -> None:
    report = reporter.get().json()
    assert (report["quarter"], report["asOf"], report["complete"]) == ("2026-Q3", "2026-09-30", False)
    foster, house = report["lines"]
    assert (house["form"]["code"], house["region"]["code"]) == ("12", "JZ28")
    assert (house["waitingCount"], house["intakeWaitDays"], house["treatmentWaitDays"], house["waitDays"]) == (
        8,
        11,
        37,
        48,
    )
    assert house["howWaiting"] == "3 + 5 = 8 wachtenden."
    assert (
        house["howWait"]
        == "(4 plekken × 42 dagen + 12 plekken × 50 dagen) ÷ 16 plekken = 48 dagen, naar boven afgerond."
    )
    assert [part["offer"] for part in house["parts"]] == ["Huis A", "Huis B"]
    assert (foster["form"]["code"], foster["waitingCount"], foster["waitDays"], foster["offersNeverStated"]) == (
        "11",
        None,
        None,
        1,
    )
    assert foster["howWait"] == "Er is nog geen opgave gedaan."


def test_as_a_workbook_it_is_ready_to_hand_in(reporter: Reporter) -> None:
    answer = reporter.get(format="xlsx")
    assert answer.headers["content-disposition"].endswith(f'wachttijden-{reporter.provider}-2026-Q3.xlsx"')
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Opgave", "Berekening", "Uitleg"]
    header, _, house = ([cell.value for cell in row] for row in book["Opgave"].iter_rows())
    said = dict(zip(header, house, strict=True))
    assert (said["Aantal wachtenden"], said["Geschatte wachttijd (dagen)"], said["Jeugdregio"]) == (
        8,
        48,
        "Centraal Gelderland",
    )
    assert said["Aanbieder"] == "'=Jeugdhulp De Eik"
    assert len(list(book["Berekening"].iter_rows())) == 4


def test_as_csv_it_says_the_same(reporter: Reporter) -> None:
    rows = list(csv.DictReader(io.StringIO(reporter.get(format="csv").content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Code vorm"], row["Aantal wachtenden"]) for row in rows] == [("11", ""), ("12", "8")]


def test_a_quarter_that_is_not_over_is_reported_up_to_today(reporter: Reporter) -> None:
    today = date.today()  # noqa: DTZ011 - the service's own day is tested elsewhere
    now = f"{today.year}-Q{(today.month + 2) // 3}"
    report = reporter.get(quarter=now).json()
    assert (report["asOf"], report["complete"]) == (today.isoformat(), False)


@pytest.mark.parametrize("quarter", ["2099-Q1", "2026-Q5", "derde"])
def test_a_quarter_that_cannot_be_is_refused(reporter: Reporter, quarter: str) -> None:
    assert [fault["pointer"] for fault in reporter.get(quarter=quarter).json()["errors"]] == ["?quarter"]


def test_a_report_is_its_providers_own(reporter: Reporter) -> None:
    other = a_provider(reporter.session)
    assert reporter.get(organisation=other).json()["lines"] == []
    assert reporter.get(organisation=other, provider=reporter.provider).status_code == 403
    assert reporter.get("local-team", ARNHEM).status_code == 403
    assert reporter.get("admin", "-", provider=reporter.provider).status_code == 200
    assert reporter.get("admin", "-", provider="12345678").status_code == 404
