"""A campaign over every business, as the operator starts and proves it; for the system only."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection

from domain.database import MAIN
from domain.errors import NotFound
from domain.scope import Actor, ActorKind, Scope
from domain.work import UnitsOfWork
from tenants.records.notices.service import Announcement, announce, proof
from tenants.roles import EVERYTHING
from tenants.service import tenant_facts

# A business that is closing is still one; a sandbox has no people of its own to tell.
BUSINESSES = "SELECT id, slug FROM tenant WHERE sandbox_of IS NULL ORDER BY slug"
ACTOR = Actor(ActorKind.OPERATOR, "notices")


@dataclass(frozen=True)
class Campaigns:
    """Goes round all businesses, one at a time."""

    unit_of_work: UnitsOfWork

    async def start(self, announcement: Announcement) -> list[str]:
        """Announce it everywhere; begun again, it goes on where it stopped. Gives the slugs."""
        told = []
        async for slug, scope in self._scopes():
            async with self.unit_of_work(scope) as uow:
                await announce(uow, announcement)
            told.append(slug)
        return told

    async def anywhere(self) -> Scope:
        """A scope in which to write what belongs to no tenant. Raises `NotFound`."""
        async for _, scope in self._scopes():
            return scope
        raise NotFound("There is no business yet whom anything could be told")

    async def proofs(self, campaign_id: UUID) -> list[dict[str, Any]]:
        """Who was told at which business, when, and by which letter."""
        found = []
        async for slug, scope in self._scopes():
            async with self.unit_of_work(scope, read_only=True) as uow:
                told = await proof(uow, campaign_id)
            if told is not None:
                found.append({"tenant": slug, **told})
        return found

    async def _scopes(self) -> AsyncIterator[tuple[str, Scope]]:
        for row in await get_connection(MAIN).execute_query_dict(BUSINESSES):
            facts = await tenant_facts(row["id"])
            yield row["slug"], Scope(row["id"], ACTOR, facts, EVERYTHING)
