"""The tab "Leren": what a region learnt, in sentences first, with the facts below each; full, empty and by role."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import jsonschema_rs
import pandas as pd
import pytest
import streamlit as st
from pandas.testing import assert_frame_equal
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard import learning_frames as frames
from dashboard.client import Client
from dashboard.learning import Learning, Lessons, Period, name_of, periods
from dashboard.session import Person
from dashboard.texts import lessons as words
from tests.dashboard.conftest import said
from tests.dashboard.fake_api import TOKEN
from tests.dashboard.fake_lessons import ABOUT, FakeLessons, a_lesson

OPENAPI = json.loads((Path(dashboard.session.__file__).parents[1] / "openapi.json").read_text())
YEAR = Period(since=date(2025, 10, 1), until=date(2026, 9, 30))


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> FakeLessons:
    fake = FakeLessons()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    return fake


@pytest.fixture
def told(api: FakeLessons) -> Lessons:
    return Learning(dashboard.session.api(), TOKEN, "JZ28").lessons(YEAR)


def tab() -> None:
    from dashboard import lessons  # noqa: PLC0415 - runs as a script of its own

    lessons.show("JZ28")


def shown() -> AppTest:
    app = AppTest.from_function(tab, default_timeout=30)
    app.session_state["person"] = Person(TOKEN, "ret-chair", "JZ28", "Centraal Gelderland")
    return app.run()


# --- the tab -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_each_lesson_is_told_in_the_order_of_the_service(api: FakeLessons) -> None:
    app = shown()

    assert [each.value for each in app.subheader] == [words.TITLES[about] for about in ABOUT]
    assert "Dit leert u van refusals." in said(app)
    assert "Zo is refusals berekend." in said(app)
    assert len(app.dataframe) == len(ABOUT) + 1  # of the expert team both outcomes and causes
    assert not app.exception


@pytest.mark.slow
def test_another_period_is_asked_anew(api: FakeLessons) -> None:
    app = shown()
    quarter = periods(dashboard.session.today())[1]

    app.selectbox(key="leren-periode").select(quarter).run()

    assert len([path for _, path, _ in api.asked if path == "regions/JZ28/lessons"]) == 2
    assert not app.exception


@pytest.mark.slow
def test_a_period_in_which_too_little_happened_says_so(api: FakeLessons) -> None:
    api.lessons = [a_lesson(about, 0, 0) for about in ABOUT]

    app = shown()

    assert app.info[0].value == words.TOO_LITTLE
    assert not app.subheader


@pytest.mark.slow
def test_what_is_not_known_yet_is_named(api: FakeLessons) -> None:
    api.lessons = [a_lesson("refusals"), a_lesson("of-age", 0, 0), a_lesson("contacts", 0, 0)]

    app = shown()

    assert len(app.subheader) == 1
    assert "Nog niets bekend over: blijven na 18 jaar, contact met het lokale team." in said(app)


@pytest.mark.slow
def test_who_contracts_sees_what_is_about_supply(api: FakeLessons) -> None:
    api.for_the_chair = False
    api.lessons = [a_lesson(about) for about in ("refusals", "waits", "sizes", "places")]

    app = shown()

    assert len(app.subheader) == 4
    assert not app.exception


# --- periods -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        (date(2026, 11, 22), date(2025, 10, 1), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2025, 7, 1), date(2026, 6, 30)),
        (date(2027, 1, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_one_first_sees_the_last_four_quarters_that_are_over(today: date, since: date, until: date) -> None:
    year, *quarters, year_before = periods(today)

    assert year == Period(since=since, until=until)
    assert quarters[0].until == until
    assert quarters[-1].since == since
    assert year_before.until < since
    assert len({each.since for each in quarters}) == 4


def test_a_period_is_called_by_its_months() -> None:
    assert name_of(YEAR) == "Vier kwartalen: oktober 2025 tot en met september 2026"
    assert name_of(Period(since=date(2026, 7, 1), until=date(2026, 9, 30))).startswith("Eén kwartaal: juli 2026")


# --- tables and pictures -------------------------------------------------------------------------------------------


def test_a_step_stands_beside_its_term(told: Lessons) -> None:
    first, second = frames.steps_table(told.steps or ()).to_dict("records")

    assert (first["Te laat"], first["Op tijd"]) == (11, "7 van 18 (39\u00a0%)")
    assert (first["Helft binnen"], first["Negen van de tien binnen"], first["Termijn"]) == (
        "7 werkdagen", "Nog niet te zeggen", "5 werkdagen",
    )  # fmt: skip
    assert second["Termijn"] == "Wisselt"


def test_care_that_nobody_refused_is_left_out(told: Lessons) -> None:
    table = frames.refusals_table(told.refusals)

    assert table.to_dict("list") == {
        "Zorgvorm": ["Alles samen", "Gezinshuis"],
        "Afwijzingen": [14, 14],
        "Antwoorden": [40, 30],
        "Geen plek": [9, 0],
        "Past niet": [3, 0],
        "Reden niet getoond": [2, 14],
    }


def test_a_wait_says_how_much_longer_it_was(told: Lessons) -> None:
    assert list(frames.waits_table(told.waits)["Verschil"]) == ["5 weken later", "zoals opgegeven"]


def test_each_picture_has_its_facts_in_a_table(told: Lessons) -> None:
    sizes, places = frames.sizes_chart(told.sizes), frames.places_chart(told.places)

    assert {(each["size"], each["said"]) for each in sizes["data"]["values"]} == {
        (row["Aanbieders"], row[column].partition("(")[2].rstrip(")"))
        for row in frames.sizes_table(told.sizes).to_dict("records")
        for column in words.SIZE_COLUMNS[2:4]
    }
    assert [each["places"] for each in places["data"]["values"]] == [40, 60, 46, 55]


def test_the_other_tables_say_what_was_counted(told: Lessons) -> None:
    assert told.contacts
    assert told.of_age
    assert list(frames.contacts_table(told.contacts)["Aantal"]) == [20, 3, 2]
    assert list(frames.of_age_table(told.of_age)["Jongeren"]) == [5, 3, 2]
    assert list(frames.places_table(told.places)["Aandeel in een gezin"]) == ["40\u00a0%", "46\u00a0%"]
    assert told.escalations
    causes = pd.DataFrame({"Oorzaak": ["Wachttijden", "Niet vastgelegd"], "Kinderen": [4, 1]})
    assert_frame_equal(frames.counts_table(told.escalations.causes, words.CAUSE_COLUMNS), causes)


# --- the fake ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("for_the_chair", [True, False])
def test_the_fake_answers_as_the_service_would(api: FakeLessons, for_the_chair: bool) -> None:
    api.for_the_chair = for_the_chair
    operation = OPENAPI["paths"]["/regions/{code}/lessons"]["get"]
    schema: dict[str, Any] = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answer = api.told({"since": "2025-10-01", "until": "2026-09-30"})

    faults = jsonschema_rs.Draft202012Validator({**schema, "components": OPENAPI["components"]}).iter_errors(answer)

    assert [f"{fault.instance_path}: {fault.message}" for fault in faults] == []
    assert {parameter["name"] for parameter in operation["parameters"]} >= {"since", "until"}
