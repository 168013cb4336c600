"""What the rows of a list say, and which contracts they are together: all faults of all rows at once. Pure.

What may be agreed is judged by `ContractContent`, as for one contract; here only: whose row it is, which care type and
area its words mean, and that the rows of one contract agree on its terms.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic.alias_generators import to_camel

from availability.contract_lists.columns import COLUMNS, CONTRACTS
from availability.contract_lists.places import Places
from availability.contracts.messages import TERMS, ContractContent, Line
from availability.faults import faults_of
from availability.geography.atlas import COUNTRY, Atlas
from availability.intake.cells import Unclear
from availability.intake.columns import Table, plain
from availability.intake.spreadsheet import MOST_ROWS, TOO_MANY_ROWS, TooManyRows
from availability.products.naming import meaning
from availability.refusals import Fault
from availability.vocabulary.lexicon import Lexicon
from matcher.question import Scope

FIELDS = tuple(column.field for column in COLUMNS)

Key = tuple[str, str]
"""Provider and number."""

NO_NUMBER = "Vul een contractnummer in."
NO_PROVIDER = "Vul de AGB-code van de aanbieder in."
UNKNOWN_PROVIDER = "Deze aanbieder kennen wij niet. Kijk de AGB-code na."
TWO_PROVIDERS = "Meer dan één aanbieder heet zo. Vul de AGB-code in."
NO_CARE_TYPE = "Vul een zorgvorm in."
UNKNOWN_PRODUCT = "Wij weten niet welke zorgvorm dit is. Bevestig het bij Zorgvormen, of vul de zorgvorm in."
NOT_YOURS = "Voor dit gebied sluit u geen contracten."
PARTLY_ANOTHERS = "Dit contract geldt nu ook voor een gebied dat niet van u is."
DISAGREES = "Rij {row} zegt hier iets anders over hetzelfde contract."


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are held against."""

    lexicon: Lexicon
    atlas: Atlas
    places: Places
    providers: Mapping[str, str]
    """Name by AGB code."""
    products: Mapping[str, str]
    """Care type by the plain name that the region confirmed."""
    own_area: str | None
    own_areas: Collection[str] | None
    """None: everywhere."""

    def providers_called(self, name: str) -> list[str]:
        return [code for code, known in self.providers.items() if plain(known) == plain(name)]


@dataclass(slots=True)
class Row:
    """One row of the file, as it is understood so far."""

    number: int
    values: dict[str, Any]
    faults: list[Fault]
    key: Key | None = None
    line: Line | None = None


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


def read_rows(table: Table) -> list[Row]:
    """Every row that holds something of ours. Raises TooManyRows."""
    rows = [Row(line.number, *table.read(line, FIELDS)) for line in table.lines if not table.is_empty(line)]
    if len(rows) > MOST_ROWS:
        raise TooManyRows(TOO_MANY_ROWS)
    return rows


def understand(row: Row, known: Known) -> None:
    """Find the contract, the care type and the area that the row means, or say why not."""
    number, provider = row.values.get("number"), _provider(row, known)
    if not number:
        _wrong(row, "number", NO_NUMBER, "missing")
    row.key = (provider, number) if provider and number else None
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
        _wrong(first, "number", PARTLY_ANOTHERS, "not-allowed")
    lines = [(row, row.line) for row in contract.rows if row.line is not None]
    kept = {name: getattr(stored, name) for name in TERMS} if stored else {}
    terms = {name: value for name, value in {**kept, **contract.terms}.items() if value is not None}
    terms.setdefault("scope", _scope_of([line.area for _, line in lines]))
    provider, number = contract.key
    said = {to_camel(name): value for name, value in terms.items()}
    try:
        content = ContractContent.model_validate(
            {**said, "provider": provider, "number": number, "lines": tuple(line for _, line in lines)}
        )
    except ValidationError as error:
        first.faults += _of_terms(faults_of(error), contract.is_faulty)
        return
    for fault in content.faults(known.lexicon, known.atlas):
        _, _, at, *rest = fault.pointer.split("/")
        lines[int(at)][0].faults.append(Fault("/".join(("", *rest)), fault.detail, fault.code))
    contract.content = None if contract.is_faulty else content


def _of_terms(faults: Sequence[Fault], is_faulty: bool) -> Iterator[Fault]:
    """The faults in what a row can say; of the lines together only when no row of them is wrong by itself."""
    for fault in faults:
        if fault.pointer.removeprefix("/") in CONTRACTS.by_code:
            yield fault
        elif not is_faulty:
            yield Fault("", fault.detail, fault.code)


def changes(stored: ContractContent, content: ContractContent) -> Iterator[tuple[str, Any, Any]]:
    """Field, was, becomes; of the lines how many."""
    for name in TERMS:
        was, becomes = getattr(stored, name), getattr(content, name)
        if was != becomes:
            yield name, was, becomes
    if set(stored.lines) != set(content.lines):
        yield "lines", len(stored.lines), len(content.lines)


def _wrong(row: Row, name: str, sentence: str, code: str) -> None:
    """Add a fault, unless the cell could not even be read."""
    pointer = f"/{CONTRACTS.by_field[name].code}"
    if not any(fault.pointer == pointer for fault in row.faults):
        row.faults.append(Fault(pointer, sentence, code))


def _provider(row: Row, known: Known) -> str | None:
    code, name = row.values.get("provider"), row.values.get("provider_name")
    if code is None and name:
        found = known.providers_called(name)
        if len(found) == 1:
            return found[0]
        _wrong(row, "provider", TWO_PROVIDERS if found else UNKNOWN_PROVIDER, "unknown")
    elif code is None:
        _wrong(row, "provider", NO_PROVIDER, "missing")
    elif code not in known.providers:
        _wrong(row, "provider", UNKNOWN_PROVIDER, "unknown")
    else:
        return str(code)
    return None


def _care_type(row: Row, known: Known) -> str | None:
    name = row.values.get("care_type")
    if not name:
        _wrong(row, "care_type", NO_CARE_TYPE, "missing")
        return None
    meant = meaning(name, known.lexicon, known.products)
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
