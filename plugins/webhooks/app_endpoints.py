"""Endpoints of apps: one at every business that is connected, as the app's home declares it.

These handlers are the core's: an app is told of its own connection whether or not the business has
ever heard of webhooks.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.handlers import HandlerFunction, serves
from domain.outbox import OutboxEntry
from domain.privacy.purposes import Purpose
from domain.sealed import Sealed
from domain.work import UnitOfWork, UnitsOfWork
from plugins.context import PluginContext
from plugins.repository import OutboxEntries
from plugins.webhooks.events import AppWebhookDeclared, AppWebhookEvent, AppWebhookRemoved
from plugins.webhooks.models import WebhookEndpoint, WebhookKey, WebhookOwner
from plugins.webhooks.repository import WebhookDeliveries, WebhookEndpoints, WebhookKeys
from plugins.webhooks.rules import NAME, Health
from tenants.apps.events import AppInstalled, AppScopesChanged, AppUninstalled, ConnectionEvent
from tenants.apps.models import ConnectedApp
from tenants.apps.repository import Apps, ConnectedApps
from tenants.repository import PluginInstallations
from tenants.service import job_scope

JOB = "webhooks.apps"
# Longer than the retries of one delivery: until then an app may hear that it was uninstalled.
FAREWELL = timedelta(days=4)

Deed = Callable[[UnitOfWork], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Wanted:
    """What an app declares at home, and the keys that sign for it."""

    endpoint: WebhookEndpoint
    keys: list[WebhookKey]


@dataclass(frozen=True)
class AppEndpoints:
    """Keeps the endpoints of apps in step with what is declared and agreed to."""

    unit_of_work: UnitsOfWork

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to do about which events."""
        return (
            (AppInstalled, self.agreed),
            (AppScopesChanged, self.agreed),
            (AppUninstalled, self.parted),
            (AppWebhookDeclared, self.spread),
            (AppWebhookRemoved, self.spread),
        )

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What is done later."""
        return (self.say_farewell,)

    @serves(Purpose.SERVICE)
    async def agreed(self, event: ConnectionEvent, context: PluginContext) -> None:
        """Tell the app that it was agreed to, and of everything else from then on."""
        home_id = await self._home_of(event.app_id, context)
        wanted = await self._wanted(home_id, event.app_id) if home_id else None
        async with context.settle() as uow:
            if wanted is None:
                return
            connection = await ConnectedApps(uow).held(event.app_id)
            if connection is not None:
                endpoint = await _follow(uow, wanted, connection)
                await _owe(uow, endpoint, context)

    @serves(Purpose.SERVICE)
    async def parted(self, event: AppUninstalled, context: PluginContext) -> None:
        """Tell the app that it is over, and nothing else any more."""
        async with context.settle() as uow:
            endpoints = WebhookEndpoints(uow)
            endpoint = await endpoints.of_app(event.app_id, WebhookOwner.APP)
            if endpoint is None or await ConnectedApps(uow).held(event.app_id) is not None:
                return
            await WebhookDeliveries(uow).forget(endpoint.id)
            await endpoints.save(endpoint, events=[], permissions=[], updated_at=uow.now)
            await _owe(uow, endpoint, context)
            payload = {"app_id": str(event.app_id)}
            at, key = uow.now + FAREWELL, _farewell(event.app_id)
            uow.schedule("webhooks.say_farewell", at=at, key=key, payload=payload)

    @serves(Purpose.SERVICE)
    async def spread(self, event: AppWebhookEvent, context: PluginContext) -> None:
        """Bring every business's endpoint in step with what is declared now."""
        wanted = await self._wanted(context.tenant_id, event.app_id)
        for tenant_id in await Apps.tenants_of(event.app_id):
            async with self.unit_of_work(await job_scope(tenant_id, JOB)) as uow:
                connection = await ConnectedApps(uow).held(event.app_id)
                # Only the app's own home is heard, whatever an event says.
                if connection is None or connection.home_id != context.tenant_id:
                    continue
                if wanted is None:
                    await _drop(uow, event.app_id)
                else:
                    await _follow(uow, wanted, connection)

    @serves(Purpose.SERVICE)
    async def say_farewell(self, payload: dict[str, Any], context: PluginContext) -> None:
        """Drop the endpoint of an app that the business parted with days ago."""
        app_id = UUID(payload["app_id"])
        async with context.settle() as uow:
            if await ConnectedApps(uow).held(app_id) is None:
                await _drop(uow, app_id)

    async def _home_of(self, app_id: UUID, context: PluginContext) -> UUID | None:
        async with context.unit_of_work() as uow:
            connection = await ConnectedApps(uow).held(app_id)
            return connection.home_id if connection else None

    async def _wanted(self, home_id: UUID, app_id: UUID) -> Wanted | None:
        """What an app declares; read at its home, whose keys open the secrets."""
        async with self.unit_of_work(await job_scope(home_id, JOB)) as uow:
            endpoint = await WebhookEndpoints(uow).of_app(app_id, WebhookOwner.DECLARED)
            if endpoint is None:
                return None
            return Wanted(endpoint, await WebhookKeys(uow).signing(endpoint.id))


