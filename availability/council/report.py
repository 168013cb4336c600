"""The report for the council, made of published quarters and of what the region aims at. Nothing else comes in: what
changes in the region today changes no report, and no report says more than was public.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.council import queries
from availability.council.messages import (
    CouncilFigure,
    CouncilReport,
    FigurePoint,
    FigureTarget,
    FigureTrend,
    ReportPeriod,
)
from availability.council.periods import Period
from availability.geography.atlas import Atlas
from availability.messages import CodeAndName
from availability.publication import queries as publication
from availability.publication.periods import Quarter
from availability.refusals import NotFound
from matcher import council_words as words
from matcher.council import BY_CODE, INDICATORS, Indicator
from matcher.council_judging import Figure, Published, Target, figure, in_force, reached, trend

VERSION = 1
"""Of the definition; another way of computing gets another number."""

SOURCES = [
    "Vragen om hulp, aanmeldingen en gesprekken: van wie met deze dienst werkt. Werken er meer mee, dan telt dat.",
    "Plekken en wachttijden: zoals jeugdhulpaanbieders ze opgaven.",
    "Elk kwartaal is na afloop geteld en vastgezet. Daarna verandert er niets meer aan.",
]

REGIONS_FIGURES = (
    "Bij cijfers met de naam van de regio gaat het over de hele regio. Die maken wij niet per gemeente bekend."
)

SET_BY_REGION = "Gekozen door de regio."
SET_AFTERWARDS = "Gekozen door de regio, na afloop van deze periode."


@dataclass(frozen=True, slots=True)
class Place:
    """Whose report it is: a region, or a municipality with the region it belonged to on the last day."""

    area: CodeAndName
    region: CodeAndName

    @classmethod
    def of(cls, code: str, atlas: Atlas, on: date) -> "Place":
        """Raises NotFound."""
        municipality = atlas.municipality(code)
        region = atlas.region_of(code, on) if municipality else code
        if region is None or region not in atlas.regions:
            raise NotFound("Van dit gebied is er geen rapport. Geef een gemeente of een jeugdregio.")
        whole = CodeAndName(code=region, name=atlas.regions[region])
        return cls(CodeAndName(code=code, name=municipality.name) if municipality else whole, whole)


Rows = Mapping[tuple[str, str], Published]
"""What was published, by indicator and quarter."""


def council_report(session: Session, place: Place, period: Period) -> CouncilReport:
    periods = publication.periods(session)
    there = {row.code for row in periods}
    needed = sorted(_codes(period) & there)
    rows = _published(session, place, needed)
    targets = [
        Target(row.indicator, row.value, row.valid_from, row.set_on)
        for row in queries.targets(session, place.region.code)
    ]
    own = {str(each) for each in period.quarters}
    return CouncilReport(
        version=VERSION,
        title=f"Jeugdhulp in {place.area.name}",
        area=place.area,
        region=place.region,
        period=ReportPeriod.of(period),
        published_at=max(row.published_at for row in periods if row.code in own),
        figures=[_told(each, place, period, rows, targets) for each in INDICATORS if _is_kept(each, rows)],
        notes=[words.SMALL_NUMBERS, *([REGIONS_FIGURES] if place.area != place.region else []), words.ADVICE],
        sources=SOURCES,
    )


def _codes(period: Period) -> set[str]:
    """Every quarter that the report looks at."""
    compared = (quarter for other in period.compared().values() for quarter in other.quarters)
    return {str(quarter) for quarter in (*period.quarters, *compared, *period.line())}


def _published(session: Session, place: Place, periods: Sequence[str]) -> Rows:
    """The area's own counts, and the region's indicators where a municipality has none of its own."""
    found = dict(_own(queries.figures(session, periods, place.area.code)))
    for row in publication.indicators(session, periods, place.region.code):
        if place.area == place.region or not BY_CODE[row.indicator].per_municipality:
            middle = None if row.value is None else float(row.value)
            found[row.indicator, row.period_code] = Published(row.whole, row.part, middle)
    return found


def _own(rows: Sequence[Row[Any]]) -> Iterator[tuple[tuple[str, str], Published]]:
    for row in rows:
        yield ("waiting", row.period_code), Published(row.waiting, middle=row.waited_days)
        yield ("realised-wait", row.period_code), Published(row.started, middle=row.realised_days)
        if row.of_teams:
            yield ("local-team-wait", row.period_code), Published(row.team_talks, middle=row.team_wait_days)


def _is_kept(indicator: Indicator, rows: Rows) -> bool:
    """The five that lead are always there; another one where it was counted, also if that may not be seen."""
    return indicator.leading or any(
        code == indicator.code and (indicator.of_children or each.whole) for (code, _), each in rows.items()
    )


def _told(indicator: Indicator, place: Place, period: Period, rows: Rows, targets: Sequence[Target]) -> CouncilFigure:
    now = _over(indicator, period.quarters, rows)
    target = _target(indicator, targets, period)
    held = reached(indicator, now.value, target.value if target else None)
    trends = [_trend(indicator, now, said, other, rows) for said, other in period.compared().items()]
    told = next((each for each in reversed(trends) if each.trend in words.MOVED), trends[-1])
    return CouncilFigure(
        indicator=CodeAndName(code=indicator.code, name=indicator.name),
        leading=indicator.leading,
        meaning=indicator.meaning,
        area=place.area if indicator.per_municipality else place.region,
        unit=indicator.unit,
        better=indicator.better,
        state=now.state,
        value=now.value,
        part=now.part,
        whole=now.whole,
        text=words.told(indicator, now),
        from_how_much=words.from_how_much(indicator, now),
        target=target,
        reached=held,
        reached_text=words.REACHED[held],
        trends=trends,
        line=[_point(indicator, quarter, rows) for quarter in period.line()],
        sentence=words.sentence(indicator, now, held, told.trend, told.against),
        how=words.how(indicator, over_a_year=period.is_year),
        computed=words.computed(indicator, now),
    )


def _over(indicator: Indicator, quarters: Sequence[Quarter], rows: Rows) -> Figure:
    return figure(indicator, [rows.get((indicator.code, str(quarter))) for quarter in quarters])


def _target(indicator: Indicator, targets: Sequence[Target], period: Period) -> FigureTarget | None:
    own = in_force(targets, indicator.code, period.last_day)
    if own is not None and own.value is not None:
        afterwards = own.set_on > period.last_day
        return FigureTarget(
            value=own.value,
            text=words.value(indicator.unit, own.value),
            own=True,
            source=SET_AFTERWARDS if afterwards else SET_BY_REGION,
            valid_from=own.valid_from,
            set_on=own.set_on,
            afterwards=afterwards,
        )
    usual = indicator.default
    if usual is None:
        return None
    return FigureTarget(
        value=usual.value,
        text=words.value(indicator.unit, usual.value),
        own=False,
        source=usual.source,
        valid_from=None,
        set_on=None,
        afterwards=False,
    )


def _trend(indicator: Indicator, now: Figure, said: str, other: Period, rows: Rows) -> FigureTrend:
    before = _over(indicator, other.quarters, rows)
    found = trend(indicator, now, before)
    return FigureTrend(
        against=said,
        period=other.code,
        value=before.value,
        value_text=words.told(indicator, before),
        trend=found,
        text=words.TRENDS[found],
    )


def _point(indicator: Indicator, quarter: Quarter, rows: Rows) -> FigurePoint:
    found = _over(indicator, [quarter], rows)
    return FigurePoint(period=str(quarter), value=found.value, text=words.told(indicator, found))
