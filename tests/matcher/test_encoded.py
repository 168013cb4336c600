"""What is equal is encoded once, and memory stays bounded."""

from matcher.encoded import Encoded


def test_encodes_what_is_equal_once() -> None:
    encoded: list[int] = []

    def encode(number: int) -> bytes:
        encoded.append(number)
        return b"%d" % number

    memory = Encoded(most=10)
    assert memory.each("numbers", [1, 2, 1], encode) == [b"1", b"2", b"1"]
    assert memory.each("numbers", [2, 3], encode) == [b"2", b"3"]
    assert encoded == [1, 2, 3]


def test_the_same_said_of_another_kind_is_another_piece() -> None:
    memory = Encoded(most=10)
    memory.each("nl", [1], lambda _: b"een")
    assert memory.each("en", [1], lambda _: b"one") == [b"one"]


def test_forgets_all_when_it_is_full_and_goes_on() -> None:
    memory = Encoded(most=3)
    for number in range(20):
        assert memory.each("numbers", [number], lambda one: b"%d" % one) == [b"%d" % number]
    assert memory._count <= 4
