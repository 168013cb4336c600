"""What must hold between the reference files: codes that exist, and one region at a time for every municipality."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from availability.refusals import Fault
from data.files import CARE_TYPES, CODES, MEMBERSHIPS, MUNICIPALITIES, NEEDS, POSTCODES, PRODUCTS, REGIONS, File, Row

Tables = Mapping[File, list[Row]]

SECTORS = frozenset({"jo", "lvb", "ggz"})
"""Jeugd- en opvoedhulp, licht verstandelijk beperkt, jeugd-ggz."""

CATEGORY_LIST = "JZ020"
CBS_FORM_LIST = "CBS-HULPVORM"


def faults_between(tables: Tables) -> list[Fault]:
    """Everything that does not fit together, by file."""
    return [*_unknown_codes(tables), *_repeated(tables), *_memberships(tables), *_without_postcode(tables)]


def _known(tables: Tables) -> list[tuple[File, str, set[object], str]]:
    """Column → what it may hold, and what to say when it holds something else."""
    municipalities = {row["code"] for row in tables[MUNICIPALITIES]}
    regions = {row["code"] for row in tables[REGIONS]}
    codes: dict[str, set[object]] = defaultdict(set)
    for row in tables[CODES]:
        codes[row["list_code"]].add(row["code"])
    return [
        (MEMBERSHIPS, "municipality_code", municipalities, f"staat niet in {MUNICIPALITIES.name}"),
        (MEMBERSHIPS, "region_code", regions, f"staat niet in {REGIONS.name}"),
        (POSTCODES, "municipality_code", municipalities, f"staat niet in {MUNICIPALITIES.name}"),
        (PRODUCTS, "category_code", codes[CATEGORY_LIST], "is geen productcategorie"),
        (PRODUCTS, "cbs_form", codes[CBS_FORM_LIST], "is geen vorm van jeugdhulp van het CBS"),
        (CARE_TYPES, "product_categories", codes[CATEGORY_LIST], "is geen productcategorie"),
        (CARE_TYPES, "cbs_form", codes[CBS_FORM_LIST], "is geen vorm van jeugdhulp van het CBS"),
        (CARE_TYPES, "sectors", set(SECTORS), "is geen sector: kies uit jo, lvb en ggz"),
    ]


def _unknown_codes(tables: Tables) -> Iterator[Fault]:
    for file, column, known, sentence in _known(tables):
        for row in tables[file]:
            for code in _codes(row[column]):
                if code not in known:
                    yield Fault(_where(file, row, column), f"{code} {sentence}.")


def _codes(cell: object) -> list[object]:
    return cell if isinstance(cell, list) else [] if cell is None else [cell]


def _repeated(tables: Tables) -> Iterator[Fault]:
    for file, column in ((REGIONS, "slug"), (CARE_TYPES, "number"), (NEEDS, "bit")):
        seen: dict[object, Row] = {}
        for row in tables[file]:
            first = seen.setdefault(row[column], row)
            if first is not row:
                yield Fault(_where(file, row, column), f"{row[column]} hoort al bij {first['code']}.")


def _memberships(tables: Tables) -> Iterator[Fault]:
    """Each municipality has a region, and never two on one day."""
    history: dict[str, list[Row]] = defaultdict(list)
    for row in tables[MEMBERSHIPS]:
        history[row["municipality_code"]].append(row)
    for row in tables[MUNICIPALITIES]:
        if row["code"] not in history:
            yield Fault(f"{MUNICIPALITIES.name}:{row['code']}", f"{row['name']} heeft geen jeugdregio.")
    for rows in history.values():
        rows.sort(key=_first_day)
        yield from (_reversed_period(row) for row in rows if _last_day(row) < _first_day(row))
        yield from (_two_at_once(later) for earlier, later in pairwise(rows) if _last_day(earlier) >= _first_day(later))


def _first_day(membership: Row) -> date:
    return membership["valid_from"] or date.min


def _last_day(membership: Row) -> date:
    return membership["valid_until"] or date.max


def _reversed_period(row: Row) -> Fault:
    return Fault(_where(MEMBERSHIPS, row, "valid_until"), "De laatste dag ligt voor de eerste.")


def _two_at_once(row: Row) -> Fault:
    sentence = f"{row['municipality_code']} hoort dan al bij een andere jeugdregio."
    return Fault(_where(MEMBERSHIPS, row, "valid_from"), sentence)


def _without_postcode(tables: Tables) -> Iterator[Fault]:
    """A municipality without a postcode is nowhere: no distance, no place on the map."""
    inhabited = {row["municipality_code"] for row in tables[POSTCODES]}
    for row in tables[MUNICIPALITIES]:
        if row["code"] not in inhabited:
            yield Fault(f"{MUNICIPALITIES.name}:{row['code']}", f"{row['name']} heeft geen postcodes.")


def _where(file: File, row: Row, column: str) -> str:
    return f"{file.name}:{' '.join(str(row[name] or '') for name in file.key).strip()}:{column}"
