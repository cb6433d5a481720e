"""The letters about accounts that a tenant's outbox asks for, written and read."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from domain.messages.ports import Mail
from domain.scope import Scope, TenantFacts
from domain.work import UnitsOfWork
from tenants.events import LetterRequested
from tenants.letters import AccountLetterWriter
from tenants.service import job_scope
from tests.factories.outbox import payloads
from tests.fakes.mailer import Postbox

URL = "https://deskbell.test"


@dataclass(frozen=True)
class Delivery:
    """What a handler of the core is given."""

    work: UnitsOfWork
    scope: Scope
    delivery_id: UUID
    mailer: Postbox = field(default_factory=Postbox)

    @property
    def tenant_id(self) -> UUID:
        return self.scope.tenant_id

    @property
    def tenant(self) -> TenantFacts:
        return self.scope.tenant

    def unit_of_work(self):
        return self.work(self.scope)

    def settle(self):
        return self.work(self.scope)


async def letters_of(unit_of_work: UnitsOfWork, tenant_id: UUID) -> list[Mail]:
    """Every letter that is still to be sent, in the order they were asked for."""
    scope, postbox = await job_scope(tenant_id, "letters"), Postbox()
    writer = AccountLetterWriter(URL)
    for told in await payloads(unit_of_work, scope, "letter."):
        event = LetterRequested(letter_id=UUID(told["letter_id"]))
        await writer.write_letter(event, Delivery(unit_of_work, scope, uuid4(), postbox))
    return postbox.letters


def token_in(letter: Mail, purpose: str) -> str:
    """The token that a letter holds."""
    [link] = [line for line in letter.text.splitlines() if line.startswith(URL)]
    start = f"{URL}/account#{purpose}="
    assert link.startswith(start)
    return link.removeprefix(start)
