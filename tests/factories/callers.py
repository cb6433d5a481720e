"""People who call, and the conversations they hold."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID

from domain import contacts, conversations
from domain.business import versions
from domain.conversations.models import Channel
from domain.personal import Source
from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants.service import caller_scope

# Exchange 555 is reserved for fiction: +1 212 555 0100 and on.
_numbers = count(12125550100)


@dataclass(frozen=True)
class Caller:
    """Somebody on the line, who is known and proven."""

    contact_id: UUID
    conversation_id: UUID
    phone: str
    scope: Scope
    """What they may do themselves."""


async def ring(
    unit_of_work: UnitsOfWork, scope: Scope, *, name: str = "Anna Lee", verified: bool = True
) -> Caller:
    """Let somebody new call."""
    phone = f"+{next(_numbers)}"
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name=name, phone=phone, email=f"{phone[1:]}@example.com")
        contact = await contacts.add(uow, details, source=Source.CALLER)
        pinned, _ = await versions.pin(uow)
        opening = conversations.Opening(
            channel=Channel.VOICE,
            language="en-US",
            receptionist_version_id=pinned.id,
            engine_version="1",
            policy_version="1",
            contact_id=contact.id,
            verified=verified,
        )
        conversation = await conversations.start(uow, opening)
    own = await caller_scope(scope.tenant_id, conversation.id)
    return Caller(contact.id, conversation.id, phone, own)
