"""Tokens for plugins: of the account at a service that a business has connected."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from uuid import UUID

from domain.work import UnitOfWork
from plugins.connections.errors import NotConnected
from plugins.connections.refreshing import Renewing
from plugins.connections.repository import OAuthConnections


@dataclass(frozen=True)
class Pass:
    """What lets one request in, and where."""

    token: str = field(repr=False)
    api: str
    """Where the account is asked: at its own address, or the service's."""


@dataclass(frozen=True)
class Accounts:
    """Whoever knows the accounts of tenants; none, in a process that asks nobody."""

    renewing: Renewing | None = None

    async def enter(
        self,
        open: Callable[[], AbstractAsyncContextManager[UnitOfWork]],
        provider: str,
        chosen: UUID | None = None,
        refused: str = "",
    ) -> Pass:
        """What lets the next request in, of the oldest account if none is chosen.

        Raises `NotConnected`, `NeedsConsent` and `Unavailable`.
        """
        known = self.renewing.providers.all.get(provider) if self.renewing else None
        async with open() as uow:
            rows = await OAuthConnections(uow).listed()
        fitting = (row for row in rows if row.provider == provider and chosen in (None, row.id))
        row = next(fitting, None)
        if row is None or known is None or self.renewing is None:
            raise NotConnected
        token = await self.renewing.token(open, row.id, refused=refused)
        return Pass(token, row.api_url or known.api_url)
