"""The council's evening in a real browser: five figures read, a report taken along, a target chosen; and a councillor
who reads the same without signing in."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import insert

from availability.access.tables import DemoAccount
from availability.database import make_engine, make_sessions
from tests.availability.council.published import publish
from tests.availability.council.reading import texts_in
from tests.conftest import copied_database
from tests.stories.conftest import Service, a_desk
from tests.stories.hands import at, press, settled

pytestmark = pytest.mark.slow

expect.set_options(timeout=20_000)

FIVE = {
    "Kinderen die wachten": "2.200 kinderen",
    "Tijd van vraag tot start": "13,6 weken",
    "Op tijd begonnen": "78 procent",
    "Wachten op het lokale team": "4 werkdagen",
    "Opgaven op tijd": "80 procent",
}
"""As everybody may see them of the third quarter of 2026."""

LOOKS_FOR_ITSELF = "the server responded with a status of 404"
"""Opened at the address of a page, Streamlit first asks there for its own health."""


@pytest.fixture(scope="module")
def world(server_url: str, template: str) -> Iterator[str]:
    """Two and a half years of published quarters; a report needs no more, so here is no more."""
    with copied_database(server_url, template, "council") as url:
        engine = make_engine(url)
        with make_sessions(engine).begin() as session:
            publish(session)
            session.execute(insert(DemoAccount).values(role="ret-chair", organisation="JZ28", note="", sort=1))
        engine.dispose()
        yield url


def taken(page: Page, label: str, folder: Path) -> bytes:
    """A file, by keyboard."""
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=label).press("Enter")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file.read_bytes()


def reads_the_five(page: Page) -> None:
    for name, value in FIVE.items():
        expect(page.get_by_role("heading", name=name, level=3)).to_be_visible()
        expect(page.get_by_text(value, exact=True).first).to_be_visible()


def test_a_chair_reads_five_figures_and_takes_the_report_along(
    service: Service, browser: Browser, tmp_path: Path, pictures: Path | None
) -> None:
    desk = a_desk(browser)
    page = desk.page
    at(desk, service, "ret-chair", "JZ28", "Cijfers")
    expect(page.get_by_role("heading", name="De vijf cijfers")).to_be_visible()
    reads_the_five(page)
    page.locator("summary").nth(2).press("Enter")
    expect(page.get_by_text("320 van 412 starts is 78 procent.")).to_be_visible()
    if pictures:
        page.screenshot(path=pictures / "cijfers.png")

    paper = " ".join(texts_in(taken(page, "Rapport als PDF", tmp_path)))
    book = openpyxl.load_workbook(io.BytesIO(taken(page, "Rapport als spreadsheet", tmp_path)))
    values = {row[0]: row[4] for row in book["Cijfers"].iter_rows(values_only=True)}

    assert {name: values[name] for name in FIVE} == FIVE
    assert all(name in paper and value in paper for name, value in FIVE.items())

    settled(page)
    page.get_by_role("combobox", name="Voor welk cijfer?").focus()
    page.keyboard.type("Op tijd begonnen")
    expect(page.get_by_role("option", name="Op tijd begonnen")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_label("Doel (procent)").fill("75")
    page.keyboard.press("Tab")
    press(page, "Doel vastleggen")
    expect(page.get_by_text("Het doel is vastgelegd.")).to_be_visible()
    expect(page.get_by_text("Van de starts was 78 procent op tijd; het doel is gehaald.")).to_be_visible()
    assert desk.complaints == []


def test_a_councillor_reads_the_same_by_a_link_without_signing_in(
    service: Service, browser: Browser, pictures: Path | None
) -> None:
    desk = a_desk(browser, 390, 844)
    desk.page.goto(f"{service.screens}/raad?gebied=JZ28")

    reads_the_five(desk.page)
    settled(desk.page)
    wider = desk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert wider <= 0
    assert [said for said in desk.complaints if LOOKS_FOR_ITSELF not in said] == []
    if pictures:
        desk.page.screenshot(path=pictures / "raad-390.png")
