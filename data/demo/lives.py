"""Cases that live, as columns: the scenarios played by teams of the home region, so that every page has something."""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd

from data.demo.chance import Rng, stream
from data.demo.contracts import Contracts
from data.demo.demand import ask
from data.demo.ground import Ground
from data.demo.plan import CENTRAAL_GELDERLAND, Plan
from data.demo.scenarios import SCENARIOS, Said, Scenario
from matcher.case_events import EventKind
from matcher.working_days import end_of_working_days, is_working_day

MUNICIPALITY_OF = {"301": "GM0202", "315": "GM0299"}
"""Where each route is walked in the demo: in Arnhem and in Zevenaar."""

FIRST_EVENT = 100_001
"""After the openings, before the past."""

DESKS = {"provider": "provider", "back-office": "back-office", "ret": "ret-chair", "regional": "regional-contact"}
"""Who records what, besides the worker."""

FORM = {
    "question": "Een veilige plek waar het kind tot rust komt en naar school kan.",
    "wishesOfChild": "Ik wil bij mijn eigen voetbalclub blijven.",
    "wishesOfParents": "Wij willen elke week op bezoek kunnen komen.",
}

TO_ONESELF = frozenset({EventKind.TALKED_WITH_LOCAL_TEAM, EventKind.DETERMINATION_SENT})
"""What a local team need not do in its own case."""

CLOSED_BY = {
    EventKind.STARTED: "started",
    EventKind.ENDED: "closed",
    EventKind.WITHDRAWN: "closed",
}

FORM_COLUMNS = ["id", "care_request_id", "content", "filled_in_at", "filled_in_by"]
REFERRAL_COLUMNS = [
    "id", "care_request_id", "form_id", "provider_agb", "offer_id", "sent_on", "sent_at", "sent_by", "due_on"
]  # fmt: skip
EVENT_COLUMNS = [
    "care_request_id", "kind", "occurred_on", "recorded_at", "recorded_by", "role", "organisation", "on_behalf_of",
    "party", "referral_id", "refers_to", "values", "notes",
]  # fmt: skip


@dataclass(frozen=True)
class Lives:
    """Each with its table's columns; events in the order of recording."""

    cases: pd.DataFrame
    forms: pd.DataFrame
    referrals: pd.DataFrame
    events: pd.DataFrame
    routes: pd.DataFrame
    brokers: pd.DataFrame


@dataclass(frozen=True)
class Life:
    """One case that plays a scenario, with the two offers it may be put to."""

    id: str
    scenario: Scenario
    region: str
    municipality: str
    organisation: str
    offers: tuple[Any, Any]
    referrals: tuple[str, str]
    form: str

    @property
    def role(self) -> str:
        return "local-team" if self.organisation == self.municipality else "youth-protection"


def make_lives(
    ground: Ground, offers: pd.DataFrame, agreed: Contracts, institutions: pd.DataFrame, plan: Plan
) -> Lives:
    """None in a world without a home region."""
    rng = stream(plan.seed, "lives")
    pool = _pool(ground, offers, agreed, plan)
    playing = [scenario for scenario in SCENARIOS.values() for _ in range(scenario.cases)] if len(pool) > 1 else []
    institution = institutions.agb_code.iloc[0]
    lives = [_life(rng, at, scenario, pool, institution) for at, scenario in enumerate(playing)]
    return Lives(
        _cases(rng, lives, ground, plan),
        _table(_forms(lives, plan.today), FORM_COLUMNS),
        _table(_referrals(lives, plan.today), REFERRAL_COLUMNS),
        _events(lives, plan.today),
        pd.DataFrame(
            [(MUNICIPALITY_OF["315"], date(2021, 1, 1), "315")] if lives else [],
            columns=["area_code", "valid_from", "route"],
        ),
        pd.DataFrame(
            [(plan.home, date(2021, 1, 1), True)] if lives else [], columns=["region_code", "valid_from", "present"]
        ),
    )


