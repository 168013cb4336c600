"""The question about a child as it is asked over HTTP, and the case that keeps it.

A case and `POST /matches` ask the same question and judge it the same way: `QuestionFields`. No sentence here repeats a
value, because a postcode or a birth month may point at a child.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic.alias_generators import to_camel
from pydantic_core import from_json, to_json
from sqlalchemy import Row

from availability.codes import BirthMonth, MunicipalityCode, Pc4, Slug
from availability.geography.atlas import Atlas
from availability.messages import Message, ShortText
from availability.personal_data import without_personal_data
from availability.preconditions import etag_of
from availability.refusals import Fault, Invalid
from availability.vocabulary.lexicon import Lexicon
from matcher.question import Gender, Month, Place, Question, Setting, Urgency

YOUTH_UNTIL = 23
"""Extended youth care ends at 23 (Jeugdwet art. 1.1, "jeugdige" under 3°)."""

FURTHEST_AHEAD = timedelta(days=5 * 365)
"""Nobody plans help further ahead; beyond it a date is a slip of the hand."""


class QuestionFields(Message):
    """What a worker asks for one child. `careTypes` is in order of preference; `neededFrom` may lie in the past."""

    municipality: MunicipalityCode
    pc4: Pc4
    birth_month: BirthMonth
    care_types: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=10)]
    needed_from: date
    urgency: Urgency = Urgency.REGULAR
    max_distance_km: Annotated[float | None, Field(gt=0, le=400, allow_inf_nan=False)] = None
    needs: Annotated[tuple[Slug, ...], Field(max_length=63)] = ()
    gender: Gender | None = None
    siblings: Annotated[int, Field(ge=0, le=12)] = 0
    past_eighteen: bool = False
    setting: Setting | None = None

    def question(self, atlas: Atlas, lexicon: Lexicon, today: date) -> Question:
        """The question in the matcher's words. Raises Invalid with every fault at once."""
        faults = (*self._unknown_places(atlas), *self._unknown_words(lexicon), *self._impossible_days(today))
        postcode = atlas.postcode(self.pc4)
        if faults or postcode is None:
            raise Invalid("De vraag klopt niet.", faults)
        return Question(
            municipality=self.municipality,
            home=Place(postcode.lon, postcode.lat),
            birth_month=Month.parse(self.birth_month),
            care_types=self.care_types,
            needed_from=self.needed_from,
            urgency=self.urgency,
            max_distance_km=self.max_distance_km,
            needs=lexicon.need_mask(self.needs),
            gender=self.gender,
            siblings=self.siblings,
            past_eighteen=self.past_eighteen,
            setting=self.setting,
        )

    def _unknown_places(self, atlas: Atlas) -> tuple[Fault, ...]:
        wrong = (
            (atlas.municipality(self.municipality) is None, "/municipality", "Deze gemeente kennen wij niet."),
            (atlas.postcode(self.pc4) is None, "/pc4", "Deze postcode kennen wij niet."),
        )
        return tuple(Fault(pointer, detail, "unknown") for is_wrong, pointer, detail in wrong if is_wrong)

    def _unknown_words(self, lexicon: Lexicon) -> tuple[Fault, ...]:
        return (
            *_unknown("/careTypes", self.care_types, lexicon.care_type, "Deze zorgvorm kennen wij niet."),
            *_unknown("/needs", self.needs, lexicon.need, "Dit kenmerk kennen wij niet."),
        )

    def _impossible_days(self, today: date) -> tuple[Fault, ...]:
        born = Month.parse(self.birth_month)
        months_old = (today.year - born.year) * 12 + today.month - born.month
        wrong = (
            (months_old < 0, "/birthMonth", "De geboortemaand ligt in de toekomst."),
            (months_old >= YOUTH_UNTIL * 12, "/birthMonth", "Jeugdhulp is er tot 23 jaar. Kijk de geboortemaand na."),
            (self.needed_from > today + FURTHEST_AHEAD, "/neededFrom", "Kies een dag binnen vijf jaar."),
        )
        return tuple(Fault(pointer, detail) for is_wrong, pointer, detail in wrong if is_wrong)


