"""Foundation: geography, vocabulary, supply, cases, stored rankings, audit and the change feed.

Revision ID: 0001
Revises:
"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from geoalchemy2 import Geography
from sqlalchemy.dialects import postgresql

from availability.board.tables import XID8

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are appended, never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER capacity_statement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON capacity_statement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
"""What was said and what was done stays: a correction is a new row."""


WORDS = (("provider", "name"), ("location", "place"), ("offer", "name"))
"""What is searched with typing errors allowed."""


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("record_kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("record_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_entry_record", "audit_entry", ["record_kind", "record_id"], unique=False)
    op.create_table(
        "board_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("xid", XID8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_board_change_xid", "board_change", ["xid"], unique=False)
    op.create_table(
        "care_type",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("family", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sectors", sa.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("cbs_form", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("product_categories", sa.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("stay", sa.Boolean(), nullable=False),
        sa.Column("general", sa.Boolean(), nullable=False),
        sa.Column("crisis", sa.Boolean(), nullable=False),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("synonyms", sa.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="code"),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("number"),
    )
    op.create_table(
        "certified_institution",
        sa.Column("agb_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("agb_code ~ '^[0-9]{8}$'", name="agb_code"),
        sa.PrimaryKeyConstraint("agb_code"),
    )
    op.create_table(
        "edition",
        sa.Column("data", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("data"),
    )
    op.create_table(
        "code",
        sa.Column("list_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("list_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("release", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("list_code", "code"),
    )
    op.create_table(
        "demo_account",
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("role", "organisation"),
    )
    op.create_geospatial_table(
        "municipality",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("short_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("synonyms", sa.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("province", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_year", sa.Integer(), nullable=False),
        sa.Column("youth_population", sa.Integer(), nullable=False),
        sa.Column("youth_population_year", sa.Integer(), nullable=False),
        sa.Column("youth_care_pct", sa.Float(), nullable=True),
        sa.Column(
            "centre",
            Geography(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeogFromText",
                name="geography",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("code ~ '^GM[0-9]{4}$'", name="code"),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "need",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("bit", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("synonyms", sa.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("bit BETWEEN 0 AND 62", name="bit"),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("bit"),
    )
    op.create_table(
        "product",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("category_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("variant", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("cbs_form", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "provider",
        sa.Column("agb_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("website", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("agb_code ~ '^[0-9]{8}$'", name="agb_code"),
        sa.PrimaryKeyConstraint("agb_code"),
    )
    op.create_table(
        "youth_region",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("also_known_as", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("code ~ '^JZ[0-9]{2}$'", name="code"),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("slug"),
    )
    op.create_geospatial_table(
        "area",
        sa.Column("municipality_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("loaded_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column(
            "outline",
            Geography(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeogFromText",
                name="geography",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
        ),
        sa.PrimaryKeyConstraint("municipality_code"),
    )
    op.create_geospatial_index(
        "idx_area_outline", "area", ["outline"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("provider_agb", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("scope", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("suspended_from", sa.Date(), nullable=True),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("update_term_days", sa.Integer(), nullable=False),
        sa.Column("answer_term_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("scope IN ('local', 'regional', 'supraregional', 'national')", name="scope"),
        sa.CheckConstraint("answer_term_days BETWEEN 1 AND 5", name="answer_term"),
        sa.CheckConstraint(
            "suspended_until IS NULL OR (suspended_from IS NOT NULL AND suspended_until >= suspended_from)",
            name="suspension",
        ),
        sa.CheckConstraint("update_term_days BETWEEN 1 AND 366", name="update_term"),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
        sa.ForeignKeyConstraint(
            ["provider_agb"],
            ["provider.agb_code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("provider_agb", "number"),
    )
    op.create_geospatial_table(
        "postcode",
        sa.Column("pc4", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("municipality_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column(
            "centre",
            Geography(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeogFromText",
                name="geography",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("pc4 ~ '^[1-9][0-9]{3}$'", name="pc4"),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
        ),
        sa.PrimaryKeyConstraint("pc4"),
    )
    op.create_geospatial_index(
        "idx_postcode_centre", "postcode", ["centre"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_index(op.f("ix_postcode_municipality_code"), "postcode", ["municipality_code"], unique=False)
    op.create_table(
        "region_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("region_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("valid", postgresql.DATERANGE(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("municipality_code"), "="),
            (sa.column("valid"), "&&"),
            using="gist",
            name="ex_region_membership_one_at_a_time",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
        ),
        sa.ForeignKeyConstraint(
            ["region_code"],
            ["youth_region.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_region_membership_municipality_code"), "region_membership", ["municipality_code"], unique=False
    )
    op.create_index(op.f("ix_region_membership_region_code"), "region_membership", ["region_code"], unique=False)
    op.create_table(
        "care_request",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("municipality_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("pc4", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("birth_month", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("care_type_codes", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("needed_from", sa.Date(), nullable=False),
        sa.Column("urgency", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("max_distance_km", sa.Float(), nullable=True),
        sa.Column("need_codes", sa.ARRAY(sa.String()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("gender", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("siblings", sa.Integer(), nullable=False),
        sa.Column("past_eighteen", sa.Boolean(), nullable=False),
        sa.Column("setting", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("birth_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'", name="birth_month"),
        sa.CheckConstraint("status IN ('open', 'closed')", name="status"),
        sa.CheckConstraint("urgency IN ('regular', 'urgent')", name="urgency"),
        sa.CheckConstraint("siblings BETWEEN 0 AND 12", name="siblings"),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
        ),
        sa.ForeignKeyConstraint(
            ["pc4"],
            ["postcode.pc4"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_care_request_municipality_code", "care_request", ["municipality_code"], unique=False)
    op.create_index("ix_care_request_organisation", "care_request", ["organisation"], unique=False)
    op.create_table(
        "contract_line",
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("care_type_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("area_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("area_code = 'NL' OR area_code ~ '^(GM[0-9]{4}|JZ[0-9]{2})$'", name="area_code"),
        sa.ForeignKeyConstraint(
            ["care_type_code"],
            ["care_type.code"],
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
        ),
        sa.PrimaryKeyConstraint("contract_id", "care_type_code", "area_code"),
    )
    op.create_index(
        "ix_contract_line_care_type_code_area_code", "contract_line", ["care_type_code", "area_code"], unique=False
    )
    op.create_geospatial_table(
        "location",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("provider_agb", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("pc4", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("municipality_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "point",
            Geography(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeogFromText",
                name="geography",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
        ),
        sa.ForeignKeyConstraint(
            ["pc4"],
            ["postcode.pc4"],
        ),
        sa.ForeignKeyConstraint(
            ["provider_agb"],
            ["provider.agb_code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_geospatial_index(
        "idx_location_point", "location", ["point"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_index(op.f("ix_location_municipality_code"), "location", ["municipality_code"], unique=False)
    op.create_index(op.f("ix_location_provider_agb"), "location", ["provider_agb"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("provider_agb", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("location_id", sa.BigInteger(), nullable=False),
        sa.Column("care_type_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("age_from", sa.Integer(), nullable=False),
        sa.Column("age_until", sa.Integer(), nullable=False),
        sa.Column("genders", sa.Integer(), nullable=False),
        sa.Column("setting", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("serves", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("excludes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("only_for", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("siblings", sa.Integer(), nullable=True),
        sa.Column("past_eighteen", sa.Boolean(), nullable=True),
        sa.Column("travels_km", sa.Float(), nullable=True),
        sa.Column("published_from", sa.Date(), nullable=False),
        sa.Column("published_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "setting IN ('home', 'location', 'school', 'online', 'family', 'group', 'secure')", name="setting"
        ),
        sa.CheckConstraint("age_from BETWEEN 0 AND 23 AND age_until BETWEEN age_from AND 23", name="ages"),
        sa.CheckConstraint("genders BETWEEN 1 AND 7", name="genders"),
        sa.CheckConstraint("published_until IS NULL OR published_until >= published_from", name="publication"),
        sa.CheckConstraint("serves & excludes = 0", name="needs"),
        sa.CheckConstraint("travels_km IS NULL OR travels_km BETWEEN 0 AND 400", name="travels_km"),
        sa.ForeignKeyConstraint(
            ["care_type_code"],
            ["care_type.code"],
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["location.id"],
        ),
        sa.ForeignKeyConstraint(
            ["provider_agb"],
            ["provider.agb_code"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_offer_care_type_code_provider_agb", "offer", ["care_type_code", "provider_agb"], unique=False)
    op.create_index(op.f("ix_offer_location_id"), "offer", ["location_id"], unique=False)
    op.create_index("ix_offer_provider_agb", "offer", ["provider_agb"], unique=False)
    op.create_table(
        "ranking",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("care_request_id", sa.Uuid(), nullable=False),
        sa.Column("ranked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ranked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("today", sa.Date(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weights_version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("question", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("candidates", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["care_request_id"],
            ["care_request.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_ranking_care_request_id"), "ranking", ["care_request_id"], unique=False)
    op.create_table(
        "capacity_statement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("total_places", sa.Integer(), nullable=False),
        sa.Column("occupied_places", sa.Integer(), nullable=False),
        sa.Column("reserved_places", sa.Integer(), nullable=False),
        sa.Column("open_places", sa.Integer(), nullable=False),
        sa.Column("intake_wait_days", sa.Integer(), nullable=False),
        sa.Column("treatment_wait_days", sa.Integer(), nullable=False),
        sa.Column("admission_stop", sa.Boolean(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("waiting_count", sa.Integer(), nullable=True),
        sa.Column("started_last_90_days", sa.Integer(), nullable=True),
        sa.Column("withdrawn_last_90_days", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stated_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("idempotency_key", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("source IN ('api', 'dashboard', 'import', 'confirmation', 'demo')", name="source"),
        sa.CheckConstraint(
            "intake_wait_days BETWEEN 0 AND 3650 AND treatment_wait_days BETWEEN 0 AND 3650", name="waits"
        ),
        sa.CheckConstraint(
            "open_places <= greatest(0, total_places - occupied_places - reserved_places)", name="open_places"
        ),
        sa.CheckConstraint(
            "total_places BETWEEN 0 AND 100000 AND occupied_places BETWEEN 0 AND 100000 AND reserved_places BETWEEN 0 AND 100000 AND open_places BETWEEN 0 AND 100000",
            name="places",
        ),
        sa.CheckConstraint(
            "waiting_count BETWEEN 0 AND 100000 AND started_last_90_days BETWEEN 0 AND 100000 AND withdrawn_last_90_days BETWEEN 0 AND 100000",
            name="counts",
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_capacity_statement_offer_id_id",
        "capacity_statement",
        ["offer_id", sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "uq_capacity_statement_idempotency",
        "capacity_statement",
        ["offer_id", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.create_table(
        "served_area",
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
        ),
        sa.PrimaryKeyConstraint("offer_id", "municipality_code"),
    )
    op.create_table(
        "current_capacity",
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("statement_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["capacity_statement.id"],
        ),
        sa.PrimaryKeyConstraint("offer_id"),
        sa.UniqueConstraint("statement_id"),
    )
    for table, column in WORDS:
        op.create_index(
            f"ix_{table}_{column}_words",
            table,
            [column],
            postgresql_using="gin",
            postgresql_ops={column: "gin_trgm_ops"},
        )
    op.execute(APPEND_ONLY)


def downgrade() -> None:
    op.execute("DROP FUNCTION refuse_change() CASCADE")
    op.drop_table("current_capacity")
    op.drop_table("served_area")
    op.drop_index(
        "uq_capacity_statement_idempotency",
        table_name="capacity_statement",
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.drop_index("ix_capacity_statement_offer_id_id", table_name="capacity_statement")
    op.drop_table("capacity_statement")
    op.drop_index(op.f("ix_ranking_care_request_id"), table_name="ranking")
    op.drop_table("ranking")
    op.drop_index("ix_offer_provider_agb", table_name="offer")
    op.drop_index(op.f("ix_offer_location_id"), table_name="offer")
    op.drop_index("ix_offer_care_type_code_provider_agb", table_name="offer")
    op.drop_table("offer")
    op.drop_index(op.f("ix_location_provider_agb"), table_name="location")
    op.drop_index(op.f("ix_location_municipality_code"), table_name="location")
    op.drop_geospatial_index("idx_location_point", table_name="location", postgresql_using="gist", column_name="point")
    op.drop_geospatial_table("location")
    op.drop_index("ix_contract_line_care_type_code_area_code", table_name="contract_line")
    op.drop_table("contract_line")
    op.drop_index("ix_care_request_organisation", table_name="care_request")
    op.drop_index("ix_care_request_municipality_code", table_name="care_request")
    op.drop_table("care_request")
    op.drop_index(op.f("ix_region_membership_region_code"), table_name="region_membership")
    op.drop_index(op.f("ix_region_membership_municipality_code"), table_name="region_membership")
    op.drop_table("region_membership")
    op.drop_index(op.f("ix_postcode_municipality_code"), table_name="postcode")
    op.drop_geospatial_index(
        "idx_postcode_centre", table_name="postcode", postgresql_using="gist", column_name="centre"
    )
    op.drop_geospatial_table("postcode")
    op.drop_table("contract")
    op.drop_geospatial_index("idx_area_outline", table_name="area", postgresql_using="gist", column_name="outline")
    op.drop_geospatial_table("area")
    op.drop_table("youth_region")
    op.drop_table("provider")
    op.drop_table("product")
    op.drop_table("need")
    op.drop_geospatial_table("municipality")
    op.drop_table("demo_account")
    op.drop_table("code")
    op.drop_table("edition")
    op.drop_table("certified_institution")
    op.drop_table("care_type")
    op.drop_index("ix_board_change_xid", table_name="board_change")
    op.drop_table("board_change")
    op.drop_index("ix_audit_entry_record", table_name="audit_entry")
    op.drop_table("audit_entry")
