"""What goes over the wire of a list of contracts: the choices that come with it, and the preview that comes back."""

from collections import Counter
from datetime import date
from typing import Any, Self

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from availability.contract_lists.columns import CONTRACTS, SCOPES
from availability.contract_lists.importing import Judged, Judgement, Outcome
from availability.contract_lists.judging import Row
from availability.intake.columns import Recognised
from availability.intake.messages import FileColumn, RowFault
from availability.intake.spreadsheet import MOST_COLUMNS
from availability.messages import Message
from availability.preconditions import etag_of
from availability.supply.messages import Provider
from matcher.question import Scope

Value = int | date | str | None


class ListChoices(Message):
    """What the sender knows better than we can guess. All of it may be left out."""

    columns: dict[str, str | None] = Field(default_factory=dict, max_length=MOST_COLUMNS)
    """Header in the file → field (`number`, `careType`, …); null: leave this column out."""

    @field_validator("columns")
    @classmethod
    def known_columns(cls, columns: dict[str, str | None]) -> dict[str, str | None]:
        if not all(code is None or code in CONTRACTS.by_code for code in columns.values()):
            known = {"known": ", ".join(CONTRACTS.by_code)}
            raise PydanticCustomError("unknown_column", "Kies een van: {known}.", known)
        return columns

    @property
    def fields(self) -> dict[str, str | None]:
        """Header → field, as our table names it."""
        return {header: CONTRACTS.by_code[code].field if code else None for header, code in self.columns.items()}


class TermChange(Message):
    field: str
    column: str
    was: Value
    becomes: Value


class ListedContract(Message):
    """One contract of the list: what becomes of it."""

    provider: Provider
    number: str
    outcome: Outcome
    rows: list[int]
    changes: list[TermChange]

    @classmethod
    def of(cls, judged: Judged, names: dict[str, str]) -> Self:
        code, number = judged.contract.key
        return cls.model_construct(
            provider=Provider.model_construct(agb_code=code, name=names[code]),
            number=number,
            outcome=judged.outcome,
            rows=[row.number for row in judged.contract.rows],
            changes=[_change(*each) for each in judged.changes],
        )


class ListRow(Message):
    """A row with something wrong in it."""

    row: int
    number: str | None
    product: str | None
    """As the row names the care type."""
    faults: list[RowFault]

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls.model_construct(
            row=row.number,
            number=row.values.get("number"),
            product=row.values.get("care_type"),
            faults=[RowFault.of(fault, CONTRACTS) for fault in row.faults],
        )


class ListCounts(Message):
    """How many contracts of each kind."""

    new: int
    changed: int
    unchanged: int
    faulty: int


class ContractImport(Message):
    """What a list would do, or did."""

    saved: bool
    counts: ListCounts
    columns: list[FileColumn]
    contracts: list[ListedContract]
    faulty_rows: list[ListRow]
    unknown_products: list[str]
    """Names that a human must still say the care type of."""
    etag: str
    """Of what the list was compared with; in `If-Match` it saves only what was previewed."""

    @classmethod
    def of(cls, headers: tuple[Recognised, ...], judgement: Judgement, names: dict[str, str], *, saved: bool) -> Self:
        counts = Counter(each.outcome for each in judgement.contracts)
        faulty = [row for row in judgement.rows if row.faults]
        return cls.model_construct(
            saved=saved,
            counts=ListCounts(**{outcome.value: counts[outcome] for outcome in Outcome}),
            columns=[FileColumn.of(header) for header in headers],
            contracts=[ListedContract.of(each, names) for each in judgement.contracts],
            faulty_rows=[ListRow.of(row) for row in faulty],
            unknown_products=sorted({row.values["care_type"] for row in faulty if _is_unknown_product(row)}),
            etag=etag_of(judgement.basis),
        )


def _is_unknown_product(row: Row) -> bool:
    return any(fault.code == "unknown-product" for fault in row.faults)


def _change(field: str, was: Any, becomes: Any) -> TermChange:  # noqa: ANN401 - whatever a term holds
    column = CONTRACTS.by_field.get(field)
    code, header = (column.code, column.header) if column else (field, "Regels")
    return TermChange.model_construct(field=code, column=header, was=_said(was), becomes=_said(becomes))


_IN_DUTCH = {scope: word for word, scope in SCOPES.items()}


def _said(value: Any) -> Value:  # noqa: ANN401 - whatever a term holds
    return _IN_DUTCH[value] if isinstance(value, Scope) else value
