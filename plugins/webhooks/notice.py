"""The letter that says that an endpoint was switched off."""

from domain.handlers import serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from plugins.context import PluginContext
from plugins.webhooks.events import WebhookDisabled
from plugins.webhooks.models import WebhookOwner, WebhookStopped
from plugins.webhooks.repository import WebhookEndpoints
from plugins.webhooks.rules import FAILING_UNTIL_OFF
from tenants.service import owner_addresses

REASONS = {
    WebhookStopped.FAILING: (
        f"It has answered nothing but errors for {FAILING_UNTIL_OFF.days} days."
    ),
    WebhookStopped.CLOSED: "The account was closed.",
    WebhookStopped.GONE: "It answered that it is gone for good (410).",
}


@serves(Purpose.SERVICE_MESSAGES)
async def write_notice(event: WebhookDisabled, context: PluginContext) -> None:
    """Write to the owners; if the endpoint has been deleted, there is nothing to say."""
    async with context.unit_of_work() as uow:
        endpoint = await WebhookEndpoints(uow).known(event.endpoint_id)
        to = await owner_addresses(uow)
    # The tenant could do nothing about an app's endpoint.
    if endpoint is None or not to or endpoint.owner_kind is not WebhookOwner.TENANT:
        return
    text = (
        f"{context.tenant.name}: we have stopped sending events to this address.\n\n"
        f"{endpoint.url}\n\n{REASONS[WebhookStopped(event.reason)]}\n\n"
        "What it was still owed is kept for 30 days. Once the address works, switch the endpoint"
        " on again and replay the days that it missed.\n"
    )
    subject = "A webhook of yours was switched off"
    await context.mailer.send(Mail(to, subject, text, message_id_of(context.delivery_id)))
