"""What is done about connections later: renewing, telling the owner, and saying goodbye."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.errors import NotFound
from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork
from integrations.oauth import Provider
from plugins.connections import service
from plugins.connections.errors import NeedsConsent
from plugins.connections.events import ConnectionEnded, ConnectionLapsed
from plugins.connections.models import ConnectionStatus, OAuthConnection
from plugins.connections.refreshing import Renewing
from plugins.connections.repository import OAuthConnections
from tenants.life_cycle.events import TenantClosed
from tenants.service import owner_addresses


@dataclass(frozen=True)
class ConnectionKeeper:
    """Looks after connections; made once by the wiring."""

    renewing: Renewing

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What it does about events."""
        return (
            (ConnectionEnded, self.revoke),
            (ConnectionLapsed, self.write),
            (TenantClosed, self.end_all),
        )

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What it can be asked to do later."""
        return (self.renew,)

    @serves(Purpose.SERVICE)
    async def renew(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Renew tokens before they end."""
        id = UUID(payload["connection_id"])
        try:
            await self.renewing.token(context.unit_of_work, id, early=True)
        except (NotFound, NeedsConsent):
            # It was disconnected, or its owner has been written to.
            return

    @serves(Purpose.SERVICE)
    async def revoke(self, event: ConnectionEnded, context: HandlerContext) -> None:
        """Tell the service that what it gave is wanted no more, then forget it."""
        async with context.unit_of_work() as uow:
            row = await _ending(uow, event.connection_id)
            held = row.tokens.load() if row and row.tokens else {}
            data_centre = row.data_centre if row else ""
        provider = self.renewing.providers.all.get(event.provider)
        if provider is not None and provider.revoke_url and held:
            await self._revoke(provider.at(data_centre), held)
        async with context.settle() as uow:
            row = await _ending(uow, event.connection_id)
            if row is not None:
                await OAuthConnections(uow).remove(row)

    @serves(Purpose.SERVICE_MESSAGES)
    async def write(self, event: ConnectionLapsed, context: HandlerContext) -> None:
        """Ask the owners to allow again what has ended."""
        async with context.unit_of_work() as uow:
            found = OAuthConnections(uow).all().filter(id=event.connection_id)
            row = await OAuthConnections(uow).maybe(found)
            to = await owner_addresses(uow)
        if row is None or not to or row.status is not ConnectionStatus.NEEDS_CONSENT:
            return
        known = self.renewing.providers.all.get(row.provider)
        title = known.title if known else row.provider
        text = (
            f"{context.tenant.name}: {title} no longer lets us use the account {row.account}.\n\n"
            "That happens when somebody withdraws what they allowed, or changes their password."
            " Until the account is connected again, nothing is read from it and nothing is"
            " written to it; what was to be written waits.\n\n"
            "Sign in and connect it again under Connections.\n"
        )
        subject = f"Connect {title} again"
        await context.mailer.send(Mail(to, subject, text, message_id_of(context.delivery_id)))

    @serves(Purpose.SERVICE)
    async def end_all(self, event: TenantClosed, context: HandlerContext) -> None:
        """A business that has closed its account is connected to nothing."""
        async with context.settle() as uow:
            for row in await OAuthConnections(uow).listed():
                await service.finish_with(uow, row)

    async def _revoke(self, provider: Provider, held: dict[str, str]) -> None:
        # The refresh token stands for all that came of it (RFC 7009, section 2.1).
        kind = "refresh_token" if held["refresh"] else "access_token"
        token = held["refresh"] or held["access"]
        await self.renewing.client.revoke(provider, token, kind)


async def _ending(uow: UnitOfWork, id: UUID) -> OAuthConnection | None:
    """The connection, if it was disconnected and not connected again since."""
    rows = OAuthConnections(uow).all().filter(id=id, status=ConnectionStatus.ENDING)
    return await OAuthConnections(uow).maybe(rows.select_for_update())
