"""Shutting somebody out at once, and letting them in again."""

from typing import Annotated

import strawberry

from api.graphql.api_keys import ApiKey
from api.graphql.context import Info
from api.graphql.ids import read_id
from api.graphql.members import Member
from api.graphql.people_errors import BeyondOwnRightsError, LastOwnerError, NotYourselfError
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants.watch import freezing

WRITE = freezing.WRITE


@strawberry.input
class MemberFreezeInput:
    """The member to shut out."""

    id: strawberry.ID


@strawberry.type
class MemberFreezePayload:
    """The member, whose sessions here are over."""

    member: Member


MemberFreezeResult = Annotated[
    MemberFreezePayload | BeyondOwnRightsError | LastOwnerError | NotYourselfError,
    strawberry.union("MemberFreezeResult"),
]


@strawberry.input
class MemberThawInput:
    """The member to let in again."""

    id: strawberry.ID


@strawberry.type
class MemberThawPayload:
    """The member, who may sign in again."""

    member: Member


MemberThawResult = Annotated[
    MemberThawPayload | BeyondOwnRightsError, strawberry.union("MemberThawResult")
]


@strawberry.input
class ApiKeyFreezeInput:
    """The key to make good for nothing."""

    id: strawberry.ID


@strawberry.type
class ApiKeyFreezePayload:
    """The key, which is refused from now on."""

    api_key: ApiKey


ApiKeyFreezeResult = Annotated[
    ApiKeyFreezePayload | BeyondOwnRightsError, strawberry.union("ApiKeyFreezeResult")
]


@strawberry.input
class ApiKeyThawInput:
    """The key to make good again."""

    id: strawberry.ID


@strawberry.type
class ApiKeyThawPayload:
    """The key, which is good again unless it was revoked."""

    api_key: ApiKey


ApiKeyThawResult = Annotated[
    ApiKeyThawPayload | BeyondOwnRightsError, strawberry.union("ApiKeyThawResult")
]


@strawberry.type
class FreezingMutations:
    """Deeds that shut out and let in; only people may do them."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE, ends_access=True)])
    async def member_freeze(self, info: Info, input: MemberFreezeInput) -> MemberFreezeResult:
        """End a member's sessions here, and let nobody sign in as them until they are thawed."""
        row = await freezing.freeze_member(info.context.uow, read_id("Member", input.id))
        return MemberFreezePayload(member=Member.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def member_thaw(self, info: Info, input: MemberThawInput) -> MemberThawResult:
        """Let a member in again; they sign in anew."""
        row = await freezing.thaw_member(info.context.uow, read_id("Member", input.id))
        return MemberThawPayload(member=Member.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE, ends_access=True)])
    async def api_key_freeze(self, info: Info, input: ApiKeyFreezeInput) -> ApiKeyFreezeResult:
        """Refuse a key until it is thawed."""
        row = await freezing.freeze_key(info.context.uow, read_id("ApiKey", input.id))
        return ApiKeyFreezePayload(api_key=ApiKey.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def api_key_thaw(self, info: Info, input: ApiKeyThawInput) -> ApiKeyThawResult:
        """Make a key good again."""
        row = await freezing.thaw_key(info.context.uow, read_id("ApiKey", input.id))
        return ApiKeyThawPayload(api_key=ApiKey.of(row))
