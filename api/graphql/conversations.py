"""Conversations and what was said in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.enums import Channel, Disposition, Outcome, Speaker
from api.graphql.ids import Node, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain.conversations import models
from domain.conversations.repository import Conversations

READ = "conversations:read"


@strawberry.type
class Turn(Node):
    """Something that was said or written."""

    position: int
    speaker: Speaker
    text: str
    offset_ms: int = strawberry.field(description="Milliseconds since the conversation began.")
    latency_ms: int | None = strawberry.field(description="How long the other side waited for it.")
    interrupted: bool
    said_at: datetime

    @classmethod
    def of(cls, row: models.Turn) -> "Turn":
        """The turn of a row."""
        return cls(
            id=write_id("Turn", row.id),
            position=row.position,
            speaker=row.speaker,
            text=row.text.read(),
            offset_ms=row.offset_ms,
            latency_ms=row.latency_ms,
            interrupted=row.interrupted,
            said_at=row.said_at,
        )


@strawberry.type
class Conversation(Node):
    """One call, chat or text thread."""

    key: strawberry.Private[UUID]
    contact_key: strawberry.Private[UUID | None]
    channel: Channel
    language: str
    started_at: datetime
    ended_at: datetime | None
    disposition: Disposition | None
    outcome: Outcome | None
    success: bool | None
    summary: str | None
    extracted: JSON | None = strawberry.field(description="What was learnt, by field.")

    @classmethod
    def of(cls, row: models.Conversation) -> "Conversation":
        """The conversation of a row."""
        extracted: Any = row.extracted.load() if row.extracted else None
        return cls(
            id=write_id("Conversation", row.id),
            key=row.id,
            contact_key=row.contact_id,
            channel=row.channel,
            language=row.language,
            started_at=row.started_at,
            ended_at=row.ended_at,
            disposition=row.disposition,
            outcome=row.outcome,
            success=row.success,
            summary=opened(row.summary),
            extracted=extracted,
        )

    @strawberry.field
    async def contact(self, info: Info) -> Contact | None:
        """Who the other party is, if that is known."""
        return await contact_of(info, self.contact_key)

    @strawberry.field
    async def turns(self, info: Info) -> list[Turn]:
        """Everything that was said, in order."""
        return [Turn.of(row) for row in await info.context.loaders.turns.load(self.key)]


@strawberry.type
class ConversationFields:
    """What was said to a tenant's receptionist."""

    @strawberry.field(graphql_type=Connection[Conversation], extensions=[Paged()])
    async def conversations(self, info: Info, channel: Channel | None = None) -> Listing:
        """Conversations on every channel, the newest in front."""
        repository = Conversations(await info.context.read(READ))
        rows = repository.all()
        if channel is not None:
            rows = rows.filter(channel=channel)
        return Listing(repository, rows, Order("started_at"), Conversation.of)


async def conversation_of(info: Info, id: UUID | None) -> Conversation | None:
    """The conversation that something came out of, if it is still kept."""
    if id is None:
        return None
    row = await info.context.row(Conversations, READ, id)
    return Conversation.of(row) if row else None
