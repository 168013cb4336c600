"""Why an offer ranks where it does, in sentences a tired person reads at once."""

import json
import re
from dataclasses import replace
from datetime import date
from string import Formatter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from matcher.criteria import Criterion
from matcher.dutch import NL, age, duration, genders, inside_a_sentence, number
from matcher.exclusion import WhyNot, refusal_sentence, why_not
from matcher.explanation import ACCOUNTS, LANGUAGES, reasons, reasons_json, sentence
from matcher.fit import Rule
from matcher.language import Language
from matcher.offers import NEVER, UNKNOWN, Rows, day_number
from matcher.question import Month, Question, Setting
from matcher.ranking import Ranking, judge, rank
from matcher.waiting import Basis, Certainty
from tests.matcher.worlds import TODAY, a_question, an_offer, offers, some_offers, some_questions

LONGEST_SENTENCE = 15


def said(criterion: Criterion, offer: dict[str, Any], language: str = "nl", **asked: Any) -> str:
    """What is said of one offer by one criterion."""
    return spoken(rank(a_question(**asked), offers(offer), TODAY), criterion, language)


def spoken(ranking: Ranking, criterion: Criterion, language: str = "nl") -> str:
    (reason,) = [reason for reason in reasons(ranking, 0) if reason.criterion == criterion]
    return sentence(reason, language)


def expecting(start: date, cautious: date, **asked: Any) -> Ranking:
    """A ranking of one offer whose expected start and its cautious day are given."""
    ranking = rank(a_question(**asked), offers(an_offer()), TODAY)
    starts, cautiously = (np.array([day_number(day)], np.int32) for day in (start, cautious))
    expectation = replace(ranking.expectation, start=starts, pessimistic=cautiously)
    return judge(replace(ranking.inquiry, expectation=expectation))


# --- the words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "cautious", "words"),
    [
        ("2026-11-23", "2026-11-23", "Kan meteen starten."),
        ("2026-11-23", "2026-12-01", "Kan waarschijnlijk meteen starten. Voorzichtig gerekend: 1 december 2026."),
        ("2026-12-14", "2027-01-04", "Kan over drie weken starten. Voorzichtig gerekend: 4 januari 2027."),
    ],
)
def test_says_when_help_can_start(start: str, cautious: str, words: str) -> None:
    ranking = expecting(date.fromisoformat(start), date.fromisoformat(cautious))

    assert spoken(ranking, Criterion.EXPECTED_START) == words


def test_says_that_the_wanted_day_is_met() -> None:
    ranking = expecting(date(2026, 12, 14), date(2026, 12, 14), needed_from=date(2026, 12, 14))

    assert spoken(ranking, Criterion.EXPECTED_START) == "Kan starten op de gewenste dag."


def test_says_that_nobody_knows_when() -> None:
    silent = an_offer(statement_id=0, open_places=UNKNOWN, intake_wait=UNKNOWN, treatment_wait=UNKNOWN)

    assert said(Criterion.EXPECTED_START, silent) == "Wanneer hulp kan starten, is onbekend."
    assert said(Criterion.CERTAINTY, silent) == "Onbekend: de aanbieder deed nog geen opgave."


def test_says_that_a_start_waits_for_the_birthday() -> None:
    text = said(Criterion.EXPECTED_START, an_offer(age_from=12), birth_month=Month(2015, 6))

    assert text == "Kan starten vanaf 12 jaar, op 1 juli 2027."


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        (an_offer(km=8.04), "8 km van huis."),
        (an_offer(km=1.56), "1,5 km van huis."),
        (an_offer(km=31.6), "32 km van huis."),
        (an_offer(km=0.4), "Minder dan 1 km van huis."),
        (an_offer(km=8.0, travels_km=10.0), "Het team komt naar het gezin toe."),
        (an_offer(km=80.0, setting=Setting.ONLINE), "De hulp is online; reizen is niet nodig."),
    ],
)
def test_says_how_far_it_is(offer: dict[str, Any], words: str) -> None:
    assert said(Criterion.DISTANCE, offer) == words


