import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import redis

from deskbell import embedded
from deskbell.embedded import DISPOSABLE, OtherMajor, ServerFailed, Servers, Status
from deskbell.embedded.process import Running, command_line, wait_until


async def sql(url: str, *statements: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        return await connection.fetchval(statements[-1])
    finally:
        await connection.close()


@contextmanager
def valkey(url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(url, decode_responses=True) as client:
        yield client


def slay(server: Running) -> None:
    os.kill(server.pid, signal.SIGKILL)
    assert wait_until(lambda: command_line(server.pid) == "", seconds=10)


@contextmanager
def frozen(pid: int) -> Iterator[Callable[[], None]]:
    def thaw() -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)

    os.kill(pid, signal.SIGSTOP)
    try:
        yield thaw
    finally:
        thaw()


async def test_rows_survive_a_killed_postmaster(home: Path) -> None:
    before = embedded.start(home)
    await sql(before.database_url, "CREATE TABLE call AS SELECT 7 AS id", "SELECT 1")
    slay(before.postgres)

    after = embedded.start(home)

    assert after.postgres.pid != before.postgres.pid
    assert after.database_url == before.database_url
    assert await sql(after.database_url, "SELECT id FROM call") == 7


async def test_waits_for_sessions_of_a_dead_postmaster(home: Path) -> None:
    before = embedded.start(home, tuning=DISPOSABLE)
    session = await asyncpg.connect(before.database_url)
    backend = await session.fetchval("SELECT pg_backend_pid()")
    steps: list[str] = []
    # Frozen, it cannot notice that its postmaster is gone and still holds the shared memory.
    with frozen(backend) as thaw:
        slay(before.postgres)

        def on_step(step: str) -> None:
            steps.append(step)
            if "held up" in step:
                thaw()

        after = embedded.start(home, tuning=DISPOSABLE, progress=on_step)

    session.terminate()
    assert "PostgreSQL is held up, trying again" in steps
    assert await sql(after.database_url, "SELECT 1") == 1


def test_valkey_keeps_its_keys_when_killed(home: Path) -> None:
    before = embedded.start(home, tuning=DISPOSABLE)
    with valkey(before.redis_url) as client:
        # Every write is on disk before its answer; by default that may take another second.
        client.config_set("appendfsync", "always")
        client.set("job", "remind")
    slay(before.valkey)

    after = embedded.start(home, tuning=DISPOSABLE)

    assert after.valkey.pid != before.valkey.pid
    with valkey(after.redis_url) as client:
        assert client.get("job") == "remind"


def test_running_servers_are_adopted(servers: Servers, served_home: Path) -> None:
    steps: list[str] = []

    again = embedded.start(served_home, progress=steps.append)

    assert again == servers
    assert steps == []


def test_a_symlinked_home_is_the_same_home(
    servers: Servers, served_home: Path, shelter: Path
) -> None:
    other_name = shelter / "also-home"
    other_name.symlink_to(served_home)

    assert embedded.start(other_name) == servers


async def test_stopped_servers_come_back_unchanged(home: Path) -> None:
    before = embedded.start(home, tuning=DISPOSABLE)
    await sql(before.database_url, "CREATE TABLE call AS SELECT 7 AS id", "SELECT 1")

    embedded.stop(home)

    assert embedded.status(home) == Status(postgres=None, valkey=None)
    after = embedded.start(home, tuning=DISPOSABLE)
    assert (after.database_url, after.redis_url) == (before.database_url, before.redis_url)
    assert await sql(after.database_url, "SELECT id FROM call") == 7
    assert "is shut down" in (home / "postgres" / "log.previous").read_text()


def test_status_names_what_runs(servers: Servers, served_home: Path) -> None:
    assert embedded.status(served_home) == Status(servers.postgres, servers.valkey)


def test_stopping_nothing_creates_nothing(shelter: Path) -> None:
    home = shelter / "home"

    embedded.stop(home)

    assert embedded.status(home) == Status(postgres=None, valkey=None)
    assert not home.exists()


def test_two_homes_do_not_collide(home: Path, servers: Servers, served_home: Path) -> None:
    mine = embedded.start(home, tuning=DISPOSABLE)

    running = (mine.postgres, mine.valkey, servers.postgres, servers.valkey)
    assert len({server.port for server in running}) == 4
    urls = (mine.database_url, mine.redis_url, servers.database_url, servers.redis_url)
    assert len({urlsplit(url).password for url in urls}) == 4
    assert embedded.status(served_home) == Status(servers.postgres, servers.valkey)


async def test_a_taken_port_is_given_up(home: Path) -> None:
    before = embedded.start(home, tuning=DISPOSABLE)
    embedded.stop(home)

    with socket.create_server(("127.0.0.1", before.postgres.port)):
        after = embedded.start(home, tuning=DISPOSABLE)

    assert after.postgres.port != before.postgres.port
    assert after.valkey.port == before.valkey.port
    assert await sql(after.database_url, "SELECT 1") == 1


def test_another_major_is_refused(home: Path) -> None:
    embedded.start(home, tuning=DISPOSABLE)
    embedded.stop(home)
    version = home / "postgres" / "data" / "PG_VERSION"
    version.write_text("16\n")

    with pytest.raises(
        OtherMajor, match=r"pg_dumpall of version 16, or move the folder"
    ) as refusal:
        embedded.start(home)

    assert refusal.value.found == 16
    assert version.read_text() == "16\n"


def test_pid_of_a_stranger_is_ignored(home: Path) -> None:
    before = embedded.start(home, tuning=DISPOSABLE)
    slay(before.postgres)
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    _, _, rest = pid_file.read_text().partition("\n")
    # As after a container's restart: the number now belongs to a process of the same account.
    pid_file.write_text(f"{before.valkey.pid}\n{rest}")

    after = embedded.start(home, tuning=DISPOSABLE)

    assert after.postgres.pid not in {before.postgres.pid, before.valkey.pid}
    assert after.valkey == before.valkey


def test_half_made_cluster_is_made_again(home: Path) -> None:
    leftover = home / "postgres" / "data.new"
    leftover.mkdir(parents=True)
    (leftover / "PG_VERSION").write_text("18\n")

    embedded.start(home, tuning=DISPOSABLE)

    assert not leftover.exists()


def test_failed_start_quotes_the_log(home: Path) -> None:
    with pytest.raises(ServerFailed, match="PostgreSQL did not start") as failure:
        embedded.start(home, tuning={"fsync": "off", "no_such_setting": "1"})

    assert 'unrecognized configuration parameter "no_such_setting"' in failure.value.log
    assert embedded.status(home).postgres is None


def test_slow_steps_are_told(home: Path) -> None:
    steps: list[str] = []

    embedded.start(home, tuning=DISPOSABLE, progress=steps.append)
    embedded.stop(home, progress=steps.append)

    created = steps.index("creating the PostgreSQL data folder")
    assert steps[created + 1] == "starting PostgreSQL"
    assert steps[-2:] == ["stopping Valkey", "stopping PostgreSQL"]
