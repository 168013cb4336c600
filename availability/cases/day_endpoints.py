"""My day over HTTP."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, allowed, may
from availability.cases import day_queries
from availability.cases.day import day_of
from availability.cases.day_messages import MyDay, News
from availability.cases.parties import PARTS, membership
from availability.clock import AMSTERDAM, Today
from availability.database import InTransaction
from availability.description import refuses

router = APIRouter(tags=["casussen"])

Person = Annotated[Identity, Depends(may(Action.SEE_MY_DAY))]
Since = Annotated[AwareDatetime | None, Query(description="Wat er sindsdien veranderde; anders sinds gisteren.")]

MOST_NEWS = 100
"""More than anybody reads of one day."""


@router.get("/my-day", summary="Wat u vandaag moet doen, wat te laat is en wat er veranderde", responses=refuses(403))
def get_my_day(*, caller: Person, session: InTransaction, today: Today, since: Since = None) -> MyDay:
    who = membership(caller, today)
    from_when = since or _yesterday(today)
    sees_case = allowed(caller, Action.SEE_CASE, Relation.OWN)
    part = PARTS.get(caller.role)
    sees, reads = (part.sees, part.reads) if part else (frozenset(), frozenset())
    news = day_queries.news_for(session, who, caller.subject, sees, since=from_when, limit=MOST_NEWS)
    day = day_of(session, caller, today)
    shown = {str(each.case.id) for each in (*day.mine, *day.waiting_for)} | {str(row.care_request_id) for row in news}
    record(session, caller, "see-my-day", "care-request", *sorted(shown))
    changed = [News.of(row, reads) for row in news]
    return MyDay.of(day, changed, today=today, since=from_when, sees_case=sees_case)


def _yesterday(today: date) -> datetime:
    return datetime.combine(today - timedelta(days=1), time(), AMSTERDAM)
