"""Apps, connections and tokens as one unit of work sees them, and look-ups before there is one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.database import MAIN, tenant_transaction
from domain.repository import Repository
from tenants.apps.models import App, AppGrant, AppToken, ConnectedApp, TokenKind


@dataclass(frozen=True)
class Bearer:
    """Where a good access token leads to."""

    tenant_id: UUID
    token_id: UUID
    grant_id: UUID
    home_id: UUID
    app_id: UUID


@dataclass(frozen=True)
class Held:
    """An access token, and the agreement behind it; None for an app at its own home."""

    token: AppToken
    connection: ConnectedApp | None


@dataclass(frozen=True)
class Place:
    """A row of some tenant's."""

    tenant_id: UUID
    id: UUID


class Apps(Repository[App]):
    """The apps of the tenant that made them."""

    model = App
    noun = "app"

    def there(self) -> QuerySet[App]:
        """Those that were not deleted."""
        return self.all().filter(deleted_at=None)

    async def lock(self, id: UUID) -> App:
        """One that was not deleted, held. Raises `NotFound`."""
        return await self.one(self.there().filter(id=id).select_for_update())

    @staticmethod
    async def look_up(id: UUID) -> App | None:
        """An app of whichever tenant, before there is a scope."""
        found = await _ask("SELECT tenant_id FROM app_home($1)", id)
        return await Apps.at(found[0]["tenant_id"], id) if found else None

    @staticmethod
    async def at(home_id: UUID, id: UUID) -> App | None:
        """An app, by its home."""
        async with tenant_transaction(home_id, read_only=True) as connection:
            return await App.filter(id=id, deleted_at=None).using_db(connection).first()

    @staticmethod
    async def tenants_of(id: UUID) -> list[UUID]:
        """Every tenant that is connected to an app."""
        found = await _ask("SELECT tenant_id FROM tenants_of_app($1)", id)
        return [row["tenant_id"] for row in found]


class ConnectedApps(Repository[ConnectedApp]):
    """The apps that the tenant has agreed to."""

    model = ConnectedApp
    noun = "connected app"

    def live(self, app_id: UUID) -> QuerySet[ConnectedApp]:
        """The connection with an app, unless it has ended."""
        return self.all().filter(app_id=app_id, ended_at=None)

    async def held(self, app_id: UUID) -> ConnectedApp | None:
        """The same, held until the transaction ends."""
        return await self.maybe(self.live(app_id).select_for_update())

    async def touch(self, id: UUID, every: timedelta) -> None:
        """Note that a connection was used just now, unless that was noted a moment ago."""
        now = self.uow.now
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - every)
        await self.all().filter(stale, id=id).update(last_used_at=now)

    @staticmethod
    async def look_up(tenant_id: UUID, app_id: UUID) -> ConnectedApp | None:
        """The connection of a tenant with an app, before there is a scope."""
        async with tenant_transaction(tenant_id, read_only=True) as connection:
            found = ConnectedApp.filter(app_id=app_id, ended_at=None).using_db(connection)
            return await found.first()


class AppGrants(Repository[AppGrant]):
    """What apps were granted at the tenant."""

    model = AppGrant
    noun = "grant"

    async def going(self, **which: Any) -> list[AppGrant]:
        """Grants that have not ended, held."""
        rows = self.all().filter(ended_at=None, expires_at__gt=self.uow.now, **which)
        return await self.page(rows.order_by("id").select_for_update())

    async def forget(self, app_id: UUID, before: datetime) -> None:
        """Drop what was over for a long time, with its tokens."""
        over = Q(expires_at__lt=before) | Q(ended_at__lt=before)
        await self.all().filter(over, app_id=app_id).delete()

    @staticmethod
    async def by_code(code_hash: str) -> Place | None:
        """The grant of a code, before there is a scope."""
        found = await _ask("SELECT tenant_id, id FROM app_grant_by_code($1)", code_hash)
        return Place(**found[0]) if found else None

    @staticmethod
    async def at(place: Place) -> AppGrant | None:
        """A grant, before there is a scope."""
        async with tenant_transaction(place.tenant_id, read_only=True) as connection:
            return await AppGrant.filter(id=place.id).using_db(connection).first()


class AppTokens(Repository[AppToken]):
    """The tokens of apps at the tenant."""

    model = AppToken
    noun = "token"

    async def forget(self, grant_id: UUID) -> None:
        """Drop access tokens of a grant that have expired: they would open nothing anyway."""
        old = self.all().filter(grant_id=grant_id, kind=TokenKind.ACCESS)
        await old.filter(expires_at__lte=self.uow.now).delete()

    @staticmethod
    async def good(token_hash: str, now: datetime) -> Bearer | None:
        """Where an access token leads to, if everything about it is good at that moment."""
        found = await _ask("SELECT * FROM good_app_token($1, $2)", token_hash, now)
        return Bearer(**found[0]) if found else None

    @staticmethod
    async def held(bearer: Bearer) -> Held | None:
        """What an access token allows, and what was agreed to, before there is a scope."""
        async with tenant_transaction(bearer.tenant_id, read_only=True) as connection:
            token = await AppToken.filter(id=bearer.token_id).using_db(connection).first()
            grant = await AppGrant.filter(id=bearer.grant_id).using_db(connection).first()
            if token is None or grant is None:
                return None
            agreed = ConnectedApp.filter(id=grant.connection_id).using_db(connection)
            return Held(token, await agreed.first())

    @staticmethod
    async def by_hash(token_hash: str) -> Place | None:
        """A token, good or not, before there is a scope."""
        found = await _ask("SELECT tenant_id, id FROM app_token_by_hash($1)", token_hash)
        return Place(**found[0]) if found else None

    @staticmethod
    async def at(place: Place) -> AppToken | None:
        """A token, before there is a scope."""
        async with tenant_transaction(place.tenant_id, read_only=True) as connection:
            return await AppToken.filter(id=place.id).using_db(connection).first()


async def _ask(question: str, *values: Any) -> list[dict[str, Any]]:
    return await get_connection(MAIN).execute_query_dict(question, list(values))
