"""Ten minutes of a chair before the meeting, and a parent's question: in a real browser, beside what the API says."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard import shortages
from dashboard.shortages import Falling
from dashboard.texts import cases, showing
from dashboard.texts import shortages as words
from tests.stories.conftest import Service, a_desk
from tests.stories.hands import at, follow, pick, press, settled, write

pytestmark = pytest.mark.slow

expect.set_options(timeout=20_000)

REGION = "JZ28"


@contextmanager
def asking(service: Service) -> Iterator[Falling]:
    """The same questions over the API."""
    with service.client() as client:
        yield Falling(client, service.token("ret-chair", REGION), REGION)


def figure(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMetric").filter(has=page.get_by_text(label, exact=True))


def headings_below(page: Page, title: str) -> list[str]:
    """The names of the cards under a heading, from top to bottom."""
    every = page.get_by_role("main").get_by_role("heading").all_inner_texts()
    return every[every.index(title) + 1 :]


def test_a_chair_has_ten_minutes(service: Service, browser: Browser) -> None:
    """What lies before the team, what is worst and why, what a place more would do there, and who is watched."""
    desk = a_desk(browser)
    at(desk, service, "ret-chair", REGION)
    page = desk.page
    expect(page.get_by_role("heading", name=cases.AGENDA, level=1)).to_be_visible()

    follow(page, words.TITLE)
    with asking(service) as falling:
        told = falling.shortages()
    worst = [row for row in told.shortages if row.unplaced][:3]
    assert worst
    settled(page)
    assert headings_below(page, words.WORST)[: len(worst)] == [row.kind.name for row in worst]
    for row in worst:
        expect(page.get_by_text(shortages.sentences(row.reasons))).to_be_visible()
    unplaced = sum(row.unplaced for row in told.shortages)
    expect(figure(page, words.UNPLACED)).to_contain_text(showing.whole(unplaced))
    expect(page.get_by_text(told.advice.text)).to_be_visible()

    helped = next(row for row in worst if row.worth)
    assert helped.worth
    follow(page, words.WHAT_IF)
    pick(page, words.CARE_TYPE, helped.kind.name)
    pick(page, words.MUNICIPALITY, helped.worth.municipality.name)
    write(page, words.PLACES, "3")
    press(page, words.CALCULATE)
    wish = {"kind": "more-places", "careType": helped.kind.code, "places": 3}
    with asking(service) as falling:
        imagined = falling.imagine(wish | {"municipality": helped.worth.municipality.code})
    assert imagined.helped == helped.worth.curve[2]
    expect(figure(page, words.HELPED_NOW)).to_contain_text(showing.whole(imagined.helped))
    expect(page.get_by_text(imagined.advice.text).first).to_be_visible()

    follow(page, cases.WORRYING)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert desk.complaints == []
