"""What a region must always have: the versions of each promise, and what was told of it.

Revision ID: 0011
Revises: 0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "guarantee_version",
        sa.Column("guarantee_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("region_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("care_type_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("family", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("age_from", sa.Integer(), nullable=True),
        sa.Column("age_until", sa.Integer(), nullable=True),
        sa.Column("reach", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("max_km", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("within_days", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("ended", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("stated_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("num_nonnulls(care_type_code, family) = 1", name="subject"),
        sa.CheckConstraint(
            "num_nulls(age_from, age_until) IN (0, 2) AND age_from BETWEEN 0 AND 23"
            " AND age_until BETWEEN age_from AND 23",
            name="ages",
        ),
        sa.CheckConstraint("reach IN ('municipality', 'region', 'neighbours', 'country')", name="reach"),
        sa.CheckConstraint("max_km BETWEEN 1 AND 400", name="max_km"),
        sa.CheckConstraint("places BETWEEN 1 AND 100", name="places"),
        sa.CheckConstraint("within_days BETWEEN 0 AND 365", name="within_days"),
        sa.CheckConstraint("valid_until >= valid_from", name="period"),
        sa.ForeignKeyConstraint(["care_type_code"], ["care_type.code"]),
        sa.ForeignKeyConstraint(["region_code"], ["youth_region.code"]),
        sa.PrimaryKeyConstraint("guarantee_id", "version"),
    )
    op.create_index(
        "ix_guarantee_version_region_code",
        "guarantee_version",
        ["region_code", "guarantee_id", sa.literal_column("version DESC")],
    )
    op.execute(
        "CREATE TRIGGER guarantee_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON guarantee_version"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "guarantee_told",
        sa.Column("guarantee_id", sa.Uuid(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("guarantee_id"),
    )


def downgrade() -> None:
    op.drop_table("guarantee_told")
    op.drop_table("guarantee_version")