Reference = Annotated[ShortText, AfterValidator(without_personal_data)]


class CaseStatus(StrEnum):
    OPEN = "open"
    """A place is looked for."""
    STARTED = "started"
    """Care runs; its evaluations are watched."""
    CLOSED = "closed"


class CareRequestContent(QuestionFields):
    """A case as its worker writes it."""

    reference: Reference
    """The organisation's own; no name and no number of a person."""
    status: CaseStatus = CaseStatus.OPEN

    def asks_the_same_as(self, row: Row[Any]) -> bool:
        """Whether the question is the one that is stored: closing an old case must not fail on a birthday."""
        stored = CareRequestContent.read(to_json({to_camel(field): value for field, value in content_of(row).items()}))
        return all(getattr(self, field) == getattr(stored, field) for field in QuestionFields.model_fields)


class CareRequest(CareRequestContent):
    """A case as it is kept."""

    id: UUID
    reference: str
    organisation: str
    opened_at: datetime
    etag: str

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        own = {"id": row.id, "organisation": row.organisation, "opened_at": row.opened_at, "etag": etag_of(row.version)}
        return cls.model_validate(own | content_of(row), strict=False)


class SharedCase(Message):
    """Another organisation's case, as far as the caller is a party of it; what is not for its role is left out."""

    id: UUID
    reference: str
    organisation: str
    """Whose case it is."""
    status: CaseStatus
    opened_at: datetime
    municipality: MunicipalityCode
    pc4: Pc4 | None = None
    birth_month: BirthMonth | None = None
    care_types: tuple[str, ...] | None = None
    needed_from: date | None = None
    urgency: Urgency | None = None
    max_distance_km: float | None = None
    needs: tuple[str, ...] | None = None
    gender: Gender | None = None
    siblings: int | None = None
    past_eighteen: bool | None = None
    setting: Setting | None = None

    @classmethod
    def of(cls, row: Row[Any], fields: frozenset[str]) -> Self:
        """`fields` of the question are for the caller's role."""
        content = content_of(row)
        always = {"id": row.id, "organisation": row.organisation, "opened_at": row.opened_at}
        shown = {name: content[name] for name in ("reference", "status", "municipality", *fields)}
        return cls.model_validate(always | shown, strict=False)


COLUMNS: dict[str, str] = {
    name: {"municipality": "municipality_code", "care_types": "care_type_codes", "needs": "need_codes"}.get(name, name)
    for name in CareRequestContent.model_fields
}
"""Which column keeps which field."""


def content_of(row: Row[Any]) -> dict[str, Any]:
    """The fields of a stored case."""
    return {field: getattr(row, column) for field, column in COLUMNS.items()}


def changed(row: Row[Any], raw: bytes) -> CareRequestContent:
    """The stored case with a merge patch (RFC 7396) applied to it. Raises Invalid with every fault."""
    try:
        patch = from_json(raw)
    except ValueError:
        patch = None
    if not isinstance(patch, dict):
        raise Invalid(
            "De invoer klopt niet.", (Fault("", "Geef een JSON-object met wat er verandert.", "json-invalid"),)
        )
    stored = {to_camel(field): value for field, value in content_of(row).items()}
    return CareRequestContent.read(to_json(stored | patch))


def _unknown(field: str, codes: Sequence[str], find: Callable[[str], object], sentence: str) -> Iterator[Fault]:
    """A fault for every code that is not in the vocabulary, or that is named twice."""
    for position, code in enumerate(codes):
        if find(code) is None:
            yield Fault(f"{field}/{position}", sentence, "unknown")
        elif code in codes[:position]:
            yield Fault(f"{field}/{position}", "Deze staat er al in.", "double")
