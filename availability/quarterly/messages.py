"""The quarterly report as it goes over the wire: each figure with the sentence that says how it was computed."""

from collections.abc import Mapping
from datetime import date
from typing import Self

from babel.dates import format_date

from availability.messages import CodeAndName, Message
from availability.supply.messages import Provider
from matcher.quarterly import Figure, Stated


class ReportPart(Message):
    """What one offer adds to a figure."""

    offer_id: int
    offer: str
    stated_on: date | None
    """null: never stated."""
    total_places: int | None
    intake_wait_days: int | None
    treatment_wait_days: int | None
    waiting_count: int | None

    @classmethod
    def of(cls, part: Stated) -> Self:
        return cls(
            offer_id=part.offer,
            offer=part.name,
            stated_on=part.stated_on,
            total_places=part.places,
            intake_wait_days=part.intake_wait,
            treatment_wait_days=part.treatment_wait,
            waiting_count=part.waiting,
        )


class ReportLine(Message):
    """One form of youth care in one region. null: nothing was stated."""

    form: CodeAndName
    region: CodeAndName
    waiting_count: int | None
    intake_wait_days: int | None
    treatment_wait_days: int | None
    wait_days: int | None
    """Until the help starts."""
    offers: int
    offers_never_stated: int
    offers_waiting_unknown: int
    """Of which nothing says how many wait; the number waiting is then at least `waitingCount`."""
    offers_stated_before: int
    """Of which the last statement is older than the quarter."""
    oldest_stated_on: date | None
    how_waiting: str
    how_wait: str
    how_recent: str
    parts: list[ReportPart]

    @classmethod
    def of(cls, figure: Figure, forms: Mapping[str, str], regions: Mapping[str, str], since: date) -> Self:
        return cls(
            form=CodeAndName(code=figure.form, name=forms.get(figure.form, figure.form)),
            region=CodeAndName(code=figure.region, name=regions[figure.region]),
            waiting_count=figure.waiting,
            intake_wait_days=figure.intake_wait,
            treatment_wait_days=figure.treatment_wait,
            wait_days=figure.wait,
            offers=len(figure.parts),
            offers_never_stated=figure.unsaid,
            offers_waiting_unknown=figure.waiting_unknown,
            offers_stated_before=figure.stated_before(since),
            oldest_stated_on=figure.oldest,
            how_waiting=how_waiting(figure),
            how_wait=how_wait(figure),
            how_recent=how_recent(figure, since),
            parts=[ReportPart.of(part) for part in figure.parts],
        )


class QuarterlyReport(Message):
    """Estimated waits and numbers waiting (Regeling Jeugdwet art. 8g lid 2 onder b 13°)."""

    provider: Provider
    quarter: str
    as_of: date
    """The last day of the quarter, or today when it is not over."""
    complete: bool
    """Whether the quarter is over, and every offer stated in it how long and how many wait."""
    lines: list[ReportLine]


def how_waiting(figure: Figure) -> str:
    """ "3 + 5 = 8 wachtenden. Van 1 aanbod is het aantal niet bekend." """
    known = [part.waiting for part in figure.parts if part.waiting is not None]
    if not known:
        return "Van geen enkel aanbod is bekend hoeveel kinderen wachten."
    total = f"{figure.waiting} {'wachtende' if figure.waiting == 1 else 'wachtenden'}."
    summed = f"{' + '.join(map(str, known))} = {total}" if len(known) > 1 else total
    missing = figure.waiting_unknown
    return f"{summed} Van {missing} aanbod is het aantal niet bekend." if missing else summed


def how_wait(figure: Figure) -> str:
    """ "(4 plekken × 42 dagen + 12 plekken × 50 dagen) ÷ 16 plekken = 48 dagen." """
    said = [part for part in figure.parts if part.is_said]
    if not said:
        return "Er is nog geen opgave gedaan."
    days = [(part.weight, (part.intake_wait or 0) + (part.treatment_wait or 0)) for part in said]
    terms = " + ".join(f"{_places(weight)} × {wait} dagen" for weight, wait in days)
    total = sum(weight for weight, _ in days)
    return f"({terms}) ÷ {_places(total)} = {figure.wait} dagen, naar boven afgerond."


def how_recent(figure: Figure, since: date) -> str:
    """ "De oudste opgave is van 4 maart 2023. Van 1 aanbod is in dit kwartaal niets opgegeven." """
    if figure.oldest is None:
        return ""
    told = f"De oudste opgave is van {format_date(figure.oldest, 'd MMMM yyyy', locale='nl')}."
    missing = figure.unsaid + figure.stated_before(since)
    return f"{told} Van {missing} aanbod is in dit kwartaal niets opgegeven." if missing else told


def _places(number: int) -> str:
    return "1 plek" if number == 1 else f"{number} plekken"
