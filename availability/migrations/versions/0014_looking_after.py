"""Looking after the service: attempts that were refused are audited, what is old enough is forgotten, secrets are renewed.

Revision ID: 0014
Revises: 0013
"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


KEPT_FIVE_YEARS = """
DROP TRIGGER audit_entry_append_only ON audit_entry;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
    FOR EACH ROW WHEN (OLD.at > now() - interval '5 years') EXECUTE FUNCTION refuse_change();

CREATE FUNCTION forget_audit(before timestamptz, most integer) RETURNS bigint LANGUAGE sql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH old AS (SELECT ctid FROM audit_entry WHERE at < least(before, now() - interval '5 years') LIMIT most),
        gone AS (DELETE FROM audit_entry WHERE ctid = ANY (ARRAY(SELECT ctid FROM old)) RETURNING 1)
    SELECT count(*) FROM gone;
$$;
"""
"""The audit is kept five years (NEN 7513), by the database itself; what is older goes, in pieces of `most` rows. The
function runs with its owner's rights, for the service may delete nothing here by itself."""

NOTED = [
    f"CREATE TRIGGER area_board_{event} AFTER {event} ON area {transition} FOR EACH STATEMENT"  # noqa: S608 - our own names
    " EXECUTE FUNCTION note_board_change('false', 'SELECT NULL::bigint FROM changed')"
    for event, transition in (
        ("insert", "REFERENCING NEW TABLE AS changed"),
        ("update", "REFERENCING NEW TABLE AS changed"),
        ("delete", "REFERENCING OLD TABLE AS changed"),
        ("truncate", ""),
    )
]
"""Every worker reads the map anew when outlines change, as it does for the rest of the map."""

SAID_STAYS = """
CREATE TRIGGER case_note_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_note
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
"""What was said of an event stays, as the event itself does."""

NEVER_DELETED = """
DROP FUNCTION forget_audit(timestamptz, integer);
DROP TRIGGER audit_entry_kept ON audit_entry;
DROP TRIGGER audit_entry_append_only ON audit_entry;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("denied", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"], unique=False, postgresql_using="brin")
    op.execute(KEPT_FIVE_YEARS)
    op.execute(SAID_STAYS)
    for definition in NOTED:
        op.execute(definition)
    op.create_index("ix_notice_told_at", "notice", ["told_at"], unique=False)
    op.create_table(
        "former_secret",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhook.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_former_secret_webhook_id", "former_secret", ["webhook_id"], unique=False)


def downgrade() -> None:
    op.drop_table("former_secret")
    for event in ("insert", "update", "delete", "truncate"):
        op.execute(f"DROP TRIGGER area_board_{event} ON area")
    op.drop_index("ix_notice_told_at", table_name="notice")
    op.execute("DROP TRIGGER case_note_append_only ON case_note")
    op.execute(NEVER_DELETED)
    op.drop_index("ix_audit_entry_at", table_name="audit_entry", postgresql_using="brin")
    op.drop_column("audit_entry", "denied")
