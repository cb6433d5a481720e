"""Letting conversations wait, taking them out again, and asking for a file of them."""

from dataclasses import dataclass
from uuid import UUID

from domain import rights
from domain.conversations.repository import Conversations
from domain.errors import InvalidInput, NotFound
from domain.privacy.purposes import Purpose
from domain.trail import Trace
from domain.training.errors import TrainingBarred, TrainingNotReady
from domain.training.events import (
    TrainingExportStarted,
    TrainingKeyNamed,
    TrainingStopped,
)
from domain.training.models import (
    TrainingExport,
    TrainingKey,
    TrainingState,
)
from domain.training.repository import (
    TrainingCandidates,
    TrainingExports,
    TrainingKeys,
)
from domain.training.rules import Bar, Facts, bars
from domain.training.sealing import PublicKey
from domain.work import UnitOfWork

READ, WRITE, EXPORT = "privacy:read", "privacy:write", "privacy:export"
WRITING = "training.write"
DOWNLOADED = "training_export.downloaded"


async def standing_bars(uow: UnitOfWork) -> frozenset[Bar]:
    """What stands in the way of every conversation of the tenant, at this moment."""
    profile = uow.scope.tenant.privacy
    has_key = await TrainingKeys(uow).current() is not None
    facts = Facts(opted_in=profile.training, hipaa=profile.hipaa, anonymised=True, has_key=has_key)
    return bars(facts)


async def name_key(uow: UnitOfWork, written: str) -> TrainingKey:
    """Seal exports to another key from now on. Raises `InvalidInput`."""
    uow.require(WRITE)
    key, keys = PublicKey.read(written), TrainingKeys(uow)
    before = await keys.current()
    if before is not None:
        if before.recipient == key.written:
            return before
        await keys.save(before, retired_at=uow.now)
    row = await keys.add(
        recipient=key.written,
        fingerprint=key.fingerprint,
        added_by=str(uow.scope.actor),
        added_at=uow.now,
    )
    uow.record(TrainingKeyNamed(training_key_id=row.id, fingerprint=key.fingerprint))
    return row


async def objects(uow: UnitOfWork, contact_id: UUID | None) -> bool:
    """Whether somebody said at the rights desk that they want nothing learnt from them.

    Of whoever is not known nobody can tell; whoever was erased has nothing to be learnt from.
    """
    if contact_id is None:
        return False
    try:
        return await rights.forbids(uow, contact_id, Purpose.IMPROVEMENT)
    except NotFound:
        return True


async def heed(uow: UnitOfWork, contact_id: UUID) -> int:
    """Take out what waits of somebody who does not want it used. Gives how much there was."""
    if not await objects(uow, contact_id):
        return 0
    return await TrainingCandidates(uow).drop(await Conversations(uow).ids_of(contact_id))


async def queue(uow: UnitOfWork, conversation_id: UUID) -> None:
    """Let a conversation wait, if nothing stands in the way of it as things are."""
    conversation = await Conversations(uow).get(conversation_id)
    profile, candidates = uow.scope.tenant.privacy, TrainingCandidates(uow)
    facts = Facts(
        opted_in=profile.training,
        hipaa=profile.hipaa,
        anonymised=True,
        caller_objects=await objects(uow, conversation.contact_id),
        has_key=True,
    )
    if not bars(facts) and await candidates.of(conversation_id) is None:
        await candidates.add(conversation_id=conversation_id, queued_at=uow.now)


async def stop(uow: UnitOfWork) -> int:
    """The tenant wants it no more: nothing waits any longer. Gives how many had waited."""
    removed = await TrainingCandidates(uow).clear()
    if removed:
        uow.record(TrainingStopped(tenant_id=uow.tenant_id, removed=removed))
    return removed


@dataclass(frozen=True)
class SealedFile:
    """A file that was written, as it lies in the store."""

    place: str
    sha256: str
    bytes: int


async def download(uow: UnitOfWork, id: UUID) -> SealedFile:
    """Let somebody take a file, which only the business can open; on record before it leaves.

    Raises `TrainingNotReady`, and `TrainingBarred` where the business opted out since.
    """
    uow.require(EXPORT)
    export = await TrainingExports(uow).get(id)
    if export.state is not TrainingState.FINISHED:
        raise TrainingNotReady(export.state)
    if standing := await standing_bars(uow) - {Bar.NO_KEY}:
        raise TrainingBarred(standing)
    uow.trace(Trace(DOWNLOADED, "training_export", id))
    return SealedFile(where(uow.tenant_id, id, export.sha256), export.sha256, export.bytes)


def where(tenant_id: UUID, export_id: UUID, sha256: str) -> str:
    """The object that holds a file; two attempts at it never share one."""
    return f"{tenant_id}/training/{export_id}/{sha256}.age"


async def start(uow: UnitOfWork, fingerprint: str | None = None) -> TrainingExport:
    """Ask for a file of everything that waits; one is written at a time.

    Raises `TrainingBarred`, and `InvalidInput` if another key counts than the one expected.
    """
    uow.require(EXPORT)
    key = await TrainingKeys(uow).current()
    if (standing := await standing_bars(uow)) or key is None:
        raise TrainingBarred(standing)
    if fingerprint not in {None, key.fingerprint}:
        raise InvalidInput.at("key_fingerprint", "Files are sealed to another key by now")
    running = await TrainingExports(uow).running()
    if running is not None:
        return running
    export = await TrainingExports(uow).add(
        state=TrainingState.RUNNING,
        key_fingerprint=key.fingerprint,
        requested_by=str(uow.scope.actor),
        requested_at=uow.now,
    )
    uow.record(TrainingExportStarted(training_export_id=export.id))
    payload = {"training_export_id": str(export.id)}
    uow.schedule(WRITING, at=uow.real_now, key=f"{WRITING}:{export.id}", payload=payload)
    return export