async def _follow(uow: UnitOfWork, wanted: Wanted, connection: ConnectedApp) -> WebhookEndpoint:
    """The business's endpoint of an app, made or brought in step; a failed one begins anew."""
    endpoints, app_id = WebhookEndpoints(uow), connection.app_id
    declared = wanted.endpoint
    values: dict[str, Any] = {
        "description": connection.name,
        "enabled": True,
        "events": declared.events,
        "payload": declared.payload,
        "permissions": [each for each in connection.permissions if each.endswith(":read")],
        "stopped": None,
        "updated_at": uow.now,
        "url": declared.url,
        **vars(Health()),
    }
    known = await endpoints.of_app(app_id, WebhookOwner.APP)
    if known is None:
        named = {"created_by": f"app:{app_id}", "created_at": uow.now, "app_id": app_id}
        endpoint = await endpoints.add(**values, **named, owner_kind=WebhookOwner.APP)
    else:
        endpoint = await endpoints.save(known, **values)
        uow.cancel(_farewell(app_id))
    await _copy_keys(uow, endpoint.id, wanted.keys)
    await _switch_on(uow)
    return endpoint


async def _copy_keys(uow: UnitOfWork, endpoint_id: UUID, wanted: list[WebhookKey]) -> None:
    """The same secrets, sealed under the business's own key."""
    keys = WebhookKeys(uow)
    await keys.clear(endpoint_id)
    # The oldest first, so that their ids keep their order.
    for key in reversed(wanted):
        await keys.add(
            endpoint_id=endpoint_id,
            algorithm=key.algorithm,
            secret=Sealed.text(key.secret.read()),
            public_key=key.public_key,
            created_at=key.created_at,
            expires_at=key.expires_at,
        )


async def _switch_on(uow: UnitOfWork) -> None:
    """Have deliveries made; a business that switched webhooks off itself keeps them off."""
    installations = PluginInstallations(uow)
    if await installations.of(NAME) is None:
        await installations.add(plugin=NAME, enabled=True, updated_at=uow.now)


async def _owe(uow: UnitOfWork, endpoint: WebhookEndpoint, context: PluginContext) -> None:
    """Owe an endpoint the event that is being handled, once."""
    deliveries, event_id = WebhookDeliveries(uow), context.occurrence.id
    if not await deliveries.owes(endpoint.id, event_id):
        entry: OutboxEntry = await OutboxEntries(uow).get(event_id)
        await deliveries.owe(endpoint.id, [entry])


async def _drop(uow: UnitOfWork, app_id: UUID) -> None:
    endpoints = WebhookEndpoints(uow)
    endpoint = await endpoints.of_app(app_id, WebhookOwner.APP)
    if endpoint is not None:
        await WebhookDeliveries(uow).forget(endpoint.id)
        await endpoints.remove(endpoint)


def _farewell(app_id: UUID) -> str:
    return f"webhooks.farewell:{app_id}"
