"""What was done besides in the home region's past cases, as columns: the steps of the routes between asking and start.

The past itself is told in `history`: who was sent where, and when help started. A region can only learn of its steps
where they were recorded, so here they are: mostly in time, and sometimes not.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data.demo.chance import Column, Rng, sometimes, stream
from data.demo.ground import Ground
from data.demo.history import History
from data.demo.lives import EVENT_COLUMNS, MUNICIPALITY_OF
from data.demo.plan import Plan

FIRST_EVENT = 30_000_001

RECORDED = 0.93
"""How often a step is recorded at all."""


def make_past_steps(past: History, ground: Ground, plan: Plan) -> pd.DataFrame:
    """Events in the order of recording; none in a world without a home region."""
    rng = stream(plan.seed, "past steps")
    if not plan.home or past.cases.empty:
        return pd.DataFrame(columns=[*EVENT_COLUMNS, "id"])
    rows: pd.DataFrame = pd.concat(_steps(rng, _asked(past, ground, plan)), ignore_index=True)
    rows = rows.sort_values("recorded_at", kind="stable", ignore_index=True)
    return rows.assign(id=range(FIRST_EVENT, FIRST_EVENT + len(rows)))


def _asked(past: History, ground: Ground, plan: Plan) -> pd.DataFrame:
    """The home region's referrals, but those to general provisions, each with the days that history tells of it."""
    towns = ground.municipalities.code[ground.municipalities.region == (plan.home or "")]
    general = set(ground.care_types.code[ground.care_types.general])
    cases = past.cases[past.cases.municipality_code.isin(towns) & ~past.cases.care_type_codes.str[0].isin(general)]
    days = past.events.pivot_table(index="care_request_id", columns="kind", values="occurred_on", aggfunc="first")
    ended = days["started"].fillna(days["withdrawn"]).rename("ended_on")
    told = days[["referral-accepted", "allocation-sent"]].join(ended)
    referrals = past.referrals.drop(columns="id").assign(referral_id=past.referrals.id)
    known = cases[["id", "municipality_code", "opened_at"]].merge(referrals, left_on="id", right_on="care_request_id")
    return known.merge(told, left_on="care_request_id", right_index=True)


def _steps(rng: Rng, asked: pd.DataFrame) -> Iterator[pd.DataFrame]:
    opened = asked.opened_at.dt.tz_localize(None).dt.normalize()
    room = (asked.sent_on - opened).dt.days.to_numpy()
    yield _told(rng, asked, "determined", opened + _days(rng.random(len(asked)) * room), own=False)
    judged = asked["referral-accepted"] + _days(rng.integers(0, 7, len(asked)))
    late = (asked.ended_on > asked.sent_on).to_numpy()
    yield _told(rng, asked[late], "start-judged", judged[late], values='{"timely": true}')
    acknowledged = asked["allocation-sent"] + _days(rng.integers(1, 6, len(asked)))
    yield _told(rng, asked, "allocation-acknowledged", acknowledged, role="provider")
    of_provider = (asked.municipality_code == MUNICIPALITY_OF["315"]).to_numpy()
    yield _told(rng, asked[of_provider], "talked-with-provider", opened[of_provider], role="provider", own=False)
    requested = asked["referral-accepted"] + _days(rng.integers(1, 6, len(asked)))
    requested = requested.clip(upper=asked["allocation-sent"])
    yield _told(rng, asked[of_provider], "allocation-requested", requested[of_provider], role="provider")
    yield _told(rng, asked[of_provider], "request-acknowledged", requested[of_provider], values='{"correct": true}')


def _days(days: Column) -> "pd.Series[pd.Timedelta]":
    return pd.Series(pd.to_timedelta(np.floor(days), unit="D"))


def _told(
    rng: Rng,
    asked: pd.DataFrame,
    kind: str,
    day: "pd.Series[pd.Timestamp]",
    *,
    role: str = "local-team",
    values: str = "{}",
    own: bool = True,
) -> pd.DataFrame:
    """Never after the search had ended."""
    day = day.clip(upper=asked.ended_on).astype("datetime64[s]")
    rows = pd.DataFrame(
        {
            "care_request_id": asked.care_request_id,
            "kind": kind,
            "occurred_on": day,
            "recorded_at": day.dt.tz_localize("UTC") + pd.Timedelta(hours=9),
            "recorded_by": "demo",
            "role": role,
            "organisation": asked.provider_agb if role == "provider" else asked.municipality_code,
            "on_behalf_of": None,
            "party": asked.provider_agb if kind == "talked-with-provider" else None,
            "referral_id": asked.referral_id if own else None,
            "refers_to": pd.NA,
            "values": values,
            "notes": None,
        }
    )
    return rows[sometimes(rng, RECORDED, len(rows))]
