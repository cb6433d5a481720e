"""A request for a copy is fulfilled when the copy is there."""

from domain.archives.events import ArchiveReady
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.rights import fulfilment


@serves(Purpose.LEGAL)
async def finish_copy(event: ArchiveReady, context: HandlerContext) -> None:
    """Say that what was asked for is done, and so have the letter written."""
    if event.privacy_request_id is None:
        return
    async with context.settle() as uow:
        await fulfilment.complete(uow, event.privacy_request_id)


HANDLERS = ((ArchiveReady, finish_copy),)
