"""Grants as both of their sides see them, and what is looked up before a tenant is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from json import loads
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.database import MAIN, tenant_transaction
from domain.errors import NotFound
from domain.repository import Repository
from domain.scope import TenantKind
from tenants.grants.models import AccessGrant, AccessInvitation, AccessToken

BY_SLUG = "SELECT * FROM held_by_slug($1, $2)"
HELD = "SELECT * FROM held_tenants($1::uuid[], $2)"
USAGE = "SELECT * FROM held_usage($1::uuid[], $2, $3, $4)"
HOUSES = "SELECT * FROM names_of_houses($1::uuid[])"
STAFF = "SELECT * FROM names_of_staff($1::uuid[])"
INVITED = "SELECT * FROM access_invitation_by_hash($1, $2)"
EXCHANGED = "SELECT * FROM access_token_by_hash($1, $2, $3::text::inet)"
OF_VISITOR = "SELECT * FROM grants_of_visitor($1, $2, $3)"


@dataclass(frozen=True)
class Held:
    """What a house may know of a tenant that it holds a grant of."""

    tenant_id: UUID
    name: str
    slug: str
    status: str


@dataclass(frozen=True)
class Used:
    """How much of one thing a tenant used."""

    tenant_id: UUID
    name: str
    unit: str
    quantity: int


@dataclass(frozen=True)
class Asked:
    """An invitation that is still good: who asks, and for what."""

    house_id: UUID
    house_name: str
    invitation_id: UUID
    permissions: frozenset[str]


@dataclass(frozen=True)
class Exchanged:
    """Where the token of a house's program leads."""

    tenant_id: UUID
    grant_id: UUID
    house_id: UUID
    key_id: UUID


def live(now: datetime) -> Q:
    """Grants that are neither revoked nor over."""
    return Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=now))


def usable_by(grant: AccessGrant, who: str) -> bool:
    """Whether somebody of the house may use it: what the operator opens is for one person."""
    return grant.kind is not TenantKind.OPERATOR or grant.created_by == f"{grant.kind}:{who}"


class Grants(Repository[AccessGrant]):
    """The grants that the tenant gave; and those that it holds, if it is a house."""

    model = AccessGrant
    noun = "grant"

    def held(self) -> QuerySet[AccessGrant]:
        """Grants of other tenants that this house holds and that are good."""
        now, mine = self.uow.now, self.uow.tenant_id
        return AccessGrant.filter(live(now), grantee_id=mine).using_db(self.uow.connection)

    async def held_of(self, slug: str) -> AccessGrant:
        """The newest good grant of a tenant that whoever asks may use. Raises `NotFound`."""
        rows = await self._ask(BY_SLUG, slug, self.uow.now)
        found = self.held().filter(id__in=[row["grant_id"] for row in rows])
        for grant in await self.page(found.order_by("-created_at", "-id")) if rows else []:
            if usable_by(grant, self.uow.scope.actor.id):
                return grant
        raise NotFound("There is no such tenant")

    async def tenants(self, ids: Sequence[UUID]) -> dict[UUID, Held]:
        """Those of some tenants that this house holds a grant of."""
        rows = await self._ask(HELD, list(ids), self.uow.now)
        return {row["tenant_id"]: Held(**row) for row in rows}

    async def usage(self, ids: Sequence[UUID], since: datetime, until: datetime) -> list[Used]:
        """What tenants used that have lent a look at it."""
        rows = await self._ask(USAGE, list(ids), since, until, self.uow.now)
        return [Used(**row) for row in rows]

    async def houses(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        """What houses are called."""
        return {row["house_id"]: row["name"] for row in await self._ask(HOUSES, list(ids))}

    async def staff(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        """What people of the operator are called who opened this tenant."""
        return {row["user_id"]: row["name"] for row in await self._ask(STAFF, list(ids))}

    async def _ask(self, question: str, *values: Any) -> list[dict[str, Any]]:
        return await self.uow.connection.execute_query_dict(question, list(values))

    @staticmethod
    async def look_up(tenant_id: UUID, id: UUID, now: datetime) -> AccessGrant | None:
        """A good grant of a tenant, before there is a scope."""
        async with tenant_transaction(tenant_id, read_only=True) as connection:
            found = AccessGrant.filter(live(now), tenant_id=tenant_id, id=id)
            return await found.using_db(connection).first()

    @staticmethod
    async def of_visitor(tenant_id: UUID, who: UUID, now: datetime) -> list[UUID]:
        """The good grants by which somebody, or a program, could be at a tenant."""
        rows = await get_connection(MAIN).execute_query_dict(OF_VISITOR, [tenant_id, who, now])
        return [row["grant_id"] for row in rows]


class AccessInvitations(Repository[AccessInvitation]):
    """Whom a house has asked for a grant."""

    model = AccessInvitation
    noun = "invitation"

    async def asked(self, token_hash: str) -> Asked | None:
        """The good invitation with a token, of whichever house."""
        values = [token_hash, self.uow.now]
        rows = await self.uow.connection.execute_query_dict(INVITED, values)
        if not rows:
            return None
        return Asked(**rows[0] | {"permissions": frozenset(loads(rows[0]["permissions"]))})


class AccessTokens(Repository[AccessToken]):
    """What programs of houses came in with."""

    model = AccessToken
    noun = "token"

    @staticmethod
    async def by_hash(token_hash: str, now: datetime, address: str | None) -> Exchanged | None:
        """Where a token leads that is good at that moment from that address."""
        values: list[Any] = [token_hash, now, address]
        rows = await get_connection(MAIN).execute_query_dict(EXCHANGED, values)
        return Exchanged(**rows[0]) if rows else None
