"""What is done about waiting later."""

from typing import Any
from uuid import UUID

from domain.business import versions
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.waitlist import service


@serves(Purpose.SCHEDULING)
async def pass_on(payload: dict[str, Any], context: HandlerContext) -> None:
    """Tell the next in line, if whoever was told has not booked."""
    async with context.settle() as uow:
        profile = await versions.profile(uow)
        await service.pass_on(uow, profile, UUID(payload["wait_id"]))


JOBS = (pass_on,)
