"""An organisation, seen from inside: the tenants that let it in, and whom it has asked."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Permission, TenantStatus
from api.graphql.ids import Node, write_id
from api.graphql.members import permissions_of
from api.graphql.scalars import BigInt, EmailAddress
from plugins.graphql_kit import Needs
from tenants.grants import models
from tenants.grants.repository import Used

READ, WRITE = "organization:read", "organization:write"


@strawberry.type
class OrganizationUsage:
    """How much of one thing a tenant used, added up."""

    name: str
    unit: str
    quantity: BigInt

    @classmethod
    def of(cls, used: Used) -> "OrganizationUsage":
        """The total as it was added up."""
        return cls(name=used.name, unit=used.unit, quantity=BigInt(used.quantity))


@strawberry.type
class OrganizationBusiness:
    """What an organisation knows of a tenant without going there."""

    name: str
    slug: str
    status: TenantStatus


@strawberry.type
class OrganizationTenant:
    """A tenant that has let the organisation in."""

    tenant_key: strawberry.Private[UUID]
    permissions: list[Permission] = strawberry.field(description="What the tenant lends.")
    since: datetime
    expires_at: datetime | None

    @classmethod
    def of(cls, row: models.AccessGrant) -> "OrganizationTenant":
        """The tenant behind a grant."""
        return cls(
            tenant_key=row.tenant_id,
            permissions=permissions_of(row.permissions),
            since=row.created_at,
            expires_at=row.expires_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def business(self, info: Info) -> OrganizationBusiness | None:
        """What it is called, and whether it is served; null if it has just taken its grant back."""
        return await business_of(info, self.tenant_key)

    @strawberry.field(extensions=[Needs(READ)])
    async def usage(self, info: Info, first: date, last: date) -> list[OrganizationUsage]:
        """What it used from one day to another, both counted, in UTC; if it lends `usage:read`."""
        await info.context.read(READ)
        wanted = (self.tenant_key, first, last)
        used = await info.context.loaders.used.load(wanted)
        return [OrganizationUsage.of(each) for each in used]


@strawberry.type
class AccessInvitation(Node):
    """That the organisation has asked somebody for a grant."""

    email: EmailAddress
    permissions: list[Permission]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: models.AccessInvitation) -> "AccessInvitation":
        """The invitation of a row."""
        return cls(
            id=write_id("AccessInvitation", row.id),
            email=EmailAddress(row.email),
            permissions=permissions_of(row.permissions),
            created_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
        )


async def business_of(info: Info, tenant_id: UUID) -> OrganizationBusiness | None:
    """What the organisation may know of a tenant; None if it holds no grant of it."""
    await info.context.read(READ)
    held = await info.context.loaders.held.load(tenant_id)
    if held is None:
        return None
    status = TenantStatus(held.status)
    return OrganizationBusiness(name=held.name, slug=held.slug, status=status)
