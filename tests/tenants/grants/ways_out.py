"""All that can end a visit while it goes on."""

from datetime import timedelta
from uuid import UUID

from domain.scope import Scope, TenantStatus
from domain.work import UnitsOfWork
from tenants.grants import service
from tenants.grants.models import AccessGrant
from tenants.models import Membership, Role, Tenant, User
from tests.conftest import as_system

WAYS_OUT = (
    "grant revoked",
    "grant expired",
    "house suspended",
    "member removed",
    "member demoted",
    "member disabled",
)


async def take(
    way: str,
    unit_of_work: UnitsOfWork,
    reached: Scope,
    house: Scope,
    grant: AccessGrant,
    database: object,
) -> None:
    """Bring one of them about."""
    if way == "grant revoked":
        async with unit_of_work(reached) as uow:
            await service.revoke(uow, grant.id)
        return
    async with as_system(database):
        await _change(way, unit_of_work, house, grant)


async def _change(way: str, unit_of_work: UnitsOfWork, house: Scope, grant: AccessGrant) -> None:
    user_id = UUID(house.actor.id)
    place = Membership.filter(tenant_id=house.tenant_id, user_id=user_id)
    now = unit_of_work.clock.now()
    if way == "grant expired":
        await AccessGrant.filter(id=grant.id).update(expires_at=now - timedelta(seconds=1))
    elif way == "house suspended":
        await Tenant.filter(id=house.tenant_id).update(status=TenantStatus.SUSPENDED)
    elif way == "member removed":
        await place.delete()
    elif way == "member demoted":
        await place.update(role=Role.VIEWER)
    else:
        await User.filter(id=user_id).update(disabled_at=now)
