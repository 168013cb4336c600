"""What happens to a case, appended; which enrolment route holds where; where there is a care broker.

Revision ID: 0003
Revises: 0002
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

APPEND_ONLY = """
CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""

FIRST_ROUTE = "INSERT INTO enrolment_route (area_code, valid_from, route) VALUES ('NL', '2021-01-01', '301')"
"""The regional vision of 2021 brought the two routes; an area that says nothing works by the local access."""

OPENED_BEFORE = """
INSERT INTO case_event
    (care_request_id, kind, occurred_on, recorded_at, recorded_by, role, organisation, values)
SELECT id, 'opened', (opened_at AT TIME ZONE 'Europe/Amsterdam')::date, opened_at, opened_by,
    CASE WHEN organisation LIKE 'GM%' THEN 'local-team' ELSE 'youth-protection' END, organisation,
    jsonb_build_object('route', '301', 'municipality', municipality_code, 'region', coalesce((
        SELECT region_code FROM region_membership membership
        WHERE membership.municipality_code = care_request.municipality_code
          AND valid @> (opened_at AT TIME ZONE 'Europe/Amsterdam')::date
    ), ''))
FROM care_request
"""
"""Cases that were there before their history was kept."""

CLOSED_BEFORE = """
INSERT INTO case_event (care_request_id, kind, occurred_on, recorded_by, role, organisation)
SELECT id, 'withdrawn', CURRENT_DATE, opened_by,
    CASE WHEN organisation LIKE 'GM%' THEN 'local-team' ELSE 'youth-protection' END, organisation
FROM care_request WHERE status = 'closed'
"""

STATUSES = "status IN ('open', 'started', 'closed')"
"""Between searching and being over, care runs: its evaluations are watched."""


def upgrade() -> None:
    op.create_table(
        "enrolment_route",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.CheckConstraint("area_code ~ '^(GM[0-9]{4}|JZ[0-9]{2}|NL)$'", name="area_code"),
        sa.CheckConstraint("route IN ('301', '315')", name="route"),
        sa.PrimaryKeyConstraint("area_code", "valid_from"),
    )
    op.create_table(
        "care_broker",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["youth_region.code"]),
        sa.PrimaryKeyConstraint("region_code", "valid_from"),
    )
    op.create_table(
        "case_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("care_request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("on_behalf_of", sa.String(), nullable=True),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("refers_to", sa.BigInteger(), nullable=True),
        sa.Column("values", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=True),
        sa.Column("idempotency_digest", sa.String(), nullable=True),
        sa.CheckConstraint("kind ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="kind"),
        sa.CheckConstraint("jsonb_typeof(values) = 'object'", name="values"),
        sa.CheckConstraint("(idempotency_key IS NULL) = (idempotency_digest IS NULL)", name="idempotency"),
        sa.ForeignKeyConstraint(["care_request_id"], ["care_request.id"]),
        sa.ForeignKeyConstraint(["refers_to"], ["case_event.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "case_note",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("notes", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"]),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("ix_case_event_care_request_id_id", "case_event", ["care_request_id", "id"])
    op.create_index("ix_case_event_recorded_at", "case_event", ["recorded_at"])
    op.create_index(
        "ix_case_event_party_kind", "case_event", ["party", "kind"], postgresql_where=sa.text("party IS NOT NULL")
    )
    op.create_index(
        "ix_case_event_referral_id",
        "case_event",
        ["referral_id"],
        postgresql_where=sa.text("referral_id IS NOT NULL"),
    )
    op.create_index(
        "uq_case_event_idempotency",
        "case_event",
        ["organisation", "recorded_by", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.drop_constraint(op.f("ck_care_request_status"), "care_request", type_="check")
    op.create_check_constraint(op.f("ck_care_request_status"), "care_request", STATUSES)
    for statement in (APPEND_ONLY, FIRST_ROUTE, OPENED_BEFORE, CLOSED_BEFORE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_care_request_status"), "care_request", type_="check")
    op.execute("UPDATE care_request SET status = 'closed' WHERE status = 'started'")
    op.create_check_constraint(op.f("ck_care_request_status"), "care_request", "status IN ('open', 'closed')")
    op.drop_table("case_note")
    op.drop_table("case_event")
    op.drop_table("care_broker")
    op.drop_table("enrolment_route")
