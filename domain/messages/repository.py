"""Messages as one unit of work sees them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.messages.models import Message, MessageStatus
from domain.repository import Repository


class Messages(Repository[Message]):
    """What callers want the business to know."""

    model = Message
    noun = "message"

    async def by_intent(self, conversation_id: UUID, intent_key: str | None) -> Message | None:
        """What an intent of a conversation has left already."""
        if intent_key is None:
            return None
        found = self.all().filter(conversation_id=conversation_id, intent_key=intent_key)
        return await self.maybe(found)

    async def unresolved(self, conversation_ids: Sequence[UUID]) -> set[UUID]:
        """The conversations, of these, in which something was left that nobody has resolved."""
        rows = self.all().filter(conversation_id__in=list(conversation_ids))
        open_ = rows.exclude(status=MessageStatus.RESOLVED)
        return {row["conversation_id"] for row in await open_.values("conversation_id")}

    async def statuses(self, start: datetime, end: datetime) -> dict[MessageStatus, int]:
        """How many messages left from one instant up to another stand where."""
        rows = self.all().filter(left_at__gte=start, left_at__lt=end)
        return await self.tally(rows, "status")
