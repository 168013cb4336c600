"""Offers and capacity as they go over the wire. What may be stated is judged here; whether it fits what is there, in
`queries`."""

from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from availability.clock import dutch_day
from availability.codes import AgbCode
from availability.messages import CodeAndName, Message, Problem
from availability.personal_data import without_personal_data
from availability.preconditions import etag_of
from availability.vocabulary.lexicon import Lexicon
from matcher.freshness import Freshness, due_on, freshness
from matcher.question import Gender, Setting

Places = Annotated[int, Field(ge=0, le=100_000)]
Count = Annotated[int, Field(ge=0, le=100_000)]
WaitDays = Annotated[int, Field(ge=0, le=3_650)]
Note = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=500), AfterValidator(without_personal_data)]


class Figures(Message):
    """What a provider states of one offer. What may be left out is then unknown, not zero."""

    total_places: Places
    occupied_places: Places
    reserved_places: Places
    open_places: Places
    intake_wait_days: WaitDays
    treatment_wait_days: WaitDays
    admission_stop: bool
    available_from: date | None = None
    waiting_count: Count | None = None
    started_last_90_days: Count | None = None
    withdrawn_last_90_days: Count | None = None
    note: Note | None = None

    @field_validator("open_places")
    @classmethod
    def no_more_than_is_left(cls, open_places: int, stated: ValidationInfo) -> int:
        """Open is at most total − occupied − reserved, and never below zero when more children came than planned."""
        total, occupied, reserved = (
            stated.data.get(name) for name in ("total_places", "occupied_places", "reserved_places")
        )
        if total is None or occupied is None or reserved is None:
            return open_places  # those have a fault of their own
        left = total - occupied - reserved
        if open_places > max(left, 0):
            raise PydanticCustomError(
                "too_many_open",
                "Vrij ({open}) is meer dan er over is: totaal {total} min bezet {occupied} min gereserveerd {reserved}"
                " is {left}.",
                {"open": open_places, "total": total, "occupied": occupied, "reserved": reserved, "left": left},
            )
        return open_places


FIGURES = tuple(Figures.model_fields)
"""The names of a statement's figures: the same in a message, in the table and in the statements of `queries`."""


class Statement(Figures):
    """The whole of what a provider states; `confirmed` says that an unlikely jump is meant."""

    confirmed: bool = False


class Capacity(Figures):
    """The capacity that holds now, or held at a moment in the history."""

    offer_id: int
    note: str | None = None
    stated_at: datetime
    stated_by: str
    source: str
    freshness: Freshness
    due_on: date
    etag: str
    """Exactly what goes into `If-Match`, quotes included."""

    @classmethod
    def of(cls, row: Row[Any], today: date, *, held: int | None = None) -> Self:
        """From a row with a statement and the update term of its offer, as its provider reads it.

        `held` is given for anybody else: places that are held are not open to them, and who of the provider spoke is
        not theirs to know.
        """
        said = dict(zip(cls.model_fields, _values(row, today), strict=True))
        if held is not None:
            said["open_places"] = max(0, said["open_places"] - held)
            said["stated_by"], _, _ = said["stated_by"].partition(":")
        return cls.model_construct(**said)

    @classmethod
    def sent(cls, row: Row[Any], today: date) -> dict[str, Any]:
        """The same as stated, with the names of JSON: making a message of each of thousands takes seconds."""
        return dict(zip(_CAPACITY_SENT, _values(row, today), strict=True))


_CAPACITY_SENT = tuple(field.alias or name for name, field in Capacity.model_fields.items())

_stated = attrgetter(*FIGURES, "offer_id", "stated_at", "stated_by", "source")


def _values(row: Row[Any], today: date) -> tuple[Any, ...]:
    """The values of a capacity, in the order of its fields."""
    return (*_stated(row), *_freshness(dutch_day(row.stated_at), row.update_term, today), etag_of(row.statement_id))


@lru_cache(maxsize=4096)  # of thousands of statements most were made on the same few days
def _freshness(stated_on: date, update_term: int, today: date) -> tuple[Freshness, date]:
    return freshness(stated_on, update_term, today), due_on(stated_on, update_term)


class Provider(Message):
    agb_code: AgbCode
    name: str


class OfferLocation(Message):
    id: int
    name: str
    place: str
    pc4: str
    municipality: CodeAndName
    lon: float
    lat: float

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        municipality = CodeAndName.model_construct(code=row.municipality_code, name=row.municipality_name)
        return cls.model_construct(
            id=row.location_id,
            name=row.location_name,
            place=row.place,
            pc4=row.pc4,
            municipality=municipality,
            lon=round(row.lon, 6),
            lat=round(row.lat, 6),
        )


class Offer(Message):
    """One care type by one provider at one location, for a described group."""

    id: int
    name: str
    description: str | None
    care_type: CodeAndName
    provider: Provider
    location: OfferLocation
    age_from: int
    age_until: int
    genders: list[Gender]
    setting: Setting
    serves: list[str]
    excludes: list[str]
    only_for: list[str]
    siblings: int | None
    past_eighteen: bool | None
    travels_km: float | None
    municipalities: list[str]
    """Of a general provision: where it may be used, without a contract."""
    published_from: date
    published_until: date | None
    etag: str
    """Of the description; the capacity has its own."""
    distance_km: float | None = None
    """Only with `near`."""
    capacity: Capacity | None = None
    """Only for a caller with a token; null when nothing was ever stated. Its `openPlaces` are without the places that
    are held; only the provider itself reads what it stated."""
    held_places: int | None = None
    """How many places are held for a child today; only for a caller with a token."""

    @classmethod
    def of(cls, row: Row[Any], lexicon: Lexicon, today: date, *, with_capacity: bool, as_stated: bool = False) -> Self:
        """From a row of `catalogue`; the capacity only for whom it is, as it was stated only for who stated it."""
        held = None if as_stated else row.held_places
        return cls.model_construct(
            **{name: getattr(row, name) for name in _AS_STORED},
            id=row.offer_id,
            care_type=CodeAndName.model_construct(code=row.care_type_code, name=row.care_type_name),
            provider=Provider.model_construct(agb_code=row.agb_code, name=row.provider_name),
            location=OfferLocation.of(row),
            setting=Setting(row.setting),
            genders=[gender for bit, gender in enumerate(Gender) if row.genders >> bit & 1],
            serves=lexicon.need_codes(row.serves),
            excludes=lexicon.need_codes(row.excludes),
            only_for=lexicon.need_codes(row.only_for),
            etag=etag_of(row.version),
            distance_km=None if row.distance is None else round(row.distance / 1000, 3),
            capacity=Capacity.of(row, today, held=held) if with_capacity and row.statement_id else None,
            held_places=row.held_places if with_capacity else None,
        )


_AS_STORED = (
    "name", "description", "age_from", "age_until", "siblings", "past_eighteen", "travels_km", "municipalities",
    "published_from", "published_until",
)  # fmt: skip


class ItemOutcome(Message):
    """What became of one statement: its capacity, or the problem that kept it out."""

    offer_id: int | None
    status: int
    capacity: Capacity | None = None
    problem: Problem | None = None


class Outcomes(Message):
    items: list[ItemOutcome]
