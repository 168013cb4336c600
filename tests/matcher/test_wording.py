"""Free text to care types, needs, places and providers; and how often that goes right."""

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.wording import Entry, Kind, Vocabulary, words
from tests.matcher.recall import COLUMNS, missed, rows, vocabulary

SMALL = Vocabulary(
    [
        Entry(Kind.CARE_TYPE, "gezinshuis", "Gezinshuis", ("gezinshuizen",)),
        Entry(Kind.CARE_TYPE, "gezinshuis-behandeling", "Gezinshuis met behandeling", ("gezinshuis plus",)),
        Entry(Kind.CARE_TYPE, "traumabehandeling", "Traumabehandeling", ("EMDR", "traumatherapie")),
        Entry(Kind.CARE_TYPE, "logeeropvang", "Logeeropvang", ("respijtzorg",)),
        Entry(Kind.CARE_TYPE, "specialistische-ggz", "Specialistische jeugd-ggz", ("kinderpsychiater",)),
        Entry(Kind.NEED, "lvb", "Licht verstandelijke beperking", ("LVB", "LVG")),
        Entry(Kind.NEED, "autisme", "Autisme", ("ASS",)),
        Entry(Kind.PLACE, "GM0202", "Arnhem"),
        Entry(Kind.PLACE, "GM0796", "'s-Hertogenbosch", ("Den Bosch",)),
        Entry(Kind.PLACE, "GM0344", "Utrecht"),
        Entry(Kind.PROVIDER, "00000001", "Gezinshuis De Wilgen"),
        Entry(Kind.PROVIDER, "00000002", "Jeugdhulp De Eén"),
    ]
)


def read(text: str) -> list[str]:
    return [hit.entry.code for hit in SMALL.read(text)]


def first(text: str, kind: Kind = Kind.CARE_TYPE) -> str | None:
    return next((hit.entry.code for hit in SMALL.find(text, kind)), None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("gezinshuis lvb arnem", ["gezinshuis", "lvb", "GM0202"]),
        ("trauma therapie", ["traumabehandeling"]),
        ("logeeropvang", ["logeeropvang"]),
        ("Logeer-opvang in 's Hertogenbosch", ["logeeropvang", "GM0796"]),
        ("gezinshuis plus", ["gezinshuis-behandeling"]),  # the longer name, not its first word
        ("de wilgen", ["00000001"]),
        ("lvb-er", ["lvb"]),
        ("", []),
        ("   ", []),
        ("?!", []),
        ("xyzzy", []),
    ],
)
def test_reads_what_a_worker_types(text: str, codes: list[str]) -> None:
    assert read(text) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gezinhsuis", "gezinshuis"),  # two letters changed places
        ("gezinsh", "gezinshuis"),  # still typing
        ("behandeling gezinshuis", "gezinshuis-behandeling"),  # the other way round
        ("emdr", "traumabehandeling"),
        ("psychiater", "specialistische-ggz"),  # the end of a compound
        ("respijtzorgweekend", "logeeropvang"),  # the beginning of one
    ],
)
def test_finds_a_care_type_however_it_is_written(text: str, code: str) -> None:
    assert first(text) == code


def test_an_abbreviation_bears_no_typing_error() -> None:
    assert first("lvx", Kind.NEED) is None
    assert first("asz", Kind.NEED) is None


def test_accents_and_capitals_do_not_matter() -> None:
    assert first("DE ÉÉN", Kind.PROVIDER) == first("de een", Kind.PROVIDER)


def test_small_words_say_nothing_unless_they_are_all_there_is() -> None:
    assert words("Bij opa en oma") == ["opa", "oma"]
    assert words("Over") == ["over"]


def test_the_order_of_the_vocabulary_does_not_matter() -> None:
    turned = Vocabulary(reversed(SMALL.entries))
    for text in ("gezinshuis", "gezinshuis behandeling lvb", "utrect"):
        for kind in Kind:
            told = [(hit.entry, hit.score) for hit in SMALL.find(text, kind)]
            assert told == [(hit.entry, hit.score) for hit in turned.find(text, kind)]


def test_an_empty_vocabulary_finds_nothing() -> None:
    assert Vocabulary([]).read("gezinshuis") == []


@given(st.text(max_size=60))
def test_any_text_is_survived_and_no_hit_points_outside_it(text: str) -> None:
    said = words(text)
    for hit in SMALL.read(text):
        assert 0 <= hit.begin < hit.end <= len(said)


@given(st.sampled_from(SMALL.entries))
def test_every_name_and_synonym_finds_its_own_entry_first(entry: Entry) -> None:
    for name in (entry.name, *entry.synonyms):
        assert first(name, entry.kind) == entry.code


# On the real vocabulary

LEAST_RECALL = {"care_type": 0.95, "need": 0.9, "place": 0.95, "provider": 0.85}
"""In the top three. Measured in November 2026: 0.99, 0.95, 1.00 and 1.00."""


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return vocabulary()


@pytest.mark.parametrize("column", COLUMNS)
def test_a_hundred_queries_find_what_was_meant_in_the_top_three(known: Vocabulary, column: str) -> None:
    queries = rows(Path(__file__).with_name("queries.csv"))
    assert len(queries) == 100
    asked = [query for query in queries if query[column]]
    lost = missed(known, asked, column)
    assert 1 - len(lost) / len(asked) >= LEAST_RECALL[column], lost


def test_the_queries_for_measuring_are_not_those_for_tuning() -> None:
    measured, tuned = (
        {query["query"] for query in rows(Path(__file__).with_name(name))}
        for name in ("queries.csv", "queries_for_tuning.csv")
    )
    assert not measured & tuned


def test_the_wanted_answers_exist(known: Vocabulary) -> None:
    codes = {entry.code for entry in known.entries}
    for query in rows(Path(__file__).with_name("queries.csv")):
        for column in COLUMNS:
            assert set(filter(None, query[column].split("|"))) <= codes, query


def test_is_fast_enough_to_answer_while_somebody_types(known: Vocabulary) -> None:
    took = []
    for _ in range(20):
        begun = perf_counter()
        known.find_all("gezinshuis lvb arnem")
        took.append(perf_counter() - begun)
    assert min(took) < 0.02  # about 1 ms on a quiet machine
