"""Giving, changing and taking back grants; what a guest may do at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import Access, Actor, ActorKind, Scope, TenantKind
from domain.work import UnitOfWork
from tenants import sessions
from tenants.api_keys import service as api_keys
from tenants.grants.errors import GrantOver, GrantThere, NotAHouse, OnlyTheOwner
from tenants.grants.events import AccessChanged, AccessGranted, AccessRevoked
from tenants.grants.models import AccessGrant
from tenants.grants.repository import Grants, usable_by
from tenants.grants.rules import ACTOR_OF, KNOWS_WHERE, LENDABLE, SENSITIVE, checked
from tenants.members.rights import within_own
from tenants.models import Role
from tenants.repository import Memberships, Sessions
from tenants.service import tenant_facts

# How somebody can have come: what the audit trail keeps in front of the grant and the house.
VISIT, TOKEN, BULK = "visit", "token", "bulk"
WAYS = (VISIT, TOKEN, BULK)
# The job that puts on record that a grant has come to its end.
CLOSE = "grants.close"


@dataclass(frozen=True)
class NewGrant:
    """A grant to be made: to which house, of what, for how long."""

    house_id: UUID
    kind: TenantKind
    permissions: frozenset[str]
    reason: str = ""
    expires_at: datetime | None = None
    invitation_id: UUID | None = None


async def give(uow: UnitOfWork, new: NewGrant) -> AccessGrant:
    """Let people of a house reach this tenant; whoever calls has asked whether that may be.

    Raises `GrantThere`.
    """
    grants = Grants(uow)
    async with grants.refusing(access_grant_live_key=GrantThere()):
        grant = await grants.add(
            grantee_id=new.house_id,
            kind=new.kind,
            permissions=sorted(new.permissions | KNOWS_WHERE),
            reason=new.reason,
            invitation_id=new.invitation_id,
            created_by=str(uow.scope.actor),
            created_at=uow.now,
            expires_at=new.expires_at,
        )
    if grant.expires_at is not None:
        payload = {"grant_id": str(grant.id)}
        uow.schedule(CLOSE, at=grant.expires_at, key=f"grant:{grant.id}", payload=payload)
    uow.record(
        AccessGranted(
            grant_id=grant.id,
            house_id=grant.grantee_id,
            kind=grant.kind,
            permissions=tuple(grant.permissions),
            expires_at=grant.expires_at,
        )
    )
    return grant


async def change(uow: UnitOfWork, id: UUID, permissions: Iterable[str]) -> AccessGrant:
    """Lend a house these permissions, and no others.

    What the operator opened can only be narrowed. Raises `InvalidInput`, `GrantOver`,
    `BeyondOwnRights` and `OnlyTheOwner`.
    """
    uow.require("grants:write")
    grants = Grants(uow)
    grant = await grants.lock(id)
    _must_live(grant, uow.now)
    wanted, before = checked(permissions), frozenset(grant.permissions)
    if grant.kind is TenantKind.OPERATOR and not wanted <= before:
        raise InvalidInput.at("permissions", "Let the operator ask for more", "WIDENED")
    await may_lend(uow, wanted - before)
    await grants.save(grant, permissions=sorted(wanted))
    uow.record(AccessChanged(grant_id=id, permissions=tuple(grant.permissions)))
    return grant


async def revoke(uow: UnitOfWork, id: UUID) -> AccessGrant:
    """Take a grant back: whoever came by it is out at once. A second time changes nothing."""
    uow.require("grants:write")
    return await end(uow, await Grants(uow).lock(id))


async def end(uow: UnitOfWork, grant: AccessGrant) -> AccessGrant:
    """The same to a grant that is held; whoever calls has asked whether that may be."""
    if grant.revoked_at is not None:
        return grant
    by = str(uow.scope.actor)
    await Grants(uow).save(grant, revoked_at=uow.now, revoked_by=by)
    visiting = Sessions(uow).all().filter(grant_id=grant.id, revoked_at=None)
    await visiting.update(revoked_at=uow.now)
    uow.cancel(f"grant:{grant.id}")
    uow.record(AccessRevoked(grant_id=grant.id))
    return grant


async def may_lend(uow: UnitOfWork, permissions: frozenset[str]) -> None:
    """Raise `BeyondOwnRights`, or `OnlyTheOwner` for what is about callers themselves."""
    within_own(uow, permissions)
    if permissions & SENSITIVE and not await _is_owner(uow):
        raise OnlyTheOwner


def of_a_house(uow: UnitOfWork, *kinds: TenantKind) -> None:
    """Raise `NotAHouse` unless this tenant is a house of such a kind."""
    if uow.scope.tenant.kind not in (kinds or ACTOR_OF):
        raise NotAHouse


async def house_scope(house_id: UUID, actor: Actor, now: datetime) -> Scope:
    """What somebody of a house, or a program of it, may do there now. Raises `NotFound`."""
    if actor.kind is not ActorKind.KEY:
        return await sessions.scope_at(house_id, UUID(actor.id))
    standing = await api_keys.by_id(house_id, UUID(actor.id), now)
    if standing is None:
        raise NotFound("There is no such key")
    return standing.scope


async def guest_scope(grant: AccessGrant, at_home: Scope, way: str) -> Scope:
    """What somebody of the house may do at the tenant now: what is lent, and theirs at home.

    Raises `Forbidden` for whoever may go nowhere, or whose house is not served; and for a
    colleague of whoever opened the tenant, if the house is the operator's.
    """
    at_home.require("tenants:reach")
    if not usable_by(grant, at_home.actor.id):
        raise Forbidden("Somebody else opened this for themselves")
    lent = frozenset(grant.permissions) & at_home.permissions & LENDABLE
    actor = Actor(ACTOR_OF[grant.kind], at_home.actor.id)
    access = Access(via=via(way, grant.id, grant.grantee_id))
    return Scope(grant.tenant_id, actor, await tenant_facts(grant.tenant_id), lent, access)


async def guest_now(tenant_id: UUID, who: UUID, permission: str, now: datetime) -> Scope | None:
    """Somebody from above at a tenant, if they are lent a permission there now; else None."""
    for grant_id in await Grants.of_visitor(tenant_id, who, now):
        scope = await _by_grant(tenant_id, grant_id, who, now)
        if scope is not None and permission in scope.permissions:
            return scope
    return None


async def _by_grant(tenant_id: UUID, grant_id: UUID, who: UUID, now: datetime) -> Scope | None:
    grant = await Grants.look_up(tenant_id, grant_id, now)
    for kind in (ActorKind.MEMBER, ActorKind.KEY) if grant else ():
        assert grant is not None
        try:
            at_home = await house_scope(grant.grantee_id, Actor(kind, str(who)), now)
            return await guest_scope(grant, at_home, VISIT)
        except (NotFound, Forbidden):
            continue
    return None


def via(way: str, grant_id: UUID, house_id: UUID) -> str:
    """What the audit trail keeps of a way in."""
    return f"{way}:{grant_id}@{house_id}"


def read(actor: str) -> Actor:
    """An actor as a column kept them."""
    kind, _, id = actor.partition(":")
    return Actor(ActorKind(kind), id)


def _must_live(grant: AccessGrant, now: datetime) -> None:
    if grant.revoked_at or (grant.expires_at and grant.expires_at <= now):
        raise GrantOver


async def _is_owner(uow: UnitOfWork) -> bool:
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        return False
    member = await Memberships(uow).of(UUID(uow.scope.actor.id))
    return member is not None and member.role is Role.OWNER
