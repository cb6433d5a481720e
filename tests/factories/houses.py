"""Houses above tenants, and the grants that they hold."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from domain.scope import Actor, ActorKind, Scope, TenantKind
from domain.work import UnitsOfWork
from tenants import sessions
from tenants.devices import Origin
from tenants.door import Lifetimes
from tenants.grants import invitations, service
from tenants.grants.models import AccessGrant
from tenants.grants.rules import USUAL
from tenants.grants.service import NewGrant
from tenants.models import Tenant
from tenants.operators.repository import BreakGlasses
from tenants.organizations import branding, bulk, setup, templates
from tenants.organizations.branding import Appearance
from tenants.repository import Authenticators
from tenants.roles import EVERYTHING
from tenants.service import job_scope
from tenants.sessions import Standing
from tests.factories.tenants import open_tenant

DESK = Origin("Firefox on Linux", "203.0.113.0/24")


async def open_operator(unit_of_work: UnitsOfWork) -> Scope:
    """The owner of the only operator there is; needs the system connection."""
    # A database has one, and tests share it: the operator of an earlier test retires.
    await Tenant.filter(kind=TenantKind.OPERATOR).update(kind=TenantKind.BUSINESS)
    scope = await open_tenant(unit_of_work, kind=TenantKind.OPERATOR)
    await prove_twice(unit_of_work, scope)
    return scope


async def prove_twice(unit_of_work: UnitsOfWork, scope: Scope) -> None:
    """Let somebody have an authenticator app."""
    async with unit_of_work(scope) as uow:
        user_id = UUID(scope.actor.id)
        await Authenticators(uow).add(user_id, secret=b"sealed", confirmed_at=uow.now)


async def let_in(
    unit_of_work: UnitsOfWork,
    reached: Scope,
    house: Scope,
    permissions: Iterable[str] = USUAL,
    **more: object,
) -> AccessGrant:
    """A grant of one tenant for a house; the operator's is for the one whose scope it is."""
    giver = await job_scope(reached.tenant_id, "tests")
    if house.tenant.kind is TenantKind.OPERATOR:
        giver = replace(giver, actor=Actor(ActorKind.OPERATOR, house.actor.id))
    async with unit_of_work(giver) as uow:
        kind, lent = house.tenant.kind, frozenset(map(str, permissions))
        return await service.give(uow, NewGrant(house.tenant_id, kind, lent, **more))


async def signed_in(unit_of_work: UnitsOfWork, scope: Scope) -> Standing:
    """A session of a member, as its token resumes it."""
    async with unit_of_work(scope) as uow:
        user_id, lasts = UUID(scope.actor.id), Lifetimes()
        until = {"idle_until": uow.now + lasts.idle, "expires_at": uow.now + lasts.lasts}
        token, _ = await sessions.add(uow, user_id, DESK, proved_at=uow.now, **until)
    return await sessions.resume(token, unit_of_work.clock.now())


async def own_houses(unit_of_work: UnitsOfWork, scope: Scope, mark: str) -> dict[str, UUID]:
    """One of everything that is between a tenant and a house; `mark` is in all the words."""
    # Whatever it is, for once it is a house as well.
    kind = TenantKind.ORGANIZATION
    house = replace(scope, tenant=replace(scope.tenant, kind=kind), permissions=EVERYTHING)
    above = await open_tenant(unit_of_work, kind=kind)
    grant = await let_in(unit_of_work, scope, above, reason=mark)
    async with unit_of_work(house) as uow:
        asked = await invitations.ask(uow, f"{mark}@asked.test")
        content = {"services": [{"name": mark}]}
        template = await templates.save(uow, mark, content)
        change = await bulk.begin(uow, setup.read(content), None)
        await branding.update(uow, Appearance(name=mark))
        asked_for = await BreakGlasses(uow).add(
            target_id=above.tenant_id,
            reason=mark,
            permissions=[],
            hours=1,
            requested_by="member:somebody",
            requested_at=uow.now,
        )
    return {
        "AccessGrant": grant.id,
        "AccessInvitation": asked.id,
        "BreakGlass": asked_for.id,
        "BulkChange": change.id,
        "TenantTemplate": template.id,
    }
