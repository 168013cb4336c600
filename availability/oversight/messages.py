"""What a region can use, as it goes over the wire. Null means that nobody stated it; it never means zero."""

from datetime import date
from typing import Any, Self

from sqlalchemy import Row

from availability.messages import CodeAndName, Message
from availability.vocabulary import lexicon


class CareTypeName(CodeAndName):
    family: str


class CareTypeSupply(Message):
    """All offers of one care type that the region can use; waits in days from asking to the start of help."""

    care_type: CareTypeName
    offers: int
    providers: int
    total_places: int | None
    open_places: int | None
    """Without those behind an admission stop."""
    stops: int
    waiting: int | None
    median_wait_days: int | None
    long_wait_days: int | None
    """One in ten waits longer, by what the providers state."""
    stale_offers: int
    """Older than agreed, or never stated."""
    median_age_days: int | None

    @classmethod
    def of(cls, row: Row[Any], word: lexicon.CareType) -> Self:
        return cls(
            care_type=CareTypeName(code=word.code, name=word.name, family=word.family),
            offers=row.offers,
            providers=row.providers,
            total_places=row.total_places,
            open_places=row.open_places,
            stops=row.stops,
            waiting=row.waiting,
            median_wait_days=row.median_wait_days,
            long_wait_days=row.long_wait_days,
            stale_offers=row.stale_offers,
            median_age_days=row.median_age_days,
        )


class MunicipalitySupply(Message):
    """The offers that stand in one municipality, of the region or not, and that the region can use."""

    municipality: CodeAndName
    offers: int
    open_places: int | None
    waiting: int | None
    median_wait_days: int | None

    @classmethod
    def of(cls, municipality: CodeAndName, row: Row[Any] | None) -> Self:
        """Without a row there is no offer there."""
        return cls(
            municipality=municipality,
            offers=row.offers if row else 0,
            open_places=row.open_places if row else None,
            waiting=row.waiting if row else None,
            median_wait_days=row.median_wait_days if row else None,
        )


class RegionSupply(Message):
    region: CodeAndName
    today: date
    care_types: list[CareTypeSupply]
    municipalities: list[MunicipalitySupply]
    """Every municipality of the region, and each other one where an offer stands."""
