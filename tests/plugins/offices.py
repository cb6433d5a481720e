"""A business with a CRM of its own, connected by OAuth, and the road there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import calls, contacts, conversations, leads, messages
from domain.conversations.acts import Disposition
from domain.crm.models import CrmRecord
from domain.crm.repository import CrmRecords
from domain.leads.service import NewLead
from domain.messages.service import NewMessage
from integrations.http_out import Outbound, Reach
from integrations.oauth import OAuthClient, Provider, Tokens
from plugins import settings
from plugins.admission import Equipment
from plugins.capability import CheckContext
from plugins.connections import service
from plugins.connections.accounts import Accounts
from plugins.connections.providers import Providers
from plugins.connections.refreshing import Renewing
from plugins.connections.way_out import ToServices
from plugins.health import Trier
from plugins.registry import Registry
from tests.factories import calls as telephone
from tests.factories.business import open_practice
from tests.factories.callers import Caller, ring
from tests.plugins.conftest import Build, Road

LOOPBACK = Outbound(Reach.parse("127.0.0.0/8"), patience=5.0)


@dataclass
class Office:
    """The business, its CRM, and somebody who calls."""

    plugin: str
    road: Road
    crm: Any
    accounts: Accounts
    caller: Caller
    connection_id: UUID

    def open(self) -> Any:
        return self.road.unit_of_work(self.road.scope)

    async def configure(self, **values: Any) -> None:
        async with self.open() as uow:
            await settings.configure(uow, self.road.registry, self.plugin, values)

    async def call(self) -> UUID:
        """The caller's call comes and is over; everything about it is there."""
        id = self.caller.conversation_id
        async with self.road.unit_of_work(self.caller.scope) as uow:
            call = await calls.ring(uow, telephone.ringing(self.caller))
            await calls.answer(uow, call.id)
        async with self.road.unit_of_work(self.caller.scope) as uow:
            await conversations.end(uow, id, Disposition.COMPLETED)
            await calls.end(uow, call.id, Disposition.COMPLETED)
            await calls.settle_recording(uow, call.id)
            await calls.settle_summary(uow, call.id)
        return call.id

    async def lead(self, need: str = "A new kitchen") -> UUID:
        async with self.open() as uow:
            new = NewLead(self.caller.contact_id, need, conversation_id=self.caller.conversation_id)
            return (await leads.capture(uow, new)).id

    async def message(self, body: str = "Call me about the invoice") -> UUID:
        async with self.open() as uow:
            new = NewMessage(self.caller.conversation_id, body, self.caller.contact_id)
            return (await messages.leave(uow, new)).id

    async def correct(self, **details: str) -> None:
        async with self.open() as uow:
            await contacts.update(uow, self.caller.contact_id, contacts.Details(**details))

    async def context(self) -> CheckContext:
        """What its plugin is given, outside of any delivery."""
        equipment = Equipment(self.road.unit_of_work, LOOPBACK, self.accounts)
        async with self.open() as uow:
            return await Trier(self.road.registry, equipment).prepare(uow, self.plugin)

    async def travel(self) -> None:
        """Deliver, with what deliveries cause."""
        while await self.road.travel():
            pass

    async def records(self) -> list[CrmRecord]:
        async with self.open() as uow:
            return await CrmRecords(uow).page(CrmRecords(uow).all().order_by("kind"))

    async def states(self) -> dict[str, tuple[str, int]]:
        """How the plugin's deliveries stand, and after how many attempts."""
        return {
            one.handler: (one.status.value, one.attempts)
            for one in await self.road.deliveries()
            if one.handler.startswith(f"{self.plugin}:")
        }


async def open_office(road: Build, crm: Any, there: Provider, given: Tokens, work: Any) -> Office:
    """Connect an account of a service, which gave these tokens, and switch its plugin on."""
    client = OAuthClient(ToServices(LOOPBACK))
    accounts = Accounts(Renewing(client, Providers({there.name: there})))
    made = road(Registry(), http=LOOPBACK, accounts=accounts)
    await open_practice(work, made.scope)
    caller = await ring(work, made.scope, name="Anna Schmidt")
    async with work(made.scope) as uow:
        connection = await service.keep(uow, there, given)
        await settings.enable(uow, made.registry, there.name)
    office = Office(there.name, made, crm, accounts, caller, connection.id)
    await office.travel()
    return office
