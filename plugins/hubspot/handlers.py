"""When HubSpot is told, and asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.calls.events import CallFinalized
from domain.contacts.events import ContactChanged
from domain.crm.repository import CrmRecords
from domain.leads.events import LeadCaptured
from domain.messages.events import MessageLeft
from domain.privacy.ports import Receipt
from integrations.hubspot import HubSpotClient, Placing
from integrations.hubspot.wire import Wire
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.crm_sync import Desk, Wishes, unless_erased
from plugins.hubspot.settings import Settings
from plugins.way_out import CUSTOMER_FILE, WayOut

NAME = "hubspot"
# Nobody has it: whoever answers has let us in.
NOBODY = "nobody@deskbell.invalid"


@dataclass(frozen=True)
class Access:
    """Tokens of the account that a tenant has connected."""

    context: Capability | PluginContext

    async def token(self, refused: str = "") -> str:
        """A token. Raises `NotConnected`, `NeedsConsent` and `Unavailable`."""
        context, chosen = self.context, settings_of(self.context).account
        return await context.accounts.token(context.unit_of_work, NAME, chosen, refused)


def settings_of(context: Capability | PluginContext) -> Settings:
    """What the tenant has set."""
    assert isinstance(context.settings, Settings)
    return context.settings


def provider(context: Capability | PluginContext) -> HubSpotClient:
    """The account that a tenant has connected. Raises `NotConnected`."""
    set = settings_of(context)
    api = context.accounts.api(NAME)
    wire = Wire(WayOut.to(CUSTOMER_FILE, context.http), Access(context), api)
    return HubSpotClient(wire, Placing(set.pipeline, set.stage, context.tenant.region))


def desk(context: PluginContext) -> Desk:
    """The work of one delivery."""
    set = settings_of(context)
    fields = {str(ours): there for ours, there in set.fields.items()}
    return Desk(context, provider(context), Wishes(NAME, set.link, fields))


async def note_call(event: CallFinalized, context: PluginContext) -> None:
    """Everything about a call is there: it stands at its caller's record."""
    if settings_of(context).calls:
        async with unless_erased(context):
            await desk(context).call_over(event.call_id)


async def note_lead(event: LeadCaptured, context: PluginContext) -> None:
    """Somebody showed interest: there is a deal."""
    if settings_of(context).leads:
        async with unless_erased(context):
            await desk(context).lead_captured(event.lead_id)


async def note_message(event: MessageLeft, context: PluginContext) -> None:
    """Somebody left a message: there is something to be done."""
    if settings_of(context).tasks:
        async with unless_erased(context):
            await desk(context).message_left(event.message_id)


async def note_correction(event: ContactChanged, context: PluginContext) -> None:
    """Something about a person was corrected: it is right there, too."""
    async with unless_erased(context):
        await desk(context).correct(event.contact_id)


async def check(context: Capability) -> None:
    """Ask for somebody who is not there. Raises whatever stands in the way."""
    await provider(context).find("", NOBODY)


class OnFileThere:
    """Answers for what stands at HubSpot; what is kept here are numbers of records."""

    async def export(self, contact_id: UUID, context: PluginContext) -> Mapping[str, Any]:
        """Where somebody stands there; what it says is to be had there."""
        async with context.unit_of_work() as uow:
            rows = await CrmRecords(uow).about(NAME, contact_id)
        return {"records": [{"kind": row.kind.value, "record": row.record} for row in rows]}

    async def rectify(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Write what is right now."""
        return Receipt(rows=await desk(context).correct(contact_id))

    async def restrict(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Nothing more is told; what stands there is the business's to lock."""
        return Receipt(note="nothing more is told; records there stay as they are")

    async def erase(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Delete everything there, for good."""
        async with context.unit_of_work() as uow:
            if not await CrmRecords(uow).about(NAME, contact_id):
                return Receipt()
        return Receipt(rows=await desk(context).erase(contact_id))
