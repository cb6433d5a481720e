"""Tenants with an owner."""

from itertools import count
from uuid import uuid4

from domain.scope import Scope, TenantKind
from domain.work import UnitsOfWork
from tenants import service
from tenants.service import NewOwner, NewTenant

PASSWORD = "correct horse battery"
_numbers = count(1)


async def open_tenant(
    unit_of_work: UnitsOfWork,
    *,
    timezone: str = "America/New_York",
    kind: TenantKind = TenantKind.BUSINESS,
) -> Scope:
    """Open a tenant and return its owner's scope; needs the system connection."""
    tenant_id = unit_of_work.ids.new(unit_of_work.clock.now())
    slug = f"t-{uuid4().hex[:12]}"
    name = f"Business {next(_numbers)}"
    business = NewTenant(name=name, slug=slug, timezone=timezone, kind=kind)
    owner = NewOwner(email=f"owner@{slug}.test", name="Olive Owner", password=PASSWORD)
    opening = service.opening_scope(tenant_id, business, "tests")
    async with unit_of_work(opening) as uow:
        await service.create(uow, business, owner)
    async with unit_of_work(opening) as uow:
        [user] = await service.members(uow)
    return await service.member_scope(tenant_id, user.user_id, user.role)
