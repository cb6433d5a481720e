"""Legal holds as one unit of work sees them."""

from collections.abc import Sequence
from uuid import UUID

from domain.repository import Repository
from domain.retention.holds.models import LegalHold

# Of these people and conversations, those that a hold keeps. A held conversation keeps whoever
# held it, or nobody would know any more whose it was.
HELD_CONTACTS = """
SELECT held.id FROM unnest($2::uuid[]) AS held (id) WHERE EXISTS (
    SELECT FROM legal_hold AS hold
    WHERE hold.tenant_id = $1 AND hold.released_at IS NULL
      AND (hold.scope = 'everything' OR hold.contact_id = held.id
           OR EXISTS (SELECT FROM conversation
                      WHERE conversation.tenant_id = $1 AND conversation.id = hold.conversation_id
                        AND conversation.contact_id = held.id)))
"""
HELD_CONVERSATIONS = """
SELECT held.id FROM unnest($2::uuid[]) AS held (id) WHERE EXISTS (
    SELECT FROM legal_hold AS hold
    WHERE hold.tenant_id = $1 AND hold.released_at IS NULL
      AND (hold.scope = 'everything' OR hold.conversation_id = held.id
           OR EXISTS (SELECT FROM conversation
                      WHERE conversation.tenant_id = $1 AND conversation.id = held.id
                        AND conversation.contact_id = hold.contact_id)))
"""


class LegalHolds(Repository[LegalHold]):
    """What is held, and what was."""

    model = LegalHold
    noun = "hold"

    async def of_contacts(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Those of some people who are held."""
        return await self._held(HELD_CONTACTS, ids)

    async def of_conversations(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Those of some conversations that are held."""
        return await self._held(HELD_CONVERSATIONS, ids)

    async def any(self) -> bool:
        """Whether anything at all is held."""
        return await self.all().filter(released_at=None).exists()

    async def _held(self, query: str, ids: Sequence[UUID]) -> frozenset[UUID]:
        values = [self.uow.tenant_id, list(ids)]
        rows = await self.uow.connection.execute_query_dict(query, values)
        return frozenset(row["id"] for row in rows)
