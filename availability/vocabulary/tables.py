"""The shared words: care types over regions and sectors, needs, and the national code lists they map onto."""

from sqlalchemy import ARRAY, CheckConstraint, Column, String, text
from sqlmodel import Field, SQLModel


def _texts() -> Column[list[str]]:
    return Column(ARRAY(String), nullable=False, server_default=text("'{}'"))


class CareType(SQLModel, table=True):
    """A kind of care in the shared language ("tussentaal"): what a worker asks for and a provider offers."""

    __tablename__ = "care_type"
    __table_args__ = (CheckConstraint("code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="code"),)

    code: str = Field(primary_key=True)
    """Short Dutch slug, e.g. `gezinshuis`."""
    number: int = Field(unique=True)
    """A small number that never changes, for columns."""
    name: str
    family: str
    """Related care types share a family; a relaxation looks there first."""
    sectors: list[str] = Field(sa_column=_texts())
    """Of `jo` (jeugd- en opvoedhulp), `lvb`, `ggz`."""
    cbs_form: str | None = None
    """CBS form of care 01–14; none for what CBS does not count."""
    product_categories: list[str] = Field(sa_column=_texts())
    """iJw list JZ020."""
    stay: bool = False
    """With residential stay."""
    general: bool = False
    """A general provision: neither contract nor determination nor 301."""
    crisis: bool = False
    """Outside the routes: answered by the crisis route, never by a ranking."""
    description: str
    synonyms: list[str] = Field(sa_column=_texts())
    sort: int = 0


class Need(SQLModel, table=True):
    """A need or circumstance that an offer may serve, exclude, or be meant for."""

    __tablename__ = "need"
    __table_args__ = (CheckConstraint("bit BETWEEN 0 AND 62", name="bit"),)

    code: str = Field(primary_key=True)
    bit: int = Field(unique=True)
    """Position in the masks of the matcher; never reused."""
    name: str
    synonyms: list[str] = Field(sa_column=_texts())


class Code(SQLModel, table=True):
    """One row of a national code list (iJw, CBS)."""

    __tablename__ = "code"

    list_code: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    list_name: str
    label: str
    release: str


class Product(SQLModel, table=True):
    """A standard product code (JZ021) with its category and CBS form of care."""

    __tablename__ = "product"

    code: str = Field(primary_key=True)
    name: str
    category_code: str | None = None
    variant: str | None = None
    cbs_form: str | None = None
