"""Tells the systems of others what happened, by signed requests to addresses a tenant named."""

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.manifest import Category, Manifest
from plugins.spec import Address, Answering, Subscribe, hookimpl
from plugins.webhooks.events import WebhookDisabled
from plugins.webhooks.notice import write_notice
from plugins.webhooks.personal import Exchanges
from plugins.webhooks.recipients import endpoints
from plugins.webhooks.rules import NAME, PACE, PATIENCE
from plugins.webhooks.sending import send
from plugins.webhooks.settings import Settings
from plugins.webhooks.stopping import stop_all
from tenants.life_cycle.events import TenantClosed


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=NAME,
        title="Webhooks",
        summary="Signed requests to your other systems, or your partners', when something happens.",
        version="1",
        category=Category.CHANNEL,
        settings=Settings,
        permissions=frozenset({"members:read", "tenant:read"}),
        # A subscriber may ask for whatever whoever made the endpoint may read.
        data=frozenset(
            {
                DataClass.APPOINTMENT,
                DataClass.CALLER_IDENTITY,
                DataClass.CALL_METADATA,
                DataClass.INQUIRY,
                DataClass.LEAD,
                DataClass.LOG,
                DataClass.SUPPORT,
                DataClass.TRANSCRIPT,
            }
        ),
        purpose=Purpose.CALL_DELIVERY,
        # Under HIPAA an address learns that there is something, unless an agreement covers it.
        asks_agreements=True,
        stores_personal_data=True,
        models="plugins.webhooks.models",
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """Owners are written to when an endpoint is switched off; with an account all of them are."""
    subscribe(WebhookDisabled, write_notice)
    subscribe(TenantClosed, stop_all)


@hookimpl
def register_recipients(address: Address) -> None:
    """Every endpoint that is on gets the events it chose."""
    address(endpoints, send, timeout=PATIENCE, pace=PACE)


@hookimpl
def register_personal_data(answering: Answering) -> None:
    """Copies of what was sent are answered for here; the addresses are told by events."""
    answering(Exchanges())
