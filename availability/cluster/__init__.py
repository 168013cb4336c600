"""A private PostgreSQL + PostGIS for this clone, from the PostgreSQL that is installed.

With ZORG_DATABASE_URL set nobody calls it: the database is then an operator's own.
"""

import atexit
from contextlib import ExitStack
from functools import cache

from availability.cluster.databases import as_service, drop_database, ensure_database, url_of
from availability.cluster.place import Place, place_of
from availability.cluster.server import Server
from availability.cluster.troubles import ClusterTrouble

__all__ = [
    "ClusterTrouble",
    "Place",
    "Server",
    "as_service",
    "drop_database",
    "ensure_cluster",
    "ensure_database",
    "place_of",
    "url_of",
]


@cache
def ensure_cluster() -> str:
    """The URL of this clone's running server (database `postgres`, a role that may do all); ours until we exit."""
    until_exit = ExitStack()
    atexit.register(until_exit.close)
    return until_exit.enter_context(Server(place_of()).in_use())
