"""What a region aims at in its report for the council.

Revision ID: 0013
Revises: 0012
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | Sequence[str] | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "council_target",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("indicator ~ '^[a-z]+(-[a-z]+)*$'", name=op.f("ck_council_target_indicator")),
        sa.CheckConstraint("value BETWEEN 0 AND 100000", name=op.f("ck_council_target_value")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["youth_region.code"], name=op.f("fk_council_target_region_code_youth_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_target")),
    )
    op.create_index(op.f("ix_council_target_region_code"), "council_target", ["region_code"])
    op.execute(
        "CREATE TRIGGER council_target_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON council_target"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("council_target")