def test_says_how_old_the_statement_is() -> None:
    offer = an_offer(stated_day=date(2026, 10, 20))

    assert "opgave van 34 dagen oud." in said(Criterion.CERTAINTY, offer)


@pytest.mark.parametrize(
    ("late_days", "words"),
    [
        (21.0, "De laatste starts kwamen gemiddeld drie weken later dan opgegeven."),
        (-7.0, "De laatste starts kwamen gemiddeld zeven dagen eerder dan opgegeven."),
        (1.0, "De laatste starts kwamen op tijd."),
    ],
)
def test_says_how_true_earlier_statements_proved(late_days: float, words: str) -> None:
    assert said(Criterion.CERTAINTY, an_offer(late_days=late_days, realised_wait=30.0, realised_spread=5.0)).endswith(
        words
    )


@pytest.mark.parametrize(
    ("serves", "words"),
    [
        (0b11, "Is ingericht op alle gevraagde behoeften."),
        (0b01, "Is ingericht op 1 van de 2 behoeften. Over de rest is niets bekend."),
        (0b00, "Of dit bij de behoeften past, is niet bekend."),
    ],
)
def test_says_which_needs_are_served(serves: int, words: str) -> None:
    assert said(Criterion.SPECIALISMS, an_offer(serves=serves), needs=0b11) == words


@pytest.mark.parametrize(
    ("siblings", "words"),
    [
        (3, "Plek voor 3 kinderen uit één gezin samen."),
        (2, "Plek voor 2 van de 3 kinderen samen."),
        (1, "Kinderen uit één gezin kunnen hier niet samen blijven."),
        (UNKNOWN, "Of kinderen uit één gezin samen kunnen blijven, is onbekend."),
    ],
)
def test_says_whether_siblings_stay_together(siblings: int, words: str) -> None:
    assert said(Criterion.SIBLINGS, an_offer(siblings=siblings), siblings=2) == words


def test_says_which_choice_it_is() -> None:
    assert said(Criterion.PREFERENCE, an_offer(preference=1), care_types=("a", "b")) == "Dit is uw tweede keuze."


def test_speaks_english_too() -> None:
    assert said(Criterion.DISTANCE, an_offer(km=8.04), "en") == "8 km from home."


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "één dag"), (13, "13 dagen"), (21, "drie weken"), (120, "vier maanden"), (800, "twee jaar")],
)
def test_a_duration_is_said_in_the_unit_people_use(days: int, words: str) -> None:
    assert duration(days) == words


def test_what_takes_longer_never_sounds_shorter() -> None:
    in_days = {"dag": 1, "dagen": 1, "week": 7, "weken": 7, "maand": 30.5, "maanden": 30.5, "jaar": 366}
    number_words = {duration(count).split()[0]: count for count in range(1, 14)}
    said_for = [duration(days).split() for days in range(1, 800)]

    lengths = [(number_words.get(count) or int(count)) * in_days[unit] for count, unit in said_for]

    assert lengths == sorted(lengths)


def test_an_old_statement_of_an_open_place_is_not_told_as_now() -> None:
    told = said(Criterion.CERTAINTY, an_offer(open_places=1, stated_day=date(2026, 7, 1)))

    assert told == "Onzeker: opgave van 145 dagen oud. De aanbieder gaf een vrije plek op."


def test_numbers_days_and_groups_are_written_the_dutch_way() -> None:
    assert number(1234.5) == "1.234,5"
    assert number(12.0) == "12"
    assert [age(days) for days in (0, 1, 34)] == ["vandaag", "gisteren", "34 dagen oud"]
    assert genders(0b011) == "jongens en meisjes"
    assert inside_a_sentence("Pleegzorg") == "pleegzorg"
    assert inside_a_sentence("EMDR") == "EMDR"


# --- the shape -----------------------------------------------------------------------------------------------------


