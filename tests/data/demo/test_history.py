"""The past of the demo world: children who were referred, and what the service learns from them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from data.demo import load_world
from data.demo.plan import SEED, WORLDS
from data.demo.world import World, make_world

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(WORLDS["region"].at(TODAY, SEED, None))


def starts(world: World) -> pd.DataFrame:
    """Per start the days it took."""
    began = world.events[world.events.kind == "started"].set_index("referral_id").occurred_on
    sent = world.referrals.set_index("id")
    return pd.DataFrame({"offer_id": sent.offer_id, "days": (began - sent.sent_on).dt.days}).dropna()


def test_nothing_happens_after_today_or_before_it_could(world: World) -> None:
    events = world.events
    assert (events.occurred_on < pd.Timestamp(TODAY)).all()
    assert events.id.is_monotonic_increasing
    order = ["referral-sent", "referral-accepted", "allocation-sent", "started", "withdrawn", "ended"]
    told = events.assign(step=events.kind.map({kind: step for step, kind in enumerate(order)}))
    assert told.groupby("care_request_id").step.is_monotonic_increasing.all()


def test_a_start_takes_about_the_true_wait_and_not_the_stated_one(world: World) -> None:
    newest = world.statements.groupby("offer_id").last()
    of = starts(world)
    truth = of.offer_id.map(newest.true_wait)
    assert np.median(np.abs(np.log((of.days + 7) / (truth + 7)))) < 0.25
    late = of.days - of.offer_id.map(newest.intake_wait_days + newest.treatment_wait_days)
    assert (late.groupby(of.offer_id).mean().abs() > 21).mean() > 0.1


def test_a_world_without_statements_has_no_past() -> None:
    assert len(make_world(WORLDS["region"].at(TODAY, SEED, 0)).referrals) == 0


def test_the_service_learns_from_it(session: Session) -> None:
    load_world(session, "region", today=TODAY)
    known = session.execute(
        text(
            "SELECT count(realised_wait) AS starts, count(left_before) AS counts,"
            " count(*) FILTER (WHERE late_days > 14) AS late FROM learnt_wait"
        )
    ).one()
    assert known.starts > 400
    assert known.counts > 800
    assert known.late > 30
