"""Wachttijden, for everybody: how long, how sure, what to do now; what is hidden says so."""

from collections.abc import Iterator
from datetime import date

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard import waiting_times
from dashboard.answers import CareType
from dashboard.client import Client
from dashboard.texts import council
from dashboard.texts import waiting_times as words
from dashboard.waiting_times import Between, OneYear, Period, Total, WaitingTime
from tests.dashboard.conftest import APP, said
from tests.dashboard.fake_api import a_care_type
from tests.dashboard.fake_oversight import FAMILY, FakeOversight, a_waiting_time, a_year_of_waiting

FAMILY_NAME = str(FAMILY["name"])
CARE_TYPES = [
    CareType.model_validate(each)
    for each in (
        a_care_type(),
        a_care_type("pleegzorg", "Pleegzorg"),
        a_care_type("lokaal-team", "Hulp van het lokale team", family="Vrij toegankelijk"),
        a_care_type("crisis-pleegzorg", "Pleegzorg bij crisis", crisis=True),
    )
]


def test_of_each_family_one_chooses_the_whole_or_a_kind() -> None:
    assert list(waiting_times.choices(CARE_TYPES).items()) == [
        (FAMILY_NAME, "Wonen in een gezin (alles)"),
        ("gezinshuis", "Gezinshuis"),
        ("pleegzorg", "Pleegzorg"),
        ("Vrij toegankelijk", "Vrij toegankelijk (alles)"),
        ("lokaal-team", "Hulp van het lokale team"),
    ]


def test_below_everything_are_the_families_and_below_a_family_its_kinds() -> None:
    items = [WaitingTime.model_validate(each) for each in (a_waiting_time(), a_waiting_time(kind=FAMILY))]

    assert [row.kind.code for row in waiting_times.below(items, None, CARE_TYPES)] == [FAMILY_NAME]
    assert [row.kind.code for row in waiting_times.below(items, FAMILY_NAME, CARE_TYPES)] == ["gezinshuis"]
    assert waiting_times.below(items, "gezinshuis", CARE_TYPES) == []


@pytest.mark.parametrize(
    ("number", "at_least", "told"), [(30, 30, "30"), (None, 14, "14 of meer"), (None, None, words.HIDDEN)]
)
def test_a_year_of_which_a_quarter_is_hidden_has_only_a_least(
    number: int | None, at_least: int | None, told: str
) -> None:
    assert waiting_times.number(Total(number=number, at_least=at_least)) == told


def test_of_a_year_the_shortest_and_the_longest_quarter() -> None:
    assert waiting_times.span(Between(low=42, high=63), "?") == "6 weken tot 9 weken"
    assert waiting_times.span(Between(low=42, high=43), "?") == "6 weken"
    assert waiting_times.span(None, "?") == "?"


def test_a_year_of_which_nothing_is_known_has_no_row() -> None:
    unknown = a_year_of_waiting(started={"number": None, "atLeast": None}, statedWaitDays=None)

    assert waiting_times.below([OneYear.model_validate(unknown)], FAMILY_NAME, CARE_TYPES) == []


def test_a_year_that_is_not_over_says_so() -> None:
    quarters = [
        Period(code=f"{year}-Q{number}", first_day=date(year, 3 * number - 2, 1), last_day=date(year, 12, 31))
        for year, many in ((2026, 3), (2025, 4))
        for number in range(many, 0, -1)
    ]

    assert waiting_times.years(quarters) == {2026: "2026 tot nu toe", 2025: "Heel 2025"}


# --- the page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOversight]:
    fake = FakeOversight()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


@pytest.fixture
def anybody(api: FakeOversight) -> AppTest:
    """Somebody in Arnhem."""
    page = AppTest.from_file(str(APP), default_timeout=30).run().switch_page("app_pages/wachttijden.py").run()
    return page.selectbox(key="gemeente").select("GM0202").run()


@pytest.mark.slow
def test_anybody_sees_first_how_long_how_sure_and_what_to_do_now(anybody: AppTest) -> None:
    assert not anybody.exception
    assert [(each.label, each.value) for each in anybody.metric] == [(words.STARTS_WITHIN, "4 weken")]
    assert "Dat is twee weken korter dan een jaar eerder. Soms duurt het 14 weken." in said(anybody)
    assert words.SURE["certain"] in said(anybody)
    assert "Bel uw lokale team." in said(anybody)
    assert "72 kinderen wachtten op hulp, de helft langer dan 9 weken." in said(anybody)


@pytest.mark.slow
def test_the_local_team_stands_beside_the_providers(anybody: AppTest) -> None:
    assert "Het team geeft dit op. Hulp start binnen tien dagen." in said(anybody)
    assert "Dit tellen we in Arnhem. De helft van de gesprekken was binnen 3 werkdagen." in said(anybody)


@pytest.mark.slow
def test_where_the_town_is_too_small_the_region_is_told(anybody: AppTest, api: FakeOversight) -> None:
    api.published["GM0202"][0]["localTeam"] |= {"waitWorkingDays": None, "text": "Dat tonen we niet."}
    st.cache_data.clear()

    assert "Dit tellen we in Centraal Gelderland. De helft van de gesprekken" in said(anybody.run())


@pytest.mark.slow
def test_a_hidden_number_says_so_and_is_never_zero(anybody: AppTest, api: FakeOversight) -> None:
    for row in (*api.published["JZ28"], *api.published["GM0202"]):
        row |= {"waiting": None, "waitedDays": None}
    st.cache_data.clear()
    anybody.run()

    assert anybody.dataframe[0].value["Kinderen die wachten"].tolist() == [words.HIDDEN]
    assert words.WAITING_HIDDEN in said(anybody)


@pytest.mark.slow
def test_one_kind_or_a_family_of_kinds(anybody: AppTest) -> None:
    anybody.selectbox(key="hulp").select("gezinshuis").run()
    assert anybody.metric[0].value == "6 weken"
    assert not anybody.dataframe

    anybody.selectbox(key="hulp").select(FAMILY_NAME).run()
    assert anybody.dataframe[0].value.iloc[0].tolist()[:2] == ["Gezinshuis", "6 weken"]

    anybody.selectbox(key="hulp").select("pleegzorg").run()
    assert words.NO_FIGURES in said(anybody)


@pytest.mark.slow
def test_a_year_stands_next_to_the_quarter(anybody: AppTest) -> None:
    anybody.segmented_control(key="tijd").set_value("2026").run()

    assert not anybody.exception
    assert "Cijfers van 2026, uit één kwartaal." in said(anybody)
    assert "Bij de helft van het aanbod startte hulp binnen zes tot negen weken." in said(anybody)
    assert anybody.dataframe[0].value.iloc[1].tolist() == [
        FAMILY_NAME,
        "6 weken tot 9 weken",
        words.HIDDEN,
        "14 of meer",
    ]


@pytest.mark.slow
def test_before_anything_is_published_it_says_whom_to_call(anybody: AppTest, api: FakeOversight) -> None:
    api.published = {}
    st.cache_data.clear()

    assert words.NOTHING_YET in said(anybody.run())


@pytest.mark.slow
def test_from_the_waiting_times_one_goes_to_the_figures_of_ones_own_town(anybody: AppTest) -> None:
    [link] = [each.proto for each in anybody.get("page_link") if each.proto.label == council.OF_YOUR_TOWN]
    assert (link.page, link.query_string) == ("raad", "gebied=GM0202")
