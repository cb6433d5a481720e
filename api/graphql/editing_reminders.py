"""Changing what people are told of their visits."""

from datetime import time
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import OutreachRoute, ReminderKind
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import maybe_read_id, read_id
from api.graphql.inputs import said
from api.graphql.reminders import ReminderRule
from domain import reminders
from domain.reminders.repository import ReminderRules
from domain.reminders.rules import Quiet, minute_of
from plugins.graphql_kit import InUnitOfWork, Needs, once


@strawberry.input
class ReminderRuleAddInput:
    """What people are to be told, how and when; of every service, if none is named."""

    kind: ReminderKind
    route: OutreachRoute
    minutes_before: int | None = strawberry.field(
        default=None, description="15 minutes to 31 days for a reminder, null for a confirmation."
    )
    service_id: strawberry.ID | None = None
    words: str = ""
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    idempotency_key: str | None = None


@strawberry.type
class ReminderRuleAddPayload:
    """The rule, which counts for visits to come."""

    reminder_rule: ReminderRule


ReminderRuleAddResult = Annotated[
    ReminderRuleAddPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("ReminderRuleAddResult"),
]


@strawberry.input
class ReminderRuleUpdateInput:
    """What to change of a rule; what is left out stays."""

    id: strawberry.ID
    minutes_before: strawberry.Maybe[int]
    words: strawberry.Maybe[str]
    quiet_from: strawberry.Maybe[time]
    quiet_until: strawberry.Maybe[time]
    active: strawberry.Maybe[bool]


@strawberry.type
class ReminderRuleUpdatePayload:
    """The rule as it is now."""

    reminder_rule: ReminderRule


ReminderRuleUpdateResult = Annotated[
    ReminderRuleUpdatePayload | InvalidInputError, strawberry.union("ReminderRuleUpdateResult")
]


@strawberry.input
class ReminderRuleRemoveInput:
    """A rule by which nobody is told any more."""

    id: strawberry.ID


@strawberry.type
class ReminderRuleRemovePayload:
    """The id of what is no longer there."""

    id: strawberry.ID


ReminderRuleRemoveResult = Annotated[
    ReminderRuleRemovePayload, strawberry.union("ReminderRuleRemoveResult")
]


@strawberry.type
class ReminderMutations:
    """Deeds around confirmations and reminders."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def reminder_rule_add(
        self, info: Info, input: ReminderRuleAddInput
    ) -> ReminderRuleAddResult:
        """Let people be told of their visits."""
        uow = info.context.uow
        new = reminders.NewRule(
            input.kind,
            input.route,
            input.minutes_before,
            maybe_read_id("Service", input.service_id),
            input.words,
            Quiet(minute_of(input.quiet_from), minute_of(input.quiet_until)),
        )
        row = await once(info, input, ReminderRules, lambda: reminders.add_rule(uow, new))
        return ReminderRuleAddPayload(reminder_rule=ReminderRule.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def reminder_rule_update(
        self, info: Info, input: ReminderRuleUpdateInput
    ) -> ReminderRuleUpdateResult:
        """Tell them something else, or at another time, or nothing for now."""
        uow, id = info.context.uow, read_id("ReminderRule", input.id)
        changes = said(minutes_before=input.minutes_before, words=input.words, active=input.active)
        hours = said(quiet_from=input.quiet_from, quiet_until=input.quiet_until)
        changes |= {name: minute_of(at) for name, at in hours.items()}
        row = await reminders.change_rule(uow, id, **changes)
        return ReminderRuleUpdatePayload(reminder_rule=ReminderRule.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def reminder_rule_remove(
        self, info: Info, input: ReminderRuleRemoveInput
    ) -> ReminderRuleRemoveResult:
        """Tell nobody any more by a rule; what was planned by it is dropped."""
        await reminders.remove_rule(info.context.uow, read_id("ReminderRule", input.id))
        return ReminderRuleRemovePayload(id=input.id)
