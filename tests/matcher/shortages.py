"""Small worlds of demand and supply: a builder that shows only what matters, and random ones."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from matcher.offers import Rows, day_number, unit_vector
from matcher.question import Gender, Question, Setting
from matcher.shortage import Placement, place
from matcher.shortage_pairs import LINE, REQUEST, WISH, Demand, Supply, month_number
from matcher.shortage_reach import Reach
from tests.matcher.worlds import TODAY, offers

COUNTRY, REGION, MUNICIPALITY = 0, 10_028, 202


def demand(*questions: Question, care_types: Sequence[str] = ("family-home",)) -> Demand:
    """The questions as open requests; care types are numbered by their place in `care_types`."""
    requests = np.zeros(len(questions), REQUEST)
    wishes = []
    for at, question in enumerate(questions):
        requests[at] = _request(at, question)
        wishes += [(at, care_types.index(code), rank) for rank, code in enumerate(question.care_types)]
    return Demand(requests, np.array(wishes, WISH))


def _request(at: int, question: Question) -> tuple[Any, ...]:
    return (
        *(at, COUNTRY, REGION, MUNICIPALITY),
        *unit_vector(question.home.lon, question.home.lat),
        *(month_number(question.birth_month), day_number(TODAY), day_number(question.needed_from)),
        np.nan if question.max_distance_km is None else question.max_distance_km,
        question.needs,
        -1 if question.gender is None else list(Gender).index(question.gender),
        -1 if question.setting is None else list(Setting).index(question.setting),
        question.past_eighteen,
    )


def supply(*described: dict[str, Any], area: int = REGION) -> Supply:
    """The described offers, contracted for one area, each with room for as many as it has open places."""
    return supply_of(offers(*described), area)


def supply_of(rows: Rows, area: int = REGION) -> Supply:
    """Candidates as supply: what is contracted is so for one area; who answers to no asked care type is of another."""
    lines = np.zeros(len(rows), LINE)
    lines["offer"], lines["area"] = np.arange(len(rows)), area
    for name in ("contract_id", "valid_from", "valid_until", "suspended_from", "suspended_until"):
        lines[name] = rows[name]
    room = np.maximum(rows["open_places"], 0).astype(np.int32)
    stands_in = np.full(len(rows), REGION, np.int32)
    return Supply(rows, rows["preference"].astype(np.int32), lines[rows["contract_id"] >= 0], stands_in, room)


def joined(requests: int, offers: int, pairs: Sequence[tuple[int, int]]) -> Reach:
    """Who could go where, said outright."""
    request, offer = np.array(sorted(set(pairs)), np.int32).reshape(-1, 2).T
    return Reach(requests, offers, request.copy(), offer.copy())


def placed(requests: int, room: Sequence[int], pairs: Sequence[tuple[int, int]]) -> Placement:
    return place(joined(requests, len(room), pairs), np.array(room, np.int32))


@st.composite
def some_pairs(draw: st.DrawFn, most_requests: int = 9, most_offers: int = 6) -> tuple[int, int, list[tuple[int, int]]]:
    """How many requests and offers there are, and which could go together."""
    requests, there = draw(st.integers(0, most_requests)), draw(st.integers(0, most_offers))
    possible = [(request, offer) for request in range(requests) for offer in range(there)]
    return requests, there, draw(st.lists(st.sampled_from(possible), max_size=24)) if possible else []
