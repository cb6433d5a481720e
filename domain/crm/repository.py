"""What stands in customer files, as one unit of work sees it."""

from uuid import UUID

from domain.crm.models import CrmRecord
from domain.crm.ports import Kind
from domain.repository import Repository


class CrmRecords(Repository[CrmRecord]):
    """Which record elsewhere is which thing of ours."""

    model = CrmRecord
    noun = "CRM record"

    async def of_thing(self, plugin: str, kind: Kind, thing_id: UUID) -> CrmRecord | None:
        """Where one thing stands, held until the transaction ends."""
        rows = self.all().filter(plugin=plugin, kind=kind, thing_id=thing_id)
        return await self.maybe(rows.select_for_update())

    async def about(self, plugin: str, contact_id: UUID) -> list[CrmRecord]:
        """Everything that stands at one plugin's about somebody, themselves last."""
        rows = self.all().filter(plugin=plugin, about_id=contact_id)
        found = await self.page(rows.order_by("id"))
        return sorted(found, key=lambda row: row.kind is Kind.CONTACT)
