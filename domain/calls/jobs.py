"""What is done about calls later."""

from typing import Any
from uuid import UUID

from domain.calls import service
from domain.conversations.acts import Disposition
from domain.handlers import HandlerContext


async def settle_overdue(payload: dict[str, Any], context: HandlerContext) -> None:
    """Give up the recording or summary of a call that ended long ago."""
    async with context.settle() as uow:
        disposition = Disposition(payload["disposition"])
        await service.settle_overdue(uow, UUID(payload["call_id"]), disposition)


JOBS = (settle_overdue,)
