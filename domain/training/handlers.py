"""Which conversations wait, and which do not any more."""

from domain.contacts.events import ContactRestricted
from domain.conversations.events import ConversationSummarised
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.rights.events import ChoiceMade
from domain.training import service


@serves(Purpose.IMPROVEMENT)
async def queue(event: ConversationSummarised, context: HandlerContext) -> None:
    """Let a conversation wait that is over, where the business has opted in."""
    async with context.settle() as uow:
        await service.queue(uow, event.conversation_id)


@serves(Purpose.LEGAL)
async def heed(event: ChoiceMade | ContactRestricted, context: HandlerContext) -> None:
    """Take out what waits of somebody who objected, or whose data is only kept."""
    async with context.settle() as uow:
        await service.heed(uow, event.contact_id)


HANDLERS = (
    (ConversationSummarised, queue),
    (ChoiceMade, heed),
    (ContactRestricted, heed),
)
