"""Tenants, users, members and sessions as one unit of work sees them."""

from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.queryset import QuerySet

from domain.database import MAIN, tenant_transaction
from domain.repository import Collection, Repository
from domain.scope import TenantStatus
from tenants.models import Membership, PluginInstallation, Session, Tenant, User


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


class Users(Collection[User]):
    """People who sign in; a tenant sees those who work for it."""

    model = User
    noun = "user"

    async def add(self, **values: Any) -> User:
        """Insert a user."""
        return await self.insert(id=self.uow.new_id(), created_at=self.uow.now, **values)


class Memberships(Repository[Membership]):
    """Who works for the tenant."""

    model = Membership
    noun = "member"


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
