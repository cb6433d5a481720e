"""Knowing what of ours stands in customer files elsewhere."""

from dataclasses import dataclass
from uuid import UUID

from domain.crm.events import CrmErased, CrmRecorded
from domain.crm.models import CrmRecord
from domain.crm.ports import Kind
from domain.crm.repository import CrmRecords
from domain.work import UnitOfWork


@dataclass(frozen=True)
class Standing:
    """Something of ours, whom it is about, and at which plugin's it stands."""

    plugin: str
    kind: Kind
    thing_id: UUID
    about_id: UUID | None


async def keep(uow: UnitOfWork, standing: Standing, record: str) -> CrmRecord:
    """Remember under which record something stands; again, that it does."""
    records = CrmRecords(uow)
    known = await records.of_thing(standing.plugin, standing.kind, standing.thing_id)
    if known is not None:
        return await records.save(known, record=record, written_at=uow.now)
    row = await records.add(
        plugin=standing.plugin,
        kind=standing.kind,
        thing_id=standing.thing_id,
        about_id=standing.about_id,
        record=record,
        written_at=uow.now,
    )
    uow.record(CrmRecorded(crm_record_id=row.id, plugin=row.plugin, kind=row.kind.value))
    return row


async def forget(uow: UnitOfWork, plugin: str, contact_id: UUID) -> int:
    """Forget where everything about somebody stood; returns how much that was."""
    rows = await CrmRecords(uow).about(plugin, contact_id)
    for row in rows:
        await CrmRecords(uow).remove(row)
        uow.record(CrmErased(crm_record_id=row.id, plugin=plugin, kind=row.kind.value))
    return len(rows)
