"""Roles that a business makes itself: no more than whoever makes them, and never lost."""

import asyncio
from dataclasses import replace

import pytest

from domain.errors import Forbidden, InvalidInput
from tenants.members import custom_roles, invitations
from tenants.members.errors import BeyondOwnRights, RoleInUse, RoleNameTaken
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.repository import CustomRoles
from tests.factories.members import join, role_of, scope_of
from tests.factories.outbox import events


async def update(unit_of_work, scope, id, **changes):
    async with unit_of_work(scope) as uow:
        return await custom_roles.update(uow, id, **changes)


async def delete(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        await custom_roles.delete(uow, id)


async def test_a_role_holds_what_it_was_given_and_what_all_hold(unit_of_work, scope):
    id = await role_of(unit_of_work, scope, "Desk", "messages:read")
    async with unit_of_work(scope) as uow:
        role = await CustomRoles(uow).get(id)
    assert set(role.permissions) == {
        "account:read",
        "account:write",
        "messages:read",
        "tenant:read",
    }
    assert await events(unit_of_work, scope, "role.") == ["role.added"]


@pytest.mark.parametrize("unknown", ["cakes:bake", "calls:answer", ""])
async def test_a_permission_that_is_none_is_refused(unit_of_work, scope, unknown):
    with pytest.raises(InvalidInput) as refused:
        await role_of(unit_of_work, scope, "Desk", unknown)
    assert refused.value.problems[0].path == "permissions"


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "Owner", "custom"])
async def test_a_name_is_a_name_of_its_own(unit_of_work, scope, name):
    with pytest.raises(InvalidInput):
        await role_of(unit_of_work, scope, name)


async def test_two_roles_have_two_names(unit_of_work, scope, other_scope):
    await role_of(unit_of_work, scope, "Desk")
    with pytest.raises(RoleNameTaken):
        await role_of(unit_of_work, scope, "DESK")
    await role_of(unit_of_work, other_scope, "Desk")


async def test_nobody_makes_a_role_above_their_own(unit_of_work, scope):
    limited = replace(scope, permissions=scope.permissions - {"recordings:listen"})
    with pytest.raises(BeyondOwnRights) as refused:
        await role_of(unit_of_work, limited, "Desk", "recordings:listen")
    assert refused.value.missing == ["recordings:listen"]


async def test_nobody_changes_a_role_above_their_own(unit_of_work, scope):
    id = await role_of(unit_of_work, scope, "Ears", "recordings:listen")
    limited = replace(scope, permissions=scope.permissions - {"recordings:listen"})
    for deed in (
        update(unit_of_work, limited, id, permissions=[]),
        delete(unit_of_work, limited, id),
    ):
        with pytest.raises(BeyondOwnRights):
            await deed


async def test_a_change_reaches_those_who_have_the_role(unit_of_work, scope):
    id = await role_of(unit_of_work, scope, "Desk", "messages:read")
    member = await join(unit_of_work, scope, Role.CUSTOM, custom_role_id=id)
    await update(unit_of_work, scope, id, name="Phones", permissions=["calls:read"])
    held = (await scope_of(scope, member)).permissions
    assert "calls:read" in held
    assert "messages:read" not in held


async def test_what_is_left_out_stays(unit_of_work, scope):
    id = await role_of(unit_of_work, scope, "Desk", "messages:read")
    renamed = await update(unit_of_work, scope, id, name="Phones")
    assert (renamed.name, "messages:read" in renamed.permissions) == ("Phones", True)


async def test_a_role_that_somebody_has_stays(unit_of_work, scope):
    id = await role_of(unit_of_work, scope, "Desk")
    await join(unit_of_work, scope, Role.CUSTOM, custom_role_id=id)
    with pytest.raises(RoleInUse) as refused:
        await delete(unit_of_work, scope, id)
    assert (refused.value.members, refused.value.invitations) == (1, 0)


async def test_a_role_that_somebody_is_invited_to_stays(unit_of_work, scope):
    id = await role_of(unit_of_work, scope, "Desk")
    async with unit_of_work(scope) as uow:
        await invitations.invite(uow, "anna@desk.test", Assigned(Role.CUSTOM, id))
    with pytest.raises(RoleInUse) as refused:
        await delete(unit_of_work, scope, id)
    assert (refused.value.members, refused.value.invitations) == (0, 1)


async def test_a_role_that_nobody_has_goes(unit_of_work, scope):
    id = await role_of(unit_of_work, scope, "Desk")
    await delete(unit_of_work, scope, id)
    assert await events(unit_of_work, scope, "role.") == ["role.added", "role.deleted"]


async def test_a_role_is_not_deleted_under_whoever_is_invited(unit_of_work, scope):
    id = await role_of(unit_of_work, scope, "Desk")

    async def invite():
        async with unit_of_work(scope) as uow:
            await invitations.invite(uow, "anna@desk.test", Assigned(Role.CUSTOM, id))

    done = await asyncio.gather(invite(), delete(unit_of_work, scope, id), return_exceptions=True)
    # Whoever came first; the other is told, and by no fault of ours.
    assert sum(each is None for each in done) == 1
    assert {type(each).__name__ for each in done} & {"RoleInUse", "NotFound"}


async def test_only_whoever_may_makes_roles(unit_of_work, scope):
    powerless = replace(scope, permissions=scope.permissions - {"members:write"})
    with pytest.raises(Forbidden):
        await role_of(unit_of_work, powerless, "Desk")
