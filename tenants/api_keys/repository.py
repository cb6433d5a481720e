"""API keys as one unit of work sees them, and their look-up before there is one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.expressions import Q

from domain.database import MAIN, tenant_transaction
from domain.repository import Repository
from tenants.api_keys.models import ApiKey


@dataclass(frozen=True)
class Found:
    """Where a key is."""

    tenant_id: UUID
    key_id: UUID


class ApiKeys(Repository[ApiKey]):
    """The keys of the tenant's programs."""

    model = ApiKey
    noun = "API key"

    async def touch(self, id: UUID, every: timedelta) -> None:
        """Note that a key was used just now, unless that was noted a moment ago."""
        now = self.uow.now
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - every)
        await self.all().filter(stale, id=id).update(last_used_at=now)

    @staticmethod
    async def by_hash(key_hash: str, now: datetime, address: str | None) -> Found | None:
        """The key with a hash, if it is good at that moment from that address."""
        question = "SELECT * FROM api_key_by_hash($1, $2, $3::text::inet)"
        values: list[Any] = [key_hash, now, address]
        rows = await get_connection(MAIN).execute_query_dict(question, values)
        return Found(**rows[0]) if rows else None

    @staticmethod
    async def look_up(tenant_id: UUID, id: UUID, now: datetime) -> ApiKey | None:
        """A key that is still good, by its id, before there is a scope."""
        lasting = Q(expires_at=None) | Q(expires_at__gt=now)
        async with tenant_transaction(tenant_id, read_only=True) as connection:
            found = ApiKey.filter(lasting, id=id, revoked_at=None, frozen_at=None).using_db(
                connection
            )
            return await found.first()
