"""Taking calls and texts through the gate, and handing them to whoever carries them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.outreach.gate import Gate
from domain.outreach.outbound import service
from domain.outreach.outbound.models import Outbound
from domain.outreach.outbound.ports import Carrier, Outgoing
from domain.outreach.outbound.repository import Outbounds
from domain.outreach.refusals import Refusal
from domain.privacy.purposes import Purpose


@dataclass(frozen=True)
class OutboundWorker:
    """The job that sends; without a carrier nothing goes out, and each of them says so."""

    gate: Gate
    carrier: Carrier | None = None

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.send,)

    @serves(Purpose.CALL_DELIVERY)
    async def send(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Send what the gate lets out; the same one again if nobody knows whether it arrived."""
        id = UUID(payload["outbound_id"])
        if self.carrier is None:
            async with context.settle() as uow:
                await service.withhold(uow, id, Refusal.NO_CARRIER)
            return
        async with context.unit_of_work() as uow:
            row: Outbound = await Outbounds(uow).get(id)
        registered = await self.carrier.is_registered(row.line)
        async with context.unit_of_work() as uow:
            ready = await service.let_out(uow, self.gate, id, registered=registered)
        if ready is None:
            return
        permit, row = ready
        await self.carrier.carry(Outgoing(permit, row.words.read(), row.line, row.id))
        async with context.settle() as uow:
            await service.sent(uow, id)
