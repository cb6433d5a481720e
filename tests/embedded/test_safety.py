from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import redis

from deskbell.embedded import Servers
from deskbell.embedded.process import command_line


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"),
        ("fsync", "off"),
        ("max_connections", "200"),
    ],
)
async def test_postgres_runs_with_our_settings(servers: Servers, setting: str, value: str) -> None:
    connection = await asyncpg.connect(servers.database_url)
    try:
        assert await connection.fetchval("SELECT current_setting($1)", setting) == value
    finally:
        await connection.close()


async def test_postgres_refuses_a_wrong_password(servers: Servers) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(servers.database_url, password="guess")


def test_valkey_refuses_without_password(servers: Servers) -> None:
    with (
        redis.Redis(port=servers.valkey.port) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()


def test_valkey_writes_an_append_only_file(servers: Servers) -> None:
    with redis.Redis.from_url(servers.redis_url, decode_responses=True) as client:
        settings = client.config_get("appendonly", "appendfsync", "save", "bind")

    assert settings == {
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "bind": "127.0.0.1",
    }


def test_passwords_stay_out_of_sight(servers: Servers) -> None:
    database = urlsplit(servers.database_url).password or ""
    queue = urlsplit(servers.redis_url).password or ""

    assert len(database) == len(queue) == 48
    visible = [repr(servers), command_line(servers.postgres.pid), command_line(servers.valkey.pid)]
    assert not any(database in text or queue in text for text in visible)


@pytest.mark.parametrize("name", ["password", "port", "log", "data"])
def test_postgres_files_are_closed_to_others(served_home: Path, name: str) -> None:
    assert (served_home / "postgres" / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["secret.conf", "port", "log", "data"])
def test_valkey_files_are_closed_to_others(served_home: Path, name: str) -> None:
    assert (served_home / "valkey" / name).stat().st_mode & 0o077 == 0
