"""The report for the council on paper: one page to read, one with the line of each figure and how it was computed."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate, groupby

from availability.clock import dutch_day
from availability.council.messages import CouncilFigure, CouncilReport, FigureTrend
from availability.council.sheet import ACCENT, BAD, FOOT, GOOD, INK, NEARLY, QUIET, Colour, Sheet
from availability.council.tagged import writable
from matcher.council_judging import Movement, Reached
from matcher.council_words import UNITS
from matcher.dutch import day

COLOURS: dict[Reached | Movement, Colour] = {
    Reached.REACHED: GOOD,
    Reached.NEARLY: NEARLY,
    Reached.NOT: BAD,
    Movement.BETTER: GOOD,
    Movement.WORSE: BAD,
}
"""Beside the words, never instead of them."""

NAME, NOW, AIM, DRAWN = "Cijfer", "Nu", "Doel", "Twee jaar"
NAME_WIDE, NOW_WIDE, AIM_WIDE, THEN_WIDE, DRAWN_WIDE = 55.0, 30.0, 24.0, 44.0, 21.0
"""Of the columns; together as wide as the page allows. What figures are held against shares its width."""

GAP = 3.0

Write = Callable[[CouncilFigure, float], None]
"""Writes what a figure has for one column, no wider than it is."""

LEADING = "De vijf cijfers"
OTHERS = "Ook om te volgen"
IN_NUMBERS = "De lijnen in getallen"
HOW = "Hoe berekend en uit hoeveel"
NOTES = "Goed om te weten"
SOURCES = "Bronnen"
NO_LINE = "Nog geen lijn"
OF_REGION = "Dit gaat over de regio {region}."
LINE_ALT = "Lijn van {first} tot en met {last}. De getallen staan in de tabel {table}."


def as_pdf(report: CouncilReport) -> bytes:
    paper = Paper(report)
    paper.figures()
    paper.add_page()
    paper.in_numbers()
    paper.how_computed()
    paper.to_know()
    return bytes(paper.output())


class Paper(Sheet):
    """The report while it is written, from top to bottom."""

    def __init__(self, report: CouncilReport) -> None:
        super().__init__(f"{report.title}, {report.period.name.lower()}")
        self.report = report
        self.set_creation_date(report.published_at)  # the same report is the same file
        self.add_page()

    def footer(self) -> None:
        with self.decoration():
            self.ink(QUIET, 8)
            self.set_y(-FOOT + 4)
            period = self.report.period
            self.cell(self.epw / 2, 4, writable(f"{self.report.area.name} · {period.name}"))
            self.cell(self.epw / 2, 4, f"Bladzijde {self.page}", align="R")

    # --- the first page ---

    def figures(self) -> None:
        report = self.report
        self.say("P", "Cijfers voor de raad", size=10, colour=ACCENT, bold=True)
        self.start_section(report.title)
        self.say("H1", report.title, size=21, bold=True)
        first, last = day(report.period.first_day), day(report.period.last_day)
        published = day(dutch_day(report.published_at))
        self.say("P", f"{report.period.name}: {first} tot en met {last}. Gepubliceerd op {published}.", colour=QUIET)
        for leading, figures in groupby(report.figures, key=lambda each: each.leading):
            self.heading(LEADING if leading else OTHERS)
            with self.part("Table"):
                self._headers(self._columns())
                for figure in figures:
                    self._row(figure)

    def _columns(self) -> dict[str, float]:
        """The width of each column, by its header."""
        held_against = [each.against.split(" ", 1)[1] for each in self.report.figures[0].trends]
        then = {said.capitalize(): THEN_WIDE / len(held_against) for said in held_against}
        return {NAME: NAME_WIDE, NOW: NOW_WIDE, AIM: AIM_WIDE, **then, DRAWN: DRAWN_WIDE}

    def _headers(self, widths: dict[str, float]) -> None:
        self.set_font("helvetica", "", 8)
        with self.part("TR"):
            top, left = self.y, self.l_margin
            for name, width in widths.items():
                self.set_xy(left, top)
                with self.drawn("TH", scope="Column"):
                    self.ink(QUIET, 8)
                    self.cell(width, 5, name)
                left += width
        self.set_xy(self.l_margin, top + 5)
        self.rule()

    def _row(self, figure: CouncilFigure) -> None:
        """One figure. Its sentence stands under its name, and is read last."""
        self.room_for(20)
        top, widths = self.y + 1.8, list(self._columns().values())
        cells: list[Write] = [
            self._now,
            self._aim,
            *(partial(self._then, each) for each in figure.trends),
            self._drawn_line,
        ]
        ends = []
        with self.part("TR"):
            self.set_xy(self.l_margin, top)
            self.say("TH", figure.indicator.name, NAME_WIDE - GAP, 10, bold=True, scope="Row")
            under_name = self.y
            for write, left, width in zip(
                cells, _lefts(self.l_margin + NAME_WIDE, widths[1:]), widths[1:], strict=True
            ):
                self.set_xy(left, top)
                write(figure, width - GAP)
                ends.append(self.y)
            self.set_xy(self.l_margin, under_name)
            said = f"{figure.sentence} {_whose(figure, self.report)}".strip()
            self.say("TD", said, NAME_WIDE - GAP, 8.5, QUIET)
            ends.append(self.y)
        self.set_xy(self.l_margin, max(ends) + 1.8)
        self.rule()

    def _now(self, figure: CouncilFigure, width: float) -> None:
        with self.drawn("TD"):
            known = figure.value is not None
            self.lines(figure.text, width, 11 if known else 9, INK if known else QUIET, bold=known)
            self.lines(figure.from_how_much, width, 8, QUIET)

    def _aim(self, figure: CouncilFigure, width: float) -> None:
        with self.drawn("TD"):
            if figure.target:
                self.lines(figure.target.text, width, 9)
            colour = COLOURS.get(figure.reached, QUIET)
            self.lines(figure.reached_text, width, 9, colour, bold=figure.reached in COLOURS)

    def _then(self, trend: FigureTrend, _: CouncilFigure, width: float) -> None:
        with self.drawn("TD"):
            self.lines(trend.value_text, width, 9, QUIET)
            self.lines(trend.text, width, 8, COLOURS.get(trend.trend, QUIET), bold=trend.trend in COLOURS)

    def _drawn_line(self, figure: CouncilFigure, width: float) -> None:
        points = [point.value for point in figure.line]
        with self.part("TD"):
            if not any(point is not None for point in points):
                self.say("P", NO_LINE, width, 8, QUIET)
                return
            said = LINE_ALT.format(first=figure.line[0].period, last=figure.line[-1].period, table=IN_NUMBERS)
            with self.drawn("Figure", alt=said):
                self.trend_line(points, figure.target.value if figure.target else None, (self.x, self.y + 1, width, 9))
        self.y += 10

    # --- the second page ---

    def in_numbers(self) -> None:
        self.heading(IN_NUMBERS)
        quarters = [point.period for point in self.report.figures[0].line]
        name = 44.0
        wide = (self.epw - name) / len(quarters)
        with self.part("Table"):
            self._headers({NAME: name, **dict.fromkeys(quarters, wide)})
            for figure in self.report.figures:
                self.room_for(9)
                top, lefts = self.y + 1, _lefts(self.l_margin + name, [wide] * len(quarters))
                with self.part("TR"):
                    self.set_xy(self.l_margin, top)
                    unit = UNITS[figure.unit][1]
                    self.say("TH", f"{figure.indicator.name} ({unit})", name - GAP, 8, scope="Row")
                    bottom = self.y
                    for left, point in zip(lefts, figure.line, strict=True):
                        self.set_xy(left, top)
                        known = point.value is not None
                        said = point.text.split(" ")[0] if known else point.text
                        self.say("TD", said, wide - 1, 8 if known else 6.5, INK if known else QUIET)
                        bottom = max(bottom, self.y)
                self.set_xy(self.l_margin, bottom + 1)
                self.rule()

    def how_computed(self) -> None:
        self.heading(HOW)
        for figure in self.report.figures:
            self.room_for(14)
            self.say("H3", figure.indicator.name, size=8, bold=True)
            target = f" Doel van {figure.target.text}: {figure.target.source}" if figure.target else ""
            self.say("P", f"{figure.meaning} {figure.how} {figure.computed}{target}", size=8, colour=QUIET)
            self.y += 0.8

    def to_know(self) -> None:
        for heading, sentences in ((NOTES, self.report.notes), (SOURCES, self.report.sources)):
            self.room_for(8 + 4 * len(sentences))
            self.heading(heading)
            for sentence in sentences:
                self.say("P", sentence, size=8, colour=QUIET)


def _lefts(first: float, widths: Iterable[float]) -> list[float]:
    """Where columns of these widths begin."""
    return list(accumulate((first, *widths)))[:-1]


def _whose(figure: CouncilFigure, report: CouncilReport) -> str:
    """A figure of the region in a municipality's report says so."""
    return "" if figure.area == report.area else OF_REGION.format(region=figure.area.name)
