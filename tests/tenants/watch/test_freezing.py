"""Who is frozen stays out until thawed; the last owner cannot be, and nobody freezes upwards."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.errors import Forbidden, InvalidInput, NotFound, StepUpRequired
from domain.scope import Proof
from plugins.webhooks.lending import granted
from plugins.webhooks.models import WebhookEndpoint
from tenants import sessions
from tenants.api_keys import service as api_keys
from tenants.api_keys.errors import KeyRefused
from tenants.members import service as members
from tenants.members.errors import BeyondOwnRights, LastOwner
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.repository import Memberships
from tenants.service import owner_addresses
from tenants.step_up import GUARDED
from tenants.watch import freezing
from tenants.watch.errors import NotYourself
from tests.factories.letters import Delivery
from tests.factories.members import join, key_of, scope_of


async def own(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await Memberships(uow).of(UUID(scope.actor.id))


@pytest.mark.promise("P116")
async def test_a_frozen_member_is_nobody_until_they_are_thawed(unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.STAFF)
    async with unit_of_work(scope) as uow:
        await freezing.freeze_member(uow, member.id)
    with pytest.raises(NotFound):
        await sessions.scope_at(scope.tenant_id, member.user_id)
    async with unit_of_work(scope) as uow:
        await freezing.thaw_member(uow, member.id)
    assert (await sessions.scope_at(scope.tenant_id, member.user_id)).permissions


@pytest.mark.promise("P116")
async def test_a_frozen_key_is_refused_like_one_that_never_was(unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "calls:read")
    async with unit_of_work(scope) as uow:
        await freezing.freeze_key(uow, issued.key.id)
    with pytest.raises(KeyRefused):
        await api_keys.resume(unit_of_work, issued.token, "")
    async with unit_of_work(scope) as uow:
        await freezing.thaw_key(uow, issued.key.id)
    assert (await api_keys.resume(unit_of_work, issued.token, "")).id == issued.key.id


async def test_doing_it_twice_changes_nothing(unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.STAFF)
    issued = await key_of(unit_of_work, scope, "calls:read")
    for deed, id in ((freezing.freeze_member, member.id), (freezing.freeze_key, issued.key.id)):
        for times in (1, 0):
            async with unit_of_work(scope) as uow:
                await deed(uow, id)
                assert len(uow.events) == times


async def test_nobody_freezes_themselves(unit_of_work, scope):
    with pytest.raises(NotYourself):
        async with unit_of_work(scope) as uow:
            await freezing.freeze_member(uow, (await own(unit_of_work, scope)).id)


async def test_the_last_owner_is_never_frozen(unit_of_work, scope):
    admin = await scope_of(scope, await join(unit_of_work, scope, Role.ADMIN))
    everything = replace(admin, permissions=scope.permissions)
    with pytest.raises(LastOwner):
        async with unit_of_work(everything) as uow:
            await freezing.freeze_member(uow, (await own(unit_of_work, scope)).id)


async def test_a_frozen_owner_does_not_count_as_one(unit_of_work, scope):
    other = await join(unit_of_work, scope, Role.OWNER)
    mine = await own(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await freezing.freeze_member(uow, other.id)
    with pytest.raises(LastOwner):
        async with unit_of_work(scope) as uow:
            await members.change_role(uow, mine.id, Assigned(Role.STAFF))


async def test_an_administrator_freezes_no_owner(unit_of_work, scope):
    await join(unit_of_work, scope, Role.OWNER)
    admin = await scope_of(scope, await join(unit_of_work, scope, Role.ADMIN))
    with pytest.raises(BeyondOwnRights):
        async with unit_of_work(admin) as uow:
            await freezing.freeze_member(uow, (await own(unit_of_work, scope)).id)


@pytest.mark.parametrize("role", [Role.STAFF, Role.COMPLIANCE, Role.VIEWER, Role.BILLING])
async def test_others_freeze_nobody(unit_of_work, scope, role):
    member = await join(unit_of_work, scope, Role.STAFF)
    somebody = await scope_of(scope, await join(unit_of_work, scope, role))
    with pytest.raises(Forbidden):
        async with unit_of_work(somebody) as uow:
            await freezing.freeze_member(uow, member.id)


@pytest.mark.parametrize("deed", [freezing.freeze_member, freezing.thaw_member])
async def test_a_stale_session_must_prove_itself_first(unit_of_work, scope, deed):
    member = await join(unit_of_work, scope, Role.STAFF)
    long_ago = unit_of_work.clock.now() - timedelta(minutes=11)
    stale = replace(scope, proof=Proof(unit_of_work.ids.new(long_ago), long_ago, GUARDED))
    with pytest.raises(StepUpRequired):
        async with unit_of_work(stale) as uow:
            await deed(uow, member.id)


async def test_another_tenants_member_and_key_are_not_there(unit_of_work, scope, other_scope):
    member = await own(unit_of_work, other_scope)
    issued = await key_of(unit_of_work, other_scope, "calls:read")
    for deed, id in ((freezing.freeze_member, member.id), (freezing.freeze_key, issued.key.id)):
        with pytest.raises(NotFound):
            async with unit_of_work(scope) as uow:
                await deed(uow, id)


@pytest.mark.parametrize("subject", ["", "member:", "network:10.0.0.0/24", "tenant:x"])
async def test_where_there_is_nobody_nobody_is_frozen(unit_of_work, scope, subject):
    async with unit_of_work(scope) as uow:
        if subject != "member:":
            assert not await freezing.by_rule(uow, subject)


async def test_a_business_is_not_given_to_somebody_who_is_shut_out(unit_of_work, scope):
    heir = await join(unit_of_work, scope, Role.STAFF)
    async with unit_of_work(scope) as uow:
        await freezing.freeze_member(uow, heir.id)
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await members.transfer_ownership(uow, heir.id)


async def test_who_is_shut_out_gets_no_letters_of_owners(unit_of_work, scope):
    other = await join(unit_of_work, scope, Role.OWNER)
    async with unit_of_work(scope) as uow:
        assert len(await owner_addresses(uow)) == 2
        await freezing.freeze_member(uow, other.id)
    async with unit_of_work(scope) as uow:
        assert await owner_addresses(uow) == (f"owner@{scope.tenant.slug}.test",)


async def test_an_endpoint_of_somebody_who_is_frozen_reads_nothing(unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.ADMIN)
    lent = WebhookEndpoint(permissions=["calls:read"], created_by=f"member:{member.user_id}")
    context = Delivery(unit_of_work, scope, member.id)
    now = unit_of_work.clock.now()
    assert await granted(lent, context, now) == {"calls:read"}
    async with unit_of_work(scope) as uow:
        await freezing.freeze_member(uow, member.id)
    assert await granted(lent, context, now) == set()
    async with unit_of_work(scope) as uow:
        await freezing.thaw_member(uow, member.id)
    assert await granted(lent, context, now) == {"calls:read"}
