"""A parent with a telephone asks how long it takes: the answer, how sure, and what to do now, without signing in."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from availability.clock import dutch_day
from availability.database import make_engine, make_sessions
from availability.geography.atlas import load_atlas
from availability.publication.periods import Quarter
from availability.publication.snapshot import publish
from availability.vocabulary.lexicon import load_lexicon
from dashboard import waiting_times
from dashboard.texts import families, showing
from dashboard.texts import waiting_times as words
from dashboard.waiting_times import WaitingTimes
from tests.stories.conftest import Service, a_desk
from tests.stories.hands import pick, settled

pytestmark = pytest.mark.slow

KIND, NAME, TOWN = "gezinshuis", "Gezinshuis", "Arnhem"


@pytest.fixture
def published(service: Service) -> WaitingTimes:
    """What everybody may know of Arnhem's region, once the last two quarters are published."""
    today = dutch_day(datetime.now(UTC))
    newest = Quarter.last_before(today)
    engine = make_engine(service.database_url)
    with make_sessions(engine).begin() as session:
        for quarter in (newest.before, newest):
            publish(session, quarter, load_atlas(session), load_lexicon(session), today)
    engine.dispose()
    with service.client() as client:
        found = waiting_times.of_area(client, "JZ28")
    assert found
    return found


def test_how_long_how_sure_and_what_now(service: Service, browser: Browser, published: WaitingTimes) -> None:
    told = waiting_times.of_kind(published.items, KIND)
    assert told
    assert told.stated_wait_days is not None
    desk = a_desk(browser, 390, 844)
    page = desk.page
    page.goto(service.screens)
    page.get_by_role("link", name=words.WITHOUT_SIGNING_IN).press("Enter")
    pick(page, words.WHERE, TOWN)
    pick(page, words.WHICH_HELP, NAME)
    settled(page)

    answer = page.get_by_test_id("stMetric")
    expect(answer).to_contain_text(showing.wait(told.stated_wait_days))
    expect(answer).to_be_in_viewport(ratio=1)
    expect(page.get_by_text(words.SURE[told.certainty].rpartition("**")[2].strip())).to_be_in_viewport()
    expect(page.get_by_role("heading", name=words.MEANWHILE)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.get_by_role("link", name=words.WHOM_TO_CALL).press("Enter")
    expect(page.get_by_role("heading", name=families.TITLE, level=1)).to_be_visible()
    assert desk.complaints == []
