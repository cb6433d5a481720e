"""What is deleted when: the schedule, what would go now, what went, and what is archived."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import (
    DataClass,
    RetentionAction,
    RetentionReach,
    RetentionRunState,
    RetentionStop,
)
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.people_errors import ClockWentBackError
from api.graphql.policy import RetentionRule
from domain.retention import archive, models, outlook, service
from domain.retention.repository import ArchiveBoxes, ArchivedRows, RetentionRuns
from plugins.graphql_kit import InUnitOfWork, Needs, once
from tenants.policy.promises import StoredPolicies

READ, WRITE, LOOK = service.READ, service.WRITE, archive.READ


@strawberry.type
class RetentionCount:
    """What one step of a run did: how many rows of a table it deleted, emptied or archived."""

    step: str
    rows: int


@strawberry.type
class RetentionRun(Node):
    """One walk over everything that was due at a moment."""

    state: RetentionRunState
    reason: RetentionStop | None = strawberry.field(description="Why it does not go on.")
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None
    counts: list[RetentionCount]

    @classmethod
    def of(cls, row: models.RetentionRun) -> "RetentionRun":
        """The run of a row."""
        return cls(
            id=write_id("RetentionRun", row.id),
            state=row.state,
            reason=row.reason,
            as_of=row.as_of,
            started_at=row.started_at,
            finished_at=row.finished_at,
            counts=[RetentionCount(step=name, rows=n) for name, n in sorted(row.counts.items())],
        )


@strawberry.type
class ScheduledRule:
    """The rule for data of one kind that was collected within a span of time."""

    rule: RetentionRule
    version: int = strawberry.field(description="Of the policy; 0 is what all begin with.")
    collected_from: datetime | None
    collected_until: datetime | None
    tables: list[str]


@strawberry.type
class RetentionForecast:
    """What one step of a run would do now."""

    table: str
    data_class: DataClass
    reach: RetentionReach
    action: RetentionAction
    due: int
    held: int = strawberry.field(description="Rows that stay because of a legal hold.")
    needed: int = strawberry.field(description="Rows that stay until what hangs on them is due.")
    oldest: datetime | None


@strawberry.type
class RetentionNext:
    """When the next rows of a table are due."""

    table: str
    data_class: DataClass
    at: datetime


@strawberry.type
class RetentionOutlook:
    """What would go now, and what comes next; nothing changes by looking."""

    as_of: datetime
    forecasts: list[RetentionForecast]
    next: list[RetentionNext]


@strawberry.type
class ArchivedRow(Node):
    """A row, or some columns of one, that nobody works with any more."""

    kind: str
    archived_at: datetime
    content: strawberry.scalars.JSON

    @classmethod
    def of(cls, row: models.ArchivedRow) -> "ArchivedRow":
        """The archived row of a row; keys stay where they are."""
        kept = row.content.load()
        kept.pop("key", None)
        id = write_id("ArchivedRow", row.id)
        return cls(id=id, kind=row.kind, archived_at=row.archived_at, content=kept)


@strawberry.type
class ArchiveBox(Node):
    """What is to be deleted for good on the same day."""

    box_id: strawberry.Private[UUID]
    ends_at: datetime
    created_at: datetime
    reviewed_by: str | None
    reviewed_at: datetime | None

    @classmethod
    def of(cls, row: models.ArchiveBox) -> "ArchiveBox":
        """The box of a row."""
        return cls(
            id=write_id("ArchiveBox", row.id),
            box_id=row.id,
            ends_at=row.ends_at,
            created_at=row.created_at,
            reviewed_by=row.reviewed_by or None,
            reviewed_at=row.reviewed_at,
        )

    @strawberry.field(graphql_type=Connection[ArchivedRow], extensions=[Paged(), Needs(LOOK)])
    async def rows(self, info: Info) -> Listing:
        """What is in it; that it was read is on record."""
        repository = ArchivedRows(await info.context.read(LOOK))
        rows = repository.all().filter(box_id=self.box_id)
        return Listing(repository, rows, Order("archived_at"), ArchivedRow.of)


@strawberry.type
class RetentionFields:
    """What is kept for how long, and what was deleted."""

    @strawberry.field(extensions=[Needs(READ)])
    async def retention_schedule(self, info: Info) -> list[ScheduledRule]:
        """The data retention schedule in force: which rule governs data of which age."""
        uow = await info.context.read(READ)
        laid = (await StoredPolicies().of(uow)).laid(uow.now)
        held = service.kept()
        return [
            ScheduledRule(
                rule=RetentionRule.of(data_class, segment.rule),
                version=segment.version,
                collected_from=segment.begins,
                collected_until=segment.ends,
                tables=[each.table for each in held if data_class in each.columns],
            )
            for data_class in sorted(laid)
            for segment in laid[data_class]
        ]

    @strawberry.field(extensions=[Needs(READ)])
    async def retention_outlook(self, info: Info) -> RetentionOutlook:
        """What the next run would do, and when the next rows are due."""
        uow = await info.context.read(READ)
        seen = await outlook.look_ahead(uow, await StoredPolicies().of(uow))
        return RetentionOutlook(
            as_of=seen.as_of,
            forecasts=[_forecast(each) for each in seen.forecasts],
            next=[RetentionNext(**vars(each)) for each in seen.next],
        )

    @strawberry.field(graphql_type=Connection[RetentionRun], extensions=[Paged(), Needs(READ)])
    async def retention_runs(self, info: Info) -> Listing:
        """What was deleted when, the newest in front."""
        repository = RetentionRuns(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("started_at"), RetentionRun.of)

    @strawberry.field(graphql_type=Connection[ArchiveBox], extensions=[Paged(), Needs(LOOK)])
    async def archive_boxes(self, info: Info) -> Listing:
        """What is archived, by the day on which it goes; the last day in front."""
        repository = ArchiveBoxes(await info.context.read(LOOK))
        return Listing(repository, repository.all(), Order("ends_at"), ArchiveBox.of)


def _forecast(each: outlook.Forecast) -> RetentionForecast:
    return RetentionForecast(
        table=each.table,
        data_class=each.data_class,
        reach=each.reach,
        action=each.action,
        due=each.tally.due,
        held=each.tally.held,
        needed=each.tally.needed,
        oldest=each.tally.oldest,
    )


@strawberry.input
class ArchiveBoxReviewInput:
    """What somebody has looked at."""

    id: strawberry.ID


@strawberry.type
class ArchiveBoxReviewPayload:
    """The box, and who looked at it."""

    box: ArchiveBox


ArchiveBoxReviewResult = Annotated[
    ArchiveBoxReviewPayload, strawberry.union("ArchiveBoxReviewResult")
]


@strawberry.input
class RetentionRunStartInput:
    """Whatever is due now."""

    idempotency_key: str | None = None


@strawberry.type
class RetentionRunStartPayload:
    """The run that has begun, or the one that is under way."""

    run: RetentionRun


RetentionRunStartResult = Annotated[
    RetentionRunStartPayload
    | ClockWentBackError
    | IdempotencyKeyReusedError
    | InvalidInputError
    | RequestInProgressError,
    strawberry.union("RetentionRunStartResult"),
]


@strawberry.type
class RetentionMutations:
    """Deeds around retention."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def archive_box_review(
        self, info: Info, input: ArchiveBoxReviewInput
    ) -> ArchiveBoxReviewResult:
        """Put on record that you looked at what is to be deleted."""
        row = await archive.review(info.context.uow, read_id("ArchiveBox", input.id))
        return ArchiveBoxReviewPayload(box=ArchiveBox.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def retention_run_start(
        self, info: Info, input: RetentionRunStartInput
    ) -> RetentionRunStartResult:
        """Delete what is due now, instead of tonight."""
        uow = info.context.uow
        row = await once(info, input, RetentionRuns, lambda: service.ask(uow))
        return RetentionRunStartPayload(run=RetentionRun.of(row))
