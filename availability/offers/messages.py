"""What a provider says of an offer: for whom, where, what it can and cannot serve, from when until when.

The care type stays what it was: another kind of care is another offer, with a queue and a history of its own.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from availability.codes import MunicipalityCode, Pc4, Slug
from availability.days import Day, not_before
from availability.geography.atlas import Atlas
from availability.messages import Message, ShortText, Text
from availability.patches import merged
from availability.personal_data import without_personal_data
from availability.refusals import Fault, Invalid
from availability.vocabulary.lexicon import Lexicon
from matcher.question import Gender, Setting

Age = Annotated[int, Field(ge=0, le=23)]
Needs = Annotated[tuple[Slug, ...], Field(max_length=63)]
Name = Annotated[ShortText, AfterValidator(without_personal_data)]

UNKNOWN_CARE_TYPE = "Deze zorgvorm kennen wij niet."
UNKNOWN_NEED = "Dit kenmerk kennen wij niet."
UNKNOWN_MUNICIPALITY = "Deze gemeente kennen wij niet."
DOUBLE = "Deze staat er al in."
CONTRADICTS = "Dit kenmerk staat ook bij wat u niet kunt bieden."
NOT_YOUR_LOCATION = "Deze locatie is niet van deze aanbieder."
WHERE_FREELY = "Noem de gemeenten waar deze algemene voorziening te gebruiken is."
BY_CONTRACT = "Bij deze zorgvorm bepaalt het contract voor welke gemeenten het aanbod is. Laat dit leeg."
OTHER_CARE = "De zorgvorm van een aanbod verandert niet. Maak een nieuw aanbod."


class OfferContent(Message):
    """An offer as its provider describes it. Whom it serves by contract is not said here: that is the contract's."""

    name: Name
    description: Annotated[Text, AfterValidator(without_personal_data)] | None = None
    care_type: Slug
    location_id: Annotated[int, Field(ge=1, le=2**63 - 1)]
    age_from: Age = 0
    age_until: Age = 17
    """The last age that is welcome."""
    genders: Annotated[tuple[Gender, ...], Field(min_length=1, max_length=3)] = tuple(Gender)
    setting: Setting
    serves: Needs = ()
    excludes: Needs = ()
    only_for: Needs = ()
    siblings: Annotated[int, Field(ge=0, le=12)] | None = None
    past_eighteen: bool | None = None
    travels_km: Annotated[float, Field(ge=0, le=400, allow_inf_nan=False)] | None = None
    """How far a team comes to the family; null: the child comes to the location."""
    municipalities: Annotated[tuple[MunicipalityCode, ...], Field(max_length=400)] = ()
    """Only of a general provision: where it may be used, without a contract."""
    published_from: Day
    published_until: Day | None = None

    @field_validator("age_until")
    @classmethod
    def no_younger_than_from(cls, age_until: int, stated: ValidationInfo) -> int:
        age_from = stated.data.get("age_from")
        if age_from is not None and age_until < age_from:
            raise PydanticCustomError("ages", "De hoogste leeftijd ligt onder de laagste.")
        return age_until

    @field_validator("published_until")
    @classmethod
    def no_sooner_than_from(cls, last: date | None, stated: ValidationInfo) -> date | None:
        return not_before(last, stated.data.get("published_from"), "De laatste dag ligt vóór de eerste.")

    def faults(self, lexicon: Lexicon, atlas: Atlas, locations: Collection[int]) -> tuple[Fault, ...]:
        """What does not fit the shared words, the map, or the provider's own locations; all of it."""
        return (
            *self._wrong_words(lexicon),
            *_named_well("/municipalities", self.municipalities, atlas.municipality, UNKNOWN_MUNICIPALITY),
            *([] if self.location_id in locations else [Fault("/locationId", NOT_YOUR_LOCATION, "unknown")]),
        )

    def _wrong_words(self, lexicon: Lexicon) -> Iterator[Fault]:
        care_type = lexicon.care_type(self.care_type)
        if care_type is None:
            yield Fault("/careType", UNKNOWN_CARE_TYPE, "unknown")
        elif care_type.general and not self.municipalities:
            yield Fault("/municipalities", WHERE_FREELY, "missing")
        elif self.municipalities and not care_type.general:
            yield Fault("/municipalities", BY_CONTRACT, "by-contract")
        for pointer, needs in (("/serves", self.serves), ("/excludes", self.excludes), ("/onlyFor", self.only_for)):
            yield from _named_well(pointer, needs, lexicon.need, UNKNOWN_NEED)
        for pointer, needs in (("/serves", self.serves), ("/onlyFor", self.only_for)):
            for position, need in enumerate(needs):
                if need in self.excludes:
                    yield Fault(f"{pointer}/{position}", CONTRADICTS, "contradiction")


def changed(row: Row[Any], lexicon: Lexicon, raw: bytes) -> OfferContent:
    """The stored offer with a merge patch applied to it. Raises Invalid with every fault."""
    content = OfferContent.read(merged(_content_of(row, lexicon), raw))
    if content.care_type != row.care_type_code:
        raise Invalid("De invoer klopt niet.", (Fault("/careType", OTHER_CARE, "fixed"),))
    return content


_AS_STORED = (
    "name", "description", "location_id", "age_from", "age_until", "setting", "siblings", "past_eighteen", "travels_km",
    "municipalities", "published_from", "published_until",
)  # fmt: skip
"""The fields that a column of the same name keeps as they are."""


def _content_of(row: Row[Any], lexicon: Lexicon) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in _AS_STORED} | {
        "care_type": row.care_type_code,
        "genders": [gender for bit, gender in enumerate(Gender) if row.genders >> bit & 1],
        **{name: lexicon.need_codes(getattr(row, name)) for name in ("serves", "excludes", "only_for")},
    }
    return {to_camel(name): value for name, value in fields.items()}


def columns_of(content: OfferContent, lexicon: Lexicon) -> dict[str, Any]:
    """What the table keeps of the offer, by column."""
    return {
        **{name: getattr(content, name) for name in _AS_STORED if name != "municipalities"},
        "care_type_code": content.care_type,
        "genders": sum(1 << bit for bit, gender in enumerate(Gender) if gender in content.genders),
        **{name: lexicon.need_mask(getattr(content, name)) for name in ("serves", "excludes", "only_for")},
    }


def _named_well(field: str, codes: Sequence[str], find: Callable[[str], object], sentence: str) -> Iterator[Fault]:
    """A fault for every code that does not exist, or that is named twice."""
    for position, code in enumerate(codes):
        if find(code) is None:
            yield Fault(f"{field}/{position}", sentence, "unknown")
        elif code in codes[:position]:
            yield Fault(f"{field}/{position}", DOUBLE, "double")


class LocationContent(Message):
    """A place of a provider. It lies in the middle of its postcode: nearer than that nobody needs to know."""

    name: Name
    pc4: Pc4


class Location(Message):
    id: int
    name: str
    pc4: str
    place: str
    municipality: MunicipalityCode
