"""Demands of authorities, handled by the operator's people from their own house."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from api.graphql.context import Context, Info
from api.graphql.enums import DataClass, DemandBasis
from api.graphql.errors import IdempotencyKeyReusedError, InvalidInputError, RequestInProgressError
from api.graphql.ids import read_id
from api.graphql.record_errors import SecondPersonNeededError, WrongDemandStageError
from api.graphql.records import LegalProcess
from api.graphql.scalars import write_instant
from plugins.graphql_kit import Needs, once
from tenants.operators.demands import WRITE, DemandDesk
from tenants.records import legal
from tenants.records.legal.repository import LegalProcesses


@strawberry.input
class LegalProcessReceiveInput:
    """What an authority demands of a tenant, and by what right.

    It is bound to people, by their numbers or e-mail addresses, to days and to kinds of data.
    """

    tenant: str
    basis: DemandBasis
    authority: str
    reference: str
    people: list[str]
    data_kinds: list[DataClass]
    since: datetime = strawberry.field(name="from")
    until: datetime = strawberry.field(name="to", description="Not included itself.")
    secret_until: datetime | None = strawberry.field(
        default=None, description="If the law forbids to tell the tenant before."
    )
    idempotency_key: str | None = None


@strawberry.type
class LegalProcessReceivePayload:
    """The demand, on which somebody else has to decide."""

    legal_process: LegalProcess


LegalProcessReceiveResult = Annotated[
    LegalProcessReceivePayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("LegalProcessReceiveResult"),
]


@strawberry.input
class LegalProcessApproveInput:
    """A demand that will be answered, and why it has to be."""

    tenant: str
    id: strawberry.ID
    decision: str


@strawberry.type
class LegalProcessApprovePayload:
    """The demand; its owners are told, or will be when the secret ends."""

    legal_process: LegalProcess


LegalProcessApproveResult = Annotated[
    LegalProcessApprovePayload
    | InvalidInputError
    | SecondPersonNeededError
    | WrongDemandStageError,
    strawberry.union("LegalProcessApproveResult"),
]


@strawberry.input
class LegalProcessRefuseInput:
    """A demand that will not be answered, and why not."""

    tenant: str
    id: strawberry.ID
    decision: str


@strawberry.type
class LegalProcessRefusePayload:
    """The demand; its owners are told, or will be when the secret ends."""

    legal_process: LegalProcess


LegalProcessRefuseResult = Annotated[
    LegalProcessRefusePayload | InvalidInputError | SecondPersonNeededError | WrongDemandStageError,
    strawberry.union("LegalProcessRefuseResult"),
]


@strawberry.input
class LegalProcessAnswerInput:
    """A demand that was approved."""

    tenant: str
    id: strawberry.ID


@strawberry.type
class LegalProcessAnswerPayload:
    """The demand, and what is within its scope, to be handed out."""

    legal_process: LegalProcess
    conversations: list[JSON]


LegalProcessAnswerResult = Annotated[
    LegalProcessAnswerPayload | WrongDemandStageError,
    strawberry.union("LegalProcessAnswerResult"),
]


@strawberry.type
class DemandMutations:
    """Deeds around demands of authorities."""

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def legal_process_receive(
        self, info: Info, input: LegalProcessReceiveInput
    ) -> LegalProcessReceiveResult:
        """Put a demand on record. Nothing leaves before somebody else has approved it."""
        context, desk = await _desk(info, input.tenant)
        at = await desk.scope()

        async def received() -> Any:
            people = await legal.named(context.uow, input.people)
            return await legal.receive(context.uow, _demand(input, people))

        row = await context.write(lambda: once(info, input, LegalProcesses, received), at)
        await desk.note(at, row.id, "received")
        return LegalProcessReceivePayload(legal_process=LegalProcess.of(row))

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def legal_process_approve(
        self, info: Info, input: LegalProcessApproveInput
    ) -> LegalProcessApproveResult:
        """Agree to answer a demand that a colleague took in."""
        _, desk = await _desk(info, input.tenant)
        row = await desk.approve(read_id("LegalProcess", input.id), input.decision)
        return LegalProcessApprovePayload(legal_process=LegalProcess.of(row))

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def legal_process_refuse(
        self, info: Info, input: LegalProcessRefuseInput
    ) -> LegalProcessRefuseResult:
        """Do not answer a demand that a colleague took in."""
        _, desk = await _desk(info, input.tenant)
        row = await desk.refuse(read_id("LegalProcess", input.id), input.decision)
        return LegalProcessRefusePayload(legal_process=LegalProcess.of(row))

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def legal_process_answer(
        self, info: Info, input: LegalProcessAnswerInput
    ) -> LegalProcessAnswerResult:
        """Take out what a demand covers; each time is in the account of disclosures."""
        _, desk = await _desk(info, input.tenant)
        row, told = await desk.answer(read_id("LegalProcess", input.id))
        handed = [JSON(_written(each)) for each in told]
        return LegalProcessAnswerPayload(legal_process=LegalProcess.of(row), conversations=handed)


async def _desk(info: Info, tenant: str) -> tuple[Context, DemandDesk]:
    """The desk for one tenant, with no transaction open: what follows opens several."""
    context = info.context
    await context.close()
    return context, DemandDesk(context.unit_of_work, context.scope, tenant)


def _demand(input: LegalProcessReceiveInput, people: tuple[Any, ...]) -> legal.Demand:
    return legal.Demand(
        input.basis,
        input.authority,
        input.reference,
        people,
        frozenset(input.data_kinds),
        input.since,
        input.until,
        input.secret_until,
    )


def _written(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is handed out as JSON has it."""
    return {
        name: write_instant(value) if isinstance(value, datetime) else value
        for name, value in told.items()
    }
