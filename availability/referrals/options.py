"""An option holds a place for a case for a few working days: one team at a time, seen by all, over by itself.

An acceptance holds the place too, until the help starts or the provider states anew what it has; so nobody is promised
a place twice.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.clock import dutch_day
from availability.outbox.telling import Notice, tell
from availability.referrals import option_queries
from availability.referrals.asking import Around, askable_offer, searching_case, worker_of
from availability.referrals.refusals import NoOpenPlace, TooManyOptions
from matcher.working_days import end_of_working_days

MOST_OPTIONS = 3
"""At one time for one case: who holds more keeps places from other children."""


def hold(around: Around, case_id: UUID, offer_id: int, working_days: int) -> bool:
    """Hold a place; True when it was not held yet. Raises what keeps this case, or this place, from being held."""
    case = searching_case(around, case_id)
    if option_queries.running_option(around.session, case.id, offer_id, around.today):
        return False
    offer = askable_offer(around, case, offer_id)
    if len(option_queries.options_of(around.session, case.id, around.today)) >= MOST_OPTIONS:
        raise TooManyOptions(MOST_OPTIONS)
    held = _held_if_full(around, offer.id)
    if held is not None:
        raise NoOpenPlace(offer.name, held)
    last_day = end_of_working_days(around.today, working_days)
    option_queries.hold(
        around.session, case.id, offer.id, today=around.today, last_day=last_day, held_by=around.caller.subject
    )
    return True


def _held_if_full(around: Around, offer: int) -> int | None:
    """How many places others hold, when there is none left to hold; None when there is. Locks the offer's capacity."""
    if not option_queries.lock_places(around.session, offer):
        return 0
    room = option_queries.room(around.session, offer, around.today)
    open_places = 0 if room.admission_stop else room.open_places
    return room.held if room.held >= open_places else None


def release(around: Around, case: UUID, offer: int) -> bool:
    """The place is free again; False when none was held."""
    return option_queries.end(around.session, case, offer, "released")


def promise(around: Around, case: UUID, offer: int, referral: UUID, *, until: date) -> None:
    """An accepted child has its place, as far as the provider stated one: nobody else may hold it."""
    values = {"until": until, "today": around.today}
    if option_queries.keep_for_referral(around.session, case, offer, referral, **values):
        return
    if _held_if_full(around, offer) is None:
        by = around.caller.subject
        option_queries.hold(around.session, case, offer, today=around.today, last_day=until, held_by=by)
        option_queries.keep_for_referral(around.session, case, offer, referral, **values)


def expire_options(session: Session, now: datetime) -> int:
    """End the options that are over, or whose place the provider has counted since; how many. For the clock."""
    over = option_queries.expire(session, dutch_day(now))
    for option in over:
        if option.ended_how == "expired":
            _tell_of(session, Notice.OPTION_EXPIRED, option)
    return len(over)


def remind_of_options(session: Session, now: datetime) -> int:
    """Tell whose option ends today; how many. For the clock: a second time tells nothing twice."""
    ending = option_queries.ending_on(session, dutch_day(now))
    for option in ending:
        _tell_of(session, Notice.OPTION_EXPIRING, option)
    return len(ending)


def _tell_of(session: Session, notice: Notice, option: Row[Any]) -> None:
    organisation, role = worker_of(session, option.care_request_id)
    values = {"offer": option.offer_name, "due": option.last_day}
    tell(session, notice, organisation=organisation, role=role, key=str(option.id), link="/casussen", values=values)
