"""What goes over the wire of an import: the choices that come with a file, and the preview that comes back."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from availability.intake.capacity import BY_CODE, BY_FIELD, CAPACITY
from availability.intake.columns import Form, How, Recognised, Table
from availability.intake.memory import Memory
from availability.intake.offers import By, Likeness
from availability.intake.preview import Counts, Kind, Row
from availability.intake.spreadsheet import MOST_COLUMNS, MOST_ROWS
from availability.intake.tabs import LeftOut
from availability.messages import Message
from availability.preconditions import etag_of
from availability.refusals import Fault

Value = int | bool | date | str | None


class ConfirmedOffer(Message):
    """A human says which offer a row means."""

    row: Annotated[int, Field(ge=1, le=1_048_576)]
    offer_id: Annotated[int, Field(ge=1, le=2**63 - 1)]


class Choices(Message):
    """What the sender knows better than we can guess. All of it may be left out."""

    columns: dict[str, str | None] = Field(default_factory=dict, max_length=MOST_COLUMNS)
    """Header in the file → field (`totalPlaces`, `offerId`, …); null: leave this column out."""
    offers: list[ConfirmedOffer] = Field(default_factory=list, max_length=MOST_ROWS)
    confirmed: bool = False
    """Unlikely jumps are meant."""

    @field_validator("columns")
    @classmethod
    def known_columns(cls, columns: dict[str, str | None]) -> dict[str, str | None]:
        if not all(code is None or code in BY_CODE for code in columns.values()):
            raise PydanticCustomError("unknown_column", "Kies een van: {known}.", {"known": ", ".join(BY_CODE)})
        return columns

    @property
    def fields(self) -> dict[str, str | None]:
        """Header → field, as our table names it."""
        return {header: BY_CODE[code].field if code else None for header, code in self.columns.items()}

    @property
    def offer_of_row(self) -> dict[int, int]:
        return {each.row: each.offer_id for each in self.offers}


class FileColumn(Message):
    """A header of the file and what we took it for; null: left out."""

    header: str
    field: str | None
    name: str | None
    how: How

    @classmethod
    def of(cls, header: Recognised) -> "FileColumn":
        column = header.column
        return cls.model_construct(
            header=header.header,
            field=column.code if column else None,
            name=column.header if column else None,
            how=header.how,
        )


class ValueChange(Message):
    field: str
    column: str
    was: Value
    becomes: Value


class RowFault(Message):
    """What is wrong in a row, and in which column if it is one."""

    field: str | None
    column: str | None
    detail: str
    code: str

    @classmethod
    def of(cls, fault: Fault, form: Form = CAPACITY) -> "RowFault":
        column = form.by_code.get(fault.pointer.removeprefix("/"))
        return cls.model_construct(
            field=column.code if column else None,
            column=column.header if column else None,
            detail=fault.detail,
            code=fault.code,
        )


class ProposedOffer(Message):
    """An offer that a row might mean; only a human's `choices.offers` makes it so."""

    offer_id: int
    name: str
    location: str
    place: str
    likeness: int
    """Of 100."""

    @classmethod
    def of(cls, likeness: Likeness) -> "ProposedOffer":
        offer = likeness.offer
        return cls.model_construct(
            offer_id=offer.id,
            name=offer.name,
            location=offer.location,
            place=offer.place,
            likeness=likeness.percent,
        )


class ImportRow(Message):
    """One row of the file: which offer, what changes, what is wrong."""

    row: int
    outcome: Kind
    offer_id: int | None
    offer: str | None
    place: str | None
    words: str | None
    """Name and place as the file has them."""
    how: By | None
    """Why the row was taken for this offer; null: it is not known yet."""
    changes: list[ValueChange]
    faults: list[RowFault]
    proposals: list[ProposedOffer]

    @classmethod
    def of(cls, row: Row) -> "ImportRow":
        changes = [
            ValueChange.model_construct(
                field=BY_FIELD[field].code, column=BY_FIELD[field].header, was=was, becomes=becomes
            )
            for field, was, becomes in row.changes
        ]
        return cls.model_construct(
            row=row.number,
            outcome=row.kind,
            offer_id=row.offer.id if row.offer else None,
            offer=row.offer.name if row.offer else row.name,
            place=row.offer.place if row.offer else None,
            words=row.words,
            how=row.by,
            changes=changes,
            faults=[RowFault.of(fault) for fault in row.faults],
            proposals=[ProposedOffer.of(each) for each in row.proposals],
        )


class ImportCounts(Message):
    """How many rows of each kind; together all rows."""

    changed: int
    first: int
    unchanged: int
    empty: int
    faulty: int

    @classmethod
    def of(cls, counts: Counts) -> "ImportCounts":
        return cls(**{kind.value: counts[kind] for kind in Kind})


class RememberedColumn(Message):
    header: str
    field: str | None
    """null: the column is left out."""


class RememberedOffer(Message):
    words: str
    """Name and place in the file, as we compare them."""
    offer_id: int


class ImportMemory(Message):
    """What a human said of this provider's files, and what therefore is not asked again."""

    columns: list[RememberedColumn]
    offers: list[RememberedOffer]

    @classmethod
    def of(cls, memory: Memory) -> "ImportMemory":
        columns = [
            RememberedColumn(header=header, field=BY_FIELD[field].code if field else None)
            for header, field in sorted(memory.columns.items())
        ]
        offers = [RememberedOffer(words=words, offer_id=offer) for words, offer in sorted(memory.offers.items())]
        return cls(columns=columns, offers=offers)


class LeftOutSheet(Message):
    """A sheet of the workbook that was not read."""

    name: str
    is_table: bool
    """Whether it holds a table that could be sent on its own."""

    @classmethod
    def of(cls, sheet: LeftOut) -> "LeftOutSheet":
        return cls.model_construct(name=sheet.name, is_table=sheet.is_table)


class CapacityImport(Message):
    """What a file would do, or did."""

    saved: bool
    counts: ImportCounts
    sheet: str
    """The sheet that was read; empty for a CSV, which has but one."""
    left_out_sheets: list[LeftOutSheet]
    columns: list[FileColumn]
    rows: list[ImportRow]
    etag: str
    """Of what the file was compared with; in `If-Match` it saves only what was previewed."""

    @classmethod
    def of(
        cls, table: Table, others: Iterable[LeftOut], rows: list[Row], basis: int, *, saved: bool
    ) -> "CapacityImport":
        return cls.model_construct(
            saved=saved,
            counts=ImportCounts.of(Counts(row.kind for row in rows)),
            sheet=table.sheet.name,
            left_out_sheets=[LeftOutSheet.of(sheet) for sheet in others],
            columns=[FileColumn.of(header) for header in table.headers],
            rows=[ImportRow.of(row) for row in rows],
            etag=etag_of(basis),
        )
