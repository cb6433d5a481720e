"""Trying things out: a sandbox, keys for it, its time, calls of words, and letters that stay."""

from datetime import datetime, timedelta
from typing import Annotated, Any

import strawberry

from api import simulation
from api.graphql.calls import Call
from api.graphql.context import Info
from api.graphql.enums import Permission
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
    ShownOnceError,
)
from api.graphql.ids import write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.people_errors import BeyondOwnRightsError
from api.graphql.sandbox_errors import NoSandboxError, OnlyInSandboxError, SandboxExistsError
from api.graphql.scalars import EmailAddress, PhoneNumber
from domain.calls.repository import Calls
from plugins.graphql_kit import InUnitOfWork, Needs, shown_once
from tenants.api_keys import service as api_keys
from tenants.sandbox import models, service
from tenants.sandbox.repository import CapturedLetters
from tenants.sandbox.service import READ, WRITE


@strawberry.type
class CapturedLetter:
    """A letter out of a sandbox: kept here, and carried nowhere."""

    to: list[EmailAddress]
    subject: str
    text: str
    at: datetime

    @classmethod
    def of(cls, row: models.CapturedLetter) -> "CapturedLetter":
        """The letter of a row."""
        letter: Any = row.letter.load()
        to = [EmailAddress(each) for each in letter["to"]]
        return cls(to=to, subject=letter["subject"], text=letter["text"], at=row.at)


@strawberry.type
class SandboxFields:
    """What a sandbox knows of itself."""

    @strawberry.field(graphql_type=Connection[CapturedLetter], extensions=[Paged(), Needs(READ)])
    async def captured_letters(self, info: Info) -> Listing:
        """Letters that would have been sent, the newest in front; none outside a sandbox."""
        repository = CapturedLetters(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("at"), CapturedLetter.of)


@strawberry.type
class Sandbox:
    """A tenant of one's own to try things out in."""

    id: strawberry.ID
    name: str
    slug: str = strawberry.field(description="What `/auth/switch` takes.")
    now: datetime = strawberry.field(description="What time it is in it.")


@strawberry.input
class SandboxCreateInput:
    """That a sandbox is to be made, with a copy of the business profile."""

    confirm: bool


@strawberry.type
class SandboxCreatePayload:
    """The sandbox."""

    sandbox: Sandbox


SandboxCreateResult = Annotated[
    SandboxCreatePayload | SandboxExistsError | NoSandboxError,
    strawberry.union("SandboxCreateResult"),
]


@strawberry.input
class SandboxResetInput:
    """That everything in the sandbox is to be forgotten."""

    confirm: bool


@strawberry.type
class SandboxResetPayload:
    """The sandbox, as it was when it was made."""

    sandbox: Sandbox


SandboxResetResult = Annotated[
    SandboxResetPayload | NoSandboxError, strawberry.union("SandboxResetResult")
]


@strawberry.input
class SandboxDeleteInput:
    """That the sandbox is to go."""

    confirm: bool


@strawberry.type
class SandboxDeletePayload:
    """The id that was the sandbox's."""

    deleted_id: strawberry.ID


SandboxDeleteResult = Annotated[
    SandboxDeletePayload | NoSandboxError, strawberry.union("SandboxDeleteResult")
]


@strawberry.input
class SandboxKeyCreateInput:
    """A key that is good in the sandbox, and nowhere else."""

    name: str
    permissions: list[Permission]
    idempotency_key: str | None = None


@strawberry.type
class SandboxKeyCreatePayload:
    """The key's id in the sandbox, and its token, which is shown here and never again."""

    id: strawberry.ID
    token: str


SandboxKeyCreateResult = Annotated[
    SandboxKeyCreatePayload
    | InvalidInputError
    | BeyondOwnRightsError
    | NoSandboxError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | ShownOnceError,
    strawberry.union("SandboxKeyCreateResult"),
]


@strawberry.input
class SandboxClockAdvanceInput:
    """How much time is to pass in the sandbox."""

    by: timedelta


