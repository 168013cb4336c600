"""Capacity statements as columns: what providers say of their offers, when, and how true it is.

Places, waits and counts hang together as in a queue: who waits is about the flow times the true wait (Little's law).
The stated wait is not always the true one: half of the providers in one Dutch study were wrong, so half of these are.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.demo.chance import Column, Rng, long_tailed, rank_within, sometimes, stream, unknown
from data.demo.ground import Ground
from data.demo.plan import Plan
from data.demo.profiles import profile_columns
from data.demo.providers import RHYTHMS

OLDEST_DAYS = 900
LONGEST_WAIT = 600
MOST_WAITING = 5_000

DAYS_PER_MONTH = 30.4

HONEST = 0.5
"""Share of the offers that state the true wait, but for rounding; the others say rather too short than too long."""

STOP = 0.055
STOP_WHEN_LONG = 0.12
"""Share with an admission stop; more often where the wait is over four months. Together about seven in a hundred."""

WITHDRAWN = 0.16
"""Of those who wait, the share that goes elsewhere."""

NOTES = (
    "Er komt een plek vrij na de zomer.",
    "Bel ons bij twijfel, wij denken graag mee.",
    "Eén plek is alleen voor een broer of zus.",
    "Wij zoeken nog een begeleider.",
    "De intake kan ook online.",
    "Door verbouwing tijdelijk minder plekken.",
)
"""What a planner adds; nothing about a child."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Statements:
    statements: pd.DataFrame
    """The table's columns with `id`; a later statement has a higher id. Beside them the truth: `true_wait` in days, and
    how many `start_per_day`."""
    current: pd.DataFrame
    """offer_id, statement_id: the newest of each offer that has one."""


def make_statements(offers: pd.DataFrame, providers: pd.DataFrame, ground: Ground, plan: Plan) -> Statements:
    rng = stream(plan.seed, "statements")
    rhythm = providers.rhythm.to_numpy(object)[offers.provider]
    never = sometimes(rng, _of(rhythm, "never"), len(offers))
    count = np.where(never, 0, 1 + rng.poisson(plan.history, len(offers)))
    offer = np.repeat(np.arange(len(offers)), count)
    back = rank_within(offer)  # 0 is the newest
    state = _state(rng, _traits(rng, offers, ground).iloc[offer].reset_index(drop=True), back)
    state["stated_at"] = _moments(rng, _of(rhythm, "age_days")[offer], back, plan.today)
    return _numbered(state, offers, offer)


def _of(rhythm: Column, name: str) -> Floats:
    return pd.Series(rhythm).map({key: getattr(value, name) for key, value in RHYTHMS.items()}).to_numpy(float)


