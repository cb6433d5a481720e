"""What transfers wait for."""

from domain.calls.events import CallEnded
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.transfers import service


@serves(Purpose.CALL_ROUTING)
async def end_left(event: CallEnded, context: HandlerContext) -> None:
    """End what nobody reported the end of: a call that is over is put through to nobody."""
    async with context.settle() as uow:
        await service.end_all(uow, event.call_id)


HANDLERS = ((CallEnded, end_left),)
