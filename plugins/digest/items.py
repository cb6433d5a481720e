"""What there is to tell in a daily letter, by how much it presses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.appointments.models import AppointmentStatus
from domain.conversations.models import Channel, Outcome
from domain.conversations.repository import Conversations
from domain.errors import NotFound
from domain.keyring.errors import KeyDestroyed
from domain.messages.repository import Messages
from domain.reminders.models import Reminder, Reply
from domain.reminders.repository import Reminders
from domain.work import UnitOfWork
from plugins.replies import answered
from plugins.report import Report, report
from tenants.notifications.models import Digest, News, NewsPace

# More than anybody reads in a letter; what is beyond is found in the product.
MOST = 100
SPOKEN, WRITTEN = (Channel.VOICE,), (Channel.CHAT, Channel.SMS)


class Urgency(IntEnum):
    """How much something presses."""

    URGENT = 1
    ANSWER = 2
    INFORMATION = 3


@dataclass(frozen=True)
class Item:
    """One thing to tell; the time is the business's own."""

    urgency: Urgency
    at: datetime
    who: str
    words: str
    conversation_id: UUID | None = None
    """Whose caller can be blocked: one whose number is known."""


async def items_of(uow: UnitOfWork, digest: Digest, email: Mapping[News, NewsPace]) -> list[Item]:
    """What a member wants in their daily letter, what presses most in front."""
    wanted = {news for news, pace in email.items() if pace is NewsPace.DIGEST}
    channels = [*(SPOKEN if News.CALLS in wanted else ())]
    channels += WRITTEN if News.CHATS in wanted else ()
    found = await _conversations(uow, digest, channels)
    if News.REPLIES in wanted:
        for row in await Reminders(uow).replied_between(digest.since, digest.until, MOST):
            found += await _reply(uow, row)
    return sorted(found, key=lambda item: (item.urgency, item.at))


async def _conversations(
    uow: UnitOfWork, digest: Digest, channels: Sequence[Channel]
) -> list[Item]:
    window = (digest.since, digest.until)
    rows = await Conversations(uow).ended_between(*window, channels, MOST)
    waiting = await Messages(uow).unresolved([row.id for row in rows])
    found = []
    for row in rows:
        try:
            told = await report(uow, row.id)
        except (NotFound, KeyDestroyed):
            # It has been erased meanwhile; there is nothing to tell.
            continue
        who = told.who or told.phone or "Somebody unknown"
        blockable = row.id if told.phone else None
        urgency = urgency_of(told, waits=row.id in waiting)
        found.append(Item(urgency, told.started_at, who, told.summary, blockable))
    return found


def urgency_of(told: Report, *, waits: bool) -> Urgency:
    """How much a conversation presses; `waits` if a message of it is not resolved."""
    if told.outcome is Outcome.EMERGENCY or (told.is_urgent and waits):
        return Urgency.URGENT
    asked = any(visit.status is AppointmentStatus.REQUESTED for visit in told.visits)
    if waits or asked or told.outcome is Outcome.LEAD:
        return Urgency.ANSWER
    return Urgency.INFORMATION


async def _reply(uow: UnitOfWork, row: Reminder) -> list[Item]:
    assert row.replied_at is not None
    try:
        told = await answered(uow, row)
    except (NotFound, KeyDestroyed):
        return []
    urgency = Urgency.ANSWER if row.reply is Reply.MOVE_ASKED else Urgency.INFORMATION
    at = row.replied_at.astimezone(ZoneInfo(uow.scope.tenant.timezone))
    return [Item(urgency, at, told.who, f"{told.done}: {told.service}, {told.when}.")]
