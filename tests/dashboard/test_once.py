"""What is sent twice is done once: the key belongs to what was filled in, not to the click."""

from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from dashboard.casework import Casework
from dashboard.client import Client, Unreachable
from dashboard.once import SAME_CLICK_SECONDS, Keys
from tests.dashboard.fake_api import CASE, TOKEN
from tests.dashboard.fake_casework import REFERRAL, a_referral, an_event

TALKED = {"kind": "talked-with-provider", "occurredOn": "2026-11-23", "party": "98000001"}


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Screen:
    """Somebody who clicks, and the keys that reach the API."""

    clock: Clock
    keys: list[str]
    work: Casework
    falls: int = 0
    """How many requests get no answer."""

    def click(self, event: dict[str, Any]) -> str:
        self.work.record(CASE, event)
        return self.keys[-1]


@pytest.fixture
def screen() -> Screen:
    clock, keys = Clock(), list[str]()

    def answer(request: httpx2.Request) -> httpx2.Response:
        keys.append(request.headers["Idempotency-Key"])
        if made.falls:
            made.falls -= 1
            raise httpx2.ReadTimeout("weg")
        shape = an_event(2, "talked-with-provider") if request.url.path.endswith("/events") else a_referral()
        return httpx2.Response(201, json=shape)

    http = httpx2.Client(base_url="http://api.test/v1/", transport=httpx2.MockTransport(answer))
    made = Screen(clock, keys, Casework(Client(http), TOKEN, Keys(now=clock)))
    return made


def test_a_double_click_is_one_wish(screen: Screen) -> None:
    assert screen.click(TALKED) == screen.click(TALKED)


def test_something_else_is_another(screen: Screen) -> None:
    assert screen.click(TALKED) != screen.click(TALKED | {"party": "98000002"})
    assert screen.click(TALKED) == screen.keys[0]


def test_the_same_is_meant_again_a_while_later(screen: Screen) -> None:
    first = screen.click(TALKED)
    screen.clock.now = SAME_CLICK_SECONDS + 1
    assert screen.click(TALKED) != first


def test_what_got_no_answer_stays_the_same_wish_however_long_it_takes(screen: Screen) -> None:
    screen.falls = 1
    with pytest.raises(Unreachable):
        screen.click(TALKED)
    screen.clock.now = 10 * SAME_CLICK_SECONDS
    assert screen.click(TALKED) == screen.keys[0]


def test_so_it_is_for_referrals_and_their_answers(screen: Screen) -> None:
    for _ in range(2):
        screen.work.refer(CASE, 1, None)
        screen.work.tell(REFERRAL, "answer", {"answer": "accept", "startDate": "2026-12-01"})
    assert screen.keys[:2] == screen.keys[2:]
    assert screen.keys[0] != screen.keys[1]


def test_nothing_of_what_was_filled_in_is_kept() -> None:
    keys = Keys()
    keys.sending("care-requests", {"pc4": "6811", "reference": "LT-1"})
    assert "6811" not in repr(keys.kept)
    assert "LT-1" not in repr(keys.kept)
