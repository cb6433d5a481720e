"""What is forgotten later."""

from typing import Any
from uuid import UUID

from domain.forgetting import children, service
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose


@serves(Purpose.LEGAL)
async def forget(payload: dict[str, Any], context: HandlerContext) -> None:
    """Forget what is not kept of a conversation."""
    async with context.settle() as uow:
        await service.forget(uow, UUID(payload["conversation_id"]))


@serves(Purpose.LEGAL)
async def forget_child(payload: dict[str, Any], context: HandlerContext) -> None:
    """Erase what a child said."""
    async with context.settle() as uow:
        await children.forget(uow, UUID(payload["conversation_id"]))


JOBS = (forget, forget_child)
