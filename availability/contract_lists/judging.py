"""What the rows of a list say, and which contracts they are together: all faults of all rows at once. Pure.

What may be agreed is judged by `ContractContent`, as for one contract; here only: whose row it is, which care type and
area its words mean, and that the rows of one contract agree on its terms.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic.alias_generators import to_camel

from availability.contract_lists.columns import COLUMNS, CONTRACTS
from availability.contract_lists.places import Places
from availability.contract_lists.providers import Likeness, Providers
from availability.contracts.messages import TERMS, ContractContent, Line
from availability.faults import faults_of
from availability.geography.atlas import COUNTRY, Atlas
from availability.intake.cells import Unclear
from availability.intake.columns import How, Table, plain
from availability.intake.spreadsheet import MOST_ROWS, TOO_MANY_ROWS, TooManyRows
from availability.intake.spreadsheet import Line as FileLine
from availability.products.naming import meaning
from availability.refusals import Fault
from availability.vocabulary.lexicon import CareType, Lexicon
from matcher.question import Scope

_IN_JSON = {name: to_camel(name) for name in TERMS}

FIELDS = tuple(column.field for column in COLUMNS)

SUMS = {"totaal", "totalen", "subtotaal", "som", "eindtotaal"}
"""How a sum under a table or a group begins."""

OF_A_LINE = {"care_type", "area"}
"""What stands alone in these may belong to the row above it, where the contract stands in a merged cell."""

Key = tuple[str, str]
"""Provider and number."""

NO_NUMBER = "Vul een contractnummer in."
NO_CARE_TYPE = "Vul een zorgvorm in."
UNKNOWN_PRODUCT = "Wij weten niet welke zorgvorm dit is. Bevestig het bij Zorgvormen, of vul de zorgvorm in."
NOT_YOURS = "Voor dit gebied sluit u geen contracten."
PARTLY_ANOTHERS = "Dit contract geldt nu ook voor een gebied dat niet van u is."
ANOTHERS = (
    "Deze aanbieder heeft al een contract met dit nummer, voor een gebied dat niet van u is. Geef een ander nummer."
)
DISAGREES = "Rij {row} zegt hier iets anders over hetzelfde contract."


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are held against."""

    lexicon: Lexicon
    atlas: Atlas
    places: Places
    providers: Providers
    products: Mapping[str, str]
    """Care type by the plain name that the region confirmed."""
    own_area: str | None
    own_areas: Collection[str] | None
    """None: everywhere."""
    _care_types: dict[str, CareType | None] = field(default_factory=dict)

    def care_type(self, name: str) -> CareType | None:
        """What a name surely means; looked up once, for a list says the same few names again and again."""
        if name not in self._care_types:
            self._care_types[name] = meaning(name, self.lexicon, self.products)
        return self._care_types[name]


@dataclass(slots=True)
class Row:
    """One row of the file, as it is understood so far."""

    number: int
    values: dict[str, Any]
    faults: list[Fault]
    key: Key | None = None
    line: Line | None = None
    provider: str | None = None
    named: How | None = None
    """How a human said which provider its name means, if one had to."""
    asks_provider: bool = False
    """Whether a human must say which provider its name means."""
    proposals: tuple[Likeness, ...] = ()
    """The providers that it might be."""


@dataclass(slots=True)
class Listed:
    """One contract of the file: its rows, and what they say together."""

    key: Key
    rows: list[Row]
    terms: dict[str, Any] = field(default_factory=dict)
    """By field; only those that have a column."""
    content: ContractContent | None = None

    @property
    def is_faulty(self) -> bool:
        return any(row.faults for row in self.rows)


def read_rows(table: Table) -> tuple[list[Row], list[int]]:
    """Every row that holds something of ours, and the numbers of the lines beside them. Raises TooManyRows."""
    lines = [line for line in table.lines if not table.is_empty(line)]
    if len(lines) > MOST_ROWS:
        raise TooManyRows(TOO_MANY_ROWS)
    beside = {line.number for line in lines if _is_beside(table, line)}
    rows = [Row(line.number, *table.read(line, FIELDS)) for line in lines if line.number not in beside]
    return rows, sorted(beside)


def _is_beside(table: Table, line: FileLine) -> bool:
    """Whether a line is no row: a heading or a signature, a sum, or the header once more."""
    said = {name: cell for name, header in table.columns.items() if (cell := header.cell(line)) is not None}
    heads = len(said) == 1 and not said.keys() & OF_A_LINE
    begins = plain(str(next(iter(said.values())))).partition(" ")[0]
    sums_up = begins in SUMS and not CONTRACTS.is_enough(said.keys())
    return heads or sums_up or all(table.columns[name].header == cell for name, cell in said.items())


def understand(row: Row, known: Known) -> None:
    """Find the contract, the care type and the area that the row means, or say why not."""
    _find_provider(row, known)
    number = row.values.get("number")
    if not number:
        _wrong(row, "number", NO_NUMBER, "missing")
    row.key = (row.provider, number) if row.provider and number else None
    care_type, area = _care_type(row, known), _area(row, known)
    row.line = Line(care_type=care_type, area=area) if care_type and area else None


