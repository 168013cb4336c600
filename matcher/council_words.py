"""The figures for the council in plain Dutch: a value, a target, a trend, one sentence, and how it was computed.

Sentences have at most fifteen words.
"""

from collections.abc import Mapping

from matcher.council import Counted, Indicator, Measure, Over
from matcher.council_judging import Figure, Movement, Reached, Visibility
from matcher.dutch import number

UNITS: Mapping[Measure, tuple[str, str]] = {
    Measure.CHILDREN: ("kind", "kinderen"),
    Measure.PERCENT: ("procent", "procent"),
    Measure.WEEKS: ("week", "weken"),
    Measure.WORKING_DAYS: ("werkdag", "werkdagen"),
}
"""What one is called, and more."""

UNKNOWN: Mapping[Visibility, str] = {
    Visibility.HIDDEN: "Verborgen",
    Visibility.NOTHING: "Niets te tellen",
    Visibility.UNPUBLISHED: "Niet bekend",
}
"""What stands where no value can stand. Hidden is not zero, and neither is unknown."""

WHY_UNKNOWN: Mapping[Visibility, str] = {
    Visibility.HIDDEN: "Dit getal is verborgen: het zou naar een kind kunnen wijzen.",
    Visibility.NOTHING: "In deze periode was er niets om te tellen.",
    Visibility.UNPUBLISHED: "Hierover is niet de hele periode iets gepubliceerd.",
}

REACHED: Mapping[Reached, str] = {
    Reached.REACHED: "Gehaald",
    Reached.NEARLY: "Bijna gehaald",
    Reached.NOT: "Niet gehaald",
    Reached.UNKNOWN: "Niet te zeggen",
    Reached.NO_TARGET: "Geen doel",
}

TRENDS: Mapping[Movement, str] = {
    Movement.BETTER: "Beter",
    Movement.WORSE: "Slechter",
    Movement.MORE: "Meer",
    Movement.FEWER: "Minder",
    Movement.SAME: "Ongeveer gelijk",
    Movement.TOO_LITTLE: "Te weinig om iets te zeggen",
    Movement.UNKNOWN: "Niet bekend",
}

SAYS: Mapping[str, str] = {
    "waiting": "{value} {wait} op hulp",
    "realised-wait": "De helft begon binnen {value}",
    "started-in-time": "Van de starts was {value} op tijd",
    "local-team-wait": "De helft sprak het team binnen {value}",
    "statements-on-time": "Van het aanbod was {value} op tijd bijgewerkt",
    "refused": "Van de aanmeldingen werd {value} afgewezen",
    "family-places": "Van de plekken was {value} in een gezin",
    "always-there": "Op {value} van de dagen was er plek",
    "ret": "Het expertteam zocht mee voor {value}",
}
"""Per indicator what its value says, without the full stop."""

AIMED: Mapping[Reached, str] = {
    Reached.REACHED: "het doel is gehaald",
    Reached.NEARLY: "het doel is bijna gehaald",
    Reached.NOT: "het doel is niet gehaald",
}

MOVED: Mapping[Movement, str] = {
    Movement.BETTER: "beter dan {before}",
    Movement.WORSE: "slechter dan {before}",
    Movement.MORE: "meer dan {before}",
    Movement.FEWER: "minder dan {before}",
    Movement.SAME: "ongeveer gelijk aan {before}",
}

SMALL_NUMBERS = (
    "Aantallen onder de vijf staan er niet in. Ook andere getallen zijn soms weg, zodat niemand ze kan uitrekenen."
)
ADVICE = "Cijfers gaan over plekken en tijd. Welk kind eerst aan de beurt is, zeggen ze niet."


def value(unit: Measure, amount: float) -> str:
    """63 procent, 12,3 weken, 1 kind."""
    one, many = UNITS[unit]
    return f"{number(amount)} {one if amount == 1 else many}"


def told(indicator: Indicator, figure: Figure) -> str:
    """The value, or what stands in its place."""
    return UNKNOWN[figure.state] if figure.value is None else value(indicator.unit, figure.value)


def sentence(indicator: Indicator, figure: Figure, reached: Reached, trend: Movement, before: str) -> str:
    """What a council should know of it, in one sentence. `before` names the period that the trend is against."""
    if figure.value is None:
        return WHY_UNKNOWN[figure.state]
    wait = "wachtte" if figure.value == 1 else "wachtten"
    said = SAYS[indicator.code].format(value=value(indicator.unit, figure.value), wait=wait)
    rest = AIMED.get(reached) or MOVED.get(trend, "").format(before=before)
    return f"{said}; {rest}." if rest else f"{said}."


def from_how_much(indicator: Indicator, figure: Figure) -> str:
    """What a value was computed from. Of children who wait, who are all there is, how long they do."""
    if indicator.unit is not Measure.CHILDREN:
        return f"Uit {counted(indicator.counted, figure.whole)}." if figure.whole else ""
    if figure.middle is None:
        return ""
    return f"De helft wachtte al langer dan {value(Measure.WEEKS, figure.middle)}."


def computed(indicator: Indicator, figure: Figure) -> str:
    """This very figure: "258 van 412 starts is 63 procent." """
    if figure.value is None:
        return WHY_UNKNOWN[figure.state]
    result = value(indicator.unit, figure.value)
    if indicator.unit is Measure.PERCENT:
        return f"{number(figure.part or 0)} van {counted(indicator.counted, figure.whole or 0)} is {result}."
    if indicator.unit is Measure.CHILDREN:
        return f"{_counted_so(indicator, figure)}: {result}."
    of = counted(indicator.counted, figure.whole or 0)
    if figure.quarters > 1:
        return f"Het gemiddelde van {figure.quarters} kwartalen, samen {of}: {result}."
    return f"De middelste van {of}: {result}."


def counted(what: Counted, amount: int) -> str:
    return f"{number(amount)} {what.one if amount == 1 else what.many}"


def how(indicator: Indicator, *, over_a_year: bool) -> str:
    """How it is computed, and for a year how that is made of quarters."""
    made = _OVER_A_YEAR[indicator.over, indicator.unit in _MIDDLES]
    return f"{indicator.how} {made}" if over_a_year else indicator.how


_MIDDLES = (Measure.WEEKS, Measure.WORKING_DAYS)

_OVER_A_YEAR: Mapping[tuple[Over, bool], str] = {
    (Over.LAST, False): "Over een jaar geldt de stand op de laatste dag.",
    (Over.ALL, False): "Over een jaar tellen alle kwartalen samen.",
    (Over.ALL, True): "Over een jaar is het een gemiddelde; drukke kwartalen tellen zwaarder.",
}


def _counted_so(indicator: Indicator, figure: Figure) -> str:
    if indicator.over is Over.LAST:
        return "Geteld op de laatste dag"
    return f"Opgeteld over {figure.quarters} kwartalen" if figure.quarters > 1 else "Geteld in het kwartaal"
