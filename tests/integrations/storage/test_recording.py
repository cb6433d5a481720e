"""A call recorded into a real store, heard again, and removed."""

from domain import recordings
from domain.recordings import wav
from domain.recordings.events import RecordingDeleted
from domain.recordings.keeper import Keeper
from tests.factories.calls import Delivery, answered, record, sound

PCM = sound(12.5)


async def test_a_recorded_call_can_be_heard(unit_of_work, scope, store):
    id = await record(unit_of_work, store, await answered(unit_of_work, scope), PCM)
    async with unit_of_work(scope) as uow:
        found = await recordings.sound(uow, id)
    heard = b"".join([piece async for piece in found.read(store, 0, found.wav_bytes)])
    assert heard[wav.HEADER_BYTES :] == PCM


async def test_no_store_holds_plain_sound(unit_of_work, scope, store):
    await record(unit_of_work, store, await answered(unit_of_work, scope), PCM)
    kept = b"".join([await store.get(key) for key in await store.list(str(scope.tenant_id))])
    assert len(kept) > len(PCM)
    assert not any(PCM[at : at + 16] in kept for at in range(0, len(PCM) - 16, 997))


async def test_a_deleted_call_leaves_nothing(unit_of_work, scope, store):
    line = await answered(unit_of_work, scope)
    id = await record(unit_of_work, store, line, PCM)
    event = RecordingDeleted(recording_id=id, call_id=line.call.id)
    await Keeper(store).remove(event, Delivery(unit_of_work, scope))
    assert await store.list(str(scope.tenant_id)) == []
