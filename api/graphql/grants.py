"""Who from above may reach the tenant, what for, and what they have touched."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.audit import READ as READ_AUDIT
from api.graphql.audit import AuditEntry
from api.graphql.context import Info
from api.graphql.enums import Permission, TenantKind
from api.graphql.errors import InvalidInputError
from api.graphql.house_errors import GrantOverError, GrantThereError
from api.graphql.ids import Node, read_id, write_id
from api.graphql.members import permissions_of
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.people_errors import BeyondOwnRightsError
from domain.audit.repository import AuditEntries
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants.grants import invitations, models, service
from tenants.grants.repository import Grants

READ, WRITE = "grants:read", "grants:write"


@strawberry.type
class AccessGrant(Node):
    """That people of another house may reach this tenant."""

    house_key: strawberry.Private[UUID]
    kind: TenantKind = strawberry.field(description="What house it is.")
    permissions: list[Permission]
    reason: str = strawberry.field(description="Why, if they had to say so.")
    created_by: str = strawberry.field(description="Who gave or opened it, as `member:…`.")
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: models.AccessGrant) -> "AccessGrant":
        """The grant of a row."""
        return cls(
            id=write_id("AccessGrant", row.id),
            house_key=row.grantee_id,
            kind=row.kind,
            permissions=permissions_of(row.permissions),
            reason=row.reason,
            created_by=row.created_by,
            created_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def house(self, info: Info) -> str | None:
        """What the house is called."""
        await info.context.read(READ)
        return await info.context.loaders.houses.load(self.house_key)


@strawberry.type
class StaffAccess:
    """That somebody of the operator had, or has, access: who, when, why, and what came of it."""

    grant_id: strawberry.ID
    grant_key: strawberry.Private[UUID]
    house_key: strawberry.Private[UUID]
    opened_by: str = strawberry.field(description="Who, as `operator:…` and the id of the person.")
    reason: str
    permissions: list[Permission]
    opened_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: models.AccessGrant) -> "StaffAccess":
        """The access of a row."""
        return cls(
            grant_id=write_id("AccessGrant", row.id),
            grant_key=row.id,
            house_key=row.grantee_id,
            opened_by=row.created_by,
            reason=row.reason,
            permissions=permissions_of(row.permissions),
            opened_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def person(self, info: Info) -> str | None:
        """What they are called; null once they have no account any more."""
        await info.context.read(READ)
        return await info.context.loaders.staff.load(UUID(service.read(self.opened_by).id))

    @strawberry.field(graphql_type=Connection[AuditEntry], extensions=[Paged(), Needs(READ_AUDIT)])
    async def touched(self, info: Info) -> Listing:
        """What they did and saw, the newest in front."""
        entries = AuditEntries(await info.context.read(READ_AUDIT))
        ways = [service.via(way, self.grant_key, self.house_key) for way in service.WAYS]
        rows = entries.all().filter(at__gte=self.opened_at, via__in=ways)
        return Listing(entries, rows, Order("at"), AuditEntry.of)


@strawberry.type
class GrantFields:
    """Who from above may reach a tenant."""

    @strawberry.field(graphql_type=Connection[AccessGrant], extensions=[Paged(), Needs(READ)])
    async def access_grants(self, info: Info) -> Listing:
        """Every grant there ever was, the newest in front."""
        grants = Grants(await info.context.read(READ))
        return Listing(grants, grants.all(), Order("created_at"), AccessGrant.of)

    @strawberry.field(graphql_type=Connection[StaffAccess], extensions=[Paged(), Needs(READ)])
    async def staff_access(self, info: Info) -> Listing:
        """When people of the operator had access, the newest in front."""
        grants = Grants(await info.context.read(READ))
        rows = grants.all().filter(kind=TenantKind.OPERATOR)
        return Listing(grants, rows, Order("created_at"), StaffAccess.of)


@strawberry.input
class AccessGrantAcceptInput:
    """The token of a house's letter; and what to give, if not what was asked for.

    What is about callers themselves is given only if it is named.
    """

    token: str
    permissions: list[Permission] | None = None


@strawberry.type
class AccessGrantAcceptPayload:
    """The grant."""

    access_grant: AccessGrant


AccessGrantAcceptResult = Annotated[
    AccessGrantAcceptPayload | InvalidInputError | BeyondOwnRightsError | GrantThereError,
    strawberry.union("AccessGrantAcceptResult"),
]


@strawberry.input
class AccessGrantUpdateInput:
    """A grant, and all that it is to lend from now on."""

    id: strawberry.ID
    permissions: list[Permission]


@strawberry.type
class AccessGrantUpdatePayload:
    """The grant as it is now."""

    access_grant: AccessGrant


AccessGrantUpdateResult = Annotated[
    AccessGrantUpdatePayload | InvalidInputError | BeyondOwnRightsError | GrantOverError,
    strawberry.union("AccessGrantUpdateResult"),
]


@strawberry.input
class AccessGrantRevokeInput:
    """The grant to take back."""

    id: strawberry.ID


@strawberry.type
class AccessGrantRevokePayload:
    """The grant as it was."""

    access_grant: AccessGrant


AccessGrantRevokeResult = Annotated[
    AccessGrantRevokePayload, strawberry.union("AccessGrantRevokeResult")
]


@strawberry.type
class GrantMutations:
    """Deeds around grants; only people of the tenant itself may do them."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def access_grant_accept(
        self, info: Info, input: AccessGrantAcceptInput
    ) -> AccessGrantAcceptResult:
        """Let a house in that asked for it."""
        grant = await invitations.accept(info.context.uow, input.token, input.permissions)
        return AccessGrantAcceptPayload(access_grant=AccessGrant.of(grant))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def access_grant_update(
        self, info: Info, input: AccessGrantUpdateInput
    ) -> AccessGrantUpdateResult:
        """Lend more or less, from the next request on."""
        id = read_id("AccessGrant", input.id)
        grant = await service.change(info.context.uow, id, input.permissions)
        return AccessGrantUpdatePayload(access_grant=AccessGrant.of(grant))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def access_grant_revoke(
        self, info: Info, input: AccessGrantRevokeInput
    ) -> AccessGrantRevokeResult:
        """Take a grant back: whoever came by it is out at once."""
        grant = await service.revoke(info.context.uow, read_id("AccessGrant", input.id))
        return AccessGrantRevokePayload(access_grant=AccessGrant.of(grant))
