from datetime import date, timedelta
from typing import Any

import pandas as pd
from pandas.testing import assert_frame_equal

from dashboard import answers, frames
from dashboard.statements import Stated, Typed
from dashboard.texts import nl, showing
from tests.dashboard.fake_api import TODAY, a_match, a_supply, an_offer, matches, supply_in, supply_of


def offers(*several: dict[str, object]) -> list[answers.Offer]:
    return [answers.Offer.model_validate(each) for each in several]


def test_the_comparison_has_a_row_per_offer_that_fits() -> None:
    start: dict[str, Any] = {"expectedStart": "2026-12-14", "expectedEarly": "2026-12-07", "expectedLate": "2027-01-04"}
    answer = answers.Matches.model_validate(matches(a_match(**start, openPlaces=0)))
    wanted = pd.DataFrame(
        {
            "Nr": [1],
            "Aanbieder": ["De Wilgen"],
            "Aanbod": ["Gezinshuis De Wilgen"],
            "Plaats": ["Arnhem"],
            "Afstand": pd.array([8], dtype="Int64"),
            "Plekken": ["Vol"],
            "Start": [answer.matches[0].expected_start],
            "Tussen": ["7 dec – 4 jan"],
            "Zekerheid": ["Redelijk zeker"],
            "Opgave": ["Actueel"],
            "Punten": [82],
        }
    )
    assert_frame_equal(frames.comparison(answer.matches), wanted)


def test_nothing_to_compare_is_an_empty_table() -> None:
    assert frames.comparison([]).empty


def test_the_commonest_exclusion_comes_first() -> None:
    rules = [("too-old", 2, "Te oud"), ("too-far", 9, "Te ver")]
    by_rule = [{"rule": rule, "count": count, "text": text} for rule, count, text in rules]
    excluded = answers.Excluded.model_validate({"total": 11, "byRule": by_rule})
    wanted = pd.DataFrame({nl.WHY_ABSENT: ["Te ver", "Te oud"], nl.NUMBER_OF_OFFERS: [9, 2]})
    assert_frame_equal(frames.exclusions(excluded), wanted)


def test_the_grid_shows_what_was_stated_and_leaves_empty_what_was_not() -> None:
    seldom: dict[str, Any] = {"availableFrom": "2027-03-01", "withdrawnLast90Days": None, "note": "Alleen op dinsdag"}
    stated = an_offer(7, days_old=34, waitingCount=None, **seldom)
    grid = frames.places_grid(offers(stated, an_offer(8, stated=False)), TODAY)
    wanted = pd.DataFrame(
        {
            "offer": ["Ambulant gezin", "Ambulant gezin"],
            "place": ["Ede", "Ede"],
            "stated": [showing.freshness("stale", TODAY - timedelta(days=4), TODAY), "Nog geen opgave"],
            "confirm": ["Niet veranderd", None],
            "open_places": pd.array([2, None], dtype="Int64"),
            "occupied_places": pd.array([9, None], dtype="Int64"),
            "reserved_places": pd.array([1, None], dtype="Int64"),
            "total_places": pd.array([12, None], dtype="Int64"),
            "intake_wait_days": pd.array([14, None], dtype="Int64"),
            "treatment_wait_days": pd.array([35, None], dtype="Int64"),
            "waiting_count": pd.array([None, None], dtype="Int64"),
            "admission_stop": [False, False],
            "available_from": pd.array(["2027-03-01", None], dtype="datetime64[s]"),
            "started_last_90_days": pd.array([5, None], dtype="Int64"),
            "withdrawn_last_90_days": pd.array([None, None], dtype="Int64"),
            "note": ["Alleen op dinsdag", None],
        },
        index=pd.Index([7, 8], name="offer_id"),
    )
    assert_frame_equal(grid, wanted.astype({"note": "object"}))


def test_what_could_not_be_saved_is_laid_over_the_statements_and_marked() -> None:
    grid = frames.places_grid(offers(an_offer(7), an_offer(8)), TODAY)
    shown = frames.with_edits(grid, {7: {"open_places": 9, "waiting_count": None}}, {7: nl.REFUSED_MARK})
    assert shown.loc[7, "open_places"] == 9
    assert shown["waiting_count"].isna().tolist() == [True, False]
    assert list(shown["stated"]) == [nl.REFUSED_MARK, grid.loc[8, "stated"]]
    assert grid.loc[7, "open_places"] == 2


def test_a_day_and_a_note_are_laid_over_too_and_can_be_emptied() -> None:
    stated = an_offer(8, availableFrom="2027-03-01", note="Alleen op dinsdag")
    grid = frames.places_grid(offers(an_offer(7), stated), TODAY)
    filled: dict[str, Stated] = {"available_from": date(2027, 4, 1), "note": "Bel eerst"}
    typed: Typed = {7: filled, 8: dict.fromkeys(filled)}
    shown = frames.with_edits(grid, typed, {})
    assert shown["available_from"].tolist() == [pd.Timestamp(2027, 4, 1), pd.NaT]
    assert shown["note"].tolist() == ["Bel eerst", None]
    assert frames.changes({8: offers(stated)[0]}, {8: typed[8]})["Was"].tolist() == [
        "ma 1 maart 2027",
        "“Alleen op dinsdag”",
    ]


def test_every_change_is_said_with_what_it_was() -> None:
    by_id = {7: offers(an_offer(7))[0]}
    changes = frames.changes(by_id, {7: {"open_places": 1, "admission_stop": True}})
    wanted = pd.DataFrame(
        {
            "Aanbod": ["Ambulant gezin"] * 2,
            "Plaats": ["Ede"] * 2,
            "Wat": ["Vrij", "Stop"],
            "Was": ["2", "nee"],
            "Wordt": ["1", "ja"],
        }
    )
    assert_frame_equal(changes, wanted)


def test_the_longest_wait_comes_first_and_unknown_last() -> None:
    supply = answers.Supply.model_validate(
        a_supply(
            supply_of("Kort", medianWaitDays=7.0),
            supply_of("Onbekend", medianWaitDays=None, waiting=None),
            supply_of("Lang", medianWaitDays=210.0),
        )
    )
    table = frames.supply_table(supply.care_types)
    assert list(table[nl.COLUMNS_SUPPLY["care_type"]]) == ["Lang", "Kort", "Onbekend"]
    assert list(table[nl.COLUMNS_SUPPLY["wait"]]) == ["30 weken", "7 dagen", "Onbekend"]


def test_the_table_of_municipalities_has_the_words_of_the_map() -> None:
    ede = {"code": "GM0228", "name": "Ede"}
    supply = answers.Supply.model_validate(a_supply(municipalities=(supply_in(ede, medianWaitDays=None), supply_in())))
    wanted = pd.DataFrame(
        {
            "Gemeente": ["Arnhem", "Ede"],
            "Aanbod": [5, 5],
            "Plekken vrij": pd.array([2, 2], dtype="Int64"),
            "Wachtend": pd.array([11, 11], dtype="Int64"),
            "Wachttijd (midden)": ["9 weken", "Onbekend"],
            "Klasse": ["4 tot 10 weken", "Onbekend"],
        }
    )
    assert_frame_equal(frames.municipality_table(supply.municipalities), wanted)


def test_the_municipality_where_one_waits_longest_comes_first() -> None:
    ede = {"code": "GM0228", "name": "Ede"}
    supply = answers.Supply.model_validate(a_supply(municipalities=(supply_in(), supply_in(ede, medianWaitDays=90.0))))
    assert list(frames.municipality_table(supply.municipalities)["Gemeente"]) == ["Ede", "Arnhem"]
