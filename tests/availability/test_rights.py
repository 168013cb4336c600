"""What the service may do in the database: all that its work needs, and nothing that the law forbids."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from availability.cli.expected import Stop
from availability.cli.migrate import upgrade
from availability.migrations import rights as rights_module
from availability.migrations.rights import SERVICE, grant_rights, let_in


@pytest.fixture
def service(session: Session) -> Iterator[Session]:
    session.execute(text(f"SET LOCAL ROLE {SERVICE}"))
    yield session
    session.execute(text("RESET ROLE"))


APPENDED = {
    "audit_entry",
    "capacity_statement",
    "case_event",
    "contract_change",
    "protection_table_statement",
    "published_figure",
    "published_period",
}


def rights(session: Session, table: str) -> set[str]:
    granted = text(
        "SELECT privilege_type FROM information_schema.table_privileges WHERE (table_name, grantee) = (:t, :r)"
    )
    return set(session.execute(granted, {"t": table, "r": SERVICE}).scalars())


@pytest.mark.parametrize("table", sorted(APPENDED))
def test_what_is_appended_only_can_be_read_and_added_to(session: Session, table: str) -> None:
    assert rights(session, table) == {"SELECT", "INSERT"}


def test_every_table_of_ours_has_rights_and_none_has_more(session: Session) -> None:
    tables = session.execute(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'")
    ).scalars()
    may = {table: rights(session, table) for table in tables}
    assert may.pop("alembic_version") == {"SELECT"}
    assert all({"SELECT", "INSERT"} <= each <= {"SELECT", "INSERT", "UPDATE", "DELETE"} for each in may.values())
    assert {table for table, each in may.items() if "DELETE" not in each} >= APPENDED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET subject = 'x'",
        "DELETE FROM case_event",
        "TRUNCATE offer",
        "ALTER TABLE offer DISABLE TRIGGER ALL",
        "DROP TABLE offer",
        "CREATE TABLE mine (id int)",
        "UPDATE alembic_version SET version_num = '0001'",
        "CREATE ROLE another SUPERUSER",
    ],
)
def test_the_service_changes_neither_the_past_nor_the_tables(service: Session, statement: str) -> None:
    with pytest.raises(ProgrammingError) as refused, service.begin_nested():
        service.execute(text(statement))
    assert isinstance(refused.value.orig, InsufficientPrivilege)


def test_the_service_forgets_the_audit_only_by_its_age(service: Session) -> None:
    assert service.scalar(text("SELECT forget_audit('infinity', 10)")) == 0


@pytest.mark.slow
def test_granting_again_changes_nothing_and_a_password_lets_the_service_in(own_database_url: str) -> None:
    for _ in range(2):
        grant_rights(own_database_url)
    with psycopg.connect(own_database_url) as owner:
        let_in(own_database_url, "een-wachtwoord")
        kept = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [SERVICE]).fetchone()
        owner.execute(f"ALTER ROLE {SERVICE} PASSWORD NULL")
    assert kept
    assert kept[0].startswith("SCRAM-SHA-256$")


@pytest.fixture
def owner_without_roles(server_url: str) -> Iterator[str]:
    """An empty database with PostGIS on somebody else's server, as its owner, who may make no roles."""
    name = f"zorg_owner_{os.getpid()}"
    url = make_url(server_url).set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(server_url, autocommit=True, dbname="postgres") as server:
        server.execute(f"CREATE ROLE {name}")
        server.execute(f"CREATE DATABASE {name} OWNER {name}")
        with psycopg.connect(url) as database:
            database.execute("CREATE EXTENSION postgis")
        server.execute(f"ALTER DATABASE {name} SET role = {name}")  # whoever comes in here is that owner
        yield url
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.execute(f"DROP ROLE {name}")


@pytest.mark.slow
def test_an_owner_who_makes_no_roles_gives_the_rights_and_is_told_to_set_the_password(
    owner_without_roles: str, template: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The template has made the role, as whoever runs such a server does."""
    monkeypatch.setenv("ZORG_SERVICE_PASSWORD", "een-wachtwoord")
    upgrade(owner_without_roles)
    assert "zet het wachtwoord zelf" in " ".join(capsys.readouterr().err.split())
    with psycopg.connect(owner_without_roles) as database:
        granted = database.execute("SELECT has_table_privilege(%s, 'offer', 'INSERT')", [SERVICE]).fetchone()
    assert granted == (True,)
    monkeypatch.setattr(rights_module, "SERVICE", "nobody_made_this_role")
    with pytest.raises(Stop, match="maak"):
        upgrade(owner_without_roles)
