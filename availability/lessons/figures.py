"""Every figure of one region over one period, made of what is stored by the rules of `matcher`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby
from operator import attrgetter

from sqlalchemy.orm import Session

from availability.cases.event_queries import history_of
from availability.lessons import queries
from availability.publication.periods import Quarter
from availability.vocabulary.lexicon import Lexicon
from availability.waits.queries import stated_against_realised
from matcher.lessons import Case, Period, Referral, Referrals, Share
from matcher.lessons_of_cases import (
    Contacts,
    Escalations,
    OfAge,
    StepTime,
    contacts,
    escalations,
    of_age,
    step_times,
)
from matcher.lessons_of_refusals import Refused, refusals, touched_by
from matcher.lessons_of_supply import PlacesAt, Provider, SizeClass, Waited, by_size


@dataclass(frozen=True, slots=True)
class Histories:
    """The cases of a region that a period and the year before it can say something of."""

    cases: Sequence[Case]
    referrals: Referrals

    @classmethod
    def of(cls, session: Session, region: str, period: Period) -> "Histories":
        since = period.year_before().first
        rows = queries.histories(session, region, since, period.last)
        cases = []
        for _, of_case in groupby(rows, key=attrgetter("case_id")):
            told = list(of_case)
            history = history_of(told)
            cases.append(Case(history.facts, history.events, told[0].care_type))
        put = queries.referrals(session, region, since, period.last)
        return cls(cases, {row.id: Referral(row.care_type, row.provider_agb, row.network) for row in put})


@dataclass(frozen=True, slots=True)
class OfSupply:
    """What is learnt of providers and places."""

    refusals: list[Refused]
    refused_children: int
    waits: list[Waited]
    sizes: list[SizeClass]
    places: list[PlacesAt]

    @classmethod
    def of(cls, session: Session, region: str, period: Period, told: Histories) -> "OfSupply":
        providers = [
            Provider(row.provider_agb, row.offers, row.usable)
            for row in queries.providers(session, region, period.last)
        ]
        return cls(
            refusals(told.cases, told.referrals, period),
            touched_by(told.cases, told.referrals, period),
            [
                Waited(row.care_type_code, row.starts, row.stated_wait_days, row.realised_wait_days)
                for row in stated_against_realised(session, region, period.last)
            ],
            by_size(told.cases, told.referrals, providers, period),
            [
                PlacesAt(row.day, row.in_families, row.in_groups, row.unknown)
                for row in queries.places(session, region, ends_of_quarters(period))
            ],
        )


@dataclass(frozen=True, slots=True)
class OfCases:
    """What is learnt of how cases went."""

    steps: list[StepTime]
    late: Share
    late_children: int
    escalations: Escalations
    contacts: Contacts
    of_age: OfAge

    @classmethod
    def of(cls, period: Period, told: Histories, lexicon: Lexicon) -> "OfCases":
        turns = [case.turns(period) for case in told.cases]
        steps = step_times(chain.from_iterable(turns))
        stays = {each.code for each in lexicon.care_types.values() if each.stay}
        return cls(
            steps,
            Share(sum(row.late for row in steps), sum(row.in_time.whole for row in steps)),
            sum(any(turn.late for turn in of_case) for of_case in turns),
            escalations(told.cases, period),
            contacts(told.cases, turns, period),
            of_age(told.cases, told.referrals, stays.__contains__, period),
        )


def ends_of_quarters(period: Period) -> list[date]:
    """The day before the period, and the last day of each of its quarters."""
    days = [period.last]
    while days[-1] >= period.first:
        days.append(Quarter.last_before(days[-1]).last_day)
    return days[::-1]


def last_four_quarters(today: date) -> Period:
    last = Quarter.last_before(today)
    return Period(Quarter(last.year - 1, last.number).last_day + timedelta(days=1), last.last_day)
