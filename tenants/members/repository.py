"""Invitations as one unit of work sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.queryset import QuerySet

from domain.database import MAIN
from domain.repository import Repository
from tenants.members.models import Invitation


@dataclass(frozen=True)
class Found:
    """Where an invitation is."""

    tenant_id: UUID
    invitation_id: UUID


class Invitations(Repository[Invitation]):
    """Who is asked to join the tenant."""

    model = Invitation
    noun = "invitation"

    def open(self) -> QuerySet[Invitation]:
        """Those that were neither accepted nor revoked, expired ones among them."""
        return self.all().filter(accepted_at=None, revoked_at=None)

    async def open_for(self, email: str) -> Invitation | None:
        """The open invitation to an address, held until the transaction ends."""
        return await self.maybe(self.open().filter(email=email).select_for_update())

    @staticmethod
    async def by_hash(token_hash: str, now: datetime) -> Found | None:
        """The invitation with a token that is still good, before there is a scope."""
        question = "SELECT * FROM invitation_by_hash($1, $2)"
        rows = await get_connection(MAIN).execute_query_dict(question, [token_hash, now])
        return Found(**rows[0]) if rows else None

    @staticmethod
    async def account_of(email: str) -> UUID | None:
        """The user who signs in with an address, whomever they work for."""
        question = "SELECT user_id FROM user_of_email($1)"
        rows = await get_connection(MAIN).execute_query_dict(question, [email])
        return rows[0]["user_id"] if rows else None
