"""Stopping every endpoint of a business that has closed its account."""

from plugins.context import PluginContext
from plugins.webhooks.models import WebhookStopped
from plugins.webhooks.repository import WebhookEndpoints
from tenants.life_cycle.events import TenantClosed


async def stop_all(event: TenantClosed, context: PluginContext) -> None:
    """Send nothing any more; what was still owed is dropped with the endpoint."""
    async with context.settle() as uow:
        endpoints = WebhookEndpoints(uow)
        for endpoint in await endpoints.page(endpoints.all().filter(enabled=True)):
            stopped = {"enabled": False, "stopped": WebhookStopped.CLOSED}
            await endpoints.save(endpoint, **stopped, updated_at=uow.now)
