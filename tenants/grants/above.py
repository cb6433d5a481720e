"""What a house decides over a tenant, without going there.

Each of the two has a transaction of its own: first that of the tenant, which holds the change and
says who made it, then that of the house, which has it on record too.
"""

from uuid import UUID

from domain.scope import Access, Actor, Scope, TenantFacts, TenantStatus
from domain.work import UnitsOfWork
from tenants.grants.events import TenantStandingChanged
from tenants.grants.rules import ACTOR_OF
from tenants.models import Tenant
from tenants.service import tenant_facts
from tenants.standing import stand


async def carry_out(
    work: UnitsOfWork, home: Scope, tenant_id: UUID, status: TenantStatus, reason: str
) -> Tenant:
    """Let a tenant stand as a house decided; whoever calls asked whether that may be.

    Raises `DecidedAbove` and `InvalidInput`.
    """
    there = from_above(home, tenant_id, await tenant_facts(tenant_id))
    async with work(there) as uow:
        tenant = await stand(uow, status, home.tenant.kind, reason)
    async with work(home) as uow:
        uow.record(TenantStandingChanged(tenant_id=tenant_id, status=status))
    return tenant


def from_above(home: Scope, tenant_id: UUID, facts: TenantFacts) -> Scope:
    """Somebody of a house at a tenant, where they hold no permission at all."""
    actor = Actor(ACTOR_OF[home.tenant.kind], home.actor.id)
    access = Access(via=f"house:{home.tenant_id}", address=home.access.address)
    return Scope(tenant_id, actor, facts, access=access)
