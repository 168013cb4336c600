"""A contract as it is agreed: with whom, for which care in which areas, from when until when, on which terms."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from availability.codes import AgbCode, AreaCode, Slug
from availability.days import Day, not_before
from availability.geography.atlas import COUNTRY, Atlas
from availability.messages import CodeAndName, Message, ShortText
from availability.patches import merged
from availability.personal_data import without_personal_data
from availability.preconditions import etag_of
from availability.refusals import Fault, Invalid
from availability.supply.messages import Provider
from availability.vocabulary.lexicon import Lexicon
from matcher.freshness import DEFAULT_UPDATE_TERM_DAYS
from matcher.question import Scope

MOST_LINES = 2_000
"""Sixty care types for a region and its municipalities are fewer."""

UNKNOWN_PROVIDER = "Deze aanbieder kennen wij niet."
UNKNOWN_CARE_TYPE = "Deze zorgvorm kennen wij niet."
UNKNOWN_AREA = "Dit gebied kennen wij niet."
NEEDS_NO_CONTRACT = "Dit is een algemene voorziening. Daar hoort geen contract bij."
DOUBLE = "Deze zorgvorm staat er voor dit gebied al in."
ONLY_NATIONAL = "Een contract voor heel Nederland is landelijk. Kies national."
OTHER_PROVIDER = "Een contract blijft bij dezelfde aanbieder. Maak een nieuw contract."
SUSPENDED_SINCE = "Zeg ook vanaf welke dag het contract is opgeschort."


class Line(Message):
    """One care type for one area: a municipality, a youth region or the country."""

    care_type: Slug
    area: AreaCode


def _for_something(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """After the lines themselves: of a wrong only line is said what is wrong, not that there is none."""
    if not lines:
        raise PydanticCustomError("no_lines", "Noem minstens één zorgvorm met een gebied.")
    return lines


class ContractContent(Message):
    """A contract as its manager writes it. Every day counts up to and including the last."""

    provider: AgbCode
    number: Annotated[ShortText, AfterValidator(without_personal_data)]
    """The manager's own; unique per provider."""
    scope: Scope
    valid_from: Day
    valid_until: Day | None = None
    suspended_from: Day | None = None
    suspended_until: Day | None = None
    update_term_days: Annotated[int, Field(ge=1, le=366)] = DEFAULT_UPDATE_TERM_DAYS
    answer_term_days: Annotated[int, Field(ge=1, le=5)] = 5
    """Working days; shorter than the five of the routes, never longer."""
    lines: Annotated[
        tuple[Line, ...],
        Field(max_length=MOST_LINES, json_schema_extra={"minItems": 1}),
        AfterValidator(_for_something),
    ]

    @field_validator("valid_until")
    @classmethod
    def ends_after_it_begins(cls, last: date | None, stated: ValidationInfo) -> date | None:
        return not_before(last, stated.data.get("valid_from"), "De laatste dag ligt vóór de eerste.")

    @field_validator("suspended_until")
    @classmethod
    def resumes_after_it_stops(cls, last: date | None, stated: ValidationInfo) -> date | None:
        since = stated.data.get("suspended_from")
        return not_before(last, since or date.max, SUSPENDED_SINCE if since is None else "Dit ligt vóór de eerste dag.")

    def faults(self, lexicon: Lexicon, atlas: Atlas) -> tuple[Fault, ...]:
        """What does not fit the shared words and the map; all of it."""
        seen: set[Line] = set()
        found: list[Fault] = []
        for position, line in enumerate(self.lines):
            found += (
                Fault(f"/lines/{position}{fault.pointer}", fault.detail, fault.code)
                for fault in _line_faults(line, self.scope, seen, lexicon, atlas)
            )
            seen.add(line)
        return tuple(found)

    @property
    def agreed(self) -> tuple[object, ...]:
        """All that it says, whatever the order of its lines."""
        return (self.provider, *(getattr(self, name) for name in TERMS), frozenset(self.lines))

    @property
    def areas(self) -> frozenset[str]:
        return frozenset(line.area for line in self.lines)