def _pool(ground: Ground, offers: pd.DataFrame, agreed: Contracts, plan: Plan) -> pd.DataFrame:
    """Where a child stays, contracted for the home region; the cast, who have accounts, have the first AGB codes."""
    if plan.home != CENTRAAL_GELDERLAND:
        return offers.head(0)
    running = agreed.contracts[agreed.contracts.standing == "running"]
    here = agreed.lines[agreed.lines.area_code.isin([plan.home, "NL"])]
    contracted = here.merge(running, left_on="contract_id", right_on="id")[["provider_agb", "care_type_code"]]
    stays = set(ground.care_types.code[ground.care_types.stay & ~ground.care_types.crisis])
    fitting = offers[offers.care_type_code.isin(stays)].merge(contracted.drop_duplicates())
    return fitting.sort_values(["provider_agb", "id"], ignore_index=True)


def _life(rng: Rng, at: int, scenario: Scenario, pool: pd.DataFrame, institution: str) -> Life:
    """Every second case is the cast's; every third is a jeugdbeschermer's."""
    municipality = MUNICIPALITY_OF[scenario.route]
    few = min(len(pool), 12)
    first = at % few if at % 2 else int(rng.integers(0, len(pool)))
    second = (first + 1 + int(rng.integers(0, len(pool) - 1))) % len(pool)
    return Life(
        _id(rng),
        scenario,
        CENTRAAL_GELDERLAND,
        municipality,
        institution if scenario.protection or at % 3 == 0 else municipality,
        (pool.iloc[first], pool.iloc[second]),
        (_id(rng), _id(rng)),
        _id(rng),
    )


def _id(rng: Rng) -> str:
    return str(uuid.UUID(bytes=rng.bytes(16), version=4))


# --- days ----------------------------------------------------------------------------------------------------------


def working_day_ago(today: date, days: int) -> date:
    """The last day somebody worked, so many working days before today."""
    day = today
    while days or not is_working_day(day):
        days -= is_working_day(day)
        day -= timedelta(days=1)
    return day


def _moment(day: date, position: int) -> datetime:
    """During that day, in the order of the scenario."""
    return datetime.combine(day, time(8), UTC) + timedelta(minutes=10 * position)


def _days(days: Sequence[date]) -> "pd.Series[pd.Timestamp]":
    return pd.Series(days, dtype="datetime64[s]")


def _instants(moments: Sequence[datetime]) -> "pd.Series[pd.Timestamp]":
    return pd.Series(moments, dtype="datetime64[s, UTC]")


# --- tables --------------------------------------------------------------------------------------------------------


def _cases(rng: Rng, lives: Sequence[Life], ground: Ground, plan: Plan) -> pd.DataFrame:
    """Children who would fit where they are sent, living in their municipality."""
    cases = ask(rng, ground, len(lives), plan.today)
    places = ground.postcodes.groupby("municipality_code").pc4.agg(list)
    own: dict[str, Any] = {
        "id": [life.id for life in lives],
        "municipality_code": [life.municipality for life in lives],
        "organisation": [life.organisation for life in lives],
        "pc4": [places[life.municipality][at % len(places[life.municipality])] for at, life in enumerate(lives)],
        "care_type_codes": [[life.offers[0].care_type_code] for life in lives],
        "need_codes": [[] for _ in lives],
        "birth_month": [_born(life, plan.today) for life in lives],
        "needed_from": _days([plan.today + timedelta(days=life.scenario.needed_in_days) for life in lives]),
        "opened_at": _instants([_moment(working_day_ago(plan.today, life.scenario.opened), 0) for life in lives]),
        "reference": [f"{plan.today.year}-z{at:03}" for at in range(1, len(lives) + 1)],
        "status": [_status(life) for life in lives],
    }
    return cases.assign(**own, opened_by="demo", gender=None, siblings=0, max_distance_km=None, version=1)


