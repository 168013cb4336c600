"""Learning from what happened: how long starts really took, how true statements proved, how fast lists move.

All of it is worked out anew each time, from cases and statements; nothing here is typed in by anybody.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.waits import queries
from matcher.realised import Realised, Referrals, realised
from matcher.turnover import Counts, Turnover, turnover

Numbers = npt.NDArray[np.float64]

DECIMALS = {"realised_wait": 0, "realised_spread": 0, "late_days": 0, "left_before": 1, "over_days": 0}
"""Coarser than the truth is known: what only moves behind the comma need not go to every board each day."""


def learn_from_news(session: Session, today: date) -> bool:
    """Learn anew when a day began or a child started; answers whether there was reason to."""
    news = queries.is_news(session, today)
    if news:
        learn(session, today)
    return news


def learn(session: Session, today: date) -> int:
    """Work out what is known of every offer, and keep it. Answers of how many offers anything is known."""
    referred, counted = queries.referrals(session, today), queries.counts(session, today)
    offers = np.unique([row.offer_id for row in (*referred, *counted)]).astype(np.int64)
    groups = _Positions([(row.care_type_code, row.region_code) for row in (*referred, *counted)])
    starts = realised(_referrals(referred, offers, groups), len(offers))
    moves = turnover(_counts(counted, offers, groups), len(offers))
    queries.keep(session, _columns(offers, starts, moves))
    return len(offers)


class _Positions:
    """Numbers whatever is named, in the order of first naming."""

    def __init__(self, names: Sequence[tuple[str, str | None]]) -> None:
        self._at = {name: position for position, name in enumerate(dict.fromkeys(names))}

    def of(self, rows: Sequence[Row[Any]]) -> npt.NDArray[np.intp]:
        return np.array([self._at[row.care_type_code, row.region_code] for row in rows], np.intp)


def _numbers(rows: Sequence[Row[Any]], name: str) -> Numbers:
    return np.array([getattr(row, name) for row in rows], np.float64)


def _offers(rows: Sequence[Row[Any]], offers: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    return np.searchsorted(offers, np.array([row.offer_id for row in rows], np.int64))


def _referrals(rows: Sequence[Row[Any]], offers: npt.NDArray[np.int64], groups: _Positions) -> Referrals:
    return Referrals(
        provider=_offers(rows, offers),
        group=groups.of(rows),
        stated=_numbers(rows, "stated"),
        waited=_numbers(rows, "waited"),
        started=np.array([row.started for row in rows], np.bool_),
        ended_days_ago=_numbers(rows, "ended_days_ago"),
    )


def _counts(rows: Sequence[Row[Any]], offers: npt.NDArray[np.int64], groups: _Positions) -> Counts:
    return Counts(
        offer=_offers(rows, offers),
        group=groups.of(rows),
        days_ago=_numbers(rows, "days_ago"),
        left=_numbers(rows, "gone"),
        places=_numbers(rows, "places"),
    )


def _columns(offers: npt.NDArray[np.int64], starts: Realised, moves: Turnover) -> dict[str, list[Any]]:
    """As `learnt_wait` has them: what is not known is null."""
    values = {
        "realised_wait": starts.wait,
        "realised_spread": starts.spread,
        "late_days": starts.late_days,
        "left_before": moves.left_before,
        "over_days": moves.over_days,
    }
    known = (~np.isnan(starts.wait)) | (~np.isnan(moves.left_before))
    return {"offer_id": offers[known].tolist()} | {
        name: [None if np.isnan(value) else value for value in np.round(column[known], DECIMALS[name]).tolist()]
        for name, column in values.items()
    }
