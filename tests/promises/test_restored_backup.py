"""A backup of any age, restored beside the current keyring, shows nothing of who was erased."""

import os

import asyncpg
import pytest

from deskbell.roles import databases
from domain import calls
from domain.contacts.repository import Contacts
from domain.conversations.acts import Disposition
from domain.disposal.sweeper import Sweeper
from domain.erasure.replay import OLDEST_BACKUP, Replay
from domain.erasure.repository import Erasures
from domain.keyring.errors import KeyDestroyed
from tenants.service import job_scope
from tests.conftest import HOME, clone, connected, drop
from tests.factories.callers import ring
from tests.factories.calls import answered, record, sound
from tests.factories.erasures import Office
from tests.factories.tenants import open_tenant

AGES = ("before_the_call", "after_the_call", "amid_the_erasure")


@pytest.fixture
async def live(servers, template):
    """A deployment of its own, of which backups are made."""
    name = f"live_{os.getpid()}"
    yield await clone(servers.database_url, template, name)
    await drop(servers.database_url, name)
    for age in AGES:
        await drop(servers.database_url, f"{name}_{age}")


@pytest.fixture
def back_up(servers):
    """Copies the main database, and nothing of the keyring."""

    async def back_up(age):
        name = f"live_{os.getpid()}"
        connection = await asyncpg.connect(servers.database_url)
        await connection.execute(
            f'CREATE DATABASE "{name}_{age}" TEMPLATE "{name}" OWNER app_owner'
        )
        await connection.close()

    return back_up


def restored(servers, live, age):
    """The system's way into a backup, beside the keyring of today."""
    url = servers.database_url
    backup = databases(url, url, HOME, f"live_{os.getpid()}_{age}")
    return connected(backup.system, live.keyring_system)


@pytest.fixture
async def erased(live, back_up, unit_of_work, store, database):
    """Somebody who is gone, somebody who is not, and a backup of each age between."""
    way_in = (live.runtime, live.keyring_runtime)
    async with connected(live.system, live.keyring_system):
        scope = await open_tenant(unit_of_work)
    async with connected(*way_in):
        line = await answered(unit_of_work, scope)
        stays = await ring(unit_of_work, scope, name="Ben Stays")
    await back_up("before_the_call")
    async with connected(*way_in):
        await record(unit_of_work, store, line, sound(6))
        async with unit_of_work(line.scope) as uow:
            await calls.end(uow, line.call.id, Disposition.COMPLETED)
            await calls.settle_recording(uow, line.call.id)
            await calls.settle_summary(uow, line.call.id)
    await back_up("after_the_call")
    office = Office(unit_of_work, scope, live, store, rows=2)
    async with connected(*way_in):
        asked = await office.ask(line.caller.contact_id)
        await office.way.fan_out()
        await office.way.carry(*(one.dispatch for one in (await office.way.claim())[:1]))
    await back_up("amid_the_erasure")
    async with connected(*way_in):
        await office.work()
        assert (await office.look(asked.id)).state == "erased"
    return scope, line.caller.contact_id, stays.contact_id


@pytest.mark.promise("P065")
@pytest.mark.law("L25")
@pytest.mark.parametrize(
    "age", [AGES[-1], *(pytest.param(age, marks=pytest.mark.long) for age in AGES[:-1])]
)
async def test_a_backup_of_any_age_is_cleaned_before_anybody_is_served(
    *, age, servers, live, erased, unit_of_work, store
):
    scope, gone, stays = erased
    replay = Replay(unit_of_work, Sweeper(store), job_scope)
    async with restored(servers, live, age):
        await _shows_nothing(unit_of_work, scope, gone, age)
        found = await replay.of_tenant(scope.tenant_id)
        assert all(each.opened == 0 for each in found.legible)
        if age == "after_the_call":
            _says_what_could_be_read(found)
        async with unit_of_work(scope) as uow:
            [left] = await Contacts(uow).page(Contacts(uow).all())
        assert (left.id, left.name.read()) == (stays, "Ben Stays")
        assert await replay.run(unit_of_work.clock.now() - OLDEST_BACKUP) == {}


def _says_what_could_be_read(found):
    """Exactly what a thief of the backup reads: times, counts and fingerprints."""
    told = {each.table: set(each.plain) for each in found.legible}
    assert {"started_at", "language", "channel"} <= told["conversation"]
    seen = {"created_at", "email_index", "language", "last_seen_at", "phone_index"}
    assert told["contact"] == seen | {"restricted_at"}
    assert (found.contacts, found.conversations) == (1, 1)


async def _shows_nothing(unit_of_work, scope, contact_id, age):
    """Before the ledger is applied the rows are there, and nobody can open them."""
    async with unit_of_work(scope) as uow:
        if not await Contacts(uow).all().filter(id=contact_id).exists():
            assert age == "amid_the_erasure"
            assert await Erasures(uow).all().exists()
            return
        with pytest.raises(KeyDestroyed):
            await Contacts(uow).get(contact_id)
