"""What is said of lessons: plain sentences for every code, and what touches most children first."""

import re
from dataclasses import replace
from datetime import date

from matcher.case_events import Actor, Route
from matcher.elapsed import TIMED
from matcher.lessons import UNSAID, Share
from matcher.lessons_of_cases import Contacts, Escalations, OfAge, StepTime
from matcher.lessons_of_refusals import Refused
from matcher.lessons_of_supply import PlacesAt, SizeClass, Waited
from matcher.lessons_words import (
    CAUSES,
    COUNTED,
    DEFINITIONS,
    SENTENCES,
    STEPS_OF_ROUTES,
    TASKS_OF_ROUTES,
    About,
    Lesson,
    in_order,
    of_coming_of_age,
    of_contacts,
    of_escalations,
    of_places,
    of_refusals,
    of_sizes,
    of_steps,
    of_waits,
    say,
)
from matcher.shortage_words import Reason

NAMES = {"gezinshuis": "Gezinshuis", "mst": "Multisysteemtherapie (MST)"}
REASONS = {"no-place": "Er is geen plek.", UNSAID: "Er is geen reden gegeven."}

STEP = StepTime(
    Route.ACCESS, "4", "send-allocation", Actor.BACK_OFFICE, 12, 10, 1, 7, 15, 5, Share(6, 11)
)  # fmt: skip


def texts(reasons: list[Reason]) -> list[str]:
    return [say(code, values) for code, values in reasons]


EVERYTHING: list[list[Reason]] = [
    of_steps([STEP], Share(5, 11), 4),
    of_steps([replace(STEP, in_time=Share(11, 11))], Share(0, 11), 0),
    of_refusals(
        [Refused(None, 9, 20, {"no-place": 9}), Refused("gezinshuis", 6, 9, {"no-place": 6})],
        7,
        NAMES.__getitem__,
        REASONS,
    ),
    of_refusals([Refused(None, 0, 20, {})], 0, NAMES.__getitem__, REASONS),
    of_escalations(Escalations(4, {"no-view": 2, "found": 1}, {"ret-too-late": 2})),
    of_escalations(Escalations(4, {"found": 1}, {})),
    of_contacts(Contacts(Share(3, 20), 2, 4)),
    of_contacts(Contacts(Share(0, 20), 0, None)),
    of_waits([Waited("mst", 8, 30, 66), Waited("gezinshuis", 5, 30, 30)], Share(8, 13), NAMES.__getitem__),
    of_waits([Waited("mst", 8, 30, 30)], Share(0, 8), NAMES.__getitem__),
    of_sizes([SizeClass("small", 20, 14, Share(40, 100), Share(12, 100))]),
    of_places([PlacesAt(date(2026, 1, 1), 40, 60, 0), PlacesAt(date(2026, 12, 31), 46, 55, 0)]),
    of_places([PlacesAt(date(2026, 1, 1), 40, 60, 0), PlacesAt(date(2026, 12, 31), 33, 67, 0)]),
    of_places([PlacesAt(date(2026, 1, 1), 40, 60, 0)]),
    of_coming_of_age(OfAge(Share(3, 5), 2)),
    [("nothing", {}), ("before", {"percent": 31}), ("before-unknown", {})],
]


def test_every_sentence_is_said_somewhere() -> None:
    assert {code for reasons in EVERYTHING for code, _ in reasons} == set(SENTENCES)


def test_sentences_are_plain() -> None:
    for text in (text for reasons in EVERYTHING for text in texts(reasons)):
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.endswith("."), text
        assert "{" not in text
        for sentence in re.split(r"[.;:] ", text):
            assert len(sentence.split()) <= 15, sentence


def test_the_sentence_on_small_providers() -> None:
    assert texts(of_sizes([SizeClass("small", 20, 14, Share(40, 100), Share(12, 100))])) == [
        "Kleine aanbieders hebben 40\u00a0% van het aanbod, en krijgen 12\u00a0% van de aanmeldingen.",
        "Van de 20 kleine aanbieders kregen er 14 geen enkele aanmelding.",
    ]


def test_the_sentence_on_the_latest_step() -> None:
    assert texts(of_steps([STEP], Share(5, 11), 4)) == [
        "45\u00a0% van de stappen was te laat, bij vier kinderen.",
        "Het vaakst in stap 4, route 301: “stuur de toewijzing (301)” 5 van de 11 keer te laat.",
        "De helft was gedaan binnen zeven werkdagen; de termijn is vijf werkdagen.",
    ]


def test_what_was_not_recorded_is_never_the_most_frequent_cause() -> None:
    both = Escalations(9, {"no-view": 9}, {UNSAID: 7, "waiting-times": 2})
    refused = [Refused(None, 9, 20, {UNSAID: 9})]

    assert texts(of_escalations(both))[1:] == ["Waar de oorzaak is vastgelegd, was die het vaakst: wachttijden."]
    assert len(of_escalations(Escalations(9, {"no-view": 9}, {UNSAID: 7}))) == 1
    assert len(of_refusals(refused, 7, NAMES.__getitem__, REASONS)) == 1


def test_growing_in_families_is_told_beside_shrinking_in_groups() -> None:
    rows = [PlacesAt(date(2026, 1, 1), 40, 60, 0), PlacesAt(date(2026, 12, 31), 46, 55, 0)]

    assert texts(of_places(rows))[1:] == [
        "In gezinnen kwamen zes plekken bij, sinds het begin van de periode.",
        "In groepen gingen vijf plekken weg.",
    ]


def test_each_lesson_says_how_it_is_computed_and_from_how_many() -> None:
    assert set(DEFINITIONS) == set(COUNTED) == set(About)
    assert Lesson(About.OF_AGE, Share(1, 1), Share(0, 0), 0, []).counted == "één jongere"
    assert Lesson(About.SIZES, Share(1, 3997), Share(0, 0), 0, []).counted == "3.997 aanmeldingen"


def test_every_step_and_task_that_is_timed_has_a_name() -> None:
    assert {duty.step for duty in TIMED} <= set(STEPS_OF_ROUTES)
    assert {duty.code for duty in TIMED} <= set(TASKS_OF_ROUTES)
    assert set(CAUSES) == {"waiting-times", "difference-of-view", "ret-too-late", UNSAID}


def lesson(about: About, now: Share, children: int, before: Share | None = None) -> Lesson:
    return Lesson(about, now, before or Share(0, 0), children, [("contact-made", {})])


def test_what_touches_most_children_comes_first_and_what_is_unknown_last() -> None:
    few, many = lesson(About.CONTACTS, Share(1, 2), 1), lesson(About.STEPS, Share(5, 9), 5)
    unknown, supply = lesson(About.OF_AGE, Share(0, 0), 0), lesson(About.SIZES, Share(1, 9), 0)

    assert in_order([unknown, few, supply, many]) == [many, few, supply, unknown]


def test_a_year_before_is_compared_from_five_on() -> None:
    compared = lesson(About.CONTACTS, Share(0, 9), 0, Share(1, 5))
    alone = lesson(About.CONTACTS, Share(0, 9), 0, Share(1, 4))
    unknown = lesson(About.CONTACTS, Share(0, 0), 0, Share(1, 5))

    assert compared.sentences[-1] == "Een jaar eerder was dat 20\u00a0%."
    assert alone.sentences[-1] == "Van een jaar eerder is te weinig bekend."
    assert unknown.sentences == ["Hierover is in deze periode niets bekend."]
