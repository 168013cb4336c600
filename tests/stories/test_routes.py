"""From question to place, in a real browser: found at once; refused, network, placed; refused twice, RET, escalated.

Everybody does at their own screen what their role does; between two screens nothing but the service.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from availability.clock import dutch_day
from dashboard.case_answers import Referral
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import recording as event_words
from tests.stories.conftest import Desk, Service, a_desk
from tests.stories.hands import at, choose, follow, pick, press, settled, write, write_day

pytestmark = pytest.mark.slow

expect.set_options(timeout=20_000)

TEAM, REGION = "GM0202", "JZ28"

Somebody = Callable[..., Page]


@pytest.fixture
def somebody(service: Service, browser: Browser) -> Somebody:
    """Signs in at a desk of their own, and goes to a page."""

    def signed_in(role: str, organisation: str, page: str = "") -> Page:
        desk: Desk = a_desk(browser)
        at(desk, service, role, organisation, page)
        return desk.page

    return signed_in


def today() -> date:
    return dutch_day(datetime.now(UTC))


def a_case(service: Service, care_type: str = "gezinshuis") -> tuple[str, str]:
    """A case that the team opened this morning: its id and its reference."""
    reference = f"VERHAAL-{uuid4().hex[:6]}"
    child = {"municipality": TEAM, "pc4": "6811", "birthMonth": "2013-05", "careTypes": [care_type]}
    wish = {"neededFrom": (today() + timedelta(days=30)).isoformat(), "maxDistanceKm": 60, "urgency": "regular"}
    with service.client() as client:
        case = client.open_case(service.token("local-team", TEAM), reference, {**child, **wish})
    return case.id, reference


def referrals_of(service: Service, case_id: str) -> tuple[Referral, ...]:
    with service.client() as client:
        return Casework(client, service.token("local-team", TEAM)).referrals_of(case_id)


def open_case(page: Page, reference: str) -> None:
    pick(page, words.WHICH_CASE, reference)
    expect(page.get_by_role("heading", name=words.CASE_TITLE.format(reference=reference))).to_be_visible()


def refer(page: Page, *, form: bool) -> None:
    """Rank, fill in the one form if it is the first time, and put the case to the first place."""
    press(page, words.RANK)
    if form:
        write(page, words.QUESTION, "Een plek met structuur, dicht bij school.")
        write(page, words.DURATION, "12")
        write(page, words.AMOUNT, "7")
        pick(page, words.UNIT, words.UNITS["day"])
        pick(page, words.PERIOD, words.PERIODS["week"])
    press(page, words.REFER)
    expect(page.get_by_text("Aangemeld bij")).to_be_visible()


def refuse(page: Page, reference: str, reason: str = words.REASONS["no-place"]) -> None:
    press(page, nl.OPEN.format(reference=reference))
    choose(page, words.ANSWERS["refuse"])
    pick(page, words.REASON, reason)
    press(page, words.SEND)
    expect(page.get_by_text(words.ANSWERED)).to_be_visible()


def record(page: Page, what: str) -> None:
    """Choose what happened; the fields that go with it follow."""
    pick(page, event_words.WHICH_EVENT, event_words.EVENTS[what])


def save(page: Page) -> None:
    press(page, event_words.SAVE_EVENT)
    expect(page.get_by_text("Vastgelegd:")).to_be_visible()


def look_again(page: Page) -> None:
    """Come back to the case after somebody else did something."""
    follow(page, words.MY_DAY)
    follow(page, words.CASES)


def test_found_at_once(service: Service, somebody: Somebody) -> None:
    case_id, reference = a_case(service)
    worker = somebody("local-team", TEAM, words.CASES)
    open_case(worker, reference)
    refer(worker, form=True)
    (sent,) = referrals_of(service, case_id)

    provider = somebody("provider", sent.provider.agb_code, words.INBOX)
    press(provider, nl.OPEN.format(reference=reference))
    expect(provider.get_by_text("Een plek met structuur, dicht bij school.")).to_be_visible()
    choose(provider, words.ANSWERS["accept"])
    write_day(provider, words.START_DATE, today() + timedelta(days=20))
    press(provider, words.SEND)
    expect(provider.get_by_text(words.ANSWERED)).to_be_visible()
    press(provider, words.REPORT_START)
    expect(provider.get_by_text(nl.RECORDED.format(what=words.REPORT_START))).to_be_visible()

    look_again(worker)
    expect(worker.get_by_text(words.PHASES["help"]).first).to_be_visible()
    expect(worker.get_by_text(words.STANDINGS["started"], exact=True)).to_be_visible()


def test_refused_then_the_network_finds_a_place(service: Service, somebody: Somebody) -> None:
    case_id, reference = a_case(service)
    worker = somebody("local-team", TEAM, words.CASES)
    open_case(worker, reference)
    refer(worker, form=True)
    (sent,) = referrals_of(service, case_id)
    provider = somebody("provider", sent.provider.agb_code, words.INBOX)
    refuse(provider, reference)
    expect(provider.get_by_text("Uw afwijzing heeft nummer")).to_be_visible()

    look_again(worker)
    expect(worker.get_by_text(words.STANDINGS["refused"], exact=True)).to_be_visible()
    press(worker, words.ASK_NETWORK)
    expect(worker.get_by_text("aanbieders in het netwerk kregen het formulier")).to_be_visible()
    asked = next(each for each in referrals_of(service, case_id) if each.network_request_id)

    member = somebody("provider", asked.provider.agb_code, words.INBOX)
    press(member, nl.OPEN.format(reference=reference))
    choose(member, words.ANSWERS["accept"])
    pick(member, words.WITH_OFFER, "")
    write_day(member, words.START_DATE, today() + timedelta(days=14))
    press(member, words.SEND)
    expect(member.get_by_text(words.ANSWERED)).to_be_visible()

    look_again(worker)
    press(worker, words.CONFIRM.format(provider=asked.provider.name))
    expect(worker.get_by_text(words.CONFIRMED.format(provider=asked.provider.name))).to_be_visible()
    (placed,) = (each for each in referrals_of(service, case_id) if each.standing == "accepted")
    assert placed.provider == asked.provider


def test_refused_twice_then_the_expert_team_and_escalated(service: Service, somebody: Somebody) -> None:
    case_id, reference = a_case(service)
    worker = somebody("local-team", TEAM, words.CASES)
    open_case(worker, reference)
    for number in range(2):
        refer(worker, form=number == 0)
        sent = referrals_of(service, case_id)[-1]
        refuse(somebody("provider", sent.provider.agb_code, words.INBOX), reference)
        look_again(worker)
    expect(worker.get_by_text(words.STANDINGS["refused"], exact=True)).to_have_count(2)
    press(worker, words.REGISTER_RET)
    expect(worker.get_by_text("Aangemeld bij het expertteam")).to_be_visible()

    chair = somebody("ret-chair", REGION)
    press(chair, nl.OPEN.format(reference=reference))
    expect(chair.get_by_role("heading", name=words.CASE_TITLE.format(reference=reference))).to_be_visible()
    settled(chair)
    expect(chair.get_by_text(words.TRIED_COUNT.format(tried=2, refused=2))).to_be_visible()
    expect(chair.get_by_role("cell", name="AW-")).to_have_count(2)
    record(chair, "ret-outcome")
    pick(chair, event_words.field("outcome"), words.OUTCOMES["no-view"])
    pick(chair, event_words.field("cause"), words.CAUSES["waiting-times"])
    save(chair)

    look_again(worker)
    record(worker, "escalation-reported")
    write(worker, event_words.field("situation"), "Na twee afwijzingen is er geen zicht op hulp.")
    save(worker)

    contact = somebody("regional-contact", REGION)
    press(contact, nl.OPEN.format(reference=reference))
    record(contact, "escalation-analysed")
    pick(contact, event_words.field("cause"), words.CAUSES["waiting-times"])
    write(contact, event_words.field("analysis"), "Alle gezinshuizen in de buurt zijn vol.")
    save(contact)
    record(contact, "escalation-decided")
    choose(contact, event_words.YES)
    save(contact)
    record(contact, "escalation-talked")
    save(contact)
    press(contact, nl.BACK_TO_REPORTS)
    settled(contact)
    expect(contact.get_by_role("heading", name=nl.HANDLED)).to_be_visible()