def _line_faults(line: Line, scope: Scope, seen: set[Line], lexicon: Lexicon, atlas: Atlas) -> Iterator[Fault]:
    care_type = lexicon.care_type(line.care_type)
    if care_type is None:
        yield Fault("/careType", UNKNOWN_CARE_TYPE, "unknown")
    elif care_type.general:
        yield Fault("/careType", NEEDS_NO_CONTRACT, "general")
    if not (line.area == COUNTRY or line.area in atlas.regions or line.area in atlas.municipalities):
        yield Fault("/area", UNKNOWN_AREA, "unknown")
    if line.area == COUNTRY and scope is not Scope.NATIONAL:
        yield Fault("/area", ONLY_NATIONAL, "scope")
    if line in seen:
        yield Fault("", DOUBLE, "double")


class Standing(StrEnum):
    """How a contract stands on a day. Nobody sets it: it follows from the dates."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    SUSPENDED = "suspended"
    ENDED = "ended"


def standing_on(contract: ContractContent, today: date) -> Standing:
    if contract.valid_until is not None and contract.valid_until < today:
        return Standing.ENDED
    if contract.valid_from > today:
        return Standing.UPCOMING
    since, until = contract.suspended_from, contract.suspended_until
    paused = since is not None and since <= today and (until is None or until >= today)
    return Standing.SUSPENDED if paused else Standing.RUNNING


class ContractedLine(Message):
    care_type: CodeAndName
    area: CodeAndName


class Contract(Message):
    """A contract as it is kept."""

    id: int
    provider: Provider
    number: str
    scope: Scope
    valid_from: date
    valid_until: date | None
    suspended_from: date | None
    suspended_until: date | None
    update_term_days: int
    answer_term_days: int
    lines: list[ContractedLine]
    standing: Standing
    """Today."""
    etag: str

    @classmethod
    def of(cls, row: Row[Any], lexicon: Lexicon, atlas: Atlas, today: date) -> Self:
        content = content_of(row)
        return cls.model_construct(
            **{name: getattr(content, name) for name in TERMS},
            id=row.id,
            provider=Provider.model_construct(agb_code=row.provider_agb, name=row.provider_name),
            lines=[named(line, lexicon, atlas) for line in content.lines],
            standing=standing_on(content, today),
            etag=etag_of(row.version),
        )


TERMS = (
    "number", "scope", "valid_from", "valid_until", "suspended_from", "suspended_until", "update_term_days",
    "answer_term_days",
)  # fmt: skip
"""The fields that a column of the same name keeps as they are."""


def named(line: Line, lexicon: Lexicon, atlas: Atlas) -> ContractedLine:
    """The line as people read it."""
    care_type = lexicon.care_types[line.care_type]
    return ContractedLine.model_construct(
        care_type=CodeAndName.model_construct(code=care_type.code, name=care_type.name),
        area=CodeAndName.model_construct(code=line.area, name=area_name(atlas, line.area)),
    )


def area_name(atlas: Atlas, area: str) -> str:
    municipality = atlas.municipality(area)
    return municipality.name if municipality else atlas.regions.get(area, "Nederland")


def content_of(row: Row[Any]) -> ContractContent:
    """From a row of `queries`."""
    return ContractContent.model_construct(
        **{name: getattr(row, name) for name in TERMS if name != "scope"},
        provider=row.provider_agb,
        scope=Scope(row.scope),
        lines=tuple(Line.model_construct(**line) for line in row.lines),
    )


def changed(stored: ContractContent, raw: bytes) -> ContractContent:
    """The contract with a merge patch applied to it. Raises Invalid with every fault."""
    content = ContractContent.read(merged(stored.model_dump(mode="json", by_alias=True), raw))
    if content.provider != stored.provider:
        raise Invalid("De invoer klopt niet.", (Fault("/provider", OTHER_PROVIDER, "fixed"),))
    return content


class ContractChange(Message):
    """One change of a contract: who, when, in which way, and what it was and became."""

    version: int
    changed_at: datetime
    changed_by: str
    """The organisation."""
    source: str
    before: ContractContent | None
    """null: the contract began with this change."""
    after: ContractContent
    changed: list[str]
    """The fields that differ."""

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        before, after = row.before or {}, row.after
        return cls.model_construct(
            version=row.version,
            changed_at=row.changed_at,
            changed_by=row.changed_by.partition(":")[0],
            source=row.source,
            before=ContractContent.model_validate(before, strict=False) if before else None,
            after=ContractContent.model_validate(after, strict=False),
            changed=[name for name in map(to_camel, ContractContent.model_fields) if before.get(name) != after[name]],
        )
