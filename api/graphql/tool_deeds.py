"""Making tools, changing them, trying them out and taking them away."""

from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from api.graphql.context import Info
from api.graphql.editing_rules import ConditionInput
from api.graphql.enums import (
    DataClass,
    ToolAnswerKind,
    ToolCondition,
    ToolInputSource,
    ToolOutcome,
    TransferBasis,
)
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    PluginNotEnabledError,
    RequestInProgressError,
)
from api.graphql.ids import read_id, write_id
from api.graphql.inputs import plain
from api.graphql.record_errors import RouteOutsideError
from api.graphql.scalars import Url
from api.graphql.tool_errors import ToolNameTakenError, ToolShutError, TooManyToolsError
from api.graphql.tools import Tool
from domain.errors import InvalidInput
from integrations.http_out import Outbound
from plugins.custom_tools import running, service
from plugins.custom_tools.definition import Definition
from plugins.custom_tools.repository import CustomTools
from plugins.custom_tools.rules import USUAL_BUDGET
from plugins.custom_tools.service import Secret
from plugins.graphql_kit import InUnitOfWork, Needs, once

KIND = "Tool"


@strawberry.input
class ToolInputInput:
    """One property of the schema: where it comes from, and what kind of data it is."""

    key: str
    source: ToolInputSource = ToolInputSource.ASKED
    ask: str = strawberry.field(default="", description="The question, where callers are asked.")
    data: DataClass = DataClass.NONE
    only_if: list[ConditionInput] = strawberry.field(default_factory=list)


@strawberry.input
class ToolAnswerInput:
    """One field of the answer that may be said."""

    name: str
    at: str = strawberry.field(description="Where it stands: a JSON Pointer (RFC 6901).")
    kind: ToolAnswerKind = ToolAnswerKind.TEXT


@strawberry.input
class ToolSecretInput:
    """The header that opens the address; its value is never shown again."""

    header: str
    value: str


@strawberry.input
class ToolCreateInput:
    """An address of yours, when it is asked, and what is said of its answer."""

    name: str = strawberry.field(description="Such as `parcel_status`.")
    purpose: str
    url: Url
    phrases: list[str] = strawberry.field(description="What callers say who want it.")
    input_schema: JSON
    inputs: list[ToolInputInput] = strawberry.field(default_factory=list)
    answers: list[ToolAnswerInput] = strawberry.field(default_factory=list)
    says: str
    says_nothing_found: str = ""
    says_failing: str = ""
    says_holding: str = ""
    says_otherwise: str = ""
    conditions: list[ToolCondition] = strawberry.field(default_factory=list)
    budget_ms: int = USUAL_BUDGET
    repeatable: bool = False
    party: str = strawberry.field(description="Who keeps the address.")
    country: str = ""
    transfer: TransferBasis = TransferBasis.UNKNOWN
    secret: ToolSecretInput | None = None
    enabled: bool = True
    idempotency_key: str | None = None


@strawberry.type
class ToolCreatePayload:
    """The tool that was made."""

    tool: Tool


ToolCreateResult = Annotated[
    ToolCreatePayload
    | InvalidInputError
    | PluginNotEnabledError
    | TooManyToolsError
    | ToolNameTakenError
    | RouteOutsideError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("ToolCreateResult"),
]


@strawberry.input
class ToolUpdateInput:
    """What to change; what is left out stays. Another address needs its secret anew."""

    id: strawberry.ID
    name: strawberry.Maybe[str]
    purpose: strawberry.Maybe[str]
    url: strawberry.Maybe[Url]
    phrases: strawberry.Maybe[list[str]]
    input_schema: strawberry.Maybe[JSON]
    inputs: strawberry.Maybe[list[ToolInputInput]]
    answers: strawberry.Maybe[list[ToolAnswerInput]]
    says: strawberry.Maybe[str]
    says_nothing_found: strawberry.Maybe[str]
    says_failing: strawberry.Maybe[str]
    says_holding: strawberry.Maybe[str]
    says_otherwise: strawberry.Maybe[str]
    conditions: strawberry.Maybe[list[ToolCondition]]
    budget_ms: strawberry.Maybe[int]
    repeatable: strawberry.Maybe[bool]
    party: strawberry.Maybe[str]
    country: strawberry.Maybe[str]
    transfer: strawberry.Maybe[TransferBasis]
    secret: strawberry.Maybe[ToolSecretInput | None]
    enabled: strawberry.Maybe[bool]


