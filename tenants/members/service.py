"""Changing who works for a business and in which role.

Whatever takes an owner away locks the tenant first, so that of two changes at once the second
sees what the first has left.
"""

from uuid import UUID

from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import ActorKind
from domain.work import UnitOfWork
from tenants.members.errors import LastOwner, NotTheOwner
from tenants.members.events import MemberRemoved, MemberRoleChanged, OwnershipTransferred
from tenants.members.rights import Assigned, may_give, may_touch
from tenants.models import Membership, Role
from tenants.repository import Memberships, Sessions, Tenants


async def change_role(uow: UnitOfWork, id: UUID, assigned: Assigned) -> Membership:
    """Give a member another role. Raises `BeyondOwnRights`, `LastOwner` and `InvalidInput`."""
    uow.require("members:write")
    member = await _locked(uow, id)
    await may_touch(uow, member)
    await may_give(uow, assigned)
    if assigned.role is not Role.OWNER:
        await _an_owner_stays(uow, member)
    return await _become(uow, member, assigned)


async def remove(uow: UnitOfWork, id: UUID) -> None:
    """Let a member go; their sessions here end with it. Raises `BeyondOwnRights`, `LastOwner`."""
    uow.require("members:write", ends_access=True)
    member = await _locked(uow, id)
    await may_touch(uow, member)
    await _let_go(uow, member, left=False)


async def leave(uow: UnitOfWork, slug: str) -> None:
    """Go oneself; the short name of the business, typed out, says that it is meant.

    Raises `InvalidInput`, and `LastOwner` unless somebody else owns the business.
    """
    uow.require("tenant:read")
    if slug != uow.scope.tenant.slug:
        raise InvalidInput.at("slug", "Type the short name of the business", "NOT_CONFIRMED")
    await _let_go(uow, await _own(uow), left=True)


async def transfer_ownership(uow: UnitOfWork, id: UUID) -> Membership:
    """Make another member the owner, at once, and oneself an administrator; both are told.

    Raises `InvalidInput` and `NotTheOwner`.
    """
    uow.require("tenant:transfer")
    own = await _own(uow)
    if own.role is not Role.OWNER:
        raise NotTheOwner
    heir = await Memberships(uow).lock(id)
    if heir.id == own.id:
        raise InvalidInput.at("id", "You own the business already")
    if heir.frozen_at is not None:
        raise InvalidInput.at("id", "They are frozen: thaw them first", "FROZEN")
    await _become(uow, heir, Assigned(Role.OWNER))
    await _become(uow, own, Assigned(Role.ADMIN))
    uow.record(
        OwnershipTransferred(
            tenant_id=uow.tenant_id, from_user_id=own.user_id, to_user_id=heir.user_id
        )
    )
    return heir


async def _locked(uow: UnitOfWork, id: UUID) -> Membership:
    await Tenants(uow).lock(uow.tenant_id)
    return await Memberships(uow).lock(id)


async def _own(uow: UnitOfWork) -> Membership:
    """The actor's own membership; raises `Forbidden` for a program, which has none."""
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        raise Forbidden("Only a person can do this")
    await Tenants(uow).lock(uow.tenant_id)
    members = Memberships(uow)
    return await members.one(members.all().filter(user_id=UUID(uow.scope.actor.id)))


async def _become(uow: UnitOfWork, member: Membership, assigned: Assigned) -> Membership:
    if (member.role, member.custom_role_id) == (assigned.role, assigned.custom_role_id):
        return member
    members = Memberships(uow)
    gone = NotFound("There is no such role")
    async with members.refusing(membership_custom_role_id_fkey=gone):
        await members.save(member, **vars(assigned))
    uow.record(
        MemberRoleChanged(
            member_id=member.id,
            user_id=member.user_id,
            role=assigned.role,
            custom_role_id=assigned.custom_role_id,
        )
    )
    return member


async def _let_go(uow: UnitOfWork, member: Membership, *, left: bool) -> None:
    await _an_owner_stays(uow, member)
    here = Sessions(uow).all().filter(user_id=member.user_id, revoked_at=None)
    await here.update(revoked_at=uow.now)
    await Memberships(uow).remove(member)
    uow.record(MemberRemoved(member_id=member.id, user_id=member.user_id, left=left))


async def _an_owner_stays(uow: UnitOfWork, member: Membership) -> None:
    """Raise `LastOwner` if nobody but this member owns the business."""
    others = Memberships(uow).all().filter(role=Role.OWNER, frozen_at=None).exclude(id=member.id)
    if member.role is Role.OWNER and not await others.exists():
        raise LastOwner
