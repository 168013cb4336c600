"""What the perspective plan needs when: at sixteen, at seventeen and a half, at eighteen."""

import pytest

from matcher.question import Month
from tests.matcher.histories import Case, day, facts


@pytest.mark.parametrize(
    ("born", "today", "code", "due"),
    [
        (Month(2010, 9), "maandag 2026-03-02", "make-perspective-plan", "dinsdag 2026-09-01"),
        (Month(2009, 3), "dinsdag 2026-03-03", "invite-wmo-adviser", "dinsdag 2026-09-01"),
        (Month(2008, 9), "maandag 2026-03-02", "arrange-adult-care", "dinsdag 2026-09-01"),
        (Month(2009, 9), "maandag 2026-03-02", "make-perspective-plan", "maandag 2026-03-30"),  # sixteen before opening
    ],
)
def test_the_perspective_plan_is_due_at_16_the_adviser_at_17_and_a_half_adult_care_at_18(
    born: Month, today: str, code: str, due: str
) -> None:
    assert Case(facts(birth_month=born), today=day(today)).due(code) == day(due)


def test_what_an_age_asks_shows_half_a_year_ahead() -> None:
    assert "make-perspective-plan" not in Case(facts(birth_month=Month(2010, 10))).todo
    assert "make-perspective-plan" in Case(facts(birth_month=Month(2010, 9))).todo


def test_nothing_is_asked_of_an_adult_in_extended_youth_care() -> None:
    assert set(Case(facts(birth_month=Month(2008, 2))).todo) == {"talk-with-local-team"}
