"""Messages that callers leave."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.changes import UpdatedSince, changed
from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.conversations import Conversation, conversation_of
from api.graphql.enums import MessageStatus, Priority
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import PhoneNumber
from domain import messages
from domain.messages import models
from domain.messages.repository import Messages
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ = "messages:read"


@strawberry.type
class Message(Node):
    """What a caller wants the business to know."""

    contact_key: strawberry.Private[UUID | None]
    conversation_key: strawberry.Private[UUID]
    body: str
    callback_number: PhoneNumber | None
    priority: Priority
    status: MessageStatus
    left_at: datetime
    resolved_at: datetime | None
    updated_at: datetime

    @classmethod
    def of(cls, row: models.Message) -> "Message":
        """The message of a row."""
        callback = opened(row.callback_number)
        return cls(
            id=write_id("Message", row.id),
            contact_key=row.contact_id,
            conversation_key=row.conversation_id,
            body=row.body.read(),
            callback_number=PhoneNumber(callback) if callback else None,
            priority=row.priority,
            status=row.status,
            left_at=row.left_at,
            resolved_at=row.resolved_at,
            updated_at=row.updated_at,
        )

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def contact(self, info: Info) -> Contact | None:
        """Who left it, if that is known."""
        return await contact_of(info, self.contact_key)

    @strawberry.field(extensions=[Needs("conversations:read")])
    async def conversation(self, info: Info) -> Conversation | None:
        """Where it was left."""
        return await conversation_of(info, self.conversation_key)


@strawberry.type
class MessageFields:
    """What callers left for a tenant."""

    @strawberry.field(
        graphql_type=Connection[Message], extensions=[Paged(), Needs("messages:read")]
    )
    async def messages(
        self, info: Info, status: MessageStatus | None = None, updated_since: UpdatedSince = None
    ) -> Listing:
        """Messages, the newest in front."""
        repository = Messages(await info.context.read(READ))
        rows = repository.all()
        if status is not None:
            rows = rows.filter(status=status)
        listing = Listing(repository, rows, Order("left_at"), Message.of)
        return await changed(info, listing, updated_since)


@strawberry.input
class MessageLeaveInput:
    """Something to be passed on, out of a conversation."""

    conversation_id: strawberry.ID
    body: str
    callback_number: PhoneNumber | None = None
    priority: Priority = Priority.NORMAL
    idempotency_key: str | None = None


@strawberry.type
class MessageLeavePayload:
    """The message that was left."""

    message: Message


MessageLeaveResult = Annotated[
    MessageLeavePayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("MessageLeaveResult"),
]


@strawberry.input
class MessageMarkReadInput:
    """A message that somebody has read."""

    id: strawberry.ID


@strawberry.type
class MessageMarkReadPayload:
    """The message as it stands."""

    message: Message


MessageMarkReadResult = Annotated[MessageMarkReadPayload, strawberry.union("MessageMarkReadResult")]


@strawberry.input
class MessageResolveInput:
    """A message about which nothing more needs to be done."""

    id: strawberry.ID


@strawberry.type
class MessageResolvePayload:
    """The message as it stands."""

    message: Message


MessageResolveResult = Annotated[MessageResolvePayload, strawberry.union("MessageResolveResult")]


@strawberry.input
class MessageSetPriorityInput:
    """How soon somebody should look at a message."""

    id: strawberry.ID
    priority: Priority


@strawberry.type
class MessageSetPriorityPayload:
    """The message as it stands."""

    message: Message


MessageSetPriorityResult = Annotated[
    MessageSetPriorityPayload, strawberry.union("MessageSetPriorityResult")
]


@strawberry.type
class MessageMutations:
    """Deeds around messages."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("messages:write")])
    async def message_leave(self, info: Info, input: MessageLeaveInput) -> MessageLeaveResult:
        """Leave a message."""
        new = messages.NewMessage(
            conversation_id=read_id("Conversation", input.conversation_id),
            body=input.body,
            callback_number=input.callback_number or "",
            priority=input.priority,
        )
        row = await once(info, input, Messages, lambda: messages.leave(info.context.uow, new))
        return MessageLeavePayload(message=Message.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("messages:write")])
    async def message_mark_read(
        self, info: Info, input: MessageMarkReadInput
    ) -> MessageMarkReadResult:
        """Say that somebody has read it; a second time changes nothing."""
        row = await messages.mark_read(info.context.uow, read_id("Message", input.id))
        return MessageMarkReadPayload(message=Message.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("messages:write")])
    async def message_resolve(self, info: Info, input: MessageResolveInput) -> MessageResolveResult:
        """Say that nothing more needs to be done; a second time changes nothing."""
        row = await messages.resolve(info.context.uow, read_id("Message", input.id))
        return MessageResolvePayload(message=Message.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("messages:write")])
    async def message_set_priority(
        self, info: Info, input: MessageSetPriorityInput
    ) -> MessageSetPriorityResult:
        """Say how soon somebody should look."""
        id = read_id("Message", input.id)
        row = await messages.set_priority(info.context.uow, id, input.priority)
        return MessageSetPriorityPayload(message=Message.of(row))
