"""Following a call while it is held: each turn is told as soon as it is stored."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from deskbell.bootstrap import Wiring
from domain.calls.repository import Calls
from domain.conversations.models import Turn
from domain.conversations.repository import Turns
from domain.scope import Scope
from domain.work import UnitOfWork

# Seconds; people notice nothing that is quicker than this.
LOOK = 0.2

Tell = Callable[[Turn], None]


@asynccontextmanager
async def telling(wiring: Wiring, scope: Scope, tell: Tell) -> AsyncIterator[None]:
    """Tell the turns of the next call that comes in; all of them are told when the block ends."""
    listener = Listener(wiring, scope, tell, wiring.clock.now())
    listening = asyncio.create_task(listener.listen())
    try:
        yield
        await listener.look()
    finally:
        listening.cancel()
        await asyncio.wait({listening})


@dataclass
class Listener:
    """Reads along, from the database, with whoever may read the tenant's conversations."""

    wiring: Wiring
    scope: Scope
    tell: Tell
    since: datetime
    _told: int = 0
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def listen(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Tell what is new."""
        async with self._looking:
            async with self.wiring.unit_of_work(self.scope, read_only=True) as uow:
                conversation = await self._conversation(uow)
                turns = await Turns(uow).of(conversation) if conversation else []
            for turn in turns[self._told :]:
                self.tell(turn)
            self._told = len(turns)

    async def _conversation(self, uow: UnitOfWork) -> UUID | None:
        rung = Calls(uow).all().filter(ringing_at__gte=self.since).order_by("ringing_at")
        call = await Calls(uow).maybe(rung)
        return call.conversation_id if call else None
