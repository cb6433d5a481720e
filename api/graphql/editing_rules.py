"""Changing how the receptionist answers: rules, intakes, and whom it puts callers through to."""

from typing import Annotated, Any

import strawberry

from api.graphql.business import Intake, Rules, TransferTarget
from api.graphql.context import Info
from api.graphql.editing_places import HoursInput, hours_from, hours_said
from api.graphql.enums import HandlingMode, QuestionKind
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import maybe_read_id, read_id
from api.graphql.inputs import checked, said
from api.graphql.scalars import PhoneNumber
from domain import business, transfers
from domain.business.profile import Question as QuestionInfo
from domain.business.profile import Rules as RulesInfo
from domain.business.repository import Intakes
from domain.transfers.repository import TransferTargets
from plugins.graphql_kit import InUnitOfWork, Needs, once


@strawberry.input
class TravelRulesInput:
    """How long the way from one visit to the next takes; what is left out stays, or is usual."""

    speed_kmh: strawberry.Maybe[int]
    detour_percent: strawberry.Maybe[int]
    fixed_minutes: strawberry.Maybe[int]
    unknown_minutes: strawberry.Maybe[int]


@strawberry.input
class BookingRulesInput:
    """What to change of the booking rules; what is left out stays."""

    instant: strawberry.Maybe[bool]
    minimum_notice_minutes: strawberry.Maybe[int]
    horizon_days: strawberry.Maybe[int]
    daily_limit: strawberry.Maybe[int | None]
    cancellation_window_minutes: strawberry.Maybe[int]
    offer_minutes: strawberry.Maybe[int]
    slot_minutes: strawberry.Maybe[int]
    travel: strawberry.Maybe[TravelRulesInput | None]
    waitlist: strawberry.Maybe[bool]


@strawberry.input
class RulesUpdateInput:
    """What to change of the rules; what is left out stays."""

    greeting: strawberry.Maybe[str]
    receptionist_name: strawberry.Maybe[str]
    mode: strawberry.Maybe[HandlingMode]
    booking: strawberry.Maybe[BookingRulesInput]
    emergency_number: strawberry.Maybe[str]
    voice: strawberry.Maybe[str]
    max_call_minutes: strawberry.Maybe[int]
    ring_staff_seconds: strawberry.Maybe[int]


@strawberry.type
class RulesUpdatePayload:
    """The rules that apply from the next call on."""

    rules: Rules


RulesUpdateResult = Annotated[
    RulesUpdatePayload | InvalidInputError, strawberry.union("RulesUpdateResult")
]


@strawberry.input
class ConditionInput:
    """That an earlier question was answered in a certain way."""

    question: str
    answer: str


@strawberry.input
class QuestionInput:
    """One question of an intake."""

    key: str
    ask: str
    kind: QuestionKind = QuestionKind.TEXT
    choices: list[str] = strawberry.field(default_factory=list)
    required: bool = True
    only_if: list[ConditionInput] = strawberry.field(default_factory=list)


@strawberry.input
class IntakeAddInput:
    """Questions to ask."""

    name: str
    questions: list[QuestionInput]
    idempotency_key: str | None = None


@strawberry.type
class IntakeAddPayload:
    """The intake that was added."""

    intake: Intake


IntakeAddResult = Annotated[
    IntakeAddPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("IntakeAddResult"),
]


@strawberry.input
class IntakeUpdateInput:
    """What to change of an intake; what is left out stays."""

    id: strawberry.ID
    name: strawberry.Maybe[str]
    questions: strawberry.Maybe[list[QuestionInput]]
    active: strawberry.Maybe[bool]


@strawberry.type
class IntakeUpdatePayload:
    """The intake as it is now."""

    intake: Intake


IntakeUpdateResult = Annotated[
    IntakeUpdatePayload | InvalidInputError, strawberry.union("IntakeUpdateResult")
]


@strawberry.input
class TransferTargetAddInput:
    """Somebody to put callers through to; without a location, everybody's callers.

    Without hours they may be rung at any time.
    """

    label: str
    number: PhoneNumber
    aliases: list[str] = strawberry.field(default_factory=list)
    location_id: strawberry.ID | None = None
    hours: list[HoursInput] | None = None
    idempotency_key: str | None = None


@strawberry.type
class TransferTargetAddPayload:
    """The target, last in order."""

    transfer_target: TransferTarget


TransferTargetAddResult = Annotated[
    TransferTargetAddPayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("TransferTargetAddResult"),
]


@strawberry.input
class TransferTargetUpdateInput:
    """What to change of a target; what is left out stays, null hours mean at any time."""

    id: strawberry.ID
    label: strawberry.Maybe[str]
    number: strawberry.Maybe[PhoneNumber]
    aliases: strawberry.Maybe[list[str]]
    location_id: strawberry.Maybe[strawberry.ID | None]
    hours: strawberry.Maybe[list[HoursInput] | None]


@strawberry.type
class TransferTargetUpdatePayload:
    """The target as it is now."""

    transfer_target: TransferTarget


