"""What somebody's hands do with the fields of a page: pick, write, type a date, press; by the labels one reads."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.stories.conftest import Desk, Service


def at(desk: Desk, service: Service, role: str, organisation: str, page: str = "") -> None:
    """Signed in, and on a page of that role; without a page, at home."""
    desk.sign_in(role, organisation, service)
    if page:
        follow(desk.page, page)


def follow(page: Page, link: str) -> None:
    settled(page)
    page.get_by_role("link", name=link, exact=True).press("Enter")
    expect(page.get_by_role("heading", name=link, level=1)).to_be_visible()


def settled(page: Page) -> None:
    """Nothing runs any more, and nothing that went is still fading out."""
    page.wait_for_timeout(150)  # what was just done has to reach the server before it can be seen to run
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.locator('[data-stale="true"]')).to_have_count(0)


def press(page: Page, name: str) -> None:
    settled(page)
    page.get_by_role("button", name=name).and_(page.locator(":enabled")).first.press("Enter")


def pick(page: Page, label: str, option: str) -> None:
    """From a list, by typing it."""
    settled(page)
    box = _field(page, "stSelectbox", label).locator("input")
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option).first.click()


def choose(page: Page, option: str) -> None:
    """One of the answers that stand beside each other."""
    settled(page)
    page.get_by_test_id("stRadio").get_by_text(option, exact=True).click()


def write(page: Page, label: str, text: str) -> None:
    settled(page)
    page.get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(text)
    page.keyboard.press("Tab")


def write_day(page: Page, label: str, day: date) -> None:
    settled(page)
    _field(page, "stDateInput", label).get_by_role("spinbutton").first.focus()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.keyboard.press("Tab")


def _field(page: Page, kind: str, label: str) -> Locator:
    return page.get_by_test_id(kind).filter(has=page.get_by_text(label)).first
