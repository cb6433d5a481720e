"""A wish to be deleted is fulfilled when nothing is left: until then its request stays open."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.erasure import NewErasure, erase_contact
from domain.erasure.errors import ErasureHeld
from domain.erasure.models import UNFINISHED
from domain.erasure.repository import Erasures
from domain.errors import NotFound
from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.rights import fulfilment
from domain.rights.events import RequestInstructed
from domain.rights.kinds import FINAL, RequestKind
from domain.rights.ports import Eraser, Erasing
from domain.rights.repository import PrivacyRequests
from domain.work import UnitOfWork

JOB = "rights.erase"
ASKED_AGAIN = timedelta(minutes=10)


class CallerEraser:
    """Erases callers. An account is closed by its operator, whose request stays open until then."""

    async def erase(self, whom: Erasing, context: HandlerContext) -> bool:
        """Whether nothing is left of a caller but what the certificate names."""
        async with context.unit_of_work() as uow:
            # When they are gone nothing links them to the request any more but the erasure.
            known = await Erasures(uow).for_request(whom.request_id)
            if known is not None:
                return known.state not in UNFINISHED
            return whom.contact_id is not None and await _began(uow, whom)


async def _began(uow: UnitOfWork, whom: Erasing) -> bool:
    """Have a caller erased, visits and all; whether they are gone already."""
    try:
        assert whom.contact_id is not None  # nobody else is erased here
        new = NewErasure(whom.contact_id, cancel_visits=True, request_id=whom.request_id)
        await erase_contact(uow, new)
    except NotFound:
        return True
    except ErasureHeld:
        # The request stays open, and is alarmed of, until the hold is released.
        return False
    return False


@dataclass(frozen=True)
class ErasureDesk:
    """Passes instructions on to whoever erases; without one, requests stay open and alarmed."""

    eraser: Eraser | None = None

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return ((RequestInstructed, self.begin),)

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.erase,)

    @serves(Purpose.LEGAL)
    async def begin(self, event: RequestInstructed, context: HandlerContext) -> None:
        """Begin when it is decided."""
        if event.kind == RequestKind.DELETION.value:
            await self._erase(event.privacy_request_id, context)

    @serves(Purpose.LEGAL)
    async def erase(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Ask again how far it is."""
        await self._erase(UUID(payload["request_id"]), context)

    async def _erase(self, id: UUID, context: HandlerContext) -> None:
        if self.eraser is None:
            return
        async with context.unit_of_work() as uow:
            request = await PrivacyRequests(uow).get(id)
        if request.state in FINAL:
            return
        whom = Erasing(id, request.contact_id, request.user_id)
        done = await self.eraser.erase(whom, context)
        async with context.settle() as uow:
            if done:
                await fulfilment.complete(uow, id)
            else:
                at, payload = uow.now + ASKED_AGAIN, {"request_id": str(id)}
                uow.schedule(JOB, at=at, key=f"{JOB}:{id}", payload=payload)
