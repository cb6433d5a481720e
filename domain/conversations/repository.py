"""Conversations and their turns as one unit of work sees them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.conversations.models import Channel, Conversation, IntakeAnswer, Turn
from domain.repository import Repository


class Conversations(Repository[Conversation]):
    """Calls, chats and text threads."""

    model = Conversation
    noun = "conversation"

    async def ids_of(self, contact_id: UUID) -> list[UUID]:
        """Every conversation of one person."""
        theirs = self.all().filter(contact_id=contact_id).values_list("id", flat=True)
        return [UUID(str(id)) for id in await theirs]

    async def ended_between(
        self, start: datetime, end: datetime, channels: Sequence[Channel], most: int
    ) -> list[Conversation]:
        """Those that ended after one instant and up to another, the first in front."""
        found = self.all().filter(ended_at__gt=start, ended_at__lte=end, channel__in=list(channels))
        return await self.page(found.order_by("ended_at", "id").limit(most))


class Turns(Repository[Turn]):
    """What was said."""

    model = Turn
    noun = "turn"

    async def of(self, conversation_id: UUID) -> list[Turn]:
        """Everything said in one conversation, in order."""
        said = self.all().filter(conversation_id=conversation_id)
        return await self.page(said.order_by("position"))

    async def of_many(self, conversation_ids: Sequence[UUID]) -> list[Turn]:
        """Everything said in some conversations, in order."""
        said = self.all().filter(conversation_id__in=list(conversation_ids))
        return await self.page(said.order_by("conversation_id", "position"))

    async def remove_all(self, conversation_id: UUID) -> None:
        """Delete everything said in one conversation."""
        await self.all().filter(conversation_id=conversation_id).delete()


class IntakeAnswers(Repository[IntakeAnswer]):
    """Answers to intake questions."""

    model = IntakeAnswer
    noun = "answer"
