"""What a ranking of before says to a provider: its place, its lost points, what a fresh statement changes, why not."""

from typing import Any

import pytest

from matcher.criteria import Criterion
from matcher.fit import Rule
from matcher.hindsight import Hindsight, look_back
from tests.matcher.worlds import TODAY, a_question, an_offer, offers

OWN = 1


def seen(*described: dict[str, Any], ages: dict[int, int | None] | None = None, **asked: Any) -> Hindsight | None:
    return look_back(a_question(**asked), offers(*described), TODAY, {OWN: 0} if ages is None else ages)


def known(*described: dict[str, Any], ages: dict[int, int | None] | None = None, **asked: Any) -> Hindsight:
    found = seen(*described, ages=ages, **asked)
    assert found is not None
    return found


def test_a_question_that_was_not_about_its_offers_says_nothing() -> None:
    assert seen(an_offer(offer_id=2)) is None


def test_tells_its_place_among_those_that_fit() -> None:
    (place,) = known(an_offer(offer_id=OWN, km=20.0), an_offer(offer_id=2), an_offer(offer_id=3, stop=1)).places
    assert (place.rank, place.of) == (2, 2)


def test_tells_per_criterion_how_many_points_were_lost() -> None:
    (near,) = known(an_offer(offer_id=OWN, km=0.0)).places
    (far,) = known(an_offer(offer_id=OWN, km=30.0)).places
    assert near.lost[Criterion.DISTANCE] == 0
    assert far.lost[Criterion.DISTANCE] > 5
    assert Criterion.SIBLINGS not in near.lost  # nobody asked for it


def test_a_statement_of_today_instead_of_forty_days_ago_gains_points_and_places() -> None:
    rival = an_offer(offer_id=2, km=5.5)
    (old,) = known(an_offer(offer_id=OWN), rival, ages={OWN: 40}).places
    (new,) = known(an_offer(offer_id=OWN), rival).places
    assert old.fresh_gain > 0
    assert old.fresh_rank == new.rank
    assert new.fresh_gain == 0


def test_an_offer_without_a_statement_gains_nothing_by_its_age() -> None:
    silent = an_offer(offer_id=OWN, statement_id=0, stated_day=0, intake_wait=-1, treatment_wait=-1, open_places=-1)
    (place,) = known(silent, ages={OWN: None}).places
    assert place.fresh_gain == 0


@pytest.mark.parametrize(
    ("offer", "rule", "needs"),
    [
        ({"stop": 1}, Rule.ADMISSION_STOP, 0),
        ({"age_until": 12}, Rule.TOO_OLD, 0),
        ({"excludes": 0b110}, Rule.CONTRA_INDICATION, 0b10),
    ],
)
def test_says_why_it_could_not_serve(offer: dict[str, Any], rule: Rule, needs: int) -> None:
    why_not = known(an_offer(offer_id=OWN, **offer), needs=0b10).unserved
    assert why_not is not None
    assert (why_not.rule, why_not.needs) == (rule, needs)


def test_of_many_offers_the_nearest_to_fitting_tells_why_not() -> None:
    why_not = known(
        an_offer(offer_id=OWN, age_until=12, stop=1), an_offer(offer_id=2, stop=1), ages={OWN: 0, 2: 0}
    ).unserved
    assert why_not is not None
    assert why_not.rule is Rule.ADMISSION_STOP


def test_served_by_one_of_its_offers_is_served() -> None:
    both = known(an_offer(offer_id=OWN, stop=1), an_offer(offer_id=2), ages={OWN: 0, 2: 0})
    assert [place.offer for place in both.places] == [2]
    assert both.unserved is None
