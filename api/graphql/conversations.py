"""Conversations and what was said in them."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from api.graphql.changes import UpdatedSince, changed
from api.graphql.consents import ConsentRecord, consents_of
from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.enums import Channel, Disposition, Outcome, Speaker
from api.graphql.ids import Node, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain.conversations import models
from domain.conversations.repository import Conversations
from plugins.graphql_kit import Needs

W = TypeVar("W")

READ = "conversations:read"
# What somebody said, or was found to have said, is more than that there was a conversation.
SAID = "transcripts:read"


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
    updated_at: datetime
    summed_up: strawberry.Private[str | None]
    learnt: strawberry.Private[Any]

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
            updated_at=row.updated_at,
            summed_up=opened(row.summary),
            learnt=extracted,
        )

    @strawberry.field(extensions=[Needs(SAID)])
    def summary(self, info: Info) -> str | None:
        """What it was about, in a few words."""
        info.context.scope.require(SAID)
        return self._seen(info, self.summed_up)

    @strawberry.field(extensions=[Needs(SAID)])
    def extracted(self, info: Info) -> JSON | None:
        """What was learnt, by field."""
        info.context.scope.require(SAID)
        learnt: JSON | None = self._seen(info, self.learnt)
        return learnt

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def contact(self, info: Info) -> Contact | None:
        """Who the other party is, if that is known."""
        return await contact_of(info, self.contact_key)

    @strawberry.field(extensions=[Needs(SAID)])
    async def turns(self, info: Info) -> list[Turn]:
        """Everything that was said, in order."""
        said = await info.context.loaders.turns.load(self.key)
        return self._seen(info, [Turn.of(row) for row in said])

    @strawberry.field(extensions=[Needs(READ)])
    async def consents(self, info: Info) -> list[ConsentRecord]:
        """Who agreed that it is kept, and how, the first answer in front."""
        return await consents_of(info, self.key)

    def _seen(self, info: Info, words: W) -> W:
        """What was said, put on record as seen if there is anything of it."""
        if words:
            info.context.saw(self.key)
        return words


@strawberry.type
class ConversationFields:
    """What was said to a tenant's receptionist."""

    @strawberry.field(
        graphql_type=Connection[Conversation], extensions=[Paged(), Needs("conversations:read")]
    )
    async def conversations(
        self, info: Info, channel: Channel | None = None, updated_since: UpdatedSince = None
    ) -> Listing:
        """Conversations on every channel, the newest in front."""
        repository = Conversations(await info.context.read(READ))
        rows = repository.all()
        if channel is not None:
            rows = rows.filter(channel=channel)
        listing = Listing(repository, rows, Order("started_at"), Conversation.of)
        return await changed(info, listing, updated_since)


async def conversation_of(info: Info, id: UUID | None) -> Conversation | None:
    """The conversation that something came out of, if it is still kept."""
    if id is None:
        return None
    row = await info.context.row(Conversations, READ, id)
    return Conversation.of(row) if row else None
