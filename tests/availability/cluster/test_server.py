import os
import pwd
import signal
import stat
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from availability.cluster import Server, drop_database, ensure_database, place_of
from availability.cluster.processes import started_at
from availability.cluster.troubles import ForeignOwner, NotACluster, OtherVersion, ProgramFailed, StillInUse

pytestmark = pytest.mark.slow  # each makes a database server


def remember(url: str, word: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS memory (word text)")
        connection.execute("INSERT INTO memory VALUES (%s)", [word])


def remembered(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM memory")]


def postmaster(server: Server) -> int:
    return int((server.place.data / "postmaster.pid").read_text().splitlines()[0])


def test_runs_while_it_is_used_and_keeps_what_was_written(server: Server) -> None:
    with server.in_use() as url:
        remember(url, "wilg")
    assert not server.answers()
    with server.in_use() as url:
        assert remembered(url) == ["wilg"]


def test_the_last_to_leave_stops_it(server: Server) -> None:
    with server.in_use():
        with server.in_use() as url:
            remember(url, "wilg")
        assert server.answers()
    assert not server.answers()


def test_a_server_that_was_started_on_purpose_stays_until_it_is_stopped(server: Server) -> None:
    server.start()
    with server.in_use() as url:
        remember(url, "wilg")
    assert server.answers()
    server.stop()
    assert not server.answers()


def _word_of_its_own(state: Path, word: str) -> None:
    with Server(place_of(state)).in_use() as url:
        ensure_database(url, word)


def test_processes_that_come_at_once_make_one_server_together(server: Server) -> None:
    words = ["wilg", "beuk", "eik", "es"]
    with ProcessPoolExecutor(len(words)) as pool:
        list(pool.map(_word_of_its_own, [server.place.state] * len(words), words))
    assert not server.answers()
    with server.in_use() as url, psycopg.connect(url) as connection:
        names = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
    assert names > set(words)


def test_has_postgis_and_the_settings_of_a_small_machine(server: Server) -> None:
    with server.in_use() as url, psycopg.connect(ensure_database(url, "zorg")) as connection:
        connection.execute("CREATE EXTENSION postgis")
        for setting, value in {"jit": "off", "shared_preload_libraries": "postgis-3"}.items():
            assert connection.execute("SELECT current_setting(%s)", [setting]).fetchone() == (value,)


def test_listens_on_no_port_and_its_door_is_closed_to_others(server: Server) -> None:
    with server.in_use() as url:
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_setting('listen_addresses')").fetchone() == ("",)
        assert stat.S_IMODE(server.place.sockets.stat().st_mode) == 0o700
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            psycopg.connect(url.replace("zorg@", "postgres@"))


def test_the_callers_own_postgresql_settings_lead_nowhere_else(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGHOST": "nowhere.example", "PGPORT": "1", "PGDATA": "/nowhere", "PGUSER": "nobody"}.items():
        monkeypatch.setenv(name, value)
    with server.in_use() as url:
        remember(url, "wilg")


def test_what_a_failing_statement_says_of_a_child_stays_out_of_the_log(server: Server) -> None:
    with server.in_use() as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE child (reference text PRIMARY KEY)")
            connection.execute("INSERT INTO child VALUES ('dossier-7')")
            connection.commit()
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO child VALUES ('dossier-7')")
        log = server.place.log.read_text()
    assert "child_pkey" in log
    assert "dossier-7" not in log


def test_a_cluster_whose_making_was_cut_short_is_made_again(server: Server) -> None:
    server.place.prepare()
    server.place.unfinished.mkdir()
    (server.place.unfinished / "PG_VERSION").write_text("15\n")
    with server.in_use() as url:
        remember(url, "wilg")
    assert not server.place.unfinished.exists()


def test_a_killed_server_is_started_again_with_what_it_knew(server: Server) -> None:
    with server.in_use() as url:
        remember(url, "wilg")
        os.kill(postmaster(server), signal.SIGKILL)
    with server.in_use() as url:
        assert remembered(url) == ["wilg"]


def test_a_stale_note_whose_number_is_now_another_process_does_not_stand_in_the_way(server: Server) -> None:
    with server.in_use() as url:
        remember(url, "wilg")
    note = f"{os.getpid()}\n{server.place.data}\n1700000000\n5432\n{server.place.sockets}\n\n  1 1\nready   \n"
    (server.place.data / "postmaster.pid").write_text(note)
    server.place.socket.with_name(".s.PGSQL.5432.lock").write_text(note)
    with server.in_use() as url:
        assert remembered(url) == ["wilg"]
    assert started_at(os.getpid())


def test_data_that_is_no_cluster_asks_for_a_fresh_start_and_gets_it(server: Server) -> None:
    server.place.prepare()
    server.place.data.mkdir()
    with pytest.raises(NotACluster, match="make demo ARGS=--fresh"), server.in_use():
        pass
    server.destroy()
    with server.in_use() as url:
        remember(url, "wilg")


def test_data_of_another_version_is_left_alone(server: Server) -> None:
    server.place.prepare()
    server.place.data.mkdir()
    (server.place.data / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(OtherVersion, match=r"gemaakt met PostgreSQL 9\.6"), server.in_use():
        pass
    assert (server.place.data / "PG_VERSION").exists()


def test_a_server_that_cannot_start_shows_its_last_words(server: Server) -> None:
    with server.in_use():
        pass
    (server.place.data / "postgresql.conf").write_text("no_such_setting = on\n")
    with pytest.raises(ProgramFailed, match="no_such_setting"), server.in_use():
        pass


def test_nothing_is_destroyed_under_somebody_who_uses_it(server: Server) -> None:
    with server.in_use() as url:
        with pytest.raises(StillInUse):
            server.destroy()
        remember(url, "wilg")


def test_folders_of_somebody_else_are_refused(server: Server) -> None:
    server.place.prepare()
    stranger = replace(server.place, owner=pwd.getpwnam("nobody"))
    with pytest.raises(ForeignOwner, match="van een andere gebruiker"):
        stranger.prepare()


def test_a_database_is_made_once_and_dropped_with_whoever_is_in_it(server: Server) -> None:
    with server.in_use() as url:
        remember(ensure_database(url, "zorg"), "wilg")
        again = ensure_database(url, "zorg")
        assert remembered(again) == ["wilg"]
        with psycopg.connect(again):
            drop_database(url, "zorg")
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(again)
