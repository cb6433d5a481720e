"""What happens to a policy by itself."""

from typing import Any

from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from tenants.policy import service


@serves(Purpose.LEGAL)
async def take_effect(payload: dict[str, Any], context: HandlerContext) -> None:
    """Let a policy that was decided on earlier govern from now on."""
    async with context.settle() as uow:
        await service.put_in_force(uow)


JOBS = (take_effect,)
