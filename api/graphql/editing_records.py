"""Deeds around what is on record."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import read_id
from api.graphql.record_errors import TooLateToObjectError, TrainingBarredError
from api.graphql.records import (
    WRITE,
    DataContract,
    Notice,
    RouteAcceptance,
    TrainingExport,
)
from domain.privacy.recipients import Recipient
from domain.training import service as training
from plugins.graphql_kit import InUnitOfWork, Needs, once
from plugins.register import recipients
from tenants.records import contracts, marketing, notices, routes
from tenants.records.contracts.repository import DataContracts
from tenants.records.marketing import service as marketing_service

ACCOUNT = "account:write"


@strawberry.input
class RouteAcceptInput:
    """A recipient outside the region that may keep data where it does, and why."""

    recipient: str
    reason: str


@strawberry.type
class RouteAcceptPayload:
    """The exception."""

    acceptance: RouteAcceptance


RouteAcceptResult = Annotated[
    RouteAcceptPayload | InvalidInputError, strawberry.union("RouteAcceptResult")
]


@strawberry.input
class RouteWithdrawInput:
    """An exception to take back."""

    id: strawberry.ID


@strawberry.type
class RouteWithdrawPayload:
    """The exception that was taken back."""

    acceptance: RouteAcceptance


RouteWithdrawResult = Annotated[RouteWithdrawPayload, strawberry.union("RouteWithdrawResult")]


@strawberry.input
class DataContractConcludeInput:
    """What both sides agree on."""

    version: str
    controller: str
    processor: str
    scope: str
    objection_days: int = 30
    idempotency_key: str | None = None


@strawberry.type
class DataContractConcludePayload:
    """The contract that holds now."""

    contract: DataContract


DataContractConcludeResult = Annotated[
    DataContractConcludePayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("DataContractConcludeResult"),
]


@strawberry.input
class DataContractEndInput:
    """A contract to end."""

    id: strawberry.ID


@strawberry.type
class DataContractEndPayload:
    """The contract that has ended."""

    contract: DataContract


DataContractEndResult = Annotated[DataContractEndPayload, strawberry.union("DataContractEndResult")]


@strawberry.input
class NoticeObjectInput:
    """A change that the business does not agree to, and why."""

    id: strawberry.ID
    words: str


@strawberry.type
class NoticeObjectPayload:
    """The notice with the objection."""

    notice: Notice


NoticeObjectResult = Annotated[
    NoticeObjectPayload | InvalidInputError | TooLateToObjectError,
    strawberry.union("NoticeObjectResult"),
]


@strawberry.input
class TrainingKeyNameInput:
    """The public half of a key that `age-keygen` made; the secret half stays with the business."""

    key: str


@strawberry.type
class TrainingKeyNamePayload:
    """The key to which files are sealed from now on."""

    fingerprint: str


TrainingKeyNameResult = Annotated[
    TrainingKeyNamePayload | InvalidInputError, strawberry.union("TrainingKeyNameResult")
]


@strawberry.input
class TrainingExportStartInput:
    """The key to seal to, by its fingerprint, so that nobody is surprised by another one."""

    key_fingerprint: str | None = None


@strawberry.type
class TrainingExportStartPayload:
    """The file that is being written."""

    export: TrainingExport


TrainingExportStartResult = Annotated[
    TrainingExportStartPayload | InvalidInputError | TrainingBarredError,
    strawberry.union("TrainingExportStartResult"),
]


@strawberry.input
class MarketingChooseInput:
    """Whether one wants news, and the words that one was shown."""

    wanted: bool
    disclosure: str


@strawberry.type
class MarketingChoosePayload:
    """What was chosen."""

    wanted: bool


MarketingChooseResult = Annotated[
    MarketingChoosePayload | InvalidInputError, strawberry.union("MarketingChooseResult")
]


@strawberry.type
class RecordMutations:
    """Deeds around what is on record."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def route_accept(self, info: Info, input: RouteAcceptInput) -> RouteAcceptResult:
        """Let a recipient keep data outside the region of the business."""
        found = await _told_to(info)
        row = await routes.accept(info.context.uow, found, input.recipient, input.reason)
        return RouteAcceptPayload(acceptance=RouteAcceptance.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def route_withdraw(self, info: Info, input: RouteWithdrawInput) -> RouteWithdrawResult:
        """Take an exception back: nothing goes there any more."""
        row = await routes.withdraw(info.context.uow, read_id("RouteAcceptance", input.id))
        return RouteWithdrawPayload(acceptance=RouteAcceptance.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def data_contract_conclude(
        self, info: Info, input: DataContractConcludeInput
    ) -> DataContractConcludeResult:
        """Put a contract on data on record, with everybody who works for the operator now."""
        uow, found = info.context.uow, await _told_to(info)
        new = contracts.NewContract(
            input.version,
            input.controller,
            input.processor,
            input.scope,
            input.objection_days,
        )
        row = await once(info, input, DataContracts, lambda: contracts.conclude(uow, new, found))
        return DataContractConcludePayload(contract=DataContract.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def data_contract_end(
        self, info: Info, input: DataContractEndInput
    ) -> DataContractEndResult:
        """End a contract on data."""
        row = await contracts.end(info.context.uow, read_id("DataContract", input.id))
        return DataContractEndPayload(contract=DataContract.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def notice_object(self, info: Info, input: NoticeObjectInput) -> NoticeObjectResult:
        """Object to a change that was announced."""
        id = read_id("Notice", input.id)
        row = await notices.object_to(info.context.uow, id, input.words)
        return NoticeObjectPayload(notice=Notice.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def training_key_name(
        self, info: Info, input: TrainingKeyNameInput
    ) -> TrainingKeyNameResult:
        """Seal files to a key that only the business holds."""
        row = await training.name_key(info.context.uow, input.key)
        return TrainingKeyNamePayload(fingerprint=row.fingerprint)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(training.EXPORT)])
    async def training_export_start(
        self, info: Info, input: TrainingExportStartInput
    ) -> TrainingExportStartResult:
        """Write a file of everything that waits and that nothing stands in the way of."""
        row = await training.start(info.context.uow, input.key_fingerprint)
        return TrainingExportStartPayload(export=TrainingExport.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(ACCOUNT)])
    async def marketing_choose(
        self, info: Info, input: MarketingChooseInput
    ) -> MarketingChooseResult:
        """Say whether one wants news, for oneself."""
        uow = info.context.uow
        if input.wanted:
            await marketing.agree(uow, input.disclosure)
        else:
            await marketing_service.stop(uow)
        return MarketingChoosePayload(wanted=input.wanted)


async def _told_to(info: Info) -> list[Recipient]:
    context = info.context
    found = await recipients(context.uow, context.registry, context.vendors)
    return [recipient for recipient, _ in found]
