"""What becomes of a recording in the database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tortoise.exceptions import IntegrityError

from domain import recordings
from domain.audit.repository import AuditEntries
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.recordings import Recorded
from domain.recordings.errors import Deleted, NotReady
from domain.recordings.models import RecordingState
from domain.recordings.repository import Recordings
from domain.scope import Access
from tests.factories.calls import record, sound
from tests.factories.outbox import events

NOTHING = Recorded(chunks=1, size_bytes=0, sha256="0" * 64)


async def test_a_closed_recording_stays_closed(unit_of_work, scope, line):
    async with unit_of_work(line.scope) as uow:
        begun = await recordings.begin(uow, line.take)
        await recordings.fail(uow, line.take, "the disk is full")
        again = await recordings.finish(uow, begun.id, NOTHING)
        await recordings.decline(uow, line.take, "consent declined")
    assert (again.state, again.reason) == (RecordingState.FAILED, "the disk is full")
    assert await events(unit_of_work, scope, "recording.") == ["recording.failed"]


async def test_deleting_twice_happens_once(unit_of_work, scope, store, line):
    id = await record(unit_of_work, store, line, sound(1))
    async with unit_of_work(scope) as uow:
        await recordings.delete(uow, id, "the caller asked")
        deleted = await recordings.delete(uow, id)
    assert (deleted.state, deleted.reason) == (RecordingState.DELETED, "the caller asked")
    assert (await events(unit_of_work, scope, "recording."))[1:] == ["recording.deleted"]


async def test_a_deleted_recording_says_who_did_it_and_when(
    unit_of_work, scope, store, line, clock
):
    id = await record(unit_of_work, store, line, sound(1))
    async with unit_of_work(scope) as uow:
        await recordings.delete(uow, id, " the caller asked ")
    deleted_at = clock.now()
    clock.advance(timedelta(days=1))
    async with unit_of_work(scope) as uow:
        await recordings.delete(uow, id, "once more")
    async with unit_of_work(scope) as uow:
        row = await Recordings(uow).get(id)
    assert (row.deleted_by, row.deleted_at) == (f"member:{scope.actor.id}", deleted_at)
    assert row.reason == "the caller asked"


async def test_no_recording_is_deleted_without_a_trace(unit_of_work, scope, store, line):
    id = await record(unit_of_work, store, line, sound(1))
    with pytest.raises(IntegrityError, match="recording_deletion"):
        async with unit_of_work(scope) as uow:
            recording = await Recordings(uow).get(id)
            await Recordings(uow).save(recording, state=RecordingState.DELETED)


async def test_a_reason_is_cut_to_size(unit_of_work, scope, store, line):
    id = await record(unit_of_work, store, line, sound(1))
    async with unit_of_work(scope) as uow:
        with pytest.raises(InvalidInput):
            await recordings.delete(uow, id, "x" * 201)


async def test_a_caller_cannot_delete(unit_of_work, store, line):
    id = await record(unit_of_work, store, line, sound(1))
    async with unit_of_work(line.scope) as uow:
        with pytest.raises(Forbidden):
            await recordings.delete(uow, id)


async def test_a_live_recording_cannot_be_deleted(unit_of_work, scope, line):
    async with unit_of_work(line.scope) as uow:
        begun = await recordings.begin(uow, line.take)
    async with unit_of_work(scope) as uow:
        with pytest.raises(NotReady):
            await recordings.delete(uow, begun.id)


async def test_a_deleted_recording_cannot_be_heard(unit_of_work, scope, store, line):
    id = await record(unit_of_work, store, line, sound(1))
    async with unit_of_work(scope) as uow:
        await recordings.delete(uow, id)
        with pytest.raises(Deleted):
            await recordings.listen(uow, id)


async def test_only_ready_recordings_can_be_heard(unit_of_work, scope, line):
    async with unit_of_work(line.scope) as uow:
        failed = await recordings.fail(uow, line.take, "the disk is full")
    async with unit_of_work(scope) as uow:
        with pytest.raises(NotReady) as refusal:
            await recordings.sound(uow, failed.id)
    assert (refusal.value.state, refusal.value.reason) == ("failed", "the disk is full")


async def test_every_listen_is_written_down(unit_of_work, scope, store, line, clock):
    id = await record(unit_of_work, store, line, sound(1))
    heard = replace(scope, access=Access("link", "192.0.2.1"))
    async with unit_of_work(heard) as uow:
        await recordings.listen(uow, id)
    async with unit_of_work(scope) as uow:
        [entry] = await AuditEntries(uow).all().filter(action="recording.listened")
    assert (entry.object_type, entry.object_id, entry.discloses) == ("recording", id, True)
    assert (entry.actor_id, entry.via, entry.address) == (scope.actor.id, "link", "192.0.2.1")
    assert entry.at == clock.now()


async def test_a_caller_cannot_listen(unit_of_work, scope, store, line):
    id = await record(unit_of_work, store, line, sound(1))
    async with unit_of_work(line.scope) as uow:
        with pytest.raises(Forbidden):
            await recordings.listen(uow, id)


async def test_another_tenant_cannot_delete(unit_of_work, scope, other_scope, store, line):
    id = await record(unit_of_work, store, line, sound(1))
    async with unit_of_work(other_scope) as uow:
        with pytest.raises(NotFound):
            await recordings.delete(uow, id)
    async with unit_of_work(scope) as uow:
        assert (await Recordings(uow).get(id)).state is RecordingState.READY
