"""Writing the shared words: whole lists at once; loading them again changes nothing."""

from sqlalchemy.orm import Session

from availability.upserts import Rows, upsert, write

_CARE_TYPES = upsert(
    "care_type",
    ("code",),
    dict.fromkeys(("code", "name", "family", "cbs_form", "description"), "text")
    | dict.fromkeys(("sectors", "product_categories", "synonyms"), "text[]")
    | dict.fromkeys(("stay", "general", "crisis"), "boolean")
    | dict.fromkeys(("number", "sort"), "int"),
)

_NEEDS = upsert("need", ("code",), {"code": "text", "bit": "int", "name": "text", "synonyms": "text[]"})

_CODES = upsert(
    "code", ("list_code", "code"), dict.fromkeys(("list_code", "code", "list_name", "label", "release"), "text")
)

_PRODUCTS = upsert(
    "product", ("code",), dict.fromkeys(("code", "name", "category_code", "variant", "cbs_form"), "text")
)


def write_care_types(session: Session, rows: Rows) -> None:
    """The order of the rows is the order in which they are shown."""
    write(session, _CARE_TYPES, [{**row, "sort": place} for place, row in enumerate(rows, start=1)])


def write_needs(session: Session, rows: Rows) -> None:
    write(session, _NEEDS, rows)


def write_codes(session: Session, rows: Rows) -> None:
    write(session, _CODES, rows)


def write_products(session: Session, rows: Rows) -> None:
    write(session, _PRODUCTS, rows)
