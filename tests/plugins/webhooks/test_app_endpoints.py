"""An app is told of every business that is connected: what it may hear, in order, to the end."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from api.graphql.payloads import PayloadRenderer, payload_document
from domain import conversations
from domain.audit.repository import AuditEntries
from domain.calls.events import CallRinging
from domain.contacts.events import ContactChanged
from domain.conversations.events import ConversationSummarised
from domain.errors import Forbidden, InvalidInput, NotFound
from integrations.http_out import Outbound
from plugins import settings
from plugins.dispatch import claim_due
from plugins.registry import Registry
from plugins.webhooks import declaring, replaying, service
from plugins.webhooks.app_endpoints import FAREWELL, AppEndpoints
from plugins.webhooks.declaring import Declaration
from plugins.webhooks.errors import ManagedByApp
from plugins.webhooks.models import WebhookAlgorithm, WebhookOwner
from plugins.webhooks.repository import WebhookEndpoints
from plugins.webhooks.rules import NAME
from tenants.apps import consent
from tenants.apps import service as apps
from tenants.apps.keeping import AppKeeper
from tenants.apps.models import App
from tenants.apps.repository import ConnectedApps
from tests.api.everything import turn
from tests.conftest import as_system
from tests.factories.apps import app_of, connect
from tests.factories.callers import ring
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import EVERYTHING, PACE, Road
from tests.plugins.webhooks.conftest import LOOPBACK
from tests.plugins.webhooks.test_signatures import holds

DOCUMENT = "subscription { event { name contact { name } } }"


@dataclass
class Partner:
    """An app, its home, and a business on the same road."""

    home: Road
    tenant: Road
    app: App

    async def declare(self, url: str, *events: str, **more: Any) -> declaring.Declared:
        new = Declaration(url, events or ("*",), **more)
        async with self.home.unit_of_work(self.home.scope) as uow:
            return await declaring.declare(uow, self.app.id, new, LOOPBACK)

    async def at_home(self, deed: Any, *given: Any, **more: Any) -> Any:
        async with self.home.unit_of_work(self.home.scope) as uow:
            return await deed(uow, *given, **more)

    async def connect(self, *permissions: str) -> Any:
        return await connect(self.home.unit_of_work, self.tenant.scope, self.app, *permissions)

    async def disconnect(self) -> None:
        async with self.tenant.unit_of_work(self.tenant.scope) as uow:
            connections = ConnectedApps(uow)
            live = await connections.one(connections.live(self.app.id))
            await consent.disconnect(uow, live.id)

    async def happen(self, *events: Any) -> None:
        async with self.tenant.unit_of_work(self.tenant.scope) as uow:
            for event in events:
                uow.record(event)

    async def travel(self) -> None:
        """Let everything arrive: what happens at one place may follow from another."""
        clock = self.home.unit_of_work.clock
        tenants = {self.home.scope.tenant_id, self.tenant.scope.tenant_id}
        while True:
            await self.home.fan_out()
            async with as_system(self.home.urls):
                claimed = await claim_due(clock.now(), PACE.queue_lease, EVERYTHING)
            due = [one for one in claimed if one.tenant_id in tenants]
            if not due:
                return
            for one in due:
                await self.home.deliverer.deliver(one.tenant_id, one.dispatch)

    async def endpoints(self) -> list[Any]:
        async with self.tenant.unit_of_work(self.tenant.scope) as uow:
            rows = WebhookEndpoints(uow)
            return await rows.page(rows.kept_by(WebhookOwner.APP))


@pytest.fixture
async def partner(unit_of_work, scope, other_scope, road) -> Partner:
    keeper, endpoints = AppKeeper(unit_of_work), AppEndpoints(unit_of_work)
    registry = Registry((*keeper.handlers, *endpoints.handlers), endpoints.jobs)
    renderer = PayloadRenderer(unit_of_work, None, registry)
    there = road(registry, Postbox(), http=Outbound(LOOPBACK, patience=5.0), renderer=renderer)
    app = (await app_of(unit_of_work, other_scope, "calls:read", "contacts:read")).app
    return Partner(replace(there, scope=other_scope), there, app)


def told(receiver) -> list[str]:
    return [heard.message["type"] for heard in receiver.heard]


async def test_an_app_hears_that_it_was_installed_and_what_happens_then(partner, receiver):
    declared = await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    contact = uuid4()
    await partner.happen(ContactChanged(contact_id=contact))
    await partner.travel()
    assert told(receiver) == ["app.installed", "contact.changed"]
    tenant_id = str(partner.tenant.scope.tenant_id)
    for heard in receiver.heard:
        assert heard.message["tenant"] == tenant_id
        assert holds(heard, declared.key.shown)
    assert receiver.heard[0].message["data"]["permissions"] == [
        "calls:read",
        "contacts:read",
        "tenant:read",
    ]
    assert receiver.heard[1].message["data"] == {"contact_id": str(contact)}


async def test_an_app_is_told_once_however_often_its_handler_runs(partner, receiver, unit_of_work):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    await partner.connect()
    await partner.travel()
    assert told(receiver) == ["app.installed"]
    assert len(await partner.endpoints()) == 1


async def test_an_app_hears_of_what_it_may_look_at_only(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect("contacts:read")
    await partner.travel()
    call = CallRinging(call_id=uuid4(), conversation_id=uuid4())
    await partner.happen(call, ContactChanged(contact_id=uuid4()))
    await partner.travel()
    assert told(receiver) == ["app.installed", "contact.changed"]


async def test_what_was_owed_is_not_told_once_the_app_may_no_more(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    receiver.status = 503
    await partner.happen(ContactChanged(contact_id=uuid4()))
    await partner.travel()
    await partner.at_home(apps.update, partner.app.id, permissions=["calls:read"])
    receiver.status = 200
    partner.home.wait(timedelta(hours=1))
    await partner.travel()
    assert told(receiver) == ["app.installed"]


async def test_a_declaration_is_followed_by_whoever_is_connected_already(partner, receiver):
    await partner.connect()
    await partner.travel()
    await partner.declare(receiver.url, "contact.*")
    await partner.travel()
    await partner.happen(ContactChanged(contact_id=uuid4()))
    await partner.travel()
    assert told(receiver) == ["contact.changed"]


async def test_another_address_and_another_key_reach_every_business(partner, receiver):
    first = await partner.declare("https://elsewhere.example/in")
    await partner.connect()
    moved = await partner.declare(receiver.url)
    assert moved.key is None
    second = await partner.at_home(declaring.rotate, partner.app.id, timedelta(hours=1))
    await partner.travel()
    [heard] = receiver.heard
    assert holds(heard, first.key.shown)
    assert holds(heard, second.key.shown)
    partner.home.wait(timedelta(hours=2))
    await partner.happen(ContactChanged(contact_id=uuid4()))
    await partner.travel()
    assert not holds(receiver.heard[-1], first.key.shown)
    assert holds(receiver.heard[-1], second.key.shown)


async def test_a_payload_is_answered_with_what_was_agreed_to(partner, receiver):
    await partner.declare(receiver.url, payload=payload_document(DOCUMENT))
    await partner.connect()
    await partner.travel()
    await partner.happen(ContactChanged(contact_id=uuid4()))
    await partner.travel()
    assert receiver.heard[0].message["data"]["app_id"] == str(partner.app.id)
    assert receiver.heard[1].message["data"] == {
        "event": {"name": "contact.changed", "contact": None}
    }


async def test_an_app_hears_that_it_may_do_something_else(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.connect("calls:read")
    await partner.travel()
    await partner.happen(ContactChanged(contact_id=uuid4()))
    await partner.travel()
    assert told(receiver) == ["app.installed", "app.scopes_changed"]
    assert receiver.heard[1].message["data"]["permissions"] == ["calls:read", "tenant:read"]


async def test_an_app_hears_that_it_is_over_and_nothing_after(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    receiver.status = 503
    await partner.happen(ContactChanged(contact_id=uuid4()))
    await partner.disconnect()
    await partner.travel()
    await partner.happen(ContactChanged(contact_id=uuid4()))
    receiver.status = 200
    for _ in range(4):
        partner.home.wait(timedelta(minutes=30))
        await partner.travel()
    assert told(receiver) == ["app.installed", "app.uninstalled"]
    assert receiver.heard[-1].message["tenant"] == str(partner.tenant.scope.tenant_id)
    assert len(await partner.endpoints()) == 1
    partner.home.wait(FAREWELL)
    await partner.travel()
    assert await partner.endpoints() == []


async def test_an_app_that_comes_back_is_told_again(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    await partner.disconnect()
    await partner.travel()
    await partner.connect()
    await partner.travel()
    partner.home.wait(FAREWELL)
    await partner.happen(ContactChanged(contact_id=uuid4()))
    await partner.travel()
    assert told(receiver) == [
        "app.installed",
        "app.uninstalled",
        "app.installed",
        "contact.changed",
    ]


async def test_a_deleted_app_hears_that_it_is_over(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    await partner.at_home(apps.delete, partner.app.id)
    await partner.travel()
    assert told(receiver) == ["app.installed", "app.uninstalled"]


async def test_an_app_that_wants_nothing_any_more_is_told_nothing(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    await partner.at_home(declaring.remove, partner.app.id)
    await partner.travel()
    assert await partner.endpoints() == []
    with pytest.raises(NotFound):
        await partner.at_home(declaring.remove, partner.app.id)


async def test_an_app_without_a_webhook_is_told_nothing(partner):
    await partner.connect()
    await partner.travel()
    assert await partner.endpoints() == []


async def test_a_business_that_switched_webhooks_off_keeps_them_off(partner, receiver):
    registry = Registry()
    async with partner.tenant.unit_of_work(partner.tenant.scope) as uow:
        await settings.enable(uow, registry, NAME)
        await settings.disable(uow, registry, NAME)
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    assert told(receiver) == []


async def test_a_business_sees_the_endpoint_and_changes_nothing(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    [endpoint] = await partner.endpoints()
    assert (endpoint.url, endpoint.app_id) == (receiver.url, partner.app.id)
    now = partner.tenant.unit_of_work.clock.now()
    deeds = [
        lambda uow: service.update(uow, endpoint.id, LOOPBACK, url="https://mine.example/"),
        lambda uow: service.delete(uow, endpoint.id),
        lambda uow: service.rotate(uow, endpoint.id, timedelta(0)),
        lambda uow: service.test(uow, endpoint.id),
        lambda uow: replaying.replay_span(uow, endpoint.id, replaying.Span(now, now)),
    ]
    for deed in deeds:
        with pytest.raises(ManagedByApp):
            async with partner.tenant.unit_of_work(partner.tenant.scope) as uow:
                await deed(uow)


async def test_an_endpoint_of_an_app_counts_as_nobodys_own(partner, receiver):
    await partner.declare(receiver.url)
    await partner.connect()
    await partner.travel()
    async with partner.tenant.unit_of_work(partner.tenant.scope) as uow:
        assert await WebhookEndpoints(uow).kept_by(WebhookOwner.TENANT).count() == 0


async def test_what_is_declared_is_checked(partner):
    with pytest.raises(InvalidInput):
        await partner.declare("http://192.168.0.1/")
    with pytest.raises(InvalidInput):
        await partner.declare("https://partner.example/", "no.such_event")
    powerless = replace(
        partner.home.scope, permissions=partner.home.scope.permissions - {"apps:write"}
    )
    with pytest.raises(Forbidden):
        async with partner.home.unit_of_work(powerless) as uow:
            new = Declaration("https://partner.example/", ("*",))
            await declaring.declare(uow, partner.app.id, new, LOOPBACK)


async def test_nobody_declares_for_an_app_of_another_business(partner):
    with pytest.raises(NotFound):
        async with partner.tenant.unit_of_work(partner.tenant.scope) as uow:
            new = Declaration("https://partner.example/", ("*",))
            await declaring.declare(uow, partner.app.id, new, LOOPBACK)


async def test_a_public_key_is_one_for_all_businesses(partner, receiver):
    declared = await partner.declare(receiver.url, algorithm=WebhookAlgorithm.ED25519)
    await partner.connect()
    await partner.travel()
    [heard] = receiver.heard
    assert declared.key.shown.startswith("whpk_")
    assert holds(heard, declared.key.shown)


async def test_what_an_app_is_shown_is_on_record_as_its_own(
    partner, receiver, unit_of_work, scope, other_scope
):
    asked = ("conversations:read", "transcripts:read")
    partner.app = (await app_of(unit_of_work, other_scope, *asked)).app
    caller = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        said = [turn(uow, 0, "Hello")]
        await conversations.add_turns(uow, caller.conversation_id, said)
    document = "subscription { event { conversation { turns { text } } } }"
    await partner.declare(
        receiver.url, "conversation.summarised", payload=payload_document(document)
    )
    await partner.connect()
    await partner.travel()
    await partner.happen(
        ConversationSummarised(conversation_id=caller.conversation_id, outcome="x")
    )
    await partner.travel()
    assert receiver.heard[-1].message["data"]["event"]["conversation"] == {
        "turns": [{"text": "Hello"}]
    }
    async with unit_of_work(scope) as uow:
        entries = AuditEntries(uow)
        seen = await entries.page(entries.all().filter(action="conversation.read"))
    assert [(each.actor_kind, each.actor_id) for each in seen] == [("app", str(partner.app.id))]
