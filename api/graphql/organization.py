"""An organisation as a whole, under the tenant that it is."""

import strawberry

from api.graphql.branding import BrandingFields
from api.graphql.context import Info
from api.graphql.organizations import READ, AccessInvitation, OrganizationTenant
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.templates import TemplateFields
from domain.scope import TenantKind
from plugins.graphql_kit import Needs
from tenants.grants.repository import AccessInvitations, Grants


@strawberry.type
class Organization(BrandingFields, TemplateFields):
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
