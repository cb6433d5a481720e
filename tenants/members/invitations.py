"""Asking people to join a business, by a letter with a token that is good once."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.errors import FieldProblem, InvalidInput, NotFound
from domain.words import fitting
from domain.work import UnitOfWork, UnitsOfWork
from tenants import passwords
from tenants.members.errors import (
    AlreadyInvited,
    AlreadyMember,
    InvitationClosed,
    InvitationInvalid,
)
from tenants.members.events import (
    InvitationAccepted,
    InvitationIssued,
    InvitationRevoked,
    MemberJoined,
)
from tenants.members.models import Invitation
from tenants.members.repository import Invitations
from tenants.members.rights import Assigned, may_give
from tenants.models import Membership, User
from tenants.repository import Memberships, Users
from tenants.service import job_scope
from tenants.tokens import hashed

LASTS = timedelta(days=7)
LONGEST_NAME = 100
LONGEST_EMAIL = 254
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PREFIX = "dbi_"


@dataclass(frozen=True)
class Newcomer:
    """How somebody without an account wants to be called, and sign in."""

    name: str
    password: str


async def invite(uow: UnitOfWork, email: str, assigned: Assigned) -> Invitation:
    """Ask somebody to join.

    Raises `InvalidInput`, `BeyondOwnRights`, `AlreadyMember` and `AlreadyInvited`.
    """
    uow.require("members:write")
    await may_give(uow, assigned)
    email = _address(email)
    # Only colleagues can be seen: whoever has an account elsewhere looks like anybody else.
    users = Users(uow)
    if await users.maybe(users.all().filter(email=email)):
        raise AlreadyMember
    return await _add(uow, email, assigned)


async def resend(uow: UnitOfWork, id: UUID) -> Invitation:
    """Send another letter, good for another week; the earlier one is good no more.

    Raises `InvitationClosed` and `BeyondOwnRights`.
    """
    uow.require("members:write")
    row = await _still_open(uow, id)
    await may_give(uow, Assigned(row.role, row.custom_role_id))
    letter = row.letter + 1
    digest = hashed(await token_of(uow, row.id, letter))
    expires_at = uow.now + LASTS
    await Invitations(uow).save(row, letter=letter, token_hash=digest, expires_at=expires_at)
    uow.record(InvitationIssued(invitation_id=row.id, letter=row.letter))
    return row


async def revoke(uow: UnitOfWork, id: UUID) -> Invitation:
    """Take an invitation back. Raises `InvitationClosed`."""
    uow.require("members:write", ends_access=True)
    row = await _still_open(uow, id)
    await Invitations(uow).save(row, revoked_at=uow.now)
    uow.record(InvitationRevoked(invitation_id=row.id))
    return row


async def accept(
    unit_of_work: UnitsOfWork, token: str, newcomer: Newcomer | None = None
) -> Membership:
    """Join by the token of a letter, which proves who reads the address that was invited.

    Whoever has an account under that address joins with it. Anybody else says how they are called
    and chooses a password. Raises `InvitationInvalid`, `InvalidInput` and `AlreadyMember`.
    """
    found = await Invitations.by_hash(hashed(token), unit_of_work.clock.now())
    if found is None:
        raise InvitationInvalid
    scope = await job_scope(found.tenant_id, "invitations.accept")
    async with unit_of_work(scope, read_only=True) as uow:
        email = (await Invitations(uow).get(found.invitation_id)).email
    # Hashed out of the transaction: Argon2 is slow on purpose.
    own = (newcomer.name, email) if newcomer else ()
    secret = await passwords.hashed(newcomer.password, *own) if newcomer else None
    async with unit_of_work(scope) as uow:
        uow.require("members:write")
        row = await _still_good(uow, found.invitation_id)
        user_id = await Invitations.account_of(row.email)
        if user_id is None:
            user_id = (await _new_user(uow, row.email, newcomer, secret)).id
        return await _join(uow, row, user_id)


async def token_of(uow: UnitOfWork, id: UUID, letter: int) -> str:
    """The token in a letter of an invitation: 128 bits that only the tenant's key can make."""
    secret = await uow.keys.blind_index("invitation.token", f"{id}|{letter}")
    return f"{PREFIX}{secret}"


async def _add(uow: UnitOfWork, email: str, assigned: Assigned) -> Invitation:
    invitations = Invitations(uow)
    earlier = await invitations.open_for(email)
    if earlier is not None and earlier.expires_at <= uow.now:
        await invitations.save(earlier, revoked_at=uow.now)
    id, letter = uow.new_id(), 1
    gone = NotFound("There is no such role")
    async with invitations.refusing(
        invitation_open_key=AlreadyInvited(), invitation_custom_role_id_fkey=gone
    ):
        row = await invitations.add(
            id=id,
            email=email,
            letter=letter,
            token_hash=hashed(await token_of(uow, id, letter)),
            invited_by=str(uow.scope.actor),
            created_at=uow.now,
            expires_at=uow.now + LASTS,
            **vars(assigned),
        )
    uow.record(InvitationIssued(invitation_id=row.id, letter=row.letter))
    return row


async def _still_open(uow: UnitOfWork, id: UUID) -> Invitation:
    row = await Invitations(uow).lock(id)
    if row.accepted_at or row.revoked_at:
        raise InvitationClosed
    return row


async def _still_good(uow: UnitOfWork, id: UUID) -> Invitation:
    """The invitation, held; whoever came second with the same token is told so."""
    row = await Invitations(uow).lock(id)
    if row.accepted_at or row.revoked_at or row.expires_at <= uow.now:
        raise InvitationInvalid
    return row


async def _new_user(
    uow: UnitOfWork, email: str, newcomer: Newcomer | None, secret: str | None
) -> User:
    if newcomer is None or secret is None:
        problems = [FieldProblem(path, "Say it", "MISSING") for path in ("name", "password")]
        raise InvalidInput("Say how you are called, and choose a password", *problems)
    name = fitting("name", newcomer.name, LONGEST_NAME)
    return await Users(uow).add(email=email, name=name, password_hash=secret)


async def _join(uow: UnitOfWork, row: Invitation, user_id: UUID) -> Membership:
    members = Memberships(uow)
    async with members.refusing(membership_user_key=AlreadyMember()):
        member = await members.add(
            user_id=user_id,
            role=row.role,
            custom_role_id=row.custom_role_id,
            created_at=uow.now,
        )
    await Invitations(uow).save(row, accepted_at=uow.now, user_id=user_id)
    uow.record(MemberJoined(member_id=member.id, user_id=user_id, role=row.role))
    uow.record(InvitationAccepted(invitation_id=row.id, member_id=member.id))
    return member


def _address(email: str) -> str:
    email = fitting("email", email, LONGEST_EMAIL).lower()
    if not EMAIL.fullmatch(email):
        raise InvalidInput.at("email", f"{email!r} is not an e-mail address")
    return email
