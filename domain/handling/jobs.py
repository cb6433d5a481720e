"""What is done about calls that others lead."""

from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, serves
from domain.handling import service
from domain.privacy.purposes import Purpose


@serves(Purpose.CALL_ROUTING)
async def give_up(payload: dict[str, Any], context: HandlerContext) -> None:
    """End a call of which the carrier never reported the end."""
    async with context.settle() as uow:
        await service.give_up(uow, UUID(payload["call_id"]))


JOBS = (give_up,)
