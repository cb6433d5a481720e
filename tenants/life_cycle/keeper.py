"""What happens to accounts by themselves."""

from dataclasses import dataclass
from typing import Any

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from tenants.events import TenantCreated
from tenants.life_cycle import service
from tenants.life_cycle.ports import TenantEraser


@dataclass(frozen=True)
class LifeKeeper:
    """Looks after accounts; the wiring hands in who erases them."""

    eraser: TenantEraser

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return ((TenantCreated, self.begin),)

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.look, self.erase)

    @serves(Purpose.SERVICE)
    async def begin(self, event: TenantCreated, context: HandlerContext) -> None:
        """Begin to look after an account that was opened."""
        async with context.settle() as uow:
            await service.look(uow)

    @serves(Purpose.SERVICE)
    async def look(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """See whether anybody still uses the account."""
        async with context.settle() as uow:
            await service.look(uow)

    @serves(Purpose.LEGAL)
    async def erase(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Erase an account whose time of grace is over."""
        async with context.settle() as uow:
            cycle = await service.due_for_erasure(uow)
            if cycle is not None:
                await service.erased(uow, cycle, await self.eraser(uow))
