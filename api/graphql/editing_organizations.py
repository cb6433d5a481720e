"""What an organisation does: asking businesses for a grant, opening and suspending tenants."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Permission
from api.graphql.errors import IdempotencyKeyReusedError, InvalidInputError, RequestInProgressError
from api.graphql.ids import read_id
from api.graphql.organizations import WRITE, AccessInvitation
from api.graphql.scalars import EmailAddress
from plugins.graphql_kit import InUnitOfWork, Needs, once
from tenants.grants import invitations
from tenants.grants.repository import AccessInvitations


@strawberry.input
class AccessInvitationSendInput:
    """Whom to ask for a grant, and for what; how a business is set up, if nothing is said."""

    email: EmailAddress
    permissions: list[Permission] | None = None
    idempotency_key: str | None = None


@strawberry.type
class AccessInvitationSendPayload:
    """The invitation. Nothing tells whether there is a business of that address."""

    access_invitation: AccessInvitation


AccessInvitationSendResult = Annotated[
    AccessInvitationSendPayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("AccessInvitationSendResult"),
]


@strawberry.input
class AccessInvitationRevokeInput:
    """The invitation to take back."""

    id: strawberry.ID


@strawberry.type
class AccessInvitationRevokePayload:
    """The invitation as it stands."""

    access_invitation: AccessInvitation


AccessInvitationRevokeResult = Annotated[
    AccessInvitationRevokePayload, strawberry.union("AccessInvitationRevokeResult")
]


@strawberry.type
class OrganizationMutations:
    """Deeds of an organisation."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def access_invitation_send(
        self, info: Info, input: AccessInvitationSendInput
    ) -> AccessInvitationSendResult:
        """Ask the owner of a business for a grant, by letter."""
        uow = info.context.uow
        row = await once(
            info,
            input,
            AccessInvitations,
            lambda: invitations.ask(uow, input.email, input.permissions),
        )
        return AccessInvitationSendPayload(access_invitation=AccessInvitation.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def access_invitation_revoke(
        self, info: Info, input: AccessInvitationRevokeInput
    ) -> AccessInvitationRevokeResult:
        """Ask no longer; a second time changes nothing."""
        id = read_id("AccessInvitation", input.id)
        row = await invitations.withdraw(info.context.uow, id)
        return AccessInvitationRevokePayload(access_invitation=AccessInvitation.of(row))
