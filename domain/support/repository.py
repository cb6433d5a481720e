"""Requests for help and feedback as one unit of work sees them."""

from uuid import UUID

from domain.repository import Repository
from domain.support.models import Feedback, SupportTicket


class SupportTickets(Repository[SupportTicket]):
    """Requests for help."""

    model = SupportTicket
    noun = "support ticket"


class Opinions(Repository[Feedback]):
    """What people thought of conversations."""

    model = Feedback
    noun = "feedback"

    async def of(self, conversation_id: UUID, given_by: str) -> Feedback | None:
        """What one person thought of one conversation."""
        found = self.all().filter(conversation_id=conversation_id, given_by=given_by)
        return await self.maybe(found)
