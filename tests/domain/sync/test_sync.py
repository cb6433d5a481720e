"""A copy that asks for what changed since the last time misses nothing, whoever commits when."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from domain import contacts, sync
from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations
from domain.personal import Source
from domain.sync.models import SyncKind
from domain.sync.repository import Tombstones
from domain.sync.service import HORIZON, SKEW
from plugins.housekeeping import forget_tombstones
from tests.api.everything import own_everything
from tests.conftest import NOW, as_system
from tests.factories.callers import ring

A_SECOND = timedelta(seconds=1)
A_MINUTE = timedelta(minutes=1)
LONG_AGO = NOW - timedelta(days=365)


class Copy:
    """A copy of a tenant's contacts, as a client keeps it."""

    def __init__(self, unit_of_work, scope):
        self.unit_of_work, self.scope = unit_of_work, scope
        self.since = LONG_AGO
        self.held = {}

    async def catch_up(self):
        """One round; the ids that it brought."""
        async with self.unit_of_work(self.scope, read_only=True) as uow:
            until = await sync.complete_until(uow)
            changed = Contacts(uow).all().filter(updated_at__gte=self.since, updated_at__lt=until)
            rows = await Contacts(uow).page(changed.order_by("updated_at", "id"))
        self.held |= {row.id: row.name.read() for row in rows}
        self.since = until
        return [row.id for row in rows]


@pytest.fixture
def copy(unit_of_work, scope):
    return Copy(unit_of_work, scope)


@pytest.fixture
def add(unit_of_work, scope):
    async def add(name):
        async with unit_of_work(scope) as uow:
            details = contacts.Details(name=name)
            return (await contacts.add(uow, details, source=Source.OWNER)).id

    return add


@asynccontextmanager
async def slow(unit_of_work, scope, name):
    """A contact that is added, but not committed before this ends."""
    async with unit_of_work(scope) as uow:
        row = await contacts.add(uow, contacts.Details(name=name), source=Source.OWNER)
        yield row.id


async def test_what_is_committed_late_with_an_earlier_time_is_not_missed(
    unit_of_work, scope, clock, copy, add
):
    began, resume, ids = asyncio.Event(), asyncio.Event(), []

    async def write_slowly():
        async with slow(unit_of_work, scope, "Slow") as id:
            ids.append(id)
            began.set()
            await resume.wait()

    task = asyncio.create_task(write_slowly())
    await began.wait()
    clock.advance(A_SECOND)
    quick = await add("Quick")
    clock.advance(A_MINUTE)
    # The quick one has been committed, but whoever took it now would never ask for the slow one.
    assert await copy.catch_up() == []
    assert copy.since < NOW
    resume.set()
    await task
    assert await copy.catch_up() == [*ids, quick]
    assert await copy.catch_up() == []


async def test_a_writer_that_waits_for_its_connection_is_not_missed(
    unit_of_work, scope, clock, copy
):
    """The time of a change is learnt only after others can know that there is a writer."""
    async with unit_of_work(scope) as uow:
        assert uow.now >= NOW
        clock.advance(A_MINUTE)
        await copy.catch_up()
        row = await contacts.add(uow, contacts.Details(name="Late"), source=Source.OWNER)
    clock.advance(A_MINUTE)
    assert await copy.catch_up() == [row.id]


async def test_writers_of_other_tenants_hold_nobody_up(
    unit_of_work, scope, other_scope, clock, copy, add
):
    id = await add("Ours")
    async with unit_of_work(other_scope):
        clock.advance(A_MINUTE)
        assert await copy.catch_up() == [id]


async def test_readers_hold_nobody_up(unit_of_work, scope, clock, copy, add):
    id = await add("Ours")
    async with unit_of_work(scope, read_only=True):
        clock.advance(A_MINUTE)
        assert await copy.catch_up() == [id]


async def test_a_writer_that_fails_holds_nobody_up(unit_of_work, scope, clock, copy, add):
    id = await add("Ours")
    with pytest.raises(RuntimeError):
        async with unit_of_work(scope):
            raise RuntimeError
    clock.advance(A_MINUTE)
    assert await copy.catch_up() == [id]


async def test_clocks_may_differ_a_little(clock, copy, add):
    id = await add("Ours")
    clock.advance(SKEW)
    assert await copy.catch_up() == []
    clock.advance(A_SECOND)
    assert await copy.catch_up() == [id]


