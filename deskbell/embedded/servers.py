"""Both embedded servers of one home folder: start, stop, status."""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from deskbell.embedded.account import account_for, make_folder
from deskbell.embedded.postgres import Postgres
from deskbell.embedded.process import Running
from deskbell.embedded.valkey import Valkey
from deskbell.embedded.wheels import Progress

NO_TUNING: Mapping[str, str] = MappingProxyType({})
# For tests: a power cut may ruin the data, a killed process does not.
DISPOSABLE: Mapping[str, str] = MappingProxyType(
    {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "200",
    }
)


@dataclass(frozen=True)
class Servers:
    """Where the running servers answer; the URLs carry passwords, so `repr` hides them."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    postgres: Running
    valkey: Running


@dataclass(frozen=True)
class Status:
    """What runs over a home folder; None for a server that does not."""

    postgres: Running | None
    valkey: Running | None


def silent(step: str) -> None:
    """Tell nobody about a step."""


def start(
    home: Path, *, tuning: Mapping[str, str] = NO_TUNING, progress: Progress = silent
) -> Servers:
    """Start or adopt both servers; `tuning` are settings for a PostgreSQL that is launched now."""
    home = home.resolve()
    make_folder(home, account_for(home))
    with _alone_in(home):
        postgres, valkey = _servers(home, tuning)
        database, queue = postgres.start(progress), valkey.start(progress)
        return Servers(postgres.url(database), valkey.url(queue), database, queue)


def stop(home: Path, *, progress: Progress = silent) -> None:
    """Stop both servers in good order; what they hold stays in the home folder."""
    home = home.resolve()
    if not home.exists():
        return
    with _alone_in(home):
        for server in reversed(_servers(home)):
            server.stop(progress)


def status(home: Path) -> Status:
    """Which servers of the home folder run, without touching them."""
    postgres, valkey = _servers(home.resolve())
    return Status(postgres.running(), valkey.running())


def _servers(home: Path, tuning: Mapping[str, str] = NO_TUNING) -> tuple[Postgres, Valkey]:
    return Postgres(home / "postgres", tuning), Valkey(home / "valkey")


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    """Hold the home folder's lock: two processes that start at once must not both create."""
    with (home / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
