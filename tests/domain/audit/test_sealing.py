"""Places in the chain: given once, to everything, and taken away behind a checkpoint only."""

import asyncio
from datetime import timedelta

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError

from domain import contacts
from domain.audit.anchors import Anchors
from domain.audit.sealer import Sealer
from domain.database import MAIN
from domain.errors import Unavailable
from domain.personal import Source
from tests.conftest import as_system
from tests.domain.audit.conftest import SECRET


class Away:
    """A store that nobody can reach."""

    async def create(self, *_):
        raise Unavailable("The store is away")


async def test_everything_gets_a_place_in_order(chain, busy, trail):
    await busy(3)
    assert await chain.seal() == len(await trail())
    assert [entry.position for entry in await trail()] == [*range(1, len(await trail()) + 1)]
    report = await chain.verify()
    assert (report.faults, report.anchors) == ([], 1)
    assert report.entries == report.head.position == len(await trail())


async def test_the_chain_goes_on(chain, busy, trail):
    for _ in range(3):
        await busy(2)
        assert await chain.seal()
    assert await chain.seal() == 0
    assert [entry.position for entry in await trail()] == [*range(1, len(await trail()) + 1)]
    report = await chain.verify()
    assert (report.faults, report.anchors) == ([], 3)


async def test_a_trail_that_is_not_sealed_yet_is_no_fault(chain, busy):
    await busy(1)
    assert await chain.faults() == []


async def test_one_run_seals_every_tenant(chain, busy, unit_of_work, other_scope):
    await busy(1)
    async with as_system(chain.urls):
        await chain.sealer.run()
        left = "SELECT id FROM audit_entry WHERE position IS NULL AND tenant_id = ANY($1::uuid[])"
        tenants = [chain.scope.tenant_id, other_scope.tenant_id]
        assert await get_connection(MAIN).execute_query_dict(left, [tenants]) == []


async def test_writers_and_sealers_at_once_lose_nothing(chain, busy, trail):
    writing = [asyncio.create_task(busy(4)) for _ in range(8)]
    for _ in range(4):
        await asyncio.gather(chain.seal(), chain.seal())
    await asyncio.gather(*writing)
    await chain.seal()
    entries = await trail()
    assert sum(entry.action == "contact.added" for entry in entries) == 32
    assert sorted(entry.position for entry in entries) == [*range(1, len(entries) + 1)]
    assert await chain.faults() == []


async def test_whoever_commits_late_comes_later(chain, busy, trail, unit_of_work, scope):
    written, sealed = asyncio.Event(), asyncio.Event()

    async def slowly():
        async with unit_of_work(scope) as uow:
            details = contacts.Details(name="Slow")
            added = await contacts.add(uow, details, source=Source.OWNER)
            written.set()
            await sealed.wait()
        return added.id

    slow = asyncio.create_task(slowly())
    await written.wait()
    await busy(1)
    await chain.seal()
    sealed.set()
    id = await slow
    await chain.seal()
    places = {entry.object_id: entry.position for entry in await trail()}
    assert places[id] == len(places)
    assert await chain.faults() == []


async def test_a_store_that_is_away_delays_the_anchor_only(chain, busy, store, clock, unit_of_work):
    await busy(1)
    async with as_system(chain.urls):
        sealer = Sealer(Away(), clock, unit_of_work.ids, SECRET)
        assert await sealer.seal(chain.scope.tenant_id)
        with pytest.raises(Unavailable):
            await sealer.anchor()
    assert (await chain.verify()).anchors == 0
    await chain.seal()
    assert (await chain.verify()).anchors == 1


async def test_another_seal_is_never_put_over_an_anchor(chain, busy, store, caplog):
    await busy(1)
    await chain.seal()
    [(name, _)] = await Anchors(store, chain.scope.tenant_id).all()
    before = await store.get(name)
    await chain.tamper("UPDATE audit_entry SET position = NULL WHERE tenant_id = $1")
    await chain.tamper("DELETE FROM audit_seal WHERE tenant_id = $1")
    await chain.tamper("UPDATE audit_entry SET via = 'nothing' WHERE tenant_id = $1")
    await chain.seal()
    assert await store.get(name) == before
    assert "was rewritten" in caplog.text
    assert "changed" in await chain.kinds()


async def test_old_entries_leave_behind_a_checkpoint(chain, busy, trail, clock):
    await busy(3)
    await chain.seal()
    clock.advance(timedelta(days=400))
    await busy(2)
    await chain.seal()
    old = [entry for entry in await trail() if entry.at < clock.now()]
    async with as_system(chain.urls):
        gone = await chain.sealer.expire(chain.scope.tenant_id, clock.now() - timedelta(days=1))
        assert await chain.sealer.expire(chain.scope.tenant_id, clock.now()) == 0
    assert gone == len(old)
    report = await chain.verify()
    assert (report.faults, report.entries) == ([], 2)
    await busy(1)
    await chain.seal()
    assert await chain.faults() == []


async def test_a_batch_stays_while_one_of_its_entries_does(chain, busy, clock):
    await busy(1)
    clock.advance(timedelta(days=2))
    await busy(1)
    await chain.seal()
    async with as_system(chain.urls):
        assert await chain.sealer.expire(chain.scope.tenant_id, clock.now()) == 0


async def test_everything_may_expire_and_the_chain_goes_on(chain, busy, clock):
    await busy(1)
    await chain.seal()
    clock.advance(timedelta(days=1))
    async with as_system(chain.urls):
        assert await chain.sealer.expire(chain.scope.tenant_id, clock.now())
    assert (await chain.verify()).entries == 0
    assert await chain.faults() == []
    await busy(1)
    await chain.seal()
    assert (await chain.verify()).entries == 1
    assert await chain.faults() == []


@pytest.mark.parametrize(
    ("attempt", "refusal", "words"),
    [
        ("UPDATE audit_entry SET hash = '' WHERE tenant_id = $1", IntegrityError, "chained once"),
        ("DELETE FROM audit_entry WHERE tenant_id = $1", IntegrityError, "behind a checkpoint"),
        ("UPDATE audit_entry SET via = '' WHERE tenant_id = $1", OperationalError, "denied"),
        ("UPDATE audit_seal SET hash = '' WHERE tenant_id = $1", OperationalError, "denied"),
        ("DELETE FROM audit_seal WHERE tenant_id = $1", OperationalError, "denied"),
        ("DELETE FROM audit_checkpoint WHERE tenant_id = $1", OperationalError, "denied"),
    ],
)
async def test_the_system_itself_cannot_rewrite_it(chain, busy, attempt, refusal, words):
    await busy(1)
    await chain.seal()
    async with as_system(chain.urls):
        with pytest.raises(refusal, match=words):
            await get_connection(MAIN).execute_query(attempt, [chain.scope.tenant_id])
