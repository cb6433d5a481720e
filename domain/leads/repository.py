"""Leads as one unit of work sees them."""

from datetime import datetime
from uuid import UUID

from domain.leads.models import Lead, LeadStatus
from domain.repository import Repository


class Leads(Repository[Lead]):
    """People who may become customers."""

    model = Lead
    noun = "lead"

    async def by_intent(self, conversation_id: UUID | None, intent_key: str | None) -> Lead | None:
        """What an intent of a conversation has captured already."""
        if conversation_id is None or intent_key is None:
            return None
        found = self.all().filter(conversation_id=conversation_id, intent_key=intent_key)
        return await self.maybe(found)

    async def statuses(self, start: datetime, end: datetime) -> dict[LeadStatus, int]:
        """How many leads captured from one instant up to another stand where."""
        rows = self.all().filter(created_at__gte=start, created_at__lt=end)
        return await self.tally(rows, "status")