@strawberry.type
class SandboxClockAdvancePayload:
    """What time it is in the sandbox now; what is due by then is on its way."""

    now: datetime


SandboxClockAdvanceResult = Annotated[
    SandboxClockAdvancePayload | InvalidInputError | OnlyInSandboxError,
    strawberry.union("SandboxClockAdvanceResult"),
]


@strawberry.input
class SimulatedCallPlaceInput:
    """What a caller says, one line after the other, and the number that they call from."""

    lines: list[str]
    phone: PhoneNumber | None = None


@strawberry.type
class SimulatedCallPlacePayload:
    """The call, which has ended; workers settle what it came to."""

    call: Call


SimulatedCallPlaceResult = Annotated[
    SimulatedCallPlacePayload | InvalidInputError | OnlyInSandboxError,
    strawberry.union("SimulatedCallPlaceResult"),
]


@strawberry.type
class SandboxMutations:
    """Deeds around sandboxes, and in them."""

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def sandbox_create(self, info: Info, input: SandboxCreateInput) -> SandboxCreateResult:
        """Make a place to try things out: there is one at most."""
        context = info.context
        await context.close()
        within = await service.create(context.unit_of_work, context.scope)
        return SandboxCreatePayload(sandbox=_sandbox(info, within))

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def sandbox_reset(self, info: Info, input: SandboxResetInput) -> SandboxResetResult:
        """Forget all that was tried out, and copy the profile anew; keys and webhooks stay."""
        context = info.context
        await context.close()
        within = await service.reset(context.unit_of_work, context.scope)
        return SandboxResetPayload(sandbox=_sandbox(info, within))

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def sandbox_delete(self, info: Info, input: SandboxDeleteInput) -> SandboxDeleteResult:
        """Delete the sandbox with everything in it and its keys."""
        context = info.context
        await context.close()
        id = await service.delete(context.unit_of_work, context.scope)
        return SandboxDeletePayload(deleted_id=write_id("Tenant", id))

    @strawberry.mutation(extensions=[Needs("keys:write")])
    async def sandbox_key_create(
        self, info: Info, input: SandboxKeyCreateInput
    ) -> SandboxKeyCreateResult:
        """Make a key for the sandbox that may do no more than oneself."""
        context = info.context
        context.scope.require("keys:write")
        within = await service.enter(context.scope)
        new = api_keys.NewKey(input.name, tuple(input.permissions))

        async def make() -> api_keys.Issued:
            uow = context.uow
            return await shown_once(info, input, lambda: api_keys.create(uow, new), _id_of)

        issued = await context.write(make, within)
        return SandboxKeyCreatePayload(id=strawberry.ID(_id_of(issued)), token=issued.token)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def sandbox_clock_advance(
        self, info: Info, input: SandboxClockAdvanceInput
    ) -> SandboxClockAdvanceResult:
        """Let time pass in the sandbox that one asks in."""
        await service.advance(info.context.uow, input.by)
        return SandboxClockAdvancePayload(now=info.context.uow.now + input.by)

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def simulated_call_place(
        self, info: Info, input: SimulatedCallPlaceInput
    ) -> SimulatedCallPlaceResult:
        """Let somebody made of words call the real receptionist, in a sandbox."""
        context = info.context
        await context.close()
        script = simulation.Script(input.lines, input.phone)
        id = await simulation.place(context.unit_of_work, context.scope, script)
        uow = await context.read("calls:read")
        return SimulatedCallPlacePayload(call=Call.of(await Calls(uow).get(id)))


def _sandbox(info: Info, within: Any) -> Sandbox:
    now = info.context.unit_of_work.clock.now() + within.tenant.clock_ahead
    id, facts = write_id("Tenant", within.tenant_id), within.tenant
    return Sandbox(id=id, name=facts.name, slug=facts.slug, now=now)


def _id_of(issued: api_keys.Issued) -> str:
    return write_id("ApiKey", issued.key.id)
