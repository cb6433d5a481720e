"""Which conversations wait."""

from domain.conversations.events import ConversationSummarised
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.training import service


@serves(Purpose.IMPROVEMENT)
async def queue(event: ConversationSummarised, context: HandlerContext) -> None:
    """Let a conversation wait that is over, where the business has opted in."""
    async with context.settle() as uow:
        await service.queue(uow, event.conversation_id)


HANDLERS = ((ConversationSummarised, queue),)
