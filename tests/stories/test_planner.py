"""A planner's morning in a real browser: forty offers up to date in under two minutes, by hand and by spreadsheet.

Her own time, by the model of `planner`, and what the machine lets her wait are bounded together.
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from dashboard import answers
from dashboard.statements import EVERYDAY, SELDOM, due_first
from tests.stories.conftest import Service, a_desk
from tests.stories.hands import settled
from tests.stories.planner import Planner

pytestmark = pytest.mark.slow

expect.set_options(timeout=20_000)

PROVIDER = "00100002"
SIGN_IN = "Verder als jeugdhulpaanbieder, Stichting De Zevende Brug"
OFFERS = 40
MOST_SECONDS = 120
"""Of hands and waiting together."""

FIRST_NUMBERS = {"open_places": 2, "occupied_places": 6, "reserved_places": 0, "total_places": 8,
                 "intake_wait_days": 14, "treatment_wait_days": 28}  # fmt: skip
"""For an offer of which nothing was ever stated, as the columns stand."""


def offers_of(service: Service) -> list[answers.Offer]:
    """In the order of the grid."""
    with service.client() as client:
        return due_first(client.offers_of(service.token("provider", PROVIDER), PROVIDER))


def where_a_child_left(offers: list[answers.Offer], count: int) -> dict[int, answers.Offer]:
    """The first rows with a child in them and no stop, by their row in the grid."""
    free = {
        row: offer
        for row, offer in enumerate(offers)
        if offer.capacity and offer.capacity.occupied_places and not offer.capacity.admission_stop
    }
    return dict(list(free.items())[:count])


def with_one_more(offer: answers.Offer) -> tuple[int, int]:
    """Open and occupied, after one child left."""
    assert offer.capacity
    return offer.capacity.open_places + 1, offer.capacity.occupied_places - 1


def changes_in_the_grid(planner: Planner, rows: dict[int, answers.Offer]) -> None:
    """Two numbers in each row, and saved."""
    types_in_the_grid(planner, {row: with_one_more(offer) for row, offer in rows.items()})


def types_in_the_grid(planner: Planner, rows: Mapping[int, Sequence[int]]) -> None:
    for row, numbers in rows.items():
        planner.click_cell(row)
        planner.type(*numbers)
    planner.presses("Control+s", f"Opslaan ({len(rows)})")
    planner.waits_for("opgeslagen. Iedereen die zoekt")


def fills_the_template(planner: Planner, folder: Path, changed: Sequence[answers.Offer]) -> Path:
    """Taken from the page, filled in where a child left, and kept."""
    with planner.page.expect_download() as download:
        planner.click("Sjabloon ↓")
    file = folder / "plekken.xlsx"
    download.value.save_as(file)
    planner.keys(2)  # opens what was taken
    book = openpyxl.load_workbook(file)
    header, *rows = book["Plekken"].iter_rows()
    columns = {cell.value: at for at, cell in enumerate(header)}
    by_id = {str(row[columns["Aanbod-id"]].value): row for row in rows}
    for offer in changed:
        numbers = with_one_more(offer)
        planner.fills_in(numbers)
        for name, value in zip(("Vrij", "Bezet"), numbers, strict=True):
            by_id[str(offer.id)][columns[name]].value = value
    book.save(file)
    planner.keys(2)  # keeps it
    return file


def sends(planner: Planner, file: Path) -> None:
    planner.click("Bestand ↑")
    with planner.page.expect_file_chooser() as chooser:
        planner.page.get_by_test_id("stFileUploaderDropzone").locator("button").click()
    planner.picks_the_file()
    chooser.value.set_files(file)
    planner.waits_for("Rijen in uw bestand")
    planner.click(f"Opslaan ({OFFERS})")
    planner.waits_for("bevestigd als niet veranderd.")


def begins(planner: Planner, service: Service) -> None:
    """Signed in, with the grid in sight."""
    with planner.waits():
        planner.page.goto(service.screens)
        planner.page.get_by_role("button", name=SIGN_IN).wait_for()
    planner.click(SIGN_IN)
    with planner.waits():
        planner.page.get_by_test_id("stDataFrame").first.locator("canvas").first.wait_for()


def in_time(planner: Planner, what: str, capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether her hands and the waiting stayed within two minutes; the figures are told."""
    with capsys.disabled():
        sys.stderr.write(f"\nforty offers {what}: {planner}\n")
    return planner.seconds + planner.waited <= MOST_SECONDS


