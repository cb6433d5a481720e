"""Servers and workers of our own, to be killed."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest
from asyncpg.exceptions._base import InternalClientError
from redis.asyncio import Redis
from tortoise.context import TortoiseContext

from deskbell import embedded
from deskbell.database import orm
from deskbell.deployment import NAME
from deskbell.embedded.ports import is_free
from deskbell.embedded.process import wait_until
from deskbell.queue import Nudger
from deskbell.roles import Databases, databases
from deskbell.worker import Role
from domain.clock import SystemClock
from domain.encryption import master_key_in
from domain.keyring.store import DatabaseKeyStore
from domain.scope import Scope
from domain.work import UnitsOfWork
from plugins import settings
from plugins.registry import Registry
from tests.conftest import as_system
from tests.factories.tenants import open_tenant
from tests.fakes.effects import uses
from tests.fakes.happenings import Happened
from tests.fakes.vendor import Vendor, vendor_server
from tests.faults.program import Ledger, begin
from tests.homes import furnish, open_folder

# The machine stays up, so what was written need not reach the disk; but it must be written.
TUNING = embedded.DISPOSABLE | {"synchronous_commit": "on"}
CONNECTION_LOST = (
    asyncpg.InterfaceError,
    InternalClientError,
    asyncpg.PostgresError,
    OSError,
)
# Looks for the end of the road; with the naps between them they take about a minute.
LOOKS = 400
NAP = 0.1
LOG_TAIL = 5_000
# Whoever is started dozens of times has its modules already; importing them takes seconds.
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload([begin.__module__])


@dataclass
class House:
    """Everything that one deployment runs, and the switches to break it."""

    home: Path
    servers: embedded.Servers
    urls: Databases
    vendor: Vendor
    scope: Scope
    unit_of_work: UnitsOfWork
    workers: dict[Role, ForkServerProcess] = field(default_factory=dict)
    expected: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))

    def start(self, role: Role, failing: float = 0.0) -> None:
        """Start a worker process with the database role of its kind only."""
        system = role is Role.SYSTEM
        own = {
            "MAIN_URL": self.urls.system if system else self.urls.runtime,
            "KEYRING_URL": self.urls.keyring_system if system else self.urls.keyring_runtime,
            "REDIS_URL": self.servers.redis_url,
            "VENDOR_URL": self.vendor.url,
            "MASTER_KEY": str(self.home / "master.key"),
            "FAILING": str(failing),
        }
        log = self.home / f"{role}.log"
        self.workers[role] = NURSERY.Process(target=begin, args=(role, own, log), daemon=True)
        self.workers[role].start()

    def kill(self, role: Role) -> None:
        """Kill a worker as the kernel does when memory runs out."""
        worker = self.workers.pop(role)
        worker.kill()
        worker.join()

    def stop(self) -> None:
        for worker in self.workers.values():
            worker.terminate()
        for worker in self.workers.values():
            worker.join()
        # Shown if the test has failed.
        for role in Role:
            sys.stdout.write((self.home / f"{role}.log").read_text()[-LOG_TAIL:])

    def crash_database(self) -> None:
        postgres = self.servers.postgres
        os.kill(postgres.pid, signal.SIGKILL)
        # Its orphans hold the port for a moment; started too early, it would choose another one.
        assert wait_until(lambda: is_free(postgres.port), seconds=10)
        self.servers = embedded.start(self.home / "servers", tuning=TUNING)

    def restart_queue(self) -> None:
        valkey = self.servers.valkey
        os.kill(valkey.pid, signal.SIGKILL)
        # One that is still dying could be taken for one that runs.
        assert wait_until(lambda: is_free(valkey.port), seconds=10)
        self.servers = embedded.start(self.home / "servers", tuning=TUNING)

    async def flush_queue(self) -> None:
        async with Redis.from_url(self.servers.redis_url) as redis:
            await redis.flushall()

    async def happen(self, things: list[UUID], times: int) -> None:
        """Let something happen to some things, so many times each, in as many units of work."""
        for _ in range(times):
            async with self.unit_of_work(self.scope) as uow:
                for thing in things:
                    self.expected[thing] += 1
                    uow.record(Happened(thing_id=thing, number=self.expected[thing]))

    async def lines(self) -> list[str]:
        """What the handlers wrote in our database, in order."""
        async with self.unit_of_work(self.scope) as uow:
            return await uses(uow)

    async def forget_month(self) -> None:
        """Take the partition of this month away, as if nobody had made it."""
        # The words of turns hang on the turns, and their months on each other.
        words = self._month().replace("turn_", "turn_words_")
        await self._as_owner(f"DROP TABLE {words}, {self._month()} CASCADE")

    async def has_month(self) -> bool:
        """Whether this month's turns have a partition."""
        return bool(await self._as_owner(f"SELECT to_regclass('{self._month()}')"))

    async def comes_true(self, condition: Callable[[], Awaitable[bool]]) -> bool:
        """Whether a condition holds before patience runs out."""
        for _ in range(LOOKS):
            if await condition():
                return True
            await asyncio.sleep(NAP)
        return False

    def _month(self) -> str:
        return f"turn_{SystemClock().now():%Y%m}"

    async def _as_owner(self, query: str) -> object:
        connection = await asyncpg.connect(self.urls.owner)
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()

    async def all_done(self) -> list[str]:
        """Wait until every event has had its effect; returns the effects."""
        wanted = sum(self.expected.values())
        lines: list[str] = []
        for _ in range(LOOKS):
            # Our own connections die with the database too; the next look has fresh ones.
            with suppress(*CONNECTION_LOST):
                lines = await self.lines()
            if len(lines) >= wanted:
                break
            await asyncio.sleep(NAP)
        return lines

    async def vendor_called(self) -> None:
        """Wait until a handler is in the middle of its call."""
        self.vendor.called.clear()
        assert await asyncio.to_thread(self.vendor.called.wait, LOOKS * NAP)

    def wanted(self) -> list[str]:
        return [
            f"{thing}:{number}"
            for thing, times in self.expected.items()
            for number in range(1, times + 1)
        ]


