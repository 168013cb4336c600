"""The facts we start from: read, checked as a whole, and only then written.

A new division of the country (regions merge, a municipality moves) is a folder with the files that differ; the others
stay the project's own. Either everything is right and everything is written, or every fault is named and nothing is.
"""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from shapely import to_geojson  # type: ignore[import-untyped]  # ships no types
from sqlalchemy.orm import Session

from availability.geography import loading as geography
from availability.geography.queries import municipalities_on
from availability.refusals import Fault, Invalid
from availability.vocabulary import loading as vocabulary
from data.areas import Point, outlines
from data.boundaries import read_boundaries
from data.checks import Tables, faults_between
from data.files import (
    CARE_TYPES,
    CODES,
    FILES,
    MEMBERSHIPS,
    MUNICIPALITIES,
    NEEDS,
    POSTCODES,
    PRODUCTS,
    REGIONS,
    File,
    Row,
    read,
)

OWN_FOLDER = Path(__file__).parent

WRITERS: Mapping[File, Callable[[Session, list[Row]], None]] = {
    REGIONS: geography.write_regions,
    MUNICIPALITIES: geography.write_municipalities,
    MEMBERSHIPS: geography.write_memberships,
    POSTCODES: geography.write_postcodes,
    CODES: vocabulary.write_codes,
    PRODUCTS: vocabulary.write_products,
    CARE_TYPES: vocabulary.write_care_types,
    NEEDS: vocabulary.write_needs,
}
"""Which noun keeps which file, in the order in which one needs the other."""


def load_reference(session: Session, folder: Path | None = None) -> dict[str, int]:
    """Write the reference facts, and answer how many rows each file has. Loading them twice changes nothing.

    `folder` holds the files that replace the project's own. Raises Invalid with every fault in them.
    """
    tables = reference_tables(folder)
    for file, write in WRITERS.items():
        write(session, tables[file])
    areas = outlines([Point(row["municipality_code"], row["lon"], row["lat"]) for row in tables[POSTCODES]])
    geography.write_areas(session, {code: to_geojson(outline) for code, outline in areas.items()}, geography.DERIVED)
    return {**{file.name: len(tables[file]) for file in FILES}, "areas": len(areas)}


def load_areas(session: Session, file: Path) -> int:
    """Replace our own outlines by official boundaries, and answer how many. Raises Invalid with every fault."""
    until_further_notice = municipalities_on(session, date.max, region=None)
    boundaries = read_boundaries(file, known={row.code for row in until_further_notice})
    geography.write_areas(session, {code: to_geojson(shape) for code, shape in boundaries.items()}, file.name)
    return len(boundaries)


def reference_tables(folder: Path | None = None) -> Tables:
    """All files, read and checked. Raises Invalid with every fault."""
    tables: dict[File, list[Row]] = {}
    faults: list[Fault] = _strangers(folder) if folder else []
    for file in FILES:
        rows, wrong = read(file, _path(file, folder))
        faults += wrong
        if rows is not None:
            tables[file] = rows
    faults += faults_between(tables)
    if faults:
        raise Invalid("De gegevens kloppen niet. Er is niets gewijzigd.", tuple(faults))
    return tables


def _path(file: File, folder: Path | None) -> Path:
    own = OWN_FOLDER / file.name
    given = folder / file.name if folder else own
    return given if given.exists() else own


def _strangers(folder: Path) -> list[Fault]:
    """A misspelt file name would silently leave the old facts in place."""
    if not folder.is_dir():
        return [Fault(folder.name, "Deze map bestaat niet.")]
    names = {file.name for file in FILES}
    found = sorted(path.name for path in folder.glob("*.csv"))
    if not found:
        return [Fault(folder.name, f"In deze map staat geen van de bestanden {', '.join(sorted(names))}.")]
    return [Fault(name, "Dit bestand kennen wij niet.") for name in found if name not in names]
