"""Promises the slow way: day by day, offer by offer, as one would check it by hand. And builders that name only what
matters."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from matcher.freshness import due_on
from matcher.guarantee_days import REACHES, Agreement, Held, Offer, Reach, Statement
from matcher.guarantee_room import Promise
from matcher.guarantees import Verdict

TODAY = date(2026, 11, 20)  # vrijdag
FIRST = TODAY - timedelta(days=100)
ALWAYS = Agreement((0,), date(2020, 1, 1), date.max, 30)
GEZINSHUIS = Promise(frozenset(["gezinshuis"]))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def said(days_ago: int, open_places: int = 1, **given: Any) -> Statement:
    """One open place and a wait of two weeks, stated so many days ago."""
    return Statement(ago(days_ago), open_places, **{"wait_days": 14} | given)


def an_offer(*statements: Statement, **given: Any) -> Offer:
    """A family home in the first municipality, contracted for it with a term of 30 days, for every age."""
    values: dict[str, Any] = {
        "care_type": "gezinshuis",
        "age_from": 0,
        "age_until": 17,
        "first": date(2020, 1, 1),
        "last": date.max,
        "statements": statements,
        "agreements": (ALWAYS,),
        "within": (Reach.MUNICIPALITY,),
        "km": (0.0,),
    }
    return Offer(**values | given)


def verdict_on(day: date, promise: Promise, offers: Sequence[Offer], area: int) -> Verdict:
    """The worst of what the ages find; without ages any offer will do."""
    order = list(Verdict)
    ages: Sequence[int | None] = [None] if promise.ages is None else list(range(promise.ages[0], promise.ages[1] + 1))
    return max((_for_one(day, promise, offers, area, age) for age in ages), key=order.index)


def _for_one(day: date, promise: Promise, offers: Sequence[Offer], area: int, age: int | None) -> Verdict:
    sure = perhaps = 0
    for offer in offers:
        term = term_on(day, offer, area)
        welcome = age is None or offer.age_from <= age <= offer.age_until
        if offer.care_type not in promise.care_types or not welcome or term is None:
            continue
        if not offer.first <= day <= offer.last or not within_reach(promise, offer, area):
            continue
        spoken = [each for each in offer.statements if each.on <= day]
        if not spoken:
            perhaps += promise.places
            continue
        number = places_on(day, promise, offer, spoken[-1])
        if day <= due_on(spoken[-1].on, term):
            sure += number
        else:
            perhaps += number
    if sure >= promise.places:
        return Verdict.KEPT
    return Verdict.UNCERTAIN if sure + perhaps >= promise.places else Verdict.NOT_KEPT


def term_on(day: date, offer: Offer, area: int) -> int | None:
    terms = [each.term_days for each in offer.agreements if area in each.areas and each.first <= day <= each.last]
    return min(terms, default=None)


def within_reach(promise: Promise, offer: Offer, area: int) -> bool:
    near = REACHES.index(offer.within[area]) <= REACHES.index(promise.reach)
    return near and offer.km[area] < float("inf") and (promise.max_km is None or offer.km[area] <= promise.max_km)


def places_on(day: date, promise: Promise, offer: Offer, spoken: Statement) -> int:
    if spoken.stop:
        return 0
    free = max(0, spoken.open_places - sum(held_on(day, each) for each in offer.held))
    latest = day if promise.within_days is None else day + timedelta(days=promise.within_days)
    if spoken.available_from is not None and spoken.available_from > latest:
        return 0
    if promise.within_days is None:
        return free
    return max(free, 1) if spoken.wait_days <= promise.within_days else 0


def held_on(day: date, held: Held) -> bool:
    return held.first <= day <= held.last
