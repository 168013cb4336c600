"""The network of the home region as columns: its members, cases that lie with it, and places that are held meanwhile.

It builds on the lives: cases that were refused and then wait. What was asked, proposed and declined is told after that.
"""

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from data.demo.chance import Rng, stream
from data.demo.contracts import Contracts
from data.demo.lives import EVENT_COLUMNS, Lives, working_day_ago
from data.demo.plan import Plan
from data.demo.statements import Statements
from matcher.case_events import EventKind
from matcher.working_days import end_of_working_days

FIRST_EVENT = 5_000_001
"""After the lives, before the past."""

MEMBERS_ASKED = 5
ASKED_AGO, ANSWERED_AGO = 4, 2
"""Working days."""

HELD = 4
"""Options that run."""

REQUEST_COLUMNS = ["id", "care_request_id", "form_id", "region_code", "asked_on", "asked_at", "asked_by", "due_on"]
REFERRAL_COLUMNS = [
    "id", "care_request_id", "form_id", "provider_agb", "offer_id", "network_request_id", "sent_on", "sent_at",
    "sent_by", "due_on",
]  # fmt: skip
OPTION_COLUMNS = ["id", "offer_id", "care_request_id", "last_day", "held_at", "held_by", "referral_id"]


@dataclass(frozen=True)
class Network:
    """Each with its table's columns; events in the order of recording."""

    members: pd.DataFrame
    requests: pd.DataFrame
    referrals: pd.DataFrame
    events: pd.DataFrame
    options: pd.DataFrame


@dataclass(frozen=True)
class Asking:
    """A case that lies with the network, and the offers with which members could help."""

    request: str
    case: Any
    form: str
    offers: pd.DataFrame
    referrals: Sequence[str]


def make_network(lives: Lives, offers: pd.DataFrame, agreed: Contracts, said: Statements, plan: Plan) -> Network:
    """Empty in a world without lives."""
    rng = stream(plan.seed, "network")
    contracted = _contracted(offers, agreed, plan)
    asked = [_asking(rng, case, lives, contracted) for case in _stuck(lives, plan.today).itertuples()]
    return Network(
        _members(contracted if len(lives.cases) else contracted.head(0), plan),
        pd.DataFrame(list(_requests(asked, plan)), columns=REQUEST_COLUMNS),
        pd.DataFrame([row for each in asked for row in _referrals(each, plan.today)], columns=REFERRAL_COLUMNS),
        _events(asked, plan.today),
        pd.DataFrame(list(_options(rng, lives, _with_room(said), plan.today)), columns=OPTION_COLUMNS),
    )


def _id(rng: Rng) -> str:
    return str(uuid.UUID(bytes=rng.bytes(16), version=4))


def _contracted(offers: pd.DataFrame, agreed: Contracts, plan: Plan) -> pd.DataFrame:
    """The offers of providers with a running contract for the home region."""
    running = agreed.contracts[agreed.contracts.standing == "running"]
    here = agreed.lines[agreed.lines.area_code == (plan.home or "")]
    lines = here.merge(running, left_on="contract_id", right_on="id")[["provider_agb", "care_type_code"]]
    return offers.merge(lines.drop_duplicates()).sort_values(["provider_agb", "id"], ignore_index=True)


def _stuck(lives: Lives, today: date) -> pd.DataFrame:
    """Open cases of which a refusal is the last that was told, before the network was asked."""
    last = lives.events.drop_duplicates("care_request_id", keep="last")
    in_time = last.occurred_on <= pd.Timestamp(working_day_ago(today, ASKED_AGO))
    refused = last[(last.kind == EventKind.REFERRAL_REFUSED) & in_time].care_request_id
    return lives.cases[lives.cases.id.isin(refused)].head(3)


def _asking(rng: Rng, case: Any, lives: Lives, contracted: pd.DataFrame) -> Asking:  # noqa: ANN401 - a row of cases
    fitting = contracted[contracted.care_type_code.isin(case.care_type_codes)].drop_duplicates("provider_agb")
    form = lives.forms.set_index("care_request_id").id[case.id]
    offers = fitting.head(MEMBERS_ASKED)
    return Asking(_id(rng), case, form, offers, [_id(rng) for _ in range(len(offers))])


