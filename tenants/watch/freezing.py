"""Shutting somebody out at once, by hand or by a rule, and letting them in again.

A frozen member's sessions are over and nobody signs in as them; a frozen key is refused like one
that never was. Nothing of theirs is deleted.
"""

from uuid import UUID

from domain.scope import ActorKind
from domain.work import UnitOfWork
from tenants.api_keys.models import ApiKey
from tenants.api_keys.repository import ApiKeys
from tenants.members.errors import LastOwner
from tenants.members.rights import may_touch, within_own
from tenants.models import Membership, Role
from tenants.repository import Memberships, Sessions, Tenants
from tenants.roles import known
from tenants.watch.errors import NotYourself
from tenants.watch.events import (
    ApiKeyFrozen,
    ApiKeyThawed,
    MemberFrozen,
    MemberSignedOut,
    MemberThawed,
)

WRITE = "security:write"


async def freeze_member(uow: UnitOfWork, id: UUID) -> Membership:
    """Shut a member out. Raises `BeyondOwnRights`, `LastOwner`, `NotYourself`."""
    uow.require(WRITE, ends_access=True)
    member = await _member(uow, id)
    await may_touch(uow, member)
    if uow.scope.actor.id == str(member.user_id):
        raise NotYourself
    if await _is_last_owner(uow, member):
        raise LastOwner
    return await _freeze(uow, member, by_rule=False)


async def thaw_member(uow: UnitOfWork, id: UUID) -> Membership:
    """Let a member in again; they sign in anew. Raises `BeyondOwnRights`, `StepUpRequired`."""
    uow.require(WRITE)
    member = await _member(uow, id)
    await may_touch(uow, member)
    if member.frozen_at is not None:
        await Memberships(uow).save(member, frozen_at=None)
        uow.record(MemberThawed(member_id=member.id, user_id=member.user_id))
    return member


async def freeze_key(uow: UnitOfWork, id: UUID) -> ApiKey:
    """Make a key good for nothing. Raises `BeyondOwnRights` for one that may do more."""
    uow.require(WRITE, ends_access=True)
    key = await _key_within_own(uow, id)
    return await _freeze_key(uow, key, by_rule=False)


async def thaw_key(uow: UnitOfWork, id: UUID) -> ApiKey:
    """Make a key good again. Raises `BeyondOwnRights`, `StepUpRequired`."""
    uow.require(WRITE)
    key = await _key_within_own(uow, id)
    if key.frozen_at is not None:
        await ApiKeys(uow).save(key, frozen_at=None)
        uow.record(ApiKeyThawed(api_key_id=key.id))
    return key


async def by_rule(uow: UnitOfWork, subject: str) -> bool:
    """Freeze whoever a finding is about; says whether there was somebody to freeze.

    The last owner is signed out and not shut out: nobody could let them in again.
    """
    kind, _, id = subject.partition(":")
    if kind == ActorKind.KEY:
        keys = ApiKeys(uow)
        key = await keys.maybe(keys.all().filter(id=UUID(id)).select_for_update())
        return key is not None and (await _freeze_key(uow, key, by_rule=True)).frozen_at == uow.now
    if kind != ActorKind.MEMBER:
        return False
    await Tenants(uow).lock(uow.tenant_id)
    member = await Memberships(uow).of(UUID(id))
    if member is None:
        return False
    if await _is_last_owner(uow, member):
        await _end_sessions(uow, member)
        uow.record(MemberSignedOut(member_id=member.id, user_id=member.user_id))
        return True
    return (await _freeze(uow, member, by_rule=True)).frozen_at == uow.now


async def _member(uow: UnitOfWork, id: UUID) -> Membership:
    """A member, held; the tenant first, as by everybody who takes an owner away."""
    await Tenants(uow).lock(uow.tenant_id)
    return await Memberships(uow).lock(id)


async def _key_within_own(uow: UnitOfWork, id: UUID) -> ApiKey:
    key = await ApiKeys(uow).lock(id)
    within_own(uow, known(key.permissions))
    return key


async def _is_last_owner(uow: UnitOfWork, member: Membership) -> bool:
    """Whether nobody else could run the business while this member is shut out."""
    if member.role is not Role.OWNER:
        return False
    others = Memberships(uow).all().filter(role=Role.OWNER, frozen_at=None)
    return not await others.exclude(id=member.id).exists()


async def _freeze(uow: UnitOfWork, member: Membership, *, by_rule: bool) -> Membership:
    if member.frozen_at is None:
        await Memberships(uow).save(member, frozen_at=uow.now)
        await _end_sessions(uow, member)
        uow.record(MemberFrozen(member_id=member.id, user_id=member.user_id, by_rule=by_rule))
    return member


async def _freeze_key(uow: UnitOfWork, key: ApiKey, *, by_rule: bool) -> ApiKey:
    if key.frozen_at is None:
        await ApiKeys(uow).save(key, frozen_at=uow.now)
        uow.record(ApiKeyFrozen(api_key_id=key.id, by_rule=by_rule))
    return key


async def _end_sessions(uow: UnitOfWork, member: Membership) -> None:
    here = Sessions(uow).all().filter(user_id=member.user_id, revoked_at=None)
    await here.update(revoked_at=uow.now)
