"""What calls wait for."""

from domain.calls import service
from domain.calls.repository import Calls
from domain.conversations.events import ConversationSummarised
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose


@serves(Purpose.CALL_DELIVERY)
async def settle_summary(event: ConversationSummarised, context: HandlerContext) -> None:
    """Note that a call's summary is there; conversations in writing have no call."""
    async with context.settle() as uow:
        call = await Calls(uow).of_conversation(event.conversation_id)
        if call is not None:
            await service.settle_summary(uow, call.id)


HANDLERS = ((ConversationSummarised, settle_summary),)
