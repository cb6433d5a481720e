"""Naming endpoints, changing them, testing them, sending again."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import WebhookAlgorithm
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    PluginNotEnabledError,
    RequestInProgressError,
    ShownOnceError,
    TooManyToReplayError,
    TooManyWebhooksError,
    WebhookDisabledError,
    WebhookOfAppError,
)
from api.graphql.ids import read_id, write_id
from api.graphql.inputs import said
from api.graphql.payloads import payload_document
from api.graphql.scalars import Url
from api.graphql.webhooks import WebhookEndpoint
from domain.errors import InvalidInput
from domain.work import UnitOfWork
from plugins.graphql_kit import InUnitOfWork, Memory, Needs, answered_once, once, shown_once
from plugins.webhooks import replaying, service
from plugins.webhooks.repository import WebhookEndpoints
from plugins.webhooks.service import NewEndpoint

KIND = "WebhookEndpoint"


@strawberry.input
class WebhookCreateInput:
    """Where to tell what."""

    url: Url
    events: list[str] = strawberry.field(description="Names, `call.*` or `*`.")
    description: str = ""
    payload: str | None = strawberry.field(
        default=None, description="A GraphQL subscription to be answered; left out, ids are sent."
    )
    algorithm: WebhookAlgorithm = WebhookAlgorithm.HMAC_SHA256
    idempotency_key: str | None = None


@strawberry.type
class WebhookCreatePayload:
    """The endpoint, and what its receiver checks signatures with: shown this once."""

    endpoint: WebhookEndpoint
    secret: str


WebhookCreateResult = Annotated[
    WebhookCreatePayload
    | InvalidInputError
    | PluginNotEnabledError
    | TooManyWebhooksError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | ShownOnceError,
    strawberry.union("WebhookCreateResult"),
]


@strawberry.input
class WebhookUpdateInput:
    """What to change; what is left out stays. `payload: null` sends ids again."""

    id: strawberry.ID
    url: strawberry.Maybe[Url]
    events: strawberry.Maybe[list[str]]
    description: strawberry.Maybe[str]
    payload: strawberry.Maybe[str | None]
    enabled: strawberry.Maybe[bool]


@strawberry.type
class WebhookUpdatePayload:
    """The endpoint as it is now."""

    endpoint: WebhookEndpoint


WebhookUpdateResult = Annotated[
    WebhookUpdatePayload | InvalidInputError | WebhookOfAppError,
    strawberry.union("WebhookUpdateResult"),
]


@strawberry.input
class WebhookDeleteInput:
    """An endpoint to take away, with its log."""

    id: strawberry.ID


@strawberry.type
class WebhookDeletePayload:
    """The id that was the endpoint's."""

    deleted_id: strawberry.ID


WebhookDeleteResult = Annotated[
    WebhookDeletePayload | WebhookOfAppError, strawberry.union("WebhookDeleteResult")
]


@strawberry.input
class WebhookRotateSecretInput:
    """An endpoint that is to have a new key; those before it sign too during the overlap."""

    id: strawberry.ID
    overlap_hours: int = 24
    algorithm: WebhookAlgorithm | None = None
    idempotency_key: str | None = None


@strawberry.type
class WebhookRotateSecretPayload:
    """The endpoint, and the new secret or public key: shown this once."""

    endpoint: WebhookEndpoint
    secret: str


WebhookRotateSecretResult = Annotated[
    WebhookRotateSecretPayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | ShownOnceError
    | WebhookOfAppError,
    strawberry.union("WebhookRotateSecretResult"),
]


@strawberry.input
class WebhookTestInput:
    """An endpoint to send `webhook.tested` to."""

    id: strawberry.ID
    idempotency_key: str | None = None


@strawberry.type
class WebhookTestPayload:
    """The endpoint; the delivery appears in its log."""

    endpoint: WebhookEndpoint


WebhookTestResult = Annotated[
    WebhookTestPayload
    | WebhookDisabledError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | WebhookOfAppError,
    strawberry.union("WebhookTestResult"),
]


@strawberry.input
class WebhookReplayInput:
    """What to send again: some deliveries, or everything from one moment until another."""

    id: strawberry.ID
    delivery_ids: list[strawberry.ID] | None = None
    since: datetime | None = None
    until: datetime | None = None
    idempotency_key: str | None = None


