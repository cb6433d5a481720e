"""Opening tenants from above, and deciding whether they are served."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.editing_templates import plugins_of
from api.graphql.errors import InvalidInputError
from api.graphql.house_errors import DecidedAboveError, NotOpenedHereError, SlugTakenError
from api.graphql.ids import maybe_read_id
from api.graphql.organizations import WRITE, OrganizationTenant
from api.graphql.scalars import EmailAddress, TimeZone
from domain.scope import TenantStatus
from plugins.graphql_kit import Needs
from tenants.organizations import opening
from tenants.organizations.opening import Wish
from tenants.service import NewTenant

DECIDE = "tenants:write"


@strawberry.input
class OrganizationTenantCreateInput:
    """A business to be opened."""

    name: str
    owner_email: EmailAddress
    time_zone: TimeZone
    slug: str
    locale: str = "en-US"
    region: str = "US"
    currency: str = "USD"
    tenant_template_id: strawberry.ID | None = None


@strawberry.type
class OrganizationTenantCreatePayload:
    """The business; its owner has a letter."""

    tenant: OrganizationTenant


OrganizationTenantCreateResult = Annotated[
    OrganizationTenantCreatePayload | InvalidInputError | SlugTakenError,
    strawberry.union("OrganizationTenantCreateResult"),
]


@strawberry.input
class OrganizationTenantSuspendInput:
    """The short name of a tenant that the organisation opened, and why it is served no longer."""

    tenant: str
    reason: str


@strawberry.type
class OrganizationTenantSuspendPayload:
    """The tenant as it stands."""

    tenant: OrganizationTenant


OrganizationTenantSuspendResult = Annotated[
    OrganizationTenantSuspendPayload | InvalidInputError | NotOpenedHereError | DecidedAboveError,
    strawberry.union("OrganizationTenantSuspendResult"),
]


@strawberry.input
class OrganizationTenantResumeInput:
    """The short name of a tenant that the organisation suspended, and why it is served again."""

    tenant: str
    reason: str


@strawberry.type
class OrganizationTenantResumePayload:
    """The tenant as it stands."""

    tenant: OrganizationTenant


OrganizationTenantResumeResult = Annotated[
    OrganizationTenantResumePayload | InvalidInputError | NotOpenedHereError | DecidedAboveError,
    strawberry.union("OrganizationTenantResumeResult"),
]


@strawberry.type
class OrganizationTenantMutations:
    """Deeds by which an organisation opens businesses and decides how they stand."""

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def organization_tenant_create(
        self, info: Info, input: OrganizationTenantCreateInput
    ) -> OrganizationTenantCreateResult:
        """Open a business, set it up, and invite its owner."""
        context = info.context
        await context.close()
        business = NewTenant(
            input.name,
            input.slug,
            input.time_zone,
            locale=input.locale,
            region=input.region,
            currency=input.currency,
        )
        template_id = maybe_read_id("TenantTemplate", input.tenant_template_id)
        wish = Wish(business, input.owner_email, template_id)
        grant = await opening.open_tenant(
            context.unit_of_work, context.scope, wish, plugins_of(context)
        )
        return OrganizationTenantCreatePayload(tenant=OrganizationTenant.of(grant))

    @strawberry.mutation(extensions=[Needs(DECIDE)])
    async def organization_tenant_suspend(
        self, info: Info, input: OrganizationTenantSuspendInput
    ) -> OrganizationTenantSuspendResult:
        """Serve a tenant no longer: it can read, and its callers can leave a message."""
        tenant = await _decide(info, input.tenant, TenantStatus.SUSPENDED, input.reason)
        return OrganizationTenantSuspendPayload(tenant=tenant)

    @strawberry.mutation(extensions=[Needs(DECIDE)])
    async def organization_tenant_resume(
        self, info: Info, input: OrganizationTenantResumeInput
    ) -> OrganizationTenantResumeResult:
        """Serve a tenant again."""
        tenant = await _decide(info, input.tenant, TenantStatus.ACTIVE, input.reason)
        return OrganizationTenantResumePayload(tenant=tenant)


async def _decide(info: Info, slug: str, status: TenantStatus, reason: str) -> OrganizationTenant:
    context = info.context
    await context.close()
    grant = await opening.decide(context.unit_of_work, context.scope, slug, status, reason)
    return OrganizationTenant.of(grant)
