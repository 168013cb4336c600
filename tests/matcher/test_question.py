"""A birth month is all that is known of a child's age."""

import pytest

from matcher.question import Month


def test_reads_a_birth_month() -> None:
    assert Month.parse("2013-05") == Month(2013, 5)
    assert str(Month(2013, 5)) == "2013-05"


@pytest.mark.parametrize(
    "text", ["2013", "2013-13", "2013-00", "13-05", "2013-5", "2013-05-01", "mei 2013", "+013-05", "2013-+5", ""]
)
def test_refuses_anything_else(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Month.parse(text)
