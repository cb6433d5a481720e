"""Reading stored sound back: any range of it, and nothing that was tampered with."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import recordings
from domain.calls.repository import Calls
from domain.errors import NotFound
from domain.keyring.errors import KeyDestroyed
from domain.recordings import wav
from domain.recordings.errors import Damaged
from domain.recordings.sealing import block_key
from domain.recordings.sound import Sound
from tests.factories.calls import RATE, answered, record, sound

# Two and a half blocks.
PCM = sound(12.5)
BLOCK = wav.block_bytes(RATE)
WHOLE = wav.header(len(PCM), RATE) + PCM


@pytest.fixture
async def recorded(unit_of_work, scope, store, line) -> Sound:
    id = await record(unit_of_work, store, line, PCM)
    async with unit_of_work(scope) as uow:
        return await recordings.sound(uow, id)


async def read(sound, store, start=0, stop=None):
    stop = sound.wav_bytes if stop is None else stop
    return b"".join([piece async for piece in sound.read(store, start, stop)])


class Counting:
    """A store that remembers what was asked of it."""

    def __init__(self, store):
        self.store = store
        self.keys = []

    async def get(self, key):
        self.keys.append(key)
        return await self.store.get(key)


# Near the ends of the header and of the blocks is where a range goes wrong.
edges = [at + by for at in (0, 44, 44 + BLOCK, 44 + 2 * BLOCK, len(WHOLE)) for by in (-1, 0, 1)]
places = st.sampled_from([at for at in edges if 0 <= at <= len(WHOLE)]) | st.integers(0, len(WHOLE))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(start=places, stop=places)
async def test_every_range_is_that_part_of_the_whole(recorded, store, start, stop):
    assert await read(recorded, store, start, stop) == WHOLE[start:stop]


async def test_a_range_opens_only_its_blocks(recorded, store):
    counting = Counting(store)
    start = wav.HEADER_BYTES + BLOCK + 10
    await read(recorded, counting, start, start + 100)
    assert counting.keys == [block_key(recorded.folder, 1)]


async def test_the_header_alone_opens_nothing(recorded, store):
    counting = Counting(store)
    assert len(await read(recorded, counting, 0, 44)) == 44
    assert counting.keys == []


async def swap(store, folder):
    first, second = block_key(folder, 0), block_key(folder, 1)
    one, other = await store.get(first), await store.get(second)
    await store.put(first, other)
    await store.put(second, one)


async def drop(store, folder):
    await store.put(block_key(folder, 1), await store.get(block_key(folder, 2)))
    await store.delete([block_key(folder, 2)])


async def cut_short(store, folder):
    await store.delete([block_key(folder, 2)])


async def end_early(store, folder):
    await store.put(block_key(folder, 2), await store.get(block_key(folder, 1)))


async def flip_a_bit(store, folder):
    sealed = bytearray(await store.get(block_key(folder, 0)))
    sealed[1000] ^= 1
    await store.put(block_key(folder, 0), bytes(sealed))


@pytest.mark.parametrize("harm", [swap, drop, cut_short, end_early, flip_a_bit])
async def test_tampering_is_noticed(recorded, store, harm):
    await harm(store, recorded.folder)
    with pytest.raises(Damaged):
        await read(recorded, store)


async def test_fewer_blocks_than_recorded_are_noticed(recorded, store):
    shorter = Sound(
        recorded.seal, recorded.folder, RATE, blocks=2, size=2 * BLOCK, sha256=recorded.sha256
    )
    with pytest.raises(Damaged):
        await read(shorter, store)


async def test_a_block_of_another_recording_is_noticed(unit_of_work, scope, store, line, recorded):
    other = await answered(unit_of_work, scope)
    id = await record(unit_of_work, store, other, PCM)
    foreign = await store.get(block_key(f"{scope.tenant_id}/{id}", 0))
    await store.put(block_key(recorded.folder, 0), foreign)
    with pytest.raises(Damaged):
        await read(recorded, store)


async def test_destroyed_key_makes_it_unreadable(unit_of_work, scope, store, line):
    id = await record(unit_of_work, store, line, PCM)
    async with unit_of_work(scope) as uow:
        await uow.keys.destroy([line.call.conversation_id])
    # Asking twice: the first time must not have made a new key.
    for _ in range(2):
        async with unit_of_work(scope) as uow:
            with pytest.raises(KeyDestroyed):
                await recordings.sound(uow, id)


async def test_who_called_outlives_what_was_said(unit_of_work, scope, line):
    async with unit_of_work(scope) as uow:
        await uow.keys.destroy([line.call.conversation_id])
    async with unit_of_work(scope) as uow:
        call = await Calls(uow).get(line.call.id)
    assert call.caller.read() == line.caller.phone


async def test_another_tenants_recording_is_not_there(
    unit_of_work, scope, other_scope, store, line
):
    id = await record(unit_of_work, store, line, PCM)
    async with unit_of_work(other_scope) as uow:
        with pytest.raises(NotFound):
            await recordings.listen(uow, id)
