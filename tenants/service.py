"""Opening a tenant, and building the scopes in which everything else is done."""

import re
from dataclasses import dataclass, replace
from uuid import UUID

from domain.errors import InvalidInput, NotFound
from domain.scope import Actor, ActorKind, Scope, TenantFacts
from domain.work import UnitOfWork
from tenants import details
from tenants.errors import EmailTaken, SlugTaken
from tenants.events import TenantCreated
from tenants.models import Membership, Role, Tenant, User
from tenants.passwords import hash_password
from tenants.repository import Memberships, Tenants, Users
from tenants.roles import CALLER, EVERYTHING, OF_ROLE

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


@dataclass(frozen=True)
class NewOwner:
    """Who will sign in first."""

    email: str
    name: str
    password: str


async def create(uow: UnitOfWork, business: NewTenant, owner: NewOwner) -> Tenant:
    """Open a tenant under the scope's own id, with its first owner.

    Raises `SlugTaken`, `EmailTaken` and `InvalidInput`.
    """
    business = _checked(business, owner)
    tenants, users = Tenants(uow), Users(uow)
    async with tenants.refusing(tenant_slug_key=SlugTaken(business.slug)):
        tenant = await tenants.open(uow.tenant_id, business)
    async with users.refusing(user_email_key=EmailTaken()):
        user = await users.add(
            email=owner.email.lower(),
            name=owner.name,
            password_hash=hash_password(owner.password),
        )
    await Memberships(uow).add(user_id=user.id, role=Role.OWNER, created_at=uow.now)
    uow.record(TenantCreated(tenant_id=tenant.id))
    return tenant


def _checked(business: NewTenant, owner: NewOwner) -> NewTenant:
    if not SLUG.fullmatch(business.slug):
        raise InvalidInput.at("slug", "Use 3 to 63 small letters, digits and hyphens")
    if "@" not in owner.email:
        raise InvalidInput.at("email", f"{owner.email!r} is not an e-mail address")
    return replace(business, **details.checked(vars(business)))


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
    )
    return Scope(tenant_id, Actor(ActorKind.OPERATOR, operator), known, EVERYTHING)


async def member_scope(tenant_id: UUID, user_id: UUID, role: Role) -> Scope:
    """The scope of a member of staff at their tenant."""
    actor = Actor(ActorKind.MEMBER, str(user_id))
    return Scope(tenant_id, actor, await tenant_facts(tenant_id), OF_ROLE[role])


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
    uow.require("tenant:read")
    return await Memberships(uow).page(Memberships(uow).all().order_by("created_at", "id"))


async def viewer(uow: UnitOfWork) -> User:
    """The person behind a member's scope."""
    return await Users(uow).get(UUID(uow.scope.actor.id))
