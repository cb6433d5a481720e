"""Beginning, closing, deleting and listening to recordings."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain import calls
from domain.errors import InvalidInput
from domain.keyring.errors import KeyDestroyed
from domain.personal import DataClass
from domain.recordings import wav
from domain.recordings.errors import AlreadyRecorded, Deleted, NotKept, NotReady
from domain.recordings.events import (
    RecordingDeclined,
    RecordingDeleted,
    RecordingFailed,
    RecordingReady,
)
from domain.recordings.models import Recording, RecordingState
from domain.recordings.repository import Recordings
from domain.recordings.sealing import Seal, folder
from domain.recordings.sound import Sound
from domain.trail import Trace
from domain.work import UnitOfWork

LONGEST_REASON = 200
EXPIRED, ARCHIVED = "its time is over", "it is in the archive"


@dataclass(frozen=True)
class Take:
    """What is to be recorded, in stereo; `sample_rate` is 8000 or 16000 Hz."""

    call_id: UUID
    conversation_id: UUID
    sample_rate: int


@dataclass(frozen=True)
class Recorded:
    """What was stored: blocks, bytes of PCM in all of them, and the SHA-256 (hex) of that PCM."""

    chunks: int
    size_bytes: int
    sha256: str


async def begin(uow: UnitOfWork, take: Take) -> Recording:
    """Open a recording. Raises `AlreadyRecorded`, and `NotKept` where no sound is kept."""
    uow.require("recordings:write")
    if not uow.keeps(DataClass.RECORDING):
        raise NotKept(uow.scope.tenant.privacy.storage)
    return await _add(uow, take, RecordingState.RECORDING)


async def finish(uow: UnitOfWork, id: UUID, recorded: Recorded, reason: str = "") -> Recording:
    """Close a recording that can be heard; `reason` says why it is not complete.

    One that is closed already stays as it is.
    """
    uow.require("recordings:write")
    recording = await Recordings(uow).lock(id)
    if recording.state is not RecordingState.RECORDING:
        return recording
    await Recordings(uow).save(
        recording,
        **vars(recorded),
        state=RecordingState.READY,
        reason=reason,
        duration_ms=wav.milliseconds(recorded.size_bytes, recording.sample_rate),
        finished_at=uow.now,
    )
    uow.cancel(salvage_timer(id))
    uow.record(RecordingReady(recording_id=id, call_id=recording.call_id))
    await calls.settle_recording(uow, recording.call_id)
    return recording


async def fail(uow: UnitOfWork, take: Take, reason: str) -> Recording:
    """Say why a call that should have been recorded was not."""
    recording, closed = await _close(uow, take, RecordingState.FAILED, reason)
    if closed:
        uow.record(RecordingFailed(recording_id=recording.id, call_id=take.call_id))
    return recording


async def decline(uow: UnitOfWork, take: Take, reason: str) -> Recording:
    """Say that there was no consent; what was stored before it was withdrawn is removed."""
    recording, closed = await _close(uow, take, RecordingState.DECLINED, reason)
    if closed:
        uow.record(RecordingDeclined(recording_id=recording.id, call_id=take.call_id))
    return recording


async def delete(uow: UnitOfWork, id: UUID, reason: str = "") -> Recording:
    """Delete a recording for good; its sound is removed once this is committed.

    The row stays and says who deleted it when, and why. A second time changes nothing. Raises
    `NotReady` while the call is still being recorded, and `InvalidInput`.
    """
    uow.require("recordings:delete")
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise InvalidInput.at("reason", f"Use at most {LONGEST_REASON} characters")
    recording = await Recordings(uow).lock(id)
    if recording.state is RecordingState.DELETED:
        return recording
    if recording.state is RecordingState.RECORDING:
        raise NotReady(recording.state, "the call is not over")
    await Recordings(uow).save(
        recording,
        state=RecordingState.DELETED,
        reason=reason,
        storage_key=None,
        deleted_at=uow.now,
        deleted_by=str(uow.scope.actor),
    )
    uow.record(RecordingDeleted(recording_id=id, call_id=recording.call_id))
    return recording


async def expire(uow: UnitOfWork, ids: Sequence[UUID], *, archived: bool = False) -> None:
    """Delete recordings whose time is over; nobody's permission is needed for that.

    What is archived keeps its sound, of which only the archive knows any more.
    """
    recordings = Recordings(uow)
    expired = recordings.all().filter(id__in=list(ids))
    calls_of = await expired.values_list("id", "call_id")
    await expired.update(
        state=RecordingState.DELETED,
        reason=ARCHIVED if archived else EXPIRED,
        storage_key=None,
        deleted_at=uow.now,
        deleted_by=str(uow.scope.actor),
    )
    if not archived:
        for id, call_id in calls_of:
            uow.record(RecordingDeleted(recording_id=id, call_id=call_id))


async def sound(uow: UnitOfWork, id: UUID) -> Sound:
    """What is needed to read a recording.

    Raises `NotFound`, `Deleted`, `NotReady` and `KeyDestroyed`.
    """
    uow.require("recordings:listen")
    recording = await Recordings(uow).get(id)
    if recording.state is RecordingState.DELETED:
        raise Deleted
    if recording.state is not RecordingState.READY:
        raise NotReady(recording.state, recording.reason)
    return Sound(
        seal=await seal_of(uow, recording),
        folder=folder(uow.tenant_id, id),
        sample_rate=recording.sample_rate,
        blocks=recording.chunks,
        size=recording.size_bytes,
        sha256=recording.sha256,
    )


async def listen(uow: UnitOfWork, id: UUID) -> Sound:
    """Put on record who listens, then hand out the recording; raises as `sound`.

    The unit of work must be closed, and so the entry committed, before any sound leaves.
    """
    heard = await sound(uow, id)
    uow.trace(Trace.of_reading("recording.listened", "recording", [id]))
    return heard


async def seal_of(uow: UnitOfWork, recording: Recording) -> Seal:
    """What opens the blocks of a recording. Raises `KeyDestroyed`."""
    # To ask for a destroyed key is to make a new one.
    if not await uow.keys.has(recording.conversation_id):
        raise KeyDestroyed("This recording has been erased")
    return await new_seal(uow, recording)


async def new_seal(uow: UnitOfWork, recording: Recording) -> Seal:
    """What closes the blocks of a recording that begins; nothing may be sealed by its key yet."""
    key = await uow.keys.conversation(recording.conversation_id)
    return Seal(key, uow.tenant_id, recording.id)


def salvage_timer(id: UUID) -> str:
    """The timer that looks after a recording whose writer may have died."""
    return f"recording:{id}:salvage"


async def _add(uow: UnitOfWork, take: Take, state: RecordingState, reason: str = "") -> Recording:
    recordings = Recordings(uow)
    id = uow.new_id()
    async with recordings.refusing(recording_call_key=AlreadyRecorded()):
        return await recordings.add(
            id=id,
            call_id=take.call_id,
            conversation_id=take.conversation_id,
            state=state,
            reason=reason,
            storage_key=None if state is RecordingState.DECLINED else folder(uow.tenant_id, id),
            sample_rate=take.sample_rate,
            started_at=uow.now,
        )


async def _close(
    uow: UnitOfWork, take: Take, state: RecordingState, reason: str
) -> tuple[Recording, bool]:
    """Close what cannot be heard; tells whether it was still open, or had never begun."""
    uow.require("recordings:write")
    recordings = Recordings(uow)
    begun = await recordings.of_call(take.call_id)
    if begun is None:
        recording = await _add(uow, take, state, reason)
    else:
        recording = await recordings.lock(begun.id)
        if recording.state is not RecordingState.RECORDING:
            return recording, False
        place = None if state is RecordingState.DECLINED else recording.storage_key
        closed = {"state": state, "storage_key": place, "finished_at": uow.now}
        await recordings.save(recording, reason=reason, **closed)
        uow.cancel(salvage_timer(recording.id))
    await calls.settle_recording(uow, take.call_id, reason)
    return recording, True
