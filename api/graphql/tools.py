"""Tools that a business has made for its receptionist, and what came of each use."""

from datetime import datetime
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from api.graphql.business import Condition
from api.graphql.context import Info
from api.graphql.enums import (
    DataClass,
    PluginHealth,
    ToolAnswerKind,
    ToolCondition,
    ToolInputSource,
    ToolOutcome,
    TransferBasis,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import Url
from domain.sealed import Sealed
from plugins.custom_tools import definition, models, service
from plugins.custom_tools.repository import CustomToolRuns, CustomTools, CustomToolSecrets
from plugins.graphql_kit import Needs

READ = "tools:read"
SAID = "transcripts:read"


@strawberry.type
class ToolInput:
    """One property of the schema: where it comes from, and what kind of data it is."""

    key: str
    source: ToolInputSource
    ask: str = strawberry.field(description="The question, where the caller is asked.")
    data: DataClass
    only_if: list[Condition] = strawberry.field(description="Asked only if all of these hold.")

    @classmethod
    def of(cls, known: definition.ToolInput) -> "ToolInput":
        """As the definition says it."""
        conditions = [Condition(question=key, answer=a) for key, a in known.only_if.items()]
        return cls(
            key=known.key,
            source=known.source,
            ask=known.ask,
            data=known.data,
            only_if=conditions,
        )


@strawberry.type
class ToolAnswer:
    """One field of the answer that may be said."""

    name: str
    at: str = strawberry.field(description="Where it stands: a JSON Pointer (RFC 6901).")
    kind: ToolAnswerKind


@strawberry.type
class ToolStanding:
    """How a tool does, from its last runs."""

    health: PluginHealth
    last_error: str
    last_error_at: datetime | None
    last_answered_at: datetime | None


@strawberry.type
class Tool(Node):
    """An address of the business's own that the receptionist may ask."""

    key: strawberry.Private[UUID]
    name: str
    purpose: str
    url: Url
    phrases: list[str] = strawberry.field(description="What callers say who want it.")
    input_schema: JSON = strawberry.field(
        description="JSON Schema of what is sent: a flat part of draft 2020-12."
    )
    inputs: list[ToolInput]
    answers: list[ToolAnswer]
    says: str = strawberry.field(description="What is said of an answer; `{name}` is a field.")
    says_nothing_found: str = strawberry.field(description="What is said of a 404.")
    says_failing: str
    says_holding: str = strawberry.field(description="What is said while the address is asked.")
    says_otherwise: str = strawberry.field(description="What is said where a condition fails.")
    conditions: list[ToolCondition]
    budget_ms: int = strawberry.field(description="Milliseconds that the address may take.")
    repeatable: bool = strawberry.field(
        description="Whether the same request twice does no more than once."
    )
    data: list[DataClass] = strawberry.field(description="What of callers leaves with it.")
    party: str = strawberry.field(description="Who keeps the address.")
    country: str = strawberry.field(description="ISO 3166; empty if nobody has said.")
    transfer: TransferBasis
    enabled: bool
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: models.CustomTool) -> "Tool":
        """The tool of a row; its secret stays where it is."""
        made = definition.Definition.of(row)
        plain = ("name", "purpose", "says", "says_nothing_found", "says_failing", "says_holding")
        more = ("says_otherwise", "budget_ms", "repeatable", "party", "country", "transfer")
        return cls(
            id=write_id("Tool", row.id),
            key=row.id,
            url=Url(made.url),
            phrases=list(made.phrases),
            input_schema=JSON(made.input_schema),
            inputs=[ToolInput.of(each) for each in made.inputs],
            answers=[ToolAnswer(**each.model_dump()) for each in made.answers],
            conditions=list(made.conditions),
            data=sorted(made.data),
            enabled=made.enabled,
            created_at=row.created_at,
            updated_at=row.updated_at,
            **{name: getattr(made, name) for name in (*plain, *more)},
        )

    @strawberry.field(extensions=[Needs("tools:read")])
    async def secret_header(self, info: Info) -> str | None:
        """The header that opens the address, if there is one; its value is never shown."""
        rows = await info.context.loaders.rows(CustomToolSecrets, READ, "custom_tool_id", self.key)
        return rows[0].header if rows else None

    @strawberry.field(extensions=[Needs("tools:read")])
    async def standing(self, info: Info) -> ToolStanding:
        """How it does."""
        uow = await info.context.read(READ)
        return ToolStanding(**vars(await service.standing(uow, self.key, enabled=self.enabled)))


@strawberry.type
class ToolRun(Node):
    """One use of a tool."""

    asked: strawberry.Private[Sealed | None]
    answered: strawberry.Private[Sealed | None]
    conversation_key: strawberry.Private[UUID | None]
    tool_id: strawberry.ID
    conversation_id: strawberry.ID | None = strawberry.field(
        description="Null where it was tried out, and where no trace of callers is kept."
    )
    at: datetime
    outcome: ToolOutcome
    status: int | None = strawberry.field(description="The HTTP status, if there was an answer.")
    error: str = strawberry.field(description="A word for what was wrong; empty if nothing was.")
    attempts: int
    milliseconds: int

    @classmethod
    def of(cls, row: models.CustomToolRun) -> "ToolRun":
        """The run of a row."""
        talk = row.conversation_id
        return cls(
            id=write_id("ToolRun", row.id),
            asked=row.inputs,
            answered=row.said,
            conversation_key=talk,
            tool_id=write_id("Tool", row.custom_tool_id),
            conversation_id=write_id("Conversation", talk) if talk else None,
            at=row.at,
            outcome=row.outcome,
            status=row.status,
            error=row.error,
            attempts=row.attempts,
            milliseconds=row.milliseconds,
        )

    @strawberry.field(extensions=[Needs("tools:read")])
    def inputs(self, info: Info) -> JSON | None:
        """What was sent; null where it was not kept, is erased, or may not be read."""
        return JSON(self.asked.load()) if self.asked and self._shown(info, self.asked) else None

    @strawberry.field(extensions=[Needs("tools:read")])
    def said(self, info: Info) -> str | None:
        """What the caller heard; null as for `inputs`, and where it failed."""
        return self.answered.read() if self.answered and self._shown(info, self.answered) else None

    def _shown(self, info: Info, sealed: Sealed) -> bool:
        """Whether whoever asks may read what was said; that they did is on record."""
        if not sealed.is_open or SAID not in info.context.scope.permissions:
            return False
        if self.conversation_key is not None:
            info.context.saw(self.conversation_key)
        return True


@strawberry.type
class ToolFields:
    """What a tenant's receptionist can ask outside."""

    @strawberry.field(graphql_type=Connection[Tool], extensions=[Paged(), Needs("tools:read")])
    async def tools(self, info: Info) -> Listing:
        """Tools, the newest in front."""
        tools = CustomTools(await info.context.read(READ))
        return Listing(tools, tools.all(), Order("created_at"), Tool.of)

    @strawberry.field(graphql_type=Connection[ToolRun], extensions=[Paged(), Needs("tools:read")])
    async def tool_runs(self, info: Info, tool_id: strawberry.ID) -> Listing:
        """What came of each use of one tool, the latest in front."""
        runs = CustomToolRuns(await info.context.read(READ))
        rows = runs.of_tool(read_id("Tool", tool_id))
        return Listing(runs, rows, Order("at"), ToolRun.of)
