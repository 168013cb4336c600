"""Searches of the past two years in the home region that went less smoothly, as columns: refused first, at the expert
team, escalated, without contact, withdrawn, and stays around an eighteenth birthday. From these a region learns.

All of them are over: none of it stands on anybody's desk today.
"""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.demo.chance import Rng, choose, pick, stream
from data.demo.contracts import Contracts
from data.demo.demand import ask
from data.demo.ground import Ground
from data.demo.lives import (
    DESKS,
    EVENT_COLUMNS,
    FORM,
    FORM_COLUMNS,
    MUNICIPALITY_OF,
    REFERRAL_COLUMNS,
    TO_ONESELF,
)
from data.demo.past_lives import CARE, LIVES, SECOND, STAY, Move
from data.demo.plan import CENTRAAL_GELDERLAND, Plan
from matcher.case_events import EventKind as E
from matcher.case_events import Value
from matcher.working_days import end_of_working_days, first_working_day_from

FIRST_EVENT = 20_000_001

SEARCHES = 345
OPENED_AGO = (55, 800)
"""Days."""

BY_THE_PROVIDERS_ROUTE = 0.25
UNDER_PROTECTION = 0.6

STAYS = 36
"""Young people who turned eighteen while they stayed somewhere."""
STAYED_ON, ARRANGED = 0.55, 0.6


@dataclass(frozen=True)
class PastSearches:
    """Each with its table's columns; events in the order of recording."""

    cases: pd.DataFrame
    forms: pd.DataFrame
    referrals: pd.DataFrame
    events: pd.DataFrame


@dataclass(frozen=True)
class Search:
    """One case with the days on which it went on, and the two offers that were asked."""

    id: str
    municipality: str
    organisation: str
    opened: date
    offers: tuple[Any, Any]
    referrals: tuple[str, str]
    form: str
    told: tuple[tuple[date, Move, dict[str, Value]], ...]
    born: str
    """Month of birth."""

    @property
    def role(self) -> str:
        return "local-team" if self.organisation == self.municipality else "youth-protection"

    @property
    def status(self) -> str:
        return "started" if self.told[-1][1].kind in {E.STARTED, E.ADULT_CARE_ARRANGED} else "closed"


def make_past_searches(
    ground: Ground, offers: pd.DataFrame, agreed: Contracts, institutions: pd.DataFrame, plan: Plan
) -> PastSearches:
    """None in a world without a home region."""
    rng = stream(plan.seed, "past searches")
    making = _Making(rng, ground, _asked_for(offers, agreed, plan), institutions.agb_code.iloc[0], plan.today)
    searches = list(making.searches()) if making.can_be_made else []
    return PastSearches(
        _cases(rng, searches, ground, plan.today),
        _table(_forms(searches), FORM_COLUMNS),
        _table(_referrals(searches), REFERRAL_COLUMNS),
        _events(searches),
    )


def _asked_for(offers: pd.DataFrame, agreed: Contracts, plan: Plan) -> dict[str, list[Any]]:
    """What a running contract opens to the home region, and how much its provider has: who is known is asked first."""
    if plan.home != CENTRAAL_GELDERLAND:
        return {}
    running = agreed.contracts[agreed.contracts.standing == "running"]
    here = agreed.lines[agreed.lines.area_code.isin([plan.home, "NL"])]
    contracted = here.merge(running, left_on="contract_id", right_on="id")[["provider_agb", "care_type_code"]]
    fitting = offers[offers.care_type_code.isin(CARE)].merge(contracted.drop_duplicates())
    size = offers.groupby("provider_agb").id.count().rename("size")
    rows = fitting.join(size, on="provider_agb").sort_values(["provider_agb", "id"])
    return {str(care): list(those.itertuples()) for care, those in rows.groupby("care_type_code")}


