"""Changing what is known of the tenant itself."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.errors import InvalidInputError
from api.graphql.inputs import said
from api.graphql.people_errors import MfaNotEnrolledError
from api.graphql.scalars import TimeZone
from api.graphql.tenant import Tenant
from plugins.graphql_kit import Needs
from tenants import details, origins, security


@strawberry.input
class TenantUpdateInput:
    """What to change of the business; what is left out stays.

    The time zone is that of its reports. Locations keep their own.
    """

    name: strawberry.Maybe[str]
    time_zone: strawberry.Maybe[TimeZone]
    locale: strawberry.Maybe[str]
    region: strawberry.Maybe[str]


@strawberry.type
class TenantUpdatePayload:
    """The business as it is now."""

    tenant: Tenant


TenantUpdateResult = Annotated[
    TenantUpdatePayload | InvalidInputError, strawberry.union("TenantUpdateResult")
]


@strawberry.input
class TenantSecurityUpdateInput:
    """Whether every member must have a second factor; who has none can only set one up."""

    mfa_required: bool


@strawberry.type
class TenantSecurityUpdatePayload:
    """The business as it is now."""

    tenant: Tenant


TenantSecurityUpdateResult = Annotated[
    TenantSecurityUpdatePayload | MfaNotEnrolledError,
    strawberry.union("TenantSecurityUpdateResult"),
]


@strawberry.input
class TenantOriginsUpdateInput:
    """The origins of web pages that may ask with a key: these, and no others.

    Such as `https://www.example.com`: in small letters, without a path.
    """

    origins: list[str]


@strawberry.type
class TenantOriginsUpdatePayload:
    """The business as it is now."""

    tenant: Tenant


TenantOriginsUpdateResult = Annotated[
    TenantOriginsUpdatePayload | InvalidInputError, strawberry.union("TenantOriginsUpdateResult")
]


@strawberry.type
class TenantMutations:
    """Deeds around the business itself."""

    @strawberry.mutation(extensions=[Needs("tenant:write")])
    async def tenant_update(self, info: Info, input: TenantUpdateInput) -> TenantUpdateResult:
        """Change what the business is called, and where it is."""
        given = said(
            name=input.name, timezone=input.time_zone, locale=input.locale, region=input.region
        )
        changes = details.Changes(**given)
        await info.context.write(lambda: details.update(info.context.uow, changes))
        # Whatever is read or done after this goes by what has been committed.
        await info.context.recheck()
        return TenantUpdatePayload(tenant=Tenant.of(info.context.scope))

    @strawberry.mutation(extensions=[Needs("security:write")])
    async def tenant_security_update(
        self, info: Info, input: TenantSecurityUpdateInput
    ) -> TenantSecurityUpdateResult:
        """Change what the business demands of those who sign in."""
        context, wanted = info.context, input.mfa_required
        await context.write(lambda: security.update(context.uow, mfa_required=wanted))
        await context.recheck()
        return TenantSecurityUpdatePayload(tenant=Tenant.of(context.scope))

    @strawberry.mutation(extensions=[Needs("security:write")])
    async def tenant_origins_update(
        self, info: Info, input: TenantOriginsUpdateInput
    ) -> TenantOriginsUpdateResult:
        """Say which web pages may ask with a key; they never come with a cookie."""
        context = info.context
        await context.write(lambda: origins.update(context.uow, input.origins))
        await context.recheck()
        return TenantOriginsUpdatePayload(tenant=Tenant.of(context.scope))
