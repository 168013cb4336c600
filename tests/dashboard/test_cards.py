from typing import Any

from dashboard import answers, cards
from dashboard.texts import showing
from tests.dashboard.fake_api import REASONS, TODAY, a_match, a_near_miss, matches


def found(**other: Any) -> tuple[answers.Match, ...]:
    return answers.Matches.model_validate(matches(a_match(**other))).matches


def answer(fit: int, near: int, excluded: int) -> answers.Matches:
    fitting = [a_match(at) for at in range(1, fit + 1)]
    missing = [a_near_miss()] * near
    return answers.Matches.model_validate(
        matches(*fitting, nearMisses=missing, excluded={"total": excluded, "byRule": []})
    )


def test_a_card_says_what_where_when_and_why() -> None:
    card = cards.result_list(found(), TODAY)
    for words in ("Gezinshuis De Wilgen", "Arnhem · 8 km", "1 plek vrij", "Start rond", "Redelijk zeker", "38/45"):
        assert words in card


def test_every_reason_is_under_waarom() -> None:
    card = cards.result_list(found(), TODAY)
    assert all(str(reason["text"]) in card for reason in REASONS)
    assert "82 van 100" in card


def test_what_comes_from_outside_is_never_html() -> None:
    card = cards.result_list(found(offer="<script>alert(1)</script>"), TODAY)
    assert "<script>" not in card
    assert "&lt;script&gt;" in card


def test_colour_never_stands_alone() -> None:
    card = cards.result_list(found(freshness="stale", openPlaces=None), TODAY)
    assert "Verouderd" in card
    assert "Plekken onbekend" in card


def test_a_near_miss_says_its_one_reason() -> None:
    miss = answers.NearMiss.model_validate(a_near_miss())
    assert miss.text in cards.plain_list([(miss, miss.text)])


def test_the_counts_are_read_aloud() -> None:
    line = cards.count_line(answer(12, 3, 131), 100)
    assert 'role="status"' in line
    assert ">12 passen<" in line
    assert "3 bijna" in line
    assert "143 gecontracteerd" in line
    assert "bijna" not in cards.count_line(answer(1, 0, 0), 100)


def test_a_list_that_was_cut_off_does_not_pretend_to_be_all() -> None:
    line = cards.count_line(answer(3, 0, 40), most=3)
    assert "3 of meer passen" in line
    assert "gecontracteerd" not in line


def test_the_legend_names_every_class() -> None:
    assert all(step.name in cards.legend() for step in (*showing.WAIT_SCALE, showing.WAIT_UNKNOWN))
