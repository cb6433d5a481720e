"""Letters about the life of an account, to its owners."""

from dataclasses import dataclass
from datetime import datetime

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from tenants.brand import dressed, inherited
from tenants.life_cycle.events import (
    TenantArchived,
    TenantClosed,
    TenantLapsed,
    TenantReopened,
    TenantWarned,
)
from tenants.service import owner_addresses


@dataclass(frozen=True)
class LifeLetters:
    """Writes to owners; `public_url` has no final slash."""

    public_url: str

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return (
            (TenantWarned, self.tell_near),
            (TenantLapsed, self.tell_inactive),
            (TenantArchived, self.tell_archived),
            (TenantClosed, self.tell_closed),
            (TenantReopened, self.tell_reopened),
        )

    @serves(Purpose.SERVICE_MESSAGES)
    async def tell_near(self, event: TenantWarned, context: HandlerContext) -> None:
        """Say in how many days the account becomes inactive."""
        days = "tomorrow" if event.days == 1 else f"in {event.days} days"
        await self._send(
            context,
            f"{context.tenant.name} becomes inactive {days}",
            f"Nobody has signed in to {context.tenant.name} for a long time, and nobody has called."
            f" If that stays so, the account becomes inactive {days}."
            f" To keep it, sign in once: {self.public_url}",
        )

    @serves(Purpose.SERVICE_MESSAGES)
    async def tell_inactive(self, event: TenantLapsed, context: HandlerContext) -> None:
        """Say that the account is inactive, and when it is put away."""
        await self._send(
            context,
            f"{context.tenant.name} is inactive",
            f"Nothing has happened at {context.tenant.name} for a long time. It is put away on"
            f" {_day(event.archive_at)}. To keep it, sign in before: {self.public_url}",
        )

    @serves(Purpose.SERVICE_MESSAGES)
    async def tell_archived(self, event: TenantArchived, context: HandlerContext) -> None:
        """Say that the account is put away, and when it is erased."""
        await self._send(
            context,
            f"{context.tenant.name} is put away",
            f"What {context.tenant.name} left here is out of reach now, and erased on"
            f" {_day(event.erase_at)}. Until then you can sign in, take the account up again, or"
            f" export what there is: {self.public_url}",
        )

    @serves(Purpose.SERVICE_MESSAGES)
    async def tell_closed(self, event: TenantClosed, context: HandlerContext) -> None:
        """Say that the account is closed, how long it can be exported and taken up again."""
        await self._send(
            context,
            f"{context.tenant.name} is closed",
            f"{context.tenant.name} was closed. Its keys, grants and apps are revoked, its"
            " telephone numbers are let go of, and its webhooks are stopped."
            f" Until {_day(event.erase_at)} you can sign in, export everything, or take the"
            f" account up again: {self.public_url}\n\nAfter that day everything is erased but"
            " what the law obliges us to keep: bills, proofs of consent, and the record of who"
            " saw what.",
        )

    @serves(Purpose.SERVICE_MESSAGES)
    async def tell_reopened(self, event: TenantReopened, context: HandlerContext) -> None:
        """Say that the account is open again, and what is not as it was."""
        await self._send(
            context,
            f"{context.tenant.name} is open again",
            f"{context.tenant.name} was taken up again. Keys, grants and apps stay revoked, and"
            " telephone numbers must be attached anew.",
        )

    async def _send(self, context: HandlerContext, subject: str, text: str) -> None:
        async with context.unit_of_work() as uow:
            to, brand = await owner_addresses(uow), await inherited(uow)
        if to:
            mail = Mail(to, subject, f"{text}\n", message_id_of(context.delivery_id))
            await context.mailer.send(dressed(mail, brand))


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
