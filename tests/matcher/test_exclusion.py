"""Which offers came near: the ones that break one rule, by the least."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings

from matcher.exclusion import near_misses, why_not
from matcher.fit import Rule
from matcher.offers import Rows
from matcher.question import Question
from matcher.ranking import rank
from tests.matcher.worlds import TODAY, a_question, an_offer, offers, some_offers, some_questions

DAY = timedelta(days=1)


def near(*described: dict[str, Any], limit: int = 10, **asked: Any) -> list[int]:
    return near_misses(rank(a_question(**asked), offers(*described), TODAY), limit)


def test_the_least_past_the_limit_comes_first() -> None:
    assert near(an_offer(km=60.0), an_offer(km=42.0), an_offer(km=41.0), max_distance_km=40.0) == [2, 1, 0]


def test_how_far_past_a_limit_is_measured_against_that_limit() -> None:
    a_twelfth_too_old, three_fortieths_too_far = an_offer(age_until=12), an_offer(km=43.0)

    assert near(a_twelfth_too_old, three_fortieths_too_far, max_distance_km=40.0) == [1, 0]


def test_where_nothing_is_allowed_every_kilometre_counts() -> None:
    assert near(an_offer(km=2.0), an_offer(km=1.0), max_distance_km=0.0) == [1, 0]


def test_a_little_too_far_is_nearer_than_another_setting() -> None:
    assert near(an_offer(stop=1), an_offer(km=41.0), max_distance_km=40.0) == [1, 0]


def test_a_year_too_old_is_nearer_for_a_teenager_than_for_a_toddler() -> None:
    up_to_twelve, up_to_ten = an_offer(age_until=12), an_offer(age_until=10)

    assert near(up_to_ten, up_to_twelve) == [1, 0]


def test_what_fits_and_what_breaks_two_rules_is_no_near_miss() -> None:
    assert near(an_offer(), an_offer(stop=1, refused=1), an_offer(stop=1)) == [2]


def test_what_is_not_open_is_nobodys_near_miss() -> None:
    ended, opens_later = an_offer(published_until=TODAY - DAY), an_offer(published_from=TODAY + DAY)
    ends_before_the_start = an_offer(published_until=TODAY + DAY)

    assert near(ended, opens_later, ends_before_the_start, an_offer(stop=1)) == [3]


def test_equals_are_in_the_order_of_the_ranking() -> None:
    assert near(an_offer(stop=1, km=9.0), an_offer(stop=1, km=2.0)) == [1, 0]


def test_no_more_than_were_asked() -> None:
    assert len(near(*[an_offer(stop=1)] * 5, limit=3)) == 3


@settings(max_examples=40, deadline=None)
@given(some_questions, some_offers)
def test_near_misses_break_one_rule_and_go_from_little_to_much(question: Question, candidates: Rows) -> None:
    ranking = rank(question, candidates, TODAY)

    refusals = [why_not(ranking, index) for index in near_misses(ranking, 10)]

    excesses = [refusal.by for refusal in refusals if refusal]
    assert excesses == sorted(excesses)
    one_rule = [int(broken) for broken in ranking.broken if int(broken).bit_count() == 1]
    assert len(excesses) == sum(broken != Rule.UNPUBLISHED.bit for broken in one_rule)
    assert all(refusal and refusal.rule in Rule for refusal in refusals)
