"""The past as columns: children who were referred and started, or gave up. From these the service learns real waits.

A start takes the true wait behind what was stated that day, give or take a quarter; so a provider that states too short
a wait starts late, again and again. Who still waits is not among them: those are the open cases.
"""

import json
import uuid
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.chance import Column, Rng, long_tailed, pick, stream
from data.demo.demand import ask
from data.demo.ground import Ground
from data.demo.plan import Plan

SPREAD = 0.25
"""Of real waits around the true one, as the standard deviation of their logarithm."""

PATIENCE_DAYS = 300.0
"""How long a family looks on before it finds help elsewhere, on average."""

BACK_DAYS = 360

FIRST_EVENT = 10_000_001
"""Numbers of their own, far from what is told of the open cases."""

WEEKS_OF_HELP = (8, 60)

SEARCHED_DAYS = (0, 9)
"""Between opening and the referral."""
NEEDED_DAYS = (0, 91)
"""From the referral until the day that help was needed from: for some at once, for some in three months."""
ANSWERED_DAYS = (1, 6)
ALLOCATED_DAYS = (5, 13)
"""After the referral."""

QUESTION = "Een plek waar het kind tot rust komt."


@dataclass(frozen=True)
class History:
    """Each with its table's columns; all in the order in which it happened."""

    cases: pd.DataFrame
    forms: pd.DataFrame
    referrals: pd.DataFrame
    events: pd.DataFrame


def make_history(
    ground: Ground, offers: pd.DataFrame, locations: pd.DataFrame, statements: pd.DataFrame, plan: Plan
) -> History:
    """About `plan.past` children: fewer where what was stated first is too fresh for a start since."""
    rng = stream(plan.seed, "history")
    open_to = _open_to(ground, offers, locations, statements)
    referred = _referred(rng, open_to, plan)
    general = ground.care_types.code[ground.care_types.general]
    referred["general"] = referred.care_type_code.isin(general)
    referred["case"], referred["form"], referred["referral"] = (_ids(rng, len(referred)) for _ in range(3))
    return History(_cases(rng, ground, referred, plan), _forms(referred), _referrals(referred), _events(referred, plan))


def _ids(rng: Rng, n: int) -> list[str]:
    return [str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(n)]


