"""Published periods.

Revision ID: 0008
Revises: 0007
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("published_period", "published_figure")


def upgrade() -> None:
    op.create_table(
        "published_period",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("method", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{4}-Q[1-4]$'", name=op.f("ck_published_period_code")),
        sa.CheckConstraint("last_day > first_day", name=op.f("ck_published_period_days")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_published_period")),
    )
    op.create_table(
        "published_figure",
        sa.Column("period_code", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("kind_level", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=True),
        sa.Column("waited_days", sa.Integer(), nullable=True),
        sa.Column("started", sa.Integer(), nullable=True),
        sa.Column("realised_days", sa.Integer(), nullable=True),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("stated_wait_days", sa.Integer(), nullable=True),
        sa.Column("stated_long_days", sa.Integer(), nullable=True),
        sa.Column("stated_age_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("area_code ~ '^(GM[0-9]{4}|JZ[0-9]{2}|NL)$'", name=op.f("ck_published_figure_area_code")),
        sa.CheckConstraint("kind_level IN ('all', 'family', 'care-type')", name=op.f("ck_published_figure_kind_level")),
        sa.CheckConstraint("least(waiting, started) >= 5", name=op.f("ck_published_figure_large_enough")),
        sa.ForeignKeyConstraint(
            ["period_code"], ["published_period.code"], name=op.f("fk_published_figure_period_code_published_period")
        ),
        sa.PrimaryKeyConstraint("period_code", "area_code", "kind_level", "kind", name=op.f("pk_published_figure")),
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