TransferTargetUpdateResult = Annotated[
    TransferTargetUpdatePayload | InvalidInputError,
    strawberry.union("TransferTargetUpdateResult"),
]


@strawberry.input
class TransferTargetOrderInput:
    """Who is tried first: every target, once."""

    ids: list[strawberry.ID]


@strawberry.type
class TransferTargetOrderPayload:
    """The targets in their new order."""

    transfer_targets: list[TransferTarget]


TransferTargetOrderResult = Annotated[
    TransferTargetOrderPayload | InvalidInputError, strawberry.union("TransferTargetOrderResult")
]


@strawberry.input
class TransferTargetRemoveInput:
    """A target to put nobody through to again."""

    id: strawberry.ID


@strawberry.type
class TransferTargetRemovePayload:
    """The id of what is no longer there."""

    id: strawberry.ID


TransferTargetRemoveResult = Annotated[
    TransferTargetRemovePayload, strawberry.union("TransferTargetRemoveResult")
]


@strawberry.type
class RuleMutations:
    """Deeds around rules, intakes and transfer targets."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def rules_update(self, info: Info, input: RulesUpdateInput) -> RulesUpdateResult:
        """Let other rules apply from the next call on."""
        uow = info.context.uow
        before = (await business.current_rules(uow)).model_dump()
        rules = checked(RulesInfo, before | _rules_said(input, before["booking"]))
        return RulesUpdatePayload(rules=Rules.of(await business.set_rules(uow, rules)))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def intake_add(self, info: Info, input: IntakeAddInput) -> IntakeAddResult:
        """Ask callers these questions."""
        uow, questions = info.context.uow, _questions(input.questions)
        row = await once(
            info, input, Intakes, lambda: business.add_intake(uow, input.name, questions)
        )
        return IntakeAddPayload(intake=Intake.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def intake_update(self, info: Info, input: IntakeUpdateInput) -> IntakeUpdateResult:
        """Ask something else, or nothing for now."""
        values = said(name=input.name, active=input.active)
        if input.questions is not None:
            values["questions"] = _questions(input.questions.value)
        row = await business.change_intake(info.context.uow, read_id("Intake", input.id), **values)
        return IntakeUpdatePayload(intake=Intake.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def transfer_target_add(
        self, info: Info, input: TransferTargetAddInput
    ) -> TransferTargetAddResult:
        """Name somebody to put callers through to."""
        uow, location_id = info.context.uow, maybe_read_id("Location", input.location_id)
        hours = None if input.hours is None else hours_from(input.hours)
        row = await once(
            info,
            input,
            TransferTargets,
            lambda: transfers.add_target(
                uow,
                input.label,
                input.number,
                aliases=input.aliases,
                location_id=location_id,
                hours=hours,
            ),
        )
        return TransferTargetAddPayload(transfer_target=TransferTarget.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def transfer_target_update(
        self, info: Info, input: TransferTargetUpdateInput
    ) -> TransferTargetUpdateResult:
        """Say something else of a target."""
        values = said(
            label=input.label,
            number=input.number,
            aliases=input.aliases,
            hours=hours_said(input.hours),
        )
        if input.location_id is not None:
            values["location_id"] = maybe_read_id("Location", input.location_id.value)
        id = read_id("TransferTarget", input.id)
        row = await transfers.change_target(info.context.uow, id, **values)
        return TransferTargetUpdatePayload(transfer_target=TransferTarget.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def transfer_target_order(
        self, info: Info, input: TransferTargetOrderInput
    ) -> TransferTargetOrderResult:
        """Say who is tried first."""
        ids = [read_id("TransferTarget", one) for one in input.ids]
        rows = await transfers.order_targets(info.context.uow, ids)
        return TransferTargetOrderPayload(transfer_targets=[TransferTarget.of(row) for row in rows])

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def transfer_target_remove(
        self, info: Info, input: TransferTargetRemoveInput
    ) -> TransferTargetRemoveResult:
        """Put nobody through to them again."""
        await transfers.remove_target(info.context.uow, read_id("TransferTarget", input.id))
        return TransferTargetRemovePayload(id=input.id)


def _rules_said(input: RulesUpdateInput, booking: dict[str, Any]) -> dict[str, Any]:
    changes = said(
        greeting=input.greeting,
        receptionist_name=input.receptionist_name,
        mode=input.mode,
        emergency_number=input.emergency_number,
        voice=input.voice,
        max_call_minutes=input.max_call_minutes,
        ring_staff_seconds=input.ring_staff_seconds,
    )
    if input.booking is not None:
        values = said(**vars(input.booking.value))
        if travel := values.get("travel"):
            values["travel"] = (booking["travel"] or {}) | said(**vars(travel))
        changes["booking"] = booking | values
    return changes


def _questions(given: list[QuestionInput]) -> list[QuestionInfo]:
    return [
        QuestionInfo(
            key=one.key,
            ask=one.ask,
            kind=one.kind,
            choices=tuple(one.choices),
            required=one.required,
            only_if={condition.question: condition.answer for condition in one.only_if},
        )
        for one in given
    ]