def test_a_reason_as_json_has_its_code_points_values_and_words() -> None:
    ranking = rank(a_question(), offers(an_offer(km=8.04)), TODAY)

    (shown,) = reasons_json(ranking, ranking.order)

    distance = next(reason for reason in json.loads(shown) if reason["criterion"] == "distance")
    maximum = ranking.scale.maxima[list(Criterion).index(Criterion.DISTANCE)]
    assert distance == {
        "code": "distance",
        "criterion": "distance",
        "points": maximum * 150 // 230,
        "maximum": maximum,
        "values": {"km": 8.0},
        "text": "8 km van huis.",
    }


@settings(max_examples=40, deadline=None)
@given(some_questions, some_offers)
def test_the_json_says_what_the_reasons_say_and_adds_up_to_the_score(question: Question, candidates: Rows) -> None:
    ranking = rank(question, candidates, TODAY)

    for index, shown in zip(ranking.order.tolist(), reasons_json(ranking, ranking.order), strict=True):
        told = reasons(ranking, index)
        assert [reason["text"] for reason in json.loads(shown)] == [sentence(reason) for reason in told]
        assert sum(reason.points for reason in told) == ranking.score[index]
        assert sum(reason.maximum for reason in told) == 100


# --- the catalogues ------------------------------------------------------------------------------------------------

languages = pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.code)

NEEDS = dict(enumerate(("Trauma", "Agressie", "ADHD", "Spreekt geen Nederlands", "Blind")))
"""What the needs of the worlds are called, by bit."""

EXAMPLE: dict[str, Any] = {
    **dict.fromkeys(("start", "cautious", "neededFrom", "contractFrom", "contractUntil"), date(2026, 12, 14)),
    **dict.fromkeys(
        ("suspendedUntil", "availableFrom", "publishedFrom", "publishedUntil", "oldEnoughOn"), date(2026, 12, 14)
    ),
    **dict.fromkeys(("km", "maxKm", "travelsKm"), 140.5),
    **dict.fromkeys(("setting", "wantedSetting"), Setting.LOCATION),
    **dict.fromkeys(("days", "lateDays", "ageDays"), 120),
    **dict.fromkeys(("age", "ageFrom", "ageUntil", "served", "asked", "together", "choice"), 3),
    "genders": 0b110,
    "needs": ["Seksueel grensoverschrijdend gedrag", "Gedachten aan zelfdoding", "ADHD"],
    "careType": "ambulante begeleiding",
    "opens": 12,
    "what": "Zonder grens aan de afstand",
    "certainty": Certainty.FAIRLY,
    "basis": Basis.PROVEN_WAIT,
}


@languages
def test_every_word_has_its_place_in_every_language(language: Language) -> None:
    assert set(language.rules) == set(Rule)
    assert set(language.certainty) == set(Certainty)
    assert set(language.basis) == set(Basis)
    assert set(language.reasons) == set(NL.reasons)
    assert set(language.refusals) == set(NL.refusals)
    assert set(language.changes) == set(NL.changes)
    assert {name: fields(text) for name, text in language.reasons.items()} == {
        name: fields(text) for name, text in NL.reasons.items()
    }


@languages
def test_no_sentence_is_longer_than_fifteen_words(language: Language) -> None:
    texts = [*language.reasons.values(), *language.refusals.values(), *language.changes.values()]

    for text in [*(language.say(text, EXAMPLE) for text in texts), *language.basis.values()]:
        for one in re.split(r"(?<=[.!?]) ", text):
            assert len(one.split()) <= LONGEST_SENTENCE, one


@languages
@settings(max_examples=40, deadline=None)
@given(question=some_questions, candidates=some_offers)
def test_there_are_words_for_whatever_happens(language: Language, question: Question, candidates: Rows) -> None:
    ranking = rank(question, candidates, TODAY)

    for index in range(len(candidates)):
        texts = [sentence(reason, language.code) for reason in reasons(ranking, index)]
        if refusal := why_not(ranking, index):
            texts.append(refusal_sentence(refusal, NEEDS, language.code))
        assert all(re.fullmatch(r"[A-Z0-9].*\.", text) for text in texts)


def test_every_criterion_can_give_account() -> None:
    assert set(ACCOUNTS) == set(Criterion)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


