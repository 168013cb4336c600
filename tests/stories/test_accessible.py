"""Every page as axe sees it: nothing serious or critical against WCAG 2.1 A and AA, also in what Streamlit draws."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.casework import Casework
from tests.stories.conftest import Desk, Service, a_desk
from tests.stories.hands import settled

pytestmark = pytest.mark.slow

expect.set_options(timeout=20_000)

ROLES = {
    "local-team": "GM0202",
    "provider": "00100002",
    "ret-chair": "JZ28",
    "regional-contact": "JZ28",
    "contract-manager": "JZ28",
    "official": "GM0202",
}
"""Who sees pages that nobody before them in this list sees, or sees them otherwise."""

WITHOUT_SIGNING_IN = ("", "wachttijden", "raad", "wie-bel-ik")

OPENS = {"Mijn dag", "Agenda", "Aanmeldingen", "Meldingen"}
"""Pages that show one case after a click on its button; from Mijn dag one comes to Casussen."""

ASKED: dict[str, Any] = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

GRAVE = {"serious", "critical"}


def faults(page: Page, name: str) -> Iterator[str]:
    """What axe holds against the page as it is now."""
    settled(page)
    for violation in Axe().run(page, options=ASKED).response["violations"]:
        for node in violation["nodes"] if violation["impact"] in GRAVE else ():
            yield f"{name}: {violation['id']} {node['html'][:160]}"


def pages(desk: Desk) -> list[str]:
    """The names in the bar on top."""
    links = desk.page.get_by_role("navigation").get_by_role("link")
    expect(links.first).to_be_visible()
    return [name for link in links.all() if (name := link.inner_text().strip())]


def lines_of(page: Page) -> Locator:
    """The buttons that open a case."""
    return page.get_by_role("button", name=re.compile(r"^Open \S"))


def open_first(page: Page) -> None:
    lines = lines_of(page)
    lines.first.press("Enter")
    expect(lines).to_have_count(0)


def put_on_the_agenda(service: Service) -> None:
    """A case of which nobody is asked any more, registered with the expert team by its worker."""
    with service.client() as client:
        work = Casework(client, service.token("local-team", ROLES["local-team"]))
        stuck = next(task.case_id for task in work.my_day().tasks if task.code == "choose-next-step")
        work.register_with_ret(str(stuck))


def test_no_page_keeps_somebody_out(service: Service, browser: Browser) -> None:
    put_on_the_agenda(service)
    found: list[str] = []
    desk = a_desk(browser)
    for path in WITHOUT_SIGNING_IN:
        desk.page.goto(f"{service.screens}/{path}")
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        found += faults(desk.page, path or "aanmelden")
    seen: set[str] = set()
    opened: set[str] = set()
    for role, organisation in ROLES.items():
        desk = a_desk(browser)
        desk.sign_in(role, organisation, service)
        for number, name in enumerate(pages(desk)):
            if number and name in seen:
                continue
            seen.add(name)
            desk.page.get_by_role("link", name=name, exact=True).press("Enter")
            settled(desk.page)
            expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
            found += faults(desk.page, f"{role} {name}")
            if name in OPENS:
                expect(lines_of(desk.page).first).to_be_visible()
                open_first(desk.page)
                opened.add(name)
                found += faults(desk.page, f"{role} {name} opened")
        desk.page.context.close()
    assert opened >= OPENS
    assert not found, "\n".join(found)
