"""What webhooks carry: a subscriber's own GraphQL document, answered for one event.

The document is a subscription on a schema of its own: one root field `event`, under which hang the
things that the event names, as the API itself shows them. It is validated when it is stored and
answered when it is delivered, with the rights that the endpoint was lent.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)
from starlette.requests import HTTPConnection
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig

from api.graphql.appointments import Appointment
from api.graphql.calls import Call
from api.graphql.contacts import Contact
from api.graphql.context import Context, Info, Request, Wiring
from api.graphql.conversations import Conversation
from api.graphql.error_codes import coded
from api.graphql.ids import Node
from api.graphql.knowledge import KnowledgeItem
from api.graphql.leads import Lead
from api.graphql.limits import MOST_TOKENS, ReasonableSize
from api.graphql.messages import Message
from api.graphql.nodes import KINDS
from api.graphql.recordings import Recording
from api.graphql.scalars import SCALARS
from api.graphql.support import SupportTicket
from domain.errors import FieldProblem, InvalidInput
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.redis_pubsub import Subscriber
from plugins.context import Occurrence
from plugins.registry import Registry
from plugins.webhooks.rules import LONGEST_PAYLOAD, PayloadDocument

MOST_PROBLEMS = 5

N = TypeVar("N", bound=Node)
Delivered = strawberry.Info[Context, Occurrence]


@strawberry.type
class Event:
    """Something that happened, and what it happened to; what it does not name is null."""

    happened: strawberry.Private[Occurrence]

    @strawberry.field
    def id(self) -> strawberry.ID:
        """The event's own id, the same for every endpoint."""
        return strawberry.ID(str(self.happened.id))

    @strawberry.field
    def name(self) -> str:
        """What happened, such as `call.finalized`."""
        return self.happened.name

    @strawberry.field
    def version(self) -> int:
        """The version of the event's schema."""
        return self.happened.version

    @strawberry.field
    def occurred_at(self) -> datetime:
        """When it happened."""
        return self.happened.at

    @strawberry.field
    def sequence(self) -> int:
        """Its number among the events of the same thing."""
        return self.happened.sequence

    @strawberry.field
    def data(self) -> JSON:
        """The ids that it carries, as its JSON Schema says."""
        return JSON(self.happened.payload)

    @strawberry.field
    async def appointment(self, info: Info) -> Appointment | None:
        """The visit."""
        return await self._node(info, Appointment, "appointment_id")

    @strawberry.field
    async def call(self, info: Info) -> Call | None:
        """The call."""
        return await self._node(info, Call, "call_id")

    @strawberry.field
    async def contact(self, info: Info) -> Contact | None:
        """The person."""
        return await self._node(info, Contact, "contact_id")

    @strawberry.field
    async def conversation(self, info: Info) -> Conversation | None:
        """The conversation."""
        return await self._node(info, Conversation, "conversation_id")

    @strawberry.field
    async def knowledge_item(self, info: Info) -> KnowledgeItem | None:
        """The piece of knowledge."""
        return await self._node(info, KnowledgeItem, "item_id")

    @strawberry.field
    async def lead(self, info: Info) -> Lead | None:
        """The lead."""
        return await self._node(info, Lead, "lead_id")

    @strawberry.field
    async def message(self, info: Info) -> Message | None:
        """The message."""
        return await self._node(info, Message, "message_id")

    @strawberry.field
    async def recording(self, info: Info) -> Recording | None:
        """The recording."""
        return await self._node(info, Recording, "recording_id")

    @strawberry.field
    async def support_ticket(self, info: Info) -> SupportTicket | None:
        """The ticket."""
        return await self._node(info, SupportTicket, "ticket_id")

    async def _node(self, info: Info, wanted: type[N], field: str) -> N | None:
        named = self.happened.payload.get(field)
        if named is None:
            return None
        kind = KINDS[wanted.__name__]
        row = await info.context.row(kind.repository, kind.permission, UUID(named))
        found = kind.of(row) if row else None
        return found if isinstance(found, wanted) else None


@strawberry.type
class Nothing:
    """A schema must have a query; nobody asks this one."""

    @strawberry.field
    def version(self) -> int:
        """The version of payload documents."""
        return 1


@strawberry.type
class Happenings:
    """What a payload document subscribes to."""

    @strawberry.subscription
    async def event(self, info: Delivered) -> AsyncGenerator[Event, None]:
        """The event that is delivered."""
        yield Event(happened=info.root_value)


@cache
def payload_schema() -> strawberry.Schema:
    """The schema of payload documents; made once per process."""
    return strawberry.Schema(
        query=Nothing,
        subscription=Happenings,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )


def payload_document(words: str | None) -> PayloadDocument | None:
    """A document that can be answered for every event. Raises `InvalidInput`."""
    if words is None:
        return None
    if len(words) > LONGEST_PAYLOAD:
        raise InvalidInput.at("payload", f"Use at most {LONGEST_PAYLOAD} characters")
    try:
        document = parse(words, max_tokens=MOST_TOKENS)
    except GraphQLError as problem:
        raise InvalidInput.at("payload", problem.message, "SYNTAX") from problem
    wrong = _wrong_shape(document) or [
        error.message
        for error in validate(
            payload_schema()._schema,
            document,
            [*specified_rules, ReasonableSize],
            max_errors=MOST_PROBLEMS,
        )
    ]
    if wrong:
        problems = [FieldProblem("payload", each) for each in wrong]
        raise InvalidInput("The payload is not a subscription of events", *problems)
    return PayloadDocument(words)


def _wrong_shape(document: DocumentNode) -> list[str]:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if [each.operation for each in operations] != [OperationType.SUBSCRIPTION]:
        return ["Write one subscription"]
    if operations[0].variable_definitions:
        return ["There is nobody who could fill in variables"]
    return []


@dataclass(frozen=True)
class Known:
    """An authenticator that knows already."""

    scope: Scope

    async def scope_of(self, connection: HTTPConnection) -> Scope:
        """The scope of the delivery."""
        return self.scope


@dataclass(frozen=True)
class PayloadRenderer:
    """Answers payload documents as the API would answer whoever made the endpoint."""

    unit_of_work: UnitsOfWork
    live: Subscriber
    registry: Registry

    async def render(self, scope: Scope, document: str, occurrence: Occurrence) -> dict[str, Any]:
        """`{"data": …}`, with `errors` if there were any."""
        wiring = Wiring(self.unit_of_work, Known(scope), self.live, self.registry)
        context = await Request(wiring, _nobody()).begin()
        try:
            return await _answer(context, document, occurrence)
        finally:
            await context.close()


async def _answer(context: Context, document: str, occurrence: Occurrence) -> dict[str, Any]:
    told = await payload_schema().subscribe(document, context_value=context, root_value=occurrence)
    if not isinstance(told, AsyncIterator):
        return _shown(told.data, told.errors)
    async with aclosing(told) as results:
        result = await anext(results)
    return _shown(result.data, result.errors)


def _shown(data: Any, errors: list[GraphQLError] | None) -> dict[str, Any]:
    shown: dict[str, Any] = {"data": data}
    if errors:
        shown["errors"] = [coded(error).formatted for error in errors]
    return shown


def _nobody() -> HTTPConnection:
    """A connection that nobody made: a delivery comes from within."""
    return HTTPConnection({"type": "http", "headers": [], "client": None})
