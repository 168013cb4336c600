"""A contract manager with a list, in a real browser: a row that is wrong is named, nothing is saved; mended, all is.
And a list in words of its own: explained once, it is understood ever after."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import supply
from dashboard.texts import files
from dashboard.texts import supply as words
from tests.stories.conftest import Service, a_desk
from tests.stories.hands import at, pick, press, settled

pytestmark = pytest.mark.slow

expect.set_options(timeout=20_000)

REGION, PROVIDER = "JZ28", "00100002"
HEADER = "Contractnummer;AGB-code;Zorgvorm;Gebied;Ingangsdatum;Einddatum"
NUMBER = "2027-LIJST"


def a_list(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """As another system writes it: semicolons and Windows-1252."""
    file = folder / "contracten.csv"
    file.write_bytes("\r\n".join([header, *rows]).encode("cp1252"))
    return file


def send(page: Page, file: Path) -> None:
    settled(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("stFileUploaderDropzone").locator("button").click()
    chooser.value.set_files(file)


def numbers(service: Service) -> set[str]:
    with service.client() as client:
        token = service.token("contract-manager", REGION)
        return {each.number for each in supply.contracts(client, token, {"q": NUMBER})}


def test_a_list_is_mended_and_saved_whole(service: Service, browser: Browser, tmp_path: Path) -> None:
    desk = a_desk(browser)
    at(desk, service, "contract-manager", REGION, words.CONTRACTS)
    page = desk.page
    right = f"{NUMBER}-1;{PROVIDER};Gezinshuis;Arnhem;1-1-2027;31-12-2028"
    wrong = f"{NUMBER}-2;{PROVIDER};Gezinshuis;Arnhem;1-1-2027;31-12-2026"
    mended = f"{NUMBER}-2;{PROVIDER};Pleegzorg;Renkum;1-1-2027;31-12-2028"

    send(page, a_list(tmp_path, right, wrong))
    expect(page.get_by_role("heading", name=words.LIST_FAULTS)).to_be_visible()
    expect(page.get_by_text(words.LIST_NOTHING_SAVED)).to_be_visible()
    expect(page.get_by_role("button", name=words.LIST_SAVE)).to_be_disabled()
    with page.expect_download() as returned:
        press(page, words.LIST_CORRECTIONS)
    assert returned.value.suggested_filename == "contracten-nakijken.xlsx"
    assert numbers(service) == set()

    press(page, "Remove contracten.csv")  # one of the words that are Streamlit's own
    expect(page.get_by_text(words.LIST_NOTHING_SAVED)).to_have_count(0)
    send(page, a_list(tmp_path, right, mended))
    expect(page.get_by_text(words.LIST_SUMMARY.format(new=2, changed=0, unchanged=0))).to_be_visible()
    press(page, words.LIST_SAVE)
    expect(page.get_by_text(words.LIST_SAVED.format(new=2, changed=0))).to_be_visible()
    assert numbers(service) == {f"{NUMBER}-1", f"{NUMBER}-2"}
    assert desk.complaints == []


def test_a_list_in_other_words_is_explained_once(service: Service, browser: Browser, tmp_path: Path) -> None:
    with service.client() as client:
        (provider,) = supply.providers(client, service.token("contract-manager", REGION), PROVIDER).items
    called = f"{provider.name} Jeugd"
    header = "Kenmerk;Partij;Inhoud;Gebied;Ingangsdatum;Klaar op"
    row = f"{NUMBER}-9;{called};Pleegzorg;Arnhem;1-1-2027;31-12-2028"
    desk = a_desk(browser)
    at(desk, service, "contract-manager", REGION, words.CONTRACTS)
    page = desk.page

    send(page, a_list(tmp_path, row, header=header))
    expect(page.get_by_text(files.UNREAD_COLUMNS.partition(":")[0])).to_be_visible()
    for column, meant in (("Kenmerk", "Contractnummer"), ("Partij", "Aanbieder"), ("Inhoud", "Zorgvorm"),
                          ("Klaar op", "Einddatum")):  # fmt: skip
        pick(page, files.WHICH_COLUMN.format(header=column), meant)
    expect(page.get_by_role("heading", name=words.UNKNOWN_PROVIDERS)).to_be_visible()
    press(page, words.CONFIRM_NAMES)
    expect(page.get_by_role("heading", name=words.LIST_NEW)).to_be_visible()
    press(page, words.LIST_SAVE)
    expect(page.get_by_text(words.LIST_SAVED.format(new=1, changed=0))).to_be_visible()
    assert f"{NUMBER}-9" in numbers(service)

    send(page, a_list(tmp_path, row.replace("2028", "2029"), header=header))
    expect(page.get_by_text(words.LIST_SUMMARY.format(new=0, changed=1, unchanged=0))).to_be_visible()
    expect(page.get_by_text(words.MEANS.format(name=called, meant=provider.name))).to_be_visible()
    assert desk.complaints == []
