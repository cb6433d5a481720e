"""Invitations: one letter, one token, once, within a week."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden, InvalidInput
from domain.scope import TenantStatus
from tenants.members import invitations, service
from tenants.members.errors import (
    AlreadyInvited,
    AlreadyMember,
    BeyondOwnRights,
    InvitationClosed,
    InvitationInvalid,
)
from tenants.members.invitations import LASTS, Newcomer
from tenants.members.repository import Invitations
from tenants.members.rights import Assigned
from tenants.models import Role, Tenant
from tenants.repository import Memberships, Users
from tests.conftest import as_system
from tests.factories.members import PASSWORD, join, somebody
from tests.factories.outbox import events

STAFF = Assigned(Role.STAFF)
ANNA = Newcomer("Anna Lee", PASSWORD)


def address(scope):
    return f"anna@{scope.tenant.slug}.test"


async def invite(unit_of_work, scope, email=None, assigned=STAFF):
    """An invitation and its token."""
    async with unit_of_work(scope) as uow:
        row = await invitations.invite(uow, email or address(scope), assigned)
        return row, await invitations.token_of(uow, row.id, row.letter)


async def deed(unit_of_work, scope, what, row):
    async with unit_of_work(scope) as uow:
        changed = await what(uow, row.id)
        return changed, await invitations.token_of(uow, changed.id, changed.letter)


async def test_whoever_is_invited_joins_in_that_role(unit_of_work, scope):
    row, token = await invite(unit_of_work, scope)
    member = await invitations.accept(unit_of_work, token, ANNA)
    async with unit_of_work(scope) as uow:
        user = await Users(uow).get(member.user_id)
        kept = await Invitations(uow).get(row.id)
    assert (member.role, user.email, user.name) == (Role.STAFF, address(scope), "Anna Lee")
    assert (kept.accepted_at, kept.user_id) == (member.created_at, user.id)
    assert await events(unit_of_work, scope, "invitation.") == [
        "invitation.issued",
        "invitation.accepted",
    ]
    assert await events(unit_of_work, scope, "member.") == ["member.joined"]


async def test_only_the_hash_of_a_token_is_stored(unit_of_work, scope):
    row, token = await invite(unit_of_work, scope)
    assert token not in repr(vars(row))
    assert len(token) > 32


async def test_whoever_has_an_account_joins_with_it(unit_of_work, scope, other_scope):
    theirs = await join(unit_of_work, other_scope, Role.STAFF)
    async with unit_of_work(other_scope) as uow:
        email = (await Users(uow).get(theirs.user_id)).email
    _, token = await invite(unit_of_work, scope, email)
    member = await invitations.accept(unit_of_work, token)
    assert member.user_id == theirs.user_id


@pytest.mark.parametrize("newcomer", [None, Newcomer("", PASSWORD), Newcomer("Anna", "short")])
async def test_a_newcomer_says_who_they_are(unit_of_work, scope, newcomer):
    _, token = await invite(unit_of_work, scope)
    with pytest.raises(InvalidInput):
        await invitations.accept(unit_of_work, token, newcomer)
    await invitations.accept(unit_of_work, token, ANNA)


async def test_a_token_is_good_once(unit_of_work, scope):
    _, token = await invite(unit_of_work, scope)
    await invitations.accept(unit_of_work, token, ANNA)
    with pytest.raises(InvitationInvalid):
        await invitations.accept(unit_of_work, token, ANNA)


async def test_a_token_is_good_once_even_at_once(unit_of_work, scope):
    _, token = await invite(unit_of_work, scope)
    done = await asyncio.gather(
        *(invitations.accept(unit_of_work, token, ANNA) for _ in range(3)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in done) == [
        "InvitationInvalid",
        "InvitationInvalid",
        "Membership",
    ]


async def test_a_token_is_good_for_a_week(unit_of_work, scope, clock):
    _, token = await invite(unit_of_work, scope)
    clock.advance(LASTS)
    with pytest.raises(InvitationInvalid):
        await invitations.accept(unit_of_work, token, ANNA)


async def test_a_token_lasts_until_then(unit_of_work, scope, clock):
    _, token = await invite(unit_of_work, scope)
    clock.advance(LASTS - timedelta(seconds=1))
    await invitations.accept(unit_of_work, token, ANNA)


@pytest.mark.parametrize("token", ["", "x", "dbi_" + "0" * 32, "ü" * 500])
async def test_garbage_invites_nobody(database, unit_of_work, token):
    with pytest.raises(InvitationInvalid):
        await invitations.accept(unit_of_work, token, ANNA)


async def test_a_revoked_invitation_is_over(unit_of_work, scope):
    row, token = await invite(unit_of_work, scope)
    await deed(unit_of_work, scope, invitations.revoke, row)
    with pytest.raises(InvitationInvalid):
        await invitations.accept(unit_of_work, token, ANNA)
    for again in (invitations.revoke, invitations.resend):
        with pytest.raises(InvitationClosed):
            await deed(unit_of_work, scope, again, row)


async def test_another_letter_has_another_token_and_another_week(unit_of_work, scope, clock):
    row, first = await invite(unit_of_work, scope)
    clock.advance(timedelta(days=6))
    _, second = await deed(unit_of_work, scope, invitations.resend, row)
    with pytest.raises(InvitationInvalid):
        await invitations.accept(unit_of_work, first, ANNA)
    clock.advance(timedelta(days=6))
    await invitations.accept(unit_of_work, second, ANNA)


async def test_an_address_is_invited_once_at_a_time(unit_of_work, scope, other_scope):
    await invite(unit_of_work, scope)
    with pytest.raises(AlreadyInvited):
        await invite(unit_of_work, scope, address(scope).upper())
    await invite(unit_of_work, other_scope, address(scope))


async def test_an_expired_invitation_makes_room(unit_of_work, scope, clock):
    await invite(unit_of_work, scope)
    clock.advance(LASTS)
    _, token = await invite(unit_of_work, scope)
    await invitations.accept(unit_of_work, token, ANNA)


async def test_a_member_is_not_invited(unit_of_work, scope):
    with pytest.raises(AlreadyMember):
        await invite(unit_of_work, scope, f"owner@{scope.tenant.slug}.test")


@pytest.mark.parametrize("email", ["", "anna", "a@b", "a b@c.test", "x" * 250 + "@a.test"])
async def test_an_address_is_one(unit_of_work, scope, email):
    with pytest.raises(InvalidInput) as refused:
        async with unit_of_work(scope) as uow:
            await invitations.invite(uow, email, STAFF)
    assert refused.value.problems[0].path == "email"


async def test_nobody_invites_above_themselves(unit_of_work, scope):
    admin = await somebody(unit_of_work, scope, Role.ADMIN)
    with pytest.raises(BeyondOwnRights):
        await invite(unit_of_work, admin, assigned=Assigned(Role.OWNER))
    row, _ = await invite(unit_of_work, scope, assigned=Assigned(Role.OWNER))
    with pytest.raises(BeyondOwnRights):
        await deed(unit_of_work, admin, invitations.resend, row)


async def test_only_whoever_may_invites(unit_of_work, scope):
    powerless = replace(scope, permissions=scope.permissions - {"members:write"})
    with pytest.raises(Forbidden):
        await invite(unit_of_work, powerless)


async def test_nobody_joins_a_suspended_business(unit_of_work, scope, database):
    _, token = await invite(unit_of_work, scope)
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    with pytest.raises(Forbidden):
        await invitations.accept(unit_of_work, token, ANNA)


async def test_who_was_removed_can_be_invited_again(unit_of_work, scope):
    _, token = await invite(unit_of_work, scope)
    member = await invitations.accept(unit_of_work, token, ANNA)
    async with unit_of_work(scope) as uow:
        await service.remove(uow, member.id)
    _, again = await invite(unit_of_work, scope)
    assert (await invitations.accept(unit_of_work, again)).user_id == member.user_id
    async with unit_of_work(scope) as uow:
        assert await Memberships(uow).all().count() == 2
