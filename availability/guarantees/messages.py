"""Promises as they go over the wire: what a region names, and how each stands today."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row

from availability.codes import Slug
from availability.days import Day
from availability.geography.atlas import Atlas
from availability.guarantees.standing import Stands, name_of, promise_of
from availability.messages import CodeAndName, Message, ShortText
from availability.preconditions import etag_of
from availability.refusals import Fault, Invalid
from availability.vocabulary.lexicon import Lexicon
from matcher.guarantee_days import Reach
from matcher.guarantee_words import promised, reason, say, say_overall
from matcher.guarantees import Standing, Verdict, Why
from matcher.waiting import Certainty

OLDEST = 23
"""Youth care may go on until 23."""

Age = Annotated[int, Field(ge=0, le=OLDEST)]


class GuaranteeContent(Message):
    """Care that must always be there, in each municipality of the region: one care type, or a family of them."""

    care_type: Slug | None = None
    family: ShortText | None = None
    age_from: Age | None = None
    age_until: Age | None = None
    """Every age from the first to the last must find a place; none named: whatever age an offer is for."""
    reach: Reach
    """Where a place may lie, seen from a municipality."""
    max_km: Annotated[int, Field(ge=1, le=400)] | None = None
    places: Annotated[int, Field(ge=1, le=100)] = 1
    within_days: Annotated[int, Field(ge=0, le=365)] | None = None
    """A start within so many days will do; none: places that are open now."""
    valid_from: Day | None = None
    """None: today. Not earlier: what held before stays what it was."""
    valid_until: Day | None = None
    """The last day."""

    def terms(self, lexicon: Lexicon, today: date) -> dict[str, Any]:
        """As a version keeps them. Raises Invalid with all that does not fit together."""
        if faults := tuple(self._faults(lexicon, today)):
            raise Invalid("De invoer klopt niet.", faults)
        terms = self.model_dump(exclude={"care_type"})
        return terms | {"care_type_code": self.care_type, "valid_from": self.valid_from or today}

    def _faults(self, lexicon: Lexicon, today: date) -> Iterator[Fault]:
        if (self.care_type is None) == (self.family is None):
            yield Fault("/careType", "Kies een zorgvorm, of een groep van zorgvormen.")
        if self.care_type is not None and lexicon.care_type(self.care_type) is None:
            yield Fault("/careType", "Deze zorgvorm kennen wij niet.", "unknown")
        if self.family is not None and self.family not in {each.family for each in lexicon.care_types.values()}:
            yield Fault("/family", "Deze groep van zorgvormen kennen wij niet.", "unknown")
        if (self.age_from is None) != (self.age_until is None):
            yield Fault("/ageFrom", "Geef de jongste en de oudste leeftijd, of geen van beide.")
        elif self.age_from is not None and self.age_until is not None and self.age_until < self.age_from:
            yield Fault("/ageUntil", "De hoogste leeftijd ligt onder de laagste.")
        first = self.valid_from or today
        if first < today:
            yield Fault("/validFrom", "Kies vandaag of een latere dag. Wat eerder gold, blijft staan.")
        if self.valid_until is not None and self.valid_until < first:
            yield Fault("/validUntil", "De laatste dag ligt vóór de eerste.")


class Guarantee(Message):
    """A promise as it is kept. `sentence` says it in words."""

    id: UUID
    name: str
    """Of the care type, or of the family."""
    care_type: CodeAndName | None
    family: str | None
    age_from: int | None
    age_until: int | None
    reach: Reach
    max_km: int | None
    places: int
    within_days: int | None
    valid_from: date
    valid_until: date | None
    sentence: str
    etag: str

    @classmethod
    def of(cls, row: Row[Any], lexicon: Lexicon) -> Self:
        care_type = lexicon.care_type(row.care_type_code) if row.care_type_code else None
        return cls(
            id=row.guarantee_id,
            name=name_of(row, lexicon),
            care_type=CodeAndName(code=care_type.code, name=care_type.name) if care_type else None,
            family=row.family,
            age_from=row.age_from,
            age_until=row.age_until,
            reach=Reach(row.reach),
            max_km=row.max_km,
            places=row.places,
            within_days=row.within_days,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            sentence=promised(promise_of(row, lexicon)),
            etag=etag_of(row.version),
        )


class MunicipalityStanding(Message):
    """How a promise stands for one municipality."""

    municipality: CodeAndName
    verdict: Verdict
    since: date
    or_earlier: bool
    """It was so already two years ago, which is as far as we look back."""
    why: Why | None
    certainty: Certainty
    places: int
    """Within reach, by statements that are not too old; where ages are named, for those that are worst off."""
    soonest_start: date | None
    """By what providers state; null when none says so."""
    reason: str | None
    """Why it is not surely there, in words; null where it is."""
    sentence: str

    @classmethod
    def of(cls, municipality: CodeAndName, stands: Stands, standing: Standing, on: date) -> Self:
        return cls(
            municipality=municipality,
            verdict=standing.verdict,
            since=standing.since,
            or_earlier=standing.or_earlier,
            why=standing.why,
            certainty=standing.certainty,
            places=standing.places,
            soonest_start=standing.soonest_start,
            reason=reason(stands.promise, standing),
            sentence=say(stands.promise, standing, on),
        )


class GuaranteeStanding(Message):
    """How a promise stands: kept where it is kept in every municipality. What is worst comes first."""

    guarantee: Guarantee
    verdict: Verdict
    since: date
    or_earlier: bool
    sentence: str
    municipalities: list[MunicipalityStanding]

    @classmethod
    def of(cls, stands: Stands, municipalities: tuple[str, ...], atlas: Atlas, lexicon: Lexicon, on: date) -> Self:
        verdict, since, or_earlier = stands.judged.spell()
        each = [
            MunicipalityStanding.of(CodeAndName(code=code, name=atlas.municipalities[code].name), stands, standing, on)
            for code, standing in zip(municipalities, stands.judged.standings, strict=True)
        ]
        return cls(
            guarantee=Guarantee.of(stands.row, lexicon),
            verdict=verdict,
            since=since,
            or_earlier=or_earlier,
            sentence=say_overall(stands.judged, on),
            municipalities=sorted(each, key=lambda one: (-WORST.index(one.verdict), one.since)),
        )


WORST = tuple(Verdict)


class GuaranteeStandings(Message):
    """How all promises of a region stand at the close of a day: what is not kept longest comes first."""

    region: CodeAndName
    on: date
    items: list[GuaranteeStanding]