# --- why not -------------------------------------------------------------------------------------------------------


def refused(offer: dict[str, Any], **asked: Any) -> WhyNot:
    refusal = why_not(rank(a_question(**asked), offers(offer), TODAY), 0)
    assert refusal is not None
    return refusal


def test_there_is_no_why_not_for_an_offer_that_fits() -> None:
    assert why_not(rank(a_question(), offers(an_offer()), TODAY), 0) is None


@pytest.mark.parametrize(
    ("offer", "asked", "words"),
    [
        ({"contract_id": -1}, {}, "Heeft geen contract voor deze gemeente."),
        ({"valid_from": date(2027, 1, 1)}, {}, "Het contract begint pas op 1 januari 2027."),
        ({"valid_until": date(2026, 10, 31)}, {}, "Het contract geldt tot en met 31 oktober 2026."),
        ({"suspended_from": TODAY}, {}, "Het contract is stilgelegd."),
        (
            {"suspended_from": TODAY, "suspended_until": date(2026, 12, 31)},
            {},
            "Het contract is stilgelegd tot en met 31 december 2026.",
        ),
        ({"preference": -1}, {}, "Is een andere zorgvorm dan gevraagd."),
        ({"age_until": 12}, {}, "Neemt kinderen tot en met 12 jaar; dit kind is 13 bij de start."),
        ({"age_from": 18, "age_until": 23}, {}, "Neemt kinderen vanaf 18 jaar; dit kind is dat pas op 1 juni 2031."),
        ({"only_for": 0b100}, {}, "Is alleen voor een andere doelgroep."),
        ({"excludes": 0b100}, {"needs": 0b101}, "Is niet geschikt bij: ADHD."),
        ({"excludes": 0b111}, {"needs": 0b1111}, "Is niet geschikt bij: trauma, agressie en ADHD."),
        ({"genders": 0b001}, {"gender": "girl"}, "Is alleen voor jongens."),
        (
            {"setting": Setting.SCHOOL},
            {"setting": Setting.HOME},
            "Biedt de hulp op school; gevraagd is hulp thuis.",
        ),
        ({"stop": 1}, {}, "Neemt nu geen kinderen aan: opnamestop."),
        (
            {"stop": 1, "available_from": date(2027, 2, 1)},
            {},
            "Neemt nu geen kinderen aan: opnamestop tot 1 februari 2027.",
        ),
        ({"km": 40.01}, {"max_distance_km": 40.0}, "Ligt op 40,1 km; de grens is 40 km."),
        ({"km": 20.0, "travels_km": 15.0}, {}, "Het team komt tot 15 km; het gezin woont op 20 km."),
        ({"past_eighteen": 0}, {"past_eighteen": True}, "De hulp stopt bij 18 jaar; u vraagt hulp die doorgaat."),
        ({"refused": 1}, {}, "Wees deze aanmelding eerder af; sindsdien is niets veranderd."),
        ({"published_from": date(2027, 1, 1)}, {}, "Het aanbod gaat pas open op 1 januari 2027."),
        (
            {"published_until": date(2026, 12, 1)},
            {"needed_from": date(2026, 12, 15)},
            "Het aanbod stopt na 1 december 2026.",
        ),
        ({"published_until": date(2026, 11, 1)}, {}, "Het aanbod is gestopt; 1 november 2026 was de laatste dag."),
    ],
)
def test_says_the_first_rule_that_is_broken_and_by_how_much(
    offer: dict[str, Any], asked: dict[str, Any], words: str
) -> None:
    assert refusal_sentence(refused(an_offer(**offer), **asked), NEEDS) == words


def test_a_distance_past_the_limit_is_never_rounded_down_to_it() -> None:
    refusal = refused(an_offer(km=40.01), max_distance_km=40.0)

    assert refusal.values == {"km": 40.1, "maxKm": 40.0, "overKm": 0.1}


def test_the_end_of_time_is_never_said() -> None:
    refusal = refused(an_offer(suspended_from=TODAY, suspended_until=NEVER))

    assert refusal.values == {}
