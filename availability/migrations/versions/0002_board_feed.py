"""The board's feed: every change of supply is noted with its transaction, and wakes the boards.

Revision ID: 0002
Revises: 0001
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


NOTE = """
CREATE FUNCTION note_board_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    most CONSTANT integer := 20000;
    too_many boolean := TG_OP = 'TRUNCATE';
    noted integer;
BEGIN
    IF NOT too_many THEN
        SELECT count(*) > most INTO too_many FROM (SELECT FROM changed LIMIT most + 1) AS counted;
    END IF;
    IF NOT too_many THEN
        EXECUTE format(
            'INSERT INTO board_change (offer_id, only_capacity) SELECT DISTINCT offer, %s FROM (%s) AS touched (offer) LIMIT %s',
            TG_ARGV[0], TG_ARGV[1], most + 1
        );
        GET DIAGNOSTICS noted = ROW_COUNT;
        IF noted = 0 THEN RETURN NULL; END IF;
        too_many := noted > most;
    END IF;
    IF too_many THEN
        INSERT INTO board_change (offer_id) VALUES (NULL);
    END IF;
    PERFORM pg_notify('board', '');
    RETURN NULL;
END $$;
"""
"""Called with: whether only the capacity changed; and which offers are touched, as a query on `changed`.

Equal notifications of one transaction are sent once. A notification takes a lock on the whole database until its
transaction is on disk, so what writes often writes in groups.
"""

TOUCHES: dict[str, tuple[bool, str]] = {
    "current_capacity": (True, "SELECT offer_id FROM changed"),
    "offer": (False, "SELECT id FROM changed"),
    "served_area": (False, "SELECT offer_id FROM changed"),
    "contract_line": (
        False,
        "SELECT o.id FROM changed JOIN contract c ON c.id = changed.contract_id"
        " JOIN offer o ON o.provider_agb = c.provider_agb AND o.care_type_code = changed.care_type_code",
    ),
    "contract": (
        False,
        "SELECT o.id FROM changed JOIN contract_line line ON line.contract_id = changed.id"
        " JOIN offer o ON o.provider_agb = changed.provider_agb AND o.care_type_code = line.care_type_code",
    ),
    "location": (False, "SELECT o.id FROM changed JOIN offer o ON o.location_id = changed.id"),
    "provider": (False, "SELECT o.id FROM changed JOIN offer o ON o.provider_agb = changed.agb_code"),
    **dict.fromkeys(
        ("care_type", "need", "municipality", "postcode", "youth_region", "region_membership"),
        (False, "SELECT NULL::bigint FROM changed"),
    ),
}
"""Per table: whether only the capacity changes by it, and which offers its rows touch. The map and the words touch all."""

MOVES = ("contract", "contract_line", "served_area")
"""Tables whose rows can come to touch another offer: of an update also what was there counts."""


def triggers() -> Iterator[str]:
    """The definition of every trigger. A transition table belongs to one event, so each event has its own."""
    for table, (only_capacity, offers) in TOUCHES.items():
        events = [("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"), ("truncate", "")]
        if table in MOVES:
            events.append(("update", "OLD"))
        for event, rows in events:
            name = "_".join(filter(None, (table, "board", event, rows.lower())))
            transition = f"REFERENCING {rows} TABLE AS changed" if rows else ""
            yield (
                f"CREATE TRIGGER {name} AFTER {event} ON {table} {transition} FOR EACH STATEMENT"
                f" EXECUTE FUNCTION note_board_change('{str(only_capacity).lower()}', '{offers}')"
            )


def upgrade() -> None:
    op.add_column(
        "board_change", sa.Column("only_capacity", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.execute(NOTE)
    for definition in triggers():
        op.execute(definition)


def downgrade() -> None:
    op.execute("DROP FUNCTION note_board_change() CASCADE")
    op.drop_column("board_change", "only_capacity")
