"""What a human said of a provider's files is remembered.

Revision ID: 0009
Revises: 0008
"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0009"
down_revision: str | Sequence[str] | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "column_choice",
        sa.Column("provider_agb", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("header", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["provider_agb"], ["provider.agb_code"]),
        sa.PrimaryKeyConstraint("provider_agb", "header"),
    )
    op.create_table(
        "offer_choice",
        sa.Column("provider_agb", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"]),
        sa.ForeignKeyConstraint(["provider_agb"], ["provider.agb_code"]),
        sa.PrimaryKeyConstraint("provider_agb", "words"),
    )


def downgrade() -> None:
    op.drop_table("offer_choice")
    op.drop_table("column_choice")
