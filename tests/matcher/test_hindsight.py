"""What a ranking of before says to a provider: its place, its lost points, what a fresh statement changes, why not."""

from typing import Any

import pytest

from matcher.criteria import Criterion
from matcher.fit import Rule
from matcher.hindsight import Hindsight, Place, look_back, places
from tests.matcher.worlds import TODAY, a_question, an_offer, offers

OWN = 1


def seen(*described: dict[str, Any], own: tuple[int, ...] = (OWN,), **asked: Any) -> Hindsight | None:
    return look_back(a_question(**asked), offers(*described), TODAY, own)


def known(*described: dict[str, Any], own: tuple[int, ...] = (OWN,), **asked: Any) -> Hindsight:
    found = seen(*described, own=own, **asked)
    assert found is not None
    return found


def stood(*described: dict[str, Any], ages: dict[int, int | None] | None = None) -> tuple[Place, ...]:
    return places(a_question(), offers(*described), TODAY, {OWN: 0} if ages is None else ages)


def test_a_question_that_was_not_about_its_offers_says_nothing() -> None:
    assert seen(an_offer(offer_id=2)) is None
    assert stood(an_offer(offer_id=2)) == ()


def test_tells_its_place_among_those_that_fit() -> None:
    described = (an_offer(offer_id=OWN, km=20.0), an_offer(offer_id=2), an_offer(offer_id=3, stop=1))
    assert known(*described).best == 2
    (place,) = stood(*described)
    assert (place.rank, place.of) == (2, 2)


def test_of_its_offers_that_fitted_the_best_place_counts() -> None:
    described = (an_offer(offer_id=OWN, km=20.0), an_offer(offer_id=2), an_offer(offer_id=3, km=9.0))
    assert known(*described, own=(OWN, 3)).best == 2


def test_what_became_of_a_question_does_not_change_with_the_age_of_a_statement() -> None:
    """Counts stand still; only what would have been depends on how old a statement is by now."""
    rival = an_offer(offer_id=2, km=5.5)
    assert known(an_offer(offer_id=OWN), rival).best == 1
    assert [place.rank for place in stood(an_offer(offer_id=OWN), rival, ages={OWN: 400})] == [2]


def test_tells_per_criterion_how_many_points_were_lost() -> None:
    (near,) = stood(an_offer(offer_id=OWN, km=0.0))
    (far,) = stood(an_offer(offer_id=OWN, km=30.0))
    assert near.lost[Criterion.DISTANCE] == 0
    assert far.lost[Criterion.DISTANCE] > 5
    assert Criterion.SIBLINGS not in near.lost  # nobody asked for it


def test_a_statement_of_today_instead_of_forty_days_ago_gains_points_and_places() -> None:
    rival = an_offer(offer_id=2, km=5.5)
    (old,) = stood(an_offer(offer_id=OWN), rival, ages={OWN: 40})
    (new,) = stood(an_offer(offer_id=OWN), rival)
    assert old.fresh_gain > 0
    assert old.fresh_rank == new.rank
    assert new.fresh_gain == 0


def test_an_offer_without_a_statement_gains_nothing_by_its_age() -> None:
    silent = an_offer(offer_id=OWN, statement_id=0, stated_day=0, intake_wait=-1, treatment_wait=-1, open_places=-1)
    (place,) = stood(silent, ages={OWN: None})
    assert place.fresh_gain == 0


@pytest.mark.parametrize(
    ("offer", "rule", "needs"),
    [
        # where a need was the reason, that need; else all that the child needed
        ({"excludes": 0b110}, Rule.CONTRA_INDICATION, 0b10),
        ({"stop": 1}, Rule.ADMISSION_STOP, 0b11),
        ({"age_until": 12}, Rule.TOO_OLD, 0b11),
        ({"only_for": 0b100}, Rule.TARGET_GROUP, 0b11),
    ],
)
def test_says_why_it_could_not_serve_and_what_was_needed(offer: dict[str, Any], rule: Rule, needs: int) -> None:
    found = known(an_offer(offer_id=OWN, **offer), needs=0b11)
    assert found.best is None
    assert found.unserved is not None
    assert (found.unserved.rule, found.unserved.needs) == (rule, needs)


def test_of_many_offers_the_nearest_to_fitting_tells_why_not() -> None:
    why_not = known(an_offer(offer_id=OWN, age_until=12, stop=1), an_offer(offer_id=2, stop=1), own=(OWN, 2)).unserved
    assert why_not is not None
    assert (why_not.offer, why_not.rule) == (2, Rule.ADMISSION_STOP)


def test_served_by_one_of_its_offers_is_served() -> None:
    described = (an_offer(offer_id=OWN, stop=1), an_offer(offer_id=2))
    both = known(*described, own=(OWN, 2))
    assert (both.best, both.unserved) == (1, None)
    assert [place.offer for place in stood(*described, ages={OWN: 0, 2: 0})] == [2]
