"""Tenants, users, members and sessions as one unit of work sees them."""

from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.queryset import QuerySet

from domain.database import MAIN, tenant_transaction
from domain.repository import Collection, R, Repository
from domain.scope import TenantKind, TenantStatus
from tenants.models import (
    AccountLetter,
    Authenticator,
    CustomRole,
    Membership,
    Passkey,
    PluginInstallation,
    RecoveryCode,
    Session,
    Tenant,
    User,
)
from tenants.roles import ALWAYS, known


class Tenants(Collection[Tenant]):
    """The tenant itself."""

    model = Tenant
    noun = "tenant"

    def all(self) -> QuerySet[Tenant]:
        """The scope's own tenant."""
        return Tenant.filter(id=self.uow.tenant_id).using_db(self.uow.connection)

    async def open(self, id: UUID, business: Any) -> Tenant:
        """Insert a tenant under a given id."""
        return await self.insert(
            id=id,
            name=business.name,
            slug=business.slug,
            timezone=business.timezone,
            locale=business.locale,
            region=business.region,
            currency=business.currency,
            kind=business.kind,
            # Whoever stands above all others proves themselves twice, from the first day on.
            mfa_required=business.kind is TenantKind.OPERATOR,
            status=TenantStatus.ACTIVE,
            created_at=self.uow.now,
        )

    @staticmethod
    async def look_up(id: UUID) -> Tenant | None:
        """A tenant by id, before there is a scope."""
        async with tenant_transaction(id, read_only=True) as connection:
            return await Tenant.filter(id=id).using_db(connection).first()

    @staticmethod
    async def by_slug(slug: str) -> UUID | None:
        """The id behind a short name, before there is a scope."""
        question = "SELECT tenant_id FROM tenant_of_slug($1)"
        rows = await get_connection(MAIN).execute_query_dict(question, [slug])
        return rows[0]["tenant_id"] if rows else None

    @staticmethod
    async def served() -> list[UUID]:
        """Every business that is served, for the role that sees them all."""
        rows = Tenant.filter(kind=TenantKind.BUSINESS, status=TenantStatus.ACTIVE)
        return [row.id for row in await rows.order_by("id").only("id")]


class Users(Collection[User]):
    """People who sign in; a tenant sees those who work for it."""

    model = User
    noun = "user"

    async def add(self, **values: Any) -> User:
        """Insert a user, whose address counts as proved unless it is said that it is not."""
        values.setdefault("verified_at", self.uow.now)
        return await self.insert(id=self.uow.new_id(), created_at=self.uow.now, **values)


class Factors(Collection[R]):
    """What one user proves themselves with; it belongs to them, at whichever tenant they are."""

    def of(self, user_id: UUID) -> QuerySet[R]:
        """Everything of a user."""
        return self.all().filter(user_id=user_id)

    async def add(self, user_id: UUID, **values: Any) -> R:
        """Insert a row of a user."""
        given = {"id": self.uow.new_id(), "created_at": self.uow.now} | values
        return await self.insert(user_id=user_id, **given)


class Authenticators(Factors[Authenticator]):
    """Authenticator apps: one for each user at most."""

    model = Authenticator
    noun = "authenticator"


class Passkeys(Factors[Passkey]):
    """Passkeys."""

    model = Passkey
    noun = "passkey"


class RecoveryCodes(Factors[RecoveryCode]):
    """Recovery codes."""

    model = RecoveryCode
    noun = "recovery code"


class AccountLetters(Repository[AccountLetter]):
    """Letters to users about their accounts."""

    model = AccountLetter
    noun = "letter"


class Memberships(Repository[Membership]):
    """Who works for the tenant."""

    model = Membership
    noun = "member"

    async def of(self, user_id: UUID) -> Membership | None:
        """The membership of a person."""
        return await self.maybe(self.all().filter(user_id=user_id))


class CustomRoles(Repository[CustomRole]):
    """The roles that the tenant made itself."""

    model = CustomRole
    noun = "role"

    @staticmethod
    async def held_by(tenant_id: UUID, user_id: UUID) -> frozenset[str]:
        """What a member's own role allows, before there is a scope; nothing if they have none."""
        async with tenant_transaction(tenant_id, read_only=True) as connection:
            member = await Membership.filter(user_id=user_id).using_db(connection).first()
            found = CustomRole.filter(id=member.custom_role_id if member else None)
            role = await found.using_db(connection).first()
        return known(role.permissions) | ALWAYS if role else frozenset()


class Sessions(Repository[Session]):
    """Who is signed in."""

    model = Session
    noun = "session"


class PluginInstallations(Repository[PluginInstallation]):
    """Which plugins the tenant has set up."""

    model = PluginInstallation
    noun = "plugin"

    async def of(self, plugin: str) -> PluginInstallation | None:
        """The installation of one plugin."""
        return await self.maybe(self.all().filter(plugin=plugin))

    async def enabled(self) -> list[PluginInstallation]:
        """Every plugin that is switched on."""
        return await self.page(self.all().filter(enabled=True))
