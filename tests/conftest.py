"""One PostgreSQL and one Valkey for the whole run, a database for each worker, a tenant a test."""

import fcntl
import gc
import hashlib
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from tortoise import Tortoise
from tortoise.context import TortoiseContext, _current_context
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from deskbell import embedded
from deskbell.database import orm
from deskbell.migrate import migrate
from deskbell.roles import Databases, databases, prepare_server
from domain.clock import FixedClock
from domain.encryption import master_key_in
from domain.hunches import use_encoder
from domain.ids import RandomIds
from domain.keyring.store import DatabaseKeyStore
from domain.receptionist.nlu.meaning import use_embedder
from domain.scope import Scope, TenantKind
from domain.work import UnitsOfWork
from integrations.minilm import installed_encoder
from integrations.sentences import SentenceEncoder
from tenants.passwords import use_cost
from tests.factories.houses import open_operator
from tests.factories.tenants import open_tenant

pytest_plugins = ("tests.promise_results",)

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".cache" / "tests"
TEMPLATE = "template_deskbell"
IN_USE = pytest.StashKey[TextIO]()
# The relay's connections to databases that last as long as the run.
STANDING: dict[str, TortoiseContext] = {}
# A Monday morning in New York, two weeks after its clocks went back.
NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)

# Folders whose tests share what is costly, a deployment or all syntax trees: one worker runs them.
TOGETHER = ("tests/journeys/", "tests/faults/", "tests/deskbell/", "tests/architecture/")

# A worker holds millions of objects that stay; looking through them took a tenth of its time.
gc.set_threshold(100_000, 50, 100)

# Generated tests: nothing they say depends on how fast the machine is, and `make test-long` tries
# far more than a change has to wait for.
settings.register_profile(
    "usual", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30
)
settings.register_profile("thorough", settings.get_profile("usual"), max_examples=1_000)
settings.load_profile("usual")

# Hashing at the least cost that Argon2 allows: tests are about who signs in, not how slowly.
use_cost(memory_kib=8, rounds=1)
# As in every process of a deployment; loaded by the first test that needs it.
use_encoder(SentenceEncoder())
use_embedder(installed_encoder())


