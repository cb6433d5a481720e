"""A plugin that keeps copies of people elsewhere, and forgets them when it can."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain.contacts.events import ContactAdded
from domain.contacts.repository import Contacts
from domain.errors import Unavailable
from domain.handlers import HandlerContext
from domain.personal import DataClass
from domain.privacy.ports import Receipt
from domain.privacy.purposes import Purpose
from plugins.manifest import Category, Manifest
from plugins.spec import Answering, Subscribe, hookimpl


class NothingToSet(BaseModel):
    """It has no settings."""


class Holder:
    """A CRM in memory; while `broken` it forgets nobody."""

    name = "crm"

    def __init__(self) -> None:
        self.people: dict[UUID, dict[str, str]] = {}
        self.broken = False
        self.asked = 0

    @hookimpl
    def plugin_manifest(self) -> Manifest:
        return Manifest(
            name=self.name,
            title="CRM",
            summary="Keeps copies",
            version="1",
            category=Category.CHANNEL,
            settings=NothingToSet,
            permissions=frozenset({"contacts:read"}),
            data=frozenset({DataClass.CALLER_IDENTITY}),
            purpose=Purpose.SERVICE,
        )

    @hookimpl
    def register_event_handlers(self, subscribe: Subscribe) -> None:
        subscribe(ContactAdded, self.copy)

    @hookimpl
    def register_personal_data(self, answering: Answering) -> None:
        answering(self)

    async def copy(self, event: ContactAdded, context: Any) -> None:
        async with context.unit_of_work() as uow:
            contact = await Contacts(uow).get(event.contact_id)
        known = {"name": contact.name, "phone": contact.phone}
        self.people[contact.id] = {what: held.read() for what, held in known.items() if held}

    async def export(self, contact_id: UUID, context: HandlerContext) -> Mapping[str, Any]:
        return self.people.get(contact_id, {})

    async def rectify(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        async with context.unit_of_work() as uow:
            contact = await Contacts(uow).get(contact_id)
        self.people[contact_id]["name"] = contact.name.read()
        return Receipt(rows=1)

    async def restrict(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        self.people[contact_id]["restricted"] = "yes"
        return Receipt(rows=1)

    async def erase(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        self.asked += 1
        if self.broken:
            raise Unavailable("The other side does not answer")
        return Receipt(rows=int(self.people.pop(contact_id, None) is not None))
