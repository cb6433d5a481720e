"""The life of an account as one unit of work sees it."""

from datetime import datetime
from typing import Any

from domain.repository import Repository
from tenants.life_cycle.models import LifeCycle, Stage

# A program that asks by itself is no sign of life: somebody signs in, or somebody calls.
ALIVE = """
SELECT greatest(
    (SELECT created_at FROM tenant WHERE id = $1),
    (SELECT max(coalesce(seen_at, created_at)) FROM session
     WHERE tenant_id = $1 AND grant_id IS NULL),
    (SELECT max(started_at) FROM conversation WHERE tenant_id = $1),
    (SELECT max(ringing_at) FROM call WHERE tenant_id = $1)) AS alive_at
"""


class LifeCycles(Repository[LifeCycle]):
    """The life of the tenant: one row at most."""

    model = LifeCycle
    noun = "life cycle"

    async def own(self) -> LifeCycle | None:
        """Where the tenant stands, if anybody has looked; held until the transaction ends."""
        return await self.maybe(self.all().select_for_update())

    async def begin(self, alive_at: datetime) -> LifeCycle:
        """The first look at a tenant."""
        given: dict[str, Any] = {"stage": Stage.ACTIVE, "since": alive_at, "alive_at": alive_at}
        return await self.add(**given)

    async def alive_at(self) -> datetime:
        """When somebody last signed in or called; when it was opened, if nobody ever did."""
        values = [self.uow.tenant_id]
        [row] = await self.uow.connection.execute_query_dict(ALIVE, values)
        found: datetime = row["alive_at"]
        return found
