"""Sessions: begun with a password, resumed with a token, ended for good."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.scope import TenantStatus
from tenants import sessions
from tenants.errors import SessionEnded, WrongCredentials
from tenants.models import Membership, Role, Tenant
from tests.conftest import as_system
from tests.factories.tenants import PASSWORD


def address(scope):
    return f"owner@{scope.tenant.slug}.test"


@pytest.fixture
async def begun(unit_of_work, scope):
    return await sessions.sign_in(unit_of_work, address(scope), PASSWORD)


async def test_a_session_acts_as_its_member(begun, scope, clock):
    assert begun.scope == scope
    assert begun.expires_at == clock.now() + sessions.LASTS
    assert (await sessions.resume(begun.token, clock.now())).scope == scope


async def test_every_session_has_a_token_of_its_own(begun, unit_of_work, scope):
    again = await sessions.sign_in(unit_of_work, address(scope), PASSWORD)
    assert again.token != begun.token


async def test_ending_one_session_leaves_the_others(begun, unit_of_work, scope, clock):
    other = await sessions.sign_in(unit_of_work, address(scope), PASSWORD)
    await sessions.sign_out(unit_of_work, await sessions.resume(begun.token, clock.now()))
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())
    assert (await sessions.resume(other.token, clock.now())).scope == scope


async def test_a_session_is_good_until_its_last_moment(begun, clock):
    clock.advance(sessions.LASTS - timedelta(microseconds=1))
    await sessions.resume(begun.token, clock.now())
    clock.advance(timedelta(microseconds=1))
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())


@pytest.mark.parametrize("token", ["", "x", "ü", "a" * 1000])
async def test_an_unknown_token_is_no_session(database, clock, token):
    with pytest.raises(SessionEnded):
        await sessions.resume(token, clock.now())


@pytest.mark.parametrize(
    ("email", "password"),
    [("nobody@example.com", PASSWORD), ("", ""), ("' OR 1=1 --", PASSWORD)],
)
async def test_whoever_is_unknown_stays_out(database, unit_of_work, email, password):
    with pytest.raises(WrongCredentials):
        await sessions.sign_in(unit_of_work, email, password)


async def test_who_works_for_nobody_cannot_sign_in(unit_of_work, scope, database):
    async with as_system(database):
        await Membership.filter(tenant_id=scope.tenant_id).delete()
    with pytest.raises(WrongCredentials):
        await sessions.sign_in(unit_of_work, address(scope), PASSWORD)


async def test_a_session_stays_with_the_tenant_it_began_at(
    begun, scope, other_scope, database, clock
):
    async with as_system(database):
        await Membership.create(
            id=uuid4(),
            tenant_id=other_scope.tenant_id,
            user_id=scope.actor.id,
            role=Role.OWNER,
            created_at=clock.now() + timedelta(days=1),
        )
    resumed = await sessions.resume(begun.token, clock.now())
    assert resumed.scope.tenant_id == scope.tenant_id


async def test_a_session_learns_that_its_tenant_is_suspended(begun, scope, database, clock):
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    resumed = await sessions.resume(begun.token, clock.now())
    assert resumed.scope.tenant.status is TenantStatus.SUSPENDED
