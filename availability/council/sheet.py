"""How one writes on a sheet of the report: text where it belongs, headings, rules, and a small line over time."""

from collections.abc import Sequence
from itertools import groupby

from availability.council.tagged import TaggedPdf, writable

Colour = tuple[int, int, int]

INK: Colour = (20, 41, 47)
QUIET: Colour = (77, 97, 103)
LINE: Colour = (211, 220, 222)
ACCENT: Colour = (11, 95, 107)
GOOD: Colour = (23, 96, 58)
NEARLY: Colour = (138, 75, 8)
BAD: Colour = (155, 34, 38)

MARGIN, FOOT = 18.0, 16.0
"""Millimetres."""


class Sheet(TaggedPdf):
    """Written from top to bottom; whoever writes says where it goes on, and what belongs together."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.set_margins(MARGIN, MARGIN)
        self.c_margin = 0.0

    def heading(self, text: str) -> None:
        self.room_for(20)
        self.y += 4
        self.start_section(text, 1)
        self.say("H2", text, size=13, bold=True)
        self.y += 1

    def say(
        self, kind: str, text: str, width: float = 0, size: float = 10, colour: Colour = INK, *, bold: bool = False,
        scope: str = "",
    ) -> None:  # fmt: skip
        with self.drawn(kind, scope=scope):
            self.lines(text, width, size, colour, bold=bold)

    def lines(self, text: str, width: float, size: float, colour: Colour = INK, *, bold: bool = False) -> None:
        """The text in as many lines as it takes, each with its last space; what follows comes under it."""
        self.ink(colour, size, bold=bold)
        left, wide = self.x, width or self.epw
        lines = self.multi_cell(wide, text=writable(text), align="L", dry_run=True, output="LINES") if text else []
        assert isinstance(lines, list)
        for line in lines:
            self.cell(wide, size * 0.45, f"{line} ")
            self.set_xy(left, self.y + size * 0.45)

    def ink(self, colour: Colour, size: float, *, bold: bool = False) -> None:
        self.set_font("helvetica", "B" if bold else "", size)
        self.set_text_color(*colour)

    def pen(self, colour: Colour, width: float) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(width)

    def rule(self) -> None:
        with self.decoration():
            self.pen(LINE, 0.2)
            self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)

    def room_for(self, height: float) -> None:
        """What belongs together stays on one page."""
        if self.y + height > self.h - FOOT:
            self.add_page()

    def trend_line(
        self, points: Sequence[float | None], target: float | None, box: tuple[float, float, float, float]
    ) -> None:
        """The known points joined, the last with a dot; what is not known is a gap; the target is dashed."""
        left, top, width, height = box
        there = [each for each in (*points, target) if each is not None]
        low, high = min(there), max(there)

        def place(at: int, value: float) -> tuple[float, float]:
            part = 0.5 if high == low else (value - low) / (high - low)
            return left + width * at / (len(points) - 1), top + height * (1 - part)

        if target is not None:
            self.pen(QUIET, 0.2)
            self.set_dash_pattern(1, 1)
            self.line(*place(0, target), *place(len(points) - 1, target))
            self.set_dash_pattern()
        self.pen(ACCENT, 0.5)
        placed = [None if value is None else place(at, value) for at, value in enumerate(points)]
        self.set_fill_color(*ACCENT)
        for known, group in groupby(placed, key=lambda each: each is not None):
            run = [each for each in group if each]
            if known and len(run) > 1:
                self.polyline(run)
            elif known:
                self.circle(*run[0], 0.4, style="F")
        *_, last = (each for each in placed if each)
        self.circle(*last, 0.9, style="F")
