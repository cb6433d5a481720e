"""Whether a tenant is served: decided from above, with a reason, and by rank."""

from domain.errors import Conflict
from domain.scope import TenantKind, TenantStatus
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.events import TenantStatusChanged
from tenants.models import Tenant
from tenants.repository import Tenants

LONGEST_REASON = 300


class DecidedAbove(Conflict):
    """The operator decided how the tenant stands; an organisation cannot undo it."""

    code = "DECIDED_ABOVE"

    def __init__(self) -> None:
        super().__init__("The operator decided this: ask them")


async def stand(uow: UnitOfWork, status: TenantStatus, by: TenantKind, reason: str) -> Tenant:
    """Serve the tenant of this unit of work, or no longer; whoever calls asked whether that may be.

    Raises `InvalidInput`, and `DecidedAbove` to an organisation where the operator was before it.
    """
    why = fitting("reason", reason, LONGEST_REASON)
    tenants = Tenants(uow)
    tenant = await tenants.lock(uow.tenant_id)
    if tenant.status_by is TenantKind.OPERATOR and by is not TenantKind.OPERATOR:
        raise DecidedAbove
    # What is served again was decided by nobody: the next to decide may be anybody.
    decided = None if status is TenantStatus.ACTIVE else by
    if (tenant.status, tenant.status_by) == (status, decided):
        return tenant
    await tenants.save(tenant, status=status, status_by=decided, status_reason=why)
    uow.record(TenantStatusChanged(tenant_id=tenant.id, status=status, by=by))
    return tenant
