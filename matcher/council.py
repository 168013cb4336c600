"""The figures for the council: what each one says, which way is better, and what it is aimed at. One definition, from
which the page, the PDF and the workbook are made.

How a figure follows from what was published, and how it is judged, is in `council_judging`; the sentences are in
`council_words`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What a value counts; with it goes how the value follows from what was published."""

    CHILDREN = "children"
    """A number of children."""
    PERCENT = "percent"
    """A part of a whole."""
    WEEKS = "weeks"
    """The middle of a number of waits, published in days."""
    WORKING_DAYS = "working-days"
    """The middle of a number of waits, published in working days."""


class Better(StrEnum):
    LESS = "less"
    MORE = "more"
    NEITHER = "neither"
    """It says how much there was to do, not how well it went; it has no target."""


class Over(StrEnum):
    """How the quarters of a year become one figure."""

    LAST = "last"
    """It says how things stand: what held on the last day."""
    ALL = "all"
    """It says what happened: all quarters together."""


@dataclass(frozen=True, slots=True)
class Default:
    """What is aimed at where a region chose nothing itself, and where that comes from."""

    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure was computed from: one of them, and more."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    name: str
    meaning: str
    """One sentence for who never saw it."""
    unit: Measure
    better: Better
    over: Over
    counted: Counted
    how: str
    """How it is computed, in words."""
    of_children: bool = True
    """Whether children are counted: then it may be hidden, and it would have come out a little otherwise by chance."""
    default: Default | None = None
    leading: bool = False
    """One of the five that a council wants; the others stand below them."""
    per_municipality: bool = False
    """Whether a municipality has a figure of its own; else its report shows the region's."""


CHILDREN = Counted("kind", "kinderen")
STARTS = Counted("start", "starts")
OFFERS = Counted("keer aanbod", "keer aanbod")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        code="waiting",
        name="Kinderen die wachten",
        meaning="Zoveel kinderen hadden hulp gevraagd en wachtten nog op de start.",
        unit=Measure.CHILDREN,
        better=Better.LESS,
        over=Over.LAST,
        counted=CHILDREN,
        how="Wij tellen de open vragen om hulp op de laatste dag van de periode.",
        leading=True,
        per_municipality=True,
    ),
    Indicator(
        code="realised-wait",
        name="Tijd van vraag tot start",
        meaning="De helft van de kinderen begon binnen deze tijd na de vraag.",
        unit=Measure.WEEKS,
        better=Better.LESS,
        over=Over.ALL,
        counted=STARTS,
        how="Van elke start in de periode tellen wij de dagen sinds de vraag. Dit is de middelste.",
        # No norm of law: youth care has none. Four weeks to the intake and ten from there.
        default=Default(
            14,
            "Treeknorm van de ggz: 4 weken tot de intake, dan 10 weken tot de start. Dit is geen wet."
            " Gehaald betekent: de helft begon binnen 14 weken.",
        ),
        leading=True,
        per_municipality=True,
    ),
    Indicator(
        code="started-in-time",
        name="Op tijd begonnen",
        meaning="Bij zoveel van de starts begon de hulp niet later dan nodig was.",
        unit=Measure.PERCENT,
        better=Better.MORE,
        over=Over.ALL,
        counted=STARTS,
        how="Wij tellen de starts op of vóór de dag waarop hulp nodig was. Dat delen wij door alle starts.",
        leading=True,
    ),
    Indicator(
        code="local-team-wait",
        name="Wachten op het lokale team",
        meaning="Vroeg een jeugdbeschermer het lokale team om een gesprek, dan kwam de helft zo snel.",
        unit=Measure.WORKING_DAYS,
        better=Better.LESS,
        over=Over.ALL,
        counted=Counted("gesprek met een jeugdbeschermer", "gesprekken met jeugdbeschermers"),
        how=(
            "Van elk gesprek tellen wij de werkdagen sinds de vraag. Dit is de middelste. "
            "Alleen vragen van buiten het team tellen mee: van de jeugdbescherming. Wie nog wacht, telt niet mee."
        ),
        # By its route; what was published tells no routes apart, so the strictest.
        default=Default(3, "De aanmeldroutes: op route 301 een gesprek binnen 3 werkdagen, op route 315 binnen 5."),
        leading=True,
        per_municipality=True,
    ),
    Indicator(
        code="statements-on-time",
        name="Opgaven op tijd",
        meaning="Van zoveel van het aanbod was bekend of er plek is, op tijd bijgewerkt.",
        unit=Measure.PERCENT,
        better=Better.MORE,
        over=Over.LAST,
        counted=OFFERS,
        how=(
            "Wij tellen het aanbod met een opgave binnen de termijn, op de laatste dag. "
            "Dat delen wij door al het gecontracteerde aanbod."
        ),
        of_children=False,
        leading=True,
    ),
    Indicator(
        code="refused",
        name="Afgewezen omdat er geen plek was",
        meaning="Zoveel van de aanmeldingen werd afgewezen, omdat er niet op tijd plek was.",
        unit=Measure.PERCENT,
        better=Better.LESS,
        over=Over.ALL,
        counted=Counted("beantwoorde aanmelding", "beantwoorde aanmeldingen"),
        how="Wij tellen de afwijzingen omdat er geen plek was. Dat delen wij door alle beantwoorde aanmeldingen.",
    ),
    Indicator(
        code="family-places",
        name="Plekken in een gezin",
        meaning="Zoveel van de plekken met verblijf is in een pleeggezin of gezinshuis.",
        unit=Measure.PERCENT,
        better=Better.MORE,
        over=Over.LAST,
        counted=Counted("plek met verblijf", "plekken met verblijf"),
        how="Wij tellen de plekken in pleeggezinnen en gezinshuizen. Dat delen wij door alle plekken met verblijf.",
        of_children=False,
    ),
    Indicator(
        code="always-there",
        name="Hulp die er altijd moet zijn",
        meaning="Op zoveel van de dagen was er de hulp die er altijd moet zijn.",
        unit=Measure.PERCENT,
        better=Better.MORE,
        over=Over.ALL,
        counted=Counted("dag", "dagen"),
        how="Per soort hulp tellen wij de dagen waarop er plek was. Dat delen wij door alle dagen.",
        of_children=False,
        default=Default(100, "Wat er altijd moet zijn, is er elke dag."),
    ),
    Indicator(
        code="ret",
        name="Besproken in het expertteam",
        meaning="Voor zoveel kinderen zocht het regionaal expertteam mee.",
        unit=Measure.CHILDREN,
        better=Better.NEITHER,
        over=Over.ALL,
        counted=CHILDREN,
        how="Wij tellen de kinderen die het regionaal expertteam in de periode besprak.",
    ),
)

BY_CODE = {each.code: each for each in INDICATORS}

TARGETED = tuple(each.code for each in INDICATORS if each.better is not Better.NEITHER)
"""What a region may aim at."""

MOST: dict[Measure, float] = {
    Measure.CHILDREN: 100_000,
    Measure.PERCENT: 100,
    Measure.WEEKS: 260,
    Measure.WORKING_DAYS: 260,
}
"""A target beyond this is a slip of the pen."""
