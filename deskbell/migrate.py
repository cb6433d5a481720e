"""Bringing both databases to the shape this code expects, one process at a time."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import asyncpg
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector

from deskbell.database import KEYRING_APPS, TORTOISE_ORM, connection, main_apps
from deskbell.migration_state import LateExecutor
from deskbell.roles import SHAPE_LOCK, Databases

OLDEST_POSTGRES = 17
PARTITIONED = ("audit_entry", "call_event", "turn", "turn_words")
MONTHS_AHEAD = 3

Progress = Callable[[str], object]


class OldPostgres(RuntimeError):
    """The server is older than what row-level security and partitions here rely on."""


async def migrate(databases: Databases, now: datetime, progress: Progress = lambda _: None) -> None:
    """Apply what is missing to the main and the keyring database."""
    async with _alone(databases.owner) as lock:
        version = lock.get_server_version().major
        if version < OLDEST_POSTGRES:
            raise OldPostgres(f"PostgreSQL {OLDEST_POSTGRES} or newer is needed, not {version}")
        await _apply("default", databases.owner, main_apps(), progress)
        await _apply("keyring", databases.keyring_owner, KEYRING_APPS, progress)
        for table in PARTITIONED:
            await lock.execute("SELECT ensure_partitions($1, $2, $3)", table, now, MONTHS_AHEAD)


async def pending(databases: Databases) -> list[str]:
    """The migrations that have not run yet, as `app.name`; raises if a database is silent."""
    main = await _plan("default", databases.owner, main_apps())
    return main + await _plan("keyring", databases.keyring_owner, KEYRING_APPS)


async def _require_answer(url: str) -> None:
    """Tortoise reads "cannot connect" as "nothing applied yet"; rule that out."""
    await (await asyncpg.connect(url)).close()


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[asyncpg.Connection]:
    """Hold the shape lock, on a connection that also proves the database answers."""
    lock = await asyncpg.connect(url)
    try:
        await lock.execute("SELECT pg_advisory_lock($1)", SHAPE_LOCK)
        yield lock
    finally:
        await lock.close()


@asynccontextmanager
async def _executor(name: str, url: str, apps: dict[str, Any]) -> AsyncIterator[LateExecutor]:
    async with TortoiseContext() as context:
        await context.init(config={"connections": {name: connection(url, pool=2)}, "apps": apps})
        yield LateExecutor(context.connections.get(name), apps)


async def _apply(name: str, url: str, apps: dict[str, Any], progress: Progress) -> None:
    def tell(step: str, app: str, migration: str) -> None:
        if step == "apply_start":
            progress(f"{app} {migration}")

    async with _executor(name, url, apps) as executor:
        await executor.migrate(direction="forward", progress=tell)


async def _plan(name: str, url: str, apps: dict[str, Any]) -> list[str]:
    await _require_answer(url)
    async with _executor(name, url, apps) as executor:
        steps = await executor.plan()
    return [f"{step.migration.app_label}.{step.migration.name}" for step in steps]


async def unwritten() -> list[str]:
    """Changes of models for which no migration has been written; needs no database."""
    apps = main_apps() | KEYRING_APPS
    async with TortoiseContext() as context:
        await context.init(config=TORTOISE_ORM)
        assert context.apps is not None
        writers = await MigrationAutodetector(context.apps, apps).changes()
    return [
        f"{writer.app_label}: {operation.describe()}"
        for writer in writers
        for operation in writer.operations
    ]
