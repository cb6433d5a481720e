"""Sending letters and texts about visits when they are due."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.outreach.gate import Gate
from domain.privacy.purposes import Purpose
from domain.reminders import sending
from tenants.reminders.letters import Writer


@dataclass(frozen=True)
class ReminderWorker:
    """The job that sends them."""

    gate: Gate
    writer: Writer

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.send,)

    @serves(Purpose.SCHEDULING)
    async def send(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Send one; the same one again, under the same key, if nobody knows whether it left."""
        id = UUID(payload["reminder_id"])
        async with context.unit_of_work() as uow:
            ready = await sending.begin(uow, self.gate, id)
            mail = await self.writer.write(uow, ready) if ready else None
        if mail is None:
            return
        await context.mailer.send(mail)
        async with context.settle() as uow:
            await sending.sent(uow, id)
