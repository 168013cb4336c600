"""The quarterly report, ready to hand in: what held at the end of the quarter, and how each figure came about."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
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

    def as_csv(self) -> list[dict[str, str]]:
        told = self.get(format="csv").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(told), delimiter=";"))


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


def in_amsterdam(reporter: Reporter, **stated: Any) -> Any:
    """All is stated in the quarter; then the offer in Amsterdam says this."""
    a_statement(reporter.session, reporter.far, stated_at=BEFORE, waiting_count=1)
    a_statement(reporter.session, reporter.far, **{"stated_at": END, "waiting_count": 1} | stated)
    return reporter.get().json()


def test_it_is_complete_when_all_was_said_in_the_quarter(reporter: Reporter) -> None:
    report = in_amsterdam(reporter)
    assert report["complete"]
    assert report["lines"][0]["howWaiting"] == "1 wachtende."


def test_with_an_unknown_number_waiting_it_is_not_complete_and_says_so(reporter: Reporter) -> None:
    report = in_amsterdam(reporter, waiting_count=None)
    foster = report["lines"][0]
    assert (report["complete"], foster["offersNeverStated"], foster["offersWaitingUnknown"]) == (False, 0, 1)
    (row, _) = reporter.as_csv()
    assert (row["Aantal wachtenden"], row["Aanbod zonder aantal wachtenden"]) == ("", "1")


def test_with_a_statement_of_three_years_ago_it_is_not_complete_and_says_how_old(reporter: Reporter) -> None:
    a_statement(reporter.session, reporter.far, stated_at=datetime(2023, 3, 4, 12, tzinfo=UTC), waiting_count=1)
    report = reporter.get().json()
    foster, house = report["lines"]
    assert (report["complete"], foster["offersStatedBefore"], foster["oldestStatedOn"]) == (False, 1, "2023-03-04")
    assert foster["howRecent"] == (
        "De oudste opgave is van 4 maart 2023. Van 1 aanbod is in dit kwartaal niets opgegeven."
    )
    assert house["howRecent"] == "De oudste opgave is van 1 augustus 2026."
    row, other = reporter.as_csv()
    assert (row["Aanbod zonder opgave in dit kwartaal"], row["Oudste opgave"]) == ("1", "2023-03-04")
    assert (other["Aanbod zonder opgave in dit kwartaal"], other["Oudste opgave"]) == ("0", "2026-08-01")


@pytest.mark.parametrize(("last_day", "counted"), [("2026-07-02", False), ("2026-09-29", False), ("2026-09-30", True)])
def test_an_offer_that_ended_before_the_day_of_reckoning_does_not_wait_any_more(
    reporter: Reporter, last_day: str, counted: bool
) -> None:
    reporter.session.execute(
        text("UPDATE offer SET published_until = :last_day WHERE id = :id"), {"last_day": last_day, "id": reporter.two}
    )
    house = reporter.get().json()["lines"][1]
    assert house["offers"] == 1 + counted
    assert house["waitingCount"] == 3 + 5 * counted


def test_an_offer_that_moved_counts_once_where_it_went(reporter: Reporter) -> None:
    reporter.session.execute(
        text("UPDATE offer SET published_until = '2026-08-15' WHERE id = :id"), {"id": reporter.two}
    )
    there = a_location(reporter.session, reporter.provider, pc4="1011", place="Amsterdam", municipality_code="GM0363")
    moved = an_offer(reporter.session, reporter.provider, there, name="Huis B", published_from="2026-08-16")
    a_statement(reporter.session, moved, stated_at=END, waiting_count=5)
    lines = reporter.get().json()["lines"]
    waiting = {(line["form"]["code"], line["region"]["name"]): line["waitingCount"] for line in lines}
    assert waiting == {("11", "Amsterdam-Amstelland"): None, ("12", "Amsterdam-Amstelland"): 5,
                       ("12", "Centraal Gelderland"): 3}  # fmt: skip


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
    assert [(row["Code vorm"], row["Aantal wachtenden"]) for row in reporter.as_csv()] == [("11", ""), ("12", "8")]


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
