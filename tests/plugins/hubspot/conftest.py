"""A business with a HubSpot of its own, connected by OAuth, and the road there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from domain import calls, contacts, conversations, leads, messages
from domain.conversations.acts import Disposition
from domain.crm.models import CrmRecord
from domain.crm.repository import CrmRecords
from domain.leads.service import NewLead
from domain.messages.service import NewMessage
from integrations.http_out import Outbound, Reach
from integrations.hubspot.fake import FakeHubSpot
from integrations.oauth import OAuthClient, Provider, Tokens
from plugins import settings
from plugins.connections import service
from plugins.connections.accounts import Accounts
from plugins.connections.providers import Providers as Services
from plugins.connections.refreshing import Renewing
from plugins.connections.way_out import ToServices
from plugins.hubspot import FILE
from plugins.registry import Registry
from tests.factories import calls as telephone
from tests.factories.business import open_practice
from tests.factories.callers import Caller, ring
from tests.fakes.serving import free_port, serving
from tests.plugins.conftest import Road

LOOPBACK = Outbound(Reach.parse("127.0.0.0/8"), patience=5.0)


@dataclass
class Office:
    """The business, its HubSpot, and somebody who calls."""

    road: Road
    hubspot: FakeHubSpot
    accounts: Accounts
    caller: Caller
    connection_id: UUID

    def open(self) -> Any:
        return self.road.unit_of_work(self.road.scope)

    async def configure(self, **values: Any) -> None:
        async with self.open() as uow:
            await settings.configure(uow, self.road.registry, FILE.plugin, values)

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
            if one.handler.startswith("hubspot:")
        }


@pytest.fixture
async def hubspot() -> FakeHubSpot:
    return FakeHubSpot()


@pytest.fixture
async def api(hubspot: FakeHubSpot) -> AsyncIterator[str]:
    async with serving(hubspot.app(), free_port()) as port:
        yield f"http://127.0.0.1:{port}"


def service_at(api: str) -> Provider:
    return Provider(
        name=FILE.plugin,
        title="HubSpot",
        authorize_url=f"{api}/oauth/authorize",
        token_url=f"{api}/oauth/v1/token",
        client_id="deskbell",
        client_secret="secret",
        scopes=("crm.objects.contacts.read",),
        api_url=api,
    )


@pytest.fixture
async def office(
    road: Any, hubspot: FakeHubSpot, api: str, unit_of_work: Any, scope: Any
) -> Office:
    there = service_at(api)
    accounts = Accounts(Renewing(OAuthClient(ToServices(LOOPBACK)), Services({FILE.plugin: there})))
    made = road(Registry(), http=LOOPBACK, accounts=accounts)
    await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name="Anna Schmidt")
    async with unit_of_work(scope) as uow:
        tokens = Tokens("token", "refresh", 1800, subject="42", account="hub 42")
        connection = await service.keep(uow, there, tokens)
        await settings.enable(uow, made.registry, FILE.plugin)
    office = Office(made, hubspot, accounts, caller, connection.id)
    await office.travel()
    return office
