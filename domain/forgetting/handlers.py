"""When to forget: once everybody who is to be told of a conversation has had the time to be."""

from datetime import timedelta

from domain.calls.events import CallFinalized
from domain.conversations.events import ConversationSummarised
from domain.forgetting.service import FORGET, forgets, timer
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork

# Letters and webhooks of the end read the conversation; most have left within seconds.
TOLD_WITHIN = timedelta(minutes=15)


@serves(Purpose.LEGAL)
async def after_call(event: CallFinalized, context: HandlerContext) -> None:
    """Forget a call soon after everything about it is settled."""
    async with context.settle() as uow:
        _soon(uow, event)


@serves(Purpose.LEGAL)
async def after_summary(event: ConversationSummarised, context: HandlerContext) -> None:
    """Forget a chat soon after it; a call is put off until it is final."""
    async with context.settle() as uow:
        _soon(uow, event)


def _soon(uow: UnitOfWork, event: CallFinalized | ConversationSummarised) -> None:
    if forgets(uow):
        uow.schedule(
            FORGET,
            at=uow.now + TOLD_WITHIN,
            key=timer(event.conversation_id),
            payload={"conversation_id": str(event.conversation_id)},
        )


HANDLERS = ((CallFinalized, after_call), (ConversationSummarised, after_summary))
