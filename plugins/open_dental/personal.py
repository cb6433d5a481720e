"""What of people stands in the practice's book, and what becomes of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.appointments.repository import Appointments
from domain.calendars.repository import CalendarEntries, CalendarLinks
from domain.privacy.ports import Receipt
from plugins import calendar_sync
from plugins.context import PluginContext
from plugins.open_dental.handlers import provider
from plugins.open_dental.visitors import NAME

REMAINS = "if they are a patient there, that record is the practice's own: its API deletes nobody"
THEIRS = "the record of a patient is the practice's own: it is corrected there"
RESTRICTED = "nothing more is told; records there stay as they are"
# What took place stays as the practice has noted it.
BEHIND = timedelta(days=1)


class Records:
    """Implements `PersonalData`: appointments that we wrote, and no patient."""

    async def export(self, contact_id: UUID, context: PluginContext) -> Mapping[str, Any]:
        """Where somebody's visits stand there; what the records say is to be had there."""
        async with context.unit_of_work() as uow:
            links = {each.id for each in await CalendarLinks(uow).of_plugin(NAME)}
            visits = Appointments(uow)
            theirs = await visits.page(visits.all().filter(contact_id=contact_id))
            entries = [
                each for visit in theirs for each in await CalendarEntries(uow).of_visit(visit.id)
            ]
        return {"appointments": [each.address for each in entries if each.link_id in links]}

    async def rectify(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Nothing is changed in a patient's record but by the practice."""
        return Receipt(note=THEIRS, complete=False)

    async def restrict(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Nothing more is told."""
        return Receipt(note=RESTRICTED)

    async def erase(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Break what is left of visits that are gone; patients are the practice's to keep."""
        async with calendar_sync.asking(context):
            rows = await calendar_sync.sweep(context, provider(context), NAME, BEHIND)
        return Receipt(rows=rows, note=REMAINS, complete=False)
