"""When somebody is looked at: as soon as they ask for letters, say no, are corrected or restricted.

One question stands behind all of it: how do they want it now? So it does not matter in which order
these things are told.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.contacts.events import ContactChanged, ContactRestricted, ContactRestrictionLifted
from domain.crm.repository import CrmRecords
from domain.outreach import newsletters
from domain.outreach.agreements.events import OutreachConsentGiven, OutreachConsentWithdrawn
from domain.outreach.agreements.models import Route
from domain.outreach.agreements.repository import OutreachConsents
from domain.outreach.events import OutreachRefused
from domain.privacy.ports import Receipt
from domain.privacy.purposes import Purpose
from plugins.context import PluginContext
from plugins.erased import unless_erased
from plugins.mailchimp.desk import NAME, Desk, Listed

# What Mailchimp says of whoever was deleted there for good.
REMAINS = "Mailchimp knows by a digest that the address was deleted, and takes it by its forms only"


async def asked(event: OutreachConsentGiven, context: PluginContext) -> None:
    """Somebody agreed to something: perhaps to letters."""
    if (event.route, event.purpose) == (Route.EMAIL, Purpose.MARKETING):
        await _settle(context, event.contact_id)


async def left(event: OutreachConsentWithdrawn, context: PluginContext) -> None:
    """Somebody took something back: perhaps that they want letters."""
    async with unless_erased(context):
        async with context.unit_of_work() as uow:
            consent = await OutreachConsents(uow).get(event.consent_id)
        if (consent.route, consent.purpose) == (Route.EMAIL, Purpose.MARKETING):
            await _settle(context, consent.contact_id)


async def refused(event: OutreachRefused, context: PluginContext) -> None:
    """Somebody said stop to one of the numbers of the business."""
    async with unless_erased(context):
        async with context.unit_of_work() as uow:
            contact_id = await newsletters.of_refusal(uow, event.refusal_id)
        if contact_id is not None:
            await _settle(context, contact_id)


async def corrected(event: ContactChanged, context: PluginContext) -> None:
    """Something about a person was corrected: it is right there, too."""
    await _settle(context, event.contact_id)


async def only_kept(event: ContactRestricted, context: PluginContext) -> None:
    """Nothing is sent to somebody whose data is only kept."""
    await _settle(context, event.contact_id)


async def used_again(event: ContactRestrictionLifted, context: PluginContext) -> None:
    """What was only kept may be used again."""
    await _settle(context, event.contact_id, returns=True)


async def _settle(context: PluginContext, contact_id: UUID, *, returns: bool = False) -> None:
    async with unless_erased(context):
        await Desk.of(context).settle(contact_id, returns=returns)


class OnAudiences:
    """Answers for whoever was put on an audience."""

    async def export(self, contact_id: UUID, context: PluginContext) -> Mapping[str, Any]:
        """Where somebody stands there; what it says is to be had there."""
        async with context.unit_of_work() as uow:
            rows = await CrmRecords(uow).about(NAME, contact_id)
        places = [Listed.of(row) for row in rows]
        return {
            "audiences": [{"audience": each.audience, "record": each.record} for each in places]
        }

    async def rectify(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Write what is right now."""
        await _settle(context, contact_id)
        return Receipt(rows=1)

    async def restrict(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Archive them: they stay there, and are sent nothing."""
        await _settle(context, contact_id)
        return Receipt(note="archived on the audience; nothing is sent")

    async def erase(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Delete them for good."""
        async with context.unit_of_work() as uow:
            if not await CrmRecords(uow).about(NAME, contact_id):
                return Receipt()
        return Receipt(rows=await Desk.of(context).erase(contact_id), note=REMAINS)
