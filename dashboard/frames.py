"""Answers as tables: rows that a person compares, sorts or edits. Pandas lives here and in `charts`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from dashboard import answers
from dashboard.statements import STATED_FIELDS, Typed, stated_value
from dashboard.texts import nl, places, showing

Supplied = TypeVar("Supplied", answers.CareTypeSupply, answers.MunicipalitySupply)

_MAY_BE_UNKNOWN = ("open_places", "waiting")
_KINDS = {"admission_stop": "bool", "available_from": "datetime64[s]", "note": "object"}
"""What is stated and is no whole number."""


def comparison(matches: Iterable[answers.Match]) -> pd.DataFrame:
    """The offers that fit, one row each, to be sorted by any column."""
    rows = [
        {
            nl.RANK: match.rank,
            nl.PROVIDER: match.provider.name,
            nl.OFFER: match.offer,
            nl.PLACE: match.location.place,
            nl.DISTANCE_AWAY: None if match.distance_km is None else round(match.distance_km),
            nl.ROOM: showing.places(match.open_places),
            nl.START: match.expected_start,
            nl.BETWEEN: showing.band(match.expected_early, match.expected_late)
            if match.expected_early and match.expected_late
            else showing.UNKNOWN,
            nl.SURENESS: showing.CERTAINTY[match.certainty],
            nl.STATED: showing.FRESHNESS.get(match.freshness or "", showing.UNKNOWN),
            nl.POINTS: match.score,
        }
        for match in matches
    ]
    frame = pd.DataFrame(rows)
    return frame.astype({nl.DISTANCE_AWAY: "Int64"}) if rows else frame


def exclusions(excluded: answers.Excluded) -> pd.DataFrame:
    """Why offers are not in the list, the commonest first."""
    rows = [
        (rule.text[:1].upper() + rule.text[1:], rule.count)
        for rule in sorted(excluded.by_rule, key=lambda rule: -rule.count)
    ]
    return pd.DataFrame(rows, columns=[nl.WHY_ABSENT, nl.NUMBER_OF_OFFERS])


def places_grid(offers: Sequence[answers.Offer], today: date) -> pd.DataFrame:
    """A provider's offers as the grid shows them, in the given order.

    The index is the offer's id. Whole numbers that were never stated stay empty, never zero.
    """
    frame = pd.DataFrame(
        [_grid_row(offer, today) for offer in offers],
        columns=["offer", "place", "stated", "confirm", *STATED_FIELDS],
        index=pd.Index([offer.id for offer in offers], name="offer_id"),
    )
    return frame.astype({field: _KINDS.get(field, "Int64") for field in STATED_FIELDS})


def _grid_row(offer: answers.Offer, today: date) -> dict[str, Any]:
    stated = offer.capacity
    values = {field: getattr(stated, field) for field in STATED_FIELDS} if stated else {"admission_stop": False}
    return {
        "offer": offer.name,
        "place": offer.location.place,
        **values,
        "stated": showing.freshness(stated.freshness, stated.due_on, today) if stated else nl.NO_STATEMENT,
        "confirm": nl.CONFIRM_ROW if stated else None,
    }


def with_edits(grid: pd.DataFrame, kept: Typed, marks: Mapping[int, str]) -> pd.DataFrame:
    """The grid with what was typed earlier laid over it; a marked row says so where its age stood."""
    frame = grid.copy()
    for offer_id, typed in kept.items():
        for field, value in typed.items():
            frame.at[offer_id, field] = pd.Timestamp(value) if isinstance(value, date) else value
    for offer_id, mark in marks.items():
        frame.loc[offer_id, "stated"] = mark
    return frame


def changes(offers: Mapping[int, answers.Offer], typed: Typed) -> pd.DataFrame:
    """What would change, one row per number: from what to what."""
    rows = [
        (
            offers[offer_id].name,
            offers[offer_id].location.place,
            places.FIELDS[field],
            showing.value(stated_value(offers[offer_id].capacity, field)),
            showing.value(value),
        )
        for offer_id, values in typed.items()
        for field, value in values.items()
    ]
    return pd.DataFrame(rows, columns=[nl.OFFER, nl.PLACE, nl.WHAT, nl.WAS, nl.BECOMES])


def last_statements(stated: Iterable[answers.Capacity], today: date) -> pd.DataFrame:
    """What was stated of one offer, a row each, in the order given."""
    rows = [
        (
            showing.short_day(showing.amsterdam_day(each.stated_at), today),
            each.open_places,
            each.occupied_places,
            each.total_places,
            each.waiting_count,
            showing.wait(each.intake_wait_days + each.treatment_wait_days),
        )
        for each in stated
    ]
    columns = [places.STATED_ON, places.OPEN, places.OCCUPIED, places.TOTAL, places.WAITS_NOW, places.WAIT]
    return pd.DataFrame(rows, columns=columns).astype({places.WAITS_NOW: "Int64"})


def longest_first(supply: Iterable[Supplied]) -> list[Supplied]:
    return sorted(supply, key=lambda row: -1 if row.median_wait_days is None else row.median_wait_days, reverse=True)


def supply_table(supply: Iterable[answers.CareTypeSupply]) -> pd.DataFrame:
    """Supply per care type, the longest wait first; unknown last."""
    rows = longest_first(supply)
    frame = pd.DataFrame(
        [
            (
                row.care_type.name,
                row.offers,
                row.open_places,
                row.waiting,
                showing.wait(row.median_wait_days),
                showing.wait(row.long_wait_days),
                row.stops,
                row.stale_offers,
            )
            for row in rows
        ],
        columns=list(nl.COLUMNS_SUPPLY.values()),
    )
    return frame.astype({nl.COLUMNS_SUPPLY[name]: "Int64" for name in _MAY_BE_UNKNOWN})


def municipality_table(supply: Iterable[answers.MunicipalitySupply]) -> pd.DataFrame:
    """Supply per municipality where the help is given, the longest wait first; unknown last."""
    rows = longest_first(sorted(supply, key=lambda row: row.municipality.name))
    frame = pd.DataFrame(
        [
            (
                row.municipality.name,
                row.offers,
                row.open_places,
                row.waiting,
                showing.wait(row.median_wait_days),
                showing.wait_class(row.median_wait_days).name,
            )
            for row in rows
        ],
        columns=list(nl.COLUMNS_MUNICIPALITY.values()),
    )
    return frame.astype({nl.COLUMNS_MUNICIPALITY[name]: "Int64" for name in _MAY_BE_UNKNOWN})
