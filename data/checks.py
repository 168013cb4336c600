"""What must hold between the reference files: codes that exist, and one region at a time for every municipality."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Set
from datetime import date
from itertools import pairwise

from availability.refusals import Fault
from data.files import CARE_TYPES, CODES, MEMBERSHIPS, MUNICIPALITIES, NEEDS, POSTCODES, PRODUCTS, REGIONS, File, Row

Tables = Mapping[File, list[Row]]
Codes = Set[object]

SECTORS = frozenset({"jo", "lvb", "ggz"})
"""Jeugd- en opvoedhulp, licht verstandelijk beperkt, jeugd-ggz."""

CATEGORY_LIST = "JZ020"
CBS_FORM_LIST = "CBS-HULPVORM"


def faults_between(tables: Tables) -> list[Fault]:
    """Everything that does not fit together, by file. Files that could not be read at all are left out."""
    checks = (_unknown_codes, _repeated, _memberships, _without_postcode, _on_one_spot)
    return [fault for check in checks for fault in check(tables)]


def _codes_of(tables: Tables, list_code: str) -> Codes | None:
    if CODES not in tables:
        return None
    return {row.get("code") for row in tables[CODES] if row.get("list_code") == list_code}


def _codes_in(tables: Tables, file: File) -> Codes | None:
    return {row.get("code") for row in tables[file]} if file in tables else None


def _known(tables: Tables) -> list[tuple[File, str, Codes | None, str]]:
    """Column → what it may hold (None: not known now), and what to say when it holds something else."""
    municipalities, regions = _codes_in(tables, MUNICIPALITIES), _codes_in(tables, REGIONS)
    categories, forms = _codes_of(tables, CATEGORY_LIST), _codes_of(tables, CBS_FORM_LIST)
    return [
        (MEMBERSHIPS, "municipality_code", municipalities, f"staat niet in {MUNICIPALITIES.name}"),
        (MEMBERSHIPS, "region_code", regions, f"staat niet in {REGIONS.name}"),
        (POSTCODES, "municipality_code", municipalities, f"staat niet in {MUNICIPALITIES.name}"),
        (PRODUCTS, "category_code", categories, "is geen productcategorie"),
        (PRODUCTS, "cbs_form", forms, "is geen vorm van jeugdhulp van het CBS"),
        (CARE_TYPES, "product_categories", categories, "is geen productcategorie"),
        (CARE_TYPES, "cbs_form", forms, "is geen vorm van jeugdhulp van het CBS"),
        (CARE_TYPES, "sectors", SECTORS, "is geen sector: kies uit jo, lvb en ggz"),
    ]


def _unknown_codes(tables: Tables) -> Iterator[Fault]:
    for file, column, known, sentence in _known(tables):
        if known is None:
            continue
        for row in tables.get(file, ()):
            unknown = [code for code in _codes(row.get(column)) if code not in known]
            yield from (Fault(_where(file, row, column), f"{code} {sentence}.") for code in unknown)


def _codes(cell: object) -> list[object]:
    return cell if isinstance(cell, list) else [] if cell is None else [cell]


def _repeated(tables: Tables) -> Iterator[Fault]:
    for file, column in ((REGIONS, "slug"), (CARE_TYPES, "number"), (NEEDS, "bit")):
        first: dict[object, Row] = {}
        for row in tables.get(file, ()):
            if column in row and first.setdefault(row[column], row) is not row:
                owner = first[row[column]].get("code")
                yield Fault(_where(file, row, column), f"{row[column]} hoort al bij {owner}.")


def _memberships(tables: Tables) -> Iterator[Fault]:
    """Each municipality has a region, and never two on one day."""
    if MEMBERSHIPS not in tables:
        return
    history: dict[object, list[Row]] = defaultdict(list)
    for row in tables[MEMBERSHIPS]:
        history[row.get("municipality_code")].append(row)
    yield from _left_out(tables, history, "heeft geen jeugdregio.")
    for rows in history.values():
        dated = sorted((row for row in rows if row.keys() >= MEMBERSHIPS.columns.keys()), key=_first_day)
        yield from (_reversed_period(row) for row in dated if _last_day(row) < _first_day(row))
        yield from (
            _two_at_once(later) for earlier, later in pairwise(dated) if _last_day(earlier) >= _first_day(later)
        )


def _without_postcode(tables: Tables) -> Iterator[Fault]:
    """A municipality without a postcode is nowhere: no distance, no place on the map."""
    if POSTCODES in tables:
        inhabited = {row.get("municipality_code") for row in tables[POSTCODES]}
        yield from _left_out(tables, inhabited, "heeft geen postcodes.")


def _on_one_spot(tables: Tables) -> Iterator[Fault]:
    """Every postcode has its own ground on the map, so two cannot share a point."""
    first: dict[object, Row] = {}
    for row in tables.get(POSTCODES, ()):
        if {"lon", "lat"} <= row.keys() and (other := first.setdefault((row["lon"], row["lat"]), row)) is not row:
            yield Fault(_where(POSTCODES, row, "lon"), f"Hier ligt postcode {other.get('pc4')} al.")


def _left_out(tables: Tables, named: Container[object], sentence: str) -> Iterator[Fault]:
    for row in tables.get(MUNICIPALITIES, ()):
        if "code" in row and row["code"] not in named:
            yield Fault(f"{MUNICIPALITIES.name}:{row['code']}", f"{row.get('name', row['code'])} {sentence}")


def _first_day(membership: Row) -> date:
    return membership["valid_from"] or date.min


def _last_day(membership: Row) -> date:
    return membership["valid_until"] or date.max


def _reversed_period(row: Row) -> Fault:
    return Fault(_where(MEMBERSHIPS, row, "valid_until"), "De laatste dag ligt voor de eerste.")


def _two_at_once(row: Row) -> Fault:
    sentence = f"{row['municipality_code']} hoort dan al bij een andere jeugdregio."
    return Fault(_where(MEMBERSHIPS, row, "valid_from"), sentence)


def _where(file: File, row: Row, column: str) -> str:
    return ":".join([file.name, " ".join(str(row[name]) for name in file.key if row.get(name)), column])
