"""Open cases as the columns that the shortage rules judge; nothing of a child that they do not look at."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import Row

from availability.board.areas import COUNTRY, area_number
from availability.clock import dutch_day
from availability.geography.atlas import Atlas
from availability.vocabulary.lexicon import Lexicon
from matcher.offers import UNKNOWN, day_number, unit_vector
from matcher.question import Gender, Month, Setting
from matcher.shortage_pairs import REQUEST, WISH, Demand, month_number

_GENDERS = {gender.value: position for position, gender in enumerate(Gender)}
_SETTINGS = {setting.value: position for position, setting in enumerate(Setting)}


def demand(
    rows: Sequence[Row[Any]], refused: Iterable[tuple[UUID, int]], atlas: Atlas, lexicon: Lexicon, today: date
) -> Demand:
    """Rows of `shortage_queries.open_requests`; crisis stands outside and is left out. `refused` has cases with the
    offers that refused them: a place that refused this child is none for this child, whatever it states."""
    requests = np.array([_request(at, row, atlas, lexicon, today) for at, row in enumerate(rows)], REQUEST)
    wishes = [
        (at, lexicon.care_types[code].number, preference)
        for at, row in enumerate(rows)
        for preference, code in enumerate(row.care_type_codes)
        if not lexicon.care_types[code].crisis
    ]
    position = {row.id: at for at, row in enumerate(rows)}
    pairs = [(position[case], offer) for case, offer in refused if case in position]
    return Demand(requests, np.array(wishes, WISH), np.array(pairs, np.int64).reshape(-1, 2))


def _request(at: int, row: Row[Any], atlas: Atlas, lexicon: Lexicon, today: date) -> tuple[Any, ...]:
    home = atlas.postcodes[row.pc4]
    return (
        *(at, COUNTRY, region_number(atlas, row.municipality_code, today), area_number(row.municipality_code)),
        *unit_vector(home.lon, home.lat),
        month_number(Month.parse(row.birth_month)),
        day_number(dutch_day(row.opened_at)),
        day_number(row.needed_from),
        np.nan if row.max_distance_km is None else row.max_distance_km,
        lexicon.need_mask(row.need_codes),
        _GENDERS.get(row.gender, UNKNOWN),
        _SETTINGS.get(row.setting, UNKNOWN),
        row.past_eighteen,
    )


def region_number(atlas: Atlas, municipality: str, today: date) -> int:
    """The region that a municipality belongs to, as the number of an area; UNKNOWN if it belongs to none."""
    region = atlas.region_of(municipality, today)
    return area_number(region) if region else UNKNOWN
