"""What retention does later."""

from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.retention import archive, holds


@serves(Purpose.LEGAL)
async def review_hold(payload: dict[str, Any], context: HandlerContext) -> None:
    """Say that a hold is to be looked at again."""
    async with context.settle() as uow:
        await holds.remind(uow, UUID(payload["hold_id"]))


@serves(Purpose.LEGAL)
async def review_archive(payload: dict[str, Any], context: HandlerContext) -> None:
    """Say that what is archived is to be looked at before it goes."""
    async with context.settle() as uow:
        await archive.remind(uow, UUID(payload["archive_box_id"]))


JOBS = (review_hold, review_archive)