def _born(life: Life, today: date) -> str:
    """In the middle of the ages that the offer takes, or of the age the scenario is about."""
    offer = life.offers[0]
    age = life.scenario.age or (int(offer.age_from) + min(int(offer.age_until), 16)) // 2
    months = today.year * 12 + today.month - 1 - age * 12 - 7
    return f"{months // 12}-{months % 12 + 1:02}"


def _status(life: Life) -> str:
    return next((CLOSED_BY[said.kind] for said in reversed(life.scenario.said) if said.kind in CLOSED_BY), "open")


def _sent(life: Life) -> Iterator[tuple[int, Said]]:
    for position, said in enumerate(life.scenario.said, start=1):
        if said.kind is EventKind.REFERRAL_SENT:
            yield position, said


def _forms(lives: Sequence[Life], today: date) -> Iterator[tuple[Any, ...]]:
    for life in lives:
        for position, said in list(_sent(life))[:1]:
            content = FORM | {"determination": _determination(life)}
            yield life.form, life.id, json.dumps(content), _moment(working_day_ago(today, said.ago), position), "demo"


def _determination(life: Life) -> dict[str, Any]:
    volume = {"amount": 7, "unit": "day", "period": "week"}
    return {"careType": life.offers[0].care_type_code, "durationMonths": 12, "volume": volume, "evaluationMoments": []}


def _referrals(lives: Sequence[Life], today: date) -> Iterator[tuple[Any, ...]]:
    for life in lives:
        for position, said in _sent(life):
            day, offer = working_day_ago(today, said.ago), life.offers[said.about or 0]
            yield (
                life.referrals[said.about or 0],
                life.id,
                life.form,
                offer.provider_agb,
                int(offer.id),
                day,
                _moment(day, position),
                "demo",
                end_of_working_days(day, int(said.values.get("answerDays", 5))),
            )


DAYS = ("sent_on", "due_on", "occurred_on")
INSTANTS = ("filled_in_at", "sent_at", "recorded_at")


def _table(rows: Iterable[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=columns)
    days = {name: _days(table[name].to_list()) for name in DAYS if name in table}
    return table.assign(**days, **{name: _instants(table[name].to_list()) for name in INSTANTS if name in table})


def _events(lives: Sequence[Life], today: date) -> pd.DataFrame:
    told = (row for life in lives for row in _told(life, today))
    events = _table(told, EVENT_COLUMNS).sort_values("recorded_at", kind="stable", ignore_index=True)
    return events.assign(id=range(FIRST_EVENT, FIRST_EVENT + len(events)))


def _told(life: Life, today: date) -> Iterator[tuple[Any, ...]]:
    own = life.role == "local-team"
    for position, said in enumerate(life.scenario.said, start=1):
        if own and said.kind in TO_ONESELF:
            continue
        day = working_day_ago(today, said.ago)
        offer = None if said.about is None else life.offers[said.about]
        role = DESKS.get(said.by, life.role)
        yield (
            life.id,
            said.kind.value,
            day,
            _moment(day, position),
            "demo",
            role,
            _desk(life, said, offer),
            None,
            offer.provider_agb if offer is not None else None,
            life.referrals[said.about] if said.about is not None else None,
            None,
            json.dumps(_values(life, said, today)),
            json.dumps(said.notes) if said.notes else None,
        )


def _desk(life: Life, said: Said, offer: Any) -> str:  # noqa: ANN401 - a row of offers
    """The organisation of who recorded it."""
    at = {"back-office": life.municipality, "ret": life.region, "regional": life.region}
    return str(offer.provider_agb) if said.by == "provider" else at.get(said.by, life.organisation)


def _values(life: Life, said: Said, today: date) -> dict[str, Any]:
    days = {name: (today + timedelta(days=ahead)).isoformat() for name, ahead in said.in_days.items()}
    care = {"careType": life.offers[0].care_type_code} if said.kind is EventKind.DETERMINED else {}
    return {**said.values, **days, **care}
