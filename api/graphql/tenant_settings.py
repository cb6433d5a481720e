"""Changing what is known of the tenant itself."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.errors import InvalidInputError
from api.graphql.inputs import said
from api.graphql.scalars import TimeZone
from api.graphql.tenant import Tenant
from tenants import details


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


@strawberry.type
class TenantMutations:
    """Deeds around the business itself."""

    @strawberry.mutation
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
