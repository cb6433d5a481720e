"""Tokens for plugins: of the account at a service that a business has connected."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from uuid import UUID

from domain.work import UnitOfWork
from plugins.connections.errors import NotConnected
from plugins.connections.models import OAuthConnection
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
        row = await self._chosen(open, provider, chosen)
        known = self.renewing.providers.all.get(provider) if self.renewing else None
        if known is None or self.renewing is None:
            raise NotConnected
        token = await self.renewing.token(open, row.id, refused=refused)
        return Pass(token, row.api_url or known.api_url)

    async def refused(
        self,
        open: Callable[[], AbstractAsyncContextManager[UnitOfWork]],
        provider: str,
        chosen: UUID | None,
        token: str,
    ) -> None:
        """A token that was made just now is refused: the account has to be connected again.

        Raises `NotConnected`.
        """
        row = await self._chosen(open, provider, chosen)
        if self.renewing is not None:
            await self.renewing.refused(open, row.id, token)

    async def _chosen(
        self,
        open: Callable[[], AbstractAsyncContextManager[UnitOfWork]],
        provider: str,
        chosen: UUID | None,
    ) -> OAuthConnection:
        async with open() as uow:
            rows = await OAuthConnections(uow).listed()
        for row in rows:
            if row.provider == provider and chosen in (None, row.id):
                return row
        raise NotConnected
