"""The shared words as they go over the wire."""

from typing import Annotated, Self

from pydantic import StringConstraints

from availability.messages import Message
from availability.vocabulary import lexicon


class CareType(Message):
    """A kind of care in the shared language, with what it is called elsewhere."""

    code: str
    name: str
    synonyms: list[str]
    family: str
    """Related care types share a family."""
    sectors: list[str]
    """Of `jo`, `lvb` and `ggz`."""
    stay: bool
    general: bool
    """Free to use, without a decision of the municipality."""
    crisis: bool
    description: str
    cbs_form: str | None
    """Form of youth care in the statistics of CBS."""
    product_categories: list[str]
    """iJw list JZ020."""

    @classmethod
    def of(cls, word: lexicon.CareType) -> Self:
        return cls(
            code=word.code,
            name=word.name,
            synonyms=list(word.synonyms),
            family=word.family,
            sectors=list(word.sectors),
            stay=word.stay,
            general=word.general,
            crisis=word.crisis,
            description=word.description,
            cbs_form=word.cbs_form,
            product_categories=list(word.product_categories),
        )


class Need(Message):
    """A need or circumstance that an offer may serve, exclude, or be meant for."""

    code: str
    name: str
    synonyms: list[str]

    @classmethod
    def of(cls, word: lexicon.Need) -> Self:
        return cls(code=word.code, name=word.name, synonyms=list(word.synonyms))


class Typed(Message):
    """What somebody typed to say what is needed."""

    text: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class Interpretation(Message):
    """What the words most likely mean."""

    care_types: list[CareType]
    """The best first."""
    needs: list[Need]
    """In the order of the text."""
