"""Agreements about health data, and what was decided about it."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from api.graphql.closing_errors import AgreementNeededError
from api.graphql.context import Info
from api.graphql.enums import HealthDataDisposal, Purpose
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from plugins.graphql_kit import InUnitOfWork, Needs, once
from tenants.agreements import models, service
from tenants.agreements.repository import Agreements, Dispositions

READ, WRITE = service.READ, service.WRITE
WHERE = "`platform`, `mail`, `webhook:ID`, `app:ID`, `tool:ID` or `plugin:NAME`."


@strawberry.type
class Agreement(Node):
    """A business associate agreement: with whom, for what, and where health data may go by it."""

    party: str
    destination: str = strawberry.field(description=WHERE)
    purpose: Purpose | None
    scope: str
    version: str
    signed_on: date
    recorded_by: str
    recorded_at: datetime
    ended_at: datetime | None
    ended_because: str

    @classmethod
    def of(cls, row: models.Agreement) -> "Agreement":
        """The agreement of a row."""
        same = ("party", "destination", "purpose", "scope", "version", "signed_on")
        told = ("recorded_by", "recorded_at", "ended_at", "ended_because")
        values = {name: getattr(row, name) for name in (*same, *told)}
        return cls(id=write_id("Agreement", row.id), **values)


@strawberry.type
class HealthDataDisposition:
    """What was decided about health data when its protection, or the account, was to end."""

    how: HealthDataDisposal
    reason: str
    rows: int = strawberry.field(description="How many rows of it there were.")
    decided_by: str
    decided_at: datetime

    @classmethod
    def of(cls, row: models.Disposition) -> "HealthDataDisposition":
        """The decision of a row."""
        names = ("how", "reason", "rows", "decided_by", "decided_at")
        return cls(**{name: getattr(row, name) for name in names})


@strawberry.type
class AgreementFields:
    """Under which agreements health data is kept, and may leave."""

    @strawberry.field(graphql_type=Connection[Agreement], extensions=[Paged(), Needs(READ)])
    async def agreements(self, info: Info) -> Listing:
        """Every business associate agreement, the newest in front."""
        uow = await info.context.read(READ)
        uow.require(READ)
        repository = Agreements(uow)
        return Listing(repository, repository.all(), Order("recorded_at"), Agreement.of)


@strawberry.input
class AgreementRecordInput:
    """An agreement that was signed; what leaves needs a purpose, the platform itself has none."""

    party: str
    scope: str
    version: str
    signed_on: date
    destination: str = models.PLATFORM
    purpose: Purpose | None = None
    idempotency_key: str | None = None


@strawberry.type
class AgreementRecordPayload:
    """The agreement on record."""

    agreement: Agreement


AgreementRecordResult = Annotated[
    AgreementRecordPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("AgreementRecordResult"),
]


@strawberry.input
class AgreementEndInput:
    """An agreement that is over, and why."""

    id: strawberry.ID
    reason: str


@strawberry.type
class AgreementEndPayload:
    """The agreement, ended."""

    agreement: Agreement


AgreementEndResult = Annotated[
    AgreementEndPayload | InvalidInputError | AgreementNeededError,
    strawberry.union("AgreementEndResult"),
]


@strawberry.input
class HealthDataDisposeInput:
    """What becomes of the health data that is here, and why."""

    how: HealthDataDisposal
    reason: str
    idempotency_key: str | None = None


@strawberry.type
class HealthDataDisposePayload:
    """The decision on record."""

    disposition: HealthDataDisposition


HealthDataDisposeResult = Annotated[
    HealthDataDisposePayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("HealthDataDisposeResult"),
]


@strawberry.type
class AgreementMutations:
    """Deeds around health data."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def agreement_record(
        self, info: Info, input: AgreementRecordInput
    ) -> AgreementRecordResult:
        """Put a signed business associate agreement on record."""
        uow = info.context.uow
        new = service.NewAgreement(
            input.party,
            input.scope,
            input.version,
            input.signed_on,
            input.destination,
            input.purpose,
        )
        row = await once(info, input, Agreements, lambda: service.record(uow, new))
        return AgreementRecordPayload(agreement=Agreement.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def agreement_end(self, info: Info, input: AgreementEndInput) -> AgreementEndResult:
        """Say that an agreement is over: nothing goes to its party any more."""
        id = read_id("Agreement", input.id)
        row = await service.end(info.context.uow, id, input.reason)
        return AgreementEndPayload(agreement=Agreement.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def health_data_dispose(
        self, info: Info, input: HealthDataDisposeInput
    ) -> HealthDataDisposeResult:
        """Put on record what becomes of health data, before its protection ends."""
        uow = info.context.uow
        row = await once(
            info, input, Dispositions, lambda: service.dispose(uow, input.how, input.reason)
        )
        return HealthDataDisposePayload(disposition=HealthDataDisposition.of(row))