@dataclass(frozen=True)
class _Making:
    rng: Rng
    ground: Ground
    pool: Mapping[str, Sequence[Any]]
    """Per care type the offers that are asked for it."""
    institution: str
    today: date

    @property
    def can_be_made(self) -> bool:
        """Each care type needs two offers to be refused at one and accepted at the other."""
        return all(len(self.pool.get(care, ())) > 1 for care in CARE)

    def searches(self) -> Iterator[Search]:
        """Those that are over by now; who was still searching is among the open cases."""
        lives = list(LIVES.values())
        for at in pick(self.rng, [share for share, _ in lives], SEARCHES):
            search = self._search(lives[at][1], self._day_ago(*OPENED_AGO))
            if search.told[-1][0] < self.today:
                yield search
        for _ in range(STAYS):
            yield self._stay()

    def _search(self, moves: Sequence[Move], opened: date, cares: Mapping[str, float] = CARE) -> Search:
        protected = any(move.kind is E.CONTACT_FAILED for move in moves) or self.rng.random() < UNDER_PROTECTION
        route = "315" if self.rng.random() < BY_THE_PROVIDERS_ROUTE else "301"
        municipality = MUNICIPALITY_OF[route]
        offers = self._two_offers(self._one_of(cares))
        told = tuple(self._told(moves, opened, route))
        age = (int(offers[0].age_from) + min(int(offers[0].age_until), 16)) // 2
        return Search(
            self._id(),
            municipality,
            self.institution if protected else municipality,
            opened,
            offers,
            (self._id(), self._id()),
            self._id(),
            told,
            _month(opened, -12 * age - 7),
        )

    def _told(self, moves: Sequence[Move], opened: date, route: str) -> Iterator[tuple[date, Move, dict[str, Value]]]:
        day, days = opened, []
        for move in moves:
            if route in move.routes:
                after = int(self.rng.integers(move.after[0], move.after[1] + 1))
                day = end_of_working_days(day, after) if after else day
                days.append((day, move))
        for day, move in days:
            values = dict(move.values) | {name: self._one_of(table) for name, table in move.drawn.items()}
            if move.kind is E.REFERRAL_ACCEPTED:
                values["startDate"] = next(at for at, later in days if later.kind is E.STARTED).isoformat()
            yield day, move, values

    def _stay(self) -> Search:
        """Began half a year or more before the month of the birthday, and ended in it or went on."""
        opened = self._day_ago(OPENED_AGO[1] - 100, OPENED_AGO[1])
        search = self._search(LIVES["refused first"][1], opened, STAY)
        turned = date.fromisoformat(_month(opened, int(self.rng.integers(6, 19))) + "-01")
        told = list(search.told)
        if self.rng.random() < ARRANGED:
            told.append((first_working_day_from(turned - timedelta(days=20)), Move((0, 0), E.ADULT_CARE_ARRANGED), {}))
        if self.rng.random() > STAYED_ON:
            end = Move((0, 0), E.ENDED, SECOND, by="provider", values={"reason": "31"})
            told.append((turned + timedelta(days=14), end, dict(end.values)))
        return replace(search, told=tuple(told), born=_month(turned, -18 * 12))

    def _two_offers(self, care: str) -> tuple[Any, Any]:
        """Each with a provider of its own where it can be; the large are asked most."""
        these = self.pool[care]
        first = self._asked(these)
        others = [offer for offer in these if offer.provider_agb != first.provider_agb]
        return first, self._asked(others or [offer for offer in these if offer.id != first.id])

    def _asked(self, these: Sequence[Any]) -> Any:  # noqa: ANN401 - a row of offers
        return these[pick(self.rng, [offer.size for offer in these], 1)[0]]

    def _one_of(self, shares: Mapping[str, float]) -> str:
        return str(choose(self.rng, shares, 1)[0])

    def _day_ago(self, least: int, most: int) -> date:
        return first_working_day_from(self.today - timedelta(days=int(self.rng.integers(least, most))))

    def _id(self) -> str:
        return str(uuid.UUID(bytes=self.rng.bytes(16), version=4))


