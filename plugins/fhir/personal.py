"""What of people stands in the practice's system, and how they are corrected and erased there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.privacy.ports import Receipt
from integrations.fhir.wire import reference_of
from plugins.context import PluginContext
from plugins.fhir.handlers import patients
from plugins.fhir.visitors import visitor

REMAINS = "records of visits that took place, and their patient, are the practice's to keep"
RESTRICTED = "nothing more is told; records there stay as they are"


class Records:
    """Implements `PersonalData`: whatever carries our id of somebody."""

    async def export(self, contact_id: UUID, context: PluginContext) -> Mapping[str, Any]:
        """Where somebody stands there; what it says is to be had there."""
        known = await patients(context).known(contact_id)
        return {"records": [reference_of(each) for each in known]}

    async def rectify(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Write what is right now, where the record is ours."""
        async with context.unit_of_work() as uow:
            found = await visitor(uow, contact_id)
        if found is None:
            return Receipt()
        return Receipt(rows=await patients(context).correct(found))

    async def restrict(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Nothing more is told."""
        return Receipt(note=RESTRICTED)

    async def erase(self, contact_id: UUID, context: PluginContext) -> Receipt:
        """Delete what is ours, but not what the practice has noted of its patient."""
        left = await patients(context).erase(contact_id)
        note = REMAINS if left.kept else ""
        return Receipt(rows=left.deleted, note=note, complete=not left.kept)
