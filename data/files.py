"""The reference files: which columns each has, and how a cell is read. Reading collects every fault there is."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from availability.refusals import Fault

Row = dict[str, Any]
Reading = Callable[[str], Any]
"""Turns a cell into a value. Raises ValueError with what would be right, in Dutch."""

SEPARATOR = "|"
"""Between the parts of a cell that holds a list."""


def _text(cell: str) -> str:
    if not cell.strip():
        raise ValueError("Dit mag niet leeg zijn.")
    return cell


def _texts(cell: str) -> list[str]:
    return [part for part in cell.split(SEPARATOR) if part]


def _code(pattern: str, example: str) -> Reading:
    def read(cell: str) -> str:
        if not re.fullmatch(pattern, cell):
            raise ValueError(f"Dit lijkt niet op {example}.")
        return cell

    return read


def _number(lowest: int, highest: int) -> Reading:
    def read(cell: str) -> int:
        if not re.fullmatch(r"\d{1,9}", cell) or not lowest <= int(cell) <= highest:
            raise ValueError(f"Geef een heel getal van {lowest} tot en met {highest}.")
        return int(cell)

    return read


def _degrees(lowest: float, highest: float) -> Reading:
    def read(cell: str) -> float:
        if not re.fullmatch(r"\d{1,3}(\.\d+)?", cell) or not lowest <= float(cell) <= highest:
            raise ValueError(f"Dit ligt niet in Nederland: geef graden (WGS84) van {lowest} tot en met {highest}.")
        return float(cell)

    return read


def _percentage(cell: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", cell) or float(cell) > 100:
        raise ValueError("Geef een percentage van 0 tot en met 100, met een punt.")
    return float(cell)


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("Geef een datum als jjjj-mm-dd.") from None


def _yes(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError("Geef true of false.")
    return cell == "true"


def _or_empty(reading: Reading) -> Reading:
    return lambda cell: reading(cell) if cell else None


_MUNICIPALITY = _code("GM[0-9]{4}", "een gemeentecode zoals GM0202")
_REGION = _code("JZ[0-9]{2}", "een code van een jeugdregio zoals JZ28")
_SLUG = _code("[a-z0-9]+(-[a-z0-9]+)*", "een korte code zoals gezinshuis")
_LON = _degrees(3.2, 7.3)
_LAT = _degrees(50.7, 53.7)
_PEOPLE = _number(0, 20_000_000)
_YEAR = _number(2000, 2100)


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """One table as a file; `key` names the columns that together occur once."""

    name: str
    columns: Mapping[str, Reading]
    key: tuple[str, ...]


REGIONS = File(
    "youth_regions.csv",
    {"code": _REGION, "slug": _SLUG, "name": _text, "also_known_as": _or_empty(_text), "note": _or_empty(_text)},
    key=("code",),
)
MUNICIPALITIES = File(
    "municipalities.csv",
    {
        "code": _MUNICIPALITY,
        "name": _text,
        "short_name": _text,
        "synonyms": _texts,
        "province": _text,
        "lon": _LON,
        "lat": _LAT,
        "population": _PEOPLE,
        "population_year": _YEAR,
        "youth_population": _PEOPLE,
        "youth_population_year": _YEAR,
        "youth_care_pct": _or_empty(_percentage),
    },
    key=("code",),
)
MEMBERSHIPS = File(
    "region_memberships.csv",
    {
        "municipality_code": _MUNICIPALITY,
        "region_code": _REGION,
        "valid_from": _or_empty(_day),
        "valid_until": _or_empty(_day),
        "source": _text,
    },
    key=("municipality_code", "valid_from"),
)
POSTCODES = File(
    "postcodes.csv",
    {
        "pc4": _code("[1-9][0-9]{3}", "de cijfers van een postcode zoals 6811"),
        "municipality_code": _MUNICIPALITY,
        "place": _text,
        "lon": _LON,
        "lat": _LAT,
        "population": _or_empty(_PEOPLE),
    },
    key=("pc4",),
)
CODES = File(
    "code_lists.csv",
    {"list_code": _text, "list_name": _text, "code": _text, "label": _text, "release": _text},
    key=("list_code", "code"),
)
PRODUCTS = File(
    "products.csv",
    {
        "code": _code("[0-9]{2}[A-Z][0-9]{2}", "een productcode zoals 43A04"),
        "name": _text,
        "category_code": _code("[0-9]{2}", "een productcategorie zoals 43"),
        "variant": _or_empty(_text),
        "cbs_form": _or_empty(_code("[0-9]{2}", "een vorm van jeugdhulp zoals 12")),
    },
    key=("code",),
)
CARE_TYPES = File(
    "care_types.csv",
    {
        "code": _SLUG,
        "number": _number(1, 9999),
        "name": _text,
        "family": _text,
        "sectors": _texts,
        "cbs_form": _or_empty(_code("[0-9]{2}", "een vorm van jeugdhulp zoals 12")),
        "product_categories": _texts,
        "stay": _yes,
        "general": _yes,
        "crisis": _yes,
        "description": _text,
        "synonyms": _texts,
    },
    key=("code",),
)
NEEDS = File("needs.csv", {"code": _SLUG, "bit": _number(0, 62), "name": _text, "synonyms": _texts}, key=("code",))

FILES = (REGIONS, MUNICIPALITIES, MEMBERSHIPS, POSTCODES, CODES, PRODUCTS, CARE_TYPES, NEEDS)


def read(file: File, path: Path) -> tuple[list[Row] | None, list[Fault]]:
    """The rows without the cells that could not be read, and a fault for each of those; None if none can be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return None, [Fault(file.name, "Dit bestand is geen UTF-8. Sla het op als UTF-8.")]
    header, *body = list(csv.reader(lines)) or [[]]
    if faults := _wrong_columns(file, header):
        return None, faults
    rows: list[Row] = []
    for number, cells in enumerate(body, start=2):
        row, wrong = _row(file, header, cells, f"{file.name}:{number}")
        rows.append(row)
        faults += wrong
    return rows, faults + _double(file, rows)


def _wrong_columns(file: File, header: list[str]) -> list[Fault]:
    missing = [name for name in file.columns if name not in header]
    unknown = [name for name in header if name not in file.columns]
    sentences = {"Deze kolommen ontbreken": missing, "Deze kolommen kennen wij niet": unknown}
    return [Fault(file.name, f"{sentence}: {', '.join(names)}.") for sentence, names in sentences.items() if names]


def _row(file: File, header: list[str], cells: list[str], where: str) -> tuple[Row, list[Fault]]:
    if len(cells) != len(header):
        return {}, [Fault(where, f"Deze regel heeft {len(cells)} cellen, de kop {len(header)}.")]
    row: Row = {}
    faults: list[Fault] = []
    for name, cell in zip(header, cells, strict=True):
        try:
            row[name] = file.columns[name](cell.strip())
        except ValueError as wrong:
            faults.append(Fault(f"{where}:{name}", str(wrong)))
    return row, faults


def _double(file: File, rows: list[Row]) -> list[Fault]:
    whole = [tuple(row[name] for name in file.key) for row in rows if all(name in row for name in file.key)]
    return [
        Fault(file.name, f"{' '.join(str(part) for part in key if part)} staat er {times} keer in.")
        for key, times in Counter(whole).items()
        if times > 1
    ]
