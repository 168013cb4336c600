"""The radar names a shortage, its cause and its worth: worst first, each with a reason in plain Dutch."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from matcher.offers import NEVER, UNKNOWN, day_number
from matcher.shortage import place
from matcher.shortage_causes import CAUSE_OF, Cause, remedies
from matcher.shortage_pairs import PAIR_RULES, Demand, Supply
from matcher.shortage_radar import Picture, Shortage, certainty_of, first_wish, picks_of_obvious_rules, radar, what_fits
from matcher.shortage_reach import reach, room_in_time
from matcher.shortage_words import SENTENCES, against, reasons_for, say, worth_of
from matcher.waiting import Certainty
from tests.matcher.shortages import REGION, demand, joined, supply, supply_of
from tests.matcher.worlds import TODAY, a_question, an_offer, offers

NOW = day_number(TODAY)
NEXT_REGION = REGION + 2
KINDS = ("group-home", "trauma-treatment", "respite")


def picture_of(asked: Demand, there: Supply) -> Picture:
    placement = place(reach(asked, there, NOW), there.room)
    unstopped = room_in_time(there.offers, NOW)
    found = remedies(asked, there, placement, unstopped=unstopped, today=NOW)
    return Picture(asked, there, placement, what_fits(asked, there, NOW), found, NOW)


def seen(asked: Demand, there: Supply) -> list[Shortage]:
    everybody = np.ones(len(asked), np.bool_)
    return radar(picture_of(asked, there), first_wish(asked), asked.requests["region"], everybody)


def the_only(offer: dict[str, Any], *, stands_in: int = REGION, area: int = REGION, **asked: Any) -> Shortage:
    there = supply(offer, area=area)
    (cell,) = seen(demand(a_question(**asked)), replace(there, stands_in=np.full(len(there), stands_in, np.int32)))
    return cell


def test_a_child_that_can_be_placed_is_no_shortage() -> None:
    cell = the_only(an_offer())

    assert (cell.open_requests, cell.unplaced, cell.places, cell.hurt) == (1, 0, 1, 0)
    assert [code for code, _ in reasons_for(cell)] == ["all-in-time"]


@pytest.mark.parametrize(
    ("offer", "elsewhere", "asked", "cause"),
    [
        ({}, {"area": NEXT_REGION, "stands_in": NEXT_REGION}, {}, Cause.NEXT_DOOR),
        ({}, {"area": NEXT_REGION}, {}, Cause.CONTRACT_GAP),
        ({"valid_until": TODAY - timedelta(days=1)}, {}, {}, Cause.CONTRACT_GAP),
        ({"km": 30.0}, {}, {"max_distance_km": 20.0}, Cause.TOO_FAR),
        ({"age_from": 16}, {}, {}, Cause.AGE),
        ({"genders": 0b10}, {}, {"gender": "boy"}, Cause.GROUP),
        ({"available_from": NOW + 71, "open_places": 1}, {}, {}, Cause.LATE),
        ({"open_places": 0}, {}, {}, Cause.NO_PLACE),
        ({"km": 51.0}, {"area": NEXT_REGION}, {}, Cause.NO_PLACE),  # near enough for nobody
        ({"age_from": 16}, {"area": NEXT_REGION}, {}, Cause.NO_PLACE),  # two obstacles: no single one opens it
    ],
)  # fmt: skip
def test_the_one_obstacle_between_a_child_and_a_free_place_is_named(
    offer: dict[str, Any], elsewhere: dict[str, int], asked: dict[str, Any], cause: Cause
) -> None:
    cell = the_only(an_offer(**offer), **elsewhere, **asked)

    assert cell.unplaced == 1
    assert cell.cause == cause
    assert all(len(say(*reason).split()) <= 30 for reason in reasons_for(cell))


def test_a_place_that_refused_a_child_is_open_to_the_others_and_not_to_that_one() -> None:
    there = supply(an_offer(offer_id=7, open_places=2))
    asked = demand(a_question(), a_question())
    refused = replace(asked, refused=np.array([[0, 7]]))

    (open_to_both,), (open_to_one,) = seen(asked, there), seen(refused, there)

    assert (open_to_both.unplaced, open_to_both.hurt) == (0, 0)
    assert (open_to_one.unplaced, open_to_one.offers, open_to_one.hurt) == (1, 1, 52)  # nothing else is known for it


def test_the_end_of_a_stop_opens_the_places_behind_it() -> None:
    stopped = supply(an_offer(stop=1, open_places=2))
    stopped = replace(stopped, room=np.zeros(1, np.int32))
    asked = demand(a_question(), a_question(), a_question())
    placement = place(reach(asked, stopped, NOW), stopped.room)

    found = remedies(asked, stopped, placement, unstopped=np.array([2], np.int32), today=NOW)

    assert found.helped(Cause.STOP, placement.at < 0) == (2, 2)


def test_planted_troubles_are_named_in_the_order_of_their_worth() -> None:
    """Nine children without any group home; six whom the neighbours could treat; three whom a contract misses."""
    asked = demand(
        *(a_question(care_types=(kind,)) for kind, count in zip(KINDS, (9, 6, 3), strict=True) for _ in range(count)),
        care_types=KINDS,
    )
    there = supply(
        an_offer(preference=1, open_places=8),
        an_offer(preference=2, open_places=5, valid_until=TODAY - timedelta(days=30)),
    )
    lines = there.lines.copy()
    lines["area"][0] = NEXT_REGION
    there = replace(there, lines=lines, stands_in=np.array([NEXT_REGION, REGION], np.int32))

    named = seen(asked, there)

    assert [(KINDS[cell.kind], cell.cause, cell.unplaced) for cell in named] == [
        ("group-home", Cause.NO_PLACE, 9),
        ("trauma-treatment", Cause.NEXT_DOOR, 6),
        ("respite", Cause.CONTRACT_GAP, 3),
    ]
    assert [(remedy.children, remedy.places) for cell in named for remedy in cell.remedies] == [(6, 8), (3, 5)]
    assert [" ".join(say(*reason) for reason in reasons_for(cell)) for cell in named] == [
        "Negen kinderen kunnen niet op tijd ergens terecht. Nergens in de buurt is een plek vrij die past.",
        "Zes kinderen kunnen niet op tijd ergens terecht. In een andere regio zijn acht plekken vrij, zonder contract."
        " Is dat opgelost, dan helpt dat zes kinderen.",
        "Drie kinderen kunnen niet op tijd ergens terecht."
        " In de regio zijn vijf plekken vrij, zonder contract voor deze gemeente."
        " Is dat opgelost, dan helpt dat drie kinderen.",
    ]


def test_it_hurts_by_the_weeks_that_children_waited_and_will_still_wait() -> None:
    asked = demand(a_question(), a_question())
    asked.requests["opened"] = NOW - 70, NOW - 140
    full_until_may = an_offer(open_places=0, available_from=date(2027, 5, 3), intake_wait=0, treatment_wait=0)

    (cell,) = seen(asked, supply(full_until_may))

    assert (cell.median_waited, cell.longest_waited) == (105, 140)
    assert cell.expected_days == (date(2027, 5, 3) - TODAY).days
    assert cell.hurt == (70 + 140 + 2 * cell.expected_days) // 7


def test_of_whom_nobody_can_say_when_help_begins_a_year_is_reckoned() -> None:
    cell = the_only(an_offer(stop=1, open_places=0))

    assert cell.expected_days is None
    assert cell.hurt == 365 // 7


def test_a_picture_is_as_sure_as_its_statements_are_young() -> None:
    assert [certainty_of(days) for days in (None, 30, 31, 60, 61)] == [
        Certainty.UNKNOWN, Certainty.CERTAIN, Certainty.FAIRLY, Certainty.FAIRLY, Certainty.UNCERTAIN,
    ]  # fmt: skip
    old = the_only(an_offer(stated_day=TODAY - timedelta(days=90), open_places=0))
    assert "old-statements" in [code for code, _ in reasons_for(old)]


def test_a_child_is_counted_at_the_care_type_it_would_like_best() -> None:
    asked = demand(a_question(care_types=("respite", "group-home")), care_types=KINDS)

    assert first_wish(asked).tolist() == [KINDS.index("respite")]


def test_obvious_rules_look_at_the_queue_only() -> None:
    """Much is asked of cell 0, long is waited for cell 1."""
    cells = joined(4, 2, [(0, 0), (1, 0), (2, 0), (3, 1)])

    assert picks_of_obvious_rules(cells, np.array([1, 1, 1, 90], np.int32)) == {"most-asked": 0, "longest-queue": 1}


@pytest.mark.parametrize(
    ("limit", "through", "said"),
    [
        (0, None, "Een plek erbij helpt hier nu niemand."),
        (1, "Arnhem", "Eén plek erbij helpt één kind. Dat komt doordat in Arnhem een plek vrijkomt."
                      " Meer dan één plek helpt nu niemand."),
        (4, None, "Eén plek erbij helpt één kind. Vier plekken erbij helpen vier kinderen."
                  " Meer dan vier plekken helpt nu niemand."),
        (10, None, "Eén plek erbij helpt één kind. Tien plekken erbij helpen tien kinderen."),
    ],
)  # fmt: skip
def test_says_what_places_more_would_do(limit: int, through: str | None, said: str) -> None:
    assert " ".join(say(*reason) for reason in worth_of(limit, 10, through)) == said


def test_says_more_or_fewer_than_before() -> None:
    sentences = [say(*against(now, 5, "vorige maand")) for now in (8, 4, 5)]

    assert sentences == [
        "Er staan drie vragen meer open dan vorige maand.",
        "Er staat één vraag minder open dan vorige maand.",
        "Er staan evenveel vragen open als vorige maand.",
    ]


def test_every_cause_and_every_rule_has_its_words() -> None:
    assert set(Cause) <= set(SENTENCES)
    assert set(CAUSE_OF) <= set(PAIR_RULES)


def test_no_sentence_is_longer_than_fifteen_words() -> None:
    sentences = [part for text in SENTENCES.values() for part in text.split(". ")]

    assert [part for part in sentences if len(part.split()) > 15] == []


def test_an_unknown_wait_is_not_a_long_one() -> None:
    silent = an_offer(open_places=1, intake_wait=UNKNOWN, treatment_wait=UNKNOWN)
    found = what_fits(demand(a_question()), supply_of(offers(silent)), NOW)

    assert found.soonest.tolist() == [NEVER]
    assert the_only(silent).unplaced == 0
