"""Stored sound after the call: removed when it must go, closed when its writer died."""

from uuid import UUID

import pytest

from domain import calls, recordings
from domain.calls.events import CallEnded
from domain.conversations.acts import Disposition
from domain.keyring.errors import KeyDestroyed
from domain.outbox import EntryKind, OutboxEntry
from domain.recordings.events import RecordingDeclined, RecordingDeleted
from domain.recordings.handlers import SALVAGE, watch
from domain.recordings.keeper import Keeper
from domain.recordings.models import RecordingState
from domain.recordings.repository import Recordings
from domain.recordings.sealing import Seal, block_key
from domain.recordings.sink import BlockWriter
from tenants.service import job_scope
from tests.factories.calls import RATE, Delivery, record, sink_of, sound


@pytest.fixture
async def delivery(unit_of_work, scope):
    return Delivery(unit_of_work, await job_scope(scope.tenant_id, "recordings"))


async def row_of(unit_of_work, scope, line):
    async with unit_of_work(scope) as uow:
        return await Recordings(uow).of_call(line.call.id)


async def begun(unit_of_work, store, line, pcm):
    """A recording whose writer is gone, and the folder it left."""
    sink = sink_of(unit_of_work, store, line)
    await sink.write(pcm)
    return sink.recording_id, f"{line.scope.tenant_id}/{sink.recording_id}"


def asked(id: UUID) -> dict[str, str]:
    return {"recording_id": str(id)}


def test_keeper_names_its_handlers_and_jobs(store):
    keeper = Keeper(store)
    assert [event for event, _ in keeper.handlers] == [RecordingDeleted, RecordingDeclined]
    [job] = keeper.jobs
    assert f"recordings.{job.__name__}" == SALVAGE


async def test_deleted_sound_is_removed(unit_of_work, scope, store, line, delivery, tmp_path):
    id = await record(unit_of_work, store, line, sound(6))
    async with unit_of_work(scope) as uow:
        await recordings.delete(uow, id)
    event = RecordingDeleted(recording_id=id, call_id=line.call.id)
    # The road delivers at least once.
    for _ in range(2):
        await Keeper(store).remove(event, delivery)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_removing_touches_no_other_recording(unit_of_work, scope, store, line, delivery):
    id = await record(unit_of_work, store, line, sound(1))
    await store.put(f"{scope.tenant_id}/{id}0/000000", b"a neighbour")
    await Keeper(store).remove(RecordingDeleted(recording_id=id, call_id=line.call.id), delivery)
    assert await store.list(str(scope.tenant_id)) == [f"{scope.tenant_id}/{id}0/000000"]


async def test_end_of_call_watches_open_recordings(unit_of_work, scope, store, line, delivery):
    id, _ = await begun(unit_of_work, store, line, sound(6))
    async with unit_of_work(line.scope) as uow:
        await calls.end(uow, line.call.id, Disposition.LINE_LOST)
    ended = CallEnded(
        call_id=line.call.id,
        conversation_id=line.call.conversation_id,
        disposition="line_lost",
    )
    await watch(ended, delivery)
    async with unit_of_work(scope) as uow:
        timers = OutboxEntry.filter(kind=EntryKind.TIMER, name=SALVAGE).using_db(uow.connection)
        assert [timer.payload for timer in await timers] == [asked(id)]


async def test_salvaged_recording_plays_to_its_last_block(
    unit_of_work, scope, store, line, delivery
):
    pcm = sound(11)
    id, _ = await begun(unit_of_work, store, line, pcm)
    await Keeper(store).salvage(asked(id), delivery)
    row = await row_of(unit_of_work, scope, line)
    assert (row.state, row.reason) == (RecordingState.READY, "the recording was interrupted")
    assert (row.duration_ms, row.chunks) == (10_000, 3)
    async with unit_of_work(scope) as uow:
        found = await recordings.sound(uow, id)
    heard = b"".join([piece async for piece in found.read(store, 44, found.wav_bytes)])
    assert heard == pcm[: found.size]


async def test_salvage_settles_the_call(unit_of_work, scope, store, line, delivery):
    id, _ = await begun(unit_of_work, store, line, sound(6))
    await Keeper(store).salvage(asked(id), delivery)
    async with unit_of_work(line.scope) as uow:
        assert (await calls.settle_recording(uow, line.call.id)).recording_settled


async def test_salvage_leaves_closed_recordings_alone(unit_of_work, scope, store, line, delivery):
    id = await record(unit_of_work, store, line, sound(6))
    before = await store.list(str(scope.tenant_id))
    await Keeper(store).salvage(asked(id), delivery)
    assert (await row_of(unit_of_work, scope, line)).reason == ""
    assert await store.list(str(scope.tenant_id)) == before


async def test_salvage_accepts_a_last_block(unit_of_work, scope, store, line, delivery):
    async with unit_of_work(line.scope) as uow:
        row = await recordings.begin(uow, line.take)
        key = await uow.keys.conversation(line.call.conversation_id)
    # The writer dies between its last block and the database.
    writer = BlockWriter(store, Seal(key, scope.tenant_id, row.id), RATE)
    await writer.write(sound(6))
    recorded = await writer.close()
    await Keeper(store).salvage(asked(row.id), delivery)
    row = await row_of(unit_of_work, scope, line)
    assert recorded == recordings.Recorded(row.chunks, row.size_bytes, row.sha256)
    assert row.duration_ms == 6000


async def test_salvage_refuses_what_was_tampered_with(unit_of_work, scope, store, line, delivery):
    id, folder = await begun(unit_of_work, store, line, sound(11))
    await store.put(block_key(folder, 0), await store.get(block_key(folder, 1)))
    await Keeper(store).salvage(asked(id), delivery)
    row = await row_of(unit_of_work, scope, line)
    assert (row.state, row.reason) == (RecordingState.FAILED, "Block 0 is not what was recorded")


async def test_salvage_notices_a_missing_block(unit_of_work, scope, store, line, delivery):
    id, folder = await begun(unit_of_work, store, line, sound(11))
    await store.delete([block_key(folder, 0)])
    await Keeper(store).salvage(asked(id), delivery)
    assert (await row_of(unit_of_work, scope, line)).state is RecordingState.FAILED


async def test_nothing_to_salvage_is_a_failure(unit_of_work, scope, store, line, delivery):
    id, _ = await begun(unit_of_work, store, line, sound(1))
    await Keeper(store).salvage(asked(id), delivery)
    row = await row_of(unit_of_work, scope, line)
    assert (row.state, row.reason) == (RecordingState.FAILED, "nothing was recorded")


async def test_an_erased_recording_is_not_salvaged(unit_of_work, scope, store, line, delivery):
    id, _ = await begun(unit_of_work, store, line, sound(6))
    async with unit_of_work(scope) as uow:
        await uow.keys.destroy([line.call.conversation_id])
    with pytest.raises(KeyDestroyed):
        await Keeper(store).salvage(asked(id), delivery)
