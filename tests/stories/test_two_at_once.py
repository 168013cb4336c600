"""Two contract managers at one contract, in a real browser: nobody's work is lost, nobody's is overwritten
unseen; and a provider that nobody knew is added and contracted."""

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import supply
from dashboard.supply_answers import Contract
from dashboard.texts import supply as words
from tests.stories.conftest import Service, a_desk
from tests.stories.hands import at, pick, press, settled, write

pytestmark = pytest.mark.slow

expect.set_options(timeout=20_000)

REGION = "JZ28"
TERM, ANSWER = words.CONTRACT_FIELDS["updateTermDays"], words.CONTRACT_FIELDS["answerTermDays"]


def a_contract(service: Service) -> Contract:
    """One that is the region's own."""
    with service.client() as client:
        token = service.token("contract-manager", REGION)
        found = supply.contracts(client, token, {"standing": "running"})
        return next(each for each in found if {line.area.code for line in each.lines} == {REGION})


def number(page: Page, label: str) -> str:
    settled(page)
    return page.get_by_role("spinbutton", name=label).first.input_value()


def test_what_was_typed_stays_when_a_colleague_was_first(service: Service, browser: Browser) -> None:
    contract = a_contract(service)
    desk = a_desk(browser)
    at(desk, service, "contract-manager", REGION, words.CONTRACTS)
    page = desk.page
    pick(page, words.WHICH_CONTRACT, contract.number)
    write(page, TERM, "17")
    with service.client() as client:
        token, theirs = service.token("contract-manager", REGION), {"answerTermDays": 2}
        supply.change_contract(client, token, contract.id, contract.etag, theirs)
    write(page, words.SEARCH_CONTRACT, contract.number)  # the page asks anew; what is typed stays
    assert number(page, TERM) == "17"

    press(page, words.SAVE)
    warning = page.get_by_role("alert").filter(has_text=words.OVERTAKEN)
    expect(warning).to_contain_text(f"{ANSWER}: nu 2")
    assert (number(page, TERM), number(page, ANSWER)) == ("17", "2")

    press(page, words.SAVE)
    expect(page.get_by_text(words.CONTRACT_SAVED.format(number=contract.number))).to_be_visible()
    with service.client() as client:
        (now,) = supply.contracts(client, token, {"q": contract.number})
    assert (now.update_term_days, now.answer_term_days) == (17, 2)
    assert desk.complaints == []


def test_a_provider_that_nobody_knew_is_added_and_contracted(service: Service, browser: Browser) -> None:
    desk = a_desk(browser)
    at(desk, service, "contract-manager", REGION, words.CONTRACTS)
    page = desk.page
    pick(page, words.WHICH_CONTRACT, words.NEW_CONTRACT)
    write(page, words.WHICH_PROVIDER, "Kwibus")
    expect(page.get_by_text(words.NO_SUCH_PROVIDER)).to_be_visible()
    for field, said in {"agbCode": "07654321", "name": "Stichting Kwibus", "phone": "026 123 45 67"}.items():
        write(page, words.PROVIDER_FIELDS[field], said)
    press(page, words.ADD_PROVIDER)
    expect(page.get_by_text(words.PROVIDER_ADDED.format(name="Stichting Kwibus"))).to_be_visible()

    write(page, words.CONTRACT_FIELDS["number"], "2027-KWIBUS")
    choice = page.get_by_test_id("stMultiSelect").filter(has_text=words.CONTRACT_FIELDS["careTypes"]).first
    choice.locator("input").fill("Gezinshuis")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    press(page, words.ADD_CONTRACT)
    expect(page.get_by_text(words.CONTRACT_ADDED.format(number="2027-KWIBUS"))).to_be_visible()
    with service.client() as client:
        (made,) = supply.contracts(client, service.token("contract-manager", REGION), {"q": "2027-KWIBUS"})
    assert (made.provider.name, {line.area.code for line in made.lines}) == ("Stichting Kwibus", {REGION})
    assert desk.complaints == []
