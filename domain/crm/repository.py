"""What stands in customer files, as one unit of work sees it."""

from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from domain.calls.models import Call, CallState
from domain.calls.repository import Calls
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations
from domain.crm.models import CrmFile, CrmRecord
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

    async def stand(self, plugin: str, kind: Kind, things: list[UUID]) -> set[UUID]:
        """Which of some things stand there."""
        rows = self.all().filter(plugin=plugin, kind=kind, thing_id__in=things)
        return {row.thing_id for row in await self.page(rows)}

    async def about(self, plugin: str, contact_id: UUID) -> list[CrmRecord]:
        """Everything that stands at one plugin's about somebody, themselves last."""
        rows = self.all().filter(plugin=plugin, about_id=contact_id)
        found = await self.page(rows.order_by("id"))
        return sorted(found, key=lambda row: row.kind is Kind.CONTACT)

    async def of_record(self, plugin: str, record: str) -> CrmRecord | None:
        """Who of ours stands under a record of a contact."""
        return await self.maybe(self._under(plugin, [record]))

    async def of_records(self, plugin: str, records: list[str]) -> list[CrmRecord]:
        """Who of ours stand under some records of contacts."""
        return await self.page(self._under(plugin, records))

    def _under(self, plugin: str, records: list[str]) -> QuerySet[CrmRecord]:
        return self.all().filter(plugin=plugin, kind=Kind.CONTACT, record__in=records)


class CrmFiles(Repository[CrmFile]):
    """The customer files of a business, one per plugin."""

    model = CrmFile
    noun = "customer file"

    async def listed(self) -> list[CrmFile]:
        """All of them, by plugin."""
        return await self.page(self.all().order_by("plugin"))

    async def held(self, plugin: str) -> CrmFile | None:
        """One of them, held until the transaction ends."""
        return await self.maybe(self.all().filter(plugin=plugin).select_for_update())


class ContactsToFile(Contacts):
    """Everybody who may be put on file, in the order of their ids."""

    def fitting(self) -> QuerySet[Contact]:
        """Whoever is not only kept."""
        return self.all().filter(restricted_at=None)

    async def after(self, id: UUID | None, most: int) -> list[UUID]:
        """The next ones."""
        rows = self.fitting() if id is None else self.fitting().filter(id__gt=id)
        return [row.id for row in await rows.order_by("id").limit(most).only("id")]


class CallsToFile(Calls):
    """Calls of the past that may be noted there, in the order in which they came."""

    def fitting(self) -> QuerySet[Call]:
        """Those about which everything is known, and of whom."""
        talks = Conversations(self.uow).all().filter(contact_id__isnull=False)
        inner = Subquery(talks.values("id"))
        return self.all().filter(state=CallState.FINALIZED, conversation_id__in=inner)

    async def after(self, id: UUID | None, most: int) -> list[UUID]:
        """The next ones."""
        rows = self.fitting() if id is None else self.fitting().filter(id__gt=id)
        return [row.id for row in await rows.order_by("id").limit(most).only("id")]
