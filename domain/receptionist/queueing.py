"""What the receptionist does to the waiting list, in the caller's own scope."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain import conversations, waitlist
from domain.business.profile import Profile
from domain.waitlist.models import Wait
from domain.waitlist.repository import Waits
from domain.waitlist.rules import DayPart, Whenever
from domain.work import UnitOfWork


async def join(
    uow: UnitOfWork,
    profile: Profile,
    contact_id: UUID,
    conversation_id: UUID,
    arguments: Mapping[str, Any],
) -> Wait:
    """Let a caller wait as they said. Raises as `waitlist.join`."""
    staff = arguments["staff_id"]
    whenever = Whenever(
        date.fromisoformat(arguments["first"]),
        date.fromisoformat(arguments["last"]),
        DayPart(arguments["part"]),
    )
    waiter = waitlist.Waiter(
        contact_id,
        UUID(arguments["service_id"]),
        whenever,
        resource_id=UUID(staff) if staff else None,
        conversation_id=conversation_id,
    )
    return await waitlist.join(uow, profile, waiter)


async def leave(uow: UnitOfWork, arguments: Mapping[str, Any]) -> int:
    """End the waits of a caller who is proven to be themselves; how many there were."""
    conversation = await conversations.of_caller(uow)
    if conversation.contact_id is None or not conversation.verified:
        return 0
    theirs = Waits(uow).standing().filter(contact_id=conversation.contact_id)
    if arguments["service_id"]:
        theirs = theirs.filter(service_id=UUID(arguments["service_id"]))
    found = await Waits(uow).page(theirs.order_by("id"))
    for wait in found:
        await waitlist.leave(uow, wait.id)
    return len(found)
