"""Endpoints, their keys and what was said to them, as one unit of work sees them."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.database import MAIN
from domain.keyring.errors import KeyDestroyed
from domain.outbox import EntryKind, OutboxEntry
from domain.repository import Repository
from plugins.models import Delivery, DeliveryStatus
from plugins.recipients import delivery_name
from plugins.repository import OutboxEntries
from plugins.webhooks.errors import ManagedByApp
from plugins.webhooks.models import WebhookEndpoint, WebhookExchange, WebhookKey, WebhookOwner
from plugins.webhooks.rules import SENDS

SETTLED = (DeliveryStatus.DONE, DeliveryStatus.DEAD)


class WebhookEndpoints(Repository[WebhookEndpoint]):
    """The addresses of a tenant."""

    model = WebhookEndpoint
    noun = "webhook endpoint"

    def kept_by(self, *kinds: WebhookOwner) -> QuerySet[WebhookEndpoint]:
        """Those that are kept by some kind of owner."""
        return self.all().filter(owner_kind__in=kinds)

    async def of_app(self, app_id: UUID, kind: WebhookOwner) -> WebhookEndpoint | None:
        """The endpoint of an app, held until the transaction ends."""
        rows = self.kept_by(kind).filter(app_id=app_id)
        return await self.maybe(rows.select_for_update())

    async def own(self, id: UUID) -> WebhookEndpoint:
        """One of the tenant's own, held. Raises `NotFound` and `ManagedByApp`."""
        endpoint = await self.lock(id)
        if endpoint.owner_kind is not WebhookOwner.TENANT:
            raise ManagedByApp
        return endpoint

    async def known(self, id: UUID) -> WebhookEndpoint | None:
        """An endpoint, if it is still there."""
        return await self.maybe(self.all().filter(id=id))

    @staticmethod
    async def tenant_of(id: UUID) -> UUID | None:
        """Whose endpoint it is, before there is a scope."""
        question = "SELECT tenant_id FROM tenant_of_webhook($1)"
        rows = await get_connection(MAIN).execute_query_dict(question, [id])
        return rows[0]["tenant_id"] if rows else None


class WebhookKeys(Repository[WebhookKey]):
    """The keys that sign."""

    model = WebhookKey
    noun = "webhook key"

    async def signing(self, endpoint_id: UUID) -> list[WebhookKey]:
        """The keys of an endpoint that sign now, the newest in front."""
        live = Q(expires_at__isnull=True) | Q(expires_at__gt=self.uow.now)
        return await self.page(self.all().filter(live, endpoint_id=endpoint_id).order_by("-id"))

    async def clear(self, endpoint_id: UUID) -> None:
        """Drop every key of an endpoint."""
        await self.all().filter(endpoint_id=endpoint_id).delete()


class WebhookExchanges(Repository[WebhookExchange]):
    """What was sent, and what came back."""

    model = WebhookExchange
    noun = "webhook exchange"

    async def page(self, query: QuerySet[WebhookExchange]) -> list[WebhookExchange]:
        """The rows of a query; what has been erased stays shut, beside what has not."""
        rows = await query
        with suppress(KeyDestroyed):
            await self.uow.keys.open(rows)
            return rows
        for row in rows:
            with suppress(KeyDestroyed):
                await self.uow.keys.open([row])
        return rows


class WebhookDeliveries(Repository[Delivery]):
    """What is, or was, owed to endpoints."""

    model = Delivery
    noun = "webhook delivery"

    def all(self) -> QuerySet[Delivery]:
        """The deliveries of every endpoint, and of nobody else."""
        return super().all().filter(handler__startswith=delivery_name(SENDS, ""))

    def of(self, endpoint_id: UUID) -> QuerySet[Delivery]:
        """The deliveries of one endpoint."""
        return super().all().filter(handler=delivery_name(SENDS, str(endpoint_id)))

    async def forget(self, endpoint_id: UUID) -> None:
        """Owe an endpoint nothing any more."""
        waiting = self.of(endpoint_id).filter(status=DeliveryStatus.WAITING)
        await waiting.update(status=DeliveryStatus.DONE, settled_at=self.uow.now)

    async def again(self, rows: Sequence[Delivery]) -> int:
        """Make settled deliveries once more; returns how many there were."""
        settled = self.all().filter(id__in=[row.id for row in rows], status__in=SETTLED)
        return await settled.update(
            status=DeliveryStatus.WAITING, due_at=self.uow.real_now, settled_at=None
        )

    async def owes(self, endpoint_id: UUID, event_id: UUID) -> bool:
        """Whether an endpoint was owed an event already."""
        return await self.of(endpoint_id).filter(event_id=event_id).exists()

    async def owe(self, endpoint_id: UUID, entries: Sequence[OutboxEntry]) -> list[Delivery]:
        """Owe an endpoint events that it was not told of when they happened."""
        return await self.add_all(
            {
                "event_id": entry.id,
                "handler": delivery_name(SENDS, str(endpoint_id)),
                "key": entry.key,
                "sequence": entry.sequence,
                "status": DeliveryStatus.WAITING,
                "attempts": 0,
                "due_at": self.uow.real_now,
                "created_at": self.uow.now,
            }
            for entry in entries
        )


class PastEvents(OutboxEntries):
    """Events that have been handed on and are still kept."""

    async def between(self, since: datetime, until: datetime, most: int) -> list[OutboxEntry]:
        """What happened in a span of time, the oldest in front."""
        handed_on = self.all().filter(kind=EntryKind.EVENT, done_at__isnull=False)
        span = handed_on.filter(recorded_at__gte=since, recorded_at__lt=until)
        return await self.page(span.order_by("recorded_at", "id").limit(most))
