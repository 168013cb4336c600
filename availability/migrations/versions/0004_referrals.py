"""Referrals, refusals, options, the network and the RET's table; a held place is seen on the boards.

Revision ID: 0004
Revises: 0003
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


OPTION_EVENTS = (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"), ("truncate", ""))

TOUCHED = "SELECT offer_id FROM changed"

TABLES = (
    "ret_registration",
    "place_option",
    "refusal",
    "referral",
    "network_request",
    "network_member",
    "enrolment_form",
)


def option_triggers() -> Iterator[str]:
    """A place that is held or comes free changes what a board shows of the capacity of its offer."""
    for event, rows in OPTION_EVENTS:
        name = "_".join(filter(None, ("place_option_board", event, rows.lower())))
        transition = f"REFERENCING {rows} TABLE AS changed" if rows else ""
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON place_option {transition} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION note_board_change('true', '{TOUCHED}')"
        )


def _id() -> sa.Column:
    return sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)


def _instant(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _codes(name: str) -> sa.Column:
    return sa.Column(name, sa.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False)


def upgrade() -> None:
    op.create_index(
        "ix_case_event_refers_to", "case_event", ["refers_to"], postgresql_where=sa.text("refers_to IS NOT NULL")
    )
    op.execute("CREATE SEQUENCE refusal_number")
    op.create_table(
        "enrolment_form",
        _id(),
        sa.Column("care_request_id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        _instant("filled_in_at"),
        sa.Column("filled_in_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["care_request_id"], ["care_request.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_enrolment_form_care_request_id", "enrolment_form", ["care_request_id"])
    op.create_table(
        "network_member",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("provider_agb", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
        sa.ForeignKeyConstraint(["region_code"], ["youth_region.code"]),
        sa.ForeignKeyConstraint(["provider_agb"], ["provider.agb_code"]),
        sa.PrimaryKeyConstraint("region_code", "provider_agb", "valid_from"),
    )
    op.create_table(
        "network_request",
        _id(),
        sa.Column("care_request_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        _instant("asked_at"),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["care_request_id"], ["care_request.id"]),
        sa.ForeignKeyConstraint(["form_id"], ["enrolment_form.id"]),
        sa.ForeignKeyConstraint(["region_code"], ["youth_region.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_network_request_care_request_id", "network_request", ["care_request_id"])
    op.create_table(
        "referral",
        _id(),
        sa.Column("care_request_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("provider_agb", sa.String(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("network_request_id", sa.Uuid(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        _instant("sent_at"),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("offer_id IS NOT NULL OR network_request_id IS NOT NULL", name="put_to"),
        sa.ForeignKeyConstraint(["care_request_id"], ["care_request.id"]),
        sa.ForeignKeyConstraint(["form_id"], ["enrolment_form.id"]),
        sa.ForeignKeyConstraint(["provider_agb"], ["provider.agb_code"]),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"]),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["network_request_id"], ["network_request.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_referral_care_request_id", "referral", ["care_request_id"])
    op.create_index("ix_referral_offer_id", "referral", ["offer_id"])
    op.create_index("ix_referral_provider_agb", "referral", ["provider_agb", sa.text("sent_on DESC")])
    op.create_index(
        "uq_referral_network_member",
        "referral",
        ["network_request_id", "provider_agb"],
        unique=True,
        postgresql_where=sa.text("network_request_id IS NOT NULL"),
    )
    op.create_table(
        "refusal",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("care_request_id", sa.Uuid(), nullable=False),
        sa.Column("provider_agb", sa.String(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        _instant("issued_at"),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _codes("need_codes"),
        sa.Column("explanation", sa.String(), nullable=True),
        sa.Column("start_possible_on", sa.Date(), nullable=True),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("statement_then", sa.String(), nullable=True),
        sa.Column("profile_then", sa.String(), nullable=True),
        sa.Column("question_then", sa.String(), nullable=False),
        sa.Column("stated_open", sa.Integer(), nullable=True),
        sa.Column("sharpened_on", sa.Date(), nullable=True),
        sa.CheckConstraint("number ~ '^AW-[0-9]{4}-[0-9]{6,}$'", name="number"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"]),
        sa.ForeignKeyConstraint(["care_request_id"], ["care_request.id"]),
        sa.ForeignKeyConstraint(["provider_agb"], ["provider.agb_code"]),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"]),
        sa.PrimaryKeyConstraint("number"),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"]),
        sa.UniqueConstraint("event_id"),
    )
    op.create_index("ix_refusal_referral_id", "refusal", ["referral_id"])
    op.create_index("ix_refusal_offer_id", "refusal", ["offer_id"])
    op.create_index("ix_refusal_care_request_id_offer_id", "refusal", ["care_request_id", "offer_id"])
    op.create_table(
        "place_option",
        _id(),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("care_request_id", sa.Uuid(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        _instant("held_at"),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.String(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name="ended"),
        sa.CheckConstraint("ended_how IN ('released', 'used', 'expired')", name="ended_how"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"]),
        sa.ForeignKeyConstraint(["care_request_id"], ["care_request.id"]),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_place_option_care_request_id", "place_option", ["care_request_id"])
    op.create_index(
        "uq_place_option_running",
        "place_option",
        ["offer_id", "care_request_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "ret_registration",
        _id(),
        sa.Column("care_request_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("ranking_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        _instant("registered_at"),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["care_request_id"], ["care_request.id"]),
        sa.ForeignKeyConstraint(["form_id"], ["enrolment_form.id"]),
        sa.ForeignKeyConstraint(["ranking_id"], ["ranking.id"]),
        sa.ForeignKeyConstraint(["region_code"], ["youth_region.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ret_registration_care_request_id", "ret_registration", ["care_request_id"])
    op.create_index("ix_ret_registration_region_code", "ret_registration", ["region_code"])
    for definition in option_triggers():
        op.execute(definition)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.execute("DROP SEQUENCE refusal_number")
    op.drop_index("ix_case_event_refers_to", "case_event")
