"""A region's indicators: counted from what stands, hidden where they could point at somebody, and never changed."""

from collections.abc import Iterator
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from availability.guarantees.standing import Share
from availability.publication import queries
from availability.publication.ground import Ground
from availability.publication.happened import Happened
from availability.publication.indicators import Indicator, indicators
from availability.publication.snapshot import figures
from matcher.suppression import Lattice
from tests.matcher.histories import day

REGION = "JZ28"
GROUND = Ground(
    ["GM0202", "GM0299", "GM0268"],
    ["JZ28", "JZ32"],
    ["gezinshuis"],
    ["Gezin"],
    Lattice(np.array([0, 0, 1]), np.array([0]), regions=2, families=1),
)


def rows(n: int, municipality: str = "GM0202", **values: Any) -> list[Any]:
    return [SimpleNamespace(municipality_code=municipality, care_type_code="gezinshuis", **values) for _ in range(n)]


def told(**happened: Any) -> dict[str, tuple[int | None, int | None, float | None]]:
    """The indicators of the region, beside the figures of the same quarter."""
    nothing: dict[str, Any] = {field.name: () for field in fields(Happened)} | {"promises": {}}
    quarter = Happened(**nothing | happened)
    return dict(_of_region(indicators(GROUND, quarter, figures(GROUND, quarter))))


def _of_region(frame: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    for row in frame[frame.area_code == REGION].astype(object).to_dict("records"):
        yield row["indicator"], tuple(None if row[name] is pd.NA else row[name] for name in ("part", "whole", "value"))


def test_starts_in_time_of_the_starts_that_are_published() -> None:
    started = rows(12, in_time=True, days=10) + rows(6, in_time=False, days=40)

    elsewhere = rows(9, "GM0268", in_time=True, days=10)

    assert told(started=started + elsewhere)[Indicator.STARTED_IN_TIME] == (12, 18, None)


def test_starts_that_are_hidden_among_the_waiting_times_are_hidden_here() -> None:
    """The other region has two: with the country's eighteen they would be found, so this region's are hidden too."""
    started = rows(12, in_time=True, days=10) + rows(6, in_time=False, days=40)
    elsewhere = rows(2, "GM0268", in_time=True, days=10)

    assert told(started=started + elsewhere)[Indicator.STARTED_IN_TIME] == (None, None, None)


def test_a_local_team_is_waited_for_in_working_days() -> None:
    asked = day("donderdag 2026-04-30")
    talked = [
        talk
        for spoken in ("vrijdag 2026-05-01", "maandag 2026-05-04", "woensdag 2026-05-06")
        for talk in rows(2, asked_on=asked, talked_on=day(spoken))
    ]

    assert told(talked=talked)[Indicator.LOCAL_TEAM_WAIT] == (None, 6, 2.0)  # 5 May is a holiday: one, two and three


def test_four_talks_are_too_few_to_tell() -> None:
    talked = rows(4, asked_on=day("maandag 2026-06-01"), talked_on=day("dinsdag 2026-06-02"))

    assert told(talked=talked)[Indicator.LOCAL_TEAM_WAIT] == (None, None, None)


def answers(**values: int) -> list[Any]:
    return rows(1, "GM0202", **{"answers": 30, "children": 24} | values)


def test_refusals_for_want_of_room_among_the_answers() -> None:
    assert told(answered=answers(refused=8, refused_children=6, other_children=20))[Indicator.REFUSED] == (8, 30, None)


@pytest.mark.parametrize(("refused_children", "other_children"), [(1, 20), (20, 1)])
def test_refusals_of_one_child_are_hidden_however_many_they_are(refused_children: int, other_children: int) -> None:
    answered = answers(refused=8, refused_children=refused_children, other_children=other_children)

    assert told(answered=answered)[Indicator.REFUSED] == (None, 30, None)


def test_answers_about_four_children_are_hidden_however_many_they_are() -> None:
    answered = answers(children=4, refused=15, refused_children=4, other_children=4)

    assert told(answered=answered)[Indicator.REFUSED] == (None, None, None)


def test_children_before_the_expert_team_from_five_on() -> None:
    assert told(discussed=rows(1, children=5))[Indicator.RET] == (None, 5, None)
    assert told(discussed=rows(1, children=4))[Indicator.RET] == (None, None, None)


def test_what_must_always_be_there_is_about_offers_and_never_hidden() -> None:
    assert told(promises={REGION: Share(kept=181, promised=184)})[Indicator.ALWAYS_THERE] == (181, 184, None)
    assert told()[Indicator.ALWAYS_THERE] == (None, None, None)


@pytest.fixture
def published(session: Session) -> Session:
    queries.freeze(session, "2026-Q2", day("woensdag 2026-04-01"), day("dinsdag 2026-06-30"), 2)
    return session


def put(session: Session, part: int | None, whole: int | None) -> None:
    values = {"part": part, "whole": whole}
    with session.begin_nested():
        session.execute(
            text("INSERT INTO published_indicator VALUES ('2026-Q2', 'JZ28', 'started-in-time', :part, :whole)"), values
        )


def test_what_was_frozen_is_read_per_region(published: Session) -> None:
    put(published, 12, 18)

    (row,) = queries.indicators(published, ["2026-Q1", "2026-Q2"], REGION)
    assert tuple(row) == ("2026-Q2", "started-in-time", 12, 18, None)
    assert not queries.indicators(published, ["2026-Q2"], "JZ32")


@pytest.mark.parametrize(("part", "whole"), [(4, 20), (16, 20), (None, 4), (8, None), (21, 20)])
def test_the_table_itself_refuses_small_numbers(published: Session, part: int | None, whole: int | None) -> None:
    with pytest.raises(DBAPIError):
        put(published, part, whole)


def test_what_was_frozen_never_changes(published: Session) -> None:
    put(published, 12, 18)

    with pytest.raises(DBAPIError, match="never changed"), published.begin_nested():
        published.execute(text("UPDATE published_indicator SET part = 13"))
