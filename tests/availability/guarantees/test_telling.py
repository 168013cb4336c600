"""The chair and the contract manager hear when a promise begins not to be kept, and when it is kept again: once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.geography.atlas import load_atlas
from availability.guarantees.telling import tell_turns
from availability.vocabulary.lexicon import load_lexicon
from tests.availability.guarantees.builders import REGION, TODAY, a_family_home, ago, state
from tests.availability.guarantees.test_standings import promised_since

pytestmark = pytest.mark.slow

Told = Callable[..., list[Any]]


@pytest.fixture
def told_on(session: Session) -> Told:
    """What is told on a day, beside what was told before."""
    atlas, lexicon = load_atlas(session), load_lexicon(session)

    def told(today: date = TODAY) -> list[Any]:
        before = session.execute(text("SELECT array_agg(id) FROM notice")).scalar_one() or []
        tell_turns(session, today, atlas, lexicon)
        new = text("SELECT kind, organisation, role, link, values FROM notice WHERE id <> ALL (:before) ORDER BY role")
        return list(session.execute(new, {"before": before}))

    return told


def test_both_hear_what_is_not_kept_and_since_when(session: Session, told_on: Told) -> None:
    a_family_home(session, (9, 0))
    promised_since(session, ago(2))
    chair, manager = sorted(told_on(), key=lambda each: each.role, reverse=True)
    assert (chair.role, manager.role, chair.organisation) == ("ret-chair", "contract-manager", REGION)
    assert chair.kind == "guarantee-not-kept"
    assert chair.values == {"care_type": "Gezinshuis", "region": "Centraal Gelderland", "on": ago(9).isoformat()}
    assert chair.link == "tekorten"


def test_every_turn_is_told_once(session: Session, told_on: Told) -> None:
    home = a_family_home(session, (9, 1))
    promised_since(session, ago(2))
    kinds = []
    for day, places in ((0, 1), (-1, 0), (-2, 0), (-3, 1), (-4, 1), (-5, 0)):
        state(session, home, ago(day), open_places=places)
        kinds += [[each.kind for each in told_on(ago(day))] for _ in range(2)]
    not_kept, kept = ["guarantee-not-kept"] * 2, ["guarantee-kept"] * 2
    assert kinds == [[], [], not_kept, [], [], [], kept, [], [], [], not_kept, []]


@pytest.mark.parametrize(("stated", "told"), [((40, 1), 0), ((40, 0), 2), ((9, 1), 0)])
def test_what_is_uncertain_or_kept_from_the_start_is_no_news(
    session: Session, told_on: Told, stated: tuple[int, int], told: int
) -> None:
    a_family_home(session, stated)
    promised_since(session, ago(2))
    assert len(told_on()) == told


def test_uncertainty_in_between_does_not_tell_the_same_twice(session: Session, told_on: Told) -> None:
    home = a_family_home(session, (9, 0))
    promised_since(session, ago(2))
    assert len(told_on()) == 2
    state(session, home, TODAY, open_places=1)
    later = ago(-31)  # a day past its term
    assert told_on(later) == []
    state(session, home, later, open_places=0)
    assert told_on(later) == []
