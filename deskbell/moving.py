"""A business that leaves a deployment with everything it made, and arrives at another."""

import os
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from deskbell.bootstrap import Wiring
from domain import archives
from domain.archives import reading
from domain.archives.repository import Archives
from domain.archives.restoring import Restorer
from domain.archives.service import contents
from domain.archives.writer import Packer
from domain.errors import NotFound
from domain.scope import Actor, ActorKind
from domain.search.models import SearchKind
from domain.search.reindexing import Step, reindex
from domain.work import UnitOfWork
from tenants import service
from tenants.service import NewOwner, NewTenant, job_scope, tenant_of_slug

OPERATOR = "cli"


async def take_out(wiring: Wiring, slug: str, path: Path) -> int:
    """Write the archive of a business into a file; how many bytes it has. Raises `NotFound`."""
    async with wiring.connected_as_system():
        tenant_id = await tenant_of_slug(slug)
        if tenant_id is None:
            raise NotFound(f"There is no tenant {slug}")
        scope = await job_scope(tenant_id, "archives.take_out")
        scope = replace(scope, actor=Actor(ActorKind.OPERATOR, OPERATOR))
        async with wiring.unit_of_work(scope) as uow:
            archive = await archives.start_for_tenant(uow)
        packer = Packer(wiring.store)
        await packer.pack(archive.id, lambda: wiring.unit_of_work(scope))
        async with wiring.unit_of_work(scope) as uow:
            collection = await contents(uow, await Archives(uow).get(archive.id))
        try:
            with _private(path) as file:
                size = 0
                async for block in packer.read(collection):
                    size += file.write(block)
        finally:
            async with wiring.unit_of_work(scope) as uow:
                await archives.cancel(uow, archive.id)
    return size


async def take_in(wiring: Wiring, path: Path, slug: str, owner: NewOwner) -> UUID:
    """Open a business under a new short name with everything of an archive, or not at all.

    Raises `ArchiveDamaged`, `TakenElsewhere`, `SlugTaken`, `EmailTaken` and `InvalidInput`.
    """
    parcel = reading.opened(path)
    business = NewTenant(slug=slug, **parcel.facts.model_dump())
    async with wiring.connected_as_system():
        tenant_id: UUID = wiring.unit_of_work.ids.new(wiring.clock.now())
        scope = service.opening_scope(tenant_id, business, OPERATOR)

        async def opened(uow: UnitOfWork) -> object:
            return await service.create(uow, business, owner)

        await Restorer(wiring.unit_of_work, wiring.store).restore(scope, parcel, opened)
        # Fingerprints of words are made under keys of the new tenant.
        for kind in SearchKind:
            await reindex(wiring.unit_of_work, scope, kind, _silently)
    return tenant_id


async def _silently(step: Step) -> None:
    """Nobody waits for each page."""


def _private(path: Path) -> BinaryIO:
    """A file that only its owner reads; one that is there already stays as it is."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
