"""What goes over the wire of a list of contracts: the choices that come with it, and the preview that comes back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

from pydantic import Field, TypeAdapter, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from availability.codes import AgbCode
from availability.contract_lists.columns import CONTRACTS, SCOPES
from availability.contract_lists.importing import Judged, Judgement, Outcome
from availability.contract_lists.judging import Known, Row
from availability.contract_lists.memory import ListMemory
from availability.contract_lists.providers import Likeness
from availability.contracts.messages import ContractedLine, Line, named
from availability.intake.columns import How, Table
from availability.intake.messages import FileColumn, LeftOutSheet, RememberedColumn, RowFault
from availability.intake.spreadsheet import MOST_COLUMNS, MOST_ROWS
from availability.intake.tabs import LeftOut
from availability.messages import Message, Text
from availability.preconditions import etag_of
from availability.products.messages import ProductName
from availability.products.naming import plain
from availability.supply.messages import Provider
from matcher.question import Scope

Value = int | date | str | None


class ListChoices(Message):
    """What the sender knows better than we can guess. All of it may be left out."""

    columns: dict[str, str | None] = Field(default_factory=dict, max_length=MOST_COLUMNS)
    """Header in the file → field (`number`, `careType`, …); null: leave this column out."""
    providers: dict[Text, AgbCode] = Field(default_factory=dict, max_length=MOST_ROWS)
    """Name in the file → AGB code of the provider that is meant."""

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
    """Of a new contract all that is agreed."""
    lines_added: list[ContractedLine]
    lines_removed: list[ContractedLine]

    @classmethod
    def of(cls, judged: Judged, known: Known) -> Self:
        code, number = judged.contract.key
        return cls.model_construct(
            provider=_provider(code, known),
            number=number,
            outcome=judged.outcome,
            rows=[row.number for row in judged.contract.rows],
            changes=[_change(*each) for each in judged.changes],
            lines_added=_lines(judged.added, known),
            lines_removed=_lines(judged.removed, known),
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


class ProposedProvider(Message):
    """A provider that a name might mean; only a human's `choices.providers` makes it so."""

    provider: Provider
    likeness: int
    """Of 100."""


class NamedProvider(Message):
    """A name in the list that is not exactly one provider's: what a human said of it, or whom it might mean."""

    name: str
    rows: list[int]
    provider: Provider | None
    how: How | None
    """`given` with this list, or `remembered` of an earlier one; null: nobody said yet."""
    proposals: list[ProposedProvider]


class ContractImport(Message):
    """What a list would do, or did."""

    saved: bool
    counts: ListCounts
    sheet: str
    """The one that was read; a CSV has no name."""
    left_out_sheets: list[LeftOutSheet]
    columns: list[FileColumn]
    contracts: list[ListedContract]
    faulty_rows: list[ListRow]
    skipped_rows: list[int]
    """Headings, sums and the like."""
    unknown_products: list[str]
    """Names that a human must still say the care type of."""
    named_providers: list[NamedProvider]
    etag: str
    """Of what the list was compared with; in `If-Match` it saves only what was previewed."""

    @classmethod
    def of(cls, table: Table, others: Iterable[LeftOut], judgement: Judgement, known: Known, *, saved: bool) -> Self:
        counts = Counter(each.outcome for each in judgement.contracts)
        faulty = [row for row in judgement.rows if row.faults]
        return cls.model_construct(
            saved=saved,
            counts=ListCounts(**{outcome.value: counts[outcome] for outcome in Outcome}),
            sheet=table.sheet.name,
            left_out_sheets=[LeftOutSheet.of(sheet) for sheet in others],
            columns=[FileColumn.of(header) for header in table.headers],
            contracts=[ListedContract.of(each, known) for each in judgement.contracts],
            faulty_rows=[ListRow.of(row) for row in faulty],
            skipped_rows=judgement.beside,
            unknown_products=_unknown_products(faulty),
            named_providers=_named_providers(judgement.rows, known),
            etag=etag_of(judgement.basis),
        )


class RememberedProvider(Message):
    words: str
    """The name in the list, as we compare it."""
    provider: Provider


class ContractListMemory(Message):
    """What a human said of the lists of this organisation, and what therefore is not asked again."""

    columns: list[RememberedColumn]
    providers: list[RememberedProvider]

    @classmethod
    def of(cls, memory: ListMemory, names: Mapping[str, str]) -> Self:
        by_field = CONTRACTS.by_field
        return cls(
            columns=[
                RememberedColumn(header=header, field=by_field[field].code if field else None)
                for header, field in sorted(memory.columns.items())
            ],
            providers=[
                RememberedProvider(words=words, provider=Provider(agb_code=code, name=names[code]))
                for words, code in sorted(memory.providers.items())
            ],
        )


def _unknown_products(faulty: Iterable[Row]) -> list[str]:
    """Each once, however it is spelt."""
    names = sorted({row.values["care_type"] for row in faulty if _asks_its_product(row)}, reverse=True)
    return sorted({plain(name): name for name in names}.values())


def _asks_its_product(row: Row) -> bool:
    """Whether a human can say once and for all what the product of the row is: not of a dash or a phone number."""
    if not any(fault.code == "unknown-product" for fault in row.faults):
        return False
    try:
        _PRODUCT.validate_python(row.values["care_type"])
    except ValidationError:
        return False
    return True


_PRODUCT: TypeAdapter[str] = TypeAdapter(ProductName)


def _provider(code: str, known: Known) -> Provider:
    return Provider.model_construct(agb_code=code, name=known.providers.names[code])


def _lines(lines: Iterable[Line], known: Known) -> list[ContractedLine]:
    return [named(line, known.lexicon, known.atlas) for line in lines]


def _named_providers(rows: Iterable[Row], known: Known) -> list[NamedProvider]:
    """One per name, in the order of the list."""
    found: dict[str, NamedProvider] = {}
    for row in rows:
        if row.named is None and not row.asks_provider:
            continue
        name = row.values["provider_name"]
        if name not in found:
            found[name] = NamedProvider.model_construct(
                name=name,
                rows=[],
                provider=_provider(row.provider, known) if row.provider else None,
                how=row.named,
                proposals=[_proposed(each, known) for each in row.proposals],
            )
        found[name].rows.append(row.number)
    return list(found.values())


def _proposed(likeness: Likeness, known: Known) -> ProposedProvider:
    return ProposedProvider.model_construct(provider=_provider(likeness.code, known), likeness=likeness.percent)


def _change(field: str, was: Any, becomes: Any) -> TermChange:  # noqa: ANN401 - whatever a term holds
    column = CONTRACTS.by_field[field]
    return TermChange.model_construct(field=column.code, column=column.header, was=_said(was), becomes=_said(becomes))


_IN_DUTCH = {scope: word for word, scope in SCOPES.items()}


def _said(value: Any) -> Value:  # noqa: ANN401 - whatever a term holds
    return _IN_DUTCH[value] if isinstance(value, Scope) else value
