"""Providers, domains, identities and visits as one unit of work sees them; look-ups before it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection

from domain.database import MAIN
from domain.repository import Repository
from tenants.models import SignInMethod
from tenants.repository import Sessions, Users
from tenants.sso.models import SsoAttempt, SsoConnection, SsoDomain, SsoIdentity


@dataclass(frozen=True)
class Found:
    """Where a visit began."""

    tenant_id: UUID
    attempt_id: UUID


class SsoConnections(Repository[SsoConnection]):
    """The tenant's identity provider: one, or none."""

    model = SsoConnection
    noun = "identity provider"

    async def own(self, *, lock: bool = False) -> SsoConnection | None:
        """The one there is."""
        rows = self.all()
        return await self.maybe(rows.select_for_update() if lock else rows)

    @staticmethod
    async def by_domain(domain: str) -> UUID | None:
        """The tenant whose provider speaks for a domain, before there is a scope."""
        rows = await _ask("SELECT tenant_id FROM sso_by_domain($1)", domain)
        return rows[0]["tenant_id"] if rows else None


class SsoDomains(Repository[SsoDomain]):
    """The domains that the tenant says are its own."""

    model = SsoDomain
    noun = "domain"

    async def listed(self) -> list[SsoDomain]:
        """All of them, in the order of their names."""
        return await self.page(self.all().order_by("domain"))

    async def holds(self, domain: str) -> bool:
        """Whether a domain is proved."""
        return await self.all().filter(domain=domain, verified_at__isnull=False).exists()


class SsoIdentities(Repository[SsoIdentity]):
    """Whom the tenant's provider has named."""

    model = SsoIdentity
    noun = "identity"

    async def of_subject(self, issuer: str, subject: str) -> SsoIdentity | None:
        """Who a subject is here, if that is known."""
        return await self.maybe(self.all().filter(issuer=issuer, subject=subject))

    async def of_user(self, issuer: str, user_id: UUID) -> SsoIdentity | None:
        """Under which subject a provider has named somebody."""
        return await self.maybe(self.all().filter(issuer=issuer, user_id=user_id))


class SsoAttempts(Repository[SsoAttempt]):
    """Who is at their provider at this moment."""

    model = SsoAttempt
    noun = "visit"

    async def forget(self, before: datetime) -> None:
        """Delete visits that ended before a moment, however they did."""
        await self.all().filter(expires_at__lt=before).delete()

    @staticmethod
    async def by_state(state_hash: str) -> Found | None:
        """The visit with a state, before there is a scope."""
        rows = await _ask("SELECT * FROM sso_attempt_by_state($1)", state_hash)
        return Found(**rows[0]) if rows else None


class SsoSessions(Sessions):
    """The sessions that the tenant's provider has vouched for."""

    async def end(self, **only: Any) -> int:
        """End those that are left of them, at once; `only` narrows them down."""
        left = self.all().filter(method=SignInMethod.SSO, revoked_at=None, **only)
        return await left.update(revoked_at=self.uow.now)

    async def end_in(self, domain: str) -> int:
        """End those of people whose address is in a domain."""
        users = Users(self.uow)
        people = users.all().filter(email__endswith=f"@{domain}").values_list("id", flat=True)
        return await self.end(user_id__in=list(await people))


async def _ask(question: str, *values: object) -> list[dict[str, Any]]:
    return await get_connection(MAIN).execute_query_dict(question, list(values))
