"""Databases on a server: made when missing, removed on request."""

from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from availability.migrations.rights import SERVICE


def ensure_database(server_url: str, name: str) -> str:
    """The URL of the database `name` on this server, which is made when it is not there."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url_of(server_url, name)


def drop_database(server_url: str, name: str) -> None:
    """Removes a database, and whoever is still in it."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def as_service(url: str) -> str:
    """The same database of a private server for the service, which has fewer rights than its owner."""
    return urlsplit(url)._replace(netloc=f"{SERVICE}@").geturl()


def url_of(server_url: str, name: str) -> str:
    """The same server and caller, another database."""
    server = urlsplit(server_url)
    return f"postgresql://{server.netloc}/{quote(name)}" + (f"?{server.query}" if server.query else "")
