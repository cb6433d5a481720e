"""Leaving messages, and dealing with them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import conversations
from domain.conversations.repository import Conversations
from domain.messages.errors import AlreadyLeft
from domain.messages.events import (
    MessageLeft,
    MessagePrioritised,
    MessageRead,
    MessageResolved,
)
from domain.messages.models import Message, MessageStatus, Priority
from domain.messages.repository import Messages
from domain.phone import normalise
from domain.sealed import Sealed
from domain.words import fitting
from domain.work import UnitOfWork

# Ten minutes of fast speech; more than that is not a message.
LONGEST_BODY = 10_000


@dataclass(frozen=True)
class NewMessage:
    """What is to be passed on; from whoever the conversation is with, unless someone is named.

    The same `intent_key` in the same conversation leaves one message, however often it is left.
    """

    conversation_id: UUID
    body: str
    contact_id: UUID | None = None
    callback_number: str = ""
    priority: Priority = Priority.NORMAL
    intent_key: str | None = None


async def leave(uow: UnitOfWork, new: NewMessage) -> Message:
    """Take a message. Raises `InvalidInput` and `NotFound`."""
    uow.require("messages:write")
    conversations.only_own(uow, new.conversation_id)
    messages = Messages(uow)
    if earlier := await messages.by_intent(new.conversation_id, new.intent_key):
        return earlier
    values = await _values(uow, new)
    try:
        async with messages.refusing(message_intent_key=AlreadyLeft()):
            message = await messages.add(**values)
    except AlreadyLeft:
        # The same step ran twice at once, and the other one has just left it.
        return await messages.one(
            messages.all().filter(conversation_id=new.conversation_id, intent_key=new.intent_key)
        )
    uow.record(MessageLeft(**_about(message)))
    return message


async def set_priority(uow: UnitOfWork, id: UUID, priority: Priority) -> Message:
    """Say how soon somebody should look."""
    message = await _held(uow, id)
    if message.priority is priority:
        return message
    await Messages(uow).save(message, priority=priority)
    uow.record(MessagePrioritised(**_about(message)))
    return message


async def mark_read(uow: UnitOfWork, id: UUID) -> Message:
    """Say that somebody has read it; a second time changes nothing."""
    message = await _held(uow, id)
    if message.status is not MessageStatus.NEW:
        return message
    await Messages(uow).save(message, status=MessageStatus.READ)
    uow.record(MessageRead(**_about(message)))
    return message


async def resolve(uow: UnitOfWork, id: UUID) -> Message:
    """Say that nothing more needs to be done; a second time changes nothing."""
    message = await _held(uow, id)
    if message.status is MessageStatus.RESOLVED:
        return message
    await Messages(uow).save(message, status=MessageStatus.RESOLVED, resolved_at=uow.now)
    uow.record(MessageResolved(**_about(message)))
    return message


async def _held(uow: UnitOfWork, id: UUID) -> Message:
    # Callers may leave messages but not read them, and so not deal with them either.
    uow.require("messages:read")
    uow.require("messages:write")
    return await Messages(uow).lock(id)


async def _values(uow: UnitOfWork, new: NewMessage) -> dict[str, Any]:
    body = fitting("body", new.body, LONGEST_BODY)
    conversation = await Conversations(uow).get(new.conversation_id)
    callback = (
        normalise(new.callback_number, uow.scope.tenant.region) if new.callback_number else ""
    )
    return {
        "conversation_id": conversation.id,
        "contact_id": new.contact_id or conversation.contact_id,
        "body": Sealed.text(body),
        "callback_number": Sealed.text(callback) if callback else None,
        "priority": new.priority,
        "status": MessageStatus.NEW,
        "intent_key": new.intent_key,
        "left_at": uow.now,
    }


def _about(message: Message) -> dict[str, Any]:
    return {
        "message_id": message.id,
        "conversation_id": message.conversation_id,
        "contact_id": message.contact_id,
        "priority": message.priority.value,
    }
