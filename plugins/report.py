"""What there is to tell of one conversation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.appointments.models import AppointmentStatus
from domain.appointments.repository import Appointments
from domain.business.repository import Services
from domain.calls.repository import Calls
from domain.contacts.repository import Contacts
from domain.conversations.models import Channel, Conversation, Outcome
from domain.conversations.repository import Conversations
from domain.messages.models import Priority
from domain.messages.repository import Messages
from domain.privacy.policy import Destination
from domain.privacy.sensitive import redact_for
from domain.transfers.repository import Transfers, TransferTargets
from domain.work import UnitOfWork


class Topic(StrEnum):
    """What somebody may want to be told of."""

    CALLS = "calls"
    CHATS = "chats"


@dataclass(frozen=True)
class Visit:
    """An appointment made in the conversation; the time is local to where it takes place."""

    service: str
    starts_at: datetime
    status: AppointmentStatus


@dataclass(frozen=True)
class Note:
    """A message left in the conversation."""

    body: str
    callback: str
    priority: Priority


@dataclass(frozen=True)
class Attempt:
    """That the caller was to be put through to somebody, and whether they talked."""

    target: str
    talked: bool


@dataclass(frozen=True)
class Report:
    """Everything that is told of one conversation; the time is the business's own."""

    business: str
    channel: Channel
    started_at: datetime
    who: str
    phone: str
    outcome: Outcome | None
    summary: str
    visits: tuple[Visit, ...]
    notes: tuple[Note, ...]
    attempts: tuple[Attempt, ...] = ()

    @property
    def topic(self) -> Topic:
        """What it is about."""
        return Topic.CALLS if self.channel is Channel.VOICE else Topic.CHATS

    @property
    def is_urgent(self) -> bool:
        """Whether somebody should look now."""
        pressing = any(note.priority is not Priority.NORMAL for note in self.notes)
        return pressing or self.outcome is Outcome.EMERGENCY


async def report(uow: UnitOfWork, conversation_id: UUID) -> Report:
    """Read a conversation and what it led to. Raises `NotFound` and `KeyDestroyed`."""
    conversation = await Conversations(uow).get(conversation_id)
    who, phone = await _other_side(uow, conversation)
    return Report(
        business=uow.scope.tenant.name,
        channel=conversation.channel,
        started_at=conversation.started_at.astimezone(ZoneInfo(uow.scope.tenant.timezone)),
        who=who,
        phone=phone,
        outcome=conversation.outcome,
        summary=_masked(uow, conversation.summary.read()) if conversation.summary else "",
        visits=await _visits(uow, conversation_id),
        notes=await _notes(uow, conversation_id),
        attempts=await _attempts(uow, conversation_id),
    )


async def _other_side(uow: UnitOfWork, conversation: Conversation) -> tuple[str, str]:
    """The name and telephone number of whoever it was with, as far as they are known."""
    if conversation.contact_id is not None:
        contact = await Contacts(uow).get(conversation.contact_id)
        name = contact.name.read() if contact.name else ""
        return name, contact.phone.read() if contact.phone else ""
    call = await Calls(uow).of_conversation(conversation.id)
    return "", call.caller.read() if call and call.caller else ""


async def _visits(uow: UnitOfWork, conversation_id: UUID) -> tuple[Visit, ...]:
    appointments = Appointments(uow)
    made = appointments.all().filter(conversation_id=conversation_id).order_by("starts_at", "id")
    rows = await appointments.page(made)
    services = await Services(uow).many([row.service_id for row in rows])
    names = {service.id: service.name for service in services}
    return tuple(
        Visit(names[row.service_id], row.starts_at.astimezone(ZoneInfo(row.timezone)), row.status)
        for row in rows
    )


async def _attempts(uow: UnitOfWork, conversation_id: UUID) -> tuple[Attempt, ...]:
    call = await Calls(uow).of_conversation(conversation_id)
    rows = await Transfers(uow).of_call(call.id) if call else []
    targets = await TransferTargets(uow).many([row.target_id for row in rows if row.target_id])
    names = {target.id: target.label for target in targets}
    return tuple(
        Attempt(names.get(row.target_id, "") if row.target_id else "", row.bridged_at is not None)
        for row in rows
    )


async def _notes(uow: UnitOfWork, conversation_id: UUID) -> tuple[Note, ...]:
    messages = Messages(uow)
    left = messages.all().filter(conversation_id=conversation_id).order_by("left_at", "id")
    return tuple(
        Note(
            _masked(uow, message.body.read()),
            message.callback_number.read() if message.callback_number else "",
            message.priority,
        )
        for message in await messages.page(left)
    )


def _masked(uow: UnitOfWork, words: str) -> str:
    """Words as the business may be told them, by what it promises."""
    return redact_for(words, Destination.NOTIFICATION, uow.scope.tenant.privacy).text
