"""The SQL of product names: per region, the newest word of a human holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.products.naming import plain

_PRODUCTS = text("""
    SELECT name, plain_name, care_type_code, confirmed_at, confirmed_by
    FROM region_product WHERE region_code = :region ORDER BY plain_name
""")

_CONFIRM = text("""
    INSERT INTO region_product (region_code, plain_name, name, care_type_code, confirmed_by)
    SELECT :region, plain_name, name, care_type, :by
    FROM unnest(CAST(:plain AS text[]), CAST(:names AS text[]), CAST(:care_types AS text[]))
        AS said (plain_name, name, care_type)
    ON CONFLICT (region_code, plain_name) DO UPDATE
    SET name = excluded.name, care_type_code = excluded.care_type_code,
        confirmed_at = now(), confirmed_by = excluded.confirmed_by
    WHERE (region_product.name, region_product.care_type_code) IS DISTINCT FROM (excluded.name, excluded.care_type_code)
""")

_FORGET = text("DELETE FROM region_product WHERE region_code = :region AND plain_name = ANY (:plain)")


def products(session: Session, region: str) -> Sequence[Row[Any]]:
    return session.execute(_PRODUCTS, {"region": region}).all()


def meanings(session: Session, region: str) -> dict[str, str]:
    """Care type by plain name."""
    return {row.plain_name: row.care_type_code for row in products(session, region)}


def confirm(session: Session, caller: Identity, region: str, said: Mapping[str, str | None]) -> None:
    """Keep what each name means, and forget those that mean nothing any more."""
    kept = {name: care_type for name, care_type in said.items() if care_type is not None}
    values = {
        "region": region,
        "by": f"{caller.organisation}:{caller.subject}",
        "plain": [plain(name) for name in kept],
        "names": list(kept),
        "care_types": list(kept.values()),
    }
    session.execute(_CONFIRM, values)
    session.execute(_FORGET, {"region": region, "plain": [plain(name) for name in said if said[name] is None]})
