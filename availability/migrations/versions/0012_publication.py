"""Indicators per region, and the waits of the local teams, beside the published waiting times.

Revision ID: 0012
Revises: 0011
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | Sequence[str] | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TEAM_COLUMNS = ("team_talks", "team_wait_days", "team_waiting")


def upgrade() -> None:
    op.create_table(
        "published_indicator",
        sa.Column("period_code", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("whole", sa.Integer(), nullable=True),
        sa.Column("value", sa.Numeric(), nullable=True),
        sa.CheckConstraint("area_code ~ '^JZ[0-9]{2}$'", name=op.f("ck_published_indicator_area_code")),
        sa.CheckConstraint("indicator ~ '^[a-z]+(-[a-z]+)*$'", name=op.f("ck_published_indicator_indicator")),
        sa.CheckConstraint(
            "part BETWEEN 0 AND whole AND (part IS NULL OR whole IS NOT NULL)",
            name=op.f("ck_published_indicator_part_of_whole"),
        ),
        sa.CheckConstraint(
            "indicator IN ('statements-on-time', 'always-there', 'family-places')"
            " OR coalesce(whole, 5) >= 5 AND coalesce(least(part, whole - part), 5) >= 5",
            name=op.f("ck_published_indicator_large_enough"),
        ),
        sa.ForeignKeyConstraint(
            ["period_code"], ["published_period.code"], name=op.f("fk_published_indicator_period_code_published_period")
        ),
        sa.PrimaryKeyConstraint("period_code", "area_code", "indicator", name=op.f("pk_published_indicator")),
    )
    op.execute(
        "CREATE TRIGGER published_indicator_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON published_indicator"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    for column in TEAM_COLUMNS:
        op.add_column("published_figure", sa.Column(column, sa.Integer(), nullable=True))
    op.create_check_constraint(
        op.f("ck_published_figure_team_large_enough"), "published_figure", "least(team_talks, team_waiting) >= 5"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_published_figure_team_large_enough"), "published_figure")
    for column in reversed(TEAM_COLUMNS):
        op.drop_column("published_figure", column)
    op.drop_table("published_indicator")
