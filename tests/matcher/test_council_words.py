"""The figures for the council in words: short, ended, and never a number where none may be."""

from collections.abc import Iterable
from itertools import product

import pytest

from matcher.council import INDICATORS, Indicator
from matcher.council_judging import Figure, Movement, Published, Reached, Visibility, figure
from matcher.council_words import SMALL_NUMBERS, computed, from_how_much, how, sentence, told
from tests.matcher.test_council import IN_TIME, TEAM, WAIT, WAITING, middle, share

LONGEST_SENTENCE = 15


def every_sentence() -> Iterable[str]:
    figures = [Figure(Visibility.SHOWN, 1, 1648, 1648, 99.9, 99.9), Figure(Visibility.SHOWN, 4, 1648, 1, 1, 1)]
    figures += [Figure(state, 4, 1648) for state in Visibility if state is not Visibility.SHOWN]
    for indicator, found, aim, way in product(INDICATORS, figures, Reached, Movement):
        yield sentence(indicator, found, aim, way, "een jaar eerder")
        yield sentence(indicator, found, aim, way, "het kwartaal ervoor")
    for indicator, found in product(INDICATORS, figures):
        yield from (computed(indicator, found), from_how_much(indicator, found))
    for indicator in INDICATORS:
        yield from (
            indicator.meaning,
            how(indicator, over_a_year=True),
            indicator.default.source if indicator.default else "",
        )
    yield SMALL_NUMBERS


def test_every_sentence_is_short_and_ends() -> None:
    for text in filter(None, every_sentence()):
        assert text.endswith("."), text
        for one in text.replace("ggz:", "ggz.").split(". "):
            assert len(one.split()) <= LONGEST_SENTENCE, one


@pytest.mark.parametrize(
    ("indicator", "quarters", "said", "made"),
    [
        (
            IN_TIME,
            [share(258, 412)],
            "Van de starts was 63 procent op tijd; het doel is niet gehaald.",
            "258 van 412 starts is 63 procent.",
        ),
        (
            WAIT,
            [middle(86, 1), middle(86, 1647)],
            "De helft begon binnen 12,3 weken; het doel is niet gehaald.",
            "Het gemiddelde van 2 kwartalen, samen 1.648 starts: 12,3 weken.",
        ),
        (
            TEAM,
            [middle(1, 30)],
            "De helft sprak het team binnen 1 werkdag; het doel is niet gehaald.",
            "De middelste van 30 gesprekken met jeugdbeschermers: 1 werkdag.",
        ),
    ],
)
def test_a_figure_is_said_and_explained(indicator: Indicator, quarters: list[Published], said: str, made: str) -> None:
    found = figure(indicator, quarters)

    assert sentence(indicator, found, Reached.NOT, Movement.BETTER, "een jaar eerder") == said
    assert computed(indicator, found) == made


def test_without_a_target_the_trend_is_said_and_without_a_trend_the_value_alone() -> None:
    found = figure(WAITING, [Published(2200)])

    better = sentence(WAITING, found, Reached.NO_TARGET, Movement.BETTER, "een jaar eerder")
    assert better == "2.200 kinderen wachtten op hulp; beter dan een jaar eerder."
    alone = sentence(WAITING, found, Reached.NO_TARGET, Movement.TOO_LITTLE, "een jaar eerder")
    assert alone == "2.200 kinderen wachtten op hulp."


def test_hidden_is_said_and_never_a_number() -> None:
    found = figure(IN_TIME, [share(None, 12)])

    assert told(IN_TIME, found) == "Verborgen"
    assert from_how_much(IN_TIME, found) == "Uit 12 starts."
    assert not any(letter.isdigit() for letter in sentence(IN_TIME, found, Reached.UNKNOWN, Movement.UNKNOWN, ""))
