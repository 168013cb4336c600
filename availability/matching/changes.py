"""A relaxation as fields of the question with the value they would get: so a worker can ask it with one click."""

from collections.abc import Callable
from typing import Any

from availability.matching.search import Found
from matcher.relaxation import Change, Relaxation, Step

Fields = dict[str, Any]


def changed_fields(found: Found, relaxation: Relaxation) -> Fields:
    """Empty when a step cannot be asked: then it is for a talk with the provider or the municipality."""
    fields = [FIELDS[step.change](found, step) for step in relaxation.steps]
    return {name: value for each in fields for name, value in each.items()} if all(fields) else {}


def _one_more_care_type(found: Found, step: Step) -> Fields:
    codes = {name: code for code, name in found.related}
    return {"careTypes": [*found.asked.question.care_types, codes[str(step.values["careType"])]]}


FIELDS: dict[Change, Callable[[Found, Step], Fields]] = {
    Change.DISTANCE: lambda _, step: {"maxDistanceKm": step.values.get("maxKm")},
    Change.START_DATE: lambda _, step: {"neededFrom": step.values["neededFrom"]},
    Change.SETTING: lambda _, __: {"setting": None},
    Change.CARE_TYPE: _one_more_care_type,
    Change.AGE: lambda _, __: {},
    Change.GENDER: lambda _, __: {"gender": None},
    Change.PAST_EIGHTEEN: lambda _, __: {"pastEighteen": False},
    Change.NOT_CONTRACTED: lambda _, __: {},
}
"""A question names one setting or none: to allow another as well is to leave it open."""
