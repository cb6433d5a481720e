"""A house asks a business that exists for a grant; its owner gives one, or does not."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from domain.errors import Conflict
from domain.scope import TenantKind
from domain.work import UnitOfWork
from tenants.grants import service
from tenants.grants.errors import AccessInvitationInvalid
from tenants.grants.events import AccessInvited
from tenants.grants.models import AccessGrant, AccessInvitation
from tenants.grants.repository import AccessInvitations, Grants
from tenants.grants.rules import SENSITIVE, USUAL, checked
from tenants.grants.service import NewGrant
from tenants.sign_up import address_of
from tenants.tokens import hashed

LASTS = timedelta(days=14)


async def ask(
    uow: UnitOfWork, email: str, permissions: Iterable[str] | None = None
) -> AccessInvitation:
    """Write to somebody who may own a business, and ask for a grant. Raises `InvalidInput`.

    What is asked for is a proposal: whoever accepts decides. Nothing tells who has a business.
    """
    uow.require("organization:write")
    service.of_a_house(uow, TenantKind.ORGANIZATION)
    wanted = checked(USUAL if permissions is None else permissions)
    invitation = await AccessInvitations(uow).add(
        email=address_of(email).lower(),
        permissions=sorted(wanted),
        created_by=str(uow.scope.actor),
        created_at=uow.now,
        expires_at=uow.now + LASTS,
    )
    uow.record(AccessInvited(invitation_id=invitation.id))
    return invitation


async def withdraw(uow: UnitOfWork, id: UUID) -> AccessInvitation:
    """Ask no longer; a second time changes nothing."""
    uow.require("organization:write")
    invitations = AccessInvitations(uow)
    invitation = await invitations.lock(id)
    if invitation.revoked_at is None:
        await invitations.save(invitation, revoked_at=uow.now)
    return invitation


async def accept(
    uow: UnitOfWork, token: str, permissions: Iterable[str] | None = None
) -> AccessGrant:
    """Give a house what it asked for, or these permissions instead.

    What is about callers themselves is given only if it is named here. Raises
    `AccessInvitationInvalid`, `InvalidInput`, `GrantThere`, `BeyondOwnRights`, `OnlyTheOwner`.
    """
    uow.require("grants:write")
    asked = await AccessInvitations(uow).asked(hashed(token))
    # A house is reached by nobody's invitation: it would pass on what others have lent it.
    if asked is None or uow.scope.tenant.kind is not TenantKind.BUSINESS:
        raise AccessInvitationInvalid
    lent = checked(asked.permissions - SENSITIVE if permissions is None else permissions)
    await service.may_lend(uow, lent)
    new = NewGrant(asked.house_id, TenantKind.ORGANIZATION, lent, invitation_id=asked.invitation_id)
    try:
        async with Grants(uow).refusing(access_grant_invitation_key=_Spent()):
            return await service.give(uow, new)
    except _Spent as spent:
        raise AccessInvitationInvalid from spent


class _Spent(Conflict):
    """Somebody else was quicker with the same token."""

    def __init__(self) -> None:
        super().__init__("This invitation was accepted")
