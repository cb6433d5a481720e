"""Alarms of clocks that are about to run out, or have."""

from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.rights import service


@serves(Purpose.LEGAL)
async def alarm(payload: dict[str, Any], context: HandlerContext) -> None:
    """Say that a request is due soon, or overdue."""
    async with context.settle() as uow:
        await service.ring(uow, UUID(payload["request_id"]), payload["what"])


JOBS = (alarm,)
