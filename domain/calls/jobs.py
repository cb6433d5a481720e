"""What is done about calls later."""

from typing import Any
from uuid import UUID

from domain.calls import service
from domain.conversations.acts import Disposition
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose


@serves(Purpose.CALL_ROUTING)
async def give_up(payload: dict[str, Any], context: HandlerContext) -> None:
    """End a call that nobody leads any more."""
    async with context.settle() as uow:
        await service.give_up(uow, UUID(payload["call_id"]))


@serves(Purpose.CALL_DELIVERY)
async def settle_overdue(payload: dict[str, Any], context: HandlerContext) -> None:
    """Give up the recording or summary of a call that ended long ago."""
    async with context.settle() as uow:
        disposition = Disposition(payload["disposition"])
        await service.settle_overdue(uow, UUID(payload["call_id"]), disposition)


JOBS = (give_up, settle_overdue)
