"""What a region can learn, over HTTP.

Exact counts are for the region itself. How cases went is for the expert team's chair, who must learn from it; who
contracts sees what is about supply, and needs no more. Only whole quarters that are over can be asked: a period with a
day more would, subtracted, tell of one child what no sum tells.
"""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, allowed, may, require
from availability.clock import Today
from availability.codes import RegionCode
from availability.database import InTransaction
from availability.days import Day
from availability.description import refuses
from availability.geography.atlas import TheAtlas
from availability.lessons import telling
from availability.lessons.figures import Histories, OfCases, OfSupply, last_four_quarters
from availability.lessons.messages import LessonsTold, LessonTold, PeriodTold
from availability.messages import CodeAndName
from availability.publication.periods import Quarter
from availability.refusals import Fault, Invalid, NotFound
from availability.vocabulary.lexicon import TheLexicon
from matcher.lessons import Period
from matcher.lessons_words import in_order

router = APIRouter(tags=["regio"])

Learner = Annotated[Identity, Depends(may(Action.SEE_LESSONS))]
Since = Annotated[Day | None, Query(description="De eerste dag van een kwartaal; anders vier kwartalen terug.")]
Until = Annotated[Day | None, Query(description="De laatste dag van een kwartaal dat voorbij is; anders het nieuwste.")]

ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=3 * 366)


@router.get("/regions/{code}/lessons", summary="Wat een jeugdregio kan leren van een periode", responses=refuses(403))
def get_lessons(
    *,
    code: RegionCode,
    caller: Learner,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    since: Since = None,
    until: Until = None,
) -> LessonsTold:
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
    nearness = Relation.OWN if caller.organisation == code else Relation.ANY
    require(caller, Action.SEE_LESSONS, nearness)
    period = _period(since, until, today)
    before = period.year_before()
    record(session, caller, "see-lessons", "youth_region", code)
    told, names = Histories.of(session, code, period), telling.Names(lexicon)
    supply = OfSupply.of(session, code, period, told)
    lessons = list(telling.supply_lessons(supply, OfSupply.of(session, code, before, told), names))
    cases = OfCases.of(period, told, lexicon) if allowed(caller, Action.SEE_CASE_LESSONS, nearness) else None
    if cases is not None:
        lessons += telling.case_lessons(cases, OfCases.of(before, told, lexicon))
    return LessonsTold(
        region=CodeAndName(code=code, name=atlas.regions[code]),
        period=PeriodTold.of(period),
        before=PeriodTold.of(before),
        lessons=[LessonTold.of(each) for each in in_order(lessons)],
        refusals=[telling.refused(row, names) for row in supply.refusals],
        waits=telling.waited(supply, names),
        sizes=telling.sizes(supply),
        places=telling.places(supply),
        steps=None if cases is None else [telling.step(row) for row in cases.steps],
        escalations=None if cases is None else telling.escalated(cases),
        contacts=None if cases is None else telling.contacted(cases),
        of_age=None if cases is None else telling.came_of_age(cases),
    )


def _period(since: date | None, until: date | None, today: date) -> Period:
    """The asked quarters. Raises Invalid."""
    usual = last_four_quarters(today)
    last = until or usual.last
    first = since or last_four_quarters(last + ONE_DAY).first
    faults = []
    if Quarter.last_before(first).last_day + ONE_DAY != first:
        faults.append(Fault("?since", "Een periode begint op de eerste dag van een kwartaal."))
    if Quarter.last_before(last + ONE_DAY).last_day != last:
        faults.append(Fault("?until", "Een periode eindigt op de laatste dag van een kwartaal."))
    if last > usual.last:
        faults.append(Fault("?until", "Kies kwartalen die voorbij zijn."))
    if not faults and not timedelta(0) < last - first < LONGEST:
        faults.append(Fault("?since", "Kies een periode van één kwartaal tot drie jaar."))
    if faults:
        raise Invalid("De invoer klopt niet.", tuple(faults))
    return Period(first, last)
