"""Sessions: begun with a password, resumed with a token, ended for good."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.errors import NotFound
from domain.scope import TenantStatus
from tenants import sessions
from tenants.devices import Origin
from tenants.door import Door
from tenants.errors import SessionEnded, WrongCredentials
from tenants.models import Membership, Role, Tenant
from tenants.passkeys import RelyingParty
from tenants.sessions import Lifetimes
from tests.conftest import as_system
from tests.factories.outbox import events
from tests.factories.tenants import PASSWORD

LASTS, IDLE = timedelta(days=14), timedelta(days=7)
HOME = Origin("Firefox on Linux", "203.0.113.0/24")


def address(scope):
    return f"owner@{scope.tenant.slug}.test"


def bare(scope):
    """A scope without the session behind it."""
    return replace(scope, proof=None)


@pytest.fixture
def door(unit_of_work):
    return Door(unit_of_work, RelyingParty("deskbell.test", "http://deskbell.test"))


@pytest.fixture
async def begun(door, scope):
    return (await door.sign_in(address(scope), PASSWORD, HOME)).session


@pytest.fixture
async def joined(scope, other_scope, database, clock):
    """The owner works for another tenant too."""
    async with as_system(database):
        await Membership.create(
            id=uuid4(),
            tenant_id=other_scope.tenant_id,
            user_id=scope.actor.id,
            role=Role.OWNER,
            created_at=clock.now() + timedelta(days=1),
        )


@pytest.fixture
async def away(door, unit_of_work, scope, joined, other_scope):
    """The same person at their other tenant, on another device."""
    entered = await door.sign_in(address(scope), PASSWORD, Origin("curl", ""))
    standing = await sessions.resume(entered.session.token, unit_of_work.clock.now())
    return await sessions.switch(unit_of_work, standing, other_scope.tenant.slug)


async def test_a_session_acts_as_its_member(begun, scope, clock):
    assert begun.scope == scope
    assert begun.expires_at == clock.now() + LASTS
    resumed = await sessions.resume(begun.token, clock.now())
    assert bare(resumed.scope) == scope


async def test_every_session_has_a_token_of_its_own(begun, door, scope):
    again = await door.sign_in(address(scope), PASSWORD, HOME)
    assert again.session.token != begun.token


async def test_ending_one_session_leaves_the_others(begun, door, unit_of_work, scope, clock):
    other = (await door.sign_in(address(scope), PASSWORD, HOME)).session
    await sessions.sign_out(unit_of_work, await sessions.resume(begun.token, clock.now()))
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())
    assert bare((await sessions.resume(other.token, clock.now())).scope) == scope


async def test_a_session_that_nobody_uses_ends(begun, clock):
    clock.advance(IDLE - timedelta(microseconds=1))
    await sessions.resume(begun.token, clock.now())
    clock.advance(timedelta(microseconds=1))
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())


async def test_a_session_in_use_lasts_to_its_end_and_no_longer(begun, unit_of_work, clock):
    for _ in range(3):
        clock.advance(IDLE - timedelta(days=3))
        standing = await sessions.resume(begun.token, clock.now())
        await sessions.see(unit_of_work, standing, Lifetimes())
    clock.advance(LASTS - 3 * (IDLE - timedelta(days=3)) - timedelta(microseconds=1))
    await sessions.resume(begun.token, clock.now())
    clock.advance(timedelta(microseconds=1))
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())


async def test_use_is_written_down_once_a_minute(begun, unit_of_work, clock):
    begun_at = clock.now()
    clock.advance(timedelta(seconds=59))
    await sessions.see(unit_of_work, await sessions.resume(begun.token, clock.now()), Lifetimes())
    assert (await sessions.resume(begun.token, clock.now())).seen_at == begun_at
    clock.advance(timedelta(seconds=1))
    await sessions.see(unit_of_work, await sessions.resume(begun.token, clock.now()), Lifetimes())
    assert (await sessions.resume(begun.token, clock.now())).seen_at == clock.now()


@pytest.mark.parametrize("token", ["", "x", "ü", "a" * 1000])
async def test_an_unknown_token_is_no_session(database, clock, token):
    with pytest.raises(SessionEnded):
        await sessions.resume(token, clock.now())


@pytest.mark.parametrize(
    ("email", "password"),
    [("nobody@example.com", PASSWORD), ("", ""), ("' OR 1=1 --", PASSWORD)],
)
async def test_whoever_is_unknown_stays_out(database, door, email, password):
    with pytest.raises(WrongCredentials):
        await door.sign_in(email, password, HOME)


async def test_who_works_for_nobody_cannot_sign_in(door, scope, database):
    async with as_system(database):
        await Membership.filter(tenant_id=scope.tenant_id).delete()
    with pytest.raises(WrongCredentials):
        await door.sign_in(address(scope), PASSWORD, HOME)


async def test_a_session_stays_with_the_tenant_it_began_at(begun, scope, joined, clock):
    resumed = await sessions.resume(begun.token, clock.now())
    assert resumed.scope.tenant_id == scope.tenant_id


async def test_a_session_learns_that_its_tenant_is_suspended(begun, scope, database, clock):
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    resumed = await sessions.resume(begun.token, clock.now())
    assert resumed.scope.tenant.status is TenantStatus.SUSPENDED


async def test_going_over_to_another_tenant_ends_the_session_here(
    begun, unit_of_work, joined, other_scope, clock
):
    clock.advance(timedelta(minutes=3))
    standing = await sessions.resume(begun.token, clock.now())
    there = await sessions.switch(unit_of_work, standing, other_scope.tenant.slug)
    assert there.scope.tenant_id == other_scope.tenant_id
    assert there.expires_at == begun.expires_at
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())
    assert await events(unit_of_work, there.scope, "user.") == ["user.signed_in"]
    went = await sessions.resume(there.token, clock.now())
    assert went.scope.proof.at == standing.scope.proof.at


async def test_nobody_goes_over_to_a_tenant_that_is_not_theirs(
    begun, unit_of_work, other_scope, clock
):
    standing = await sessions.resume(begun.token, clock.now())
    with pytest.raises(NotFound):
        await sessions.switch(unit_of_work, standing, other_scope.tenant.slug)
    await sessions.resume(begun.token, clock.now())


async def test_all_sessions_are_seen_and_ended_from_any_tenant(
    begun, away, unit_of_work, scope, clock
):
    here = (await sessions.resume(begun.token, clock.now())).scope
    async with unit_of_work(here, read_only=True) as uow:
        seen = {each.device: each for each in await sessions.own(uow)}
    names = {each.tenant_name for each in seen.values()}
    assert names == {scope.tenant.name, away.scope.tenant.name}
    await sessions.revoke(unit_of_work, here, seen["curl"].session_id)
    with pytest.raises(SessionEnded):
        await sessions.resume(away.token, clock.now())


async def test_ending_all_others_reaches_every_tenant(begun, away, unit_of_work, clock):
    here = (await sessions.resume(begun.token, clock.now())).scope
    async with unit_of_work(here) as uow:
        await sessions.revoke_others(uow)
    with pytest.raises(SessionEnded):
        await sessions.resume(away.token, clock.now())
    await sessions.resume(begun.token, clock.now())


async def test_a_colleagues_session_cannot_be_ended(begun, door, unit_of_work, other_scope, clock):
    theirs = (await door.sign_in(address(other_scope), PASSWORD, HOME)).session
    their_id = (await sessions.resume(theirs.token, clock.now())).id
    here = (await sessions.resume(begun.token, clock.now())).scope
    assert isinstance(their_id, UUID)
    with pytest.raises(NotFound):
        await sessions.revoke(unit_of_work, here, their_id)
    await sessions.resume(theirs.token, clock.now())
