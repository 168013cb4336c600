"""Alembic's way in: every noun's tables, PostGIS left alone, one transaction for one upgrade."""

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection

import availability.access.tables
import availability.board.tables
import availability.cases.tables
import availability.clockwork.tables
import availability.contacts.tables
import availability.contract_lists.tables
import availability.contracts.tables
import availability.council.tables
import availability.editions
import availability.geography.tables
import availability.guarantees.tables
import availability.intake.tables
import availability.matching.tables
import availability.outbox.tables
import availability.products.tables
import availability.protection_tables.tables
import availability.publication.tables
import availability.referrals.tables
import availability.supply.tables
import availability.vocabulary.tables
import availability.waits.tables  # noqa: F401 - the imports register the tables
from availability.database import make_engine, metadata
from availability.settings import Settings


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=alembic_helpers.include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    engine = make_engine(context.config.attributes.get("url") or Settings().database_url)
    with engine.connect() as connection:
        _migrate(connection)
    engine.dispose()
