"""The story in a real Chromium: the worker searches, the planner changes a number, the worker sees it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from availability.clock import dutch_day
from dashboard import answers
from dashboard.statements import due_first
from tests.stories.conftest import Desk, Service, a_desk

pytestmark = pytest.mark.slow

expect.set_options(timeout=20_000)

WIDTHS = {1440: 900, 1024: 768, 390: 844}
"""A desk, a small laptop, a telephone."""

FOLDED_BELOW = 768
CELLS_BEFORE_OPEN_PLACES = 4

PAGES = {
    "mijn-dag": ("local-team", "GM0202", None),
    "zoeken": ("local-team", "GM0202", "Zoeken"),
    "casussen": ("local-team", "GM0202", "Casussen"),
    "agenda": ("ret-chair", "JZ28", None),
    "regio": ("ret-chair", "JZ28", "Regio"),
    "meldingen": ("regional-contact", "JZ28", None),
    "actualiteit": ("contract-manager", "JZ28", None),
    "mijn-plekken": ("provider", "00100002", None),
    "aanmeldingen": ("provider", "00100002", "Aanmeldingen"),
}
"""Name → role, organisation, and the link to follow from home."""


def search(page: Page, words: str) -> None:
    """By keyboard, from the first field to the results."""
    page.get_by_label("Wat is er nodig?").and_(page.get_by_role("searchbox")).focus()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="✕").first.wait_for()
    page.get_by_role("textbox", name="Postcode").focus()
    page.keyboard.type("6811")
    page.keyboard.press("Tab")
    page.get_by_role("textbox", name="Geboren").focus()
    page.keyboard.type("mei 2013")
    page.keyboard.press("Enter")
    expect(page.locator(".zb-count")).to_contain_text("gecontracteerd")


def card(page: Page, match: answers.Match) -> Locator:
    whose = page.locator(".zb-card").filter(has=page.get_by_role("heading", name=match.provider.name, exact=True))
    return whose.filter(has_text=match.offer).first


def with_room(service: Service) -> answers.Match:
    """The best offer with an open place that the worker will find."""
    question = {
        "municipality": "GM0202",
        "pc4": "6811",
        "birthMonth": "2013-05",
        "careTypes": ["gezinshuis"],
        "neededFrom": dutch_day(datetime.now(UTC)).isoformat(),
        "maxDistanceKm": 40,
    }
    with service.client() as client:
        found = client.matches(service.token("local-team", "GM0202"), question).matches
    return next(match for match in found if match.open_places)


def row_of(service: Service, match: answers.Match) -> int:
    """Where the planner finds this offer in the grid."""
    agb_code = match.provider.agb_code
    with service.client() as client:
        offers = due_first(client.offers_of(service.token("provider", agb_code), agb_code))
    today = dutch_day(datetime.now(UTC))
    shown = [offer.id for offer in offers if offer.published_until is None or offer.published_until >= today]
    return shown.index(match.offer_id)


def type_open_places(page: Page, row: int, places: int) -> None:
    """One click to enter the grid, then the keyboard."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.locator("canvas").first.wait_for()
    grid.click(position={"x": 60, "y": 56})
    for key in (*["ArrowDown"] * row, *["ArrowRight"] * CELLS_BEFORE_OPEN_PLACES, *str(places), "Enter"):
        page.wait_for_timeout(100)  # the grid draws on a canvas: there is nothing else to wait for
        page.keyboard.press(key)


def ask_why(page: Page) -> None:
    page.locator(".zb-card summary").first.press("Enter")
    expect(page.get_by_role("cell", name="van 100").first).to_be_visible()


def test_the_worker_sees_what_the_planner_changed(service: Service, browser: Browser) -> None:
    worker, planner = a_desk(browser), a_desk(browser)
    match = with_room(service)

    worker.sign_in("local-team", "GM0202", service)
    follow(worker, "Zoeken", 1440)
    search(worker.page, "gezinshuis")
    expect(card(worker.page, match)).to_contain_text("vrij")
    ask_why(worker.page)

    planner.sign_in("provider", match.provider.agb_code, service)
    settled(planner)
    type_open_places(planner.page, row_of(service, match), 0)
    expect(planner.page.get_by_role("button", name="Opslaan (1)")).to_be_visible()
    planner.page.keyboard.press("Control+s")
    expect(planner.page.get_by_text("1 opgave opgeslagen")).to_be_visible()

    worker.page.get_by_role("button", name="Stand van").press("Enter")
    # full now: further down with "Vol", or no longer among the first twenty
    expect(card(worker.page, match).filter(has_text="vrij")).to_have_count(0)

    assert worker.page.evaluate("document.documentElement.lang") == "nl"
    assert worker.complaints == []
    assert planner.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_the_screen(service: Service, browser: Browser, pictures: Path | None, width: int) -> None:
    for name, (role, organisation, link) in PAGES.items():
        desk = a_desk(browser, width, WIDTHS[width])
        desk.sign_in(role, organisation, service)
        if link:
            follow(desk, link, width)
        settled(desk)
        if name == "zoeken":
            search(desk.page, "gezinshuis lvb")
            for view in ("Kaart", "Vergelijk", "Lijst"):
                desk.page.get_by_role("radio", name=view).click()
                settled(desk)
                look(desk, pictures, f"{name}-{view.lower()}-{width}")
        look(desk, pictures, f"{name}-{width}")
        assert desk.complaints == []
        desk.page.context.close()


def follow(desk: Desk, link: str, width: int) -> None:
    """To another page; on a telephone the menu is folded away."""
    settled(desk)
    if width < FOLDED_BELOW:
        desk.page.get_by_test_id("stExpandSidebarButton").click()
    desk.page.get_by_role("link", name=link, exact=True).press("Enter")
    settled(desk)
    folded_out = desk.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    if width < FOLDED_BELOW and folded_out.is_visible():
        folded_out.click()


def settled(desk: Desk) -> None:
    """Nothing runs any more, and what was asked for is drawn."""
    expect(desk.page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(desk.page.get_by_test_id("stSkeleton")).to_have_count(0)
    desk.page.wait_for_timeout(500)


def look(desk: Desk, pictures: Path | None, name: str) -> None:
    """The page is no wider than the screen, shows no error, and is kept as a picture if anybody wants it."""
    wider = desk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{name} is {wider} pixels too wide"
    expect(desk.page.get_by_test_id("stException")).to_have_count(0)
    if pictures:
        desk.page.screenshot(path=pictures / f"{name}.png")
