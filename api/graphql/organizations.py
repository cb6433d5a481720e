"""An organisation, seen from inside: the tenants that let it in, and whom it has asked."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Permission, TenantStatus
from api.graphql.ids import Node, write_id
from api.graphql.members import permissions_of
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import BigInt, EmailAddress
from domain.scope import TenantKind
from plugins.graphql_kit import Needs
from tenants.grants import models
from tenants.grants.repository import AccessInvitations, Grants, Used

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
        await info.context.read(READ)
        held = await info.context.loaders.held.load(self.tenant_key)
        if held is None:
            return None
        status = TenantStatus(held.status)
        return OrganizationBusiness(name=held.name, slug=held.slug, status=status)

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


@strawberry.type
class Organization:
    """A house that looks after businesses."""

    @strawberry.field(
        graphql_type=Connection[OrganizationTenant], extensions=[Paged(), Needs(READ)]
    )
    async def tenants(self, info: Info) -> Listing:
        """The tenants that have let it in, the newest in front."""
        grants = Grants(await info.context.read(READ))
        return Listing(grants, grants.held(), Order("created_at"), OrganizationTenant.of)

    @strawberry.field(graphql_type=Connection[AccessInvitation], extensions=[Paged(), Needs(READ)])
    async def access_invitations(self, info: Info) -> Listing:
        """Whom it has asked for a grant, the newest in front."""
        asked = AccessInvitations(await info.context.read(READ))
        return Listing(asked, asked.all(), Order("created_at"), AccessInvitation.of)


@strawberry.type
class OrganizationFields:
    """What a tenant is to others."""

    @strawberry.field(extensions=[Needs("tenant:read")])
    def organization(self, info: Info) -> Organization | None:
        """The organisation that this tenant is; null if it is none."""
        is_one = info.context.scope.tenant.kind is TenantKind.ORGANIZATION
        return Organization() if is_one else None
