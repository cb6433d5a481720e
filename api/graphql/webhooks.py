"""Endpoints that are told what happened, and what became of each telling."""

from datetime import datetime
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from api.graphql.context import Info
from api.graphql.enums import DeliveryStatus, WebhookAlgorithm, WebhookOwner, WebhookStopped
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import Url
from plugins import models as road
from plugins.catalogue import every_event
from plugins.graphql_kit import Needs
from plugins.repository import OutboxEntries
from plugins.webhooks import models
from plugins.webhooks.repository import (
    WebhookDeliveries,
    WebhookEndpoints,
    WebhookExchanges,
    WebhookKeys,
)

READ = "webhooks:read"
SAID = "transcripts:read"


@strawberry.type
class WebhookKey:
    """A key that signs; its secret is shown when it is made, and never again."""

    algorithm: WebhookAlgorithm
    public_key: str | None = strawberry.field(
        description="Base64 of the raw Ed25519 key; null for a shared secret."
    )
    created_at: datetime
    expires_at: datetime | None = strawberry.field(
        description="When it stops signing; null for the newest."
    )

    @classmethod
    def of(cls, row: models.WebhookKey) -> "WebhookKey":
        """The key of a row, without its secret."""
        return cls(
            algorithm=row.algorithm,
            public_key=row.public_key or None,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )


@strawberry.type
class WebhookEndpoint(Node):
    """An address that is told of events."""

    key: strawberry.Private[UUID]
    owner: WebhookOwner
    client_id: str | None = strawberry.field(
        description="The app that keeps it; the business changes nothing about it."
    )
    url: Url
    description: str
    enabled: bool
    stopped: WebhookStopped | None = strawberry.field(description="Why it is off, if it is.")
    events: list[str] = strawberry.field(description="Names, `call.*` or `*`.")
    payload: str | None = strawberry.field(
        description="The GraphQL subscription that it is answered; null sends ids only."
    )
    permissions: list[str] = strawberry.field(
        description="What the payload may read at most: what its maker could read."
    )
    created_at: datetime
    updated_at: datetime
    failures: int = strawberry.field(description="How often it has failed since it last answered.")
    failing_since: datetime | None
    paused_until: datetime | None = strawberry.field(
        description="Until when all deliveries but one are held back."
    )

    @classmethod
    def of(cls, row: models.WebhookEndpoint) -> "WebhookEndpoint":
        """The endpoint of a row."""
        return cls(
            id=write_id("WebhookEndpoint", row.id),
            key=row.id,
            owner=row.owner_kind,
            client_id=str(row.app_id) if row.app_id else None,
            url=Url(row.url),
            description=row.description,
            enabled=row.enabled,
            stopped=row.stopped,
            events=row.events,
            payload=row.payload,
            permissions=row.permissions,
            created_at=row.created_at,
            updated_at=row.updated_at,
            failures=row.failures,
            failing_since=row.failing_since,
            paused_until=row.paused_until,
        )

    @strawberry.field(extensions=[Needs("webhooks:read")])
    async def keys(self, info: Info) -> list[WebhookKey]:
        """Its keys, the newest first; those that have expired too."""
        rows = await info.context.loaders.rows(WebhookKeys, READ, "endpoint_id", self.key)
        return [WebhookKey.of(row) for row in reversed(rows)]


@strawberry.type
class WebhookExchange:
    """One attempt: what was sent, and what came back."""

    attempt: int
    status: int | None = strawberry.field(description="The HTTP status, if there was an answer.")
    error: str = strawberry.field(description="Why it did not count; empty for success.")
    milliseconds: int
    at: datetime
    request: JSON | None = strawberry.field(
        description="`headers` and the beginning of `body`; null once it has been erased, and for"
        " those who may not read all that the endpoint may."
    )
    response: JSON | None

    @classmethod
    def of(cls, row: models.WebhookExchange, *, shown: bool) -> "WebhookExchange":
        """The exchange of a row, with or without what was said."""
        shown = shown and row.request.is_open
        return cls(
            attempt=row.attempt,
            status=row.status,
            error=row.error,
            milliseconds=row.milliseconds,
            at=row.at,
            request=JSON(row.request.load()) if shown else None,
            response=JSON(row.response.load()) if row.response and shown else None,
        )


@strawberry.type
class WebhookDelivery(Node):
    """One event for one endpoint; `id` underneath is the `webhook-id` of its requests."""

    key: strawberry.Private[UUID]
    event_key: strawberry.Private[UUID]
    status: DeliveryStatus
    attempts: int
    sequence: int = strawberry.field(description="The event's number among those of its thing.")
    created_at: datetime
    due_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, row: road.Delivery) -> "WebhookDelivery":
        """The delivery of a row."""
        return cls(
            id=write_id("WebhookDelivery", row.id),
            key=row.id,
            event_key=row.event_id,
            status=row.status,
            attempts=row.attempts,
            sequence=row.sequence,
            created_at=row.created_at,
            due_at=row.due_at,
            settled_at=row.settled_at,
        )

    @strawberry.field(extensions=[Needs("webhooks:read")])
    async def event(self, info: Info) -> str | None:
        """The name of the event."""
        entry = await info.context.row(OutboxEntries, READ, self.event_key)
        return entry.name if entry else None

    @strawberry.field(extensions=[Needs("webhooks:read")])
    async def exchanges(self, info: Info) -> list[WebhookExchange]:
        """Every attempt at it that was sent, the oldest first."""
        rows = await info.context.loaders.rows(WebhookExchanges, READ, "delivery_id", self.key)
        mine = info.context.scope.permissions
        for row in rows:
            if row.conversation_id is not None and SAID in row.permissions and SAID in mine:
                info.context.saw(row.conversation_id)
        return [WebhookExchange.of(row, shown=mine.issuperset(row.permissions)) for row in rows]


@strawberry.type
class WebhookEventType:
    """A kind of event that an endpoint can choose."""

    name: str
    version: int
    description: str
    json_schema: JSON = strawberry.field(description="JSON Schema of what it carries.")


@strawberry.type
class WebhookFields:
    """Whom a tenant lets know."""

    @strawberry.field(
        graphql_type=Connection[WebhookEndpoint], extensions=[Paged(), Needs("webhooks:read")]
    )
    async def webhook_endpoints(self, info: Info) -> Listing:
        """Endpoints, those of connected apps too, the newest in front."""
        endpoints = WebhookEndpoints(await info.context.read(READ))
        rows = endpoints.kept_by(WebhookOwner.TENANT, WebhookOwner.APP)
        return Listing(endpoints, rows, Order("created_at"), WebhookEndpoint.of)

    @strawberry.field(
        graphql_type=Connection[WebhookDelivery], extensions=[Paged(), Needs("webhooks:read")]
    )
    async def webhook_deliveries(
        self, info: Info, endpoint_id: strawberry.ID, status: DeliveryStatus | None = None
    ) -> Listing:
        """What one endpoint was told, or is yet to be told, the newest in front."""
        deliveries = WebhookDeliveries(await info.context.read(READ))
        rows = deliveries.of(read_id("WebhookEndpoint", endpoint_id))
        if status is not None:
            rows = rows.filter(status=status)
        return Listing(deliveries, rows, Order("created_at"), WebhookDelivery.of)

    @strawberry.field(extensions=[Needs("webhooks:read")])
    def webhook_event_types(self) -> list[WebhookEventType]:
        """Every kind of event, with its versions and schemas."""
        return [
            WebhookEventType(
                name=event.name,
                version=event.version,
                description=(event.__doc__ or "").partition("\n")[0],
                json_schema=JSON(event.json_schema()),
            )
            for event in every_event()
        ]