def _open_to(ground: Ground, offers: pd.DataFrame, locations: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """The offers in these regions that ever stated anything, with the truth behind it and the first day they did."""
    truth = statements.groupby("offer_id").agg(
        true_wait=("true_wait", "last"), start_per_day=("start_per_day", "last"), found_from=("stated_at", "min")
    )
    truth["found_from"] = truth.found_from.dt.tz_localize(None).dt.normalize() + pd.Timedelta(days=1)
    place = locations.set_index("id")[["municipality_code", "pc4"]]
    here = offers.set_index("id").join(truth, how="inner").join(place, on="location_id")
    here = here[here.municipality_code.isin(ground.municipalities.code)]
    return here.rename_axis("offer_id").reset_index()


def _referred(rng: Rng, open_to: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Who was sent where, and the day on which that wait ended. The more start with an offer, the more children."""
    n = plan.past if len(open_to) else 0
    chosen = pick(rng, open_to.start_per_day.to_numpy(float), n) if n else np.empty(0, np.intp)
    rows = open_to.iloc[chosen].reset_index(drop=True)
    real = np.rint(long_tailed(rng, rows.true_wait.to_numpy(float) + 1, SPREAD, n))
    patience = np.rint(rng.exponential(PATIENCE_DAYS, n)) + 1
    waited = pd.to_timedelta(np.minimum(real, patience), unit="D")
    today = pd.Timestamp(plan.today)
    soonest = (rows.found_from + waited).clip(lower=today - pd.Timedelta(days=BACK_DAYS))
    days = ((today - soonest).dt.days * rng.random(n)).to_numpy()
    rows = rows.assign(started=real <= patience, ended_on=today - pd.to_timedelta(np.ceil(days), unit="D"))
    rows["sent_on"] = rows.ended_on - waited
    in_time: pd.DataFrame = rows[(soonest < today).to_numpy()]
    return in_time.sort_values(["ended_on", "offer_id"], kind="stable", ignore_index=True)


def _cases(rng: Rng, ground: Ground, referred: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Closed, or in care; found by nobody who looks for what is open."""
    n = len(referred)
    cases = ask(rng, ground, n, plan.today).assign(
        id=referred.case,
        municipality_code=referred.municipality_code,
        organisation=referred.municipality_code,
        pc4=referred.pc4,
        care_type_codes=referred.care_type_code.map(lambda code: [code]),
        need_codes=referred.care_type_code.map(lambda _: []),
        needed_from=_spread(referred, referred.sent_on, *NEEDED_DAYS),
        opened_by="demo",
        opened_at=_moments(_spread(referred, referred.sent_on, *SEARCHED_DAYS, back=True), 8),
        siblings=0,
        past_eighteen=False,
        gender=None,
        max_distance_km=np.nan,
        version=3,
    )
    age = rng.integers(referred.age_from.to_numpy(), np.minimum(referred.age_until.to_numpy(), 17) + 1)
    born = referred.sent_on.to_numpy().astype("datetime64[M]") - age * 12 - 6
    cases["birth_month"] = born.astype(str).astype(object)
    cases["status"] = np.where(referred.started & ~_over(referred, plan), "started", "closed")
    cases["reference"] = [f"{day.year}-h{number:05}" for number, day in enumerate(referred.sent_on, start=1)]
    return cases


def _over(referred: pd.DataFrame, plan: Plan) -> Column:
    """Whether the help that started has ended by now."""
    over: Column = (_help_ended(referred) < pd.Timestamp(plan.today)).to_numpy()
    return over


def _spread(
    referred: pd.DataFrame, day: "pd.Series[pd.Timestamp]", least: int, most: int, back: bool = False
) -> "pd.Series[pd.Timestamp]":
    """So many days after a day, or before it: more for one than for the other."""
    days = pd.Series(pd.to_timedelta(least + referred.index.to_numpy() * 5 % (most - least + 1), unit="D"))
    return day - days if back else day + days


def _said(referred: pd.DataFrame) -> list[str]:
    """A general provision is asked as such: it needs neither determination nor allocation."""
    return [json.dumps({"general": True} if general else {}) for general in referred.general]


def _help_ended(referred: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    shortest, longest = WEEKS_OF_HELP
    weeks = shortest + referred.index.to_numpy() * 7 % (longest - shortest)
    return referred.ended_on + pd.to_timedelta(weeks * 7, unit="D")


def _forms(referred: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": referred.form,
            "care_request_id": referred.case,
            "content": json.dumps({"question": QUESTION}),
            "filled_in_at": _moments(referred.sent_on, 9),
            "filled_in_by": "demo",
        }
    )


def _referrals(referred: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": referred.referral,
            "care_request_id": referred.case,
            "form_id": referred.form,
            "provider_agb": referred.provider_agb,
            "offer_id": referred.offer_id,
            "sent_on": referred.sent_on,
            "sent_at": _moments(referred.sent_on, 9),
            "sent_by": "demo",
            "due_on": referred.sent_on + pd.offsets.BDay(5),
        }
    )


def _events(referred: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Sent, accepted, allocated, started or withdrawn, and ended: no event lies after the wait's end but the last."""
    answered, allocated = (
        _spread(referred, referred.sent_on, *days).clip(upper=referred.ended_on)
        for days in (ANSWERED_DAYS, ALLOCATED_DAYS)
    )
    accepted = [json.dumps({"startDate": day.date().isoformat()}) for day in referred.ended_on]
    gone = json.dumps({"reason": "Hulp elders gevonden."})
    over = referred.started & _over(referred, plan)
    parts = (
        _told(referred, "referral-sent", referred.sent_on, party=referred.provider_agb, values=_said(referred)),
        _told(referred, "referral-accepted", answered, values=accepted),
        _told(referred, "allocation-sent", allocated)[~referred.general],
        _told(referred, "started", referred.ended_on)[referred.started],
        _told(referred, "withdrawn", referred.ended_on, values=gone, own=False)[~referred.started],
        _told(
            referred, "ended", _help_ended(referred), values=json.dumps({"reason": "Hulp volgens afspraak afgerond."})
        )[over],
    )
    events = pd.concat(parts, ignore_index=True).sort_values("occurred_on", kind="stable", ignore_index=True)
    return events.assign(id=np.arange(FIRST_EVENT, FIRST_EVENT + len(events)))


def _told(
    referred: pd.DataFrame,
    kind: str,
    day: "pd.Series[pd.Timestamp]",
    *,
    party: "pd.Series[str] | None" = None,
    values: list[str] | str = "{}",
    own: bool = True,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "care_request_id": referred.case,
            "kind": kind,
            "occurred_on": day,
            "recorded_at": _moments(day, 10),
            "recorded_by": "demo",
            "role": "local-team",
            "organisation": referred.municipality_code,
            "on_behalf_of": None,
            "party": None if party is None else party,
            "referral_id": referred.referral if own else None,
            "refers_to": pd.NA,
            "values": values,
            "notes": None,
        }
    )


def _moments(day: "pd.Series[pd.Timestamp]", hour: int) -> "pd.Series[pd.Timestamp]":
    return day.astype("datetime64[s]").dt.tz_localize("UTC") + pd.Timedelta(hours=hour)
