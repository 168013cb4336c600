"""Every kind of fault an input can have is said in Dutch."""

import json
import re
from datetime import date

import pytest
from pydantic import ValidationError

from availability.codes import PATTERNS
from availability.faults import MOST_FAULTS, SENTENCES, UNKNOWN_FAULT, faults_of
from availability.messages import Message
from availability.refusals import Invalid


class Sample(Message):
    number: int = 0
    day: date = date(2026, 1, 1)
    texts: tuple[str, ...] = ()
    inner: dict[str, int] | None = None


@pytest.mark.parametrize(
    ("raw", "pointer", "detail"),
    [
        (b"{", "", "Dit is geen geldige JSON."),
        (b"[]", "", "Geef een JSON-object."),
        (b'{"number": true}', "/number", "Geef een heel getal."),
        (b'{"number": 1.5}', "/number", "Geef een heel getal."),
        (b'{"day": "morgen"}', "/day", "Geef een datum als jjjj-mm-dd."),
        (b'{"day": "2026-02-30"}', "/day", "Geef een datum als jjjj-mm-dd."),
        (b'{"texts": [1]}', "/texts/0", "Geef een tekst."),
        (b'{"inner": {"a/b": "x"}}', "/inner/a~1b", "Geef een heel getal."),
        (b'{"geheim": 1}', "/geheim", "Dit veld bestaat niet."),
    ],
)
def test_a_fault_is_a_place_and_a_sentence(raw: bytes, pointer: str, detail: str) -> None:
    with pytest.raises(Invalid) as refused:
        Sample.read(raw)
    (fault,) = refused.value.faults
    assert (fault.pointer, fault.detail) == (pointer, detail)


@pytest.mark.parametrize("raw", [b'{"number": "6811"}', b'{"day": "6811"}', b'{"texts": 6811}'])
def test_a_fault_never_repeats_what_was_sent(raw: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        Sample.read(raw)
    assert "6811" not in repr(refused.value.faults)


@pytest.mark.parametrize("flood", [{"texts": [1] * 20_000}, {f"onbekend{n}": n for n in range(20_000)}])
def test_a_flood_of_faults_is_one_fault(flood: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        Sample.read(json.dumps(flood).encode())
    (fault,) = refused.value.faults
    assert (fault.pointer, fault.code) == ("", "too-many-faults")


def test_every_fault_of_a_long_list_is_told() -> None:
    with pytest.raises(Invalid) as refused:
        Sample.read(json.dumps({"texts": [1] * MOST_FAULTS}).encode())
    assert len(refused.value.faults) == MOST_FAULTS


def test_every_pattern_is_a_pattern_with_a_sentence() -> None:
    for pattern, sentence in PATTERNS.items():
        assert re.compile(pattern).pattern
        assert sentence.endswith(".")


def test_no_sentence_is_left_for_the_general_one() -> None:
    assert all(sentence.endswith(".") and sentence != UNKNOWN_FAULT for sentence in SENTENCES.values())


def test_a_kind_without_a_sentence_is_still_dutch() -> None:
    error = ValidationError.from_exception_data(
        "x", [{"type": "url_scheme", "loc": ("a",), "input": "", "ctx": {"expected_schemes": "https"}}]
    )
    (fault,) = faults_of(error)
    assert fault.detail == UNKNOWN_FAULT