def listed(rows: Sequence[Row]) -> list[Listed]:
    """The contracts of the file, in its order, with the terms on which their rows agree."""
    contracts: dict[Key, Listed] = {}
    for row in rows:
        if row.key is not None:
            contracts.setdefault(row.key, Listed(row.key, [])).rows.append(row)
    for contract in contracts.values():
        _agree(contract)
    return list(contracts.values())


def compose(contract: Listed, stored: ContractContent | None, known: Known) -> None:
    """Put together what the contract becomes: its rows, over the terms that hold now where the file has no column."""
    first = contract.rows[0]
    if stored is not None and known.own_areas is not None and not stored.areas <= set(known.own_areas):
        anothers = stored.areas.isdisjoint(known.own_areas)
        _wrong(first, "number", ANOTHERS if anothers else PARTLY_ANOTHERS, "not-allowed")
    lines = [(row, row.line) for row in contract.rows if row.line is not None]
    kept = {name: getattr(stored, name) for name in TERMS} if stored else {}
    terms = {name: value for name, value in {**kept, **contract.terms}.items() if value is not None}
    terms.setdefault("scope", _scope_of([line.area for _, line in lines]))
    provider, number = contract.key
    said = {_IN_JSON[name]: value for name, value in terms.items()}
    try:
        content = ContractContent.model_validate(
            {**said, "provider": provider, "number": number, "lines": tuple(line for _, line in lines)}
        )
    except ValidationError as error:
        unread = {fault.pointer for fault in first.faults}
        first.faults += _of_terms((each for each in faults_of(error) if each.pointer not in unread), contract.is_faulty)
        return
    for fault in content.faults(known.lexicon, known.atlas):
        _, _, at, *rest = fault.pointer.split("/")
        lines[int(at)][0].faults.append(Fault("/".join(("", *rest)), fault.detail, fault.code))
    contract.content = None if contract.is_faulty else content


def _of_terms(faults: Iterable[Fault], is_faulty: bool) -> Iterator[Fault]:
    """The faults in what a row can say; of the lines together only when no row of them is wrong by itself."""
    for fault in faults:
        if fault.pointer.removeprefix("/") in CONTRACTS.by_code:
            yield fault
        elif not is_faulty:
            yield Fault("", fault.detail, fault.code)


def changes(stored: ContractContent | None, content: ContractContent) -> Iterator[tuple[str, Any, Any]]:
    """Field, was, becomes. Of a new contract every term that is agreed, except its number."""
    for name in TERMS:
        was, becomes = getattr(stored, name, None), getattr(content, name)
        if was != becomes and name != "number":
            yield name, was, becomes


def _wrong(row: Row, name: str, sentence: str, code: str) -> None:
    """Add a fault, unless the cell could not even be read."""
    pointer = f"/{CONTRACTS.by_field[name].code}"
    if not any(fault.pointer == pointer for fault in row.faults):
        row.faults.append(Fault(pointer, sentence, code))


def _find_provider(row: Row, known: Known) -> None:
    found = known.providers.meant(row.values.get("provider"), row.values.get("provider_name"))
    row.provider, row.named, row.proposals = found.code, found.how, found.proposals
    if found.fault is not None:
        row.asks_provider = found.fault.pointer == "/providerName"
        _wrong(row, CONTRACTS.by_code[found.fault.pointer[1:]].field, found.fault.detail, found.fault.code)


def _care_type(row: Row, known: Known) -> str | None:
    name = row.values.get("care_type")
    if not name:
        _wrong(row, "care_type", NO_CARE_TYPE, "missing")
        return None
    meant = known.care_type(name)
    if meant is None:
        _wrong(row, "care_type", UNKNOWN_PRODUCT, "unknown-product")
    return meant.code if meant else None


def _area(row: Row, known: Known) -> str | None:
    said = row.values.get("area")
    try:
        area = known.places.meant(said) if said else known.own_area
    except Unclear as unclear:
        _wrong(row, "area", str(unclear), "unknown")
        return None
    if area is None:
        _wrong(row, "area", "Vul een gebied in.", "missing")
    elif known.own_areas is not None and area not in known.own_areas:
        _wrong(row, "area", NOT_YOURS, "not-allowed")
    return area


def _agree(contract: Listed) -> None:
    """Take each term from the first row that says it; another row that says otherwise is at fault."""
    said_in: dict[str, int] = {}
    for row in contract.rows:
        for name in TERMS:
            if name == "number" or name not in row.values:
                continue
            value: date | int | Scope | None = row.values[name]
            if value is not None and contract.terms.get(name) not in {None, value}:
                _wrong(row, name, DISAGREES.format(row=said_in[name]), "disagrees")
            elif contract.terms.get(name) is None:
                contract.terms[name], said_in[name] = value, row.number


def _scope_of(areas: Sequence[str]) -> Scope:
    """The narrowest scope that these areas allow."""
    if COUNTRY in areas:
        return Scope.NATIONAL
    regions = {area for area in areas if area.startswith("JZ")}
    return Scope.SUPRAREGIONAL if len(regions) > 1 else Scope.REGIONAL if regions else Scope.LOCAL
