"""A business that is not being served: what stays open, and what does not."""

from dataclasses import replace

import pytest

from api.reception import Arrival, Reception
from domain import contacts, knowledge, messages
from domain.contacts.repository import Contacts
from domain.conversations.models import Channel
from domain.errors import Forbidden
from domain.messages import NewMessage
from domain.personal import Source
from domain.scope import STAYS_OPEN, Actor, ActorKind, TenantStatus
from tenants.models import Tenant
from tenants.roles import EVERYTHING, Permission
from tenants.service import tenant_facts
from tests.conftest import as_system
from tests.factories.business import open_practice
from tests.factories.outbox import events

NOT_SERVED = pytest.mark.parametrize("status", [TenantStatus.SUSPENDED, TenantStatus.CLOSING])
PHONE = "+12125550177"


@pytest.fixture
async def stand(database, unit_of_work, scope):
    """Gives a business another standing, as the operator does, and its own scope anew."""
    await open_practice(unit_of_work, scope)

    async def stand(status):
        async with as_system(database):
            await Tenant.filter(id=scope.tenant_id).update(status=status)
        tenant = await tenant_facts(scope.tenant_id)
        return replace(scope, tenant=tenant, permissions=EVERYTHING)

    return stand


def permits(scope, permission):
    try:
        scope.require(permission)
    except Forbidden:
        return False
    return True


@NOT_SERVED
async def test_the_gate_lets_through_what_protects_people(stand, status):
    scope = await stand(status)
    open_ = {permission for permission in Permission if permits(scope, permission)}
    assert open_ == {p for p in Permission if p.endswith(":read") or p in STAYS_OPEN}
    assert {"messages:write", "calls:answer"} <= open_


async def test_a_business_that_is_served_may_do_everything(stand):
    scope = await stand(TenantStatus.ACTIVE)
    assert all(permits(scope, permission) for permission in Permission)


@NOT_SERVED
async def test_what_ends_access_is_let_through_to_those_who_may(stand, status):
    scope = await stand(status)
    scope.require("keys:write", ends_access=True)
    with pytest.raises(Forbidden, match="keys:write is closed"):
        scope.require("keys:write")
    with pytest.raises(Forbidden, match="Missing permission keys:write"):
        replace(scope, permissions=frozenset()).require("keys:write", ends_access=True)


@NOT_SERVED
async def test_changes_are_refused_by_name(unit_of_work, stand, status):
    scope = await stand(status)
    with pytest.raises(Forbidden, match=f"is {status}: contacts:write is closed"):
        async with unit_of_work(scope) as uow:
            await contacts.add(uow, contacts.Details(name="Anna Lee"), source=Source.OWNER)
    with pytest.raises(Forbidden, match="knowledge:write is closed"):
        async with unit_of_work(scope) as uow:
            await knowledge.add(uow, "Do you take Delta?", "Yes.")
    assert await events(unit_of_work, scope, "knowledge") == []


@NOT_SERVED
async def test_everything_can_still_be_read(unit_of_work, scope, stand, status):
    async with unit_of_work(scope) as uow:
        added = await contacts.add(uow, contacts.Details(name="Anna Lee"), source=Source.OWNER)
    async with unit_of_work(await stand(status), read_only=True) as uow:
        uow.require("contacts:read")
        assert (await Contacts(uow).get(added.id)).name.read() == "Anna Lee"


@NOT_SERVED
async def test_its_callers_can_still_leave_a_message(unit_of_work, stand, status):
    scope = await stand(status)
    arrival = Arrival(scope.tenant_id, Channel.VOICE, PHONE)
    welcome = await Reception(unit_of_work).welcome(arrival)
    async with unit_of_work(welcome.scope) as uow:
        new = NewMessage(welcome.conversation.id, "Please call me back", callback_number=PHONE)
        await messages.leave(uow, new)
    assert await events(unit_of_work, scope, "message") == ["message.left"]


@NOT_SERVED
@pytest.mark.parametrize("kind", [ActorKind.CALLER, ActorKind.JOB])
async def test_calls_write_down_what_was_said_and_no_more(stand, status, kind):
    scope = replace(await stand(status), actor=Actor(kind, "1"))
    open_ = {permission for permission in Permission if permits(scope, permission)}
    assert open_ >= {"conversations:write", "contacts:write", "leads:write"}
    assert not open_ & {"appointments:write", "transfers:write", "business:write"}


@NOT_SERVED
@pytest.mark.parametrize("kind", [ActorKind.KEY, ActorKind.APP, ActorKind.PLUGIN])
async def test_nobody_else_writes_at_all(stand, status, kind):
    scope = replace(await stand(status), actor=Actor(kind, "1"))
    assert not [p for p in ("contacts:write", "leads:write") if permits(scope, p)]


async def test_a_standing_is_noticed_at_once(stand, scope):
    await stand(TenantStatus.SUSPENDED)
    assert (await tenant_facts(scope.tenant_id)).status is TenantStatus.SUSPENDED
    await stand(TenantStatus.ACTIVE)
    assert (await tenant_facts(scope.tenant_id)).status is TenantStatus.ACTIVE
