"""Which language an answer is in."""

import pytest

from availability.matching.language import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "nl"),
        ("", "nl"),
        ("nl", "nl"),
        ("en", "en"),
        ("en-GB", "en"),
        ("de, en;q=0.5", "en"),
        ("de", "nl"),
        ("*", "nl"),
        ("en;q=0.3, nl;q=0.9", "nl"),
        ("en;q=0", "nl"),
        ("en;q=veel", "nl"),
        ("nl, en", "nl"),
        ("en, nl", "en"),
        (";;;,,,", "nl"),
    ],
)
def test_the_heaviest_language_we_have_wins(header: str | None, language: str) -> None:
    assert preferred(header) == language
