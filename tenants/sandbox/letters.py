"""Letters of a sandbox are kept where it can read them, and carried nowhere."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass

from domain.messages.ports import Mail, Mailer
from domain.ports import leave
from domain.scope import TenantFacts
from domain.sealed import Sealed
from domain.work import UnitOfWork
from tenants.sandbox.repository import CapturedLetters

Opening = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
LONGEST_ID = 200


@dataclass(frozen=True)
class Capturing:
    """A mailer whose letters stay in the tenant whose units of work it opens."""

    unit_of_work: Opening

    async def send(self, mail: Mail) -> None:
        """Keep a letter."""
        leave()
        async with self.unit_of_work() as uow:
            await CapturedLetters(uow).add(
                message_id=mail.message_id[:LONGEST_ID],
                letter=Sealed.json(asdict(mail)),
                at=uow.now,
            )


def mailer_for(mailer: Mailer, tenant: TenantFacts, unit_of_work: Opening) -> Mailer:
    """Whoever carries the letters of a tenant."""
    return Capturing(unit_of_work) if tenant.sandbox else mailer
