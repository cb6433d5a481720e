"""Many tenants at once, as an organisation has them: written straight into the database."""

from datetime import datetime
from uuid import UUID

from domain.ids import RandomIds
from domain.scope import Scope, TenantKind, TenantStatus
from tenants.grants.models import AccessGrant
from tenants.grants.rules import USUAL
from tenants.models import Tenant

IDS = RandomIds()


async def open_many(house: Scope, count: int, now: datetime) -> list[UUID]:
    """Tenants of a house; needs the system connection."""
    tenants = [_tenant(now) for _ in range(count)]
    await Tenant.bulk_create(tenants)
    await AccessGrant.bulk_create([_grant(each.id, house, now) for each in tenants])
    return [each.id for each in tenants]


def _tenant(now: datetime) -> Tenant:
    id = IDS.new(now)
    return Tenant(
        id=id,
        name=f"Branch {id.hex[-6:]}",
        slug=f"b-{id.hex[-20:]}",
        timezone="America/New_York",
        locale="en-US",
        region="US",
        currency="USD",
        status=TenantStatus.ACTIVE,
        created_at=now,
    )


def _grant(tenant_id: UUID, house: Scope, now: datetime) -> AccessGrant:
    return AccessGrant(
        id=IDS.new(now),
        tenant_id=tenant_id,
        grantee_id=house.tenant_id,
        kind=TenantKind.ORGANIZATION,
        permissions=sorted(USUAL),
        created_by=f"organization:{house.actor.id}",
        created_at=now,
    )
