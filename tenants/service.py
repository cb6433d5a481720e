"""Opening a tenant, and building the scopes in which everything else is done."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput, NotFound
from domain.scope import Actor, ActorKind, Scope, TenantFacts, TenantKind
from domain.work import UnitOfWork
from tenants import details
from tenants.errors import EmailTaken, OperatorThere, SlugTaken
from tenants.events import TenantCreated
from tenants.models import Membership, Role, Tenant, User
from tenants.passwords import hash_password
from tenants.policy.profiles import of_callers
from tenants.repository import CustomRoles, Memberships, Tenants, Users
from tenants.roles import CALLER, EVERYTHING, OF_ROLE, meaningful

SLUG = re.compile(r"[a-z][a-z0-9-]{1,61}[a-z0-9]")


@dataclass(frozen=True)
class NewTenant:
    """What must be known of a business to open it."""

    name: str
    slug: str
    timezone: str
    locale: str = "en-US"
    region: str = "US"
    currency: str = "USD"
    kind: TenantKind = TenantKind.BUSINESS


@dataclass(frozen=True)
class NewOwner:
    """Who will sign in first."""

    email: str
    name: str
    password: str


@dataclass(frozen=True)
class Opened:
    """A tenant that has just been opened, and its first owner."""

    tenant: Tenant
    owner: User


async def create(uow: UnitOfWork, business: NewTenant, owner: NewOwner) -> Tenant:
    """Open a tenant under the scope's own id, with its first owner, whose address is known.

    Raises `SlugTaken`, `EmailTaken` and `InvalidInput`.
    """
    hashed = hash_password(owner.password, owner.email, owner.name, business.name)
    return (await open_business(uow, business, owner, hashed, verified_at=uow.now)).tenant


async def open_business(
    uow: UnitOfWork,
    business: NewTenant,
    owner: NewOwner,
    password_hash: str,
    *,
    verified_at: datetime | None,
) -> Opened:
    """The same with a password that is hashed already. Raises the same."""
    if "@" not in owner.email:
        raise InvalidInput.at("email", f"{owner.email!r} is not an e-mail address")
    tenant, users = await open_empty(uow, business), Users(uow)
    async with users.refusing(user_email_key=EmailTaken()):
        user = await users.add(
            email=owner.email.strip().lower(),
            name=owner.name,
            password_hash=password_hash,
            verified_at=verified_at,
        )
    await Memberships(uow).add(user_id=user.id, role=Role.OWNER, created_at=uow.now)
    return Opened(tenant, user)


async def open_empty(uow: UnitOfWork, business: NewTenant) -> Tenant:
    """Open a tenant for which nobody works yet. Raises `SlugTaken` and `InvalidInput`."""
    if not SLUG.fullmatch(business.slug):
        raise InvalidInput.at("slug", "Use 3 to 63 small letters, digits and hyphens")
    given: dict[str, Any] = dict(details.checked(vars(business)))
    business = replace(business, **given)
    tenants = Tenants(uow)
    taken = {
        "tenant_slug_key": SlugTaken(business.slug),
        "tenant_operator_key": OperatorThere(),
    }
    async with tenants.refusing(**taken):
        tenant = await tenants.open(uow.tenant_id, business)
    uow.record(TenantCreated(tenant_id=tenant.id))
    return tenant


def facts(tenant: Tenant) -> TenantFacts:
    """The snapshot of a tenant that a scope carries."""
    return TenantFacts(
        name=tenant.name,
        slug=tenant.slug,
        timezone=tenant.timezone,
        locale=tenant.locale,
        region=tenant.region,
        currency=tenant.currency,
        status=tenant.status,
        mfa_required=tenant.mfa_required,
        kind=tenant.kind,
        origins=tuple(tenant.origins),
        sandbox=tenant.sandbox_of is not None,
        clock_ahead=timedelta(seconds=tenant.clock_ahead_s),
        privacy=of_callers(tenant.kind, tenant.policy),
    )


def opening_scope(tenant_id: UUID, business: NewTenant, operator: str) -> Scope:
    """The scope in which an operator opens a tenant that is not there yet."""
    known = TenantFacts(
        name=business.name,
        slug=business.slug,
        timezone=business.timezone,
        locale=business.locale,
        region=business.region,
        currency=business.currency,
        kind=business.kind,
    )
    return Scope(tenant_id, Actor(ActorKind.OPERATOR, operator), known, EVERYTHING)


async def member_scope(tenant_id: UUID, user_id: UUID, role: Role) -> Scope:
    """The scope of a member of staff at their tenant, whatever their role allows today."""
    actor = Actor(ActorKind.MEMBER, str(user_id))
    custom = role is Role.CUSTOM
    allowed = await CustomRoles.held_by(tenant_id, user_id) if custom else OF_ROLE[role]
    known = await tenant_facts(tenant_id)
    return Scope(tenant_id, actor, known, meaningful(allowed, known.kind))


async def job_scope(tenant_id: UUID, job: str) -> Scope:
    """The scope of work that Deskbell does for a tenant by itself."""
    return Scope(tenant_id, Actor(ActorKind.JOB, job), await tenant_facts(tenant_id), EVERYTHING)


async def caller_scope(tenant_id: UUID, conversation_id: UUID) -> Scope:
    """The scope of whoever is calling or writing, in one conversation."""
    actor = Actor(ActorKind.CALLER, str(conversation_id))
    permissions = frozenset(map(str, CALLER))
    return Scope(tenant_id, actor, await tenant_facts(tenant_id), permissions)


async def tenant_of_slug(slug: str) -> UUID | None:
    """The tenant with a short name, before there is a scope."""
    return await Tenants.by_slug(slug)


async def tenant_facts(tenant_id: UUID) -> TenantFacts:
    """Look a tenant up. Raises `NotFound`."""
    tenant = await Tenants.look_up(tenant_id)
    if tenant is None:
        raise NotFound("There is no such tenant")
    return facts(tenant)


async def members(uow: UnitOfWork) -> list[Membership]:
    """Who works for the tenant, in the order they joined."""
    uow.require("members:read")
    return await Memberships(uow).page(Memberships(uow).all().order_by("created_at", "id"))


async def owner_addresses(uow: UnitOfWork) -> tuple[str, ...]:
    """The e-mail addresses of those who own the business, but for those who are shut out."""
    owners = [member for member in await members(uow) if member.role is Role.OWNER]
    owning = [member.user_id for member in owners if member.frozen_at is None]
    return tuple(sorted(user.email for user in await Users(uow).many(owning)))


async def viewer(uow: UnitOfWork) -> User:
    """The person behind a member's scope."""
    return await Users(uow).get(UUID(uow.scope.actor.id))
