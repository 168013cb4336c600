"""A region's names for products as they go over the wire."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from availability.codes import Slug
from availability.messages import CodeAndName, Message
from availability.personal_data import without_personal_data
from availability.products.naming import Suggestion, plain
from availability.vocabulary.lexicon import CareType, Lexicon

MOST_NAMES = 500


def _has_words(name: str) -> str:
    if not plain(name):
        raise PydanticCustomError("no_words", "Geef een naam met letters of cijfers.")
    return name


ProductName = Annotated[
    str,
    StringConstraints(pattern=r"^[^\x00-\x1f]+$", min_length=1, max_length=200),
    AfterValidator(without_personal_data),
    AfterValidator(_has_words),
]
"""As a region's product book writes it, which is at length."""


class Named(Message):
    """A human says what a name means; null: that is not known any more."""

    name: ProductName
    care_type: Slug | None


class NamedProducts(Message):
    items: Annotated[list[Named], Field(min_length=1, max_length=MOST_NAMES)]


class Names(Message):
    names: Annotated[list[ProductName], Field(min_length=1, max_length=MOST_NAMES)]


class Product(Message):
    """A name of the region, and the care type that it is."""

    name: str
    care_type: CodeAndName
    confirmed_at: datetime
    confirmed_by: str
    """The organisation."""

    @classmethod
    def of(cls, row: Row[Any], lexicon: Lexicon) -> Self:
        return cls.model_construct(
            name=row.name,
            care_type=named(lexicon.care_types[row.care_type_code]),
            confirmed_at=row.confirmed_at,
            confirmed_by=row.confirmed_by.partition(":")[0],
        )


class Suggested(Message):
    care_type: CodeAndName
    likeness: int
    """Of 100."""


class Interpreted(Message):
    """What a name means for sure (`careType`), or else perhaps."""

    name: str
    care_type: CodeAndName | None
    suggestions: list[Suggested]

    @classmethod
    def of(cls, name: str, meant: CareType | None, suggested: list[Suggestion]) -> Self:
        return cls(
            name=name,
            care_type=named(meant) if meant else None,
            suggestions=[Suggested(care_type=named(each.care_type), likeness=each.likeness) for each in suggested],
        )


def named(care_type: CareType) -> CodeAndName:
    return CodeAndName(code=care_type.code, name=care_type.name)
