"""The contact register: per youth region an owner, and whom to call for what.

Revision ID: 0010
Revises: 0009
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = (
    "kind IN ('local-team', 'trouble-shooter', 'certified-institution', 'veilig-thuis', 'child-protection-board',"
    " 'crisis-service', 'ret', 'regional-contact', 'care-broker', 'official')"
)


def upgrade() -> None:
    op.create_table(
        "contact_register",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("update_term_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("update_term_days BETWEEN 1 AND 730", name="update_term_days"),
        sa.ForeignKeyConstraint(["region_code"], ["youth_region.code"]),
        sa.PrimaryKeyConstraint("region_code"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("municipality_code", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(KINDS, name="kind"),
        sa.CheckConstraint("phone IS NOT NULL OR email IS NOT NULL OR website IS NOT NULL", name="reachable"),
        sa.ForeignKeyConstraint(["municipality_code"], ["municipality.code"]),
        sa.ForeignKeyConstraint(["region_code"], ["youth_region.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "uq_contact_name",
        "contact",
        ["region_code", sa.literal_column("coalesce(municipality_code, '')"), "kind", "name"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_table("contact")
    op.drop_table("contact_register")
