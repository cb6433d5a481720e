"""Telephone calls."""

from datetime import datetime, timedelta
from uuid import UUID

import strawberry

from api.graphql.changes import UpdatedSince, changed
from api.graphql.consents import ConsentRecord, consents_of
from api.graphql.context import Info
from api.graphql.conversations import Conversation, conversation_of
from api.graphql.enums import CallState, Direction
from api.graphql.ids import Node, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.recordings import Recording
from api.graphql.scalars import PhoneNumber
from api.graphql.transfers import Transfer
from domain.calls import models
from domain.calls.repository import Calls
from plugins.graphql_kit import Needs

READ = "calls:read"


@strawberry.type
class Call(Node):
    """One telephone call."""

    key: strawberry.Private[UUID]
    conversation_key: strawberry.Private[UUID]
    state: CallState
    direction: Direction
    caller: PhoneNumber | None = strawberry.field(description="Null if it was withheld.")
    ringing_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    finalized_at: datetime | None = strawberry.field(
        description="When its recording and summary were settled."
    )
    duration: timedelta | None
    updated_at: datetime

    @classmethod
    def of(cls, row: models.Call) -> "Call":
        """The call of a row."""
        caller, length = opened(row.caller), row.duration_ms
        return cls(
            id=write_id("Call", row.id),
            key=row.id,
            conversation_key=row.conversation_id,
            state=row.state,
            direction=row.direction,
            caller=PhoneNumber(caller) if caller else None,
            ringing_at=row.ringing_at,
            answered_at=row.answered_at,
            ended_at=row.ended_at,
            finalized_at=row.finalized_at,
            duration=None if length is None else timedelta(milliseconds=length),
            updated_at=row.updated_at,
        )

    @strawberry.field(extensions=[Needs("conversations:read")])
    async def conversation(self, info: Info) -> Conversation | None:
        """What was said."""
        return await conversation_of(info, self.conversation_key)

    @strawberry.field(extensions=[Needs("calls:read")])
    async def recording(self, info: Info) -> Recording | None:
        """What it sounded like, if it was to be recorded."""
        row = await info.context.loaders.recordings.load(self.key)
        return Recording.of(row) if row else None

    @strawberry.field(extensions=[Needs("transfers:read")])
    async def transfers(self, info: Info) -> list[Transfer]:
        """Attempts to put the caller through to a person, the first in front."""
        rows = await info.context.loaders.transfers.load(self.key)
        return [Transfer.of(row) for row in rows]

    @strawberry.field(extensions=[Needs("conversations:read")])
    async def consents(self, info: Info) -> list[ConsentRecord]:
        """Who agreed that the call is kept, and how, the first answer in front."""
        return await consents_of(info, self.conversation_key)


@strawberry.type
class CallFields:
    """A tenant's calls."""

    @strawberry.field(graphql_type=Connection[Call], extensions=[Paged(), Needs("calls:read")])
    async def calls(
        self, info: Info, state: CallState | None = None, updated_since: UpdatedSince = None
    ) -> Listing:
        """Calls, the newest in front."""
        repository = Calls(await info.context.read(READ))
        rows = repository.all()
        if state is not None:
            rows = rows.filter(state=state)
        listing = Listing(repository, rows, Order("ringing_at"), Call.of)
        return await changed(info, listing, updated_since)
