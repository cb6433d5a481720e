"""Alarms of clocks that are about to run out, or have."""

from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.rights import service
from domain.rights.events import RequestDueSoon, RequestOverdue


@serves(Purpose.LEGAL)
async def due_soon(payload: dict[str, Any], context: HandlerContext) -> None:
    """Say that a request is due soon."""
    async with context.settle() as uow:
        await service.ring(uow, UUID(payload["request_id"]), RequestDueSoon)


@serves(Purpose.LEGAL)
async def overdue(payload: dict[str, Any], context: HandlerContext) -> None:
    """Say that a request is overdue."""
    async with context.settle() as uow:
        await service.ring(uow, UUID(payload["request_id"]), RequestOverdue)


JOBS = (due_soon, overdue)
