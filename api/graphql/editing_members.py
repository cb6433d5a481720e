"""Changing who works for the business: roles, members, invitations."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Permission, Role
from api.graphql.errors import IdempotencyKeyReusedError, InvalidInputError, RequestInProgressError
from api.graphql.ids import maybe_read_id, read_id
from api.graphql.inputs import said
from api.graphql.members import CustomRole, Invitation, Member
from api.graphql.people_errors import (
    AlreadyInvitedError,
    AlreadyMemberError,
    BeyondOwnRightsError,
    InvitationClosedError,
    LastOwnerError,
    RoleInUseError,
    RoleNameTakenError,
)
from api.graphql.scalars import EmailAddress
from plugins.graphql_kit import InUnitOfWork, Needs, once
from tenants.members import custom_roles, invitations, service
from tenants.members.repository import Invitations
from tenants.members.rights import Assigned
from tenants.repository import CustomRoles

WRITE = "members:write"


@strawberry.input
class MemberChangeRoleInput:
    """A member and their new role; `CUSTOM` goes with the role that is meant."""

    id: strawberry.ID
    role: Role
    custom_role_id: strawberry.ID | None = None


@strawberry.type
class MemberChangeRolePayload:
    """The member as they are now."""

    member: Member


MemberChangeRoleResult = Annotated[
    MemberChangeRolePayload | InvalidInputError | BeyondOwnRightsError | LastOwnerError,
    strawberry.union("MemberChangeRoleResult"),
]


@strawberry.input
class MemberRemoveInput:
    """A member to let go."""

    id: strawberry.ID


@strawberry.type
class MemberRemovePayload:
    """The id that is nobody's any more."""

    id: strawberry.ID


MemberRemoveResult = Annotated[
    MemberRemovePayload | BeyondOwnRightsError | LastOwnerError,
    strawberry.union("MemberRemoveResult"),
]


@strawberry.input
class MemberLeaveInput:
    """The short name of the business that one leaves, typed out to say that it is meant."""

    slug: str


@strawberry.type
class MemberLeavePayload:
    """The short name of the business that one has left."""

    slug: str


MemberLeaveResult = Annotated[
    MemberLeavePayload | InvalidInputError | LastOwnerError, strawberry.union("MemberLeaveResult")
]


@strawberry.input
class MemberMakeOwnerInput:
    """The member who is to own the business."""

    id: strawberry.ID


@strawberry.type
class MemberMakeOwnerPayload:
    """The new owner."""

    member: Member


MemberMakeOwnerResult = Annotated[
    MemberMakeOwnerPayload | InvalidInputError, strawberry.union("MemberMakeOwnerResult")
]


@strawberry.input
class InvitationSendInput:
    """Whom to ask, and to which role; `CUSTOM` goes with the role that is meant."""

    email: EmailAddress
    role: Role
    custom_role_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@strawberry.type
class InvitationSendPayload:
    """The invitation; its letter is on its way."""

    invitation: Invitation


InvitationSendResult = Annotated[
    InvitationSendPayload
    | InvalidInputError
    | BeyondOwnRightsError
    | AlreadyMemberError
    | AlreadyInvitedError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("InvitationSendResult"),
]


@strawberry.input
class InvitationResendInput:
    """The invitation to write another letter for."""

    id: strawberry.ID
    idempotency_key: str | None = None


@strawberry.type
class InvitationResendPayload:
    """The invitation, good for another week by its new letter only."""

    invitation: Invitation


InvitationResendResult = Annotated[
    InvitationResendPayload
    | InvitationClosedError
    | BeyondOwnRightsError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("InvitationResendResult"),
]


@strawberry.input
class InvitationRevokeInput:
    """The invitation to take back."""

    id: strawberry.ID


@strawberry.type
class InvitationRevokePayload:
    """The invitation as it stands."""

    invitation: Invitation


InvitationRevokeResult = Annotated[
    InvitationRevokePayload | InvitationClosedError, strawberry.union("InvitationRevokeResult")
]


@strawberry.input
class CustomRoleAddInput:
    """A role to be made; it always allows to know the business, `TENANT_READ`."""

    name: str
    permissions: list[Permission]
    idempotency_key: str | None = None


@strawberry.type
class CustomRoleAddPayload:
    """The new role."""

    role: CustomRole


CustomRoleAddResult = Annotated[
    CustomRoleAddPayload
    | InvalidInputError
    | BeyondOwnRightsError
    | RoleNameTakenError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("CustomRoleAddResult"),
]


