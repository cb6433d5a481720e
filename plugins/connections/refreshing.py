"""A token that is good now: renewed by one process at a time, whoever asks.

A service that rotates refresh tokens ends the whole grant when an old one is shown twice. So a
lease in the connection's row says who may ask; everybody else waits and reads what came of it.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.errors import NotFound, Unavailable
from domain.work import UnitOfWork
from integrations.oauth import GrantDied, OAuthClient, OAuthFault, Provider, Tokens
from plugins.connections import rules, service
from plugins.connections.errors import NeedsConsent
from plugins.connections.events import ConnectionLapsed
from plugins.connections.models import ConnectionStatus, OAuthConnection
from plugins.connections.providers import Providers
from plugins.connections.repository import OAuthConnections

Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
"""Opens a unit of work of the tenant."""

# Seconds between looks at a lease that somebody else holds, and how long that is worth waiting.
POLL = 0.05
PATIENCE = rules.LEASE.total_seconds() + 5


@dataclass(frozen=True)
class Claim:
    """The right to renew, until another moment, and what to renew with."""

    until: datetime
    provider: Provider
    refresh: str = field(repr=False)


@dataclass(frozen=True)
class Renewing:
    """Hands out tokens of connections."""

    client: OAuthClient
    providers: Providers

    async def token(self, open: Open, id: UUID, *, refused: str = "", early: bool = False) -> str:
        """A token that is good for the next request.

        `refused` is one that the service has just refused; `early` renews before there is need.
        Raises `NotFound`, `NeedsConsent` and `Unavailable`.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    found = await self._look(open, id, refused, early)
                    if isinstance(found, str):
                        return found
                    if found is None:
                        await asyncio.sleep(POLL)
                        continue
                    # Whoever gives up waiting must not lose the tokens that are on their way.
                    await asyncio.shield(asyncio.create_task(self._renew(open, id, found)))
                    refused, early = "", False
        except TimeoutError as late:
            raise Unavailable("The service gives no new tokens at the moment") from late

    async def refused(self, open: Open, id: UUID, token: str) -> None:
        """A token that was made just now is refused: no other one will do better.

        Nothing happens if there is another one meanwhile.
        """
        async with open() as uow:
            row = await OAuthConnections(uow).lock(id)
            held = row.tokens.load()["access"] if row.tokens else ""
            if row.status is ConnectionStatus.ACTIVE and held == token:
                await _lapsed(uow, row)

    async def _look(self, open: Open, id: UUID, refused: str, early: bool) -> str | Claim | None:
        """A good token, the right to renew it, or None while somebody else does."""
        async with open() as uow:
            row = await OAuthConnections(uow).lock(id)
            _check(row)
            held = row.tokens.load() if row.tokens else {"access": "", "refresh": ""}
            if held["access"] != refused and not _is_old(row, uow.real_now, early):
                return str(held["access"])
            if row.refreshing_until is not None and row.refreshing_until > uow.real_now:
                return None
            until = uow.real_now + rules.LEASE
            await OAuthConnections(uow).save(row, refreshing_until=until)
            provider = self.providers.named(row.provider).at(row.data_centre)
            return Claim(until, provider, held["refresh"])

    async def _renew(self, open: Open, id: UUID, claim: Claim) -> None:
        try:
            if not claim.refresh:
                raise GrantDied("no_refresh_token")
            tokens = await self.client.refresh(claim.provider, claim.refresh)
        except GrantDied:
            await self._lapse(open, id, claim)
        except OAuthFault as fault:
            await self._release(open, id, claim)
            raise Unavailable("The service gives no new tokens at the moment") from fault
        else:
            await self._keep(open, id, claim, tokens)

    async def _keep(self, open: Open, id: UUID, claim: Claim, tokens: Tokens) -> None:
        async with open() as uow:
            row = await _held_still(uow, id, claim)
            if row is not None:
                await OAuthConnections(uow).save(row, **service.fresh(uow, tokens, row))
                service.set_timer(uow, row)

    async def _lapse(self, open: Open, id: UUID, claim: Claim) -> None:
        """The grant is over, unless somebody else has put another one in its place meanwhile."""
        async with open() as uow:
            row = await _held_still(uow, id, claim)
            if row is not None:
                await _lapsed(uow, row)

    async def _release(self, open: Open, id: UUID, claim: Claim) -> None:
        async with open() as uow:
            row = await OAuthConnections(uow).lock(id)
            if row.refreshing_until == claim.until:
                await OAuthConnections(uow).save(row, refreshing_until=None)


async def _lapsed(uow: UnitOfWork, row: OAuthConnection) -> None:
    """What was allowed is allowed no more: its owner is asked to allow it again."""
    lapsed = ConnectionStatus.NEEDS_CONSENT
    gone = {"tokens": None, "expires_at": None, "refreshing_until": None}
    await OAuthConnections(uow).save(row, status=lapsed, updated_at=uow.now, **gone)
    uow.cancel(service.timer_key(row.id))
    uow.record(ConnectionLapsed(connection_id=row.id, provider=row.provider))


async def _held_still(uow: UnitOfWork, id: UUID, claim: Claim) -> OAuthConnection | None:
    """The connection, if it holds what was renewed with; else what came of it is nobody's."""
    row = await OAuthConnections(uow).lock(id)
    held = row.tokens.load()["refresh"] if row.tokens else ""
    return row if row.status is ConnectionStatus.ACTIVE and held == claim.refresh else None


def _check(row: OAuthConnection) -> None:
    if row.status is ConnectionStatus.ENDING:
        raise NotFound("There is no such connection")
    if row.status is ConnectionStatus.NEEDS_CONSENT:
        raise NeedsConsent


def _is_old(row: OAuthConnection, now: datetime, early: bool) -> bool:
    if row.expires_at is None:
        return False
    if early:
        return now >= rules.renew_at(row.refreshed_at, row.expires_at)
    return now >= row.expires_at - rules.margin(row.refreshed_at, row.expires_at)