@strawberry.type
class WebhookReplayPayload:
    """How many deliveries are made again."""

    deliveries: int


WebhookReplayResult = Annotated[
    WebhookReplayPayload
    | InvalidInputError
    | TooManyToReplayError
    | WebhookDisabledError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | WebhookOfAppError,
    strawberry.union("WebhookReplayResult"),
]


@strawberry.type
class WebhookMutations:
    """Deeds around webhooks."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("webhooks:write")])
    async def webhook_create(self, info: Info, input: WebhookCreateInput) -> WebhookCreateResult:
        """Name an endpoint."""
        new = NewEndpoint(
            url=input.url,
            events=tuple(input.events),
            description=input.description,
            payload=payload_document(input.payload),
            algorithm=input.algorithm,
        )
        uow, reach = info.context.uow, info.context.reach
        made = await shown_once(info, input, lambda: service.create(uow, new, reach), _id_of)
        return WebhookCreatePayload(
            endpoint=WebhookEndpoint.of(made.endpoint), secret=made.key.shown
        )

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("webhooks:write")])
    async def webhook_update(self, info: Info, input: WebhookUpdateInput) -> WebhookUpdateResult:
        """Change an endpoint; switching it on forgets its failures."""
        changes = said(
            url=input.url,
            events=input.events,
            description=input.description,
            payload=input.payload,
            enabled=input.enabled,
        )
        if "payload" in changes:
            changes["payload"] = payload_document(changes["payload"])
        id = read_id(KIND, input.id)
        row = await service.update(info.context.uow, id, info.context.reach, **changes)
        return WebhookUpdatePayload(endpoint=WebhookEndpoint.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("webhooks:write")])
    async def webhook_delete(self, info: Info, input: WebhookDeleteInput) -> WebhookDeleteResult:
        """Take an endpoint away; what it is still owed is not sent."""
        id = await service.delete(info.context.uow, read_id(KIND, input.id))
        return WebhookDeletePayload(deleted_id=write_id(KIND, id))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("webhooks:write")])
    async def webhook_rotate_secret(
        self, info: Info, input: WebhookRotateSecretInput
    ) -> WebhookRotateSecretResult:
        """Make a new key for an endpoint."""
        overlap = timedelta(hours=input.overlap_hours)
        uow, id = info.context.uow, read_id(KIND, input.id)
        made = await shown_once(
            info, input, lambda: service.rotate(uow, id, overlap, input.algorithm), _id_of
        )
        return WebhookRotateSecretPayload(
            endpoint=WebhookEndpoint.of(made.endpoint), secret=made.key.shown
        )

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("webhooks:write")])
    async def webhook_test(self, info: Info, input: WebhookTestInput) -> WebhookTestResult:
        """Send an endpoint an event of its own."""
        uow, id = info.context.uow, read_id(KIND, input.id)
        row = await once(info, input, WebhookEndpoints, lambda: service.test(uow, id))
        return WebhookTestPayload(endpoint=WebhookEndpoint.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("webhooks:write")])
    async def webhook_replay(self, info: Info, input: WebhookReplayInput) -> WebhookReplayResult:
        """Send again what was sent, given up or missed; receivers know it by its `webhook-id`."""
        uow, id = info.context.uow, read_id(KIND, input.id)
        deliveries = await answered_once(info, input, lambda: _replay(uow, id, input), COUNTED)
        return WebhookReplayPayload(deliveries=deliveries)


async def _replay(uow: UnitOfWork, id: UUID, input: WebhookReplayInput) -> int:
    if input.delivery_ids is not None and input.since is None and input.until is None:
        wanted = [read_id("WebhookDelivery", each) for each in input.delivery_ids]
        return await replaying.replay_some(uow, id, wanted)
    if input.delivery_ids is not None or input.since is None or input.until is None:
        raise InvalidInput.at("since", "Name deliveries, or both ends of a span of time")
    return await replaying.replay_span(uow, id, replaying.Span(input.since, input.until))


async def _as_counted(kept: int) -> int:
    return kept


COUNTED = Memory[int](int, _as_counted)


def _id_of(made: service.Keyed) -> str:
    return write_id(KIND, made.endpoint.id)
