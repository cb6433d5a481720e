"""What happens to endpoints."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class WebhookEvent(Event):
    """Something happened to an endpoint."""

    aggregate: ClassVar[str] = "endpoint_id"
    endpoint_id: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookCreated(WebhookEvent):
    """An endpoint was named."""

    name: ClassVar[str] = "webhook.created"


@dataclass(frozen=True, kw_only=True)
class WebhookUpdated(WebhookEvent):
    """Its address, its choice or its switch was changed by hand."""

    name: ClassVar[str] = "webhook.updated"


@dataclass(frozen=True, kw_only=True)
class WebhookDeleted(WebhookEvent):
    """It was taken away; what was still owed to it is not sent."""

    name: ClassVar[str] = "webhook.deleted"


@dataclass(frozen=True, kw_only=True)
class WebhookRotated(WebhookEvent):
    """It has a new key; the one before signs for some time yet."""

    name: ClassVar[str] = "webhook.rotated"


@dataclass(frozen=True, kw_only=True)
class WebhookDisabled(WebhookEvent):
    """It was switched off by us, because it failed for days or said that it is gone."""

    name: ClassVar[str] = "webhook.disabled"
    reason: str


@dataclass(frozen=True, kw_only=True)
class WebhookTested(WebhookEvent):
    """Somebody pressed the test button; only this endpoint is told."""

    name: ClassVar[str] = "webhook.tested"


@dataclass(frozen=True, kw_only=True)
class AppWebhookEvent(Event):
    """Something happened to what an app wants to be told, at its home."""

    aggregate: ClassVar[str] = "app_id"
    app_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppWebhookDeclared(AppWebhookEvent):
    """An app has said where to tell it what, or has another key."""

    name: ClassVar[str] = "app_webhook.declared"


@dataclass(frozen=True, kw_only=True)
class AppWebhookRemoved(AppWebhookEvent):
    """An app wants to be told nothing any more."""

    name: ClassVar[str] = "app_webhook.removed"


@dataclass(frozen=True, kw_only=True)
class WebhookReplayed(WebhookEvent):
    """Deliveries were sent again by hand."""

    name: ClassVar[str] = "webhook.replayed"
    deliveries: int