@strawberry.input
class CustomRoleUpdateInput:
    """What to change of a role; what is left out stays."""

    id: strawberry.ID
    name: strawberry.Maybe[str]
    permissions: strawberry.Maybe[list[Permission]]


@strawberry.type
class CustomRoleUpdatePayload:
    """The role as it is now."""

    role: CustomRole


CustomRoleUpdateResult = Annotated[
    CustomRoleUpdatePayload | InvalidInputError | BeyondOwnRightsError | RoleNameTakenError,
    strawberry.union("CustomRoleUpdateResult"),
]


@strawberry.input
class CustomRoleDeleteInput:
    """A role that nobody has any more."""

    id: strawberry.ID


@strawberry.type
class CustomRoleDeletePayload:
    """The id that is no role's any more."""

    id: strawberry.ID


CustomRoleDeleteResult = Annotated[
    CustomRoleDeletePayload | BeyondOwnRightsError | RoleInUseError,
    strawberry.union("CustomRoleDeleteResult"),
]


@strawberry.type
class MemberMutations:
    """Deeds around members, roles and invitations."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def member_change_role(
        self, info: Info, input: MemberChangeRoleInput
    ) -> MemberChangeRoleResult:
        """Give a member another role."""
        id = read_id("Member", input.id)
        row = await service.change_role(info.context.uow, id, _assigned(input))
        return MemberChangeRolePayload(member=Member.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE, ends_access=True)])
    async def member_remove(self, info: Info, input: MemberRemoveInput) -> MemberRemoveResult:
        """Let a member go; their sessions here end at once."""
        await service.remove(info.context.uow, read_id("Member", input.id))
        return MemberRemovePayload(id=input.id)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("tenant:read")])
    async def member_leave(self, info: Info, input: MemberLeaveInput) -> MemberLeaveResult:
        """Go oneself; one's sessions here end at once."""
        await service.leave(info.context.uow, input.slug)
        return MemberLeavePayload(slug=input.slug)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("tenant:transfer")])
    async def member_make_owner(
        self, info: Info, input: MemberMakeOwnerInput
    ) -> MemberMakeOwnerResult:
        """Give the business to a member, at once, and be its administrator; both are told."""
        id = read_id("Member", input.id)
        row = await service.transfer_ownership(info.context.uow, id)
        return MemberMakeOwnerPayload(member=Member.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def invitation_send(self, info: Info, input: InvitationSendInput) -> InvitationSendResult:
        """Ask somebody to join, by a letter that is good for a week."""
        uow, assigned = info.context.uow, _assigned(input)
        row = await once(
            info, input, Invitations, lambda: invitations.invite(uow, input.email, assigned)
        )
        return InvitationSendPayload(invitation=Invitation.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def invitation_resend(
        self, info: Info, input: InvitationResendInput
    ) -> InvitationResendResult:
        """Write another letter; the earlier one is good no more."""
        uow, id = info.context.uow, read_id("Invitation", input.id)
        row = await once(info, input, Invitations, lambda: invitations.resend(uow, id))
        return InvitationResendPayload(invitation=Invitation.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE, ends_access=True)])
    async def invitation_revoke(
        self, info: Info, input: InvitationRevokeInput
    ) -> InvitationRevokeResult:
        """Take an invitation back."""
        row = await invitations.revoke(info.context.uow, read_id("Invitation", input.id))
        return InvitationRevokePayload(invitation=Invitation.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def custom_role_add(self, info: Info, input: CustomRoleAddInput) -> CustomRoleAddResult:
        """Make a role that allows no more than one's own."""
        uow = info.context.uow
        row = await once(
            info,
            input,
            CustomRoles,
            lambda: custom_roles.add(uow, input.name, input.permissions),
        )
        return CustomRoleAddPayload(role=CustomRole.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def custom_role_update(
        self, info: Info, input: CustomRoleUpdateInput
    ) -> CustomRoleUpdateResult:
        """Rename a role or change what it allows; whoever has it notices at once."""
        changes = said(name=input.name, permissions=input.permissions)
        id = read_id("CustomRole", input.id)
        row = await custom_roles.update(info.context.uow, id, **changes)
        return CustomRoleUpdatePayload(role=CustomRole.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def custom_role_delete(
        self, info: Info, input: CustomRoleDeleteInput
    ) -> CustomRoleDeleteResult:
        """Delete a role that nobody has and nobody is invited to."""
        await custom_roles.delete(info.context.uow, read_id("CustomRole", input.id))
        return CustomRoleDeletePayload(id=input.id)


def _assigned(input: MemberChangeRoleInput | InvitationSendInput) -> Assigned:
    return Assigned(input.role, maybe_read_id("CustomRole", input.custom_role_id))