@strawberry.type
class ToolUpdatePayload:
    """The tool as it is now."""

    tool: Tool


ToolUpdateResult = Annotated[
    ToolUpdatePayload | InvalidInputError | ToolNameTakenError | RouteOutsideError,
    strawberry.union("ToolUpdateResult"),
]


@strawberry.input
class ToolDeleteInput:
    """A tool to take away, with its secret and its history."""

    id: strawberry.ID


@strawberry.type
class ToolDeletePayload:
    """The id that was the tool's."""

    deleted_id: strawberry.ID


ToolDeleteResult = Annotated[ToolDeletePayload, strawberry.union("ToolDeleteResult")]


@strawberry.input
class ToolTestInput:
    """A tool, and what to send it, as its schema wants it."""

    id: strawberry.ID
    inputs: JSON | None = None


@strawberry.type
class ToolTestPayload:
    """What came of it, and what a caller would have heard."""

    outcome: ToolOutcome
    said: str | None
    status: int | None
    error: str
    attempts: int
    milliseconds: int
    run_id: strawberry.ID


ToolTestResult = Annotated[
    ToolTestPayload | InvalidInputError | PluginNotEnabledError | ToolShutError,
    strawberry.union("ToolTestResult"),
]


@strawberry.type
class ToolMutations:
    """Deeds around a business's own tools."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("tools:write")])
    async def tool_create(self, info: Info, input: ToolCreateInput) -> ToolCreateResult:
        """Make a tool."""
        values = _values(input)
        values.pop("idempotency_key", None)
        secret = values.pop("secret", None)
        made = Definition.parsed(values)
        given = Secret(**secret) if secret else None
        uow, reach = info.context.uow, info.context.reach
        row = await once(info, input, CustomTools, lambda: service.create(uow, made, reach, given))
        return ToolCreatePayload(tool=Tool.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("tools:write")])
    async def tool_update(self, info: Info, input: ToolUpdateInput) -> ToolUpdateResult:
        """Change a tool; conversations that go on use it as it is from now on."""
        changes = _values(input)
        id = read_id(KIND, changes.pop("id"))
        if changes.get("secret"):
            changes["secret"] = Secret(**changes["secret"])
        row = await service.update(info.context.uow, id, info.context.reach, changes)
        return ToolUpdatePayload(tool=Tool.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("tools:write")])
    async def tool_delete(self, info: Info, input: ToolDeleteInput) -> ToolDeleteResult:
        """Take a tool away; whoever is being helped with it is offered to leave a message."""
        id = await service.delete(info.context.uow, read_id(KIND, input.id))
        return ToolDeletePayload(deleted_id=write_id(KIND, id))

    @strawberry.mutation(extensions=[Needs("tools:write")])
    async def tool_test(self, info: Info, input: ToolTestInput) -> ToolTestResult:
        """Ask the address now, with these inputs, and see what a caller would hear."""
        context, id = info.context, read_id(KIND, input.id)
        inputs: Any = input.inputs or {}
        if not isinstance(inputs, dict):
            raise InvalidInput.at("inputs", "Inputs are an object")
        errand = await context.write(lambda: service.begin_trial(context.uow, id, inputs))
        clock = context.unit_of_work.clock
        result = await running.ask(errand, Outbound(context.reach), clock)
        await context.write(lambda: service.end_trial(context.uow, errand, result))
        shown = {**vars(result), "said": result.said or None}
        return ToolTestPayload(run_id=write_id("ToolRun", errand.run_id), **shown)


def _values(given: Any) -> dict[str, Any]:
    """What was given, as a definition wants it."""
    values: dict[str, Any] = plain(given)
    for each in values.get("inputs", ()):
        each["only_if"] = {one["question"]: one["answer"] for one in each["only_if"]}
    return values
