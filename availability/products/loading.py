"""Names that regions confirmed, as columns: for a demo world."""

import pandas as pd
from sqlalchemy.orm import Session

from availability.copying import copy_in
from availability.products.naming import plain

PRODUCT = ["region_code", "plain_name", "name", "care_type_code", "confirmed_at", "confirmed_by"]


def write_products(session: Session, products: pd.DataFrame) -> int:
    return copy_in(session, "region_product", products.assign(plain_name=products.name.map(plain))[PRODUCT])
