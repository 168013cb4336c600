"""A planner at the screen: hands on mouse and keys, counted in the seconds of the keystroke-level model.

Card, Moran & Newell, "The keystroke-level model for user performance time with interactive systems", Communications of
the ACM 23(7), 1980: every key, every time pointing with the mouse, every move of the hand and every moment of thought
has its seconds. What the machine lets her wait beyond her thoughts is by the clock.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page, Position, expect

from tests.stories.hands import settled

SECONDS = {"think": 1.35, "hand": 0.4, "point": 1.1, "press": 0.2, "key": 0.28}
"""Of the model: M, H, P, the mouse button, and K of somebody who types 40 words a minute, as planners do."""

ROW, HEADER, FIRST_FIGURE = 38, 38, 690
"""Pixels in the grid: the height of a row, of the header, and where the first column of figures is."""


@dataclass
class Planner:
    """Hands on mouse and keys. What they do is counted; so is how long the machine lets her wait."""

    page: Page
    did: Counter[str] = field(default_factory=Counter)
    waited: float = 0.0
    on: str = "mouse"
    """Where her hand is."""

    @property
    def seconds(self) -> float:
        """Of her hands and her thoughts."""
        return sum(SECONDS[what] * times for what, times in self.did.items())

    def click(self, name: str, kind: str = "button") -> None:
        """Think, go to the mouse, point, press."""
        self._points()
        self.page.get_by_role(kind, name=name).click()  # type: ignore[arg-type]  # a role of the page

    def click_cell(self, row: int) -> None:
        """The first figure of a row."""
        self._points()
        at = Position(x=FIRST_FIGURE, y=HEADER + ROW * row + ROW / 2)
        self.page.get_by_test_id("stDataFrame").first.click(position=at)

    def type(self, *values: int) -> None:
        """One value after the other to the right, as a grid takes them."""
        self._moves_to("keys")
        for value in values:
            self._types(value)
            self.strikes(*str(value), "Tab")

    def strikes(self, *keys: str) -> None:
        """Key after key, at the speed of the model."""
        for key in keys:
            self.page.wait_for_timeout(1000 * SECONDS["key"])  # who types faster than the page answers loses keys
            self.page.keyboard.press(key)

    def presses(self, keys: str, name: str) -> None:
        """A button by its keys, once it can be pressed."""
        self.keys(2)
        with self.comes_to_rest():
            expect(self.page.get_by_role("button", name=name)).to_be_enabled()
        self.page.keyboard.press(keys)

    def fills_in(self, values: Sequence[int]) -> None:
        """A row of the spreadsheet, in the spreadsheet's own program."""
        self._points()
        self._moves_to("keys")
        for value in values:
            self._types(value)

    def keys(self, count: int) -> None:
        self._moves_to("keys")
        self.did.update(think=1, key=count)

    def picks_the_file(self) -> None:
        """The button, and the file by two presses, in a window that is not the page's."""
        self.did.update(think=2, point=2, press=3)

    def __str__(self) -> str:
        return (
            f"{self.did['press']} presses of the mouse, {self.did['key']} keys,"
            f" {self.seconds:.0f} s of the planner, {self.waited:.0f} s of waiting"
        )

    @contextmanager
    def waits(self) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.waited += time.monotonic() - began

    def waits_for(self, words: str) -> None:
        with self.waits():
            expect(self.page.get_by_text(words).first).to_be_visible()

    @contextmanager
    def comes_to_rest(self) -> Iterator[None]:
        """Until the page moves no more; while she thinks what to do next she does not wait."""
        began = time.monotonic()
        yield
        settled(self.page)
        self.waited += max(0.0, time.monotonic() - began - SECONDS["think"])

    def _points(self) -> None:
        with self.comes_to_rest():
            pass  # nobody points while the page still moves
        self._moves_to("mouse")
        self.did.update(think=1, point=1, press=1)

    def _moves_to(self, device: str) -> None:
        self.did["hand"] += device != self.on
        self.on = device

    def _types(self, value: int) -> None:
        self.did.update(think=1, key=len(str(value)) + 1)
