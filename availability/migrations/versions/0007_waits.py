"""What is learnt of each offer's waits, beside what its provider states.

Revision ID: 0007
Revises: 0006
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "learnt_wait",
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("realised_wait", sa.REAL(), nullable=True),
        sa.Column("realised_spread", sa.REAL(), nullable=True),
        sa.Column("late_days", sa.REAL(), nullable=True),
        sa.Column("left_before", sa.REAL(), nullable=True),
        sa.Column("over_days", sa.REAL(), nullable=True),
        sa.Column("learnt_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "num_nulls(realised_wait, realised_spread, late_days) IN (0, 3)"
            " AND num_nulls(left_before, over_days) IN (0, 2)",
            name=op.f("ck_learnt_wait_together"),
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_learnt_wait_offer_id_offer")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_learnt_wait")),
    )
    for event, rows in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"), ("truncate", "")):
        transition = f"REFERENCING {rows} TABLE AS changed" if rows else ""
        op.execute(
            f"CREATE TRIGGER learnt_wait_board_{event} AFTER {event} ON learnt_wait {transition} FOR EACH STATEMENT"  # noqa: S608 - our own names
            " EXECUTE FUNCTION note_board_change('true', 'SELECT offer_id FROM changed')"
        )


def downgrade() -> None:
    op.drop_table("learnt_wait")