def things(count: int) -> list[UUID]:
    """Aggregates that something can happen to."""
    return [uuid4() for _ in range(count)]


@pytest.fixture(scope="session")
async def servers_to_break() -> AsyncIterator[tuple[Path, embedded.Servers, Databases]]:
    with open_folder() as folder:
        home = folder / "home"
        await furnish(home)
        servers = embedded.start(home / "servers", tuning=TUNING)
        url = servers.database_url
        yield home, servers, databases(url, url, home, NAME)
        embedded.stop(home / "servers")


@pytest.fixture
async def house(servers_to_break) -> AsyncIterator[House]:
    """A running deployment with one tenant."""
    home, _, urls = servers_to_break
    servers = embedded.start(home / "servers", tuning=TUNING)
    await _forget_others(urls.owner)
    nudger = Nudger(servers.redis_url)
    master = master_key_in(home / "master.key")
    work = UnitsOfWork(master, DatabaseKeyStore(), nudge=nudger)
    async with as_system(urls):
        scope = await open_tenant(work)
    with vendor_server() as vendor:
        async with connected(urls):
            await _enable_ledger(work, scope, vendor)
            house = House(home, servers, urls, vendor, scope, work)
            yield house
            house.stop()
    await nudger.close()


async def _forget_others(url: str) -> None:
    """Take away what deployments before this one have left to do; it would be done here first."""
    connection = await asyncpg.connect(url)
    await connection.execute("TRUNCATE outbox, delivery, delivery_attempt CASCADE")
    await connection.close()


@asynccontextmanager
async def connected(urls: Databases) -> AsyncIterator[None]:
    """Work as the API does, on an engine that survives a crash of the database."""
    async with TortoiseContext() as context:
        await context.init(config=orm(urls.runtime, urls.keyring_runtime))
        yield


async def _enable_ledger(work: UnitsOfWork, scope: Scope, vendor: Vendor) -> None:
    registry = Registry(plugins=(Ledger(vendor.url, 0),))
    async with work(scope) as uow:
        await settings.enable(uow, registry, "ledger")