def _month(day: date, months: int) -> str:
    """So many months after a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return f"{year}-{month + 1:02}"


# --- tables --------------------------------------------------------------------------------------------------------


def _cases(rng: Rng, searches: Sequence[Search], ground: Ground, today: date) -> pd.DataFrame:
    cases = ask(rng, ground, len(searches), today)
    places = ground.postcodes.groupby("municipality_code").pc4.agg(list)
    opened = pd.Series([each.opened for each in searches], dtype="datetime64[s]")
    own: dict[str, Any] = {
        "id": [each.id for each in searches],
        "municipality_code": [each.municipality for each in searches],
        "organisation": [each.organisation for each in searches],
        "pc4": [places[each.municipality][at % len(places[each.municipality])] for at, each in enumerate(searches)],
        "care_type_codes": [[each.offers[0].care_type_code] for each in searches],
        "need_codes": [[] for _ in searches],
        "birth_month": [each.born for each in searches],
        "needed_from": opened + pd.Timedelta(days=30),
        "opened_at": opened.dt.tz_localize("UTC") + pd.Timedelta(hours=7),
        "reference": [f"{each.opened.year}-v{at:03}" for at, each in enumerate(searches, start=1)],
        "status": [each.status for each in searches],
    }
    return cases.assign(**own, opened_by="demo", gender=None, siblings=0, max_distance_km=np.nan, version=2)


def _sent(search: Search) -> Iterator[tuple[int, date, Move]]:
    for position, (day, move, _) in enumerate(search.told, start=1):
        if move.kind is E.REFERRAL_SENT:
            yield position, day, move


def _forms(searches: Sequence[Search]) -> Iterator[tuple[Any, ...]]:
    for search in searches:
        position, day, _ = next(_sent(search))
        yield search.form, search.id, json.dumps(FORM), _moment(day, position), "demo"


def _referrals(searches: Sequence[Search]) -> Iterator[tuple[Any, ...]]:
    for search in searches:
        for position, day, move in _sent(search):
            offer = search.offers[move.about or 0]
            put = (search.referrals[move.about or 0], search.id, search.form, offer.provider_agb, int(offer.id))
            yield (*put, day, _moment(day, position), "demo", end_of_working_days(day, 5))


def _events(searches: Sequence[Search]) -> pd.DataFrame:
    rows = [row for search in searches for row in _rows(search)]
    events = _table(rows, EVENT_COLUMNS).sort_values("recorded_at", kind="stable", ignore_index=True)
    return events.assign(id=range(FIRST_EVENT, FIRST_EVENT + len(events)))


def _rows(search: Search) -> Iterator[tuple[Any, ...]]:
    at = {"back-office": search.municipality, "ret": CENTRAAL_GELDERLAND, "regional": CENTRAAL_GELDERLAND}
    for position, (day, move, values) in enumerate(search.told, start=1):
        if search.role == "local-team" and move.kind in TO_ONESELF:
            continue
        offer = None if move.about is None else search.offers[move.about]
        desk = str(offer.provider_agb) if move.by == "provider" and offer is not None else at.get(move.by)
        yield (
            *(search.id, move.kind.value, day, _moment(day, position), "demo", DESKS.get(move.by, search.role)),
            *(desk or search.organisation, None, None if offer is None else offer.provider_agb),
            *(None if move.about is None else search.referrals[move.about], None, json.dumps(values), None),
        )


def _moment(day: date, position: int) -> datetime:
    """During that day, in the order in which it happened."""
    return datetime.combine(day, time(8), UTC) + timedelta(minutes=10 * position)


_KINDS = {"sent_on": "datetime64[s]", "due_on": "datetime64[s]", "occurred_on": "datetime64[s]"} | dict.fromkeys(
    ("filled_in_at", "sent_at", "recorded_at"), "datetime64[s, UTC]"
)


def _table(rows: Iterator[tuple[Any, ...]] | Sequence[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=columns)
    return table.assign(
        **{name: pd.Series(table[name].to_list(), dtype=_KINDS[name]) for name in columns if name in _KINDS}
    )
