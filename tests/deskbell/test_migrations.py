"""The shape of the databases: made once, by one process at a time, and never by accident."""

import shutil
from contextlib import asynccontextmanager

import asyncpg
import pytest

from deskbell import embedded
from deskbell import migrate as migrations
from deskbell.database import KEYRING_APPS, MAIN_APPS
from deskbell.migrate import OldPostgres, migrate, pending, unwritten
from tests.architecture.source import ROOMS, ROOT
from tests.conftest import NOW

APPLIED = "SELECT app, name, count(*) FROM tortoise_migrations GROUP BY app, name"
COLUMN = "    slug = labelled(fields.CharField(max_length=63), DataClass.BUSINESS)\n"
HEAVY = shutil.ignore_patterns("__pycache__", "*.wav", "*.npz", ".cache")


@asynccontextmanager
async def connected(url):
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The rooms in another place, to be changed."""
    folder = tmp_path_factory.mktemp("checkout")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=HEAVY)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_two_first_migrations_at_once_both_succeed(first_migrations):
    _, both = first_migrations
    assert [done.returncode for done in both] == [0, 0], both[0].stderr + both[1].stderr


async def test_each_migration_is_applied_once(house):
    urls = house.deployment().databases
    for url, apps in ((urls.owner, MAIN_APPS), (urls.keyring_owner, KEYRING_APPS)):
        async with connected(url) as connection:
            applied = await connection.fetch(APPLIED)
        assert {row["app"] for row in applied} == set(apps)
        assert {row["count"] for row in applied} == {1}


async def test_nothing_is_left_to_apply(house):
    assert await pending(house.deployment().databases) == []


async def test_a_database_that_does_not_answer_is_not_unmigrated(house):
    urls = house.deployment().databases
    embedded.stop(house.home / "servers")
    with pytest.raises(OSError, match="Connect call failed"):
        await pending(urls)


async def test_an_old_postgres_is_refused(database, monkeypatch):
    monkeypatch.setattr(migrations, "OLDEST_POSTGRES", 99)
    with pytest.raises(OldPostgres, match="PostgreSQL 99 or newer is needed"):
        await migrate(database, NOW)


async def test_every_model_has_its_migration():
    assert await unwritten() == []


def test_the_check_passes_where_nothing_changed(house, copy):
    assert house.run("migrate", "--check", at=copy).returncode == 0


def test_the_check_fails_when_a_model_changes(house, copy):
    models = copy / "tenants/models.py"
    before = models.read_text()
    assert COLUMN in before
    added = COLUMN.replace("slug", "motto").replace("=63", '=80, default=""')
    models.write_text(before.replace(COLUMN, COLUMN + added))
    done = house.run("migrate", "--check", at=copy)
    models.write_text(before)
    assert done.returncode == 1
    assert "No migration for: tenants: " in done.stderr
    assert "motto" in done.stderr