class ByDeployment(LoadFileScheduling):
    """A file stays on one worker, and so do the files of one deployment."""

    def _split_scope(self, nodeid: str) -> str:
        own = (folder for folder in TOGETHER if nodeid.startswith(folder))
        return next(own, super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByDeployment:
    """Who runs what."""
    return ByDeployment(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Calls in real time go first: at the end the other workers would wait for them."""
    items.sort(key=lambda item: not item.nodeid.startswith(TOGETHER[0]))


def pytest_collection_finish() -> None:
    """What was imported stays to the end: nobody need look whether it is garbage."""
    gc.collect()
    gc.freeze()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Say that the servers are in use, for as long as this run lasts."""
    if not hasattr(session.config, "workerinput"):
        HOME.mkdir(parents=True, exist_ok=True)
        session.config.stash[IN_USE] = (HOME / "in-use.lock").open("a")
        fcntl.flock(session.config.stash[IN_USE], fcntl.LOCK_SH)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the servers when the whole run is over, unless another run uses them."""
    if hasattr(session.config, "workerinput"):
        return
    try:
        fcntl.flock(session.config.stash[IN_USE], fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    embedded.stop(HOME)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say where the time went, by folder."""
    spent: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                spent[_folder(report.nodeid)] += report.duration
    terminalreporter.section("seconds by folder (workers added together)")
    for folder, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        terminalreporter.write_line(f"{seconds:8.1f}  {folder}")


def _folder(nodeid: str) -> str:
    return "/".join(nodeid.split("::", maxsplit=1)[0].split("/")[:3][:-1]) or "tests"


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Hold a lock that all workers share."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def shape() -> str:
    """A fingerprint of every migration: the template is made again when one changes."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/**/migrations/*.py")):
        if ".venv" not in path.parts:
            digest.update(path.read_bytes())
    digest.update((ROOT / "domain/tenant_tables.py").read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def servers() -> embedded.Servers:
    with alone("servers.lock"):
        return embedded.start(HOME, tuning=embedded.DISPOSABLE)


@pytest.fixture(scope="session")
async def template(servers: embedded.Servers) -> str:
    name = f"{TEMPLATE}_{shape()}"
    with alone("template.lock"):
        if not (HOME / f"{name}.made").exists():
            await _make_template(servers.database_url, name)
            (HOME / f"{name}.made").touch()
    return name


async def _make_template(url: str, name: str) -> None:
    connection = await asyncpg.connect(url)
    for database in (name, f"{name}_keyring"):
        await connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    await connection.close()
    await prepare_server(url, HOME, name, f"{name}_keyring")
    await migrate(databases(url, url, HOME, name), NOW)


async def clone(url: str, template: str, name: str) -> Databases:
    """A fresh copy of the template and its keyring."""
    connection = await asyncpg.connect(url)
    for suffix in ("", "_keyring"):
        made = f"{name}{suffix}"
        await connection.execute(f'DROP DATABASE IF EXISTS "{made}" WITH (FORCE)')
        await connection.execute(
            f'CREATE DATABASE "{made}" TEMPLATE "{template}{suffix}" OWNER app_owner'
        )
    await connection.close()
    return databases(url, url, HOME, name)


@pytest.fixture(scope="session")
async def database_urls(servers: embedded.Servers, template: str) -> AsyncIterator[Databases]:
    # The process is part of the name, so that two runs do not take each other's database away.
    name = f"test_{os.getpid()}"
    with alone("clone.lock"):
        urls = await clone(servers.database_url, template, name)
    yield urls
    await drop(servers.database_url, name)


@pytest.fixture
async def empty_database(servers: embedded.Servers, template: str) -> AsyncIterator[Databases]:
    """A database with nobody in it, for what looks at every tenant; the test works on it."""
    name = f"empty_{os.getpid()}"
    urls = await clone(servers.database_url, template, name)
    async with connected(urls.runtime, urls.keyring_runtime):
        yield urls
    await drop(servers.database_url, name)


async def drop(url: str, name: str) -> None:
    """Remove a copy and its keyring."""
    connection = await asyncpg.connect(url)
    for made in (name, f"{name}_keyring"):
        await connection.execute(f'DROP DATABASE IF EXISTS "{made}" WITH (FORCE)')
    await connection.close()


@asynccontextmanager
async def connected(main_url: str, keyring_url: str) -> AsyncIterator[None]:
    """Work on a database in one role, in this task and those it starts."""
    async with TortoiseContext() as context:
        await context.init(config=orm(main_url, keyring_url, pool=8))
        yield


@pytest.fixture(scope="session")
async def database(database_urls: Databases) -> AsyncIterator[Databases]:
    """This worker's database, connected as the API is: with row-level security."""
    await Tortoise.init(
        config=orm(database_urls.runtime, database_urls.keyring_runtime, pool=8),
        _enable_global_fallback=True,
    )
    async with _standing_by(database_urls):
        yield database_urls
    await Tortoise.close_connections()


@asynccontextmanager
async def _standing_by(urls: Databases) -> AsyncIterator[None]:
    """Keep the relay's connections open: making them anew takes longer than most tests."""
    system = TortoiseContext()
    await system.init(config=orm(urls.system, urls.keyring_system, pool=8))
    STANDING[urls.system] = system
    yield
    del STANDING[urls.system]
    await system.close_connections()


@asynccontextmanager
async def as_system(urls: Databases) -> AsyncIterator[None]:
    """Work as the relay does: every tenant is in sight."""
    if urls.system not in STANDING:
        async with connected(urls.system, urls.keyring_system):
            yield
        return
    before = _current_context.set(STANDING[urls.system])
    try:
        yield
    finally:
        _current_context.reset(before)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def unit_of_work(clock: FixedClock) -> UnitsOfWork:
    with alone("master.lock"):
        master = master_key_in(HOME / "master.key")
    return UnitsOfWork(master, DatabaseKeyStore(), clock, RandomIds())


@pytest.fixture
async def scope(database: Databases, unit_of_work: UnitsOfWork) -> Scope:
    """A member of staff at a fresh tenant who may do everything."""
    async with as_system(database):
        return await open_tenant(unit_of_work)


@pytest.fixture
async def other_scope(database: Databases, unit_of_work: UnitsOfWork) -> Scope:
    """The same at another tenant."""
    async with as_system(database):
        return await open_tenant(unit_of_work)


@pytest.fixture
async def agency(database: Databases, unit_of_work: UnitsOfWork) -> Scope:
    """The owner of an organisation that looks after nobody yet."""
    async with as_system(database):
        return await open_tenant(unit_of_work, kind=TenantKind.ORGANIZATION)


@pytest.fixture
async def other_agency(database: Databases, unit_of_work: UnitsOfWork) -> Scope:
    """The same at another organisation."""
    async with as_system(database):
        return await open_tenant(unit_of_work, kind=TenantKind.ORGANIZATION)


@pytest.fixture
async def staff(database: Databases, unit_of_work: UnitsOfWork) -> Scope:
    """Somebody of the operator, who has proved themselves twice, and just now."""
    async with as_system(database):
        return await open_operator(unit_of_work)
