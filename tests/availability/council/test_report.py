"""The report for the council: from published quarters only, the same in every form, for everybody."""

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from availability.cases.tables import CareRequest
from availability.council.tables import CouncilTarget
from tests.availability.builders import ARNHEM, a_contracted_offer, a_statement
from tests.availability.council.published import LAST, QUARTERS, REGION, publish
from tests.availability.council.reading import texts_in

pytestmark = pytest.mark.slow

MUNICIPALITIES_OWN = {"waiting", "realised-wait", "local-team-wait"}


def report(client: TestClient, area: str = REGION, period: str = LAST) -> dict[str, Any]:
    answer = client.get(f"/council-reports/{area}?period={period}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def figure(client: TestClient, indicator: str, area: str = REGION, period: str = LAST) -> dict[str, Any]:
    (found,) = [each for each in report(client, area, period)["figures"] if each["indicator"]["code"] == indicator]
    return dict(found)


def aim(session: Session, indicator: str, value: float | None, valid_from: str, set_at: str = "2025-12-01") -> None:
    moment = datetime.fromisoformat(set_at).replace(tzinfo=UTC)
    values = {"indicator": indicator, "value": value, "valid_from": date.fromisoformat(valid_from), "set_at": moment}
    session.execute(insert(CouncilTarget).values(region_code=REGION, set_by="demo-1", **values))


def test_anybody_reads_the_five_figures_of_the_newest_quarter(client: TestClient, session: Session) -> None:
    publish(session)

    found = client.get(f"/council-reports/{REGION}").json()

    assert (found["title"], found["period"]["code"]) == ("Jeugdhulp in Centraal Gelderland", LAST)
    assert [each["text"] for each in found["figures"] if each["leading"]] == [
        "2.200 kinderen",
        "13,6 weken",
        "78 procent",
        "4 werkdagen",
        "80 procent",
    ]


def test_every_figure_says_how_it_was_computed_and_from_how_much(client: TestClient, session: Session) -> None:
    publish(session)

    in_time = figure(client, "started-in-time")

    assert in_time["fromHowMuch"] == "Uit 412 starts."
    assert in_time["computed"] == "320 van 412 starts is 78 procent."
    assert "Dat delen wij door alle starts." in in_time["how"]
    assert in_time["sentence"] == "Van de starts was 78 procent op tijd; beter dan een jaar eerder."
    assert [(each["against"], each["valueText"], each["text"]) for each in in_time["trends"]] == [
        ("het kwartaal ervoor", "76 procent", "Ongeveer gelijk"),
        ("een jaar eerder", "70 procent", "Beter"),
    ]


def test_a_year_is_made_of_its_quarters(client: TestClient, session: Session) -> None:
    publish(session)

    assert figure(client, "started-in-time", period="2025")["computed"] == "1.136 van 1.648 starts is 69 procent."
    assert figure(client, "waiting", period="2025")["value"] == 2260  # as it stood at the end
    assert report(client, period="2025")["period"]["complete"]
    assert not report(client, period="2026")["period"]["complete"]


def test_a_municipality_has_its_own_counts_and_the_regions_indicators(client: TestClient, session: Session) -> None:
    publish(session)

    figures = report(client, ARNHEM)["figures"]

    whose = {each["indicator"]["code"]: each["area"]["code"] for each in figures}
    assert {code for code, area in whose.items() if area == ARNHEM} == MUNICIPALITIES_OWN
    assert {area for code, area in whose.items() if code not in MUNICIPALITIES_OWN} == {REGION}
    assert any("hele regio" in note for note in report(client, ARNHEM)["notes"])
    assert not any("hele regio" in note for note in report(client)["notes"])


def test_a_municipality_sees_its_own_local_team_and_never_the_regions_in_its_place(
    client: TestClient, session: Session
) -> None:
    publish(session, QUARTERS[-3:-2], method=1)  # did not count them
    publish(session, QUARTERS[-2:-1], team=(None, None))
    publish(session, QUARTERS[-1:])

    own = figure(client, "local-team-wait", ARNHEM)

    assert (own["text"], own["fromHowMuch"]) == ("2 werkdagen", "Uit 21 gesprekken met jeugdbeschermers.")
    assert [each["text"] for each in own["line"][-3:]] == ["Niet bekend", "Verborgen", "2 werkdagen"]
    assert figure(client, "local-team-wait")["text"] == "4 werkdagen"


def test_what_is_hidden_is_said_and_stays_hidden_in_the_year(client: TestClient, session: Session) -> None:
    publish(session, QUARTERS[:-1])
    publish(session, QUARTERS[-1:], started_in_time={"part": None, "whole": 7})

    quarter, year = figure(client, "started-in-time"), figure(client, "started-in-time", period="2026")

    assert (quarter["state"], quarter["value"], quarter["part"], quarter["text"]) == ("hidden", None, None, "Verborgen")
    assert "verborgen" in quarter["sentence"]
    assert (year["state"], year["value"], year["part"]) == ("hidden", None, None)
    assert quarter["line"][-1] == {"period": LAST, "value": None, "text": "Verborgen"}


def test_no_year_speaks_for_quarters_that_were_published_without_it(client: TestClient, session: Session) -> None:
    publish(session, QUARTERS[:-1])
    publish(session, QUARTERS[-1:], always_there={"part": 91, "whole": 92})

    year = figure(client, "always-there", period="2026")

    assert (year["state"], year["text"]) == ("unpublished", "Niet bekend")


def test_with_one_quarter_there_is_nothing_to_hold_it_against(client: TestClient, session: Session) -> None:
    publish(session, QUARTERS[-1:])

    found = figure(client, "started-in-time")

    assert [each["text"] for each in found["trends"]] == ["Niet bekend", "Niet bekend"]
    assert found["sentence"] == "Van de starts was 78 procent op tijd."


def test_nothing_that_happens_today_changes_a_report(client: TestClient, session: Session) -> None:
    publish(session)
    before = [report(client, area, period) for area in (REGION, ARNHEM) for period in (LAST, "2025")]

    values = {"reference": "2026-0001", "organisation": ARNHEM, "opened_by": "test", "municipality_code": ARNHEM}
    opened = {"opened_at": datetime(2026, 7, 1, tzinfo=UTC), "needed_from": date(2026, 7, 1)}
    child = {"pc4": "6811", "birth_month": "2013-05", "care_type_codes": ["gezinshuis"]}
    session.execute(insert(CareRequest).values(**values, **opened, **child))
    a_statement(session, a_contracted_offer(session), stated_at=datetime(2026, 8, 1, tzinfo=UTC))

    assert [report(client, area, period) for area in (REGION, ARNHEM) for period in (LAST, "2025")] == before


def test_what_must_always_be_there_joins_when_a_region_names_it(client: TestClient, session: Session) -> None:
    publish(session, QUARTERS[:-1], always_there={})
    assert "always-there" not in [each["indicator"]["code"] for each in report(client, period="2026-Q2")["figures"]]

    publish(session, QUARTERS[-1:], always_there={"part": 91, "whole": 92})
    now, year = figure(client, "always-there"), figure(client, "always-there", period="2026")

    assert (now["text"], now["reached"]) == ("99 procent", "nearly")
    assert (year["text"], year["computed"]) == ("99 procent", "91 van 92 dagen is 99 procent.")


# --- targets ---


def test_a_target_is_the_regions_own_from_its_day_on(client: TestClient, session: Session) -> None:
    publish(session)
    aim(session, "started-in-time", 75, "2026-07-01")

    now, before = figure(client, "started-in-time"), figure(client, "started-in-time", period="2026-Q2")

    assert (now["target"]["text"], now["reached"]) == ("75 procent", "reached")
    assert (before["target"], before["reached"]) == (None, "no-target")
    assert now["sentence"] == "Van de starts was 78 procent op tijd; het doel is gehaald."


def test_what_is_usual_holds_until_a_region_chooses_otherwise(client: TestClient, session: Session) -> None:
    publish(session)
    assert figure(client, "realised-wait")["target"]["source"].startswith("Treeknorm")

    aim(session, "realised-wait", 10, "2026-01-01")
    assert figure(client, "realised-wait")["reached"] == "not-reached"

    aim(session, "realised-wait", None, "2026-07-01")
    assert figure(client, "realised-wait")["reached"] == "reached"


def test_a_target_that_was_set_after_the_period_says_so(client: TestClient, session: Session) -> None:
    publish(session)
    aim(session, "started-in-time", 50, "2026-07-01", set_at="2026-11-01")

    target = figure(client, "started-in-time")["target"]

    assert target["afterwards"]
    assert target["source"] == "Gekozen door de regio, na afloop van deze periode."


# --- one definition, three forms ---


def file(client: TestClient, kind: str, area: str, period: str) -> bytes:
    answer = client.get(f"/council-reports/{area}?period={period}&format={kind}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].endswith(f'cijfers-voor-de-raad-{area}-{period}.{kind}"')
    return answer.content


@pytest.mark.slow
@pytest.mark.parametrize("area", [REGION, ARNHEM])
@pytest.mark.parametrize("period", [LAST, "2025", "2026"])
def test_the_paper_carries_the_same_figures(client: TestClient, session: Session, area: str, period: str) -> None:
    publish(session, refused={"part": None}, always_there={"part": 355, "whole": 552})
    written = texts_in(file(client, "pdf", area, period))
    whole = " ".join(written)

    for each in report(client, area, period)["figures"]:
        name = each["indicator"]["name"]
        for said in (name, each["sentence"], each["computed"], each["how"], each["text"], each["reachedText"]):
            assert said in whole, said
        for trend in each["trends"]:
            assert trend["text"] in whole
        for point in each["line"]:
            assert point["text"].split(" ")[0] in whole


@pytest.mark.parametrize("area", [REGION, ARNHEM])
@pytest.mark.parametrize("period", [LAST, "2025"])
def test_the_workbook_carries_the_same_figures(client: TestClient, session: Session, area: str, period: str) -> None:
    publish(session, refused={"part": None})
    book = openpyxl.load_workbook(io.BytesIO(file(client, "xlsx", area, period)))
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}

    for at, each in enumerate(report(client, area, period)["figures"], start=1):
        row = dict(zip(sheets["Cijfers"][0], sheets["Cijfers"][at], strict=True))
        assert row["Cijfer"] == each["indicator"]["name"]
        assert row["Gaat over"] == each["area"]["name"]
        assert (row["Waarde"], row["In woorden"], row["In één zin"]) == (each["value"], each["text"], each["sentence"])
        assert (row["Uit hoeveel"] or "", row["Doel gehaald"]) == (each["fromHowMuch"], each["reachedText"])
        assert row["Doel"] == (each["target"]["text"] if each["target"] else None)
        for trend in each["trends"]:
            assert row[f"Vergeleken met {trend['against']}"] == trend["text"]
        line = [point["text"] if point["value"] is None else point["value"] for point in each["line"]]
        assert list(sheets["Verloop"][at][2:]) == line
        assert sheets["Hoe berekend"][at][2:4] == (each["how"], each["computed"])


@pytest.mark.slow
def test_the_paper_can_be_read_aloud(client: TestClient, session: Session) -> None:
    publish(session, always_there={"part": 355, "whole": 552})
    paper = file(client, "pdf", REGION, LAST)

    assert b"/Lang (nl)" in paper
    assert b"/Marked true" in paper
    assert b"/DisplayDocTitle true" in paper
    assert paper.count(b"/Type /Page\n") == 2
    for kind in (b"/S /H1", b"/S /H2", b"/S /Table", b"/S /TH", b"/Scope /Row", b"/S /Figure"):
        assert kind in paper


# --- asked wrongly ---


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"/council-reports/{REGION}?period=2027", 404, "niets gepubliceerd"),
        ("/council-reports/NL", 404, "Geef een gemeente of een jeugdregio."),
        ("/council-reports/JZ99", 404, "Geef een gemeente of een jeugdregio."),
        ("/council-reports/Arnhem", 400, ""),
        (f"/council-reports/{REGION}?period=2026-Q5", 400, ""),
        (f"/council-reports/{REGION}?format=docx", 400, ""),
    ],
)
def test_what_is_not_there_is_said(client: TestClient, session: Session, address: str, status: int, said: str) -> None:
    publish(session, QUARTERS[-1:])
    answer = client.get(address)

    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_before_anything_is_published_there_is_no_report(client: TestClient) -> None:
    assert client.get("/council-reports").json() == {"items": [], "next": None}
    assert client.get(f"/council-reports/{REGION}").json()["detail"] == "Er is nog niets gepubliceerd."
