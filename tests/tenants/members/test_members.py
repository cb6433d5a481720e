"""Members: who may change them, who may not, and that somebody always owns the business."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import Actor, ActorKind
from tenants.members import service
from tenants.members.errors import BeyondOwnRights, LastOwner, NotTheOwner
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.repository import Memberships, Sessions
from tenants.roles import OF_ROLE
from tenants.service import member_scope
from tests.factories.members import join, role_of, scope_of, somebody
from tests.factories.outbox import events, payloads

ADMIN = Assigned(Role.ADMIN)
STAFF = Assigned(Role.STAFF)


async def own(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await Memberships(uow).of(UUID(scope.actor.id))


async def change(unit_of_work, scope, id, assigned):
    async with unit_of_work(scope) as uow:
        return await service.change_role(uow, id, assigned)


async def remove(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        await service.remove(uow, id)


async def leave(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await service.leave(uow, scope.tenant.slug)


async def roles(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        found = await Memberships(uow).page(Memberships(uow).all().order_by("created_at", "id"))
    return sorted(member.role for member in found)


async def test_another_role_holds_from_then_on(unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.VIEWER)
    changed = await change(unit_of_work, scope, member.id, STAFF)
    assert (await scope_of(scope, changed)).permissions == OF_ROLE[Role.STAFF]
    [told] = await payloads(unit_of_work, scope, "member.role_changed")
    assert told == {
        "member_id": str(member.id),
        "user_id": str(member.user_id),
        "role": "staff",
        "custom_role_id": None,
    }


async def test_the_same_role_again_is_no_event(unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.STAFF)
    await change(unit_of_work, scope, member.id, STAFF)
    assert await events(unit_of_work, scope, "member.role") == []


async def test_a_role_of_ones_own_allows_what_it_says(unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.VIEWER)
    desk = await role_of(unit_of_work, scope, "Desk", "messages:read")
    changed = await change(unit_of_work, scope, member.id, Assigned(Role.CUSTOM, desk))
    held = (await scope_of(scope, changed)).permissions
    assert held == {"account:read", "account:write", "messages:read", "tenant:read"}


@pytest.mark.parametrize("assigned", [Assigned(Role.CUSTOM), Assigned(Role.STAFF, uuid4())])
async def test_a_role_is_built_in_or_of_ones_own(unit_of_work, scope, assigned):
    member = await join(unit_of_work, scope, Role.VIEWER)
    with pytest.raises(InvalidInput):
        await change(unit_of_work, scope, member.id, assigned)


async def test_a_role_of_another_business_is_not_there(unit_of_work, scope, other_scope):
    member = await join(unit_of_work, scope, Role.VIEWER)
    theirs = await role_of(unit_of_work, other_scope, "Desk", "messages:read")
    with pytest.raises(NotFound):
        await change(unit_of_work, scope, member.id, Assigned(Role.CUSTOM, theirs))


async def test_nobody_gives_more_than_they_have(unit_of_work, scope):
    admin = await somebody(unit_of_work, scope, Role.ADMIN)
    member = await join(unit_of_work, scope, Role.STAFF)
    with pytest.raises(BeyondOwnRights) as refused:
        await change(unit_of_work, admin, member.id, Assigned(Role.OWNER))
    assert refused.value.missing == ["tenant:close", "tenant:transfer"]


@pytest.mark.parametrize("deed", [remove, lambda *given: change(*given, STAFF)])
async def test_nobody_touches_those_above_them(unit_of_work, scope, deed):
    admin = await somebody(unit_of_work, scope, Role.ADMIN)
    owner = await own(unit_of_work, scope)
    with pytest.raises(BeyondOwnRights):
        await deed(unit_of_work, admin, owner.id)


@pytest.mark.parametrize("role", [Role.STAFF, Role.BILLING, Role.COMPLIANCE, Role.VIEWER])
@pytest.mark.parametrize("deed", [remove, lambda *given: change(*given, STAFF)])
async def test_only_whoever_may_changes_members(unit_of_work, scope, role, deed):
    powerless = await somebody(unit_of_work, scope, role)
    member = await join(unit_of_work, scope, Role.VIEWER)
    with pytest.raises(Forbidden, match="members:write"):
        await deed(unit_of_work, powerless, member.id)


async def test_who_is_removed_is_out_and_their_sessions_end(unit_of_work, scope, clock):
    member = await join(unit_of_work, scope, Role.STAFF)
    async with unit_of_work(scope) as uow:
        session = await Sessions(uow).add(
            user_id=member.user_id,
            token_hash=uow.new_id().hex,
            created_at=uow.now,
            expires_at=uow.now,
        )
    await remove(unit_of_work, scope, member.id)
    async with unit_of_work(scope) as uow:
        assert (await Sessions(uow).get(session.id)).revoked_at == clock.now()
        with pytest.raises(NotFound):
            await Memberships(uow).get(member.id)
    [told] = await payloads(unit_of_work, scope, "member.removed")
    assert (told["user_id"], told["left"]) == (str(member.user_id), False)


async def test_one_may_leave(unit_of_work, scope):
    staff = await somebody(unit_of_work, scope, Role.STAFF)
    await leave(unit_of_work, staff)
    assert await roles(unit_of_work, scope) == ["owner"]
    assert [told["left"] for told in await payloads(unit_of_work, scope, "member.removed")] == [
        True
    ]


async def test_leaving_is_meant(unit_of_work, scope):
    staff = await somebody(unit_of_work, scope, Role.STAFF)
    with pytest.raises(InvalidInput):
        async with unit_of_work(staff) as uow:
            await service.leave(uow, "another")
    assert await roles(unit_of_work, scope) == ["owner", "staff"]


async def test_a_program_cannot_leave(unit_of_work, scope):
    with pytest.raises(Forbidden):
        await leave(unit_of_work, replace(scope, actor=Actor(ActorKind.KEY, str(uuid4()))))


@pytest.mark.parametrize(
    "deed",
    [
        lambda work, scope, id: leave(work, scope),
        remove,
        lambda *given: change(*given, ADMIN),
    ],
)
async def test_the_last_owner_stays(unit_of_work, scope, deed):
    await join(unit_of_work, scope, Role.ADMIN)
    with pytest.raises(LastOwner):
        await deed(unit_of_work, scope, (await own(unit_of_work, scope)).id)
    assert await roles(unit_of_work, scope) == ["admin", "owner"]


async def test_one_of_two_owners_may_go(unit_of_work, scope):
    await join(unit_of_work, scope, Role.OWNER)
    await leave(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        assert await Memberships(uow).all().filter(role=Role.OWNER).count() == 1


async def test_two_owners_who_leave_at_once_leave_one(unit_of_work, scope):
    second = await somebody(unit_of_work, scope, Role.OWNER)
    left = await asyncio.gather(
        leave(unit_of_work, scope), leave(unit_of_work, second), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in left) == ["LastOwner", "NoneType"]
    assert await roles(unit_of_work, scope) == ["owner"]


async def test_two_owners_who_demote_each_other_leave_one(unit_of_work, scope):
    second = await join(unit_of_work, scope, Role.OWNER)
    first = await own(unit_of_work, scope)
    other = await scope_of(scope, second)
    changed = await asyncio.gather(
        change(unit_of_work, scope, second.id, ADMIN),
        change(unit_of_work, other, first.id, ADMIN),
        return_exceptions=True,
    )
    assert sum(isinstance(each, LastOwner) for each in changed) == 1
    assert await roles(unit_of_work, scope) == ["admin", "owner"]


async def test_ownership_changes_hands_at_once(unit_of_work, scope):
    heir = await join(unit_of_work, scope, Role.STAFF)
    async with unit_of_work(scope) as uow:
        await service.transfer_ownership(uow, heir.id)
    before = await own(unit_of_work, scope)
    assert before.role is Role.ADMIN
    assert (await member_scope(scope.tenant_id, heir.user_id, Role.OWNER)).permissions
    assert await roles(unit_of_work, scope) == ["admin", "owner"]
    [told] = await payloads(unit_of_work, scope, "ownership.transferred")
    assert (told["from_user_id"], told["to_user_id"]) == (scope.actor.id, str(heir.user_id))


async def test_who_is_no_owner_any_more_gives_nothing_away(unit_of_work, scope):
    heir, friend = [await join(unit_of_work, scope, role) for role in (Role.STAFF, Role.VIEWER)]
    async with unit_of_work(scope) as uow:
        await service.transfer_ownership(uow, heir.id)
    with pytest.raises(NotTheOwner):
        async with unit_of_work(scope) as uow:  # as somebody whose session began before
            await service.transfer_ownership(uow, friend.id)


async def test_an_owner_cannot_be_given_what_they_own(unit_of_work, scope):
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await service.transfer_ownership(uow, (await own(unit_of_work, scope)).id)


async def test_members_of_another_business_are_not_there(unit_of_work, scope, other_scope):
    theirs = await join(unit_of_work, other_scope, Role.STAFF)
    for deed in (remove, lambda *given: change(*given, STAFF)):
        with pytest.raises(NotFound):
            await deed(unit_of_work, scope, theirs.id)
    assert await roles(unit_of_work, other_scope) == ["owner", "staff"]
