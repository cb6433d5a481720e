"""Recording a live call into sealed blocks."""

import hashlib

import pytest

from domain import recordings
from domain.calls.models import CallState
from domain.calls.repository import CallEvents, Calls
from domain.errors import Unavailable
from domain.ports import PortInsideTransaction
from domain.recordings import wav
from domain.recordings.errors import AlreadyRecorded
from domain.recordings.models import RecordingState
from domain.recordings.repository import Recordings
from tests.factories.calls import RATE, ring, sink_of, sound
from tests.factories.calls import record as record_call
from tests.factories.outbox import events

BLOCK = wav.block_bytes(RATE)


async def row_of(unit_of_work, line):
    async with unit_of_work(line.scope) as uow:
        return await Recordings(uow).of_call(line.call.id)


async def heard(unit_of_work, scope, store, id):
    async with unit_of_work(scope) as uow:
        found = await recordings.sound(uow, id)
    pieces = [piece async for piece in found.read(store, 0, found.wav_bytes)]
    return b"".join(pieces)[wav.HEADER_BYTES :]


@pytest.mark.parametrize("seconds", [0.02, 5, 12.5])
async def test_what_was_said_can_be_heard(unit_of_work, scope, store, line, seconds):
    pcm = sound(seconds)
    id = await record_call(unit_of_work, store, line, pcm)
    assert await heard(unit_of_work, scope, store, id) == pcm


async def test_row_describes_what_was_stored(unit_of_work, store, line):
    pcm = sound(12.5)
    await record_call(unit_of_work, store, line, pcm)
    row = await row_of(unit_of_work, line)
    assert row.state is RecordingState.READY
    assert (row.chunks, row.size_bytes, row.duration_ms) == (3, len(pcm), 12_500)
    assert row.sha256 == hashlib.sha256(pcm).hexdigest()


async def test_finished_recording_settles_the_call(unit_of_work, scope, store, line):
    await record_call(unit_of_work, store, line, sound(1))
    async with unit_of_work(scope) as uow:
        call = await Calls(uow).get(line.call.id)
    assert (call.recording_settled, call.state) == (True, CallState.ANSWERED)
    assert await events(unit_of_work, scope, "recording.") == ["recording.ready"]


async def test_no_plain_sound_reaches_the_disk(unit_of_work, store, line, tmp_path):
    pcm = sound(12.5)
    await record_call(unit_of_work, store, line, pcm)
    disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert len(disk) > len(pcm)
    # Any stretch of 16 bytes would give it away.
    assert not any(pcm[at : at + 16] in disk for at in range(0, len(pcm) - 16, 997))


async def test_paths_say_nothing_of_the_call(unit_of_work, scope, store, line, tmp_path):
    id = await record_call(unit_of_work, store, line, sound(6))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    names = sorted(path.relative_to(tmp_path / "sound").as_posix() for path in files)
    assert names == [f"{scope.tenant_id}/{id}/{index:06d}" for index in range(2)]


async def test_full_blocks_are_stored_as_they_come(unit_of_work, store, line):
    sink = sink_of(unit_of_work, store, line)
    await sink.write(sound(11))
    assert len(await store.list(str(line.scope.tenant_id))) == 2


async def test_a_call_is_recorded_once(unit_of_work, store, line):
    await record_call(unit_of_work, store, line, sound(1))
    with pytest.raises(AlreadyRecorded):
        await sink_of(unit_of_work, store, line).write(sound(1, seed=2))


async def test_nothing_heard_is_a_failure(unit_of_work, scope, store, line):
    await sink_of(unit_of_work, store, line).finish()
    row = await row_of(unit_of_work, line)
    assert (row.state, row.reason) == (RecordingState.FAILED, "nothing was recorded")
    async with unit_of_work(scope) as uow:
        [note] = await CallEvents(uow).of(line.call.id)
    assert note.detail == {"reason": "nothing was recorded"}


@pytest.mark.law("L03")
async def test_without_consent_nothing_is_stored(unit_of_work, store, line, tmp_path):
    await sink_of(unit_of_work, store, line).abandon("consent declined")
    row = await row_of(unit_of_work, line)
    assert (row.state, row.reason) == (RecordingState.DECLINED, "consent declined")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_withdrawn_consent_declines_what_was_begun(unit_of_work, scope, store, line):
    sink = sink_of(unit_of_work, store, line)
    await sink.write(sound(6))
    await sink.abandon("consent declined")
    assert (await row_of(unit_of_work, line)).state is RecordingState.DECLINED
    assert await events(unit_of_work, scope, "recording.") == ["recording.declined"]


async def test_abandoned_recording_keeps_what_there_is(unit_of_work, scope, store, line):
    sink, pcm = sink_of(unit_of_work, store, line), sound(7)
    await sink.write(pcm)
    await sink.abandon("the sink is too slow")
    row = await row_of(unit_of_work, line)
    assert (row.state, row.reason) == (RecordingState.READY, "the sink is too slow")
    assert await heard(unit_of_work, scope, store, row.id) == pcm


async def test_abandoned_before_any_sound_fails(unit_of_work, store, line):
    await sink_of(unit_of_work, store, line).abandon("the sink failed")
    row = await row_of(unit_of_work, line)
    assert (row.state, row.reason) == (RecordingState.FAILED, "the sink failed")


async def test_storage_that_comes_back_loses_nothing(unit_of_work, scope, store, line, tmp_path):
    sink, pcm = sink_of(unit_of_work, store, line), sound(12)
    await sink.write(pcm[:BLOCK])
    folder = tmp_path / "sound"
    folder.rename(tmp_path / "away")
    folder.write_bytes(b"")
    with pytest.raises(Unavailable):
        await sink.write(pcm[BLOCK:])
    folder.unlink()
    (tmp_path / "away").rename(folder)
    await sink.abandon("the sink failed")
    row = await row_of(unit_of_work, line)
    assert await heard(unit_of_work, scope, store, row.id) == pcm


async def test_storage_is_never_touched_in_a_transaction(unit_of_work, store, line):
    async with unit_of_work(line.scope):
        with pytest.raises(PortInsideTransaction):
            await store.put("tenant/recording/000000", b"")


async def test_two_calls_do_not_share_a_recording(unit_of_work, scope, store, line):
    other = await ring(unit_of_work, scope)
    first = await record_call(unit_of_work, store, line, sound(1))
    second = await record_call(unit_of_work, store, other, sound(1, seed=2))
    assert await heard(unit_of_work, scope, store, first) == sound(1)
    assert await heard(unit_of_work, scope, store, second) == sound(1, seed=2)
