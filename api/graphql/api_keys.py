"""Keys of the business's own programs."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Permission
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
    ShownOnceError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.members import permissions_of
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.people_errors import BeyondOwnRightsError, KeyOverError
from plugins.graphql_kit import InUnitOfWork, Needs, shown_once
from tenants.api_keys import models, service
from tenants.api_keys.repository import ApiKeys

READ, WRITE = "keys:read", "keys:write"


@strawberry.type
class ApiKey(Node):
    """A key of a program. Its secret was shown once, when it was made or rotated."""

    name: str
    key: strawberry.Private[UUID]
    permissions: list[Permission]
    addresses: list[str] = strawberry.field(
        description="Networks (CIDR) from which it is good; anywhere, if there are none."
    )
    rate_per_minute: int | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = strawberry.field(description="To the minute.")
    previous_until: datetime | None = strawberry.field(
        description="How long the token before the last rotation is good."
    )
    revoked_at: datetime | None
    frozen_at: datetime | None = strawberry.field(description="Since when it is refused.")

    @classmethod
    def of(cls, row: models.ApiKey) -> "ApiKey":
        """The key of a row."""
        return cls(
            id=write_id("ApiKey", row.id),
            key=row.id,
            name=row.name,
            permissions=permissions_of(row.permissions),
            addresses=row.addresses,
            rate_per_minute=row.rate_per_minute,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            previous_until=row.previous_until,
            revoked_at=row.revoked_at,
            frozen_at=row.frozen_at,
        )

    @strawberry.field
    def prefix(self, info: Info) -> str:
        """How its token begins: enough to find it in a log."""
        return f"{service.prefix_at(info.context.scope.tenant)}{self.key.hex}"


@strawberry.type
class ApiKeyFields:
    """The keys of a tenant's programs."""

    @strawberry.field(graphql_type=Connection[ApiKey], extensions=[Paged(), Needs(READ)])
    async def api_keys(self, info: Info) -> Listing:
        """Keys, the newest in front; revoked and expired ones stay on record."""
        repository = ApiKeys(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("created_at"), ApiKey.of)


@strawberry.input
class ApiKeyCreateInput:
    """A key to be made: what it may do, for how long, from where, and how often."""

    name: str
    permissions: list[Permission]
    expires_at: datetime | None = None
    addresses: list[str] = strawberry.field(default_factory=list)
    rate_per_minute: int | None = None
    idempotency_key: str | None = None


@strawberry.type
class ApiKeyCreatePayload:
    """The key; its token is shown here and never again."""

    api_key: ApiKey
    token: str


ApiKeyCreateResult = Annotated[
    ApiKeyCreatePayload
    | InvalidInputError
    | BeyondOwnRightsError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | ShownOnceError,
    strawberry.union("ApiKeyCreateResult"),
]


@strawberry.input
class ApiKeyRotateInput:
    """The key to give a new token, and how long the present one stays good."""

    id: strawberry.ID
    overlap: timedelta
    idempotency_key: str | None = None


@strawberry.type
class ApiKeyRotatePayload:
    """The key; its new token is shown here and never again."""

    api_key: ApiKey
    token: str


ApiKeyRotateResult = Annotated[
    ApiKeyRotatePayload
    | InvalidInputError
    | BeyondOwnRightsError
    | KeyOverError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | ShownOnceError,
    strawberry.union("ApiKeyRotateResult"),
]


@strawberry.input
class ApiKeyRevokeInput:
    """The key to end."""

    id: strawberry.ID


@strawberry.type
class ApiKeyRevokePayload:
    """The key as it stands."""

    api_key: ApiKey


ApiKeyRevokeResult = Annotated[ApiKeyRevokePayload, strawberry.union("ApiKeyRevokeResult")]


@strawberry.type
class ApiKeyMutations:
    """Deeds around keys; only people may do them."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def api_key_create(self, info: Info, input: ApiKeyCreateInput) -> ApiKeyCreateResult:
        """Make a key that may do no more than oneself."""
        new = service.NewKey(
            name=input.name,
            permissions=tuple(input.permissions),
            expires_at=input.expires_at,
            addresses=tuple(input.addresses),
            rate_per_minute=input.rate_per_minute,
        )
        uow = info.context.uow
        issued = await shown_once(info, input, lambda: service.create(uow, new), _id_of)
        return ApiKeyCreatePayload(api_key=ApiKey.of(issued.key), token=issued.token)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def api_key_rotate(self, info: Info, input: ApiKeyRotateInput) -> ApiKeyRotateResult:
        """Give a key a new token; the one before it stays good for the overlap."""
        uow, id = info.context.uow, read_id("ApiKey", input.id)
        issued = await shown_once(
            info, input, lambda: service.rotate(uow, id, input.overlap), _id_of
        )
        return ApiKeyRotatePayload(api_key=ApiKey.of(issued.key), token=issued.token)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE, ends_access=True)])
    async def api_key_revoke(self, info: Info, input: ApiKeyRevokeInput) -> ApiKeyRevokeResult:
        """End a key for good; a second time changes nothing."""
        row = await service.revoke(info.context.uow, read_id("ApiKey", input.id))
        return ApiKeyRevokePayload(api_key=ApiKey.of(row))


def _id_of(issued: service.Issued) -> str:
    return write_id("ApiKey", issued.key.id)
