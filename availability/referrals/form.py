"""The one enrolment form (eenduidig aanmeldformulier): the determination, and what child and parents wish.

The same form goes to a provider, the network and the RET. Who the child is stands in the case; the form has no name, no
number and no date of birth, and its free text is refused when one is recognised in it.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import to_json

from availability.codes import Slug
from availability.messages import Message
from availability.personal_data import without_personal_data
from availability.refusals import Fault
from availability.vocabulary.lexicon import Lexicon

FreeText = Annotated[
    str,
    StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=2000),
    AfterValidator(without_personal_data),
]
"""Something is said, and it names no person that can be recognised."""


class Unit(StrEnum):
    """In what care is counted."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    """A day and a night (etmaal)."""
    DAY_PART = "day-part"
    """Four hours (dagdeel)."""
    PIECE = "piece"


class Frequency(StrEnum):
    """Per what a volume is given."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TOTAL = "total"
    """In all, over the whole duration."""


IJW_UNITS: dict[Unit, str] = {
    Unit.MINUTE: "01",
    Unit.HOUR: "04",
    Unit.DAY: "14",
    Unit.DAY_PART: "16",
    Unit.PIECE: "82",
}
"""iJw 3.2, code list WJ756."""

IJW_FREQUENCIES: dict[Frequency, str] = {
    Frequency.DAY: "1",
    Frequency.WEEK: "2",
    Frequency.MONTH: "4",
    Frequency.TOTAL: "6",
}
"""iJw 3.2, code list WMO757."""


class Volume(Message):
    """How much care: four day-parts a week."""

    amount: Annotated[int, Field(ge=1, le=99_999)]
    unit: Unit
    period: Frequency


class Determination(Message):
    """What the worker decides (bepaling jeugdhulp). It stands apart from the duration of a court's decision."""

    care_type: Slug
    duration_months: Annotated[int, Field(ge=1, le=120)]
    volume: Volume
    evaluation_moments: Annotated[tuple[date, ...], Field(max_length=12)] = ()

    def until(self, begins: date) -> date:
        """The same day so many months later, or the last of a shorter month."""
        years, month = divmod(begins.month - 1 + self.duration_months, 12)
        year, month = begins.year + years, month + 1
        return date(year, month, min(begins.day, monthrange(year, month)[1]))


class Form(Message):
    """As it is filled in. A general provision needs no determination."""

    question: FreeText
    """What help is needed for."""
    determination: Determination | None = None
    wishes_of_child: FreeText | None = None
    wishes_of_parents: FreeText | None = None
    tried_before: FreeText | None = None
    """Which help there was, and what came of it."""

    @classmethod
    def stored(cls, content: Mapping[str, Any]) -> Self:
        """The form as the database keeps it: JSON, in which a date is a text."""
        return cls.model_validate_json(to_json(content))

    def faults(self, lexicon: Lexicon, *, determined: bool) -> tuple[Fault, ...]:
        """What only the vocabulary can judge, and whether a determination that is needed is there."""
        if self.determination is None:
            sentence = "Vul de bepaling in: zorgvorm, duur, omvang en evaluatiemomenten."
            return (Fault("/form/determination", sentence, "missing"),) if determined else ()
        if lexicon.care_type(self.determination.care_type) is None:
            return (Fault("/form/determination/careType", "Deze zorgvorm kennen wij niet.", "unknown"),)
        return ()
