"""Tokens for plugins: of the account at a service that a business has connected."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from uuid import UUID

from domain.work import UnitOfWork
from plugins.connections.errors import NotConnected
from plugins.connections.refreshing import Renewing
from plugins.connections.repository import OAuthConnections


@dataclass(frozen=True)
class Accounts:
    """Whoever knows the accounts of tenants; none, in a process that asks nobody."""

    renewing: Renewing | None = None

    def api(self, provider: str) -> str:
        """Where a service is asked. Raises `NotConnected` if the deployment is no client of it."""
        known = self.renewing.providers.all.get(provider) if self.renewing else None
        if known is None:
            raise NotConnected
        return known.api_url

    async def token(
        self,
        open: Callable[[], AbstractAsyncContextManager[UnitOfWork]],
        provider: str,
        chosen: UUID | None = None,
        refused: str = "",
    ) -> str:
        """A token for the next request, of the oldest account if none is chosen.

        Raises `NotConnected`, `NeedsConsent` and `Unavailable`.
        """
        async with open() as uow:
            rows = await OAuthConnections(uow).listed()
        fitting = (row for row in rows if row.provider == provider and chosen in (None, row.id))
        row = next(fitting, None)
        if row is None or self.renewing is None:
            raise NotConnected
        return await self.renewing.token(open, row.id, refused=refused)
