"""Asking for everything of a person or the business, and for the link by which it is taken."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.archives.chapters import Step, plan
from domain.archives.errors import ArchiveNotReady, ArchiveRunning, LinkSpent
from domain.archives.events import (
    ArchiveCancelled,
    ArchiveExpired,
    ArchiveReady,
    ArchiveStarted,
)
from domain.archives.models import Archive, ArchivePart, ArchiveState, Whose
from domain.archives.pieces import Pieces
from domain.archives.repository import ArchiveParts, Archives
from domain.contacts.repository import Contacts
from domain.encryption import KEY_BYTES, DataKey
from domain.sealed import Sealed
from domain.trail import Trace
from domain.work import UnitOfWork

OF_PERSON, OF_TENANT = "privacy:export", "data:export"
WRITING, EXPIRING = "archives.write", "archives.expire"
COLLECTED = "archive.collected"
# What was erased meanwhile is in it still: it does not last long.
LASTS = timedelta(days=7)
LINK_LASTS = timedelta(hours=72)
SECRET_BYTES = 32


@dataclass(frozen=True)
class Collection:
    """What is needed to read an archive outside a unit of work."""

    archive: Archive
    pieces: Pieces
    parts: list[ArchivePart]
    facts: Mapping[str, str]


async def start_for_contact(
    uow: UnitOfWork, contact_id: UUID, *, request_id: UUID | None = None
) -> Archive:
    """Pack everything that is known of a caller. Raises `NotFound` and `ArchiveRunning`."""
    uow.require(OF_PERSON)
    await Contacts(uow).get(contact_id)
    return await _start(uow, Whose.CONTACT, contact_id, request_id)


async def start_for_user(
    uow: UnitOfWork, user_id: UUID, *, request_id: UUID | None = None
) -> Archive:
    """Pack everything that is known of somebody who works here. Raises `ArchiveRunning`."""
    uow.require(OF_PERSON)
    return await _start(uow, Whose.USER, user_id, request_id)


async def start_for_tenant(uow: UnitOfWork) -> Archive:
    """Pack everything the business made or learnt, to go elsewhere. Raises `ArchiveRunning`."""
    uow.require(OF_TENANT)
    return await _start(uow, Whose.TENANT, uow.tenant_id, None)


async def cancel(uow: UnitOfWork, id: UUID) -> Archive:
    """Stop packing, or let go of what is packed; a second time changes nothing."""
    archive = await _allowed(uow, id)
    if archive.state in {ArchiveState.RUNNING, ArchiveState.READY}:
        for job in (WRITING, EXPIRING):
            uow.cancel(_timer(job, id))
        await _let_go(uow, archive, ArchiveState.CANCELLED)
        uow.record(ArchiveCancelled(archive_id=id))
    return archive


async def expire(uow: UnitOfWork, id: UUID) -> None:
    """Let go of an archive whose time is over."""
    archive = await Archives(uow).lock(id)
    if archive.state is ArchiveState.READY:
        await _let_go(uow, archive, ArchiveState.EXPIRED)
        uow.record(ArchiveExpired(archive_id=id))


async def advance(uow: UnitOfWork, before: Archive, step: Step, sizes: Mapping[str, int]) -> bool:
    """Put on record that pieces are stored; False if that was all, or somebody was faster."""
    archives = Archives(uow)
    archive = await archives.lock(before.id)
    overtaken = (archive.cursor, archive.parts) != (before.cursor, before.parts)
    if archive.state is not ArchiveState.RUNNING or overtaken:
        return False
    numbered = enumerate(sizes.items(), archive.parts)
    await ArchiveParts(uow).add_all(
        {"archive_id": archive.id, "number": number, "path": path, "size": size}
        for number, (path, size) in numbered
    )
    await archives.save(
        archive,
        cursor=step.cursor,
        rows=archive.rows | step.rows,
        parts=archive.parts + len(sizes),
        bytes=archive.bytes + sum(sizes.values()),
    )
    if step.chapter == len(archive.chapters):
        await _finish(uow, archive)
        return False
    return True


def keep_writing(uow: UnitOfWork, id: UUID) -> None:
    """Let a worker write on."""
    payload = {"archive_id": str(id)}
    uow.schedule(WRITING, at=uow.now, key=_timer(WRITING, id), payload=payload)


def pieces_of(uow: UnitOfWork, archive: Archive) -> Pieces:
    """What seals and opens its pieces. Raises `ArchiveNotReady` if they are gone."""
    if archive.secret is None:
        raise ArchiveNotReady(archive.state)
    key = DataKey(base64.b64decode(archive.secret.read()))
    return Pieces(key, uow.tenant_id, archive.id)


async def make_link(uow: UnitOfWork, id: UUID) -> str:
    """The secret of a link that is good once, in place of an earlier one.

    Raises `ArchiveNotReady`, and `Forbidden` to whoever may not have it.
    """
    archive = await _allowed(uow, id)
    return await link_of(uow, archive)


async def link_of(uow: UnitOfWork, archive: Archive) -> str:
    """The same, for a letter to the person whose data it is. Raises `ArchiveNotReady`."""
    if archive.state is not ArchiveState.READY:
        raise ArchiveNotReady(archive.state)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    until = min(uow.now + LINK_LASTS, archive.expires_at)
    await Archives(uow).save(archive, link_hash=_hashed(secret), link_expires_at=until)
    return secret


async def collect(uow: UnitOfWork, id: UUID, secret: str) -> Collection:
    """Let whoever holds a link take the archive, once; it is on record before it leaves.

    Raises `LinkSpent`.
    """
    archives = Archives(uow)
    archive = await archives.maybe(archives.all().filter(id=id).select_for_update())
    if archive is None or not _opens(uow, archive, secret):
        raise LinkSpent
    await archives.save(archive, link_hash=None, collected_at=uow.now)
    return await contents(uow, archive)


async def contents(uow: UnitOfWork, archive: Archive) -> Collection:
    """What is needed to read it; that somebody takes it is put on record."""
    about = ((archive.whose.value, archive.subject_id),)
    uow.trace(Trace(COLLECTED, "archive", archive.id, about, discloses=True))
    tenant = uow.scope.tenant
    facts = {"slug": tenant.slug, "name": tenant.name}
    parts = await ArchiveParts(uow).of(archive.id)
    return Collection(archive, pieces_of(uow, archive), parts, facts)


async def _start(
    uow: UnitOfWork, whose: Whose, subject_id: UUID, request_id: UUID | None
) -> Archive:
    archives = Archives(uow)
    async with archives.refusing(archive_running_key=ArchiveRunning()):
        archive = await archives.add(
            whose=whose,
            subject_id=subject_id,
            privacy_request_id=request_id,
            state=ArchiveState.RUNNING,
            requested_by=str(uow.scope.actor),
            chapters=plan(whose),
            cursor={},
            rows={},
            secret=Sealed.text(base64.b64encode(os.urandom(KEY_BYTES)).decode()),
            created_at=uow.now,
            expires_at=uow.now + LASTS,
        )
    uow.record(ArchiveStarted(archive_id=archive.id, whose=whose.value))
    keep_writing(uow, archive.id)
    return archive


async def _allowed(uow: UnitOfWork, id: UUID) -> Archive:
    archive = await Archives(uow).lock(id)
    uow.require(OF_TENANT if archive.whose is Whose.TENANT else OF_PERSON)
    return archive


async def _finish(uow: UnitOfWork, archive: Archive) -> None:
    await Archives(uow).save(archive, state=ArchiveState.READY, finished_at=uow.now)
    request_id = archive.privacy_request_id
    uow.record(ArchiveReady(archive_id=archive.id, privacy_request_id=request_id))
    timer, payload = _timer(EXPIRING, archive.id), {"archive_id": str(archive.id)}
    uow.schedule(EXPIRING, at=archive.expires_at, key=timer, payload=payload)


async def _let_go(uow: UnitOfWork, archive: Archive, state: ArchiveState) -> None:
    # Without its secret what may be left of a piece is noise.
    gone = {"secret": None, "link_hash": None, "finished_at": uow.now}
    await Archives(uow).save(archive, state=state, **gone)
    await ArchiveParts(uow).all().filter(archive_id=archive.id).delete()


def _opens(uow: UnitOfWork, archive: Archive, secret: str) -> bool:
    right = hmac.compare_digest(_hashed(secret), archive.link_hash or "")
    in_time = archive.link_expires_at is not None and uow.now < archive.link_expires_at
    return right and in_time and archive.state is ArchiveState.READY


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _timer(job: str, id: UUID) -> str:
    return f"{job}:{id}"