def test_forty_offers_are_up_to_date_in_two_minutes(
    service: Service, browser: Browser, capsys: pytest.CaptureFixture[str], pictures: Path | None
) -> None:
    before = offers_of(service)
    stale = [offer for offer in before if offer.capacity and offer.capacity.freshness != "fresh"]
    never = {row: tuple(FIRST_NUMBERS.values()) for row, offer in enumerate(before) if not offer.capacity}
    changed = where_a_child_left(before, 3)
    assert (len(before), bool(stale), bool(never)) == (OFFERS, True, True)
    desk = a_desk(browser)
    planner = Planner(desk.page)

    begins(planner, service)
    mistaken = dict(list(changed.items())[:1])
    changes_in_the_grid(planner, mistaken)
    planner.click("Ongedaan maken")
    planner.waits_for("1 opgave teruggezet")
    changes_in_the_grid(planner, changed)
    planner.click("niet veranderd")
    planner.waits_for("bevestigd als niet veranderd.")
    types_in_the_grid(planner, never)
    if pictures:
        desk.page.screenshot(path=pictures / "mijn-plekken-bij.png")

    after = {offer.id: offer.capacity for offer in offers_of(service)}
    assert [offer_id for offer_id, stated in after.items() if stated is None or stated.freshness != "fresh"] == []
    for offer in changed.values():
        stated = after[offer.id]
        assert stated
        assert (stated.open_places, stated.occupied_places) == with_one_more(offer)
    for row in never:
        stated = after[before[row].id]
        assert {name: getattr(stated, name) for name in FIRST_NUMBERS} == FIRST_NUMBERS
    assert desk.complaints == []
    assert in_time(planner, "by hand", capsys)


def test_by_spreadsheet_forty_offers_take_no_longer(
    service: Service, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the morning by hand, so that each offer has its numbers."""
    before = {offer.id: offer for offer in offers_of(service)}
    changed = [*where_a_child_left(list(before.values()), 3).values()]
    desk = a_desk(browser)
    planner = Planner(desk.page)

    begins(planner, service)
    sends(planner, fills_the_template(planner, tmp_path, changed))

    after = {offer.id: offer.capacity for offer in offers_of(service)}
    for offer_id, stated in after.items():
        was = before[offer_id].capacity
        assert stated
        assert was
        assert stated.stated_at > was.stated_at
    for offer in changed:
        stated = after[offer.id]
        assert stated
        assert (stated.open_places, stated.occupied_places) == with_one_more(offer)
    assert desk.complaints == []
    assert in_time(planner, "by spreadsheet", capsys)


def test_what_changes_seldom_is_typed_and_cleared_by_keyboard(service: Service, browser: Browser) -> None:
    """A day, two counts and a note; in the table that begins with them."""
    offer = offers_of(service)[0]
    desk = a_desk(browser)
    planner = Planner(desk.page)
    begins(planner, service)
    settled(desk.page)
    desk.page.get_by_text("Meer kolommen", exact=True).click()
    planner.click_cell(0)
    day = ("Enter", *"03032027")  # a day has a field of its own to type in
    for cell in (day, "7", "1", "Bel eerst"):
        planner.strikes(*cell, "Tab")
        settled(desk.page)
    assert saved_seldom(planner, service, offer) == (date(2027, 3, 3), 7, 1, "Bel eerst")
    planner.click_cell(0)
    planner.strikes("Delete", *["ArrowRight", "Delete"] * 3)
    assert saved_seldom(planner, service, offer) == (None, None, None, None)
    assert desk.complaints == []


def saved_seldom(planner: Planner, service: Service, offer: answers.Offer) -> tuple[object, ...]:
    """What holds after saving; the everyday numbers are as they were."""
    planner.presses("Control+s", "Opslaan (1)")
    planner.waits_for("opgeslagen. Iedereen die zoekt")
    stated = next(each.capacity for each in offers_of(service) if each.id == offer.id)
    assert stated
    assert offer.capacity
    assert [getattr(stated, name) for name in EVERYDAY] == [getattr(offer.capacity, name) for name in EVERYDAY]
    return tuple(getattr(stated, name) for name in SELDOM)
