"""A filled contact register, as columns."""

import pandas as pd
from sqlalchemy.orm import Session

from availability.copying import copy_in

REGISTER = ["region_code", "owner", "update_term_days", "version"]
CONTACT = [
    "region_code",
    "municipality_code",
    "kind",
    "name",
    "phone",
    "email",
    "website",
    "hours",
    "checked_on",
    "checked_by",
    "version",
]


def write_registers(session: Session, registers: pd.DataFrame) -> int:
    return copy_in(session, "contact_register", registers[REGISTER])


def write_contacts(session: Session, contacts: pd.DataFrame) -> int:
    return copy_in(session, "contact", contacts[CONTACT])
