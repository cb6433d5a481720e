"""What calls sounded like: hearing it, and deleting it for good."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import RecordingState
from api.graphql.errors import InvalidInputError, RecordingNotReadyError
from api.graphql.ids import Node, read_id, write_id
from api.graphql.scalars import Url
from domain import recordings
from domain.recordings import models
from plugins.graphql_kit import InUnitOfWork, Needs


@strawberry.type
class Recording(Node):
    """What a call sounded like."""

    key: strawberry.Private[UUID]
    state: RecordingState
    reason: str = strawberry.field(description="Why there is nothing to hear, if so.")
    duration: timedelta
    deleted_at: datetime | None

    @classmethod
    def of(cls, row: models.Recording) -> "Recording":
        """The recording of a row."""
        return cls(
            id=write_id("Recording", row.id),
            key=row.id,
            state=row.state,
            reason=row.reason,
            duration=timedelta(milliseconds=row.duration_ms),
            deleted_at=row.deleted_at,
        )

    @strawberry.field(extensions=[Needs("recordings:listen")])
    def url(self, info: Info) -> Url | None:
        """Where it can be heard for half an hour; every listen is put on record."""
        links = info.context.links
        if links is None or self.state is not RecordingState.READY:
            return None
        return Url(links.url(info.context.scope, self.key))


@strawberry.input
class RecordingDeleteInput:
    """A recording to delete for good, and why."""

    id: strawberry.ID
    reason: str = ""


@strawberry.type
class RecordingDeletePayload:
    """What is left of the recording: that it was deleted, and when."""

    recording: Recording


RecordingDeleteResult = Annotated[
    RecordingDeletePayload | InvalidInputError | RecordingNotReadyError,
    strawberry.union("RecordingDeleteResult"),
]


@strawberry.type
class RecordingMutations:
    """Deeds around recordings."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("recordings:delete")])
    async def recording_delete(
        self, info: Info, input: RecordingDeleteInput
    ) -> RecordingDeleteResult:
        """Delete what a call sounded like, for good; a second time changes nothing."""
        id = read_id("Recording", input.id)
        row = await recordings.delete(info.context.uow, id, input.reason)
        return RecordingDeletePayload(recording=Recording.of(row))
