"""What a business demands of those who sign in."""

from uuid import UUID

from domain.errors import Forbidden
from domain.scope import TenantKind
from domain.work import UnitOfWork
from tenants import factors
from tenants.errors import MfaNotEnrolled
from tenants.events import TenantSecured
from tenants.models import Tenant
from tenants.repository import Tenants
from tenants.step_up import require_fresh


async def update(uow: UnitOfWork, *, mfa_required: bool) -> Tenant:
    """Demand a second factor of every member, or of none.

    Members without one can only set one up. Raises `MfaNotEnrolled` if whoever demands it has
    none, `StepUpRequired`, and `Forbidden` to an operator who wants to do without.
    """
    uow.require("security:write")
    require_fresh(uow)
    if uow.scope.tenant.kind is TenantKind.OPERATOR and not mfa_required:
        raise Forbidden("Whoever runs the deployment proves themselves twice")
    tenants = Tenants(uow)
    tenant = await tenants.lock(uow.tenant_id)
    if tenant.mfa_required == mfa_required:
        return tenant
    if mfa_required and not (await factors.of(uow, UUID(uow.scope.actor.id))).enrolled:
        raise MfaNotEnrolled
    await tenants.save(tenant, mfa_required=mfa_required)
    uow.record(TenantSecured(tenant_id=tenant.id, mfa_required=mfa_required))
    return tenant