def _members(contracted: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    providers = contracted.provider_agb.drop_duplicates()
    return pd.DataFrame(
        {"region_code": plan.home, "provider_agb": providers, "valid_from": date(2021, 1, 1), "valid_until": None}
    )


def _asked_at(today: date, minutes: int = 0) -> datetime:
    day = working_day_ago(today, ASKED_AGO)
    return datetime.fromisoformat(f"{day}T13:00:00+00:00") + timedelta(minutes=minutes)


def _requests(asked: Sequence[Asking], plan: Plan) -> Iterator[tuple[Any, ...]]:
    for each in asked:
        day = working_day_ago(plan.today, ASKED_AGO)
        yield (
            *(each.request, each.case.id, each.form, plan.home, day, _asked_at(plan.today), "demo"),
            end_of_working_days(day, 5),
        )


def _referrals(asking: Asking, today: date) -> Iterator[tuple[Any, ...]]:
    """The first member proposed one of its offers; the others did not say with which."""
    day = working_day_ago(today, ASKED_AGO)
    for at, offer in enumerate(asking.offers.itertuples()):
        yield (
            *(asking.referrals[at], asking.case.id, asking.form, offer.provider_agb, offer.id if at == 0 else None),
            *(asking.request, day, _asked_at(today, at), "demo", end_of_working_days(day, 5)),
        )


def _events(asked: Sequence[Asking], today: date) -> pd.DataFrame:
    """All are asked; the first proposes, the second declines, the rest is silent."""
    rows = [row for each in asked for row in _told(each, today)]
    events = pd.DataFrame(rows, columns=EVENT_COLUMNS).sort_values("recorded_at", kind="stable", ignore_index=True)
    return events.assign(id=range(FIRST_EVENT, FIRST_EVENT + len(events)))


def _told(asking: Asking, today: date) -> Iterator[tuple[Any, ...]]:
    worker = "local-team" if asking.case.organisation.startswith("GM") else "youth-protection"
    start = (today + timedelta(days=21)).isoformat()
    answers = ((EventKind.NETWORK_PROPOSED, {"startDate": start}), (EventKind.NETWORK_DECLINED, {"reason": "no-place"}))
    for at, offer in enumerate(asking.offers.itertuples()):
        about = (offer.provider_agb, asking.referrals[at], None)
        day = working_day_ago(today, ASKED_AGO)
        yield (
            *(asking.case.id, EventKind.NETWORK_ASKED.value, day, _asked_at(today, at), "demo", worker),
            *(asking.case.organisation, None, *about, "{}", None),
        )
    for at, (kind, values) in enumerate(answers[: len(asking.offers)]):
        provider = asking.offers.provider_agb.iloc[at]
        day = working_day_ago(today, ANSWERED_AGO)
        moment = datetime.fromisoformat(f"{day}T14:00:00+00:00")
        yield (
            *(asking.case.id, kind.value, day, moment, "demo", "provider", provider, None),
            *(provider, asking.referrals[at], None, json.dumps(values), None),
        )


def _with_room(said: Statements) -> set[int]:
    """The offers that state an open place now."""
    now = said.statements[said.statements.id.isin(said.current.statement_id)]
    return set(now.offer_id[(now.open_places > 0) & ~now.admission_stop])


def _options(rng: Rng, lives: Lives, with_room: set[int], today: date) -> Iterator[tuple[Any, ...]]:
    """Places held for cases that wait for an answer, where one is open."""
    answered = lives.events[lives.events.kind.isin(["referral-refused", "referral-accepted"])].referral_id
    waiting = lives.referrals[~lives.referrals.id.isin(answered) & lives.referrals.offer_id.isin(with_room)]
    for _, referral in waiting.drop_duplicates("offer_id").head(HELD).iterrows():
        last_day = end_of_working_days(today, 2)
        yield (
            *(_id(rng), referral.offer_id, referral.care_request_id, last_day, referral.sent_at, "demo", referral.id),
        )
