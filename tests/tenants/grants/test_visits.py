"""Visits and tokens: they live no longer than the grant, the house and the place in it."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.errors import Forbidden, NotFound
from domain.scope import ActorKind, TenantStatus
from tenants import sessions
from tenants.api_keys import service as api_keys
from tenants.api_keys.errors import KeyRefused
from tenants.errors import MfaNotEnrolled, SessionEnded
from tenants.grants import service, tokens, visits
from tenants.grants.rules import LENDABLE, USUAL
from tenants.members import service as members
from tenants.models import Membership, Role, Tenant
from tenants.repository import Authenticators, Memberships
from tests.conftest import as_system
from tests.factories.houses import let_in, prove_twice, signed_in
from tests.factories.members import join, key_of, role_of, scope_of, somebody
from tests.factories.outbox import events
from tests.tenants.grants.ways_out import WAYS_OUT, take

WAYS_OUT_BY_NAME = pytest.mark.parametrize("way", WAYS_OUT)


async def visit(unit_of_work, house, reached):
    standing = await signed_in(unit_of_work, house)
    return await visits.begin(unit_of_work, standing, reached.tenant.slug)


async def resumed(unit_of_work, begun):
    return (await visits.resume(begun.token, unit_of_work.clock.now())).scope


async def exchange(unit_of_work, house, reached, *permissions, **given):
    issued = await key_of(unit_of_work, house, "tenants:reach", *permissions, **given)
    home = (await api_keys.resume(unit_of_work, issued.token, "")).scope
    return issued, await tokens.issue(unit_of_work, home, reached.tenant.slug)


async def test_a_member_of_a_house_goes_where_they_are_let_in(unit_of_work, scope, agency):
    grant = await let_in(unit_of_work, scope, agency)
    guest = await resumed(unit_of_work, await visit(unit_of_work, agency, scope))
    assert guest.tenant_id == scope.tenant_id
    assert (guest.actor.kind, guest.actor.id) == (ActorKind.ORGANIZATION, agency.actor.id)
    assert guest.permissions == USUAL
    assert guest.access.via == f"visit:{grant.id}@{agency.tenant_id}"


async def test_both_trails_tell_of_a_visit(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    await visit(unit_of_work, agency, scope)
    for side in (scope, agency):
        assert await events(unit_of_work, side, "visit.") == ["visit.started"]


async def test_the_session_at_home_ends_with_the_journey(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    standing = await signed_in(unit_of_work, agency)
    begun = await visits.begin(unit_of_work, standing, scope.tenant.slug)
    with pytest.raises(NotFound):
        await visits.begin(unit_of_work, standing, "somewhere-else")
    there = await visits.resume(begun.token, unit_of_work.clock.now())
    home = await sessions.switch(unit_of_work, there, agency.tenant.slug)
    assert home.scope == agency
    with pytest.raises(SessionEnded):
        await resumed(unit_of_work, begun)


async def test_a_visit_is_no_ordinary_session(unit_of_work, scope, agency, clock):
    await let_in(unit_of_work, scope, agency)
    begun = await visit(unit_of_work, agency, scope)
    with pytest.raises(SessionEnded):
        await sessions.resume(begun.token, clock.now())


async def test_a_guest_who_is_a_member_too_stays_a_guest(unit_of_work, scope, agency, database):
    await let_in(unit_of_work, scope, agency)
    begun = await visit(unit_of_work, agency, scope)
    async with as_system(database):
        await Membership.create(
            id=unit_of_work.ids.new(unit_of_work.clock.now()),
            tenant_id=scope.tenant_id,
            user_id=agency.actor.id,
            role=Role.OWNER,
            created_at=unit_of_work.clock.now(),
        )
    guest = await resumed(unit_of_work, begun)
    assert guest.actor.kind is ActorKind.ORGANIZATION
    assert guest.permissions == USUAL


async def test_nobody_may_more_abroad_than_at_home(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    role = await role_of(unit_of_work, agency, "Traveller", "tenants:reach", "usage:read")
    member = await somebody_custom(unit_of_work, agency, role)
    guest = await resumed(unit_of_work, await visit(unit_of_work, member, scope))
    assert guest.permissions == {"tenant:read", "usage:read"}


async def somebody_custom(unit_of_work, house, role_id):
    joined = await join(unit_of_work, house, Role.CUSTOM, custom_role_id=role_id)
    return await scope_of(house, joined)


async def test_who_may_not_travel_stays_at_home(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    viewer = await somebody(unit_of_work, agency, Role.VIEWER)
    with pytest.raises(Forbidden):
        await visit(unit_of_work, viewer, scope)


@pytest.mark.promise("P090")
async def test_a_house_reaches_no_tenant_of_another_house(
    unit_of_work, scope, agency, other_agency
):
    await let_in(unit_of_work, scope, agency)
    told = set()
    for slug in (scope.tenant.slug, agency.tenant.slug, "nobody-has-this-name"):
        standing = await signed_in(unit_of_work, other_agency)
        with pytest.raises(NotFound) as refused:
            await visits.begin(unit_of_work, standing, slug)
        told.add(refused.value.message)
    assert told == {"There is no such tenant"}


async def test_an_owner_of_a_business_travels_nowhere(unit_of_work, scope, other_scope):
    with pytest.raises(Forbidden):
        await visit(unit_of_work, scope, other_scope)


@WAYS_OUT_BY_NAME
async def test_a_visit_ends_at_once(way, unit_of_work, scope, agency, database):
    grant = await let_in(unit_of_work, scope, agency)
    begun = await visit(unit_of_work, agency, scope)
    await resumed(unit_of_work, begun)
    await take(way, unit_of_work, scope, agency, grant, database)
    with pytest.raises(SessionEnded):
        await resumed(unit_of_work, begun)


@pytest.mark.parametrize("way", [way for way in WAYS_OUT if "member" not in way])
async def test_a_token_ends_at_once(way, unit_of_work, scope, agency, database):
    grant = await let_in(unit_of_work, scope, agency)
    _, issued = await exchange(unit_of_work, agency, scope)
    await tokens.resume(unit_of_work, issued.token, "")
    await take(way, unit_of_work, scope, agency, grant, database)
    with pytest.raises(KeyRefused):
        await tokens.resume(unit_of_work, issued.token, "")


async def test_a_visit_lasts_a_working_day(unit_of_work, scope, agency, clock):
    await let_in(unit_of_work, scope, agency)
    begun = await visit(unit_of_work, agency, scope)
    clock.advance(visits.LASTS - timedelta(microseconds=1))
    await resumed(unit_of_work, begun)
    clock.advance(timedelta(microseconds=1))
    with pytest.raises(SessionEnded):
        await resumed(unit_of_work, begun)


async def test_narrowing_a_grant_reaches_a_visit_that_goes_on(unit_of_work, scope, agency):
    grant = await let_in(unit_of_work, scope, agency)
    begun = await visit(unit_of_work, agency, scope)
    async with unit_of_work(scope) as uow:
        await service.change(uow, grant.id, ["usage:read"])
    assert (await resumed(unit_of_work, begun)).permissions == {"tenant:read", "usage:read"}


async def test_a_program_gets_a_token_for_one_tenant(unit_of_work, scope, agency, clock):
    grant = await let_in(unit_of_work, scope, agency)
    key, issued = await exchange(unit_of_work, agency, scope, "business:write")
    assert issued.token.startswith("dbt_")
    assert issued.expires_at == clock.now() + timedelta(minutes=15)
    guest = (await tokens.resume(unit_of_work, issued.token, "")).scope
    assert guest.tenant_id == scope.tenant_id
    assert guest.permissions == {"business:write", "tenant:read"}
    assert (guest.actor.kind, guest.actor.id) == (ActorKind.ORGANIZATION, str(key.key.id))
    assert guest.access.via == f"token:{grant.id}@{agency.tenant_id}"
    for side in (scope, agency):
        assert await events(unit_of_work, side, "access_token.") == ["access_token.issued"]


async def test_a_token_is_short_lived(unit_of_work, scope, agency, clock):
    await let_in(unit_of_work, scope, agency)
    _, issued = await exchange(unit_of_work, agency, scope)
    clock.advance(timedelta(minutes=15))
    with pytest.raises(KeyRefused):
        await tokens.resume(unit_of_work, issued.token, "")


async def test_a_token_ends_with_the_key_it_was_given_for(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    key, issued = await exchange(unit_of_work, agency, scope)
    async with unit_of_work(agency) as uow:
        await api_keys.revoke(uow, key.key.id)
    with pytest.raises(KeyRefused):
        await tokens.resume(unit_of_work, issued.token, "")


async def test_a_token_is_good_from_where_its_key_is(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    issued = await key_of(unit_of_work, agency, "tenants:reach", addresses=("192.0.2.0/24",))
    home = (await api_keys.resume(unit_of_work, issued.token, "192.0.2.7")).scope
    token = (await tokens.issue(unit_of_work, home, scope.tenant.slug)).token
    await tokens.resume(unit_of_work, token, "192.0.2.7")
    with pytest.raises(KeyRefused):
        await tokens.resume(unit_of_work, token, "198.51.100.1")


async def test_a_key_that_may_not_travel_gets_no_token(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    issued = await key_of(unit_of_work, agency, "usage:read")
    home = (await api_keys.resume(unit_of_work, issued.token, "")).scope
    with pytest.raises(Forbidden):
        await tokens.issue(unit_of_work, home, scope.tenant.slug)


async def test_a_person_gets_no_token(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    with pytest.raises(Forbidden):
        await tokens.issue(unit_of_work, agency, scope.tenant.slug)


@pytest.mark.promise("P090")
async def test_a_token_for_another_houses_tenant_is_not_given(
    unit_of_work, scope, agency, other_agency
):
    await let_in(unit_of_work, scope, agency)
    with pytest.raises(NotFound):
        await exchange(unit_of_work, other_agency, scope)


async def test_a_guest_holds_nothing_that_cannot_be_lent(unit_of_work, scope, agency):
    # As if a later version lent less than an earlier one did.
    await let_in(unit_of_work, scope, agency, ["keys:write", "members:write", "usage:read"])
    guest = await resumed(unit_of_work, await visit(unit_of_work, agency, scope))
    assert guest.permissions == {"tenant:read", "usage:read"}
    assert guest.permissions <= LENDABLE


@pytest.mark.promise("P105")
async def test_staff_of_the_operator_prove_themselves_twice(unit_of_work, scope, staff, database):
    await let_in(unit_of_work, scope, staff, ["calls:read"])
    standing = await signed_in(unit_of_work, staff)
    async with unit_of_work(staff) as uow:
        await Authenticators(uow).all().filter(user_id=UUID(staff.actor.id)).delete()
    with pytest.raises(MfaNotEnrolled):
        await visits.begin(unit_of_work, standing, scope.tenant.slug)


async def test_a_visit_ends_when_the_second_factor_is_gone(unit_of_work, scope, staff):
    await let_in(unit_of_work, scope, staff, ["calls:read"])
    begun = await visit(unit_of_work, staff, scope)
    assert (await resumed(unit_of_work, begun)).actor.kind is ActorKind.OPERATOR
    async with unit_of_work(staff) as uow:
        await Authenticators(uow).all().filter(user_id=UUID(staff.actor.id)).delete()
    with pytest.raises(SessionEnded):
        await resumed(unit_of_work, begun)


async def test_a_tenant_that_wants_two_factors_wants_them_of_guests(
    unit_of_work, scope, agency, database
):
    await let_in(unit_of_work, scope, agency)
    begun = await visit(unit_of_work, agency, scope)
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(mfa_required=True)
    with pytest.raises(SessionEnded):
        await resumed(unit_of_work, begun)
    await prove_twice(unit_of_work, agency)
    await resumed(unit_of_work, begun)


async def test_a_suspended_tenant_can_be_looked_at_and_not_changed(
    unit_of_work, scope, agency, database
):
    await let_in(unit_of_work, scope, agency)
    begun = await visit(unit_of_work, agency, scope)
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    guest = await resumed(unit_of_work, begun)
    guest.require("business:read")
    with pytest.raises(Forbidden):
        guest.require("business:write")


async def test_whoever_is_removed_at_home_is_out_abroad(unit_of_work, scope, agency):
    await let_in(unit_of_work, scope, agency)
    admin = await somebody(unit_of_work, agency, Role.ADMIN)
    begun = await visit(unit_of_work, admin, scope)
    async with unit_of_work(agency) as uow:
        member = await Memberships(uow).of(UUID(admin.actor.id))
        await members.remove(uow, member.id)
    with pytest.raises(SessionEnded):
        await resumed(unit_of_work, begun)
