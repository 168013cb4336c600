"""What the service may do in the database: all that its work needs, and nothing that the law forbids."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from availability.migrations.rights import SERVICE, grant_rights


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
        grant_rights(own_database_url, "een-wachtwoord")
        kept = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [SERVICE]).fetchone()
        owner.execute(f"ALTER ROLE {SERVICE} PASSWORD NULL")
    assert kept
    assert kept[0].startswith("SCRAM-SHA-256$")
