"""What everybody may see: frozen quarters, small numbers hidden wherever one looks, years that add nothing."""

import csv
import io
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from availability.geography.atlas import load_atlas
from availability.publication.periods import Quarter
from availability.publication.snapshot import publish
from availability.refusals import Conflict
from availability.vocabulary.lexicon import load_lexicon
from matcher.suppression import SMALLEST_SHOWN
from tests.availability.publication.builders import a_case
from tests.availability.publication.world import QUARTERS, REGION, TODAY, items

pytestmark = pytest.mark.slow


def test_anybody_may_ask_and_the_newest_quarter_answers(published_client: TestClient) -> None:
    answer = published_client.get("/waiting-times").json()

    assert answer["period"]["code"] == "2026-Q3"
    assert answer["version"] == 1
    assert "onder de vijf" in answer["smallNumbers"]
    periods = published_client.get("/waiting-times/periods").json()["items"]
    assert [each["code"] for each in periods] == [str(quarter) for quarter in reversed(QUARTERS)]


@pytest.mark.parametrize(
    "address",
    [
        "/waiting-times",
        "/waiting-times/export",
        "/waiting-times/years/2026",
        "/waiting-times/periods",
        "/council-reports",
        f"/council-reports/{REGION}",
        f"/council-reports/{REGION}?format=xlsx",
    ],
)
def test_what_was_frozen_may_be_kept_for_ten_minutes_and_a_refusal_may_not(
    address: str, published_client: TestClient
) -> None:
    answer = published_client.get(address)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=600")
    assert published_client.get("/waiting-times?period=2020-Q1").headers["Cache-Control"] == "no-store"
    assert published_client.get(f"/regions/{REGION}/targets").headers["Cache-Control"] == "no-store"


def test_waits_of_children_are_told_in_whole_weeks(published_client: TestClient) -> None:
    told = [each[name] for each in items(published_client) for name in ("waitedDays", "realisedDays")]
    days = [each for each in told if each is not None]

    assert days
    assert all(each % 7 == 0 for each in days)


def test_a_filter_shows_less_and_never_more(published_client: TestClient) -> None:
    everything = {(each["area"]["code"], each["kind"]["code"]): each for each in items(published_client)}
    some = items(published_client, f"?area={REGION}&careType=gezinsbegeleiding")

    assert [(each["area"]["code"], each["kind"]["code"]) for each in some] == [(REGION, "gezinsbegeleiding")]
    assert some[0] == everything[REGION, "gezinsbegeleiding"]


def test_no_number_below_five_is_ever_told(published_client: TestClient) -> None:
    for quarter in QUARTERS:
        for each in items(published_client, f"?period={quarter}"):
            assert each["waiting"] is None or each["waiting"] >= SMALLEST_SHOWN
            assert (each["waiting"] is None) == (each["waitedDays"] is None)


def test_the_open_data_says_exactly_the_same(published_client: TestClient) -> None:
    answer = published_client.get("/waiting-times/export?period=2026-Q2")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    told = {
        (each["area"]["code"], each["kind"]["level"], each["kind"]["code"]): each
        for each in items(published_client, "?period=2026-Q2")
    }

    assert answer.headers["content-type"].startswith("text/csv")
    assert len(rows) == len(told)
    for row in rows:
        same = told[row["area_code"], row["kind_level"], row["kind"]]
        assert row["waiting"] == ("" if same["waiting"] is None else str(same["waiting"]))
        assert row["waiting_hidden"] == str(same["waiting"] is None).lower()
        team = same["localTeam"] or {"talks": None, "waiting": None}
        assert row["team_talks"] == ("" if team["talks"] is None else str(team["talks"]))
        assert row["team_waiting_hidden"] == (str(team["waiting"] is None).lower() if same["localTeam"] else "")


def test_a_year_is_what_its_quarters_say(published_client: TestClient) -> None:
    answer = published_client.get(f"/waiting-times/years/2026?area={REGION}").json()
    quarters = [
        {each["kind"]["code"]: each for each in items(published_client, f"?area={REGION}&period={quarter}")}
        for quarter in QUARTERS[2:]
    ]

    assert answer["quarters"] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    for each in answer["items"]:
        of_quarters = [quarter[each["kind"]["code"]] for quarter in quarters]
        starts = [quarter["started"] for quarter in of_quarters]
        waits = [quarter["waitedDays"] for quarter in of_quarters if quarter["waitedDays"] is not None]
        assert each["started"]["number"] == (None if None in starts else sum(starts))
        assert each["waitedDays"] == ({"low": min(waits), "high": max(waits)} if waits else None)
    assert answer["items"][0]["teamTalks"]["atLeast"] >= SMALLEST_SHOWN


def test_a_local_team_stands_beside_the_providers(published_client: TestClient) -> None:
    (everything,) = [each for each in items(published_client, f"?area={REGION}") if each["kind"]["level"] == "all"]
    team = everything["localTeam"]

    assert team["talks"] >= SMALLEST_SHOWN
    assert team["text"].startswith(f"De helft van de gesprekken was binnen {team['waitWorkingDays']} werkdagen.")
    assert all(
        each["localTeam"] is None
        for each in items(published_client)
        if each["kind"]["level"] != "all" or each["area"]["code"] == "NL"
    )


def test_a_wait_is_told_beside_that_of_the_quarter_before(published_client: TestClient) -> None:
    query = f"?area={REGION}&careType=gezinshuis&period="

    assert items(published_client, f"{query}2026-Q2")[0]["trend"] is None
    assert (
        items(published_client, f"{query}2026-Q3")[0]["trend"] == "Dat is ongeveer even lang als het kwartaal ervoor."
    )


def test_the_providers_waits_stand_beside_and_say_how_old_they_are(published_client: TestClient) -> None:
    (homes,) = items(published_client, f"?period=2026-Q2&area={REGION}&careType=gezinshuis")

    assert (homes["offers"], homes["statedWaitDays"], homes["certainty"]) == (1, 42, "certain")
    assert homes["text"] == "Hulp start binnen zes weken. De opgaven zijn nieuw."


def test_what_was_published_never_changes(published_session: Session, published_client: TestClient) -> None:
    before = items(published_client)
    a_case(published_session, date(2026, 7, 1), care_type_codes=["gezinsbegeleiding"])

    with pytest.raises(Conflict, match="al gepubliceerd"):
        publish(published_session, QUARTERS[-1], load_atlas(published_session), load_lexicon(published_session), TODAY)
    assert items(published_client) == before
    with pytest.raises(DBAPIError, match="never changed"), published_session.begin_nested():
        published_session.execute(text("UPDATE published_figure SET offers = 0"))


def test_a_quarter_that_is_not_over_cannot_be_published(published_session: Session) -> None:
    with pytest.raises(Conflict, match="nog niet voorbij"):
        publish(
            published_session, Quarter(2026, 4), load_atlas(published_session), load_lexicon(published_session), TODAY
        )


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?period=2020-Q1", 404),
        ("?period=2026-Q5", 400),
        ("?area=Arnhem", 400),
        ("?careType=Gezin%20huis", 400),
        ("/years/2020", 404),
        ("/years/2026-Q2", 400),
    ],
)
def test_what_is_not_there_is_said(published_client: TestClient, query: str, status: int) -> None:
    assert published_client.get(f"/waiting-times{query}").status_code == status
    if query.startswith("?"):
        assert published_client.get(f"/waiting-times/export{query}").status_code == status
