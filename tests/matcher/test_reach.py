"""Who is passed over as surely too far breaks a rule of distance, whatever the world."""

import numpy as np
import pytest
from hypothesis import given

from matcher.fit import Rule
from matcher.offers import Rows
from matcher.question import Question, Setting
from matcher.ranking import rank
from matcher.reach import Whereabouts
from tests.matcher.worlds import TODAY, a_question, an_offer, offers, some_offers, some_questions

DISTANCE_RULES = Rule.TOO_FAR.bit | Rule.OUTSIDE_SERVICE_AREA.bit


def passed_over(question: Question, candidates: Rows) -> list[bool]:
    far: list[bool] = Whereabouts.of(candidates).too_far(question.home, question.max_distance_km).tolist()
    return far


@given(question=some_questions, candidates=some_offers)
def test_only_offers_that_break_a_rule_of_distance_are_passed_over(question: Question, candidates: Rows) -> None:
    broken = rank(question, candidates, TODAY).broken & DISTANCE_RULES != 0

    assert not np.any(np.array(passed_over(question, candidates), np.bool_) & ~broken)


@pytest.mark.parametrize("km", [0.1, 5.0, 40.0, 180.0])
@pytest.mark.parametrize("team", [True, False])
def test_ten_metres_past_the_limit_is_passed_over_and_ten_before_it_is_not(km: float, team: bool) -> None:
    whose = {"travels_km": km} if team else {}
    before, past = (an_offer(km=km + more, **whose) for more in (-0.01, 0.01))

    assert passed_over(a_question(max_distance_km=None if team else km), offers(before, past)) == [False, True]


def test_help_online_is_never_too_far() -> None:
    assert passed_over(a_question(max_distance_km=10.0), offers(an_offer(km=200.0, setting=Setting.ONLINE))) == [False]