async def test_many_writers_and_a_copy_that_never_rests(unit_of_work, scope, clock, copy):
    """Whatever interleaves, the copy ends up with everything, and holds the last of each."""

    async def write(number):
        async with slow(unit_of_work, scope, f"Person {number}"):
            clock.advance(A_SECOND)
            await asyncio.sleep(0)
        return number

    async def copy_on(until):
        while not until.is_set():
            await copy.catch_up()

    done = asyncio.Event()
    copying = asyncio.create_task(copy_on(done))
    await asyncio.gather(*(write(number) for number in range(24)))
    done.set()
    await copying
    clock.advance(A_MINUTE)
    await copy.catch_up()
    assert sorted(copy.held.values()) == sorted(f"Person {number}" for number in range(24))


async def test_a_change_shows_when_it_was_made(unit_of_work, scope, clock, add):
    id = await add("Eve")
    clock.advance(A_MINUTE)
    async with unit_of_work(scope) as uow:
        changed = await contacts.update(uow, id, contacts.Details(name="Ada"))
        assert changed.updated_at == NOW + A_MINUTE
        assert (await Contacts(uow).get(id)).updated_at == NOW + A_MINUTE


async def test_a_change_that_passes_no_repository_shows_too(unit_of_work, scope, clock):
    caller = await ring(unit_of_work, scope)
    clock.advance(A_MINUTE)
    async with unit_of_work(scope) as uow:
        await Conversations(uow).all().filter(id=caller.conversation_id).update(language="es")
        row = await Conversations(uow).get(caller.conversation_id)
        assert row.updated_at == NOW + A_MINUTE


async def test_what_was_set_to_what_it_was_has_not_changed(unit_of_work, scope, clock):
    caller = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        before = (await Conversations(uow).get(caller.conversation_id)).updated_at
    clock.advance(A_MINUTE)
    async with unit_of_work(scope) as uow:
        rows = Conversations(uow).all().filter(id=caller.conversation_id)
        await rows.update(channel=(await rows.first()).channel)
        assert (await Conversations(uow).get(caller.conversation_id)).updated_at == before


async def tombs(unit_of_work, scope):
    async with unit_of_work(scope, read_only=True) as uow:
        rows = sync.gone_since(uow, list(SyncKind), NOW - A_MINUTE, NOW + timedelta(days=1))
        return {(row.kind, row.id): row.at for row in await rows}


async def test_what_goes_with_something_else_leaves_a_tombstone_too(unit_of_work, scope, clock):
    owned = await own_everything(unit_of_work, scope, "mark")
    clock.advance(A_MINUTE)
    async with unit_of_work(scope) as uow:
        row = await Contacts(uow).get(owned["Contact"])
        await Contacts(uow).remove(row)
        # The conversation outlives its contact: that is a change of it.
        conversation = await Conversations(uow).get(owned["Conversation"])
        assert conversation.contact_id is None
        assert conversation.updated_at == NOW + A_MINUTE
        await Conversations(uow).remove(conversation)
    gone = await tombs(unit_of_work, scope)
    assert dict(gone.keys()) == {
        "appointment": owned["Appointment"],
        "call": owned["Call"],
        "contact": owned["Contact"],
        "conversation": owned["Conversation"],
        "lead": owned["Lead"],
        "message": owned["Message"],
    }
    assert set(gone.values()) == {NOW + A_MINUTE}


async def test_what_was_not_deleted_after_all_leaves_none(unit_of_work, scope, add):
    id = await add("Eve")
    with pytest.raises(RuntimeError):
        async with unit_of_work(scope) as uow:
            await Contacts(uow).remove(await Contacts(uow).get(id))
            raise RuntimeError
    assert await tombs(unit_of_work, scope) == {}


async def test_a_tombstone_belongs_to_its_tenant(unit_of_work, scope, other_scope, add):
    id = await add("Eve")
    async with unit_of_work(scope) as uow:
        await Contacts(uow).remove(await Contacts(uow).get(id))
    assert set(await tombs(unit_of_work, scope)) == {("contact", id)}
    assert await tombs(unit_of_work, other_scope) == {}


async def test_deletions_are_known_for_ninety_days(unit_of_work, scope, clock, add, database):
    id = await add("Eve")
    async with unit_of_work(scope) as uow:
        await Contacts(uow).remove(await Contacts(uow).get(id))
    for passed, kept in ((HORIZON, 1), (timedelta(days=2), 0)):
        clock.advance(passed)
        async with as_system(database):
            await forget_tombstones(clock.now())
        async with unit_of_work(scope, read_only=True) as uow:
            assert await Tombstones(uow).all().count() == kept
            sync.gone_since(uow, list(SyncKind), uow.now - HORIZON, uow.now)
            with pytest.raises(sync.ResyncNeeded) as needed:
                sync.gone_since(uow, list(SyncKind), uow.now - HORIZON - A_SECOND, uow.now)
            assert needed.value.earliest == uow.now - HORIZON
