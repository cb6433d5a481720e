"""Proofs of consent as one unit of work sees them."""

from collections.abc import Sequence
from uuid import UUID

from domain.consent.models import ConsentRecord
from domain.repository import Repository


class ConsentRecords(Repository[ConsentRecord]):
    """Who agreed to what."""

    model = ConsentRecord
    noun = "consent record"

    async def of(self, conversation_id: UUID) -> list[ConsentRecord]:
        """Everything that was answered in one conversation, in order."""
        return await self.of_many([conversation_id])

    async def of_many(self, conversation_ids: Sequence[UUID]) -> list[ConsentRecord]:
        """The same for several conversations at once."""
        found = self.all().filter(conversation_id__in=list(conversation_ids))
        return await self.page(found.order_by("at", "id"))
