"""Writing the shared words: whole lists at once, each as one statement; loading them again changes nothing."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

Rows = Sequence[Mapping[str, object]]
"""The columns are those that each statement names and types."""

_CARE_TYPES = text("""
    INSERT INTO care_type (code, number, name, family, sectors, cbs_form, product_categories, stay, general, crisis,
                           description, synonyms, sort)
    SELECT code, number, name, family, sectors, cbs_form, product_categories, stay, general, crisis,
           description, synonyms, place
    FROM ROWS FROM (
        jsonb_to_recordset(CAST(:rows AS jsonb))
            AS (code text, number int, name text, family text, sectors text[], cbs_form text,
                product_categories text[], stay bool, "general" bool, crisis bool, description text, synonyms text[])
    ) WITH ORDINALITY
        AS given (code, number, name, family, sectors, cbs_form, product_categories, stay, "general", crisis,
                  description, synonyms, place)
    ON CONFLICT (code) DO UPDATE
    SET number = excluded.number, name = excluded.name, family = excluded.family, sectors = excluded.sectors,
        cbs_form = excluded.cbs_form, product_categories = excluded.product_categories, stay = excluded.stay,
        "general" = excluded."general", crisis = excluded.crisis, description = excluded.description,
        synonyms = excluded.synonyms, sort = excluded.sort
""")

_NEEDS = text("""
    INSERT INTO need (code, bit, name, synonyms)
    SELECT code, bit, name, synonyms
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (code text, bit int, name text, synonyms text[])
    ON CONFLICT (code) DO UPDATE SET bit = excluded.bit, name = excluded.name, synonyms = excluded.synonyms
""")

_CODES = text("""
    INSERT INTO code (list_code, list_name, code, label, release)
    SELECT list_code, list_name, code, label, release
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (list_code text, list_name text, code text, label text, release text)
    ON CONFLICT (list_code, code) DO UPDATE
    SET list_name = excluded.list_name, label = excluded.label, release = excluded.release
""")

_PRODUCTS = text("""
    INSERT INTO product (code, name, category_code, variant, cbs_form)
    SELECT code, name, category_code, variant, cbs_form
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (code text, name text, category_code text, variant text, cbs_form text)
    ON CONFLICT (code) DO UPDATE
    SET name = excluded.name, category_code = excluded.category_code, variant = excluded.variant,
        cbs_form = excluded.cbs_form
""")


def write_care_types(session: Session, rows: Rows) -> None:
    """The order of the rows is the order in which they are shown."""
    _write(session, _CARE_TYPES, rows)


def write_needs(session: Session, rows: Rows) -> None:
    _write(session, _NEEDS, rows)


def write_codes(session: Session, rows: Rows) -> None:
    _write(session, _CODES, rows)


def write_products(session: Session, rows: Rows) -> None:
    _write(session, _PRODUCTS, rows)


def _write(session: Session, statement: TextClause, rows: Rows) -> None:
    session.execute(statement, {"rows": json.dumps(rows)})
