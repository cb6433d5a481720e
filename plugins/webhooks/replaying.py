"""Sending again: by id, or everything of a span of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import InvalidInput, NotFound
from domain.outbox import OutboxEntry
from domain.work import UnitOfWork
from plugins.models import Delivery
from plugins.webhooks.errors import EndpointDisabled, TooManyToReplay
from plugins.webhooks.events import WebhookReplayed
from plugins.webhooks.models import WebhookEndpoint
from plugins.webhooks.recipients import Listener
from plugins.webhooks.repository import PastEvents, WebhookDeliveries, WebhookEndpoints
from plugins.webhooks.rules import MOST_REPLAYED
from plugins.webhooks.service import WRITE


@dataclass(frozen=True)
class Span:
    """From a moment until before another."""

    since: datetime
    until: datetime


async def replay_some(uow: UnitOfWork, id: UUID, delivery_ids: Sequence[UUID]) -> int:
    """Send some deliveries of an endpoint again; returns how many were settled before.

    Raises `NotFound`, `EndpointDisabled` and `InvalidInput`.
    """
    await _endpoint(uow, id)
    wanted = set(delivery_ids)
    if not 0 < len(wanted) <= MOST_REPLAYED:
        raise InvalidInput.at("deliveryIds", f"Name 1 to {MOST_REPLAYED} deliveries")
    deliveries = WebhookDeliveries(uow)
    rows = await deliveries.page(deliveries.of(id).filter(id__in=list(wanted)))
    if len(rows) < len(wanted):
        raise NotFound("There is no such delivery of this endpoint")
    return await _again(uow, id, rows)


async def replay_span(uow: UnitOfWork, id: UUID, span: Span) -> int:
    """Send everything again that an endpoint should have been told of in a span of time.

    That includes what happened while it was off, as long as events are kept. Raises `NotFound`,
    `EndpointDisabled`, `InvalidInput` and `TooManyToReplay`.
    """
    endpoint = await _endpoint(uow, id)
    if span.since >= span.until:
        raise InvalidInput.at("until", "The end must lie after the beginning")
    happened = await _chosen(uow, endpoint, span)
    deliveries = WebhookDeliveries(uow)
    by_event = deliveries.of(id).filter(event_id__in=[entry.id for entry in happened])
    rows = await deliveries.page(by_event)
    told = {row.event_id for row in rows}
    owed = await deliveries.owe(id, [entry for entry in happened if entry.id not in told])
    return await _again(uow, id, rows, owed=len(owed))


async def _endpoint(uow: UnitOfWork, id: UUID) -> WebhookEndpoint:
    """The endpoint, held, so that two replays do not owe it the same event."""
    uow.require(WRITE)
    endpoint = await WebhookEndpoints(uow).own(id)
    if not endpoint.enabled:
        raise EndpointDisabled
    return endpoint


async def _chosen(uow: UnitOfWork, endpoint: WebhookEndpoint, span: Span) -> list[OutboxEntry]:
    found = await PastEvents(uow).between(span.since, span.until, MOST_REPLAYED + 1)
    if len(found) > MOST_REPLAYED:
        raise TooManyToReplay(MOST_REPLAYED)
    listener = Listener(uow.tenant_id, str(endpoint.id), tuple(endpoint.events))
    return [entry for entry in found if listener.wants(entry.name, entry.key)]


async def _again(uow: UnitOfWork, id: UUID, rows: Sequence[Delivery], *, owed: int = 0) -> int:
    count = owed + (await WebhookDeliveries(uow).again(rows) if rows else 0)
    uow.record(WebhookReplayed(endpoint_id=id, deliveries=count))
    return count