def _traits(rng: Rng, offers: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    """What stays the same of an offer from one statement to the next, one row per offer."""
    n = len(offers)
    profile = profile_columns(ground.care_types.code).iloc[offers.care].reset_index(drop=True)
    places = np.rint(long_tailed(rng, profile.places.to_numpy(), profile.spread.to_numpy(), n))
    busy = long_tailed(rng, 1.0, profile.long_tail.to_numpy(), n)
    return pd.DataFrame(
        {
            "total": np.clip(places, 1, profile.most.to_numpy()).astype(int),
            "months": profile.months,
            "room": sometimes(rng, profile.room.to_numpy(), n),
            "turned": rng.geometric(0.15, n),  # how many statements ago it was the other way round
            "intake": profile.intake * busy * long_tailed(rng, 1.0, 0.2, n),
            "treatment": profile.treatment * busy * long_tailed(rng, 1.0, 0.2, n),
            "quick": np.minimum(profile.intake * 0.4, 12.0),
            "drift": rng.normal(0.0, 0.06, n),
            "error": np.where(sometimes(rng, HONEST, n), 1.0, long_tailed(rng, 0.8, 0.55, n)),
            "silence": rng.random(n),
        }
    )


def _state(rng: Rng, traits: pd.DataFrame, back: Column) -> pd.DataFrame:
    """What is stated: `traits` of the offer of each statement, which is the `back`-th before the newest."""
    n = len(back)
    total, error = traits.total.to_numpy(), traits.error.to_numpy()
    room = traits.room.to_numpy() ^ (back >= traits.turned.to_numpy())
    intake, treatment = _true_waits(rng, traits, room, back)
    stop = sometimes(rng, STOP + STOP_WHEN_LONG * (intake + treatment > 120), n)
    places = _occupation(rng, total, room, stop)
    # a day is named where a place is expected, seldom otherwise
    expected = sometimes(rng, 0.12, n) & (places.open_places == 0).to_numpy()
    stated = {"intake_wait_days": _weeks(intake * error), "treatment_wait_days": _weeks(treatment * error)}
    state = places.assign(**stated, admission_stop=stop, in_days=np.where(expected, rng.integers(5, 150, n), -1))
    truth = {"true_wait": intake + treatment, "start_per_day": _starts_per_day(traits)}
    return state.join(_counts(rng, traits, intake + treatment)).assign(note=_notes(rng, n), **truth)


def _true_waits(rng: Rng, traits: pd.DataFrame, room: Column, back: Column) -> tuple[Floats, Floats]:
    """Days to the first talk and from there to the start; with room a few days, else the long tail of the care type."""
    n = len(back)
    moved = np.exp(traits.drift.to_numpy() * back + rng.normal(0.0, 0.12, n) * (back > 0))
    quick = traits.quick.to_numpy()
    intake = np.where(room, rng.exponential(1.0, n) * quick, traits.intake.to_numpy() * moved)
    treatment = np.where(room, rng.exponential(1.0, n) * quick, traits.treatment.to_numpy() * moved)
    return np.minimum(intake, LONGEST_WAIT), np.minimum(treatment, LONGEST_WAIT)


def _occupation(rng: Rng, total: Column, room: Column, stop: Column) -> pd.DataFrame:
    """Empty beds are not always available beds: some stay closed for want of staff, and a stop closes all."""
    n = len(total)
    empty = np.minimum(total, np.where(room, 1 + rng.poisson(total * 0.06), sometimes(rng, 0.1, n)))
    reserved = np.minimum(total - empty, sometimes(rng, 0.14, n) * rng.integers(1, 3, n))
    crowded = np.where((empty == 0) & sometimes(rng, 0.06, n), rng.integers(1, 3, n), 0)
    opened = np.where(room & ~stop, np.where(sometimes(rng, 0.15, n), (empty + 1) // 2, empty), 0)
    occupied = total - empty - reserved + crowded
    return pd.DataFrame(
        {"total_places": total, "occupied_places": occupied, "reserved_places": reserved, "open_places": opened}
    )


def _counts(rng: Rng, traits: pd.DataFrame, wait: Floats) -> pd.DataFrame:
    """Started, withdrawn and waiting; one in four does not count the first two, one in seven none."""
    starts_per_day = _starts_per_day(traits)
    leaves = WITHDRAWN * np.minimum(1.0, wait / 60.0)
    started = rng.poisson(starts_per_day * 90)
    withdrawn = rng.poisson(starts_per_day * 90 * leaves)
    waiting = rng.poisson(np.minimum(starts_per_day * (1 + leaves) * wait, MOST_WAITING))
    silence = traits.silence.to_numpy()
    return pd.DataFrame(
        {
            "waiting_count": unknown(waiting, silence < 0.14),
            "started_last_90_days": unknown(started, silence < 0.25),
            "withdrawn_last_90_days": unknown(withdrawn, (silence < 0.25) | (silence > 0.9)),
        }
    )


def _starts_per_day(traits: pd.DataFrame) -> Floats:
    return np.asarray(traits.total.to_numpy() / (traits.months.to_numpy() * DAYS_PER_MONTH), np.float64)


def _weeks(days: Floats) -> Column:
    """People speak in weeks, once it is longer than a few days."""
    return np.where(days < 10, np.rint(days), 7 * np.rint(days / 7)).astype(int).clip(0, LONGEST_WAIT)


def _notes(rng: Rng, n: int) -> Column:
    notes = np.array(NOTES, object)[rng.integers(0, len(NOTES), n)]
    notes[~sometimes(rng, 0.06, n)] = None
    return notes


def _moments(rng: Rng, age_days: Floats, back: Column, today: date) -> Column:
    """When each was said: in office hours, before today, and each earlier one about a rhythm before the next."""
    age = long_tailed(rng, age_days, 0.6, len(back)).clip(1, OLDEST_DAYS)
    first_age = age[np.arange(len(back)) - back]  # of the newest statement of the same offer
    apart = np.maximum(7.0, np.minimum(age_days, 90.0)) * (0.6 + 0.8 * rng.random(len(back)))
    elapsed = pd.Series(np.where(back == 0, 0.0, apart)).cumsum().to_numpy()
    earlier = elapsed - elapsed[np.arange(len(back)) - back]
    day = np.datetime64(today, "D") - np.maximum(1, np.rint(first_age + earlier)).astype("timedelta64[D]")
    workday = np.busday_offset(day.astype("datetime64[D]"), 0, roll="backward")
    hour = rng.integers(7 * 3600, 16 * 3600, len(back)).astype("timedelta64[s]")
    return np.asarray(workday.astype("datetime64[s]") + hour)


def _numbered(state: pd.DataFrame, offers: pd.DataFrame, offer: Column) -> Statements:
    """Ids in the order in which things were said."""
    state["offer_id"] = offers.id.to_numpy()[offer]
    state["stated_by"] = offers.provider_agb.to_numpy(object)[offer] + ":demo"
    state = state.sort_values(["stated_at", "offer_id"], kind="stable", ignore_index=True)
    state["id"] = np.arange(1, len(state) + 1)
    day = state.stated_at.dt.normalize()
    state["available_from"] = (day + pd.to_timedelta(state.in_days, unit="D")).mask(state.in_days < 0)
    state["stated_at"] = state["recorded_at"] = state.stated_at.dt.tz_localize("UTC")
    state["source"] = "demo"
    current = state.groupby("offer_id").id.max().rename("statement_id").reset_index()
    return Statements(state, current)
