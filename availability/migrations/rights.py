"""What the service may do in the database: less than who migrates it.

The tables belong to their owner, who migrates and loads. The service reads and writes rows as `zorg_service`; where
rows are appended only, it has no right to change or delete them. Which tables those are is asked of the database: they
have the trigger that refuses a change.
"""

import psycopg
from psycopg import sql

SERVICE = "zorg_service"
"""The same name for every database of a server: a role has rights in each by itself."""

_GRANTS = f"""
DO $$
DECLARE
    every record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{SERVICE}') THEN
        BEGIN
            CREATE ROLE {SERVICE} LOGIN;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;  -- another migration made it just now
            WHEN insufficient_privilege THEN RETURN;  -- an owner who makes no roles: the service works as that owner
        END;
    END IF;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO {SERVICE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {SERVICE};
    FOR every IN
        SELECT format('%I.%I', schemaname, tablename) AS name,
            tablename = 'alembic_version' AS only_read,
            EXISTS (
                SELECT FROM pg_trigger
                WHERE tgrelid = format('%I.%I', schemaname, tablename)::regclass
                  AND tgfoid = 'public.refuse_change'::regproc AND (tgtype & 16) > 0  -- before an UPDATE
            ) AS only_appended
        FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user  -- PostGIS has tables of its own
    LOOP
        EXECUTE 'REVOKE ALL ON ' || every.name || ' FROM {SERVICE}';
        EXECUTE 'GRANT SELECT'
            || CASE WHEN every.only_read THEN '' WHEN every.only_appended THEN ', INSERT'
                ELSE ', INSERT, UPDATE, DELETE' END
            || ' ON ' || every.name || ' TO {SERVICE}';
    END LOOP;
END $$
"""  # noqa: S608 - our own name


def grant_rights(url: str) -> None:
    """Make the role, if this owner may, and give it what it needs in this database, after every migration."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_GRANTS)


def let_in(url: str, password: str) -> None:
    """Let the service in by this password. It goes as a SCRAM verifier, so that no log of the server can hold it.

    Raises InsufficientPrivilege when this owner may not, and UndefinedObject when there is no such role.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        verifier = connection.pgconn.encrypt_password(password.encode(), SERVICE.encode(), b"scram-sha-256")
        statement = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}")
        connection.execute(statement.format(sql.Identifier(SERVICE), sql.Literal(verifier.decode())))
