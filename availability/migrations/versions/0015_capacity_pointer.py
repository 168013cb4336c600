"""What holds now is written sooner: one check for a whole call, and one line of news, however many offers it touches.

The pointer of an offer led to its statement by two keys and an index, each looked after row by row. Together they said
less than what is checked now, once per SQL statement: that it leads to a statement of that very offer. Statements are
never changed or deleted, so what was true when it was written stays true.

Revision ID: 0015
Revises: 0014
"""

from collections.abc import Sequence
from importlib import import_module

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHECK = """
CREATE FUNCTION check_current_capacity() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM changed
        LEFT JOIN capacity_statement said ON said.id = changed.statement_id AND said.offer_id = changed.offer_id
        WHERE said.id IS NULL
    ) THEN
        RAISE 'current_capacity leads to a statement of another offer, or to none' USING
            ERRCODE = 'foreign_key_violation', TABLE = 'current_capacity', CONSTRAINT = 'current_capacity_statement';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER current_capacity_statement_insert AFTER INSERT ON current_capacity
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION check_current_capacity();
CREATE TRIGGER current_capacity_statement_update AFTER UPDATE ON current_capacity
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION check_current_capacity();
"""
"""Each statement is looked up by its key, however many they are: a plan made for many would read the whole history for
one."""

ROOM_TO_UPDATE = "ALTER TABLE current_capacity SET (fillfactor = 50)"
"""The only index is on the offer, so a pointer is moved within its page, and no index hears of it."""

NOTE = """
CREATE OR REPLACE FUNCTION note_board_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    most CONSTANT integer := 20000;
    touched bigint[];
    too_many boolean := TG_OP = 'TRUNCATE';
BEGIN
    IF NOT too_many THEN
        IF NOT EXISTS (SELECT FROM changed) THEN RETURN NULL; END IF;
        SELECT count(*) > most INTO too_many FROM (SELECT FROM changed LIMIT most + 1) AS counted;
    END IF;
    IF NOT too_many THEN
        IF TG_ARGV[1] = 'SELECT offer_id FROM changed' THEN  -- the hot one: this plan is kept, the others' are not
            SELECT array_agg(DISTINCT offer_id) INTO touched FROM changed;
        ELSE
            EXECUTE format(
                'SELECT array_agg(offer) FROM (SELECT DISTINCT offer FROM (%s) AS touched (offer) LIMIT %s) AS told',
                TG_ARGV[1], most + 1
            ) INTO touched;
        END IF;
        IF touched IS NULL THEN RETURN NULL; END IF;
        too_many := cardinality(touched) > most OR array_position(touched, NULL) IS NOT NULL;
    END IF;
    IF too_many THEN
        INSERT INTO board_change (offer_ids) VALUES (NULL);
    ELSE
        INSERT INTO board_change (offer_ids, only_capacity) VALUES (touched, TG_ARGV[0]::boolean);
    END IF;
    PERFORM pg_notify('board', '');
    RETURN NULL;
END $$;
"""
"""Called with: whether only the capacity changed; and which offers are touched, as a query on `changed`. None of them:
nothing to tell. One of them unknown: too much to name."""

ALL_OF_IT = "UPDATE board_change SET offer_ids = ARRAY[offer_id] WHERE offer_id IS NOT NULL"


def upgrade() -> None:
    op.drop_constraint("fk_current_capacity_statement_id_capacity_statement", "current_capacity", type_="foreignkey")
    op.drop_constraint("fk_current_capacity_offer_id_offer", "current_capacity", type_="foreignkey")
    op.drop_constraint("uq_current_capacity_statement_id", "current_capacity", type_="unique")
    op.execute(ROOM_TO_UPDATE)
    op.execute(CHECK)
    op.add_column("board_change", sa.Column("offer_ids", sa.ARRAY(sa.BigInteger()), nullable=True))
    op.execute(ALL_OF_IT)
    op.drop_column("board_change", "offer_id")
    op.execute(NOTE)


def downgrade() -> None:
    before = import_module("availability.migrations.versions.0002_board_feed").NOTE
    op.execute(before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    op.add_column("board_change", sa.Column("offer_id", sa.BigInteger(), nullable=True))
    op.drop_column("board_change", "offer_ids")
    op.execute("DELETE FROM board_change")
    op.execute("INSERT INTO board_change (offer_id) VALUES (NULL)")  # who followed reads everything once more
    op.execute("DROP FUNCTION check_current_capacity() CASCADE")
    op.execute("ALTER TABLE current_capacity RESET (fillfactor)")
    op.create_unique_constraint("uq_current_capacity_statement_id", "current_capacity", ["statement_id"])
    op.create_foreign_key("fk_current_capacity_offer_id_offer", "current_capacity", "offer", ["offer_id"], ["id"])
    op.create_foreign_key(
        "fk_current_capacity_statement_id_capacity_statement",
        "current_capacity",
        "capacity_statement",
        ["statement_id"],
        ["id"],
    )
