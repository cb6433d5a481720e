"""The letter by which a business hears that an authority asked for its data."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from tenants.records.legal import service
from tenants.records.legal.events import LegalProcessDisclosed
from tenants.records.legal.repository import LegalProcesses
from tenants.service import owner_addresses


@dataclass(frozen=True)
class LegalLetters:
    """Tells owners, as soon as that is allowed."""

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return ((LegalProcessDisclosed, self.tell_owners),)

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What is done when a secret ends."""
        return (self.tell,)

    @serves(Purpose.LEGAL)
    async def tell(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Put on record that the business may know now."""
        async with context.settle() as uow:
            await service.tell(uow, UUID(payload["legal_process_id"]))

    @serves(Purpose.LEGAL)
    async def tell_owners(self, event: LegalProcessDisclosed, context: HandlerContext) -> None:
        """Write to the owners what was demanded, by what right, and what became of it."""
        async with context.unit_of_work() as uow:
            row = await LegalProcesses(uow).get(event.legal_process_id)
            to = await owner_addresses(uow)
        if not to:
            return
        text = (
            f"On {row.received_at:%d %B %Y} an authority demanded data of {context.tenant.name}"
            f" by {row.basis.replace('_', ' ')}.\n\n"
            f"Authority: {row.authority.read()}\nReference: {row.reference.read()}\n"
            f"Kinds of data: {', '.join(row.data_kinds)}\n"
            f"Between {row.since:%d %B %Y} and {row.until:%d %B %Y}, of"
            f" {len(row.contact_ids)} people.\n\n"
            f"The demand is {row.stage}. {row.disclosed} conversations were handed out.\n"
        )
        subject = f"An authority asked for data of {context.tenant.name}"
        await context.mailer.send(Mail(to, subject, text, message_id_of(context.delivery_id)))
