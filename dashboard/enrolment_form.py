"""A child and the one enrolment form as somebody reads them: what is asked and what was said; empty is left out."""

from collections.abc import Iterable
from datetime import date
from html import escape

from babel.dates import format_date

from dashboard import reading
from dashboard.case_answers import Child, Form
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import showing

Told = Iterable[tuple[str, str | None]]


def about(child: Child, today: date) -> str:
    """What a provider or the expert team may know of the child."""
    return _list(
        (
            (nl.REFERENCE, child.reference),
            (nl.BORN, _born(child.birth_month, today)),
            (nl.LIVES, nl.PLACE.format(municipality=child.municipality.name, pc4=child.pc4)),
            (nl.LOOKS_FOR, ", ".join(care.name for care in child.care_types)),
            (nl.FROM, showing.long_day(child.needed_from)),
            (nl.URGENT, nl.YES if child.urgency == "urgent" else None),
            (nl.NEEDS, ", ".join(need.name for need in child.needs)),
            (nl.GENDER, words.GENDERS.get(child.gender or "")),
            (nl.SIBLINGS, str(child.siblings) if child.siblings else None),
            (nl.PAST_EIGHTEEN, nl.YES if child.past_eighteen else None),
        )
    )


def filled_in(form: Form, care_types: dict[str, str]) -> str:
    """The form; `care_types` are the names by code."""
    return _list(
        (
            (words.QUESTION, form.question),
            *_determined(form, care_types),
            (words.WISHES_OF_CHILD, form.wishes_of_child),
            (words.WISHES_OF_PARENTS, form.wishes_of_parents),
            (words.TRIED, form.tried_before),
        )
    )


def _determined(form: Form, care_types: dict[str, str]) -> Told:
    decided = form.determination
    if decided is None:
        return ()
    for_how_long = showing.count(decided.duration_months, *nl.MONTHS)
    return (
        (nl.DETERMINED_FOR, f"{care_types.get(decided.care_type, decided.care_type)}, {for_how_long}"),
        (nl.VOLUME, nl.volume(decided.volume.amount, decided.volume.unit, decided.volume.period)),
        (nl.EVALUATIONS, ", ".join(map(showing.long_day, decided.evaluation_moments))),
    )


def _born(month: str, today: date) -> str:
    name = format_date(date.fromisoformat(f"{month}-01"), "MMMM yyyy", locale="nl")
    return nl.AGE.format(month=name, age=reading.age_on(month, today))


def _list(told: Told) -> str:
    items = "".join(f"<div><dt>{escape(term)}</dt><dd>{escape(said)}</dd></div>" for term, said in told if said)
    return f'<dl class="zb-told">{items}</dl>'
