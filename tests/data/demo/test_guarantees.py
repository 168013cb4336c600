"""What the story's region promises, so that the screens have something to show: some of it is not there."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from availability.geography.atlas import load_atlas
from availability.guarantees.standing import kept_share, standings
from availability.vocabulary.lexicon import load_lexicon
from data.demo import load_world
from data.demo.ground import read_ground
from data.demo.guarantees import make_guarantees
from data.demo.plan import CENTRAAL_GELDERLAND, WORLDS

TODAY = date(2026, 11, 22)
PLAN = WORLDS["region"].at(TODAY, 2025, None)


def test_every_promise_is_about_care_that_exists_and_has_its_past() -> None:
    made = make_guarantees(PLAN)
    assert set(made.care_type_code) <= set(read_ground(TODAY).care_types.code)
    assert made.guarantee_id.nunique() == 6
    assert made.version.max() == 2
    assert (made.valid_from < TODAY).all()


def test_a_world_for_measuring_promises_nothing() -> None:
    assert make_guarantees(WORLDS["national"].at(TODAY, 2025, None)).empty


@pytest.mark.slow
def test_some_promises_are_kept_and_some_are_not(session: Session) -> None:
    load_world(session, "region", today=TODAY)
    atlas, lexicon = load_atlas(session), load_lexicon(session)
    found = [each.judged.spell()[0].value for each in standings(session, CENTRAAL_GELDERLAND, TODAY, atlas, lexicon)]
    assert len(found) == 6
    assert found.count("kept") >= 3
    assert 1 <= found.count("not-kept") <= 2
    quarter = (TODAY - timedelta(days=92), TODAY - timedelta(days=1))
    share = kept_share(session, CENTRAAL_GELDERLAND, quarter, atlas, lexicon)
    assert 0 < share.kept < share.promised == 6 * 92
