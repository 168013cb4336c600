"""The change feed of the board: which offers changed in which transaction.

Filled by triggers on the tables of supply (see the migrations), so that supply need not know the board. A line for each
change, however many offers it touched; `offer_ids` none means: too much to name, reload.
"""

from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, Identity, Index, text
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel


class XID8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


ischema_names["xid8"] = XID8  # so that `alembic check` knows it when it meets it


class BoardChange(SQLModel, table=True):
    __tablename__ = "board_change"
    __table_args__ = (Index("ix_board_change_xid", "xid"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    xid: int = Field(sa_column=Column(XID8, nullable=False, server_default=text("pg_current_xact_id()")))
    offer_ids: list[int] | None = Field(default=None, sa_column=Column(ARRAY(BigInteger), nullable=True))
    only_capacity: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Neither contracts, nor names, nor places changed: what a board must read is less."""
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
